"""Assignments: which expert reviews which application."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import AssignmentState
from applications.models.application import Application
from applications.models.batch import Batch
from members.models import Expert


class Assignment(models.Model):
    """One application for one expert, in one batch; a deferred application may be assigned again in its next."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments", verbose_name=_("application"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="assignments", verbose_name=_("batch"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="assignments", verbose_name=_("expert"))
    state = models.CharField(_("state"), max_length=10, choices=AssignmentState, default=AssignmentState.PROPOSED)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    assigned_at = models.DateTimeField(_("assigned at"), default=clock.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    reason = models.CharField(_("why recused or taken back"), max_length=200, blank=True)

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
