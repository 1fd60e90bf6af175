"""What became of some members since: another representative, a new name, a merger, an expulsion with its defence."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.demo import cast
from alliance.demo.days import at
from alliance.demo.gatherings import CALLED, close, resolve, summon
from alliance.demo.journeys import FIRST
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from applications.choices import State
from council import workflow as council
from council.models import UnitTenure
from members import workflow as members
from members.choices import Assembly, Tier
from members.models import Change, Expulsion, MemberUnit, Succession

if TYPE_CHECKING:
    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

NAMED, LICENCE, DEFENDED = SHEETS = ("变更会员代表的函", "名称变更后的登记证书", "申辩书")  # what the units send
EXPELLED, MERGED = 0, 1  # among the members without a seat, those that play a part here
CHARGES = "入会后拒不提供真实的单位信息，经两次书面催告仍不改正。（样例）"
DEFENCE = "因负责人员变动未能及时答复，现补充说明，请求从轻处理。（样例）"


def plan(story: Story) -> None:
    """After the founding, in the working days before the batch under review closes; the council decides on the expulsion lately."""
    days, diary = story.days, story.diary
    for after, act in ((4, change_representative), (5, charge), (6, rename), (8, merge), (11, defend)):
        diary.note(at(days.after(days.founding, after), 14), act, story)
    diary.note(at(days.after(days.founding, 5), 15), change_person, story)
    called = at(days.before(days.last, CALLED), 9)
    diary.note(called, summon, story, Assembly.COUNCIL, 3, at(days.last, 10), "审议除名事项")
    diary.note(at(days.last, 10), expel, story)


def plain(story: Story, place: int) -> MemberUnit:
    """A member without a part or a seat."""
    return unit_of([each for each in story.ending(FIRST, State.ADMITTED) if is_plain(each)][place])


def is_plain(journey: Journey) -> bool:
    return not journey.part.role and not journey.part.account


def sitting(place: int) -> MemberUnit:
    """A vice-chair unit, but for the leader's, whose person has an account."""
    leader = cast.PARTS[cast.LEADER]["name"]
    others = UnitTenure.objects.running().filter(seat__tier=Tier.VICE_CHAIR).exclude(unit__organisation__name=leader)
    return others.order_by("seat__number")[place].unit


def unit_of(journey: Journey) -> MemberUnit:
    return MemberUnit.objects.select_related("organisation").get(application=journey.application)


def letter(story: Story, title: str) -> dict[str, Any]:
    """The unit's letter of the day before yesterday."""
    return {"notice_on": clock.today() - timedelta(days=2), "papers": [story.samples.one(title)]}


def officer(story: Story) -> Any:
    return story.people["officer"]


def change_representative(story: Story) -> None:
    """A vice-chair unit names another, with its letter; the paper is made."""
    name = cast.person(Random(f"{story.seed}:representative"))  # noqa: S311 — the same for the same seed
    said = letter(story, NAMED)
    members.change_representative(sitting(0), by=officer(story), name=name, post="副总经理", reason="原代表工作调动。（样例）", **said)
    make(KINDS["change_notice"], Change.objects.latest("pk"), by=officer(story))


def change_person(story: Story) -> None:
    """The seat is the unit's; the new representative fills it."""
    council.change_person(UnitTenure.objects.to_settle().order_by("pk")[0], by=officer(story))


def rename(story: Story) -> None:
    """The licence names a vice-chair unit otherwise."""
    unit = sitting(1)
    was = unit.organisation.name
    form = next((each for each in ("股份有限公司", "有限公司") if was.endswith(each)), "")
    name = f"{was.removesuffix(form)}{'集团' if form else '（新校区）'}{form}"
    members.rename(unit, by=officer(story), name=name, reason="登记机关核准名称变更。（样例）", **letter(story, LICENCE))
    make(KINDS["change_notice"], Change.objects.latest("pk"), by=officer(story))


def merge(story: Story) -> None:
    """A member without a seat goes into a vice-chair unit."""
    document = "登记机关合并核准通知书（样例）"
    members.merge(plain(story, MERGED), by=officer(story), successor=sitting(2), on=clock.today(), document=document)
    make(KINDS["succession_notice"], Succession.objects.latest("pk"), by=officer(story))


def charge(story: Story) -> None:
    """The charges are notified, with their paper."""
    defend_by = story.days.after(clock.today(), 10)
    members.charge(plain(story, EXPELLED), by=officer(story), charges=CHARGES, defend_by=defend_by)
    make(KINDS["expulsion_notice"], Expulsion.objects.latest("pk"), by=officer(story))


def defend(story: Story) -> None:
    """The unit defends itself in writing."""
    members.hear_defence(plain(story, EXPELLED), by=officer(story), way="written", words=DEFENCE, papers=[story.samples.one(DEFENDED)])


def expel(story: Story) -> None:
    """The council's third meeting hears it and resolves; the secretary-general signs, and the decision is made as a paper."""
    by, resolution = officer(story), resolve(story, Assembly.COUNCIL, 3, against=1)
    close(story, resolution)
    members.expel(plain(story, EXPELLED), by=story.people["secretary"], resolution=resolution)
    make(KINDS["expulsion_decision"], Expulsion.objects.latest("pk"), by=by)
