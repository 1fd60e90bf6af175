"""The founding meeting elects council, expert committee and secretary-general, by its roles in the browser, with its papers.

`PORTAL_SHOTS` names a folder for a picture of each station.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from council.models import Contest, Nomination, PersonTenure, Seat, UnitTenure
from members.choices import BodyKind, Direction, Post, Tier
from members.models import Body, BodyTenure, Meeting
from tests import factories
from tests.e2e import hall
from tests.e2e.hall import Office, make, take

if TYPE_CHECKING:
    from council.models import Call
    from members.models import Expert, MemberUnit
    from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]
HYDROGEN = {"tier": Tier.DIRECTOR.value, "direction": Direction.HYDROGEN.value}
BEFORE = ("meeting_notice", "meeting_roll", "meeting_sheet", "meeting_agenda", "meeting_script", "proxy_blank")


@pytest.fixture
def office(account, visitor) -> Office:
    return hall.office(account, visitor)


# ── In one step ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_meeting_elects_council_committee_and_secretary_general_from_window_to_roster(visitor, office):
    persons = [factories.user(name) for name in ("陈示七", "郑例八", "吴范九")]
    units = [factories.listed(person) for person in persons]
    observers = [factories.unit() for _ in range(2)]
    expert = factories.expert(name="孙示十")
    members = [visitor() for _ in persons]
    for member, person in zip(members, persons, strict=True):
        member.becomes(person)
    anybody = visitor()

    call = nominated(office, members, units)
    listed(office, call, anybody, units)
    meeting = convened(office, observers)
    contests = voted(office, meeting, expert)
    closed(office, meeting, contests)
    seated(office, anybody, units[:2], expert)


def nominated(office: Office, members: list[Visitor], units: list[MemberUnit]) -> Call:
    """Two put themselves forward, one is recommended and agrees: first the unit, then its person, who may be named; all are shortlisted."""
    call = hall.call_for(office.officer)
    for member, unit in ((members[0], units[0]), (members[2], units[2])):
        nominate(member, unit)
        member.sees("理事单位", "自荐")
    nominate(members[0], units[0], whom=units[1].number)
    accept(members[1])
    for nomination in Nomination.objects.all():
        take(office.officer, nomination, "shortlist")
    office.officer.opens(hall.page(call))
    office.officer.stops_at("founding-04-call")
    return call


def nominate(member: Visitor, unit: MemberUnit, **whom: str) -> None:
    member.opens("/unit/")
    member.follows("提名单位")
    member.fills({**HYDROGEN, "reason": "行业骨干单位", **whom})
    member.stops_at("founding-01-nominate")
    member.presses("提交提名")


def accept(member: Visitor) -> None:
    """For the unit; the portal asks the person next."""
    member.opens("/unit/")
    member.sees("已提名", "推荐")
    member.stops_at("founding-02-recommended")
    member.presses("代表单位同意")
    member.fills({"be_named": True})
    member.stops_at("founding-03-stand")
    member.presses("我同意参选")
    assert Nomination.objects.get(kind="recommended").state == "consented"


def listed(office: Office, call: Call, anybody: Visitor, units: list[MemberUnit]) -> None:
    """In the order of strokes, for everybody to see; persons only where they agreed."""
    hall.draw_up(office.officer, call)
    anybody.opens("/council/candidates/")
    anybody.sees("理事会候选人", *(unit.organisation.name for unit in units), "郑例八")
    assert "陈示七" not in anybody.page.inner_text("main")
    anybody.stops_at("founding-05-candidates")
    make(office.officer, call, "candidate_list", "candidate_notice")
    hall.settle(office.officer, call)
    office.officer.stops_at("founding-06-settled")


def convened(office: Office, observers: list[MemberUnit]) -> Meeting:
    """With agenda, who presides, tellers of units that do not stand, and all papers; opened, and signed in at the door."""
    officer = office.officer
    meeting = hall.plan(officer, "members", "审议选举办法（草案）", "选举理事会、专家委员会和秘书长")
    officer.stops_at("founding-07-planned")
    officer.takes("convene")
    for n, (task, unit) in enumerate(zip(("chief", "teller"), observers, strict=True)):
        hall.add_row(officer, "tellers")
        officer.fills({f"tellers-{n}-task": task, f"tellers-{n}-attendance": meeting.attendances.get(unit=unit).pk})
    officer.saves("_continue")
    assert meeting.tellers.count() == len(observers)
    make(officer, meeting, *BEFORE)
    officer.stops_at("founding-08-convened")
    officer.takes("open_meeting")
    hall.sign_in(officer, meeting, shot="founding-09-door")
    return meeting


def voted(office: Office, meeting: Meeting, expert: Expert) -> list[Contest]:
    """Two seats of directors with a tie at the last and its run-off; a member of the expert committee; the secretary-general by name."""
    bodies = {kind: Body.objects.get(kind=kind).pk for kind in (BodyKind.EXPERTS, BodyKind.SECRETARIAT)}
    stand = [("nomination", nomination.pk) for nomination in Nomination.objects.order_by("place")]
    council = hall.contest(office.officer, meeting, {"kind": "council", "seats": 2, **HYDROGEN}, *stand)
    committee = hall.contest(
        office.officer,
        meeting,
        {"kind": "body", "body": bodies[BodyKind.EXPERTS], "post": Post.MEMBER.value, "seats": 1},
        ("expert", expert.name),
    )
    head = hall.contest(
        office.officer,
        meeting,
        {"kind": "body", "body": bodies[BodyKind.SECRETARIAT], "post": Post.SECRETARY_GENERAL.value, "seats": 1},
        ("person", "冯范十一"),
    )
    office.officer.stops_at("founding-10-contest")
    make(office.officer, meeting, "election_method")
    for contest in (council, committee, head):
        hall.print_ballot(office.officer, contest)
    runoff = counted_with_a_tie(office, council)
    for contest in (committee, head):
        hall.vote(office, contest, 5)
        hall.certify(office, contest)
    return [council, runoff, committee, head]


def counted_with_a_tie(office: Office, council: Contest) -> Contest:
    """Two entries that differ in one figure of a row, recounted and agreed; then the tied stand again for the last seat."""
    take(office.officer, council, "start_voting")
    take(office.clerk, council, "count", hall.tally(council, *votes(council, 3)))
    take(office.officer, council, "count_again", hall.tally(council, *votes(council, 2)))
    office.officer.sees("两次录入不一致。", "首次录入", "二次录入")
    assert differing_cells(office.officer) == [["3", "2"], ["2", "3"]]
    office.officer.stops_at("founding-11-differ")
    take(office.colleague, council, "agree_tally", hall.tally(council, *votes(council, 3)) | {"reason": "重新清点，首次录入无误"})
    take(office.officer, council, "announce")
    office.officer.sees("得票相同", "请再次投票")
    office.officer.stops_at("founding-12-tied")
    office.officer.takes("call_runoff")
    hall.certify(office, council)
    assert "请再次投票" not in office.secretary.page.inner_text("body")
    office.secretary.stops_at("founding-13-certified")
    runoff = Contest.objects.get(runoff_of=council)
    assert runoff.candidates.count() == 2
    hall.print_ballot(office.officer, runoff)
    favoured = [4 if name == "郑例八" else 1 for name in names_on(runoff)]
    hall.vote(office, runoff, *favoured)
    hall.certify(office, runoff)
    return runoff


def votes(council: Contest, last: int) -> list[int]:
    """Of five ballots for two seats each: 陈示七 has four, the two others three; `last` is what 吴范九 is entered with."""
    return [{"陈示七": 4, "郑例八": 3, "吴范九": last}[name] for name in names_on(council)]


def names_on(contest: Contest) -> list[str]:
    return [candidate.words[1] for candidate in contest.candidates.in_order().with_names()]


def differing_cells(officer: Visitor) -> list[list[str]]:
    rows = officer.page.locator(".gb-exception tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def closed(office: Office, meeting: Meeting, contests: list[Contest]) -> None:
    """Reports on the counts and the notice of results; then the minutes, which say who was elected."""
    for contest in contests:
        make(office.officer, contest, "count_report")
    make(office.officer, meeting, "result_notice")
    take(office.officer, meeting, "close_meeting")
    make(office.officer, meeting, "meeting_minutes")
    office.officer.stops_at("founding-14-closed")


def seated(office: Office, anybody: Visitor, units: list[MemberUnit], expert: Expert) -> None:
    """On the public roster and on the dashboard; with certificates of post, and a letter of appointment for the expert."""
    anybody.opens("/council/roster/")
    anybody.sees(*(unit.organisation.name for unit in units), "郑例八")
    anybody.stops_at("founding-15-roster")
    office.officer.opens("/council/")
    assert office.officer.page.locator("svg a.director:not(.vacant)").count() == len(units)
    office.officer.sees(*(unit.organisation.name for unit in units))
    certified = office.officer.page.locator(".gb-funnel li").last.locator("b").inner_text()
    assert certified == str(len(units))  # the seat of the run-off counts once
    office.officer.stops_at("founding-16-dashboard")
    for unit in units:
        make(office.officer, UnitTenure.objects.get(unit=unit), "post_of_unit")
    make(office.officer, PersonTenure.objects.get(unit_tenure__unit=units[1]), "post_of_person")
    office.officer.stops_at("founding-17-tenure")
    make(office.officer, BodyTenure.objects.get(expert=expert), "appointment")
    assert BodyTenure.objects.filter(person="冯范十一", post=Post.SECRETARY_GENERAL, ended_on=None).exists()


# ── In two steps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_units_first_then_their_posts_and_what_becomes_of_a_seat(visitor, office):
    units = [factories.listed(factories.user(name)) for name in ("陈示七", "郑例八", "吴范九", "冯示十", "褚例一")]
    factories.unit()  # votes in the first step alone
    meeting = hall.plan(office.officer, "members", "选举理事单位", "选举理事长单位和副理事长单位")
    office.officer.takes("convene")
    office.officer.takes("open_meeting")
    hall.sign_in(office.officer, meeting)

    first = elect_units(office, meeting, units)
    elect_post(office, meeting, first, {"tier": Tier.CHAIR.value}, units[0])
    elect_post(office, meeting, first, {"tier": Tier.VICE_CHAIR.value, "direction": Direction.ELECTRIC.value}, units[1])
    seat_the_rest(office, first, units[2:])
    take(office.officer, meeting, "close_meeting")
    anybody = visitor()
    anybody.opens("/council/roster/")
    anybody.sees(*(unit.organisation.name for unit in units))

    act_for_chair(office, anybody, units[0], units[1])
    co_opt(office, anybody, factories.unit())
    change_person(office, units[2])


def elect_units(office: Office, meeting: Meeting, units: list[MemberUnit]) -> Contest:
    """The first step: as many as the seats, their posts untold."""
    stand = [("nomination", factories.nomination(unit).pk) for unit in units]
    first = hall.contest(office.officer, meeting, {"kind": "units", "seats": len(units)}, *stand)
    hall.vote(office, first, *[5] * len(units))
    hall.certify(office, first)
    return first


def elect_post(office: Office, meeting: Meeting, first: Contest, post: dict[str, object], unit: MemberUnit) -> None:
    """The second step: one of those elected stands, and they alone vote."""
    second = hall.contest(office.officer, meeting, {"kind": "council", "seats": 1, "drawn_from": first.pk, **post}, ("unit", unit.number))
    hall.vote(office, second, 5)
    assert second.snapshot["present"] == 5
    hall.certify(office, second)
    office.secretary.stops_at("founding-20-second-step")


def seat_the_rest(office: Office, first: Contest, units: list[MemberUnit]) -> None:
    """Each in a direction with a vacant seat of a director."""
    office.secretary.opens(hall.page(first))
    office.secretary.takes("seat_directors")
    office.secretary.fills({f"direction_{unit.pk}": direction for unit, direction in zip(units, Direction.values[1:], strict=True)})
    office.secretary.stops_at("founding-21-directors")
    office.secretary.confirms()
    assert UnitTenure.objects.running().filter(seat__tier=Tier.DIRECTOR).count() == len(units)


def act(officer: Visitor, tenure: UnitTenure, link: str, shot: str = "", **typed: object) -> None:
    """What becomes of a seat, from the page of its tenure."""
    officer.opens(hall.page(tenure))
    officer.goes(officer.page.locator(".gb-dossier").get_by_role("link", name=link))
    officer.fills(typed)
    if shot:
        officer.stops_at(shot)
    officer.confirms()


def act_for_chair(office: Office, anybody: Visitor, chair: MemberUnit, vice: MemberUnit) -> None:
    """The chair gives its seat up; the vice-chair acts for it, and everybody sees it."""
    act(office.officer, UnitTenure.objects.get(unit=chair), "退出席位", "founding-22-leave", cause="gave_up", reason="单位来函辞任")
    act(office.officer, UnitTenure.objects.get(unit=vice), "代行理事长单位职责", "founding-23-act")
    office.officer.opens("/council/")
    assert office.officer.page.locator("svg a.acting").count() == 1
    assert "代" in office.officer.page.locator("svg .tag-text").all_text_contents()
    office.officer.stops_at("founding-24-acting")
    anybody.opens("/council/roster/")
    anybody.sees("代行理事长单位职责")


def co_opt(office: Office, anybody: Visitor, unit: MemberUnit) -> None:
    """The council resolves at a meeting of its own, and a vacant seat is filled."""
    officer = office.officer
    meeting = hall.plan(officer, "council", "增补理事单位")
    officer.takes("convene")
    officer.takes("open_meeting")
    hall.sign_in(officer, meeting)
    officer.opens(hall.page(meeting))
    hall.add_row(officer, "resolutions")
    counts = {"eligible": 4, "present": 4, "in_favour": 4, "against": 0, "abstaining": 0}
    officer.fills({f"resolutions-0-{name}": value for name, value in ({"subject": "增补理事单位"} | counts).items()})
    officer.saves("_continue")
    seat = Seat.objects.vacant().filter(tier=Tier.DIRECTOR).order_by("number").first()
    officer.opens(hall.page(seat))
    officer.sees("0")
    officer.follows("增补单位")
    officer.fills({"unit": unit.number, "resolution": meeting.resolutions.get().pk})
    officer.stops_at("founding-25-co-opt")
    officer.confirms()
    assert seat.tenures.get().unit == unit
    anybody.opens("/council/roster/")
    anybody.sees(unit.organisation.name)
    anybody.stops_at("founding-26-roster")


def change_person(office: Office, unit: MemberUnit) -> None:
    """Another person represents the unit, and fills its seat from now on."""
    take(
        office.officer,
        unit,
        "change_representative",
        {"name": "卫范二", "post": "副总经理", "notice_on": f"{unit.admitted_on}", "reason": "工作调动"},
    )
    tenure = UnitTenure.objects.get(unit=unit)
    act(office.officer, tenure, "更换席位人员", "founding-27-person")
    office.officer.sees("卫范二", "吴范九")
    assert tenure.persons.get(ended_on=None).representative.name == "卫范二"
