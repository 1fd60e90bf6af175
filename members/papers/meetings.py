"""The papers of a meeting: its notice, roll, sign-in sheet, agenda, host's script and minutes; and the written proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.making import CHINESE, drawn, headed
from alliance.documents.numbers import document_number
from alliance.documents.words import asked_at, day, office, was_founding
from alliance.facts.models import facts
from alliance.numbering.models import take
from alliance.numbering.numerals import numeral
from members import rules
from members.choices import Assembly, Counted, Matter, MeetingMode, MeetingState
from members.models import Attendance, Meeting
from members.papers.majorities import counted, majority
from members.papers.minutes import minutes, person_of

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor
    from members.models import AgendaItem, Motion

BLANK, TO_FILL = "　　　　", 5  # a gap to write in; lines for guests who are not known yet
WHOM = {
    Assembly.MEMBERS: "会员单位",
    Assembly.COUNCIL: "理事会单位",
    Assembly.EXPERTS: "专家委员会委员",
    Assembly.PREPARATORY: "筹建工作组成员",
}
MODES = {MeetingMode.PAPER: "现场会议", MeetingMode.ELECTRONIC: "现场会议", MeetingMode.CORRESPONDENCE: "通讯表决"}
TWO = 2  # things are counted 两, and only in order 二
ASKS = {
    Counted.HANDS: "赞成的请举手；请放下。不赞成的请举手；请放下。弃权的请举手；请放下。请计票人报告表决结果。",
    Counted.NAMED: "下面唱名表决，请点到名的代表回答“赞成”“不赞成”或者“弃权”。",
}


def hour(moment: datetime) -> str:
    """2026年1月8日9时30分."""
    here = moment.astimezone(clock.SHANGHAI)
    return f"{day(moment)}{here.hour}时{here.minute:02d}分" if here.minute else f"{day(moment)}{here.hour}时"


def heading(meeting: Meeting) -> dict[str, Any]:
    """What stands on every paper of a meeting."""
    return {
        "subject": meeting.full_name,
        "name": meeting.full_name,
        "alliance": facts().name,
        "meeting": str(meeting),
        "when": hour(meeting.held_at),
        "place": meeting.place,
        "counted": counted(meeting.assembly),
        "eligible": meeting.eligible,
        "quorum": meeting.quorum if meeting.eligible else "",
    }


def lines_of(meeting: Meeting) -> list[dict[str, Any]]:
    return [{"n": n, "name": line.name, "person": person_of(line)} for n, line in enumerate(meeting.attendances.called().named(), 1)]


def notice(meeting: Meeting) -> dict[str, Any]:
    founding = was_founding(meeting.convened_at or meeting.held_at)
    whom = "准成员单位" if meeting.assembly == Assembly.MEMBERS and founding else WHOM[Assembly(meeting.assembly)]
    items = [{"n": item.position, "title": item.title} for item in meeting.agenda.all()] or [{"n": 1, "title": "（另行通知）"}]
    return heading(meeting) | {
        "whom": whom,
        "founding": founding,
        "mode": MODES[MeetingMode(meeting.mode)],
        "items": items,
        "urgency": meeting.urgency,
        "contact": asked_at(),
    }


def roll(meeting: Meeting) -> dict[str, Any]:
    """Whoever may vote, and what was corrected since the roll was frozen."""
    added = meeting.attendances.called().exclude(added_because="").named()
    struck = meeting.attendances.exclude(struck_at=None).named()
    corrections = [f"更正：增列{line.name}（{line.added_because}）。" for line in added]
    corrections += [f"更正：删去{line.name}（{line.struck_because}）。" for line in struck]
    frozen = hour(meeting.convened_at) if meeting.convened_at else day(meeting.held_at)
    return heading(meeting) | {"lines": lines_of(meeting), "corrections": corrections, "frozen": frozen, "office": office()}


def sheet(meeting: Meeting) -> dict[str, Any]:
    """To be signed at the door; with lines for guests."""
    named = [{"name": each.name, "affiliation": each.affiliation} for each in meeting.observers.all()]
    rows = named + [{"name": "", "affiliation": ""}] * TO_FILL
    return heading(meeting) | {"lines": lines_of(meeting), "observers": [{"n": n, **row} for n, row in enumerate(rows, 1)]}


def motions_of(meeting: Meeting) -> dict[int | None, list[Motion]]:
    """What is to be voted on, by agenda item."""
    found: dict[int | None, list[Motion]] = {}
    for motion in meeting.motions.exclude(state="withdrawn"):
        found.setdefault(motion.item_id, []).append(motion)
    return found


def item_words(meeting: Meeting, n: int, item: AgendaItem, motions: list[Motion]) -> dict[str, Any]:
    return {
        "n": n,
        "ordinal": numeral(n),
        "title": item.title,
        "speaker": f"（{item.speaker}）" if item.speaker else "",
        "invites": f"请{item.speaker}作说明。" if item.speaker else "",
        "words": [line.strip() for line in item.words.splitlines() if line.strip()],
        "motions": [
            {
                "subject": each.subject,
                "way": str(each.get_way_display()),
                "asks": ASKS[Counted(each.way)],
                "rule": majority(meeting.term.rule(each.weight) if each.opened_at is None else each),
            }
            for each in motions
        ],
    }


def agenda(meeting: Meeting) -> dict[str, Any]:
    motions = motions_of(meeting)
    items = [item_words(meeting, n, item, motions.get(item.pk, [])) for n, item in enumerate(meeting.agenda.all(), 1)]
    return heading(meeting) | {"presides": meeting.presides or BLANK, "items": items}


def script(meeting: Meeting) -> dict[str, Any]:
    """What the host says, item by item."""
    here = meeting.present
    tellers = "；".join(f"{each.get_task_display()}{each.person}" for each in meeting.tellers.select_related("attendance"))
    said = agenda(meeting)
    return said | {
        "present": here or BLANK,
        "reached": "，符合规定，可以开会。" if meeting.has_quorum else "，（达到法定人数方可继续）。",
        "tellers": tellers,
        "count": "两" if len(said["items"]) == TWO else numeral(len(said["items"])),
    }


def proxy(line: Attendance) -> dict[str, Any]:
    """A unit's written proxy, filled in as far as the portal knows."""
    given = line.proxy
    return heading(line.meeting) | {
        "subject": line.name,
        "unit": line.name,
        "member_number": line.unit.number,
        "voter": line.voter,
        "proxy": f"{given.name}（{given.post}）" if given else f"{BLANK}（职务：{BLANK}）",
        "proxy_name": given.name if given else "",
        "proxy_post": given.post if given else "",
    }


