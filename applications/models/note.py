"""What the office notes about an application for itself: a remark, or a telephone call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from applications.choices import NoteKind
from applications.models.application import Application
from applications.querysets import NoteQuerySet


class Note(models.Model):
    """A remark or a telephone call, written once: a wrong one is followed by another. It stays inside the office.

    It says what somebody said, and so it is nobody's but the office's; no trigger freezes it, because what it holds of
    persons is not kept longer than the application (PIPL, article 19).
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes", verbose_name=_("application"))
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind, default=NoteKind.REMARK)
    words = models.TextField(_("what is noted"), max_length=2000)
    whom = models.CharField(
        _("spoken with"), max_length=120, blank=True, help_text=_("For a telephone call: with whom, and of which department.")
    )
    telephone = models.CharField(_("telephone number"), max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    at = models.DateTimeField(_("noted at"), default=clock.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("on an application", "note"), _("notes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=NoteKind.TELEPHONE) & ~Q(whom="")) | (~Q(kind=NoteKind.TELEPHONE) & Q(whom="", telephone="")),
                name="a_telephone_note_says_with_whom",
                violation_error_message=_("A telephone note says with whom; any other has no number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.application}"
