"""The public notice of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import contact, day, last_day
from alliance.facts.models import facts
from applications import rules
from applications.models import Application, Batch
from applications.papers.form import answers_of

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor


def group(batch: Batch) -> list[Application]:
    """Those of the batch whose public notice began on the latest day: one list, one period."""
    published = list(batch.applications.in_publicity().order_by("number"))
    began = [each.publicity_from.astimezone(clock.SHANGHAI).date() for each in published]
    return [each for each, first in zip(published, began, strict=True) if first == max(began)]


def publicised(batch: Batch) -> dict[str, Any]:
    """The list with nothing but unit, type and place; from when to when; how to object."""
    units = [answers_of(each) for each in group(batch)]
    return {
        "subject": str(batch),
        "batch": str(batch),
        "decided_by": str(batch.get_deciding_body_display()),
        "standing": str(facts().standing_on(clock.today())),
        "units": [{"name": each.name, "unit_type": each.get_unit_type_display(), "region": each.get_region_display()} for each in units],
        "count": len(units),
        "begins": day(began(batch)),
        "ends": last_day(max(each.publicity_until for each in group(batch))),
        "contact": contact(),
    }


def began(batch: Batch) -> datetime:
    return min(each.publicity_from for each in group(batch))


def is_publicised(by: Actor, batch: Batch) -> bool:
    return rules.may_publish(by, batch) and batch.applications.in_publicity().exists()


declare(
    Batch,
    Kind(
        "publicity", pgettext_lazy("paper", "Public notice"), publicised, is_publicised, began, document_number, "公示",
        {
            "subject": "第一批", "batch": "第一批", "decided_by": "筹建工作组", "standing": "准成员", "count": 1, "begins": "2020年12月14日", "ends": "2020年12月18日",
            "units": [{"name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳"}], "contact": "请通过联盟门户咨询。",
        },
        occasion=lambda batch: day(began(batch)),
        waits=gettext_lazy("Once the public notice has begun, until it is over."),
    ),
)  # fmt: skip
