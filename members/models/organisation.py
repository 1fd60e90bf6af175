"""The organisation: a legal person, known once, whatever it applies for and whenever it belongs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.choices import UnitType, VerifiedBy
from members.models.profile import Profile
from members.querysets import OrganisationQuerySet


class Organisation(Profile):
    """A legal person, registered once under its number; it outlives its applications and its memberships.

    A contract-type alliance has no legal personality: it is an organisation with a host (依托单位), the legal person that
    signs for it. A host may itself apply, and host several.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    host = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="hosted", verbose_name=_("host unit"))
    known_since = models.DateTimeField(_("known since"), default=clock.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "reg_no"], name="an_organisation_is_registered_once"),
            models.CheckConstraint(condition=~Q(reg_no=""), name="an_organisation_has_a_number"),
            models.CheckConstraint(
                condition=Q(host=None) | Q(unit_type=UnitType.ALLIANCE),
                name="only_an_alliance_has_a_host",
                violation_error_message=_("Only an alliance without legal personality has a host unit."),
            ),
            models.CheckConstraint(
                condition=Q(host=None) | ~Q(host=F("id")),
                name="nobody_hosts_itself",
                violation_error_message=_("A unit is not its own host."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reg_no

    @property
    def brief(self) -> str:
        """What it is called where there is little room."""
        return self.short_name or self.name


class Verification(models.Model):
    """Somebody compared an organisation's number and name with a register, by hand: who, when, where, and what they found."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="verifications", verbose_name=_("organisation"))
    on = models.DateField(_("verified on"), default=clock.today)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("verified by"))
    way = models.CharField(_("how"), max_length=20, choices=VerifiedBy)
    agrees = models.BooleanField(_("number and name agree"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("verification"), _("verifications")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} · {self.get_way_display()}"
