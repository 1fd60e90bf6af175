"""公示名单: number, name, type and place of those under public notice, and nothing else; in the order of the notice, which states the periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import TruncDate

from alliance import clock
from alliance.exchange.outgoing import Outgoing, leaves_from, outgoing
from applications.models import Application, Batch
from applications.papers.publicity import group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


@outgoing("publicity")
class PublicityList(Outgoing):
    """The list of the public notice, as it was submitted."""

    what, title = "applications.application", "公示名单"
    columns = ("序号", "单位名称", "单位类型", "所在地")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Application.objects.in_bulk(keys)
        units = [found[key] for key in keys if key in found]  # under public notice they say what was submitted
        return [
            {"序号": n, "单位名称": each.name, "单位类型": each.get_unit_type_display(), "所在地": each.get_region_display()}
            for n, each in enumerate(units, start=first)
        ]


def listed(batch: Batch, user: Any) -> QuerySet | None:
    """Those whose notice is running, period by period."""
    keys = [each.pk for each in group(batch)] if batch.applications.in_publicity().exists() else []
    return (
        Application.objects.filter(pk__in=keys).order_by(TruncDate("publicity_from", tzinfo=clock.SHANGHAI), "publicity_until", "number")
        if keys
        else None
    )


def received(batch: Batch, user: Any) -> QuerySet:
    return batch.applications.visible_in_office(user).order_by("number")


leaves_from(Batch, "applications", received)
leaves_from(Batch, "publicity", listed)
