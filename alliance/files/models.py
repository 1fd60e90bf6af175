"""Kept files, and which of them there are."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.files import shelf
from alliance.files.choices import DRAWN, SERVED, Kind, State
from alliance.history.models import kind_of


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def about(self, *things: models.QuerySet) -> StoredFileQuerySet:
        """Those that belong to any of `things`, each a queryset of one kind."""
        belongs = Q()
        for rows in things:
            belongs |= Q(kind_of_thing=kind_of(rows.model), thing_id__in=rows.order_by().values("pk"))
        return self.filter(belongs) if belongs else self.none()

    def waiting(self) -> StoredFileQuerySet:
        """Not seen by a virus scanner yet, the oldest first."""
        return self.filter(state__in=[State.PENDING, State.UNSCANNED]).order_by("id")


class StoredFile(models.Model):
    """One file that somebody uploaded, checked and named by us. Written once: only what the virus scanner says is added.

    It belongs to the thing it is about, whose rules say who reads it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(pgettext_lazy("file", "name"), max_length=130)
    kind = models.CharField(_("kind of file"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    signed = models.BooleanField(_("digitally signed"), default=False)
    state = models.CharField(_("virus check"), max_length=10, choices=State)
    scanned_at = models.DateTimeField(_("checked for viruses at"), null=True)
    virus = models.CharField(_("virus"), max_length=200, blank=True)
    kind_of_thing = models.CharField(_("about what"), max_length=60)
    thing_id = models.BigIntegerField(_("about which"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("file"), _("files")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind_of_thing", "thing_id"], name="files_about_a_thing"),
            models.Index(fields=["id"], condition=Q(state__in=["pending", "unscanned"]), name="files_that_wait_for_the_scan"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, pages__gt=0), name="a_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(state__in=["clean", "infected"], scanned_at__isnull=False)
                | Q(state__in=["pending", "unscanned"], scanned_at=None),
                name="a_scanned_file_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.uuid])

    @property
    def place(self) -> str:
        """Where its bytes lie under `files/`: by our name, two folders deep."""
        name = self.uuid.hex
        return f"{name[:2]}/{name[2:4]}/{name}.{self.kind}"

    @property
    def path(self) -> Path:
        return shelf.root() / self.place

    @property
    def is_served(self) -> bool:
        """Whether it may be read: not while a scanner has not spoken, and not with a virus."""
        return self.state in SERVED

    @property
    def numbers(self) -> range:
        """The pages that can be looked at as pictures; a Word or Excel file has none."""
        return range(1, self.pages + 1) if self.kind in DRAWN else range(0)
