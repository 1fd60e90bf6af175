"""What each field of the register demands before it changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.history.fields import kept_history
from members.choices import Demand
from members.models.profile import PROFILE, Profile

REPRESENTATIVE = "representative"  # no field of the profile, and asked for like one
BY_STEPS = ("name", REPRESENTATIVE)  # what the register changes by a step of its own
LABELS = {name: Profile._meta.get_field(name).verbose_name for name in PROFILE if name != "jurisdiction"}
LABELS[REPRESENTATIVE] = _("member representative")

USUAL = {
    "name": Demand.PROVEN,
    "reg_no": Demand.PROVEN,
    "legal_form": Demand.PROVEN,
    "founded_on": Demand.PROVEN,
    "legal_representative": Demand.PROVEN,
    "registered_address": Demand.PROVEN,
    REPRESENTATIVE: Demand.PROVEN,
    "short_name": Demand.AT_ONCE,
    "postal_address": Demand.AT_ONCE,
    "postcode": Demand.AT_ONCE,
    "website": Demand.AT_ONCE,
    "main_business": Demand.AT_ONCE,
    "chain_position": Demand.AT_ONCE,
    "specialities": Demand.AT_ONCE,
    "specialities_other": Demand.AT_ONCE,
    "related_directions": Demand.AT_ONCE,
    "staff_total": Demand.AT_ONCE,
    "staff_rd": Demand.AT_ONCE,
}  # what the secretariat begins with; everything else is asked for


def usual(name: str) -> Demand:
    return USUAL.get(name, Demand.ASKED)


class FieldDemand(models.Model):
    """One field, and what it demands. What the register changes by a step of its own is never changed at once."""

    field = models.CharField(pgettext_lazy("of a unit's data", "field"), max_length=24, choices=[*LABELS.items()], unique=True)
    demand = models.CharField(_("demand"), max_length=10, choices=Demand)
    history = kept_history()

    class Meta:
        verbose_name, verbose_name_plural = _("demand of a field"), _("demands of fields")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(field__in=BY_STEPS, demand=Demand.AT_ONCE),
                name="what_has_a_step_is_not_changed_at_once",
                violation_error_message=_("A name or a representative changes by a step of the office, never at once."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_field_display())


def demands() -> dict[str, Demand]:
    """What every field demands, as the office's table says; what is usual where it says nothing."""
    return {name: usual(name) for name in LABELS} | {
        name: Demand(demand) for name, demand in FieldDemand.objects.values_list("field", "demand")
    }
