"""The acting chair: a vice-chair unit that does the chair's work while the chair's seat is vacant."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.models.tenure import UnitTenure
from members.models import Resolution, Tenure, Term


class ActingChair(Tenure):
    """A vice-chair unit acts for the chair (代行) until a chair is elected; it keeps its own seat, and the chair's stays vacant."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="acting_chairs", verbose_name=_("term"))
    tenure = models.ForeignKey(UnitTenure, models.PROTECT, related_name="acting", verbose_name=_("tenure of the vice-chair unit"))
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="acting_chairs", verbose_name=_("resolution")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("acting chair"), _("acting chairs")
        ordering = ["-begins_on", "-id"]
        constraints = [
            *Tenure.Meta.constraints,
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(ended_on=None),
                name="one_unit_acts_for_the_chair",
                violation_error_message=_("Another unit acts for the chair already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tenure)
