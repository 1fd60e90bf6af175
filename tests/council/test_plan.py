"""The plan of a term: it sums, a seat that is held stays, and once the term has begun a resolution carries the change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from alliance import clock
from alliance.workflow import NotAllowed, Refused
from council import workflow
from council.models import Contest, PlanChange, Seat, UnitTenure
from members.choices import Direction, Tier
from members.models import Rule, Term
from tests import factories

VICE, DIRECTOR = int(Tier.VICE_CHAIR), int(Tier.DIRECTOR)
LAGUE = dict(zip(Direction.values, (6, 3, 4, 3), strict=True))


def plan(directors=None):
    """Two vice-chairs everywhere, and these directors."""
    return {(1, ""): 1} | {(VICE, d): 2 for d in Direction.values} | {(DIRECTOR, d): n for d, n in (directors or LAGUE).items()}


def begun(days=30):
    today = clock.today()
    Term.objects.update(begins_on=today - timedelta(days=days), ends_on=today + timedelta(days=1800))
    return factories.term()


def posted(directors=None, planned=16, **more):
    """What the page of a term sends."""
    typed = {f"plan_{VICE}_{d}": "2" for d in Direction.values} | {f"plan_{DIRECTOR}_{d}": str(n) for d, n in (directors or LAGUE).items()}
    sums = {f"plan_{VICE}_planned": "8", f"plan_{DIRECTOR}_planned": str(planned)}
    empty = {f"{part}-{name}": "0" for part in ("rules", "limits", "plan_changes") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return typed | sums | empty | {"governance": "council_supreme", "hosts_vote_too": "on"} | more


def address(term):
    return reverse("admin:members_term_change", args=[term.pk])


def test_before_the_term_the_office_moves_seats_and_they_are_numbered_anew(people):
    change = workflow.change_plan(factories.term(), plan(), by=people.officer)
    assert workflow.plan_of(factories.term()) == plan()
    seats = list(Seat.objects.filter(term__number=1).order_by("number"))
    assert [seat.number for seat in seats] == list(range(1, 26))
    assert [seat.direction for seat in seats[9:]] == ["electric"] * 6 + ["hydrogen"] * 3 + ["icv"] * 4 + ["infrastructure"] * 3
    assert (change.before[-1], change.after[-1]) == ([3, "infrastructure", 4], [3, "infrastructure", 3])
    assert workflow.change_plan(factories.term(), plan(), by=people.officer) is None


def test_only_the_office_changes_a_plan(people):
    with pytest.raises(NotAllowed):
        workflow.change_plan(factories.term(), plan(), by=people.clerk)


def test_a_held_seat_is_never_removed(people):
    for _n in range(4):
        unit = factories.unit()
        factories.seated(unit, by=people.secretary, tier=DIRECTOR, direction="hydrogen")
    with pytest.raises(Refused, match="4.*3"):
        workflow.change_plan(factories.term(), plan(), by=people.officer)
    assert Seat.objects.filter(direction="hydrogen", tier=DIRECTOR).count() == 4
    assert not PlanChange.objects.exists()


def test_a_seat_that_is_voted_on_is_not_removed(people):
    Contest.objects.create(
        meeting=factories.meeting(), term=factories.term(), tier=DIRECTOR, direction="hydrogen", seats=4, state="voting", snapshot={}
    )
    with pytest.raises(Refused, match="4"):
        workflow.change_plan(factories.term(), plan(), by=people.officer)


def test_once_it_has_begun_a_passed_resolution_of_the_term_carries_the_change(people):
    term = begun()
    with pytest.raises(Refused):
        workflow.change_plan(term, plan(), by=people.officer)
    with pytest.raises(Refused, match="8"):
        workflow.change_plan(term, plan(), by=people.officer, resolution=factories.resolution(in_favour=2, against=6))
    passed = factories.resolution()
    change = workflow.change_plan(term, plan(), by=people.officer, resolution=passed)
    assert change.resolution == passed
    assert workflow.plan_of(term) == plan()
    yesterday = clock.today() - timedelta(days=1)
    assert Seat.objects.filter(term=term).planned(yesterday).filter(tier=DIRECTOR, direction="hydrogen").count() == 4
    assert Seat.objects.vacant().filter(term=term).count() == 25


def test_a_seat_with_a_past_stays_written(people):
    unit = factories.unit()
    tenure = factories.seated(unit, by=people.secretary, tier=DIRECTOR, direction="hydrogen")
    workflow.vacate(tenure, on=clock.today(), reason="工作变动", cause="gave_up", by=people.secretary)
    workflow.change_plan(factories.term(), plan(dict(LAGUE, hydrogen=0, electric=9)), by=people.officer)
    assert workflow.plan_of(factories.term())[DIRECTOR, "hydrogen"] == 0
    assert UnitTenure.objects.get(pk=tenure.pk).seat.planned_until == clock.today()


def test_the_page_says_which_row_does_not_sum_and_keeps_what_was_typed(client, people):
    client.force_login(people.officer)
    answer = client.post(address(factories.term()), posted(dict(LAGUE, electric=5)))
    assert answer.status_code == 200
    said = answer.context["adminform"].form.errors["plan"]
    assert ["5 + 3 + 4 + 3 = 15" in said[0], "16" in said[0], len(said)] == [True, True, 1]
    assert 'value="5"' in answer.content.decode()
    assert workflow.plan_of(factories.term())[DIRECTOR, "electric"] == 4
    more = client.post(address(factories.term()), posted(dict(LAGUE, electric="六"))).context["adminform"].form.errors["plan"]
    assert "六" in more[0]


def test_the_page_moves_seats_and_writes_the_change_down(client, people):
    client.force_login(people.officer)
    assert client.post(address(factories.term()), posted()).status_code == 302
    assert workflow.plan_of(factories.term()) == plan()
    assert PlanChange.objects.get().resolution is None
    assert "6" in client.get(address(factories.term())).content.decode()


def test_the_page_of_a_term_that_has_begun_asks_for_the_resolution(client, people):
    term = begun()
    client.force_login(people.officer)
    days = {"begins_on": term.begins_on.isoformat(), "ends_on": term.ends_on.isoformat()}
    answer = client.post(address(term), posted(**days))
    assert list(answer.context["adminform"].form.errors) == ["resolution"]
    passed = factories.resolution()
    assert client.post(address(term), posted(**days, resolution=passed.pk)).status_code == 302
    assert PlanChange.objects.get().resolution == passed


def test_the_term_that_begins_with_the_same_saving_still_has_its_plan_from_the_office(client, people):
    client.force_login(people.officer)
    days = {"begins_on": clock.today().isoformat(), "ends_on": (clock.today() + timedelta(days=1800)).isoformat()}
    assert client.post(address(factories.term()), posted(**days)).status_code == 302
    assert (factories.term().has_begun, workflow.plan_of(factories.term())) == (True, plan())


def test_rules_and_limits_stand_on_the_page_of_the_term(client, people):
    client.force_login(people.officer)
    rule = {"matter": "quorum", "rule_numerator": "1", "rule_denominator": "2", "rule_base": "eligible", "source": "章程第十二条"}
    lines = {f"rules-0-{name}": value for name, value in rule.items()} | {"rules-TOTAL_FORMS": "1"}
    directors = dict.fromkeys(Direction.values, 4)
    assert client.post(address(factories.term()), posted(directors) | lines).status_code == 302
    assert Rule.objects.get().source == "章程第十二条"
    assert factories.term().rule("quorum").rule_denominator == 2


def test_whoever_only_reads_sees_no_fields(client, people):
    client.force_login(people.clerk)
    answer = client.get(address(factories.term()))
    assert (answer.status_code, b"plan_3_electric" in answer.content) == (200, False)
