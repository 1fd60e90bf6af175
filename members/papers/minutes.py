"""The minutes of a meeting, drafted from what happened: who was there, what was decided and with which votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.numbering.numerals import numeral
from members.choices import Choice, Counted, Task
from members.papers.majorities import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from members.models import Attendance, Meeting, Motion, Passing, Resolution

NONE, UNKNOWN = "无", "（待填）"
VOTED = {Choice.FAVOUR: "赞成", Choice.AGAINST: "不赞成", Choice.ABSTAIN: "弃权"}
ELECTED: list[Callable[[Meeting], list[str]]] = []


def reports_elections(lines: Callable[[Meeting], list[str]]) -> Callable[[Meeting], list[str]]:
    """Declare what the minutes say of elections held at a meeting; what rests on members knows of them."""
    ELECTED.append(lines)
    return lines


def minutes(meeting: Meeting, *, hour: Callable[[datetime], str], rule: str, rule_of: Callable[[Passing], str]) -> dict[str, Any]:
    """Everything that stands in the minutes beside the heading."""
    present, eligible = meeting.present, meeting.eligible
    lines = list(meeting.attendances.called().named())
    return {
        "until": until(meeting, hour),
        "presides": meeting.presides or UNKNOWN,
        "minutes_by": meeting.minutes_by or UNKNOWN,
        "called": called(meeting, hour),
        "present": present,
        "share": round(100 * present / eligible, 1) if eligible else 0,
        "rule": rule,
        "reached": "达到法定人数" if meeting.has_quorum else "未达到法定人数",
        "attended": "；".join(there(line) for line in lines if line.signed_in_at) or NONE,
        "observers": "；".join(each.whole for each in meeting.observers.all()) or NONE,
        "absent": "；".join(f"{line.name}（{line.absent_because or '未说明原因'}）" for line in lines if not line.signed_in_at) or NONE,
        "tellers": tellers(meeting),
        "items": [
            {"n": item.position, "title": item.title, "speaker": f"（{item.speaker}）" if item.speaker else ""}
            for item in meeting.agenda.all()
        ],
        "decisions": numbered(decisions(meeting, rule_of)) or ["本次会议未形成表决事项。"],
        "annexes": annexes(meeting, lines),
    }


def until(meeting: Meeting, hour: Callable[[datetime], str]) -> str:
    """When it was over: the hour alone where it is of the same day."""
    if meeting.closed_at is None or meeting.closed_at < meeting.held_at:
        return ""
    begun, over = hour(meeting.held_at), hour(meeting.closed_at)
    if begun == over:
        return ""
    same_day = begun.partition("日")[0] == over.partition("日")[0]
    return f"至{over.partition('日')[2] if same_day else over}"


def called(meeting: Meeting, hour: Callable[[datetime], str]) -> str:
    """When the notice went out; and why it was late, where it was."""
    when = f"{hour(meeting.convened_at)}发出会议通知" if meeting.convened_at else "会议通知已发出"
    return f"{when}（因情况紧急缩短通知期限：{meeting.urgency}）" if meeting.urgency else when


def person_of(line: Attendance) -> str:
    """Who stands for the line; a person stands for nobody else."""
    return "本人" if line.unit is None else line.person


def there(line: Attendance) -> str:
    """Unit and person; by proxy, in whose stead."""
    if line.unit is None:
        return line.voter
    if line.proxy and line.came == line.proxy.name:
        return f"{line.name}（{line.came}，受{line.voter or '会员代表'}书面委托）"
    return f"{line.name}（{line.came or UNKNOWN}）"


def tellers(meeting: Meeting) -> str:
    rows = list(meeting.tellers.select_related("attendance__unit__organisation"))
    named = [(task, [f"{each.person}（{each.attendance.name}）" for each in rows if each.task == task]) for task in Task]
    return "；".join(f"{Task(task).label}{'、'.join(names)}" for task, names in named if names)


def decisions(meeting: Meeting, rule_of: Callable[[Passing], str]) -> list[str]:
    """Elections, motions in the order of the agenda, and resolutions that were written in without one."""
    motions = list(meeting.motions.exclude(state__in=["prepared", "open"]).select_related("resolution__meeting__term"))
    written = meeting.resolutions.filter(motion=None).select_related("meeting__term").order_by("resolved_at", "pk")
    return [
        *(words for elections in ELECTED for words in elections(meeting)),
        *(motion_words(each, rule_of) for each in motions),
        *(resolved(each, rule_of) for each in written),
    ]


def motion_words(motion: Motion, rule_of: Callable[[Passing], str]) -> str:
    if motion.resolution is None:
        return f"{motion.subject}：议案撤回（{motion.withdrawn_because}）。"
    words = resolved(motion.resolution, rule_of, way=str(motion.get_way_display()))
    if motion.way != Counted.NAMED:
        return words
    votes = list(motion.votes.select_related("attendance__unit__organisation"))
    named = {choice: [each.attendance.name for each in votes if each.choice == choice] for choice in Choice}
    return words + "".join(f"{VOTED[choice]}：{'、'.join(names)}。" for choice, names in named.items() if names)


def resolved(resolution: Resolution, rule_of: Callable[[Passing], str], *, way: str = "表决") -> str:
    """应到25家，实到22家，赞成20票 …, 表决通过."""
    outcome, each = "通过" if resolution.passed else "未通过", counted(resolution.meeting.assembly)
    return (
        f"{resolution.subject}：应到{resolution.eligible}{each}，实到{resolution.present}{each}，赞成{resolution.in_favour}票，"
        f"不赞成{resolution.against}票，弃权{resolution.abstaining}票，通过条件为{rule_of(resolution)}，{way}{outcome}。"
    )


def numbered(lines: list[str]) -> list[str]:
    return [f"（{numeral(n)}）{words}" for n, words in enumerate(lines, 1)]


def annexes(meeting: Meeting, lines: list[Attendance]) -> list[str]:
    """What is filed with the minutes."""
    proxies = sum(line.proxy is not None for line in lines)
    named = ["会议议程", "选举人名册", "签到表", *([f"授权委托书{proxies}份"] if proxies else [])]
    return [f"{n}.{name}" for n, name in enumerate(named, 1)]
