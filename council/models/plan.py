"""The change of a term's plan of seats: from what to what, when, and by which resolution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models import Resolution, Term


class PlanChange(models.Model):
    """Seats by tier and direction before and after: while a term is planned by the office, once it has begun by a resolution."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="plan_changes", verbose_name=_("term"))
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="plan_changes", verbose_name=_("resolution")
    )
    before = models.JSONField(_("before"), editable=False)
    after = models.JSONField(_("after"), editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("change of the plan"), _("changes of the plan")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.term} · {self.changed_at.astimezone(clock.SHANGHAI).date().isoformat()}"
