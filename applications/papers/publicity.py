"""The public notice of a batch."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import asked_at, day, last_day, was_founding
from alliance.facts.models import facts
from applications import rules
from applications.choices import State
from applications.models import Application, Batch
from applications.papers.form import answers_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from alliance.workflow import Actor


def group(batch: Batch) -> list[Application]:
    """Those of the batch whose public notice is running, period by period; once all is over, those of the last."""
    published = sorted(batch.applications.in_publicity(), key=lambda each: (period(each), each.number))
    running = [each for each in published if each.state == State.OBJECTION or each.publicity_until > clock.now()]
    return running or [each for each in published if period(each)[0] == period(published[-1])[0]]


def period(application: Application) -> tuple[date, datetime]:
    """From which day, until which midnight."""
    return application.publicity_from.astimezone(clock.SHANGHAI).date(), application.publicity_until


def period_words(application: Application) -> str:
    return f"{day(application.publicity_from)}至{last_day(application.publicity_until)}"


def periods(shown: list[Application]) -> list[dict[str, str]]:
    """Each period in words, with the numbers of its units on the list where there are several."""
    numbered = [list(rows) for _period, rows in groupby(enumerate(shown, 1), key=lambda each: period(each[1]))]
    return [{"units": lines(rows) if len(numbered) > 1 else "", "words": period_words(rows[0][1])} for rows in numbered]


def lines(rows: list[tuple[int, Application]]) -> str:
    first, last = rows[0][0], rows[-1][0]
    return f"名单第{first}号单位：" if first == last else f"名单第{first}至{last}号单位："


def publicised(batch: Batch) -> dict[str, Any]:
    """The list with nothing but unit, type and place; from when to when; how to object."""
    shown = group(batch)
    units = [answers_of(each) for each in shown]
    return {
        "subject": str(batch),
        "batch": str(batch),
        "decided_by": str(batch.get_deciding_body_display()),
        "founding": was_founding(began(batch)),
        "standing": str(facts().standing_on(began(batch).astimezone(clock.SHANGHAI).date())),
        "units": [{"name": each.name, "unit_type": each.get_unit_type_display(), "region": each.get_region_display()} for each in units],
        "count": len(units),
        "begins": day(min(each.publicity_from for each in shown)),
        "ends": last_day(max(each.publicity_until for each in shown)),
        "periods": periods(shown),
        "contact": asked_at(),
    }


def began(batch: Batch) -> datetime:
    """When the last of them went up: a further group makes a further paper."""
    return max(each.publicity_from for each in group(batch))


def is_publicised(by: Actor, batch: Batch) -> bool:
    return rules.may_publish(by, batch) and batch.applications.in_publicity().exists()


declare(
    Batch,
    Kind(
        "publicity", pgettext_lazy("paper", "Public notice"), publicised, is_publicised, began, document_number, "公示",
        {
            "subject": "第一批", "batch": "第一批", "decided_by": "筹建工作组", "founding": True, "standing": "准成员", "count": 1, "begins": "2020年12月14日", "ends": "2020年12月18日",
            "periods": [{"units": "", "words": "2020年12月14日至2020年12月18日"}],
            "units": [{"name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳"}], "contact": "请通过联盟门户咨询。",
        },
        occasion=lambda batch: day(began(batch)),
        waits=gettext_lazy("Once the public notice has begun, until it is over."),
    ),
)  # fmt: skip
