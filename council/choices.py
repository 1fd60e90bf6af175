"""Which words there are, for seats and elections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Division(TextChoices):
    """How the seats of a tier are divided over the directions."""

    EQUAL = "equal", _("Equal shares")
    LARGEST_REMAINDER = "hare", _("Largest remainder (Hare)")
    SAINTE_LAGUE = "sainte-lague", _("Sainte-Laguë")


class NominationKind(TextChoices):
    """How a unit comes to be nominated, as the notice allows both."""

    RECOMMENDED = "recommended", _("Recommendation")
    SELF = "self", _("Self-recommendation")


class CallKind(TextChoices):
    """For what units are put forward."""

    TERM = "term", _("Election of the council")
    VACANCY = "vacancy", _("By-election to vacant seats")


class CallState(TextChoices):
    """How far a call for nominations is."""

    PLANNED = "planned", pgettext_lazy("call for nominations", "Planned")
    OPEN = "open", pgettext_lazy("call for nominations", "Nominations are taken")
    DRAWN_UP = "drawn_up", pgettext_lazy("call for nominations", "List drawn up")
    PUBLISHED = "published", pgettext_lazy("call for nominations", "List published")
    SETTLED = "settled", pgettext_lazy("call for nominations", "List settled")
    CANCELLED = "cancelled", pgettext_lazy("call for nominations", "Cancelled")


RUNNING_CALLS = (CallState.PLANNED, CallState.OPEN, CallState.DRAWN_UP, CallState.PUBLISHED)
LISTED_CALLS = (CallState.PUBLISHED, CallState.SETTLED)


class NominationState(TextChoices):
    """Where a nomination stands."""

    NOMINATED = "nominated", _("Nominated")
    UNIT_AGREED = "unit_agreed", pgettext_lazy("nomination", "Accepted by the unit; the person is asked")
    ACCEPTED = "consented", pgettext_lazy("nomination", "Accepted by the nominee")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    DECLINED = "declined", pgettext_lazy("nomination", "Declined by the nominee")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn by the nominee")
    BLOCKED = "blocked", pgettext_lazy("nomination", "Not eligible")


STANDING = (NominationState.NOMINATED, NominationState.UNIT_AGREED, NominationState.ACCEPTED, NominationState.SHORTLISTED)


class ContestState(TextChoices):
    """How far an election is."""

    PREPARED = "prepared", pgettext_lazy("contest", "Prepared")
    VOTING = "voting", pgettext_lazy("contest", "Voting")
    COUNTED = "counted", pgettext_lazy("contest", "Counted")
    CERTIFIED = "certified", pgettext_lazy("contest", "Certified")
    RUNOFF = "runoff", pgettext_lazy("contest", "Run-off called")
    VOID = "void", pgettext_lazy("contest", "Void")


class Cause(TextChoices):
    """Why a unit does not hold its seat any more."""

    LEFT = "left", pgettext_lazy("end of a tenure", "Its membership ended")
    HANDED_ON = "handed_on", pgettext_lazy("end of a tenure", "Handed on to the successor")
    GAVE_UP = "gave_up", pgettext_lazy("end of a tenure", "Gave up its seat")
    RECALLED = "recalled", pgettext_lazy("end of a tenure", "Recalled by resolution")
    CORRECTED = "corrected", pgettext_lazy("end of a tenure", "The result was corrected")
    TERM_ENDED = "term_ended", pgettext_lazy("end of a tenure", "The term ended")
