"""Which words there are for organisations: kinds, numbers, regions of work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Jurisdiction(TextChoices):
    """Where a legal person is registered."""

    MAINLAND = "mainland", _("Mainland China")
    HONG_KONG = "hong_kong", _("Hong Kong")
    MACAO = "macao", _("Macao")
    TAIWAN = "taiwan", _("Taiwan")


class NumberKind(TextChoices):
    """What a registration number is: by the place of registration and by how it looks."""

    CN_USCC = "cn_uscc", _("Unified Social Credit Code")
    CN_RECOGNITION = "cn_recognition", _("Recognition number of an alliance")
    CN_OTHER = "cn_other", _("Number of another certificate")
    TW_UBN = "tw_ubn", _("Unified Business Number (Taiwan)")
    HK_BRN = "hk_brn", _("Business Registration number (Hong Kong)")
    HK_CR = "hk_cr", _("Old company number (Hong Kong)")
    HK_ORDINANCE = "hk_ordinance", _("Ordinance (Hong Kong)")
    MO_SO = "mo_so", _("Commercial Registration number (Macao)")
    MO_OTHER = "mo_other", _("Number of another certificate (Macao)")


class Standing(TextChoices):
    """How much a number says for itself. None of these means that anybody has looked at the certificate."""

    CHECKED = "checked", _("Check passed")
    FORMAT = "format", _("Format fits")
    BY_HAND = "by_hand", _("To be checked by hand")


class UnitType(TextChoices):
    """What a unit is, as the notice lists those whom it calls."""

    ENTERPRISE = "enterprise", _("Enterprise")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    PUBLIC_INSTITUTION = "public_institution", _("Public institution")
    SERVICE_BODY = "service_body", _("Service body")
    ALLIANCE = "alliance", _("Industry technology innovation alliance")
    OTHER = "other", _("Other unit")


class ServiceKind(TextChoices):
    """What a service body serves with."""

    IP = "ip", _("Intellectual-property services")
    FINANCE = "finance", _("Finance and investment")
    MEDIA = "media", _("Media")
    TECH_INTERMEDIARY = "tech_intermediary", _("Technology intermediary")
    OTHER = "other", _("Other services")


class LegalForm(TextChoices):
    """Whether a unit is a legal person (Civil Code, articles 57 and 102); only those may join."""

    LEGAL_PERSON = "legal_person", _("Legal person")
    UNINCORPORATED = "unincorporated", _("Unincorporated organisation")
    BRANCH = "branch", _("Branch of a legal person")


class Ownership(TextChoices):
    """Whose an enterprise is."""

    STATE = "state", _("State-owned")
    PRIVATE = "private", _("Privately owned")
    FOREIGN = "foreign", _("Foreign-invested")
    HMT = "hmt", _("Invested from Hong Kong, Macao or Taiwan")
    JOINT = "joint", pgettext_lazy("ownership", "Joint venture")
    OTHER = "other", pgettext_lazy("ownership", "Other")


class Scale(TextChoices):
    """How large an enterprise is, as the state's statistics class it."""

    LARGE = "large", pgettext_lazy("scale", "Large")
    MEDIUM = "medium", pgettext_lazy("scale", "Medium")
    SMALL = "small", pgettext_lazy("scale", "Small")
    MICRO = "micro", pgettext_lazy("scale", "Micro")


class Currency(TextChoices):
    CNY = "CNY", pgettext_lazy("currency", "Renminbi (CNY)")
    HKD = "HKD", pgettext_lazy("currency", "Hong Kong dollar (HKD)")
    MOP = "MOP", pgettext_lazy("currency", "Pataca (MOP)")
    TWD = "TWD", pgettext_lazy("currency", "New Taiwan dollar (TWD)")
    USD = "USD", pgettext_lazy("currency", "US dollar (USD)")


class Direction(TextChoices):
    """The four directions that the council covers."""

    ELECTRIC = "electric", _("Electric")
    HYDROGEN = "hydrogen", _("Hydrogen fuel")
    ICV = "icv", _("Intelligent and connected")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class ChainPosition(TextChoices):
    """Where on the industry chain a unit stands."""

    UPSTREAM = "upstream", _("Upstream")
    MIDSTREAM = "midstream", _("Midstream")
    DOWNSTREAM = "downstream", _("Downstream")


class Field(TextChoices):
    """The fields that the notice names (包括且不限于): vehicles, industry, infrastructure, cross-disciplines."""

    BATTERY = "battery", _("Battery electric vehicles")
    HYBRID = "hybrid", _("Hybrid vehicles")
    FUEL_CELL = "fuel_cell", _("Hydrogen fuel cell vehicles")
    CONNECTED = "connected", _("Intelligent and connected vehicles")
    WHOLE_VEHICLE = "whole_vehicle", _("Vehicle manufacture")
    MATERIALS = "materials", _("Key materials")
    COMPONENTS = "components", _("Electronic components")
    PARTS = "parts", _("Vehicle parts")
    EQUIPMENT = "equipment", _("Manufacturing equipment")
    CHARGING = "charging", _("Charging and battery swapping")
    REFUELLING = "refuelling", _("Hydrogen refuelling")
    ROADS = "roads", _("Information and communication, road traffic")
    ENERGY = "energy", pgettext_lazy("field", "Energy")
    TRANSPORT = "transport", pgettext_lazy("field", "Transport")
    FIVE_G = "five_g", _("5G")
    AI = "ai", _("Artificial intelligence")
    CIRCUITS = "circuits", _("Integrated circuits")
    ADVANCED = "advanced", _("Advanced manufacturing")
    OTHER = "other", pgettext_lazy("field", "Other")


FIELD_GROUPS = {
    _("Vehicles"): (Field.BATTERY, Field.HYBRID, Field.FUEL_CELL, Field.CONNECTED),
    _("Industry"): (Field.WHOLE_VEHICLE, Field.MATERIALS, Field.COMPONENTS, Field.PARTS, Field.EQUIPMENT),
    _("Infrastructure"): (Field.CHARGING, Field.REFUELLING, Field.ROADS),
    _("Cross-disciplines"): (Field.ENERGY, Field.TRANSPORT, Field.FIVE_G, Field.AI, Field.CIRCUITS, Field.ADVANCED),
    pgettext_lazy("fields", "Others"): (Field.OTHER,),
}


LEADS_TO = {
    Direction.ELECTRIC: (Field.BATTERY, Field.HYBRID),
    Direction.HYDROGEN: (Field.FUEL_CELL,),
    Direction.ICV: (Field.CONNECTED, Field.FIVE_G, Field.AI, Field.CIRCUITS),
    Direction.INFRASTRUCTURE: (Field.CHARGING, Field.REFUELLING, Field.ROADS, Field.ENERGY, Field.TRANSPORT),
}  # what the secretariat begins with; every other field leaves the choice to the applicant


class VerifiedBy(TextChoices):
    """Where somebody looked a registration up, by hand."""

    CERTIFICATE = "certificate", _("Compared with the registration certificate")
    ENTERPRISES = "enterprises", _("National Enterprise Credit Information Publicity System")
    INSTITUTIONS = "institutions", _("Register of public institutions")
    ORGANISATIONS = "organisations", _("Credit information platform of social organisations")
    ELSEWHERE = "elsewhere", _("Registry of Hong Kong, Macao or Taiwan")
    OTHER = "other", pgettext_lazy("way of verifying", "Other")
