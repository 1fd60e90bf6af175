"""Meetings, who is called to them, and what they resolve."""

from __future__ import annotations

import uuid
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.numbering.numerals import numeral
from members.choices import Assembly, Base, MeetingState
from members.models.term import Term
from members.models.unit import MemberUnit
from members.querysets import AttendanceQuerySet, ResolutionQuerySet
from members.thresholds import TWO_THIRDS, Threshold


class Meeting(models.Model):
    """A meeting of one body; its name has four parts: alliance, term, ordinal, form."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assembly = models.CharField(_("body"), max_length=12, choices=Assembly)
    term = models.ForeignKey(Term, models.PROTECT, related_name="meetings", verbose_name=_("term"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), help_text=_("Its place among the meetings of this body in this term."))
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["-held_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "term", "ordinal"],
                name="a_meeting_has_its_own_ordinal",
                violation_error_message=_("This body has a meeting with this ordinal already."),
            )
        ]

    def __str__(self) -> str:
        return _("%(body)s: term %(term)s, meeting %(ordinal)s") % {
            "term": numeral(self.term.number),
            "ordinal": numeral(self.ordinal),
            "body": self.body,
        }

    def get_absolute_url(self) -> str:
        return reverse("admin:members_meeting_change", args=[self.pk])

    @property
    def body(self) -> str:
        """Which body meets: up to the day the first term begins, its members are prospective ones (准成员大会)."""
        first, day = self.term.number == 1, self.held_at.astimezone(clock.SHANGHAI).date()
        if self.assembly == Assembly.MEMBERS and first and (self.term.begins_on is None or day <= self.term.begins_on):
            return _("Meeting of prospective members")
        return self.get_assembly_display()

    @property
    def eligible(self) -> int:
        """How many are called (应到): the rows of the roll, frozen when the meeting is convened."""
        return self.attendances.count()

    @property
    def present(self) -> int:
        """How many have signed in (实到)."""
        return self.attendances.present().count()

    @property
    def has_quorum(self) -> bool:
        """Two thirds or more of those called are there (2/3以上, the default of domain custom)."""
        return self.eligible > 0 and self.present >= TWO_THIRDS.least(self.eligible)


class Attendance(models.Model):
    """A unit on a meeting's roll: one unit, one vote, cast by its representative or by another officer of the same unit."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting"))
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="attendances", verbose_name=_("member unit"))
    voter = models.CharField(_("votes for the unit"), max_length=60, blank=True)
    signed_in_at = models.DateTimeField(_("signed in at"), null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("roll and attendance")
        ordering = ["unit__number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_stands_once_on_a_roll")]

    def __str__(self) -> str:
        return str(self.unit)


class Passing(models.Model):
    """How many votes suffice, kept as a fraction with its base, so that the rule of the day stays with what it decided."""

    rule_numerator = models.PositiveSmallIntegerField(_("numerator"), default=2)
    rule_denominator = models.PositiveSmallIntegerField(_("denominator"), default=3)
    rule_inclusive = models.BooleanField(_("the number itself suffices (以上)"), default=True)
    rule_base = models.CharField(_("base"), max_length=10, choices=Base, default=Base.PRESENT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(rule_numerator__gt=0, rule_numerator__lte=F("rule_denominator")),
                name="%(class)s_passes_by_a_true_fraction",
                violation_error_message=_("The fraction lies between 0 and 1."),
            )
        ]

    @property
    def threshold(self) -> Threshold:
        return Threshold(Fraction(self.rule_numerator, self.rule_denominator), self.rule_inclusive)


class Resolution(Passing):
    """What a meeting resolved by counted votes. Those counted are those who may vote; an abstention is a valid vote, as on a ballot."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions", verbose_name=_("meeting"))
    subject = models.CharField(_("subject"), max_length=200)
    eligible = models.PositiveIntegerField(_("eligible (应到)"))
    present = models.PositiveIntegerField(_("present (实到)"))
    in_favour = models.PositiveIntegerField(_("for (赞成)"))
    against = models.PositiveIntegerField(_("against (不赞成)"))
    abstaining = models.PositiveIntegerField(_("abstaining (弃权)"))
    resolved_at = models.DateTimeField(_("resolved at"), default=clock.now)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("resolution"), _("resolutions")
        ordering = ["-resolved_at"]
        constraints = [
            *Passing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(eligible__gt=0), name="somebody_is_eligible", violation_error_message=_("Somebody has to be eligible.")
            ),
            models.CheckConstraint(
                condition=Q(present__lte=F("eligible")),
                name="no_more_are_present_than_eligible",
                violation_error_message=_("No more can be present than are eligible."),
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("in_favour") + F("against") + F("abstaining")),
                name="no_more_vote_than_are_present",
                violation_error_message=_("No more can vote than are present."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def has_quorum(self) -> bool:
        return self.eligible > 0 and self.present >= TWO_THIRDS.least(self.eligible)

    @property
    def passed(self) -> bool:
        """Whether the meeting had its quorum and the votes for suffice."""
        base = {Base.ELIGIBLE: self.eligible, Base.PRESENT: self.present, Base.VALID: self.in_favour + self.against + self.abstaining}[
            Base(self.rule_base)
        ]
        return self.has_quorum and self.in_favour >= self.threshold.least(base)
