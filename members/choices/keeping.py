"""Which words there are for what a unit keeps of itself: who sees it, what it asks for, what it confirms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
