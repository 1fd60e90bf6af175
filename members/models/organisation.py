"""The organisation: a legal person, known once, whatever it applies for and whenever it belongs."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members import regions
from members.choices import Direction, Jurisdiction, ServiceKind, UnitType
from members.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """A legal person, registered once under its number; it outlives its applications and its memberships."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name (in full)"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction)
    reg_no = models.CharField(_("registration number"), max_length=40)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType)
    service_kind = models.CharField(_("kind of service"), max_length=20, choices=ServiceKind, blank=True)
    region = models.CharField(_("region"), max_length=6, choices=regions.CHOICES)
    main_direction = models.CharField(_("main direction"), max_length=16, choices=Direction, blank=True)
    verified_on = models.DateField(_("number verified on"), null=True, blank=True)
    known_since = models.DateTimeField(_("known since"), default=clock.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "reg_no"], name="an_organisation_is_registered_once"),
            models.CheckConstraint(condition=~Q(reg_no=""), name="an_organisation_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def brief(self) -> str:
        """What it is called where there is little room."""
        return self.short_name or self.name
