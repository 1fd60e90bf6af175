"""What the office reads of seats, contests and certified results, and what it cannot change any more."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.workflow import Refused, WrongState
from council import workflow
from council.models import Contest, Result, Seat
from members.choices import Direction, MembershipState, Tier
from members.models import Body
from tests import factories
from tests.council.test_contest import HYDROGEN, ballots, contest, counted, prepared  # noqa: F401 — a fixture

SEATS = reverse("admin:council_seat_changelist")


def read(client, address: str, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def test_the_list_and_the_page_of_a_seat_say_who_holds_it_in_whose_person_and_since_when(client, people):
    tenure = factories.seated(factories.unit(), by=people.secretary)
    client.force_login(people.clerk)
    today = f"{clock.today():%Y}年{clock.today().month}月{clock.today().day}日"
    said = f"{tenure.unit.organisation.name} {tenure.unit.representative.name} {today}"
    assert said in read(client, SEATS)
    page = client.get(reverse("admin:council_seat_change", args=[tenure.seat_id])).content.decode()
    assert all(word in page for word in said.split())
    assert reverse("admin:council_unittenure_change", args=[tenure.pk]) in page
    vacant = Seat.objects.vacant().first()
    assert "空缺" in read(client, reverse("admin:council_seat_change", args=[vacant.pk]))


def test_a_unit_that_left_the_alliance_holds_its_seat_no_more(client, people):
    tenure = factories.seated(factories.unit(), by=people.secretary)
    type(tenure.unit).objects.filter(pk=tenure.unit_id).update(state=MembershipState.RESIGNED, ended_on=clock.today())
    client.force_login(people.clerk)
    assert tenure.unit.organisation.name not in read(client, SEATS)


@pytest.mark.parametrize(("asked", "found"), [("held", 1), ("vacant", 24), ("", 25)])
def test_the_office_lists_the_held_seats_or_the_vacant_ones(asked, found, client, people):
    factories.seated(factories.unit(), by=people.secretary)
    client.force_login(people.clerk)
    assert client.get(SEATS, {"held": asked} if asked else {}).context["cl"].result_count == found


def test_the_list_of_seats_asks_as_much_for_one_holder_as_for_25(client, people):
    client.force_login(people.officer)
    asked = []
    for seats in ([Tier.CHAIR], [Tier.VICE_CHAIR] * 2, [Tier.DIRECTOR] * 4):
        for direction in Direction if len(seats) > 1 else [""]:
            for tier in seats:
                factories.seated(factories.unit(), by=people.secretary, tier=tier, direction=direction)
        client.get(SEATS)
        with CaptureQueriesContext(connection) as queries:
            client.get(SEATS)
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked


# ── setting up a contest ──


def typed(meeting, **said) -> dict[str, object]:
    none = {f"candidates-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return {"meeting": meeting.pk, "term": factories.term().pk, "kind": "council", **HYDROGEN, **none, **said}


def test_a_contest_of_more_seats_than_are_vacant_is_not_set_up_and_the_numbers_stand_at_the_field(client, people):
    client.force_login(people.officer)
    meeting = factories.meeting()
    page = client.post(reverse("admin:council_contest_add"), typed(meeting, seats=5))
    assert page.context["adminform"].form.errors["seats"] == ["本项选举应选 5 个席位，而空缺只有 4 个。"]
    assert not Contest.objects.exists()
    client.post(reverse("admin:council_contest_add"), typed(meeting, seats=4))
    made = Contest.objects.get()
    page = client.post(reverse("admin:council_contest_change", args=[made.pk]), typed(meeting, seats=6))
    assert "6" in page.context["adminform"].form.errors["seats"][0]
    made.refresh_from_db()
    assert made.seats == 4


def test_a_post_of_one_holder_is_voted_on_for_one_seat(client, people):
    client.force_login(people.officer)
    said = {"kind": "body", "tier": "", "direction": "", "body": Body.objects.get(kind="experts").pk, "post": "head", "seats": 2}
    page = client.post(reverse("admin:council_contest_add"), typed(factories.meeting(), **said))
    assert "seats" in page.context["adminform"].form.errors


# ── what was counted stays ──


def test_a_ballot_sheet_that_was_counted_from_is_only_read_and_no_step_changes_its_numbers(client, people, contest):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    sheet = contest.sheet
    assert sheet.state == "prepared"
    client.force_login(people.officer)
    address = reverse("admin:council_ballotsheet_change", args=[sheet.pk])
    page = client.get(address)
    assert not page.context["has_change_permission"]
    assert [step["name"] for step in page.context["open_steps"]] == []
    client.post(address, {"meeting": sheet.meeting_id, "name": "另一张", "colour": "red"})
    with pytest.raises(Refused):
        workflow.issue_ballots(sheet, by=people.officer, printed=9, issued=9)
    before = (sheet.name, sheet.colour, sheet.printed)
    sheet.refresh_from_db()
    assert (sheet.name, sheet.colour, sheet.printed) == before


def test_a_counted_contest_takes_no_further_count_and_its_page_has_no_fields(client, people, contest):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    for step in (workflow.count, workflow.count_again, workflow.agree_tally):
        said = {"reason": "重计"} if step is workflow.agree_tally else {}
        with pytest.raises(WrongState):
            step(contest, by=people.officer, **ballots(contest, 1, 1, 1), **said)
    client.force_login(people.officer)
    page = client.get(reverse("admin:council_contest_change", args=[contest.pk]))
    assert not page.context["has_change_permission"]


# ── a certified result ──


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("当选", "未当选", "有效票", "另选人")),
        ("zh-hant", ("當選", "未當選", "有效票")),
        ("en", ("Elected", "Not elected", "Valid ballots")),
    ],
)
def test_a_certified_result_is_a_table_in_the_reader_s_language(language, words, client, people, contest):  # noqa: F811
    factories.certified(counted(contest, 8, 6, 2, write_ins={"陈示七": 2}), people.officer, people.secretary)
    client.force_login(people.auditor)
    page = read(client, reverse("admin:council_result_change", args=[Result.objects.get().pk]), language)
    first, _second, third = contest.candidates.order_by("place")
    assert re.search(rf"1 · {re.escape(str(first))} 8 1 0 {words[0]} ", page)
    assert re.search(rf"3 · {re.escape(str(third))} 2 7 0 {words[1]} ", page)
    assert re.search(rf"陈示七 2 – – {words[1]} ", page)
    assert all(word in page for word in words)


def test_a_result_that_was_corrected_keeps_its_own_figures(client, people, contest):  # noqa: F811
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    workflow.propose_correction(contest, by=people.officer, reason="第二、三候选人票数登反。", **ballots(contest, 8, 3, 7))
    workflow.certify_correction(contest, by=people.secretary)
    client.force_login(people.officer)
    second = contest.candidates.get(place=2)
    first, later = (read(client, reverse("admin:council_result_change", args=[each.pk])) for each in Result.objects.all())
    assert f"{second} 7 2 0 当选" in first
    assert f"{second} 3 6 0 未当选" in later
