"""Which words there are for meetings: who meets, how, and how votes are counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
