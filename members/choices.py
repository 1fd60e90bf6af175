"""Which words there are, for what belongs to the alliance. Terms: docs/glossary.md; source: notice 粤科函产字〔2020〕864号."""

from django.db.models import IntegerChoices, TextChoices
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


class MembershipState(TextChoices):
    """How a membership stands."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    RESIGNED = "resigned", _("Resigned")
    EXPELLED = "expelled", _("Expelled")
    TERMINATED = "terminated", _("Terminated")


RUNNING = (MembershipState.ACTIVE, MembershipState.SUSPENDED)


class Assembly(TextChoices):
    """Which body meets."""

    PREPARATORY = "preparatory", _("Meeting of the preparatory working group")
    COUNCIL = "council", _("Council meeting")
    MEMBERS = "members", _("General assembly of members")


class MeetingState(TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CONVENED = "convened", pgettext_lazy("meeting", "Convened")
    OPEN = "open", pgettext_lazy("meeting", "In session")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")


class Base(TextChoices):
    """Of what a rule's fraction is taken."""

    ELIGIBLE = "eligible", _("of those eligible")
    PRESENT = "present", _("of those present")
    VALID = "valid", _("of the valid ballots")


class Tier(IntegerChoices):
    """The tiers of the council, from the chair outwards."""

    CHAIR = 1, _("Chair unit")
    VICE_CHAIR = 2, _("Vice-chair unit")
    DIRECTOR = 3, _("Director unit")
