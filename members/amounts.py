"""What a figure is counted in: persons, items; an amount in tens of thousands of the currency that it is given in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.choices import Currency

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTED_IN = {
    "registered_capital": _("× 10,000"),
    "staff_total": _("persons"),
    "staff_rd": _("persons"),
    "revenue": _("× 10,000"),
    "rd_spend": _("× 10,000"),
    "patents": pgettext_lazy("number of patents or standards", "items"),
    "standards": pgettext_lazy("number of patents or standards", "items"),
}
AMOUNTS = {"registered_capital", "revenue", "rd_spend"}
ELSEWHERE = {
    Currency.HKD: _("× 10,000 HKD"),
    Currency.MOP: _("× 10,000 MOP"),
    Currency.TWD: _("× 10,000 TWD"),
    Currency.USD: _("× 10,000 USD"),
}


def unit_of(name: str, units: Mapping[str, Any], currency: str) -> Any:
    """What stands beside a figure: as `units` has it, an amount in another currency by that currency; nothing beside words."""
    return ELSEWHERE.get(currency, units.get(name, "")) if name in AMOUNTS else units.get(name, "")
