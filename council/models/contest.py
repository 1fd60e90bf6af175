"""The contest: an election to seats of one tier and direction, its candidates and its tally."""

from __future__ import annotations

import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from council.choices import ContestState
from council.models.nomination import Nomination
from council.querysets import CandidateQuerySet
from members.choices import Base, Direction, Tier
from members.models import Meeting, Passing, Term
from members.thresholds import Threshold


class Contest(Passing):
    """An election at a meeting. Candidates, roll and rule are frozen when voting starts; a result recounts to the same."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="contests", verbose_name=_("meeting"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="contests", verbose_name=_("term"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats to fill"))
    state = models.CharField(_("state"), max_length=10, choices=ContestState, default=ContestState.PREPARED)
    runoff_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="runoff", verbose_name=_("run-off of"))
    snapshot = models.JSONField(_("frozen candidates, roll and rule"), null=True, editable=False)
    snapshot_digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)
    result = models.JSONField(_("certified result"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("contest"), _("contests")
        ordering = ["meeting", "tier", "direction", "id"]
        constraints = [
            *Passing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gt=0), name="a_contest_fills_a_seat", violation_error_message=_("A contest fills at least one seat.")
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ContestState.PREPARED, ContestState.VOID]) | Q(snapshot__isnull=False),
                name="what_is_voted_on_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        post = f"{self.get_tier_display()} · {self.get_direction_display()}" if self.direction else self.get_tier_display()
        return f"{post} ({_('run-off')})" if self.runoff_of_id else post

    def get_absolute_url(self) -> str:
        return reverse("admin:council_contest_change", args=[self.pk])

    @property
    def least(self) -> int:
        """Votes that elect, by the frozen rule and roll and the tally."""
        numerator, denominator, inclusive, base = self.snapshot["rule"]
        counts = {Base.ELIGIBLE: self.snapshot["eligible"], Base.PRESENT: self.snapshot["present"], Base.VALID: self.tally.valid}
        return Threshold(Fraction(numerator, denominator), inclusive).least(counts[Base(base)])


class Candidate(models.Model):
    """A nomination that stands in a contest."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="candidates", verbose_name=_("contest"))
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="candidacies", verbose_name=_("nomination"))

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("candidate"), _("candidates")
        ordering = ["nomination__unit__number"]
        constraints = [models.UniqueConstraint(fields=["contest", "nomination"], name="a_candidate_stands_once_in_a_contest")]

    def __str__(self) -> str:
        return f"{self.nomination.unit.organisation.name} · {self.nomination.person.name}"


class Tally(models.Model):
    """What the tellers counted: ballots issued, returned and invalid."""

    contest = models.OneToOneField(Contest, models.PROTECT, related_name="tally", verbose_name=_("contest"))
    issued = models.PositiveIntegerField(_("ballots issued"))
    returned = models.PositiveIntegerField(_("ballots returned"))
    invalid = models.PositiveIntegerField(_("invalid ballots"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("tally"), _("tallies")
        constraints = [
            models.CheckConstraint(condition=Q(returned__lte=F("issued")), name="no_more_ballots_return_than_are_issued"),
            models.CheckConstraint(condition=Q(invalid__lte=F("returned")), name="invalid_ballots_are_among_the_returned"),
        ]

    def __str__(self) -> str:
        return str(self.contest)

    @property
    def valid(self) -> int:
        return self.returned - self.invalid


class Count(models.Model):
    """The votes for, against and abstaining of one candidate; they add up to the valid ballots."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="counts", verbose_name=_("tally"))
    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="count", verbose_name=_("candidate"))
    in_favour = models.PositiveIntegerField(_("for (赞成)"))
    against = models.PositiveIntegerField(_("against (不赞成)"))
    abstaining = models.PositiveIntegerField(_("abstaining (弃权)"))

    class Meta:
        verbose_name, verbose_name_plural = _("count"), _("counts")

    def __str__(self) -> str:
        return f"{self.candidate}: {self.in_favour}"
