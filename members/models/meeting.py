"""Meetings, who is called to them, and what they resolve."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.facts.models import facts
from alliance.numbering.numerals import numeral
from members.choices import Assembly, Base, Matter, MeetingMode, MeetingState, SignedIn
from members.models.term import Term
from members.models.unit import MemberUnit
from members.querysets import AttendanceQuerySet, MeetingQuerySet, ResolutionQuerySet
from members.thresholds import TWO_THIRDS, Threshold


class Meeting(models.Model):
    """A meeting of one body; its name has four parts: alliance, term, ordinal, form."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assembly = models.CharField(_("body"), max_length=12, choices=Assembly)
    term = models.ForeignKey(Term, models.PROTECT, related_name="meetings", verbose_name=_("term"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), help_text=_("Its place among the meetings of this body in this term."))
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=120)
    mode = models.CharField(_("way of meeting"), max_length=14, choices=MeetingMode, default=MeetingMode.PAPER)
    presides = models.CharField(_("presides"), max_length=60, blank=True)
    minutes_by = models.CharField(_("takes the minutes"), max_length=60, blank=True)
    urgency = models.CharField(
        _("reason for urgency"),
        max_length=200,
        blank=True,
        help_text=_("Only where the meeting is called later than its notice period allows."),
    )
    invited = models.TextField(
        _("who is called, by name"),
        max_length=4000,
        blank=True,
        help_text=_("Only for the preparatory working group: one name a line. The other bodies' rolls come from the register."),
    )
    convened_at = models.DateTimeField(_("convened at"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)

    objects = MeetingQuerySet.as_manager()

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
        parts = {"term": numeral(self.term.number), "ordinal": numeral(self.ordinal), "body": self.body}
        return str(NAMES.get(Assembly(self.assembly), NAMED) % parts)

    def get_absolute_url(self) -> str:
        return reverse("admin:members_meeting_change", args=[self.pk])

    @property
    def full_name(self) -> str:
        """The name in its four parts, the alliance's own first: ××联盟第一届第一次会员大会."""
        return _("%(alliance)s, %(meeting)s") % {"alliance": facts().name, "meeting": self}

    @property
    def body(self) -> str:
        """Which body meets: up to the day the first term begins, its members are prospective ones (准成员大会)."""
        first, day = self.term.number == 1, self.held_at.astimezone(clock.SHANGHAI).date()
        if self.assembly == Assembly.MEMBERS and first and (self.term.begins_on is None or day <= self.term.begins_on):
            return _("Meeting of prospective members")
        return self.get_assembly_display()

    @property
    def is_electronic(self) -> bool:
        """Whether voters may vote for themselves in the portal, on what may be voted on there."""
        return self.mode in (MeetingMode.ELECTRONIC, MeetingMode.CORRESPONDENCE)

    @property
    def eligible(self) -> int:
        """How many are called (应到): the rows of the roll, frozen when the meeting is convened, less those struck from it."""
        return self.attendances.called().count()

    @property
    def present(self) -> int:
        """How many have signed in (实到)."""
        return self.attendances.present().count()

    @property
    def quorum(self) -> int:
        """How many have to be there (法定人数) by the rule of the term: 17 of 25 by two thirds or more."""
        return self.term.rule(Matter.QUORUM).threshold.least(self.eligible)

    @property
    def has_quorum(self) -> bool:
        """Whether so many of those called are there; of nobody there is none."""
        return self.eligible > 0 and self.present >= self.quorum


NAMED = _("%(body)s: term %(term)s, meeting %(ordinal)s")
NAMES = {  # a board's meetings are counted by the board, an assembly's by the term
    Assembly.COUNCIL: _("Council of term %(term)s, meeting %(ordinal)s"),
    Assembly.EXPERTS: _("Expert committee of term %(term)s, meeting %(ordinal)s"),
    Assembly.PREPARATORY: _("Preparatory working group, meeting %(ordinal)s"),
}


class Attendance(models.Model):
    """A line of a meeting's roll: a unit with its one vote and the person who casts it; or, of experts and of the preparatory group, a person.

    The line is written when the meeting is convened and stays as it is (PostgreSQL refuses a change): what is corrected before the
    meeting opens is struck or added with its reason. Only what happens at the door is written into it.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting"))
    unit = models.ForeignKey(MemberUnit, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("member unit"))
    voter = models.CharField(_("votes for the unit"), max_length=60, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="called_to", verbose_name=_("account of who votes")
    )
    added_because = models.CharField(_("why it was added"), max_length=200, blank=True)
    struck_at = models.DateTimeField(_("struck from the roll at"), null=True, blank=True)
    struck_because = models.CharField(_("why it was struck"), max_length=200, blank=True)

    signed_in_at = models.DateTimeField(_("signed in at"), null=True, blank=True)
    way = models.CharField(_("way of signing in"), max_length=8, choices=SignedIn, blank=True)
    came = models.CharField(_("who came"), max_length=60, blank=True)
    absent_because = models.CharField(_("reason of absence"), max_length=200, blank=True)
    undone_because = models.CharField(_("why a sign-in was undone"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("roll and attendance")
        ordering = ["unit__number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_stands_once_on_a_roll"),
            models.UniqueConstraint(fields=["meeting", "voter"], condition=Q(unit=None), name="a_person_stands_once_on_a_roll"),
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(voter=""), name="a_line_of_a_roll_names_somebody"),
            models.CheckConstraint(condition=Q(struck_at=None) | Q(signed_in_at=None), name="who_is_struck_does_not_sign_in"),
        ]

    def __str__(self) -> str:
        return str(self.unit) if self.unit else self.voter

    @property
    def name(self) -> str:
        """The unit's name; where persons are called, the person's."""
        return self.unit.organisation.name if self.unit else self.voter

    @property
    def proxy(self) -> models.Model | None:
        """Who votes instead, by a written proxy; read from prefetched rows where there are some."""
        return next((each for each in self.proxies.all() if each.revoked_at is None), None)

    @property
    def person(self) -> str:
        """Who came; before the door, who is expected to cast the vote."""
        return self.came or (self.proxy.name if self.proxy else self.voter)


class Passing(models.Model):
    """How many votes suffice, kept as a fraction with its base, so that the rule of the day stays with what it decided."""

    rule_numerator = models.PositiveSmallIntegerField(_("numerator"), default=2)
    rule_denominator = models.PositiveSmallIntegerField(_("denominator"), default=3)
    rule_inclusive = models.BooleanField(_("the number itself suffices"), default=True)
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
    eligible = models.PositiveIntegerField(pgettext_lazy("voters", "called"))
    present = models.PositiveIntegerField(pgettext_lazy("voters", "signed in"))
    in_favour = models.PositiveIntegerField(pgettext_lazy("votes", "for"))
    against = models.PositiveIntegerField(pgettext_lazy("votes", "against"))
    abstaining = models.PositiveIntegerField(pgettext_lazy("votes", "abstaining"))
    quorum = models.PositiveIntegerField(_("had to be there"), null=True, blank=True, editable=False)
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

    def save(self, *args: Any, **options: Any) -> None:
        """How many had to be there is the term's rule of the day, and stays with what was resolved."""
        if self.quorum is None:
            self.quorum = self.meeting.term.rule(Matter.QUORUM).threshold.least(self.eligible)
        super().save(*args, **options)

    @property
    def has_quorum(self) -> bool:
        return self.eligible > 0 and self.present >= (self.quorum or TWO_THIRDS.least(self.eligible))

    @property
    def passed(self) -> bool:
        """Whether the meeting had its quorum and the votes for suffice."""
        base = {Base.ELIGIBLE: self.eligible, Base.PRESENT: self.present, Base.VALID: self.in_favour + self.against + self.abstaining}[
            Base(self.rule_base)
        ]
        return self.has_quorum and self.in_favour >= self.threshold.least(base)
