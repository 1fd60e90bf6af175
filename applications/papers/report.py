"""What a batch came to: its report (批次审核工作报告), and how its public notice ended (公示情况说明); of today or of an earlier day.

Of an earlier day the figures are those of the steps that had been taken by its end, as the history says.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import day, last_day
from alliance.facts.models import facts
from alliance.history.models import Event
from applications import rules
from applications.choices import Examined, Outcome, State
from applications.models import Application, Batch, Decision, Objection
from members.choices import Direction, UnitType
from members.papers.majorities import counted as counted_at
from members.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from alliance.workflow import Actor

MOST_REGIONS = 8
STEPS = {
    "accepted": "accept",
    "declined": "decline",
    "corrected": "return_for_correction",
    "screened": "screen",
    "reviewed": "conclude_reviews",
    "publicised": "publicise",
    "approved": "approve",
    "admitted": "admit",
    "withdrawn": "withdraw",
}
OUTCOMES = {"passed": Outcome.PASSED, "rejected": Outcome.REJECTED, "deferred": Outcome.DEFERRED}


def end_of(on: date) -> datetime:
    return clock.midnight(on + timedelta(days=1))


def figures(batch: Batch, on: date) -> dict[str, int]:
    """How many were received, how many of them came over from an earlier batch, and of how many each step had been taken by the end of a day."""
    end = end_of(on)
    found = received(batch, end)
    taken = dict(taken_on(batch, found, end).order_by().values_list("step").annotate(Count("thing_id", distinct=True)))
    decided = batch.decisions.filter(decided_at__lt=end)
    outcomes = dict(decided.order_by().values_list("outcome").annotate(Count("application", distinct=True)))
    return (
        {"received": found.count(), "carried": found.filter(pk__in=carried(batch).values("application")).count()}
        | {name: taken.get(step, 0) for name, step in STEPS.items()}
        | {name: outcomes.get(outcome, 0) for name, outcome in OUTCOMES.items()}
    )


def carried(batch: Batch) -> QuerySet[Decision]:
    """Those by which an application was deferred out of an earlier batch."""
    return Decision.objects.filter(outcome=Outcome.DEFERRED, batch__number__lt=batch.number)


def received(batch: Batch, end: datetime) -> QuerySet[Application]:
    """What counted for the batch before `end`: what is in it, and what was decided in it and has moved on since."""
    later = carried(batch).filter(decided_at__gte=end).values("application")
    own = Q(pk__in=batch.decisions.values("application"))
    return Application.objects.filter(submitted_at__lt=end).filter(own | (Q(batch=batch) & ~Q(pk__in=later)))


def taken_on(batch: Batch, found: QuerySet[Application], end: datetime) -> QuerySet[Event]:
    """The steps on these before `end`; of what was deferred, up to the day it left the batch."""
    left = batch.decisions.filter(outcome=Outcome.DEFERRED, application=OuterRef("thing_id")).values("decided_at")[:1]
    events = Event.objects.of_kind(Application).filter(thing_id__in=found.values("pk"), at__lt=end)
    return events.annotate(left=Subquery(left)).filter(Q(left=None) | Q(at__lte=F("left")))


def shares(batch: Batch, on: date) -> list[dict[str, Any]]:
    """By type, region and direction: how many of each, the most first, and its share of all received."""
    rows = list(received(batch, end_of(on)).values_list("unit_type", "region", "main_direction"))
    named = (("单位类型", dict(UnitType.choices)), ("所在地", REGIONS), ("主方向", dict(Direction.choices)))
    return [
        {"title": title, "rows": counted((row[n] for row in rows), words, most=MOST_REGIONS if title == "所在地" else None)}
        for n, (title, words) in enumerate(named)
    ]


def counted(values: Iterable[str], words: Any, *, most: int | None = None) -> list[dict[str, Any]]:
    """Beyond `most` the rest is one line."""
    counts = Counter(values)
    total = sum(counts.values()) or 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown, rest = (ranked[:most], ranked[most:]) if most else (ranked, [])
    lines = [(str(words.get(value) or "未填写"), n) for value, n in shown]
    if rest:
        lines.append((f"其他{len(rest)}个地区", sum(n for _value, n in rest)))
    return [{"word": word, "count": n, "share": f"{100 * n / total:.1f}%"} for word, n in lines]


def report(batch: Batch, on: date) -> dict[str, Any]:
    """From the call to the admission, in figures."""
    found = figures(batch, on)
    return {
        "subject": str(batch),
        "batch": str(batch),
        "on": day(on),
        "opens": day(batch.opens_at),
        "deadline": last_day(batch.deadline),
        "decided_by": str(batch.get_deciding_body_display()),
        "standing": str(facts().standing_on(on)),
        "shares": shares(batch, on),
        "meetings": meetings(batch, on),
        "publicity": publicity_words(batch, on),
        **found,
    }


def meetings(batch: Batch, on: date) -> list[dict[str, Any]]:
    """Which resolutions decided on applications of the batch, and on how many."""
    decided = batch.decisions.filter(decided_at__lt=end_of(on))
    rows = decided.order_by("resolution__resolved_at", "resolution").values_list(
        "resolution__subject",
        "resolution__resolved_at",
        "resolution__eligible",
        "resolution__present",
        "resolution__in_favour",
        "resolution__against",
        "resolution__abstaining",
        "resolution__meeting__assembly",
    )
    return [
        {"subject": subject, "on": day(at), "eligible": eligible, "present": present, "in_favour": favour, "against": against, "abstaining": abstaining, "counted": counted_at(assembly), "count": n}
        for (subject, at, eligible, present, favour, against, abstaining, assembly), n in Counter(rows).items()
    ]  # fmt: skip


# ── 公示情况 ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def publicity_words(batch: Batch, on: date) -> dict[str, Any]:
    """Of how many, from when to when, which objections came and what became of them; no objector is named."""
    end = end_of(on)
    shown = batch.applications.filter(publicity_from__lt=end)
    spans = list(shown.values_list("publicity_from", "publicity_until"))
    objections = Objection.objects.filter(application__in=shown, noted_at__lt=end)
    results = Counter(each.examined if each.examined_at and each.examined_at < end else Examined.OPEN for each in objections)
    return {
        "units": len(spans),
        "begins": day(min(first for first, _last in spans)) if spans else "",
        "ends": last_day(max(last for _first, last in spans)) if spans else "",
        "is_over": bool(spans) and max(last for _first, last in spans) <= min(end, clock.now()) and not results[Examined.OPEN],
        "objections": sum(results.values()),
        "unfounded": results[Examined.UNFOUNDED],
        "upheld": results[Examined.UPHELD],
        "open": results[Examined.OPEN],
    }


RESULTS = {Examined.OPEN: "异议正在核查", Examined.UNFOUNDED: "异议不成立", Examined.UPHELD: "异议成立"}


def publicity_result(batch: Batch, on: date) -> dict[str, Any]:
    """The same, unit by unit."""
    end = end_of(on)
    shown = batch.applications.filter(publicity_from__lt=end).order_by("number")
    found = Objection.objects.filter(application__in=shown, noted_at__lt=end).order_by("id")
    results = {
        each.application_id: RESULTS[Examined(each.examined if each.examined_at and each.examined_at < end else Examined.OPEN)]
        for each in found
    }
    return {
        "subject": str(batch),
        "batch": str(batch),
        "on": day(on),
        "publicity": publicity_words(batch, on),
        "units": [
            {
                "name": each.name,
                "unit_type": str(each.get_unit_type_display()),
                "region": str(each.get_region_display()),
                "result": results.get(each.pk, "无异议"),
            }
            for each in shown
        ],
    }


# ── When ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_closed(by: Actor, batch: Batch) -> bool:
    return rules.may_publish(by, batch) and batch.is_closed


def is_over(by: Actor, batch: Batch) -> bool:
    """Once nobody of the batch is under public notice any more, and somebody was."""
    shown = batch.applications.exclude(publicity_from=None)
    return rules.may_publish(by, batch) and shown.exists() and not shown.filter(state__in=[State.PUBLICITY, State.OBJECTION]).exists()


def now(batch: Batch) -> datetime:
    return clock.now()


def of_today(batch: Batch) -> str:
    """Each day has a report of its own; made again the same day it is a further issue."""
    return f"{clock.today():%Y%m%d}"


PUBLICITY = {
    "units": 12,
    "begins": "2020年12月14日",
    "ends": "2020年12月18日",
    "is_over": True,
    "objections": 1,
    "unfounded": 1,
    "upheld": 0,
    "open": 0,
}
MEETING = {"subject": "审议第一批申请单位", "on": "2020年12月11日", "eligible": 9, "present": 8, "in_favour": 8, "against": 0, "abstaining": 0, "counted": "人", "count": 12}  # fmt: skip
COMMON = {"subject": "第一批", "batch": "第一批", "on": "2020年12月20日", "publicity": PUBLICITY}

declare(
    Batch,
    Kind(
        "publicity_result",
        pgettext_lazy("paper", "How the public notice ended"),
        lambda batch: publicity_result(batch, clock.today()),
        is_over,
        now,
        document_number,
        "公示情况说明",
        COMMON | {"units": [{"name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳", "result": "无异议"}]},
        occasion=of_today,
        waits=gettext_lazy("Once the public notice of every unit of the batch is over."),
    ),
    Kind(
        "batch_report",
        pgettext_lazy("paper", "Report on the batch"),
        lambda batch: report(batch, clock.today()),
        is_closed,
        now,
        document_number,
        "审核工作报告",
        COMMON
        | {
            "opens": "2020年11月10日",
            "deadline": "2020年12月12日",
            "decided_by": "筹建工作组",
            "standing": "准成员",
            "received": 15,
            "carried": 1,
            "shares": [{"title": "单位类型", "rows": [{"word": "企业", "count": 10, "share": "66.7%"}]}],
            "meetings": [MEETING],
        }
        | dict.fromkeys([*STEPS, *OUTCOMES], 1),
        occasion=of_today,
        waits=gettext_lazy("Once the batch is closed."),
    ),
)
