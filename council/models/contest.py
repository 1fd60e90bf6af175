"""The contest: an election to the seats of one post, of the council or of another body."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council.choices import Choice, ContestKind, ContestState, RulingKind
from council.election import Outcome, outcome
from council.models.seat import Seat
from council.models.sheet import BallotSheet
from council.querysets import ContestQuerySet
from members.choices import Base, BodyKind, Direction, Matter, Post, Tier, called
from members.models import Body, BodyTenure, Meeting, Passing, Term
from members.models.tenure import HELD_BY_ONE
from members.thresholds import Threshold

if TYPE_CHECKING:
    from council.models.result import Result
    from council.models.tally import Tally


class Contest(Passing):
    """An election at a meeting. Candidates, roll and rule are frozen when voting starts; a result recounts to the same.

    In an election of two steps the council's units are elected first, their posts untold; chair and vice-chairs are then
    `drawn_from` them, by the votes of those units.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="contests", verbose_name=_("meeting"))
    term = models.ForeignKey(Term, models.PROTECT, related_name="contests", verbose_name=_("term"))
    kind = models.CharField(_("what it fills"), max_length=10, choices=ContestKind, default=ContestKind.COUNCIL)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, null=True, blank=True)
    direction = models.CharField(_("direction"), max_length=16, choices=Direction, blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="contests", verbose_name=pgettext_lazy("of the alliance", "body")
    )
    post = models.CharField(_("post"), max_length=20, choices=Post, blank=True)
    drawn_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="second_step",
        verbose_name=_("among those elected in"),
        help_text=_("In an election of two steps: they alone stand, and they alone vote."),
    )
    seats = models.PositiveSmallIntegerField(_("seats to fill"))
    sheet = models.ForeignKey(
        BallotSheet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contests",
        verbose_name=_("ballot sheet"),
        help_text=_("Several contests may stand on one sheet. Empty: a sheet of its own."),
    )
    state = models.CharField(_("state"), max_length=10, choices=ContestState, default=ContestState.PREPARED)
    runoff_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="runoff", verbose_name=_("run-off of"))
    snapshot = models.JSONField(_("frozen candidates, roll and rule"), null=True, editable=False)
    snapshot_digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)
    first_signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("signed first by")
    )
    body_tenures = models.ManyToManyField(BodyTenure, editable=False, related_name="contests", verbose_name=_("tenures in bodies"))

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("contest"), _("contests")
        ordering = ["-meeting__held_at", "id"]
        constraints = [
            *Passing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gt=0), name="a_contest_fills_a_seat", violation_error_message=_("A contest fills at least one seat.")
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ContestState.PREPARED, ContestState.VOID]) | Q(snapshot__isnull=False),
                name="what_is_voted_on_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(kind=ContestKind.COUNCIL, tier__isnull=False, body=None, post="")
                | Q(kind=ContestKind.UNITS, tier=None, direction="", body=None, post="", drawn_from=None)
                | (Q(kind=ContestKind.BODY, tier=None, direction="", body__isnull=False, drawn_from=None) & ~Q(post="")),
                name="a_contest_fills_one_kind_of_post",
                violation_error_message=_(
                    "A post of the council has a tier, and every tier but the chair a direction; a post of another body has the body and the post; council units have neither."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ContestKind.COUNCIL) | Q(tier=Tier.CHAIR, direction="") | (~Q(tier=Tier.CHAIR) & ~Q(direction="")),
                name="only_the_chair_s_contest_has_no_direction",
                violation_error_message=_("The chair has no direction; every other post has one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {_('run-off')}" if self.runoff_of_id else self.title

    def get_absolute_url(self) -> str:
        return reverse("admin:council_contest_change", args=[self.pk])

    def clean(self) -> None:
        """Told at the field: a ballot sheet is its meeting's, and the second step goes on from a first one of the same term."""
        if self.sheet_id and self.meeting_id and self.sheet.meeting_id != self.meeting_id:
            raise ValidationError({"sheet": _("This ballot sheet is another meeting's.")})
        if self.drawn_from_id and (self.drawn_from.kind != ContestKind.UNITS or self.drawn_from.term_id != self.term_id):
            raise ValidationError({"drawn_from": _("The first step elects council units of the same term.")})
        if self.body_id and self.body.kind == BodyKind.COUNCIL:
            raise ValidationError({"body": _("Posts of the council have a tier: please choose the first kind.")})
        if self.state == ContestState.PREPARED and self.seats and self.term_id and (sentence := self.too_many_seats()):
            raise ValidationError({"seats": sentence})

    def too_many_seats(self) -> str:
        """Why so many seats cannot be voted on, with the numbers; nothing where they can."""
        if self.kind == ContestKind.BODY:
            many = self.post in HELD_BY_ONE and self.seats > 1
            return str(_("This post has one holder: the contest is for one seat.")) if many else ""
        if self.kind == ContestKind.COUNCIL and not self.tier:
            return ""
        vacant = Seat.objects.vacant().filter(term=self.term_id)
        free = (vacant if self.kind == ContestKind.UNITS else vacant.at(self.tier, self.direction)).count()
        sentence = _("This contest would fill %(seats)d seats, and %(free)d are vacant.")
        return sentence % {"seats": self.seats, "free": free} if free < self.seats else ""

    @property
    def title(self) -> str:
        """The post."""
        if self.kind == ContestKind.BODY:
            return f"{self.body.called} · {called(self.body.kind, self.post)}"
        if self.kind == ContestKind.UNITS:
            return str(_("Council units"))
        return f"{self.get_tier_display()} · {self.get_direction_display()}" if self.direction else self.get_tier_display()

    @property
    def matter(self) -> Matter:
        """Which of the term's rules says how many votes suffice."""
        if self.kind == ContestKind.BODY:
            return Matter.OTHER_POSTS
        return Matter.LEADERS if self.tier in (Tier.CHAIR, Tier.VICE_CHAIR) else Matter.DIRECTORS

    @property
    def elected_units(self) -> list[int]:
        """The keys of the units that the certified result elected."""
        found = self.result
        return found.contents["units"] if found else []

    # ── candidates against seats ──

    @property
    def choice(self) -> Choice:
        stand = len(self.snapshot["candidates"]) if self.snapshot else self.candidates.count()
        return Choice.EQUAL if stand == self.seats else Choice.MORE if stand > self.seats else Choice.FEWER

    # ── what counts ──

    @property
    def result(self) -> Result | None:
        """The certified result in force."""
        return self.results.filter(superseded_by=None).select_related("tally", "first_signer", "second_signer").first()

    @property
    def tally(self) -> Tally | None:
        """The entry that counts: the certified one, or two that agree, or the one agreed upon; none where they differ."""
        certified = self.result
        return certified.tally if certified else self.tallies.that_counts()

    def least_of(self, valid: int) -> int:
        """Votes that elect, by the frozen rule and roll and so many valid ballots."""
        numerator, denominator, inclusive, base = self.snapshot["rule"]
        counts = {Base.ELIGIBLE: self.snapshot["eligible"], Base.PRESENT: self.snapshot["present"], Base.VALID: valid}
        return Threshold(Fraction(numerator, denominator), inclusive).least(counts[Base(base)])

    @property
    def least(self) -> int:
        return self.least_of(self.tally.valid)

    def outcome_of(self, tally: Tally) -> Outcome:
        """The result as the frozen rule, this tally and the meeting's rulings give it; the same however often it is recounted."""
        figures, ruled = tally.figures, dict(self.rulings.exclude(name="").values_list("name", "kind"))
        return outcome(
            self.snapshot["seats"],
            {key: votes.in_favour for key, votes in figures.votes.items()},
            self.least_of(tally.valid),
            write_ins=figures.write_ins,
            admitted=[name for name, kind in ruled.items() if kind == RulingKind.ADMITTED],
            passed_over=[name for name, kind in ruled.items() if kind == RulingKind.PASSED_OVER],
        )
