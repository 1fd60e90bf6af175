"""Which words there are, for applying and reviewing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where an application stands, in the order of the path."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CORRECTION = "correction", _("Correction required")
    RESUBMITTED = "resubmitted", _("Corrected")
    ACCEPTED = "accepted", _("Accepted for review")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    LAPSED = "lapsed", _("Lapsed")
    SCREENED = "screened", _("Passed preliminary review")
    EXPERT_REVIEWED = "expert_reviewed", _("Expert review done")
    DELIBERATED = "deliberated", _("Passed deliberation")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Deferred to next batch")
    PUBLICITY = "publicity", _("Public notice period")
    OBJECTION = "objection", _("Objection under examination")
    APPROVED = "approved", _("Approved")
    ADMITTED = "admitted", _("Admitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENDED = (State.NOT_ACCEPTED, State.LAPSED, State.REJECTED, State.ADMITTED, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in ENDED and state != State.DRAFT)


class Intent(TextChoices):
    """How a unit means to take part, as the notice distinguishes it."""

    JOIN = "join", _("Take part in the alliance")
    OPERATE = "operate", _("Help to organise and run it")


class SeatWanted(TextChoices):
    """Which seat a unit has in mind; wanting one is no nomination."""

    MEMBER = "member", _("Member unit")
    DIRECTOR = "director", _("Director unit")
    VICE_CHAIR = "vice_chair", _("Vice-chair unit")
    CHAIR = "chair", _("Chair unit")


class NominatedBy(TextChoices):
    """How a unit means to come to a seat, as the notice allows both."""

    RECOMMENDED = "recommended", _("Recommendation")
    SELF = "self", _("Self-recommendation")


class Task(TextChoices):
    """The alliance's four task groups, from which an applicant says what it will undertake."""

    NEEDS = "needs", _("Find the industry's needs")
    SERVICES = "services", _("Science and technology services")
    GOVERNMENT = "government", _("Support the government's work")
    COOPERATION = "cooperation", _("International cooperation and exchange")


class Section(TextChoices):
    """The sections of the form, in order; they stand in addresses."""

    UNIT = "unit", _("The unit")
    CONTACTS = "contacts", _("Contacts")
    CAPABILITY = "capability", _("Business and capability")
    INTENT = "intent", _("Intent")
    ATTACHMENTS = "attachments", _("Attachments")
    DECLARATIONS = "declarations", _("Declarations")


class Paper(TextChoices):
    """What kind of paper goes with an application."""

    CERTIFICATE = "certificate", _("Registration certificate")
    SEALED_FORM = "sealed_form", _("Sealed application form")
    AUTHORISATION = "authorisation", _("Letter of authorisation")
    RECOMMENDATION = "recommendation", _("Written recommendation")
    ALLIANCE = "alliance", _("Alliance agreement or recognition")
    OTHER = "other", pgettext_lazy("paper", "Other")


class Defect(TextChoices):
    """What can be put right: the reasons of a correction notice."""

    C01 = "C01", _("Documents are missing")
    C02 = "C02", _("Seal missing or illegible")
    C03 = "C03", _("Name differs from the certificate")
    C04 = "C04", _("Credit code fails its check")
    C05 = "C05", _("Certificate out of date or scan illegible")
    C06 = "C06", _("Contact could not be reached")
    C07 = "C07", _("Capability described too briefly")
    C08 = "C08", _("No main direction chosen")
    C09 = "C09", _("Recommendation missing")
    C10 = "C10", _("Letter of authorisation missing")


OPENS = {  # which fields and papers each defect opens, unless the office names others
    Defect.C01: (Paper.CERTIFICATE, Paper.OTHER),
    Defect.C02: (Paper.SEALED_FORM,),
    Defect.C03: ("name", Paper.CERTIFICATE),
    Defect.C04: (Paper.CERTIFICATE,),
    Defect.C05: (Paper.CERTIFICATE,),
    Defect.C06: ("contact_name", "contact_post", "contact_phone", "contact_email"),
    Defect.C07: ("main_business", "cap_research", "cap_service", "cap_industry"),
    Defect.C08: ("main_direction", "related_directions"),
    Defect.C09: ("recommender", "recommender_opinion", Paper.RECOMMENDATION),
    Defect.C10: (Paper.AUTHORISATION,),
}


