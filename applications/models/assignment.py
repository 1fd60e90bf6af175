"""Assignments: which expert reviews which application; and conflicts of interest."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import AssignmentState, ConflictKind
from applications.models.application import Application
from applications.models.batch import Batch
from applications.querysets import AssignmentQuerySet, ConflictQuerySet
from members.models import Expert, Organisation


class Assignment(models.Model):
    """One application for one expert, in one batch; a deferred application may be assigned again in its next."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments", verbose_name=_("application"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="assignments", verbose_name=_("batch"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="assignments", verbose_name=_("expert"))
    state = models.CharField(_("state"), max_length=10, choices=AssignmentState, default=AssignmentState.PROPOSED)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assigned by")
    )  # nobody yet where the timetable has proposed it
    assigned_at = models.DateTimeField(_("assigned at"), default=clock.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    reason = models.CharField(_("why recused or taken back"), max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("assignment"), _("assignments")
        ordering = ["-assigned_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "batch", "expert"], name="an_expert_is_assigned_once_a_batch"),
            models.CheckConstraint(
                condition=~Q(state__in=[AssignmentState.RECUSED, AssignmentState.WITHDRAWN]) | ~Q(reason=""),
                name="who_does_not_review_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.expert.name}"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.uuid])


class Conflict(models.Model):
    """An expert and an organisation that have to do with each other: as long as it runs, the expert sees nothing of what the organisation applies for."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="conflicts", verbose_name=_("expert"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conflicts", verbose_name=_("organisation"))
    kind = models.CharField(_("how it is known"), max_length=10, choices=ConflictKind, default=ConflictKind.PINNED)
    note = models.CharField(_("note"), max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted at"), default=clock.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("conflict of interest"), _("conflicts of interest")
        ordering = ["-noted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "organisation"],
                condition=Q(ended_at=None),
                name="one_running_conflict_an_expert_and_organisation",
                violation_error_message=_("This conflict is on file already."),
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("noted_at")), name="a_conflict_ends_after_it_was_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.expert.name} · {self.organisation}"
