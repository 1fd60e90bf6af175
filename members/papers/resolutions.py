"""The resolution (审议决议) as a paper: which meeting, with how many votes, on what, and the sheet on which those present sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from alliance.documents.kinds import Kind, declare, declare_beside
from alliance.documents.numbers import document_number
from alliance.documents.words import day
from alliance.facts.models import facts
from members import rules
from members.models import Meeting, Resolution
from members.papers.majorities import counted, majority
from members.papers.minutes import person_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

BLANK_LINES = 12  # to sign on, where nobody signed in through the portal
DECIDED: list[Callable[[Resolution], list[dict[str, Any]]]] = []


def lists_what_was_decided(lists: Callable[[Resolution], list[dict[str, Any]]]) -> Callable[[Resolution], list[dict[str, Any]]]:
    """Declare what a resolution decided on: [{title, units: [{name, unit_type, region}]}]; what rests on members knows of it."""
    DECIDED.append(lists)
    return lists


def resolution(resolution: Resolution) -> dict[str, Any]:
    """What was resolved and how, with what it decided on, and who was there."""
    meeting = resolution.meeting
    return {
        "subject": resolution.subject,
        "alliance": facts().name_hans,
        "meeting": str(meeting),
        "held_on": day(meeting.held_at),
        "place": meeting.place,
        "presides": meeting.presides or "　　　　",
        "resolved_on": day(resolution.resolved_at),
        "counted": counted(meeting.assembly),
        "eligible": resolution.eligible,
        "present": resolution.present,
        "quorum": resolution.quorum,
        "in_favour": resolution.in_favour,
        "against": resolution.against,
        "abstaining": resolution.abstaining,
        "rule": majority(resolution),
        "passed": resolution.passed,
        "lists": [each for lists in DECIDED for each in lists(resolution)],
        "signing": signing(meeting),
    }


def signing(meeting: Meeting) -> list[dict[str, Any]]:
    """Those who came; empty lines where the door was not kept in the portal."""
    there = [{"name": line.name, "person": person_of(line)} for line in meeting.attendances.present().named()]
    return [{"n": n, **row} for n, row in enumerate(there or [{"name": "　", "person": "　"}] * BLANK_LINES, 1)]


def every(rows: QuerySet) -> QuerySet:
    return rows


declare(
    Resolution,
    Kind(
        "resolution",
        pgettext_lazy("paper", "Resolution"),
        resolution,
        rules.is_officer,
        lambda resolution: resolution.resolved_at,
        document_number,
        "审议决议",
        {
            "subject": "审议第一批申请单位",
            "alliance": "演示联盟",
            "meeting": "筹建工作组第一次会议",
            "held_on": "2020年12月11日",
            "place": "广州市演示会议中心",
            "presides": "王例三",
            "resolved_on": "2020年12月11日",
            "counted": "人",
            "eligible": 9,
            "present": 8,
            "quorum": 6,
            "in_favour": 8,
            "against": 0,
            "abstaining": 0,
            "rule": "实到的2/3以上",
            "passed": True,
            "lists": [
                {
                    "title": "审议通过的单位",
                    "units": [{"n": 1, "name": "深圳演示新能源科技有限公司", "unit_type": "企业", "region": "深圳"}],
                }
            ],
            "signing": [{"n": 1, "name": "李范二", "person": "李范二"}],
        },
        due=every,
    ),
)
declare_beside(Meeting, lambda meeting: meeting.resolutions.all(), lambda meeting: meeting.attendances.called().exclude(unit=None))