class Ground(TextChoices):
    """Why an application is not accepted or not passed."""

    J01 = "J01", _("Not a lawfully registered legal person")
    J02 = "J02", _("Main business unrelated to the new energy vehicle chain")
    J03 = "J03", _("No research, service or industrialisation capacity")
    J04 = "J04", _("Untrue documents")
    J05 = "J05", _("Serious violations or abnormal operation")
    J06 = "J06", _("Applied twice")
    J07 = "J07", _("Not corrected in time")
    J08 = "J08", _("Not passed in deliberation")
    J09 = "J09", _("Objection upheld")
    J10 = "J10", _("Withdrawn by the applicant")


class Outcome(TextChoices):
    """What was decided on an application."""

    PASSED = "passed", pgettext_lazy("decision", "Passed")
    REJECTED = "rejected", pgettext_lazy("decision", "Not passed")
    DEFERRED = "deferred", pgettext_lazy("decision", "Deferred")


class Examined(TextChoices):
    """What became of an objection."""

    OPEN = "open", pgettext_lazy("objection", "Under examination")
    UNFOUNDED = "unfounded", pgettext_lazy("objection", "Unfounded")
    UPHELD = "upheld", pgettext_lazy("objection", "Upheld")


class TraceKind(TextChoices):
    """By what two units are told to be one."""

    NUMBER = "number", _("the same number in another shape")
    NAME = "name", _("a similar or former name")
    MOBILE = "mobile", _("the same telephone of the liaison officer")
    EMAIL = "email", _("the same e-mail of the liaison officer")


class Body(TextChoices):
    """Who decides a batch: before the founding there is no council that could."""

    PREPARATORY = "preparatory", _("Preparatory working group")
    COUNCIL = "council", _("Council")


class Declaration(TextChoices):
    """What an applicant declares, each with a tick of its own and a text of its own."""

    TRUE = "declares_true", _("everything stated is true")
    CHARTER = "accepts_charter", _("the unit will keep the alliance's charter")
    PERSONS = "told_persons", _("the persons named know and agree")


class AssignmentState(TextChoices):
    """How far an expert's review of an application is."""

    PROPOSED = "proposed", pgettext_lazy("assignment", "Proposed")
    ASSIGNED = "assigned", pgettext_lazy("assignment", "Assigned")
    RECUSED = "recused", pgettext_lazy("assignment", "Recused")
    WITHDRAWN = "withdrawn", pgettext_lazy("assignment", "Taken back")
    REVIEWED = "reviewed", pgettext_lazy("assignment", "Reviewed")


class RecusalGround(TextChoices):
    """What an expert has to do with a unit."""

    OWN = "own", _("It is my own unit, or I work for it")
    RELATIVE = "relative", _("A relative or close friend leads it or works there")
    PROJECT = "project", _("A joint project, a contract or money connects us")
    DISPUTE = "dispute", _("There is a dispute, or we compete")
    OTHER = "other", _("Another reason, or I would rather not say")


class Criterion(TextChoices):
    """What an expert judges: the notice's criteria, and how representative the unit is (遴选有代表性、有影响力的龙头骨干)."""

    CLIMATE = "climate", _("Climate of innovation")
    RESEARCH = "research", _("Research capability")
    SERVICE = "service", _("Service capability")
    INDUSTRY = "industry", _("Conditions for industrialisation")
    CAPACITY = "capacity", _("Capacity to undertake the alliance's work")
    REPRESENTATIVE = "representative", _("Representative and influential")


POINTS = {  # what each number of points says
    1: pgettext_lazy("points", "Does not meet it"),
    2: pgettext_lazy("points", "Weak"),
    3: pgettext_lazy("points", "Meets it"),
    4: pgettext_lazy("points", "Good"),
    5: pgettext_lazy("points", "Outstanding"),
}
LEAST, MOST = min(POINTS), max(POINTS)


class ConflictKind(TextChoices):
    """How it is known that an expert is not to review what an organisation applies for."""

    DECLARED = "declared", pgettext_lazy("conflict", "Declared by the expert")
    PINNED = "pinned", pgettext_lazy("conflict", "Entered by the office")


