"""Letters, and which of them wait."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.models import kind_of

STALE = timedelta(minutes=10)  # a letter claimed so long ago was in the hands of a process that died
TRIES = 5


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class LetterQuerySet(models.QuerySet["Letter"]):
    def about(self, thing: models.Model) -> LetterQuerySet:
        """The letters about `thing`, oldest first."""
        return self.filter(kind_of_thing=kind_of(thing), thing_id=thing.pk).order_by("id")

    def waiting(self) -> LetterQuerySet:
        """Queued, or claimed by a process that died; oldest first."""
        stale = Q(state=State.SENDING, claimed_at__lt=clock.now() - STALE)
        return self.filter(Q(state=State.QUEUED) | stale, tries__lt=TRIES).order_by("id")

    def exhausted(self) -> LetterQuerySet:
        """Claimed for the last time by a process that died."""
        return self.filter(state=State.SENDING, claimed_at__lt=clock.now() - STALE, tries__gte=TRIES)


class Letter(models.Model):
    """One letter to one address. `key` makes a second one impossible; `message_id` stays the same when it is tried again."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True)
    template = models.CharField(_("kind of letter"), max_length=60)
    to = models.EmailField(_("to"))
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters", verbose_name=_("account"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    kind_of_thing = models.CharField(_("about what"), max_length=60)
    thing_id = models.BigIntegerField(_("about which"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    written_at = models.DateTimeField(_("written at"), default=clock.now)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["queued", "sending"]), name="letters_that_wait"),
            models.Index(fields=["kind_of_thing", "thing_id"], name="letters_about_a_thing"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        return f"<{self.uuid}@{settings.DEFAULT_FROM_EMAIL.partition('@')[2]}>"
