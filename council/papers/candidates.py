"""The list of candidates (候选人名单及简况), and its public notice (候选人公示)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import Kind, declare
from alliance.documents.numbers import document_number
from alliance.documents.words import asked_at, day
from council import rules
from council.choices import CallState
from council.models import Call, Nomination
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from alliance.workflow import Actor

LISTED = (CallState.DRAWN_UP, CallState.PUBLISHED, CallState.SETTLED)


def posts(call: Call) -> list[dict[str, Any]]:
    """Each post with its seats and its candidates, in the order of the plan and of strokes."""
    seats: dict[tuple[int, str], int] = {}
    for seat in call.term.seats.order_by("number"):
        seats[seat.tier, seat.direction] = seats.get((seat.tier, seat.direction), 0) + 1
    standing: dict[tuple[int, str], list[Nomination]] = {}
    for nomination in call.nominations.on_the_list().with_names():
        standing.setdefault((nomination.tier, nomination.direction), []).append(nomination)
    return [
        {"post": title(tier, direction), "seats": count, "candidates": [candidate(each) for each in standing[tier, direction]]}
        for (tier, direction), count in seats.items()
        if (tier, direction) in standing
    ]


def title(tier: int, direction: str) -> str:
    return f"{Tier(tier).label}（{Direction(direction).label}）" if direction else str(Tier(tier).label)


def candidate(nomination: Nomination) -> dict[str, Any]:
    """What the meeting reads of a candidate; the year of birth stays with the office."""
    organisation = nomination.unit.organisation
    recommender = nomination.recommender
    return {
        "n": nomination.place,
        "unit": organisation.name,
        "unit_type": organisation.get_unit_type_display(),
        "region": organisation.get_region_display(),
        "person": nomination.person.name,
        "post": nomination.person.post,
        "named": nomination.person.name if getattr(nomination, "is_named", False) else "",
        "way": f"{recommender.organisation.name}推荐" if recommender else "自荐",
        "put_forward": "经筹备会议推选" if nomination.put_forward_by_id else "",
        "reason": nomination.reason,
    }


def candidate_list(call: Call) -> dict[str, Any]:
    """For the meeting: every candidate with unit, person, how they were put forward, and why."""
    return {"subject": str(call.term), "term": str(call.term), "kind": str(call.get_kind_display()), "posts": posts(call)}


def public_notice(call: Call) -> dict[str, Any]:
    """For everybody: units, their kind and place; persons only where they agreed to be named."""
    return candidate_list(call) | {"begins": day(call.published_on), "ends": day(call.published_until), "contact": asked_at()}


def is_listed(by: Actor, call: Call) -> bool:
    return rules.is_officer(by, call) and call.state in LISTED


def is_published(by: Actor, call: Call) -> bool:
    return rules.is_officer(by, call) and call.published_on is not None


CANDIDATE = {
    "n": 1,
    "unit": "深圳演示新能源科技有限公司",
    "unit_type": "企业",
    "region": "深圳市",
    "person": "李范二",
    "post": "总经理",
    "named": "",
    "way": "自荐",
    "put_forward": "",
    "reason": "行业骨干单位。",
}
LIST = {
    "subject": "第一届",
    "term": "第一届",
    "kind": "理事会选举",
    "posts": [{"post": "理事单位（电动）", "seats": 4, "candidates": [CANDIDATE]}],
}

declare(
    Call,
    Kind(
        "candidate_list",
        pgettext_lazy("paper", "List of candidates"),
        candidate_list,
        is_listed,
        lambda call: call.drawn_up_at,
        document_number,
        "候选人名单及简况",
        LIST,
        waits=gettext_lazy("Once the list is drawn up."),
    ),
    Kind(
        "candidate_notice",
        pgettext_lazy("paper", "Public notice of the candidates"),
        public_notice,
        is_published,
        lambda call: clock.midnight(call.published_on),
        document_number,
        "候选人公示",
        LIST | {"begins": "2021年3月1日", "ends": "2021年3月8日", "contact": "请通过联盟门户咨询。"},
        waits=gettext_lazy("Once the list is published."),
    ),
)
