"""What a resolution decided on applications, for its paper: which passed, which did not, which were deferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from applications.choices import Outcome
from applications.models import Decision
from members.papers.resolutions import lists_what_was_decided

if TYPE_CHECKING:
    from members.models import Resolution

TITLES = {Outcome.PASSED: "审议通过的单位", Outcome.REJECTED: "不予通过的单位", Outcome.DEFERRED: "转入下一批次的单位"}


@lists_what_was_decided
def decided(resolution: Resolution) -> list[dict[str, Any]]:
    """By outcome, in the order of numbers; the reasons stand in each unit's own notice."""
    found = list(Decision.objects.filter(resolution=resolution).select_related("application").order_by("application__number"))
    return [
        {"title": title, "units": [named(n, each) for n, each in enumerate(rows, 1)]}
        for outcome, title in TITLES.items()
        if (rows := [each for each in found if each.outcome == outcome])
    ]


def named(n: int, decision: Decision) -> dict[str, Any]:
    said = decision.application
    return {"n": n, "name": said.name, "unit_type": str(said.get_unit_type_display()), "region": str(said.get_region_display())}
