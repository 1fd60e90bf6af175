"""A seat that its unit leaves with the alliance: vacant on the dashboard, left so by the meeting's decision, then filled by a by-election.

`PORTAL_SHOTS` names a folder for a picture of each station.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alliance import clock
from alliance.accounts.choices import Office as Desk
from council.models import Contest, Nomination, Result, UnitTenure
from members.choices import Direction, Tier
from tests import factories
from tests.e2e import hall
from tests.e2e.hall import Office, make, take

if TYPE_CHECKING:
    from members.models import Meeting, MemberUnit
    from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]
HYDROGEN = {"tier": Tier.DIRECTOR.value, "direction": Direction.HYDROGEN.value}


@pytest.fixture
def office(account, visitor) -> Office:
    return hall.office(account, visitor)


def test_a_unit_leaves_and_another_is_elected_in_its_place(visitor, office):
    by = factories.user("孙范六", Desk.SECRETARY)
    leaving, staying, *standing = (factories.listed(factories.user(name)) for name in ("陈示七", "郑例八", "吴范九", "冯示十"))
    for unit in (leaving, staying):
        factories.seated(unit, by=by, **HYDROGEN)
    anybody = visitor()

    leave(office.officer, anybody, leaving)
    nominate_all(office, visitor, standing)
    meeting = hall.plan(office.officer, "members", "补选理事单位")
    office.officer.takes("convene")
    office.officer.takes("open_meeting")
    hall.sign_in(office.officer, meeting)
    leave_vacant(office, meeting)
    elect(office, anybody, meeting, standing)


def leave(officer: Visitor, anybody: Visitor, unit: MemberUnit) -> None:
    """The unit resigns from the alliance: its seat is vacant at once, for the council and for everybody."""
    take(officer, unit, "resign", {"reason": "业务调整", "notice_on": f"{clock.today():%Y-%m-%d}"})
    officer.opens("/council/")
    assert officer.page.locator("svg a.director:not(.vacant)").count() == 1
    assert unit.organisation.name not in officer.page.locator("main svg").first.text_content()
    officer.stops_at("vacant-01-dashboard")
    anybody.opens("/council/roster/")
    assert unit.organisation.name not in anybody.page.inner_text("main")


def nominate_all(office: Office, visitor: type, units: list[MemberUnit]) -> None:
    """A call for the seats that are vacant; two put themselves forward, and stand."""
    call = hall.call_for(office.officer)
    office.officer.stops_at("vacant-02-call")
    for unit in units:
        member = visitor()
        member.becomes(unit.organisation.colleagues.get().user)
        member.opens("/unit/")
        member.follows("提名单位")
        member.fills({**HYDROGEN, "reason": "行业骨干单位"})
        member.presses("提交提名")
    for nomination in Nomination.objects.all():
        take(office.officer, nomination, "shortlist")
    hall.draw_up(office.officer, call)
    hall.settle(office.officer, call)


def leave_vacant(office: Office, meeting: Meeting) -> None:
    """Nobody has enough votes: the meeting decides that the seat stays vacant for now, and the result that says so is certified."""
    contest = hall.contest(office.officer, meeting, {"kind": "council", "seats": 1, **HYDROGEN}, *candidates())
    hall.vote(office, contest, 1, 1)
    take(office.officer, contest, "announce")
    offered = office.officer.page.locator("button[name=_step]").all_inner_texts()
    assert offered == ["决定席位暂缺…", "宣布无效…", "签署结果"]  # nobody is tied, nobody was written in
    office.officer.stops_at("vacant-03-nobody")
    take(office.officer, contest, "leave_vacant", {"reason": "候选人均未达到当选票数，席位暂缺"})
    hall.certify(office, contest)
    office.secretary.stops_at("vacant-04-left")
    make(office.officer, contest, "count_report")
    assert Result.objects.get().contents["outcome"]["elected"] == []
    assert UnitTenure.objects.running().count() == 1


def elect(office: Office, anybody: Visitor, meeting: Meeting, units: list[MemberUnit]) -> None:
    """A by-election for the same seat; whoever is elected holds it, and the tenure of the unit that left is ended."""
    contest = hall.contest(office.officer, meeting, {"kind": "council", "seats": 1, **HYDROGEN}, *candidates())
    present = meeting.present
    hall.vote(office, contest, present, 0)
    hall.certify(office, contest)
    elected = Contest.objects.get(pk=contest.pk).tenures.get().unit
    make(office.officer, meeting, "result_notice")
    anybody.opens("/council/roster/")
    anybody.sees(elected.organisation.name)
    office.officer.opens("/council/")
    assert office.officer.page.locator("svg a.director:not(.vacant)").count() == 2
    office.officer.stops_at("vacant-05-filled")
    assert UnitTenure.objects.filter(cause="left").count() == 1


def candidates() -> list[tuple[str, object]]:
    return [("nomination", nomination.pk) for nomination in Nomination.objects.order_by("place")]
