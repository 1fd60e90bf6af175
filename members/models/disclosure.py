"""Who sees which field of a unit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from members.choices import Audience
from members.models.profile import Profile
from members.models.unit import MemberUnit
from members.querysets import DisclosureQuerySet

ALWAYS = ("name", "name_en", "unit_type", "service_kind", "region", "main_direction")  # who belongs to the alliance is public
USUAL = {  # of a unit that has chosen nothing else; what stands neither here nor above is the secretariat's
    "short_name": Audience.PUBLIC,
    "chain_position": Audience.PUBLIC,
    "related_directions": Audience.PUBLIC,
    "specialities": Audience.PUBLIC,
    "scale": Audience.PUBLIC,
    "website": Audience.PUBLIC,
    "main_business": Audience.MEMBERS,
    "reg_no": Audience.MEMBERS,
    "founded_on": Audience.MEMBERS,
    "ownership": Audience.MEMBERS,
    "registered_capital": Audience.SECRETARIAT,
    "staff_total": Audience.SECRETARIAT,
    "staff_rd": Audience.SECRETARIAT,
    "registered_address": Audience.SECRETARIAT,
    "postal_address": Audience.SECRETARIAT,
}


def usual(name: str) -> Audience:
    """Who sees a field of a unit that has chosen nothing; persons and what is not named here stay with the secretariat."""
    return Audience.PUBLIC if name in ALWAYS else USUAL.get(name, Audience.SECRETARIAT)


def audiences(unit: MemberUnit) -> dict[str, Audience]:
    """Who sees which field that the unit may choose for; read from prefetched rows where there are some."""
    return USUAL | {each.field: Audience(each.audience) for each in unit.disclosures.all()}


class Disclosure(models.Model):
    """A unit has chosen who sees one of its fields. Where it has not, there is no row, and what is usual holds."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="disclosures", verbose_name=_("member unit"))
    field = models.CharField(
        pgettext_lazy("of a unit's data", "field"),
        max_length=20,
        choices=[(name, Profile._meta.get_field(name).verbose_name) for name in USUAL],
    )
    audience = models.CharField(_("seen by"), max_length=12, choices=Audience)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chosen by"))
    chosen_at = models.DateTimeField(_("chosen at"), default=clock.now)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("visibility of a field"), _("visibility of fields")
        ordering = ["unit", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "field"], name="a_field_of_a_unit_has_one_audience")]

    def __str__(self) -> str:
        return f"{self.unit.number} · {self.get_field_display()} · {self.get_audience_display()}"
