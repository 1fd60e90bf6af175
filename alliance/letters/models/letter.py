"""Letters, and which of them wait."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.channels.ways import Way
from alliance.history.models import kind_of
from alliance.letters.kinds import label_of

TRIES = 5  # in the hands of processes that died


class State(models.TextChoices):
    """Where a letter is. "To be told" waits for a person: there is no channel to its reader."""

    DRAFT = "draft", _("Draft")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    TO_BE_TOLD = "to_be_told", _("To be told")
    CANCELLED = "cancelled", _("Cancelled")


UNSENT = (State.DRAFT, State.CANCELLED)


def stale() -> Q:
    """Claimed so long ago that whoever claimed it must have died."""
    return Q(state=State.SENDING, claimed_at__lt=clock.now() - timedelta(seconds=settings.LETTER_LEASE))


class LetterQuerySet(models.QuerySet["Letter"]):
    def about(self, thing: models.Model) -> LetterQuerySet:
        """The letters about `thing`, oldest first."""
        return self.filter(kind_of_thing=kind_of(thing), thing_id=thing.pk).order_by("id")

    def about_any(self, things: list[models.QuerySet] | None) -> LetterQuerySet:
        """Those about any of `things`, each a queryset of one kind; all of them where nothing is said."""
        if things is None:
            return self
        about = Q(pk__in=())
        for rows in things:
            about |= Q(kind_of_thing=rows.model._meta.label_lower, thing_id__in=rows.order_by().values("pk"))
        return self.filter(about)

    def readable_by(self, user: models.Model) -> LetterQuerySet:
        """The copies in the portal: what was written to `user` and is not held back, latest first."""
        return self.filter(recipient=user).exclude(state__in=UNSENT).order_by("-id")

    def waiting(self) -> LetterQuerySet:
        """Queued and due, or claimed by a process that died; oldest first."""
        due = Q(state=State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=clock.now()))
        return self.filter(due | stale() & Q(tries__lt=TRIES)).order_by("id")

    def exhausted(self) -> LetterQuerySet:
        """Claimed for the last time by a process that died."""
        return self.filter(stale(), tries__gte=TRIES)


class Letter(models.Model):
    """One letter to one address. `key` makes a second one impossible; `message_id` stays the same when it is tried again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True)
    template = models.CharField(_("kind of letter"), max_length=60)
    way = models.CharField(_("way"), max_length=4, choices=Way, default=Way.MAIL)
    to = models.CharField(_("to"), max_length=254)
    domain = models.CharField(_("domain"), max_length=254, blank=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters", verbose_name=_("account"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=20_000)
    kind_of_thing = models.CharField(_("about what"), max_length=60)
    thing_id = models.BigIntegerField(_("about which"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    written_at = models.DateTimeField(_("written at"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), null=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    claim = models.UUIDField(_("claim"), null=True)
    is_begun = models.BooleanField(_("in the hands of the channel"), default=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    copies = models.PositiveSmallIntegerField(_("sent once more"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        indexes = [
            models.Index(fields=["way", "id"], condition=Q(state__in=["queued", "sending"]), name="letters_that_wait"),
            models.Index(fields=["claimed_at", "domain"], name="letters_by_pace"),
            models.Index(fields=["kind_of_thing", "thing_id"], name="letters_about_a_thing"),
            models.Index(fields=["recipient", "-id"], name="letters_of_a_reader"),
            models.Index(fields=["state", "-id"], name="letters_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("letters:one", args=[self.uuid])

    @property
    def label(self) -> str:
        """What kind of letter this is, in the office's words."""
        return label_of(self.template)

    @property
    def message_id(self) -> str:
        """RFC 5322, 3.6.4. A copy sent once more on purpose is a message of its own."""
        copy = f".{self.copies}" if self.copies else ""
        return f"<{self.uuid}{copy}@{settings.DEFAULT_FROM_EMAIL.partition('@')[2].rstrip('>')}>"
