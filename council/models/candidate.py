"""The candidate: who stands in a contest, and at which place of the ballot."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.models.contest import Contest
from council.models.nomination import Nomination
from council.querysets import CandidateQuerySet
from members.models import Expert, MemberUnit, Representative


class Candidate(models.Model):
    """A nomination that stands, or a unit with its person, an expert, or a person by name. Frozen when voting starts."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="candidates", verbose_name=_("contest"))
    place = models.PositiveSmallIntegerField(_("place on the ballot"), default=0, help_text=_("0: behind those that have one."))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name=_("nomination")
    )
    unit = models.ForeignKey(MemberUnit, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name=_("member unit"))
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="candidacies", editable=False, verbose_name=_("representative")
    )
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name=_("expert"))
    person = models.CharField(_("person"), max_length=60, blank=True, help_text=_("By name, with whom no row here stands for."))
    called = models.CharField(_("on the ballot"), max_length=320, blank=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("candidate"), _("candidates")
        ordering = ["contest", "place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nomination__isnull=False, expert=None, person="")
                | Q(nomination=None, unit__isnull=False, expert=None, person="")
                | Q(nomination=None, unit=None, expert__isnull=False, person="")
                | (Q(nomination=None, unit=None, expert=None) & ~Q(person="")),
                name="a_candidate_is_one_and_not_several",
                violation_error_message=_("Please name one: a nomination, a member unit, an expert, or a person."),
            ),
            models.UniqueConstraint(fields=["contest", "nomination"], name="a_candidate_stands_once_in_a_contest"),
            models.UniqueConstraint(fields=["contest", "unit"], name="a_unit_stands_once_in_a_contest"),
            models.UniqueConstraint(fields=["contest", "expert"], name="an_expert_stands_once_in_a_contest"),
        ]

    def __str__(self) -> str:
        return self.called or " · ".join(filter(None, self.words))

    @property
    def words(self) -> tuple[str, str]:
        """The unit and the person, as they are called today."""
        if self.expert:
            return self.expert.affiliation, self.expert.name
        unit, person = self.stands
        return (unit.organisation.name if unit else "", person.name if person else self.person)

    @property
    def stands(self) -> tuple[MemberUnit | None, Representative | None]:
        """The unit, and the person in whom it stands: frozen, or as nominated, or who represents it today."""
        if self.nomination:
            return self.nomination.unit, self.nomination.person
        return self.unit, self.representative or (self.unit and self.unit.representative)

    @property
    def printed(self) -> tuple[str, str]:
        """The two as the ballot has them: what was frozen stays, whatever becomes of the names."""
        unit, _between, person = self.called.rpartition(" · ")
        return (unit, person) if self.called else self.words
