"""Announcements and what was put right in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.announcements.choices import Audience, Kind, State
from alliance.announcements.querysets import AnnouncementQuerySet
from alliance.announcements.words import Block, blocks
from alliance.files.models import StoredFile
from alliance.history.fields import kept_history
from alliance.history.models import kind_of
from alliance.text import refuse_hidden

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_TITLE, LONGEST_BODY, LONGEST_WORDS = 120, 20_000, 2000


class Announcement(models.Model):
    """What the alliance tells everybody or its members, in force in [valid_from, valid_until).

    Its words are written while it is a draft. What was published is not rewritten: a correction (更正) stands visibly above it,
    and what was wrong as a whole is withdrawn.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(pgettext_lazy("announcement", "kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, validators=[refuse_hidden])
    body = models.TextField(
        pgettext_lazy("announcement", "text"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST_BODY), refuse_hidden],
        help_text=_(
            "Each line is a paragraph. Lines that begin with 一、 or （一） and do not end in a full stop are heads; lines that begin with “- ” are a list. Addresses beginning with https:// become links."
        ),
    )
    audience = models.CharField(pgettext_lazy("announcement", "for whom"), max_length=8, choices=Audience, default=Audience.PUBLIC)
    valid_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    valid_until = models.DateTimeField(pgettext_lazy("announcement", "in force until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_for = models.CharField(_("why it was withdrawn"), max_length=200, blank=True, editable=False)
    history = kept_history()

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("noun", "announcement"), pgettext_lazy("noun", "announcements")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-valid_from"], name="announcements_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")),
                name="an_announcement_begins_before_it_ends",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False, valid_from__isnull=False),
                name="what_is_published_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False), name="what_is_withdrawn_says_since_when"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcement", args=[self.uuid])

    @property
    def is_in_force(self) -> bool:
        return self.state == State.PUBLISHED and self.holds_at(clock.now())

    def holds_at(self, moment: datetime) -> bool:
        """Whether its days hold this moment: from its first instant on, up to its last and without it."""
        return self.valid_from is not None and self.valid_from <= moment and (self.valid_until is None or moment < self.valid_until)

    @property
    def is_ahead(self) -> bool:
        """Published, and its first day is still to come."""
        return self.state == State.PUBLISHED and self.valid_from > clock.now()

    @property
    def blocks(self) -> list[Block]:
        """Its text as heads, paragraphs and lists."""
        return blocks(self.body)

    @property
    def files(self) -> models.QuerySet[StoredFile]:
        """What is attached, in the order in which it came."""
        return StoredFile.objects.filter(kind_of_thing=kind_of(self), thing_id=self.pk).order_by("id")


class Correction(models.Model):
    """What was put right in a published announcement (更正), in words that everybody who reads it sees. Written once."""

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="corrections", verbose_name=pgettext_lazy("noun", "announcement")
    )
    words = models.TextField(_("what is put right"), validators=[MaxLengthValidator(LONGEST_WORDS), refuse_hidden])
    made_at = models.DateTimeField(_("put right at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("announcement", "correction"), pgettext_lazy("announcement", "corrections")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.announcement} · {self.made_at.date().isoformat()}"
