"""Proposals: what the office means to record when the deciding body has resolved, before anybody is told."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Ground, Outcome
from applications.models.application import Application
from applications.models.batch import Batch
from applications.models.decision import Decision
from applications.querysets import ProposalQuerySet


class Proposal(models.Model):
    """The outcome that waits for its release. A later one takes its place; what was released names the decision it became."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="proposals", verbose_name=_("application"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="proposals", verbose_name=_("batch"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    ground = models.CharField(_("ground"), max_length=3, choices=Ground, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    replaced_at = models.DateTimeField(_("replaced or taken back at"), null=True, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("decision"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("pending outcome"), _("pending outcomes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(replaced_at=None, decision=None), name="one_outcome_of_an_application_is_pending"
            ),
            models.CheckConstraint(condition=Q(replaced_at=None) | Q(decision=None), name="what_was_replaced_was_not_released"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    def clean(self) -> None:
        """What is not passed says on which ground; what is not passed or deferred says why."""
        if self.outcome == Outcome.REJECTED and not self.ground:
            raise ValidationError({"ground": _("What is not passed needs its ground.")})
        if self.outcome in (Outcome.REJECTED, Outcome.DEFERRED) and not self.reason.strip():
            raise ValidationError({"reason": _("Please say why, as the applicant will read it.")})
