"""The member unit: an organisation's membership, from admission to its end."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.history.fields import kept_history
from members.choices import RUNNING, MembershipState
from members.models.organisation import Organisation
from members.querysets import MemberUnitQuerySet


class TerminationGround(models.TextChoices):
    """Why the alliance takes a membership away without an expulsion."""

    BANKRUPT = "bankrupt", _("Bankrupt or dissolved")
    REVOKED = "revoked", _("Its licence or registration was revoked")
    BUSINESS = "business", _("Its business has nothing to do with the alliance any more")
    DUTIES = "duties", _("It does not do its duties")


class MemberUnit(models.Model):
    """One membership of one organisation. Its number is given once and stands in addresses."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation"))
    number = models.CharField(_("member number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=MembershipState, default=MembershipState.ACTIVE)
    admitted_on = models.DateField(_("admitted on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("reason of the end"), blank=True)
    ground = models.CharField(_("ground of the termination"), max_length=10, choices=TerminationGround, blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="readmitted_as", verbose_name=_("earlier membership")
    )
    history = kept_history()

    objects = MemberUnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("member unit"), _("member units")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ended_on=None), name="one_running_membership_per_organisation"),
            models.CheckConstraint(
                condition=Q(ended_on=None, state__in=RUNNING) | (Q(ended_on__isnull=False) & ~Q(state__in=RUNNING)),
                name="a_membership_runs_until_its_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("admitted_on")), name="a_membership_ends_after_admission"
            ),
            models.CheckConstraint(condition=Q(ground="") | Q(state=MembershipState.TERMINATED), name="only_a_termination_has_a_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} ({self.number})"

    @property
    def is_running(self) -> bool:
        return self.ended_on is None

    @property
    def representative(self) -> "models.Model | None":
        """Who represents the unit today; read from prefetched rows where there are some."""
        return next((r for r in self.representatives.all() if r.until is None), None)
