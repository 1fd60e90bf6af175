"""The sealed form: what came back of the paper that was printed, as a scan and as the original."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import COUNTING, Reading
from applications.models.application import Application
from applications.models.attachment import Attachment
from applications.models.version import Version
from applications.querysets import SealedCopyQuerySet

MISSING = re.compile(r"\d+(, \d+)*")  # page numbers, in the note of a scan


class SealedCopy(models.Model):
    """One scan of a printed form: of which version, and how that is known. What no machine could read waits for the clerk's eye."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="sealed_copies", verbose_name=_("application"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="sealed_copies", verbose_name=_("version"))
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="sealed_copy", verbose_name=_("attachment"))
    reading = models.CharField(_("how it was read"), max_length=10, choices=Reading)
    pages_read = models.PositiveSmallIntegerField(_("pages whose code was read"), default=0)
    came_at = models.DateTimeField(_("came at"), default=clock.now)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = SealedCopyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sealed copy"), _("sealed copies")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reading__in=[Reading.SEEN, Reading.WRONG]) | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="what_an_eye_decided_says_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_reading_display()}"

    @property
    def state(self) -> str:
        """How it was read is where it stands: a clerk's look moves it on."""
        return self.reading

    @state.setter
    def state(self, reading: str) -> None:
        self.reading = reading

    def get_state_display(self) -> str:
        return str(self.get_reading_display())

    @property
    def counts(self) -> bool:
        return self.reading in COUNTING

    @property
    def remark(self) -> str:
        """What the reading, or the clerk, had to say: page numbers stand for pages whose code was not found."""
        if MISSING.fullmatch(self.note):
            return _("Pages whose code was not found: %(pages)s") % {"pages": self.note}
        return self.note


class Original(models.Model):
    """The sealed paper itself: received on a day, and filed where it can be found."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="originals", verbose_name=_("application"))
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="originals", verbose_name=_("version"))
    received_on = models.DateField(_("received on"), default=clock.today)
    courier = models.CharField(_("courier and number"), max_length=60, blank=True)
    filed = models.CharField(_("filed where"), max_length=100)
    is_complete = models.BooleanField(_("complete and sealed"), default=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("sealed original"), _("sealed originals")
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"{self.application} · {self.received_on}"
