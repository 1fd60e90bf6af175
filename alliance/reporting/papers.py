"""The papers of a term that go upward: the list of members (会员单位名单), the council's composition (理事会组成方案); and the request they go with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import ZIP, Kind, declare
from alliance.documents.numbers import SERIES, document_number
from alliance.numbering.models import take
from alliance.reporting import reading
from applications import rules as application_rules
from applications.models import Batch
from members import rules
from members.models import Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.workflow import Actor

PACK = "report_pack"


def member_list(term: Term) -> dict[str, Any]:
    return reading.members(term, clock.today())


def proposal(term: Term) -> dict[str, Any]:
    return reading.council(term, clock.today())


def made_with_the_pack(batch: Batch) -> dict[str, Any]:
    """No button makes it: its words are those of the day that was read."""
    raise NotImplementedError


def letter(said: dict[str, Any], annexes: list[str]) -> dict[str, Any]:
    """The request for approval: how many members, which council, and what goes with it."""
    found, seats = said["report"], said["council"]
    return {
        "subject": said["batch"],
        "batch": said["batch"],
        "term": said["term"],
        "on": said["on"],
        "members": said["members"]["count"],
        "planned": seats["planned"],
        "held": seats["held"],
        "vacant": seats["vacant"],
        "received": found["received"],
        "passed": found["passed"],
        "admitted": found["admitted"],
        "publicity": found["publicity"],
        "annexes": [{"n": n, "name": name} for n, name in enumerate(annexes, 1)],
    }


def now(thing: Any) -> datetime:
    return clock.now()


def of_today(thing: Any) -> str:
    return f"{clock.today():%Y%m%d}"


def pack_number(thing: Any, moment: datetime) -> str:
    """湾新汽联报〔2021〕1号: what goes upward is counted by itself."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"{SERIES}报〔{year}〕{take(f'report {SERIES} {year}')}号"


def may_report(by: Actor, batch: Batch) -> bool:
    """Officers of the whole alliance, of a batch that is closed."""
    return application_rules.may_publish(by, batch) and batch.is_closed


def page_of(batch: Batch) -> str:
    return f"{reverse('admin:report_pack')}?batch={batch.pk}"


COMMON = {"subject": "第一届", "term": "第一届", "on": "2021年3月18日"}
SHARE = [{"title": "单位类型", "rows": [["企业", 10, "66.7%"]]}]
UNIT = {"n": 1, "name": "深圳演示新能源科技有限公司", "number": "GBANEV-0001", "unit_type": "企业", "region": "深圳", "direction": "电动", "post": "会员单位", "person": "李范二"}  # fmt: skip
SEAT = {"n": 1, "post": "理事单位", "direction": "电动", "unit": "深圳演示新能源科技有限公司", "person": "李范二", "title": "总经理", "state": "在任"}  # fmt: skip

MEMBER_LIST = Kind(
    "member_list",
    pgettext_lazy("paper", "List of member units"),
    member_list,
    rules.is_officer,
    now,
    document_number,
    "会员单位名单",
    COMMON | {"count": 1, "heads": [], "rows": [], "units": [UNIT], "shares": SHARE},
    occasion=of_today,
)
PROPOSAL = Kind(
    "council_proposal",
    pgettext_lazy("paper", "Composition of the council"),
    proposal,
    rules.is_officer,
    now,
    document_number,
    "理事会组成方案",
    COMMON
    | {
        "planned": 25,
        "held": 24,
        "vacant": 1,
        "tiers": [{"post": "理事单位", "planned": 16, "held": 15}],
        "directions": [{"direction": "电动", "seats": 6, "held": 6, "members": 54}],
        "heads": [],
        "rows": [],
        "seats": [SEAT],
    },
    occasion=of_today,
)
LETTER = Kind(
    "report_letter",
    pgettext_lazy("paper", "Request for approval"),
    made_with_the_pack,
    may_report,
    now,
    pack_number,
    "报批请示",
    {
        "subject": "第一批",
        "batch": "第一批",
        "term": "第一届",
        "on": "2021年3月18日",
        "members": 15,
        "planned": 25,
        "held": 24,
        "vacant": 1,
        "received": 20,
        "passed": 15,
        "admitted": 15,
        "publicity": {"units": 15, "begins": "2020年12月14日", "ends": "2020年12月18日", "objections": 0, "unfounded": 0, "upheld": 0, "open": 0, "is_over": True},
        "annexes": [{"n": 1, "name": "会员单位名单"}],
    },
    waits=gettext_lazy("It is made as the first file of the pack for the Department."),
    page=page_of,
)  # fmt: skip
REPORT_PACK = Kind(
    PACK,
    pgettext_lazy("paper", "Pack for the Department"),
    made_with_the_pack,
    may_report,
    now,
    pack_number,
    "报批材料包",
    {},
    media_type=ZIP,
    waits=gettext_lazy("Once the batch is closed."),
    page=page_of,
)
declare(Term, MEMBER_LIST, PROPOSAL)
declare(Batch, LETTER, REPORT_PACK)