def proxy_drawn(line: Attendance) -> bytes:
    """The same paper for the unit itself, which nobody keeps."""
    with translation.override(CHINESE):
        moment = clock.now()
        words = proxy(line) | headed("", moment, 1)
        return drawn(PROXY, words, moment)[0]


# ── When, numbered how ───────────────────────────────────────────────────────────────────────────────────────────────


def is_called(by: Actor, meeting: Meeting) -> bool:
    return rules.is_officer(by, meeting) and meeting.state != MeetingState.PLANNED


def is_over(by: Actor, meeting: Meeting) -> bool:
    return rules.is_officer(by, meeting) and meeting.state == MeetingState.CLOSED


def of_a_unit(by: Actor, line: Attendance) -> bool:
    return line.unit is not None and rules.is_officer(by, line.meeting)


def material_number(thing: Any, moment: datetime) -> str:
    """A meeting's working papers are counted apart from the alliance's documents."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"会议材料〔{year}〕{take(f'meeting material {year}')}号"


def rule_of_quorum(meeting: Meeting) -> str:
    return majority(meeting.term.rule(Matter.QUORUM))


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    return (
        heading(meeting)
        | minutes(meeting, hour=hour, rule=rule_of_quorum(meeting), rule_of=majority)
        | {"mode": MODES[MeetingMode(meeting.mode)]}
    )


MEETING = {
    "subject": "第一届第一次会员大会",
    "name": "演示联盟第一届第一次会员大会",
    "alliance": "演示联盟",
    "meeting": "第一届第一次会员大会",
    "when": "2026年6月1日9时30分",
    "place": "广州市演示会议中心",
    "counted": "家",
    "eligible": 25,
    "quorum": 17,
}
LINES = {"lines": [{"n": 1, "name": "深圳演示新能源科技有限公司", "person": "李范二"}]}
MOTION = {"subject": "审议章程（草案）", "way": "举手表决", "asks": ASKS[Counted.HANDS], "rule": "实到的2/3以上"}
ITEM = {
    "n": 1,
    "ordinal": "一",
    "title": "审议章程（草案）",
    "speaker": "（李范二）",
    "invites": "请李范二作说明。",
    "words": [],
    "motions": [MOTION],
}
AGENDA = {"presides": "王例三", "items": [ITEM]}

PROXY = Kind(
    "proxy",
    pgettext_lazy("paper", "Written proxy of a unit"),
    proxy,
    of_a_unit,
    lambda line: line.meeting.held_at,
    material_number,
    "授权委托书",
    MEETING | {"unit": "深圳演示新能源科技有限公司", "member_number": "GBANEV-0001", "voter": "李范二", "proxy": "王例三（部长）", "proxy_name": "王例三", "proxy_post": "部长"},
        waits=gettext_lazy("For a line of the roll that is a unit."),
    )  # fmt: skip
declare(Attendance, PROXY)
declare(
    Meeting,
    Kind(
        "meeting_notice",
        pgettext_lazy("paper", "Notice of a meeting"),
        notice,
        is_called,
        lambda meeting: meeting.convened_at or meeting.held_at,
        document_number,
        "会议通知",
        MEETING
        | {
            "whom": "会员单位",
            "founding": False,
            "mode": "现场会议",
            "items": [{"n": 1, "title": "审议章程（草案）"}],
            "urgency": "",
            "contact": "请通过联盟门户咨询。",
        },
        waits=gettext_lazy("Once the meeting is convened."),
    ),
    Kind(
        "meeting_roll",
        pgettext_lazy("paper", "Roll of those who vote"),
        roll,
        is_called,
        lambda meeting: meeting.held_at,
        material_number,
        "选举人名册",
        MEETING | LINES | {"corrections": [], "frozen": "2026年5月20日", "office": "联盟秘书处"},
        waits=gettext_lazy("Once the meeting is convened."),
    ),
    Kind(
        "meeting_sheet",
        pgettext_lazy("paper", "Sign-in sheet"),
        sheet,
        is_called,
        lambda meeting: meeting.held_at,
        material_number,
        "签到表",
        MEETING | LINES | {"observers": [{"n": 1, "name": "", "affiliation": ""}]},
        waits=gettext_lazy("Once the meeting is convened."),
    ),
    Kind(
        "meeting_agenda",
        pgettext_lazy("paper", "Agenda"),
        agenda,
        rules.is_officer,
        lambda meeting: meeting.held_at,
        material_number,
        "会议议程",
        MEETING | AGENDA,
    ),
    Kind(
        "meeting_script",
        pgettext_lazy("paper", "Host's script"),
        script,
        rules.is_officer,
        lambda meeting: meeting.held_at,
        material_number,
        "会议主持词",
        MEETING | AGENDA | {"present": 22, "reached": "，符合规定，可以开会。", "tellers": "", "count": "一"},
    ),
    Kind(
        "proxy_blank",
        pgettext_lazy("paper", "Written proxy, blank"),
        heading,
        is_called,
        lambda meeting: meeting.held_at,
        material_number,
        "授权委托书（空白）",
        MEETING,
        waits=gettext_lazy("Once the meeting is convened."),
    ),
    Kind(
        "meeting_minutes",
        pgettext_lazy("paper", "Minutes"),
        minutes_of,
        is_over,
        lambda meeting: meeting.closed_at or meeting.held_at,
        document_number,
        "会议纪要",
        MEETING
        | {
            "until": "至11时",
            "mode": "现场会议",
            "presides": "王例三",
            "minutes_by": "周例七",
            "called": "2026年5月20日发出会议通知",
            "present": 22,
            "share": 88.0,
            "rule": "应到的2/3以上",
            "reached": "达到法定人数",
            "attended": "深圳演示新能源科技有限公司（李范二）",
            "observers": "无",
            "absent": "无",
            "tellers": "",
            "items": [ITEM],
            "decisions": ["审议章程（草案）：通过。"],
            "annexes": ["1.会议议程"],
        },
        waits=gettext_lazy("Once the meeting is closed."),
    ),
)
