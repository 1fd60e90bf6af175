"""What the allocation page says of a term on a day, and that it says it with the same number of questions whatever there is."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.documents.typesetting import typeset
from alliance.templatetags import portal
from council import workflow
from council.dashboard import board
from council.dashboard.taken import on_paper
from council.models import ActingChair, Nomination
from council.views.board import file_name
from members import workflow as membership
from members.choices import Direction, Tier
from members.models import Representative, Term
from tests import factories

PAGE = reverse("council:dashboard")
ELECTRIC = {"tier": Tier.DIRECTOR, "direction": Direction.ELECTRIC}
MOST_QUESTIONS = 12


def seat(by, days=0, post=ELECTRIC, **changes):
    unit = factories.listed(admitted_on=clock.today() - timedelta(days=100), **changes)
    with clock.at(clock.now() - timedelta(days=days)):
        return factories.seated(unit, by=by, **post)


def begun(days=90):
    today = clock.today()
    Term.objects.update(begins_on=today - timedelta(days=days), ends_on=today + timedelta(days=1700))


def asked(client, address=PAGE):
    with CaptureQueriesContext(connection) as asked_for:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked_for.captured_queries), answer


def test_the_same_number_of_questions_with_one_seat_three_and_more(client, people):
    client.force_login(people.secretary)
    begun()
    found = []
    seat(people.secretary, post={"tier": Tier.CHAIR, "direction": ""})
    for goal in (2, 4, 15):
        while (held := board(None).foot["total"]["held"]) < goal:
            direction = Direction.values[held % 4]
            tenure = seat(people.secretary, post={"tier": Tier.DIRECTOR, "direction": direction})
            factories.nomination(factories.unit(), tier=Tier.VICE_CHAIR, direction=direction, state="nominated")
            Representative.objects.filter(pk=tenure.persons.get().representative_id).update(post="总经理")
        found.append(asked(client)[0])
    assert len(set(found)) == 1
    assert found[0] <= MOST_QUESTIONS, found


def test_seats_are_counted_by_tier_and_direction_against_the_members(client, people):
    seat(people.secretary)
    for _n in range(3):
        factories.listed(main_direction="hydrogen")
    found = board(None)
    members = found.members.directions
    electric = found.plan[0]
    assert (electric["total"]["held"], electric["total"]["planned"], electric["tiers"][2]["vacant"]) == (1, 6, 3)
    assert electric["deviation"] == pytest.approx(100 - 100 * members["electric"] / sum(members[d] for d in Direction.values))
    assert found.plan[1]["gap"].startswith("−")
    assert found.foot["total"] == {"planned": 25, "held": 1, "vacant": 24, "nominated": 0}


def test_who_stands_for_a_vacant_seat_is_told_at_the_seat_and_in_the_election(people):
    unit = factories.unit()
    factories.nomination(unit, **ELECTRIC)
    factories.nomination(factories.unit(), state="nominated", **ELECTRIC)
    found = board(None)
    row = next(row for row in found.rows if (row.seat.tier, row.seat.direction) == (Tier.DIRECTOR, "electric"))
    assert (row.nominated, row.candidates) == (2, 1)
    assert row.label.endswith("1 名") or "1 candidate" in row.label
    whole = found.funnels[0]
    assert {stage.name: stage.count for stage in whole.stages} == {
        "nominated": 2, "accepted": 1, "shortlisted": 1, "publicity": 1, "meeting": 0, "result": 0,
    }  # fmt: skip
    assert [stage.name for stage in whole.stages if stage.tone == "now"] == ["publicity"]


def test_a_nomination_that_an_election_has_settled_stands_no_more(people):
    contest, _inputs = factories.contest("prepared")
    assert Nomination.objects.unsettled().count() == Nomination.objects.count() > 0
    type(contest).objects.filter(pk=contest.pk).update(state="certified", snapshot={})
    assert Nomination.objects.unsettled().count() == 0


def test_looking_back_shows_that_day_and_what_happened_since(client, people):
    begun()
    early, late = seat(people.secretary, 60), seat(people.secretary, 10)
    membership.resign(early.unit, by=people.officer, reason="业务调整")
    client.force_login(people.secretary)
    day = clock.today() - timedelta(days=20)
    answer = asked(client, f"{PAGE}?on={day.isoformat()}")[1]
    found = answer.context["board"]
    assert [row.tenure for row in found.rows if row.tenure] == [early]
    assert [(change.kind, change.seat) for change in found.changes] == [("seated", late.seat), ("left", early.seat)]
    assert found.funnels == []
    assert board(None).foot["total"]["held"] == 1


def test_a_change_of_person_is_a_change(client, people):
    begun()
    tenure = seat(people.secretary, 60)
    sits = tenure.persons.get()
    Representative.objects.filter(pk=sits.representative_id).update(until=clock.today() - timedelta(days=5))
    follower = Representative.objects.create(unit=tenure.unit, name="李范五", post="副总经理", since=clock.today() - timedelta(days=5))
    workflow.change_person(tenure, by=people.officer)
    found = board(clock.today() - timedelta(days=30))
    assert [change.kind for change in found.changes] == ["person"]
    assert follower.name in found.changes[0].words
    assert (found.rows[9].person, board(None).rows[9].person) == (sits.representative.name, "李范五")
    client.force_login(people.secretary)
    page = client.get(PAGE).content.decode()
    assert (board(None).rows[9].person_since, f"自{portal.day(clock.today())}起" in page) == (clock.today(), True)
    assert found.rows[9].person_since is None


def test_co_options_are_counted_up_to_the_day(people):
    begun()
    for days in (90, 30, 20):
        seat(people.secretary, days)
    days = (clock.today() - timedelta(days=25), None)
    counted = [next(each for each in board(day).cautions if each.name == "coopted_of_council") for day in days]
    assert [(each.value, each.limit) for each in counted] == [("2", "5"), ("3", "5")]


def test_an_acting_chair_is_marked_and_counted_from_its_day(people):
    begun()
    tenure = seat(people.secretary, 60, post={"tier": Tier.VICE_CHAIR, "direction": Direction.ELECTRIC})
    ActingChair.objects.create(term=tenure.term, tenure=tenure, begins_on=clock.today() - timedelta(days=5))
    found = board(None)
    assert (found.acting, board(clock.today() - timedelta(days=6)).acting) == (1, 0)
    (acting,) = [place["row"] for place in found.drawing["seats"] if place["row"].acting]
    assert acting.tenure == tenure
    assert acting.tag in {"代", "A"}


def test_a_term_is_chosen_by_its_number_and_a_day_finds_the_term_it_lies_in(client, people):
    begun(days=1000)
    Term.objects.create(number=2, begins_on=clock.today() - timedelta(days=10), ends_on=clock.today() + timedelta(days=1700))
    assert board(None).term.number == 2
    assert board(clock.today() - timedelta(days=20)).term.number == 1
    assert (board(None, 1).term.number, board(None, 1).day) == (1, clock.today() - timedelta(days=11))
    client.force_login(people.secretary)
    for wrong in ("?term=7", "?term=x"):
        assert client.get(PAGE + wrong).status_code == 404


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("gestern", "日期格式不正确，或者尚未到来，以下为今日情况。日期请写作 2021-03-18。"),
        ("9999-12-31", "日期格式不正确，或者尚未到来，以下为今日情况。日期请写作 2021-03-18。"),
        ("2019-01-01", "2019年1月1日尚未成立理事会，以下为今日情况。"),
    ],
)
def test_a_day_without_a_council_shows_today_s_and_says_why(client, people, on, says):
    begun()
    client.force_login(people.secretary)
    answer = client.get(f"{PAGE}?on={on}", follow=True)
    assert answer.context["board"].day == clock.today()
    assert [str(each) for each in answer.context["messages"]] == [says]
    for name in ("json", "pdf", "csv", "hall"):
        for day in ("gestern", (clock.today() + timedelta(days=1)).isoformat()):
            assert client.get(reverse(f"council:{name}") + f"?on={day}").status_code == 404


def test_pdf_csv_json_and_hall_say_the_same(client, people):
    tenure = seat(people.secretary)
    name = tenure.unit.organisation.name
    client.force_login(people.secretary)
    said = json.loads(client.get(reverse("council:json")).content)
    assert [each["unit"] for each in said["seats"] if each["unit"]] == [name]
    assert said["total"] == board(None).foot["total"]
    lines = client.get(reverse("council:csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "序号,职务,方向,单位,代表,职务/职称,届次,当选日期,任期至,状态"
    assert len(lines) == 26
    assert next(line for line in lines if name in line).endswith("在任")
    assert name in client.get(reverse("council:hall")).content.decode()
    paper = client.get(reverse("council:pdf"))
    assert paper.content.startswith(b"%PDF")
    assert file_name(board(None)).startswith("理事会席位表_第一届")


def test_the_paper_is_one_page(people):
    for number in range(16):
        seat(people.secretary, post={"tier": Tier.DIRECTOR, "direction": Direction.values[number % 4]})
    made = typeset("council", on_paper(board(None)), moment=clock.now())
    assert len(pypdf.PdfReader(BytesIO(made)).pages) == 1


def test_the_hall_names_who_acts_for_the_chair_and_what_the_marks_mean(client, people):
    begun()
    tenure = seat(people.secretary, 60, post={"tier": Tier.VICE_CHAIR, "direction": Direction.ELECTRIC})
    ActingChair.objects.create(term=tenure.term, tenure=tenure, begins_on=clock.today())
    client.force_login(people.secretary)
    said = client.get(reverse("council:hall")).content.decode()
    seats = said[said.index("gb-hall__seats") :]
    assert seats.count("<em>") == 1
    assert "gb-legend" in said
