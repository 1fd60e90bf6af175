"""Which words there are, for what belongs to the alliance. Terms: docs/glossary.md; source: notice 粤科函产字〔2020〕864号."""

from datetime import timedelta

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


class MembershipState(TextChoices):
    """How a membership stands."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    RESIGNED = "resigned", _("Resigned")
    LAPSED = "lapsed", _("Deemed to have resigned")
    MERGED = "merged", _("Merged or split")
    EXPELLED = "expelled", _("Expelled")
    TERMINATED = "terminated", _("Terminated")


RUNNING = (MembershipState.ACTIVE, MembershipState.SUSPENDED)
UNDONE_WITHIN = timedelta(days=1)  # a merger or split that was registered by mistake


class ResignationState(TextChoices):
    """What became of a unit's notice that it leaves."""

    GIVEN = "given", pgettext_lazy("resignation", "To confirm")
    CONFIRMED = "confirmed", pgettext_lazy("resignation", "Confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("resignation", "Withdrawn")


class CertificateState(TextChoices):
    """How a certificate stands on a day."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "Membership suspended")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    VOID = "void", pgettext_lazy("certificate", "Void")


class CertificateEnd(TextChoices):
    """Why a certificate ended before its last day."""

    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    VOID = "void", pgettext_lazy("certificate", "Void")


class SealedOutcome(TextChoices):
    """What would become of one of many sealed PDFs."""

    WAITING = "waiting", pgettext_lazy("sealed certificate", "Not looked at yet")
    MATCHED = "matched", pgettext_lazy("sealed certificate", "Matched")
    AGAIN = "again", pgettext_lazy("sealed certificate", "Matched, takes the place of an earlier one")
    UNMATCHED = "unmatched", pgettext_lazy("sealed certificate", "Belongs to no certificate")
    TWICE = "twice", pgettext_lazy("sealed certificate", "There twice")
    ENDED = "ended", pgettext_lazy("sealed certificate", "Its certificate counts no more")
    REFUSED = "refused", pgettext_lazy("sealed certificate", "Refused")


TO_KEEP = (SealedOutcome.MATCHED, SealedOutcome.AGAIN)


class TenureState(TextChoices):
    """Whether a tenure runs."""

    IN_OFFICE = "in_office", _("In office")
    ENDED = "ended", pgettext_lazy("tenure", "Ended")


class VerifiedBy(TextChoices):
    """Where somebody looked a registration up, by hand."""

    CERTIFICATE = "certificate", _("Compared with the registration certificate")
    ENTERPRISES = "enterprises", _("National Enterprise Credit Information Publicity System")
    INSTITUTIONS = "institutions", _("Register of public institutions")
    ORGANISATIONS = "organisations", _("Credit information platform of social organisations")
    ELSEWHERE = "elsewhere", _("Registry of Hong Kong, Macao or Taiwan")
    OTHER = "other", pgettext_lazy("way of verifying", "Other")


class BodyKind(TextChoices):
    """The bodies of the alliance, as the notice plans them."""

    COUNCIL = "council", _("Council")
    EXPERTS = "experts", _("Expert committee")
    SECRETARIAT = "secretariat", _("Secretariat")
    BRANCH = "branch", _("Branch")
    WORKING_GROUP = "working_group", _("Working group")


class Post(TextChoices):
    """What somebody is in a body other than the council."""

    HEAD = "head", pgettext_lazy("post in a body", "Head")
    DEPUTY = "deputy", pgettext_lazy("post in a body", "Deputy head")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary-general")
    HOST = "host", _("Host unit")
    MEMBER = "member", pgettext_lazy("post in a body", "Member")


CALLED = {  # what a post is called where the plain word is not the one in use
    (BodyKind.EXPERTS, Post.HEAD): pgettext_lazy("post in the expert committee", "Head"),
    (BodyKind.EXPERTS, Post.DEPUTY): pgettext_lazy("post in the expert committee", "Deputy head"),
    (BodyKind.EXPERTS, Post.MEMBER): pgettext_lazy("post in the expert committee", "Member"),
    (BodyKind.WORKING_GROUP, Post.HEAD): pgettext_lazy("post in a working group", "Head"),
    (BodyKind.WORKING_GROUP, Post.DEPUTY): pgettext_lazy("post in a working group", "Deputy head"),
    (BodyKind.WORKING_GROUP, Post.HOST): pgettext_lazy("post in a working group", "Leading unit"),
}


def called(kind: str, post: str) -> str:
    """What a post is called in a body of this kind."""
    return CALLED.get((kind, post), Post(post).label)


class WishKind(TextChoices):
    """What a unit would like in a body."""

    JOIN = "join", pgettext_lazy("wish", "Join")
    HOST = "host", pgettext_lazy("wish", "Host it")


class WishState(TextChoices):
    """What became of a wish."""

    OPEN = "open", pgettext_lazy("wish", "To decide")
    ACCEPTED = "accepted", pgettext_lazy("wish", "Accepted")
    DECLINED = "declined", pgettext_lazy("wish", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("wish", "Withdrawn")


class Assembly(TextChoices):
    """Which body meets."""

    PREPARATORY = "preparatory", _("Meeting of the preparatory working group")
    COUNCIL = "council", _("Council meeting")
    MEMBERS = "members", _("General assembly of members")
    EXPERTS = "experts", _("Meeting of the expert committee")


class MeetingMode(TextChoices):
    """How a meeting meets, and votes on what is no election."""

    PAPER = "paper", pgettext_lazy("way of meeting", "On site, on paper")
    ELECTRONIC = "electronic", pgettext_lazy("way of meeting", "On site, electronic")
    CORRESPONDENCE = "correspondence", pgettext_lazy("way of meeting", "By correspondence")


class SignedIn(TextChoices):
    """How somebody signed in."""

    DOOR = "door", pgettext_lazy("way of signing in", "At the door")
    PHONE = "phone", pgettext_lazy("way of signing in", "By phone")
    PAPER = "paper", pgettext_lazy("way of signing in", "On the printed sheet")


class Task(TextChoices):
    """Who watches over a meeting's votes (总监票人、监票人、计票人)."""

    CHIEF = "chief", _("Chief scrutineer")
    SCRUTINEER = "scrutineer", _("Scrutineer")
    TELLER = "teller", _("Teller")


class MotionState(TextChoices):
    """How far a motion is."""

    PREPARED = "prepared", pgettext_lazy("motion", "Prepared")
    OPEN = "open", pgettext_lazy("motion", "Being voted on")
    CLOSED = "closed", pgettext_lazy("motion", "Voted on")
    WITHDRAWN = "withdrawn", pgettext_lazy("motion", "Withdrawn")


class Counted(TextChoices):
    """How a motion is voted on."""

    HANDS = "hands", _("Show of hands")
    NAMED = "named", _("Named vote")


class Choice(TextChoices):
    """A vote."""

    FAVOUR = "favour", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstaining")


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


class Governance(TextChoices):
    """Which organ is the highest: as the notice has it (理事会是最高权力和决策机构), or as registered associations have it."""

    COUNCIL_SUPREME = "council_supreme", _("The council is the highest organ")
    ASSEMBLY_SUPREME = "assembly_supreme", _("The assembly of members is the highest organ")


class Matter(TextChoices):
    """What a rule on majorities is about."""

    QUORUM = "quorum", _("Quorum of a meeting")
    DIRECTORS = "directors", _("Election of directors")
    LEADERS = "leaders", _("Election of the chair and the vice-chairs")
    OTHER_POSTS = "other_posts", _("Election to the posts of other bodies")
    RESOLUTIONS = "resolutions", _("Ordinary resolutions")
    WEIGHTY = "weighty", _("Change of the charter, expulsion")


class Weight(TextChoices):
    """By which rule of the term a motion passes: a matter of its rules."""

    ORDINARY = Matter.RESOLUTIONS.value, pgettext_lazy("motion", "Ordinary resolution")
    WEIGHTY = Matter.WEIGHTY.value, pgettext_lazy("motion", "Change of the charter, or expulsion")


class LimitKind(TextChoices):
    """What a limit of a term is about; a share, or a whole number."""

    DIRECTORS_OF_MEMBERS = "directors_of_members", _("Council, as a share of the members")
    LEADERS_OF_COUNCIL = "leaders_of_council", _("Chair, vice-chairs and secretary-general, as a share of the council")
    COOPTED_OF_COUNCIL = "coopted_of_council", _("Co-opted in a term, as a share of the council")
    AGE_OF_LEADERS = "age_of_leaders", _("Age of a chair or vice-chair, in years")
    TERMS_OF_LEADERS = "terms_of_leaders", _("Terms of a chair or vice-chair")
    YEARS_OF_TERM = "years_of_term", _("Length of a term, in years")
    NOTICE_TO_MEMBERS = "notice_to_members", _("Notice of an assembly of members, at least, in days")
    NOTICE_TO_COUNCIL = "notice_to_council", _("Notice of a council meeting, at least, in days")


class Tier(IntegerChoices):
    """The tiers of the council, from the chair outwards."""

    CHAIR = 1, _("Chair unit")
    VICE_CHAIR = 2, _("Vice-chair unit")
    DIRECTOR = 3, _("Director unit")


class Audience(TextChoices):
    """Who may see something of a unit; each sees what those before it see."""

    PUBLIC = "public", pgettext_lazy("audience", "Everybody")
    MEMBERS = "members", pgettext_lazy("audience", "Member units")
    SECRETARIAT = "secretariat", pgettext_lazy("audience", "The secretariat alone")


class RequestState(TextChoices):
    """What became of a request to change the register's data."""

    OPEN = "open", pgettext_lazy("change request", "To decide")
    SETTLED = "settled", pgettext_lazy("change request", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("change request", "Withdrawn")


class Answer(TextChoices):
    """What the office says to one requested change."""

    OPEN = "open", pgettext_lazy("requested change", "Not decided")
    ACCEPTED = "accepted", pgettext_lazy("requested change", "Accepted")
    REFUSED = "refused", pgettext_lazy("requested change", "Refused")


class Demand(TextChoices):
    """What a field demands before it changes."""

    AT_ONCE = "at_once", pgettext_lazy("demand", "Changed by the unit at once")
    ASKED = "asked", pgettext_lazy("demand", "Decided by the office")
    PROVEN = "proven", pgettext_lazy("demand", "Decided by the office, on a paper that proves it")
    OFFICE = "office", pgettext_lazy("demand", "Changed by the office alone")


class CampaignState(TextChoices):
    """How far a yearly confirmation is."""

    PLANNED = "planned", pgettext_lazy("campaign", "Planned")
    OPEN = "open", pgettext_lazy("campaign", "Running")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")


class ConfirmationState(TextChoices):
    """What a unit has said of its data this year."""

    AWAITED = "awaited", pgettext_lazy("confirmation", "Not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "Confirmed")
    CHANGED = "changed", pgettext_lazy("confirmation", "Confirmed with changes")


class Way(TextChoices):
    """How a confirmation reached the office."""

    PORTAL = "portal", _("In the portal")
    PAPER = "paper", _("On paper")
