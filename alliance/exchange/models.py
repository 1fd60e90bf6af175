"""What came in and what went out: who, what, when and how many; what it said of persons is kept no longer than it is used."""

from __future__ import annotations

import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock


class Outcome(models.TextChoices):
    """What taking a line over would do."""

    NEW = "new", pgettext_lazy("line", "New")
    CHANGED = "changed", pgettext_lazy("line", "Changed")
    SAME = "same", pgettext_lazy("line", "Unchanged")
    WRONG = "wrong", pgettext_lazy("line", "Refused")


class Trade(models.Model):
    """Rows of one noun that went over the counter, in either direction."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    what = models.CharField(_("what"), max_length=60)  # the noun, in the words of the app registry
    file_name = models.CharField(_("file name"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.what)

    @property
    def noun(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def address(self, page: str) -> str:
        """Its page beneath the list of its noun."""
        return reverse(f"admin:{self.what.replace('.', '_')}_{page}", args=[self.uuid])


class ImportQuerySet(models.QuerySet["Import"]):
    def waiting(self) -> ImportQuerySet:
        """Read, and not taken over."""
        return self.filter(applied_at=None)


class Import(Trade):
    """A table that was sent: first looked at, then taken over as one or not at all."""

    digest = models.CharField(_("SHA-256"), max_length=64)
    looked_at = models.DateTimeField(_("compared at"), null=True)
    applied_at = models.DateTimeField(_("taken over at"), null=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    wrong = models.PositiveIntegerField(_("refused"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta(Trade.Meta):
        abstract = False
        verbose_name, verbose_name_plural = _("import"), _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(looked_at__isnull=False, wrong=0), name="what_is_taken_over_was_looked_at_and_right"
            )
        ]

    @property
    def total(self) -> int:
        return self.new + self.changed + self.same + self.wrong


class Line(models.Model):
    """One row of a table that was sent, until it is taken over or forgotten: as it was typed, and what would come of it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="lines", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    typed = models.JSONField(_("as typed"))
    outcome = models.CharField(_("what would happen"), max_length=10, choices=Outcome, blank=True)
    said = models.JSONField(_("differences, or why not"), default=list)

    class Meta:
        verbose_name, verbose_name_plural = _("line of an import"), _("lines of imports")
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="a_row_of_an_import_stands_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.name}"


class Export(Trade):
    """Rows that left the portal. A long one is made by the worker and waits here for a day."""

    sheet = models.CharField(_("table"), max_length=40)
    count = models.PositiveIntegerField(_("rows"))
    form = models.CharField(_("format"), max_length=4)
    is_internal = models.BooleanField(_("with mobile numbers and addresses"), default=False)
    heads = models.JSONField(_("columns"), default=list)
    on = models.DateField(_("as of"), null=True, blank=True)
    things = models.JSONField(default=list, editable=False)  # the keys of what was seen, in its order
    rows = models.JSONField(default=list, editable=False)  # as far as the worker is
    content = models.BinaryField(null=True, editable=False)

    class Meta(Trade.Meta):
        abstract = False
        verbose_name, verbose_name_plural = _("export"), _("exports")
