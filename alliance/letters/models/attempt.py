"""The log of each letter: every try to bring it to its reader, and how that ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.channels.ways import Way
from alliance.letters.models.letter import Letter


class Outcome(models.TextChoices):
    """How a try ended. One without an end was in the hands of a process that died: whether it arrived, nobody knows."""

    UNKNOWN = "", _("No answer")
    SENT = "sent", _("Handed over")
    DEFERRED = "deferred", _("Not now: tried again later")
    BOUNCED = "bounced", _("Refused for good")
    UNREACHABLE = "unreachable", _("Server not reached")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def last_answer(self, way: str) -> Attempt | None:
        """The last try on `way` that says whether the way is open."""
        return self.filter(way=way).exclude(outcome__in=[Outcome.UNKNOWN, Outcome.DEFERRED]).order_by("-id").first()


class Attempt(models.Model):
    """One try to bring one letter to one address; for what was told by hand: by whom, to whom, how, and when."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attempts", verbose_name=_("letter"))
    way = models.CharField(_("way"), max_length=4, choices=Way)
    to = models.CharField(_("to"), max_length=254)
    began_at = models.DateTimeField(_("began at"), default=clock.now)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.UNKNOWN, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("told by"))

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("try"), _("tries")
        ordering = ["id"]
        indexes = [models.Index(fields=["way", "-id"], name="last_tries_on_a_way")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.to} · {self.get_outcome_display()}"
