"""The certified result: what two people answer for, chained to the one before it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from council.models.contest import Contest
from council.models.tally import Tally


class Result(models.Model):
    """The outcome of a contest as two people signed it, in canonical JSON under a digest that takes in the last result's. Written once: a correction is another."""

    number = models.PositiveIntegerField(_("number in the chain"), unique=True)
    contest = models.ForeignKey(Contest, models.PROTECT, related_name="results", verbose_name=_("contest"))
    tally = models.OneToOneField(Tally, models.PROTECT, related_name="result", verbose_name=_("tally"))
    contents = models.JSONField(_("contents"))
    previous = models.CharField(_("digest of the result before"), max_length=64, blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, unique=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("takes the place of")
    )
    reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)
    first_signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed first by"))
    second_signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("certified by"))
    certified_at = models.DateTimeField(_("certified at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("certified result"), _("certified results")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(first_signer=F("second_signer")), name="two_people_answer_for_a_result"),
            models.CheckConstraint(
                condition=Q(supersedes=None, reason="") | (Q(supersedes__isnull=False) & ~Q(reason="")), name="a_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.contest}"
