"""A seat is never oversold, and a unit never holds two."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from alliance import clock
from alliance.workflow import Refused
from council import workflow
from council.models import PersonTenure, Seat, UnitTenure
from council.tasks import end_lapsed_tenures
from members import workflow as membership
from members.choices import Direction, MembershipState, Tier
from tests import factories

VICE_ELECTRIC = {"tier": Tier.VICE_CHAIR, "direction": Direction.ELECTRIC}


def seat(unit, by, **post):
    return factories.seated(unit, by=by, **(post or VICE_ELECTRIC))


def test_term_one_is_planned_with_its_25_seats_all_vacant(db):
    seats = Seat.objects.filter(term__number=1)
    by_tier = {tier: seats.filter(tier=tier).count() for tier in Tier}
    assert by_tier == {Tier.CHAIR: 1, Tier.VICE_CHAIR: 8, Tier.DIRECTOR: 16}
    for direction in Direction:
        assert (seats.at(Tier.VICE_CHAIR, direction).count(), seats.at(Tier.DIRECTOR, direction).count()) == (2, 4)
    assert seats.vacant().count() == 25


def test_a_third_unit_finds_no_vice_chair_seat_of_a_direction_that_has_two(people):
    for _ in range(2):
        seat(factories.unit(), people.secretary)
    with pytest.raises(Refused, match="."):
        seat(factories.unit(), people.secretary)
    assert Seat.objects.vacant().at(**VICE_ELECTRIC).count() == 0


def test_a_unit_takes_no_second_seat_of_a_term(people):
    unit = factories.unit()
    seat(unit, people.secretary)
    with pytest.raises(Refused):
        seat(unit, people.secretary, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN)
    assert UnitTenure.objects.filter(unit=unit).count() == 1


def test_the_database_refuses_a_second_holder_and_a_second_seat(people):
    tenure = seat(factories.unit(), people.secretary)
    other = Seat.objects.vacant().first()
    for doubled in ({"seat": tenure.seat, "unit": factories.unit()}, {"seat": other, "unit": tenure.unit}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitTenure.objects.create(term=tenure.term, begins_on=clock.today(), resolution=tenure.resolution, **doubled)


def test_past_tenures_do_not_overlap_either(people):
    if connection.vendor != "postgresql":
        pytest.skip("an exclusion constraint is PostgreSQL's")
    tenure = seat(factories.unit(), people.secretary)
    UnitTenure.objects.filter(pk=tenure.pk).update(begins_on=clock.today() - timedelta(days=90))
    past = {"begins_on": clock.today() - timedelta(days=30), "ended_on": clock.today() - timedelta(days=10)}
    with pytest.raises(IntegrityError, match="tenures_of_a_seat_do_not_overlap"), transaction.atomic():
        UnitTenure.objects.create(
            term=tenure.term, seat=tenure.seat, unit=factories.unit(), resolution=tenure.resolution, cause="gave_up", **past
        )


def test_a_unit_that_leaves_vacates_its_seat_at_once_and_the_night_writes_it_down(people):
    unit = factories.unit(admitted_on=clock.today() - timedelta(days=20))
    with clock.at(clock.now() - timedelta(days=10)):
        tenure = seat(unit, people.secretary)
    membership.resign(unit, by=people.officer, reason="业务调整")
    assert tenure.seat in Seat.objects.vacant()
    end_lapsed_tenures()
    end_lapsed_tenures()
    tenure.refresh_from_db()
    assert (tenure.ended_on, tenure.persons.get().ended_on) == (unit.ended_on, unit.ended_on)


def test_filling_a_seat_first_ends_the_tenure_that_lapsed(people):
    leaving, coming = factories.unit(), factories.unit()
    for unit in (leaving, factories.unit()):
        seat(unit, people.secretary)
    membership.resign(leaving, by=people.officer, reason="业务调整")
    tenure = seat(coming, people.secretary)
    assert tenure.seat.tenures.get(unit=leaving).ended_on == leaving.ended_on


def test_suspension_does_not_vacate(people):
    unit = factories.unit()
    tenure = seat(unit, people.secretary)
    membership.suspend(unit, by=people.officer, reason="年度会议缺席")
    assert unit.state == MembershipState.SUSPENDED
    assert tenure.seat not in Seat.objects.vacant()


def test_leaving_a_seat_keeps_the_past(people):
    tenure = seat(factories.unit(), people.secretary)
    workflow.vacate(tenure, on=clock.today(), reason="工作变动", cause="gave_up", by=people.secretary)
    with pytest.raises(Refused):
        workflow.vacate(tenure, on=clock.today(), reason="工作变动", cause="gave_up", by=people.secretary)
    assert PersonTenure.objects.get(unit_tenure=tenure).ended_on == clock.today()


# ── Threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────

AT_ONCE, ROUNDS = 20, 10


@pytest.fixture
def rivals(committed):
    """Twenty units who want the four director seats of one direction, and the person who grants."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    factories.resolution(meeting=factories.meeting(assembly="council"), subject="增补理事单位")  # the one that all of them go by
    return [factories.unit() for _ in range(AT_ONCE)], factories.user("王例三", "secretary")


def race(work, rivals) -> None:
    """Everybody at once; refusals are part of it."""
    barrier = Barrier(len(rivals))

    def run(unit):
        try:
            barrier.wait()
            work(unit)
        except (Refused, IntegrityError):
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(unit,)) for unit in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.race
def test_twenty_units_at_once_ten_times_oversell_no_seat(rivals):
    units, by = rivals
    for _ in range(ROUNDS):
        race(lambda unit: seat(unit, by, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN), units)
        granted = list(UnitTenure.objects.values_list("seat_id", "unit_id"))
        assert len(granted) == len({s for s, _ in granted}) == len({u for _, u in granted}) == 4
        PersonTenure.objects.all().delete()
        UnitTenure.objects.all().delete()


@pytest.mark.race
def test_the_naive_twin_that_counts_first_oversells(rivals):
    """What the seats as rows are for: counting what is taken, then adding one, lets more in than there is room for."""
    units, _by = rivals
    room, parked = 4, Barrier(AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_grant (unit_id bigint)")

    def grant(unit):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM naive_grant")
            taken = cursor.fetchone()[0]
            parked.wait(10)
            if taken < room:
                cursor.execute("INSERT INTO naive_grant VALUES (%s)", [unit.pk])

    try:
        race(grant, units)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM naive_grant")
            assert cursor.fetchone()[0] > room
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_grant")
