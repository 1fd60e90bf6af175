"""Successions: which unit went into which, by merger or by a split."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.unit import MemberUnit
from members.querysets import SuccessionQuerySet


class SuccessionKind(models.TextChoices):
    """How one legal person comes after another."""

    MERGER = "merger", _("Merger")
    SPLIT = "split", _("Split")


class Succession(models.Model):
    """One unit goes into another. Its applications, seats, letters and files stay where they are, and are read through the successor.

    `ended` names the rows that ended with it, by kind: what an undoing opens again, and nothing else. `was` is the state from
    which the unit left.
    """

    predecessor = models.ForeignKey(MemberUnit, models.PROTECT, related_name="went_into", verbose_name=_("predecessor"))
    successor = models.ForeignKey(MemberUnit, models.PROTECT, related_name="took_over", verbose_name=_("successor"))
    kind = models.CharField(_("kind"), max_length=8, choices=SuccessionKind)
    on = models.DateField(_("day of the merger or split"))
    document = models.CharField(_("document"), max_length=200)
    others = models.TextField(_("others that came of the split, and apply anew"), max_length=500, blank=True)
    was = models.CharField(max_length=12, editable=False)
    ended = models.JSONField(default=dict, editable=False)
    taken_at = models.DateTimeField(_("registered at"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registered by"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_because = models.TextField(_("why it was undone"), max_length=500, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("succession"), _("successions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor"], condition=Q(undone_at=None), name="a_unit_goes_into_one_other"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.organisation.brief} → {self.successor.organisation.brief}"

    @property
    def unit(self) -> MemberUnit:
        """Whose history it is first."""
        return self.predecessor
