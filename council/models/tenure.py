"""Who holds a seat: the unit, and the person in whom it sits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.choices import Cause
from council.models.contest import Contest
from council.models.seat import Seat
from council.querysets import UnitTenureQuerySet
from members.models import MemberUnit, Representative, Resolution, Tenure, Term


class UnitTenure(Tenure):
    """A unit's time on a seat. A seat has one holder, and a unit one seat a term, or the database refuses."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures", verbose_name=_("seat"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="tenures", verbose_name=_("term"))
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="tenures", verbose_name=_("member unit"))
    contest = models.ForeignKey(Contest, models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name=_("elected in"))
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="co_opted", verbose_name=_("co-opted by resolution")
    )
    cause = models.CharField(_("cause of the end"), max_length=12, choices=Cause, blank=True)

    objects = UnitTenureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("tenure of a unit"), _("tenures of units")
        ordering = ["-begins_on", "seat__number"]
        constraints = [
            *Tenure.Meta.constraints,
            models.UniqueConstraint(fields=["seat"], condition=Q(ended_on=None), name="a_seat_has_one_holder"),
            models.UniqueConstraint(fields=["term", "unit"], condition=Q(ended_on=None), name="a_unit_holds_one_seat_a_term"),
            models.CheckConstraint(
                condition=Q(contest__isnull=False) | Q(resolution__isnull=False), name="a_seat_is_taken_by_election_or_co_option"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, cause="") | (Q(ended_on__isnull=False) & ~Q(cause="")), name="an_ended_tenure_has_its_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.seat}"


class PersonTenure(Tenure):
    """A person's time on the seat of their unit; when the person changes, the unit keeps the seat."""

    unit_tenure = models.ForeignKey(UnitTenure, models.PROTECT, related_name="persons", verbose_name=_("tenure of the unit"))
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="tenures", verbose_name=_("representative"))

    class Meta:
        verbose_name, verbose_name_plural = _("tenure of a person"), _("tenures of persons")
        constraints = [
            *Tenure.Meta.constraints,
            models.UniqueConstraint(fields=["unit_tenure"], condition=Q(ended_on=None), name="a_seat_is_filled_by_one_person"),
        ]

    def __str__(self) -> str:
        return str(self.representative)
