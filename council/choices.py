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


class NominationState(TextChoices):
    """Where a nomination stands."""

    NOMINATED = "nominated", _("Nominated")
    ACCEPTED = "consented", pgettext_lazy("nomination", "Accepted by the nominee")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    DECLINED = "declined", pgettext_lazy("nomination", "Declined by the nominee")
    BLOCKED = "blocked", pgettext_lazy("nomination", "Not eligible")


STANDING = (NominationState.NOMINATED, NominationState.ACCEPTED, NominationState.SHORTLISTED)


class ContestState(TextChoices):
    """How far an election is."""

    PREPARED = "prepared", pgettext_lazy("contest", "Prepared")
    VOTING = "voting", pgettext_lazy("contest", "Voting")
    COUNTED = "counted", pgettext_lazy("contest", "Counted")
    CERTIFIED = "certified", pgettext_lazy("contest", "Certified")
    RUNOFF = "runoff", pgettext_lazy("contest", "Run-off called")
    VOID = "void", pgettext_lazy("contest", "Void")
