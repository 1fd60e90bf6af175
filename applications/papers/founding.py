"""The report on the preparation (筹备工作报告), put before a meeting of the members in the founding: what was done, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.words import day, last_day
from alliance.facts.choices import STANDING, Phase
from alliance.numbering.numerals import numeral
from applications.models import Application, Batch
from applications.papers.report import counted
from members import rules
from members.choices import Assembly, Direction, MeetingState, UnitType
from members.models import Meeting, MemberUnit
from members.papers.meetings import heading, material_number
from members.regions import REGIONS

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor

MOST_NAMED = 5


def preparation(meeting: Meeting) -> dict[str, Any]:
    """What stood at the meeting's hour: the call, the batches, what they are made of, and which meetings were held."""
    until = min(meeting.held_at, clock.now())
    received = Application.objects.filter(submitted_at__lte=until)
    here = MemberUnit.objects.registered_on(until.astimezone(clock.SHANGHAI).date()).values_list(
        "organisation__unit_type", "organisation__region", "organisation__main_direction"
    )
    rows = list(here)
    return heading(meeting) | {
        "called_on": day(first.opens_at) if (first := Batch.objects.order_by("number").first()) else "",
        "batches": batches(until),
        "received": received.count(),
        "admitted": len(rows),
        "standing": str(STANDING[Phase.FOUNDING]),
        "types": in_words(counted((row[0] for row in rows), dict(UnitType.choices))),
        "regions": in_words(counted((row[1] for row in rows), REGIONS, most=MOST_NAMED)),
        "directions": in_words(counted((row[2] for row in rows), dict(Direction.choices))),
        "meetings": held_before(meeting),
        "items": [{"ordinal": numeral(n), "title": item.title} for n, item in enumerate(meeting.agenda.all(), 1)],
    }


def batches(until: datetime) -> list[dict[str, Any]]:
    """Of each batch that was closed by then, how many it received."""
    closed = Batch.objects.filter(closed_at__lte=until).annotate(n=Count("applications__submitted_at")).order_by("number")
    return [{"batch": str(each), "closed": last_day(each.deadline), "count": each.n} for each in closed if each.n]


def held_before(meeting: Meeting) -> list[str]:
    earlier = Meeting.objects.filter(held_at__lt=meeting.held_at, state=MeetingState.CLOSED).select_related("term").order_by("held_at")
    return [f"{day(each.held_at)}，{each}" for each in earlier]


def in_words(lines: list[dict[str, Any]]) -> str:
    """企业80家（66.7%）、高校20家（16.7%）."""
    return "、".join(f"{line['word']}{line['count']}家（{line['share']}）" for line in lines) or "尚无"


def is_founding(by: Actor, meeting: Meeting) -> bool:
    """A meeting of the members of the first term: the prospective members, or the founding assembly."""
    return rules.is_officer(by, meeting) and meeting.assembly == Assembly.MEMBERS and meeting.term.number == 1


declare(
    Meeting,
    Kind(
        "preparation_report",
        pgettext_lazy("paper", "Report on the preparation"),
        preparation,
        is_founding,
        lambda meeting: meeting.held_at,
        material_number,
        "筹备工作报告",
        {
            "subject": "第一届第一次会员大会",
            "name": "演示联盟第一届第一次会员大会",
            "alliance": "演示联盟",
            "meeting": "第一届第一次会员大会",
            "when": "2026年6月1日9时30分",
            "place": "广州市演示会议中心",
            "counted": "家",
            "eligible": 25,
            "quorum": 17,
            "called_on": "2020年11月10日",
            "batches": [{"batch": "第一批", "closed": "2020年12月12日", "count": 15}],
            "received": 15,
            "admitted": 12,
            "standing": "准成员",
            "types": "企业10家（83.3%）",
            "regions": "深圳市8家（66.7%）",
            "directions": "电动8家（66.7%）",
            "meetings": ["2020年12月11日，筹建工作组第一次会议"],
            "items": [{"ordinal": "一", "title": "审议章程（草案）"}],
        },
        waits=gettext_lazy("For a meeting of the members in the first term."),
    ),
)
