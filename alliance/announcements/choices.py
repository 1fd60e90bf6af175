"""Which words there are about announcements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What an announcement is, by its name in Chinese offices."""

    CALL = "call", pgettext_lazy("announcement", "Call")
    PUBLICITY = "publicity", pgettext_lazy("announcement", "Public notice")
    RESULT = "result", pgettext_lazy("announcement", "Result")
    MEETING = "meeting", pgettext_lazy("announcement", "Notice of a meeting")
    NEWS = "news", pgettext_lazy("announcement", "News")


class Audience(TextChoices):
    """Who may read it."""

    PUBLIC = "public", pgettext_lazy("announcement", "Everybody")
    MEMBERS = "members", pgettext_lazy("announcement", "Member units only")


class State(TextChoices):
    """Where an announcement is. Whether it is in force, its days say."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("announcement", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("announcement", "Withdrawn")
