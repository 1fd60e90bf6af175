"""The seat: a row that exists before anyone holds it, so there is nothing to count and nothing to overrun."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.querysets import SeatQuerySet
from members.choices import Direction, Tier
from members.models import Term


class Seat(models.Model):
    """One of a term's seats. It has no state of its own: nominated, vacant and in office are queries.

    A seat that a change of the plan adds to a term that has begun is planned from that day, and one that it takes away until that day.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="seats", verbose_name=_("term"))
    number = models.PositiveSmallIntegerField(_("seat"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, blank=True)

    planned_from = models.DateField(_("planned from"), null=True, blank=True, help_text=_("Empty: since the term was opened."))
    planned_until = models.DateField(_("planned until"), null=True, blank=True, help_text=_("Empty: it is still planned."))

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("seat"), _("seats")
        ordering = ["term", "number"]
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="a_seat_has_its_own_number_in_its_term"),
            models.CheckConstraint(
                condition=Q(tier=Tier.CHAIR, direction="") | (~Q(tier=Tier.CHAIR) & ~Q(direction="")),
                name="only_the_chair_s_seat_has_no_direction",
                violation_error_message=_("The chair has no direction; every other seat has one."),
            ),
            models.UniqueConstraint(fields=["term"], condition=Q(tier=Tier.CHAIR), name="one_chair_a_term"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} · {self.get_direction_display()}" if self.direction else self.get_tier_display()