class Tie(TextChoices):
    """Why an expert sees nothing of an application."""

    NOTED = "noted", _("a conflict of interest is on file")
    OWN = "own", _("the expert's own unit")
    HOST = "host", _("hosted by the expert's unit, or hosting it")
    NAMESAKE = "namesake", _("the legal representative has the expert's name")
    PARTY = "party", _("the expert applies, acts for the unit, or is named by it")


class Advice(TextChoices):
    """What an expert advises in one word."""

    ADMIT = "admit", pgettext_lazy("advice", "Admit")
    DOUBT = "doubt", pgettext_lazy("advice", "Deliberate closely")
    REFUSE = "refuse", pgettext_lazy("advice", "Do not admit")


class EnquiryTopic(TextChoices):
    """To which desk a question goes: the notice's two, and that for one's own data (PIPL, articles 44 to 50)."""

    JOINING = "joining", _("Joining the alliance")
    POLICY = "policy", _("The alliance's business and policy")
    PERSONAL = "personal", _("My personal information")


class EnquiryWay(TextChoices):
    """How a question came in."""

    PORTAL = "portal", pgettext_lazy("enquiry", "In the portal")
    TELEPHONE = "telephone", pgettext_lazy("enquiry", "By telephone")
    COUNTER = "counter", pgettext_lazy("enquiry", "At the counter")
    MAIL = "mail", pgettext_lazy("enquiry", "By e-mail or letter")


class EnquiryState(TextChoices):
    """Where a question stands."""

    ASKED = "asked", pgettext_lazy("enquiry", "To answer")
    ANSWERED = "answered", pgettext_lazy("enquiry", "Answered")
    CLOSED = "closed", pgettext_lazy("enquiry", "Closed")


class InvitationState(TextChoices):
    """What became of an invitation."""

    OPEN = "open", pgettext_lazy("invitation", "Open")
    TAKEN = "taken", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")


class JoinState(TextChoices):
    """What became of a request to join."""

    ASKED = "asked", pgettext_lazy("request", "To decide")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")


class Reading(TextChoices):
    """How it is known which version a sealed scan shows."""

    MATCHED = "matched", pgettext_lazy("scan", "Code read, version matched")
    SIGNED = "signed", pgettext_lazy("scan", "Digitally signed, code read")
    UNREAD = "unread", pgettext_lazy("scan", "No code found: for the clerk to look at")
    SEEN = "seen", pgettext_lazy("scan", "Looked at and found right")
    WRONG = "wrong", pgettext_lazy("scan", "Looked at and not usable")


COUNTING = (Reading.MATCHED, Reading.SIGNED, Reading.SEEN)  # a scan so read stands for the seal


class Channel(TextChoices):
    """How an application came in that was entered on the unit's behalf."""

    PAPER = "paper", pgettext_lazy("channel", "On paper, by post or courier")
    MAIL = "mail", pgettext_lazy("channel", "By e-mail")
    WECHAT = "wechat", pgettext_lazy("channel", "By WeChat")
    COUNTER = "counter", pgettext_lazy("channel", "Over the counter")


class NoteKind(TextChoices):
    """What the office notes about an application for itself."""

    REMARK = "remark", pgettext_lazy("note", "Remark")
    TELEPHONE = "telephone", pgettext_lazy("note", "Telephone note")


class RecommendationState(TextChoices):
    """What became of a request to a recommender to confirm."""

    ASKED = "asked", pgettext_lazy("recommendation", "Asked for")
    CONFIRMED = "confirmed", pgettext_lazy("recommendation", "Confirmed")
    DECLINED = "declined", pgettext_lazy("recommendation", "Declined")
    REVOKED = "revoked", pgettext_lazy("recommendation", "Taken back")


class ProspectState(TextChoices):
    """What the office has done about a unit of the source pool."""

    NEW = "new", pgettext_lazy("prospect", "Not invited yet")
    INVITED = "invited", pgettext_lazy("prospect", "Invited")
    DECLINED = "declined", pgettext_lazy("prospect", "Declined")


class Standing(TextChoices):
    """How a unit of the source pool stands: what the office did, unless an application or a membership says more."""

    NEW = "new", pgettext_lazy("prospect", "Not invited yet")
    INVITED = "invited", pgettext_lazy("prospect", "Invited")
    APPLIED = "applied", pgettext_lazy("prospect", "Applied")
    MEMBER = "member", pgettext_lazy("prospect", "Member unit")
    DECLINED = "declined", pgettext_lazy("prospect", "Declined")
