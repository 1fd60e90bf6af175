"""The papers of a membership's life: changes, successions, sanctions, expulsion, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare, declare_beside
from alliance.documents.numbers import document_number
from alliance.documents.words import contact, day
from members import rules
from members.choices import MembershipState
from members.models import Change, DefenceWay, Expulsion, MemberUnit, Sanction, Succession, SuccessionKind, Suspension
from members.papers.majorities import counted
from members.papers.resolutions import every

if TYPE_CHECKING:
    from datetime import date, datetime

    from alliance.workflow import Actor

UNIT = {"subject": "深圳演示新能源科技有限公司", "member_number": "GBANEV-0001", "contact": "请通过联盟门户咨询。"}
LINES = {"lines": ["年度会议连续缺席，经催告仍未履行会员义务。"]}


def named(unit: MemberUnit) -> dict[str, Any]:
    """Whom the paper is to, under which number, and whom to ask."""
    return {"subject": unit.organisation.name, "member_number": unit.number, "contact": contact()}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def begins(on: date) -> datetime:
    """The moment that dates a paper: the day's beginning."""
    return clock.midnight(on)


def change(change: Change) -> dict[str, Any]:
    """What it was and is; a change of name also names the new certificate, where there is one."""
    new = change.unit.certificates.running().first() if change.former_name else None
    return named(change.unit) | {
        "subject": change.becomes if change.former_name else change.unit.organisation.name,
        "notice_on": day(change.notice_on),
        "what": "单位名称变更" if change.former_name else "会员代表变更",
        "was": change.was or "（空缺）",
        "becomes": change.becomes,
        "since": day(change.on),
        "effect": f"原会员证书作废，换发新证书（编号：{new.number}）。" if new else "",
    }


def succession(succession: Succession) -> dict[str, Any]:
    """Which unit went into which, on what document."""
    unit, successor = succession.predecessor, succession.successor
    return named(unit) | {
        "successor": successor.organisation.name,
        "successor_number": successor.number,
        "what": "合并" if succession.kind == SuccessionKind.MERGER else "分立",
        "how": f"与{successor.organisation.name}合并" if succession.kind == SuccessionKind.MERGER else "分立",
        "document": succession.document,
        "happened_on": day(succession.on),
        "since": day(succession.taken_at),
        "others": succession.others,
    }


def exit_confirmation(unit: MemberUnit) -> dict[str, Any]:
    """By its own notice, or deemed so."""
    notice = unit.resignations.standing().first()
    opening = (
        f"贵单位{day(notice.notice_on)}提出的退会申请收悉。根据联盟章程，会员单位退会自由。"
        if unit.state == MembershipState.RESIGNED and notice
        else "贵单位已连续一段时间未参加联盟活动，也未履行会员义务。根据联盟章程，视为自动退会。"
    )
    return named(unit) | {"opening": opening, "admitted_on": day(unit.admitted_on), "ended_on": day(unit.ended_on)}


def suspension(suspension: Suspension) -> dict[str, Any]:
    return named(suspension.unit) | {
        "lines": lines(suspension.reason) or ["（略）"],
        "since": day(suspension.begins_on),
        "until": f"至{day(suspension.until)}恢复" if suspension.until else "至联盟决定恢复之日止",
    }


def sanction(sanction: Sanction) -> dict[str, Any]:
    resolution = sanction.resolution
    resolved = f"和{resolution.meeting}的决议" if resolution else ""
    return named(sanction.unit) | {"lines": lines(sanction.reason), "sanction": sanction.get_kind_display(), "resolved": resolved}


def expulsion_notice(expulsion: Expulsion) -> dict[str, Any]:
    """What it is charged with, and until when it may defend itself."""
    return named(expulsion.unit) | {"lines": lines(expulsion.charges), "defend_by": day(expulsion.defend_by), "body": "理事会或者会员大会"}


DEFENCE = {
    DefenceWay.WRITTEN: "贵单位于{on}提交了书面申辩意见，会议已予审议。",
    DefenceWay.SPOKEN: "贵单位于{on}当面进行了申辩，会议已予审议。",
    DefenceWay.WAIVED: "贵单位在规定期限内未提出申辩，视为放弃（{on}记录）。",
}


def expulsion_decision(expulsion: Expulsion) -> dict[str, Any]:
    """Who resolved it, with which votes, on which charges and after which defence."""
    resolution = expulsion.resolution
    votes = {name: getattr(resolution, name) for name in ("eligible", "present", "in_favour", "against", "abstaining")}
    return (
        named(expulsion.unit)
        | votes
        | {
            "body": resolution.meeting.body,
            "counted": counted(resolution.meeting.assembly),
            "meeting": str(resolution.meeting),
            "resolved_on": day(resolution.resolved_at),
            "decided_on": day(expulsion.decided_on),
            "charged_on": day(expulsion.charged_on),
            "lines": lines(expulsion.charges),
            "defence": DEFENCE[DefenceWay(expulsion.defence_way)].format(on=day(expulsion.defended_on)),
        }
    )


def termination(unit: MemberUnit) -> dict[str, Any]:
    return named(unit) | {
        "ground": unit.get_ground_display() or "会员资格条件不再具备",
        "lines": lines(unit.end_reason),
        "ended_on": day(unit.ended_on),
    }


def has_left(by: Actor, unit: MemberUnit) -> bool:
    return rules.is_officer(by, unit) and unit.state in (MembershipState.RESIGNED, MembershipState.LAPSED)


