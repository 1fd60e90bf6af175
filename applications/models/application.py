"""The application."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.prepared import Prepared
from applications.choices import OPEN, Section, State
from applications.models.answers import Answers, applies, gaps
from applications.models.batch import Batch
from applications.models.required import RequiredPaper
from applications.querysets import ApplicationQuerySet
from members.models import MemberUnit, Organisation


class Application(Answers):
    """One organisation's wish to join, from its first word to its decision. Its answers change only as a draft or in correction.

    The applicant answers for it, and the office's letters go to them: who began it, until they hand it over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="applications", verbose_name=_("batch"))
    moved_from = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, editable=False, related_name="moved_drafts", verbose_name=_("moved from")
    )
    number = models.CharField(_("application number"), max_length=20, unique=True, null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="answered_for", verbose_name=_("applicant"))
    started_at = models.DateTimeField(_("started at"), default=clock.now)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now)
    touched = models.JSONField(_("who changed which answer last, and when"), default=dict, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("organisation")
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("Until when whoever is next has to act."))
    due_from = models.DateTimeField(_("counted from"), null=True, blank=True, editable=False)
    due_days = models.PositiveSmallIntegerField(_("working days given"), null=True, blank=True, editable=False)
    due_edition = models.PositiveIntegerField(_("edition of the working days"), default=0, editable=False)
    seal_due_at = models.DateTimeField(
        _("sealed form due"), null=True, blank=True, help_text=_("Until when the sealed scan has to come; empty once it is there.")
    )
    corrections = models.PositiveSmallIntegerField(_("rounds of correction"), default=0)
    screening_opinion = models.TextField(_("opinion of the preliminary review"), blank=True, editable=False)
    experts_opinion = models.TextField(_("opinion of the expert review"), blank=True, editable=False)
    publicity_from = models.DateTimeField(_("public notice from"), null=True, blank=True)
    publicity_until = models.DateTimeField(_("public notice until"), null=True, blank=True)
    unit = models.OneToOneField(
        MemberUnit, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("member unit")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering = ["-submitted_at", "-id"]
        indexes = [models.Index(fields=["state", "batch"], name="applications_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "reg_no"], condition=Q(state__in=OPEN), name="one_open_application_a_number"),
            models.UniqueConstraint(
                fields=["applicant", "jurisdiction", "reg_no"], condition=Q(state=State.DRAFT), name="one_draft_a_person_and_number"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | Q(number__isnull=False, organisation__isnull=False, submitted_at__isnull=False)
                | Q(state=State.WITHDRAWN),
                name="what_is_submitted_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ADMITTED, unit__isnull=False) | (~Q(state=State.ADMITTED) & Q(unit=None)),
                name="who_is_admitted_is_a_member_unit",
            ),
            models.CheckConstraint(
                condition=Q(publicity_until=None) | Q(publicity_until__gt=F("publicity_from")), name="public_notice_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reg_no

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.uuid])

    @property
    def gaps(self) -> dict[Section, list[str]]:
        """What is missing before it can be submitted: answers, and the papers that have to be there; the sealed form may follow."""
        missing = gaps(self)
        if papers := self.missing_papers:
            missing[Section.ATTACHMENTS] = papers
        return missing

    @property
    def missing_papers(self) -> list[str]:
        """The kinds of paper that the secretariat's table demands of such a unit, and that are not there."""
        demanded = {line.paper for line in DEMANDED.all(self.jurisdiction, self.unit_type)}
        return sorted(demanded - {paper.kind for paper in self.papers_there})

    @cached_property
    def papers_there(self) -> list[models.Model]:
        """The papers that go with it, asked for once; what its recommender has confirmed by code is one of them."""
        papers = ATTACHED.all(self.pk) if self.pk else []
        for paper in papers:
            paper.application = self
        return [*papers, *filter(None, [self.pk and self.confirmed])]

    @property
    def awaits_recommender(self) -> bool:
        """Whether it comes to its seat by somebody's recommendation, and says whose."""
        return bool(self.recommender) and applies("recommender", self)

    @property
    def recommended(self) -> tuple[str, str, str]:
        """Who recommends it, for which seat, in which words."""
        return self.recommender, self.seat_wanted, self.recommender_opinion

    @property
    def confirmed(self) -> models.Model | None:
        """The recommender's confirmation of what it says now; one of another unit, seat or opinion does not stand for it."""
        found = self.recommendations.confirmed() if self.awaits_recommender else ()
        return next((each for each in found if each.said == self.recommended), None)

    @property
    def own_addresses(self) -> set[str]:
        """Every address of the unit itself: its applicant's, its writers', and of those whom it names."""
        writers = self.writers.running().values_list("user__email", flat=True)
        return {address.lower() for address in (self.applicant.email, self.contact_email, self.representative_email, *writers) if address}

    @property
    def asked_for(self) -> models.Model | None:
        """What the office has asked to be put right, while it has to be."""
        return self.findings.filter(ground="").last() if self.state == State.CORRECTION else None

    @cached_property
    def entry(self) -> Any:
        """How the office entered it on the unit's behalf, if it did; asked for once."""
        return getattr(self, "on_behalf", None)

    @property
    def is_entered(self) -> bool:
        """Whether the office entered it for the unit, and nobody of the unit has taken it over yet."""
        return self.entry is not None and self.entry.claimed_at is None

    @property
    def is_editable(self) -> bool:
        """Whether its answers may change: while it is a draft, and while a correction is asked."""
        return self.state in (State.DRAFT, State.CORRECTION)

    @property
    def version(self) -> models.Model | None:
        """The version last submitted: what is reviewed and decided."""
        return SUBMITTED.first(self.pk) if self.pk else None

    @property
    def frozen(self) -> list[Any]:
        """Every version, the oldest first."""
        return FROZEN.all(self.pk)


DEMANDED = Prepared(lambda jurisdiction, unit_type: RequiredPaper.objects.of_unit(jurisdiction, unit_type).demanded())
ATTACHED = Prepared(lambda key: Application.attachments.rel.related_model.objects.running().filter(application=key))
FROZEN = Prepared(lambda key: Application.versions.rel.related_model.objects.filter(application=key))
SUBMITTED = Prepared(lambda key: FROZEN.rows(key).filter(submissions__isnull=False).order_by("-number")[:1])
