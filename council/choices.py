"""Which words there are, for seats and elections."""

from django.db.models import IntegerChoices, TextChoices
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
    TAKEN_BACK = "taken_back", pgettext_lazy("nomination", "Taken back by the unit that recommended")
    BLOCKED = "blocked", pgettext_lazy("nomination", "Not eligible")


STANDING = (NominationState.NOMINATED, NominationState.UNIT_AGREED, NominationState.ACCEPTED, NominationState.SHORTLISTED)


class ContestKind(TextChoices):
    """What a contest fills."""

    COUNCIL = "council", pgettext_lazy("contest", "Post of the council")
    UNITS = "units", pgettext_lazy("contest", "Council units, posts not told apart yet")
    BODY = "body", pgettext_lazy("contest", "Post of another body")


class ContestState(TextChoices):
    """How far an election is."""

    PREPARED = "prepared", pgettext_lazy("contest", "Prepared")
    VOTING = "voting", pgettext_lazy("contest", "Voting")
    ENTERED = "entered", pgettext_lazy("contest", "Tally entered once")
    COUNTED = "counted", pgettext_lazy("contest", "Tally entered twice")
    ANNOUNCED = "announced", pgettext_lazy("contest", "Announced")
    SIGNED = "signed", pgettext_lazy("contest", "Signed by one")
    CERTIFIED = "certified", pgettext_lazy("contest", "Certified")
    CORRECTED = "corrected", pgettext_lazy("contest", "Correction proposed")
    VOID = "void", pgettext_lazy("contest", "Void")


UNDER_WAY = (ContestState.VOTING, ContestState.ENTERED, ContestState.COUNTED, ContestState.ANNOUNCED, ContestState.SIGNED)


class Choice(TextChoices):
    """Whether there are as many candidates as seats, more or fewer: it follows from the numbers."""

    EQUAL = "equal", _("As many candidates as seats")
    MORE = "more", _("More candidates than seats")
    FEWER = "fewer", _("Fewer candidates than seats")


class Entry(IntegerChoices):
    """Which entry of a tally it is: two by two people apart, one by agreement where they differ, and corrections."""

    FIRST = 1, pgettext_lazy("entry of a tally", "First entry")
    SECOND = 2, pgettext_lazy("entry of a tally", "Second entry")
    AGREED = 3, pgettext_lazy("entry of a tally", "Agreed after a recount")
    CORRECTION = 4, pgettext_lazy("entry of a tally", "Correction")


class RulingKind(TextChoices):
    """What a meeting decides where votes alone do not fill the seats."""

    RUNOFF = "runoff", pgettext_lazy("ruling", "Run-off among the tied")
    VACANT = "vacant", pgettext_lazy("ruling", "The seats stay vacant")
    ADMITTED = "admitted", pgettext_lazy("ruling", "The name written in takes part")
    PASSED_OVER = "passed_over", pgettext_lazy("ruling", "The name written in does not take part")


class SheetState(TextChoices):
    """What became of the ballots of a sheet."""

    PREPARED = "prepared", pgettext_lazy("ballot sheet", "Prepared")
    ISSUED = "issued", pgettext_lazy("ballot sheet", "Issued")
    ACCOUNTED = "accounted", pgettext_lazy("ballot sheet", "Unused ones destroyed")


class Colour(TextChoices):
    """The paper of a ballot, so that sheets are told apart in the hall."""

    WHITE = "white", pgettext_lazy("paper", "White")
    PINK = "pink", pgettext_lazy("paper", "Pink")
    YELLOW = "yellow", pgettext_lazy("paper", "Yellow")
    GREEN = "green", pgettext_lazy("paper", "Green")
    BLUE = "blue", pgettext_lazy("paper", "Blue")


class Cause(TextChoices):
    """Why a unit does not hold its seat any more."""

    LEFT = "left", pgettext_lazy("end of a tenure", "Its membership ended")
    HANDED_ON = "handed_on", pgettext_lazy("end of a tenure", "Handed on to the successor")
    GAVE_UP = "gave_up", pgettext_lazy("end of a tenure", "Gave up its seat")
    RECALLED = "recalled", pgettext_lazy("end of a tenure", "Recalled by resolution")
    CORRECTED = "corrected", pgettext_lazy("end of a tenure", "The result was corrected")
    TERM_ENDED = "term_ended", pgettext_lazy("end of a tenure", "The term ended")