def is_terminated(by: Actor, unit: MemberUnit) -> bool:
    return rules.is_officer(by, unit) and unit.state == MembershipState.TERMINATED


def stands(by: Actor, succession: Succession) -> bool:
    return rules.is_officer(by, succession) and succession.undone_at is None


def is_charged(by: Actor, expulsion: Expulsion) -> bool:
    return rules.is_officer(by, expulsion) and expulsion.decided_on is None and expulsion.dropped_on is None


def is_expelled(by: Actor, expulsion: Expulsion) -> bool:
    return rules.is_officer(by, expulsion) and expulsion.decided_on is not None


declare(
    Change,
    Kind(
        "change_notice",
        pgettext_lazy("paper", "Notice of a change"),
        change,
        rules.is_officer,
        lambda change: change.registered_at,
        document_number,
        "会员单位变更通知",
        UNIT
        | {
            "notice_on": "2026年5月6日",
            "what": "会员代表变更",
            "was": "李范二",
            "becomes": "王例三",
            "since": "2026年5月8日",
            "effect": "",
        },
        due=every,
    ),
)
declare(
    Succession,
    Kind(
        "succession_notice",
        pgettext_lazy("paper", "Notice of a merger or split"),
        succession,
        stands,
        lambda succession: succession.taken_at,
        document_number,
        "会员单位合并分立变更通知",
        UNIT
        | {
            "successor": "广州演示动力电池有限公司",
            "successor_number": "GBANEV-0002",
            "what": "合并",
            "how": "与广州演示动力电池有限公司合并",
            "document": "登记机关核准通知书",
            "happened_on": "2026年5月6日",
            "since": "2026年5月8日",
            "others": "",
        },
        waits=gettext_lazy("While the merger or split stands."),
        due=lambda rows: rows.filter(undone_at=None),
    ),
)
declare(
    Suspension,
    Kind(
        "suspension_notice",
        pgettext_lazy("paper", "Notice of suspension"),
        suspension,
        rules.is_officer,
        lambda suspension: begins(suspension.begins_on),
        document_number,
        "暂停会员资格通知书",
        UNIT | LINES | {"since": "2026年5月8日", "until": "至联盟决定恢复之日止"},
        due=every,
    ),
)
declare(
    Sanction,
    Kind(
        "sanction_decision",
        pgettext_lazy("paper", "Decision on a sanction"),
        sanction,
        rules.is_officer,
        lambda sanction: begins(sanction.imposed_on),
        document_number,
        "会员单位处分决定",
        UNIT | LINES | {"sanction": "警告", "resolved": ""},
        due=every,
    ),
)
declare(
    Expulsion,
    Kind(
        "expulsion_notice",
        pgettext_lazy("paper", "Notice of charges"),
        expulsion_notice,
        is_charged,
        lambda expulsion: begins(expulsion.charged_on),
        document_number,
        "除名告知书",
        UNIT | LINES | {"defend_by": "2026年5月22日", "body": "理事会或者会员大会"},
        waits=gettext_lazy("While the charges are open."),
        due=lambda rows: rows.filter(decided_on=None, dropped_on=None),
    ),
    Kind(
        "expulsion_decision",
        pgettext_lazy("paper", "Decision of expulsion"),
        expulsion_decision,
        is_expelled,
        lambda expulsion: begins(expulsion.decided_on),
        document_number,
        "除名决定",
        UNIT
        | LINES
        | {
            "body": "理事会",
            "counted": "家",
            "meeting": "第一届理事会第二次会议",
            "resolved_on": "2026年6月1日",
            "decided_on": "2026年6月1日",
            "charged_on": "2026年5月8日",
            "defence": "贵单位提交了书面申辩意见。",
            "eligible": 25,
            "present": 22,
            "in_favour": 20,
            "against": 1,
            "abstaining": 1,
        },
        waits=gettext_lazy("Once the expulsion is decided."),
        due=lambda rows: rows.exclude(decided_on=None),
    ),
)
declare(
    MemberUnit,
    Kind(
        "exit_confirmation",
        pgettext_lazy("paper", "Confirmation of the exit"),
        exit_confirmation,
        has_left,
        lambda unit: begins(unit.ended_on),
        document_number,
        "退会确认书",
        UNIT | {"opening": "贵单位提出的退会申请收悉。", "admitted_on": "2021年3月18日", "ended_on": "2026年5月8日"},
        waits=gettext_lazy("Once the unit has resigned, or is deemed to have."),
    ),
    Kind(
        "termination_decision",
        pgettext_lazy("paper", "Decision of termination"),
        termination,
        is_terminated,
        lambda unit: begins(unit.ended_on),
        document_number,
        "取消会员资格决定",
        UNIT | LINES | {"ground": "主体资格终止", "ended_on": "2026年5月8日"},
        waits=gettext_lazy("Once the membership was ended for want of its conditions."),
    ),
)
declare_beside(
    MemberUnit,
    lambda unit: unit.certificates.all(),
    lambda unit: unit.changes.all(),
    lambda unit: unit.went_into.all(),
    lambda unit: unit.took_over.all(),
    lambda unit: unit.suspensions.all(),
    lambda unit: unit.sanctions.all(),
    lambda unit: unit.expulsions.all(),
    lambda unit: unit.body_tenures.all(),
    lambda unit: unit.attendances.all(),
)
