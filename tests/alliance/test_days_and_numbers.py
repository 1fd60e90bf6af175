"""Working days as the State Council ordered them, and numbers without a gap."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection, connections, transaction

from alliance import clock
from alliance.calendar.days import due_after, is_announced, working_day_after
from alliance.calendar.filling import fill
from alliance.calendar.models import ExceptionalDay
from alliance.numbering.models import Counter, take


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2020, 9, 25), 7, date(2020, 10, 12)),
        (date(2020, 12, 12), 5, date(2020, 12, 18)),
        (date(2020, 9, 25), 1, date(2020, 9, 27)),  # a Sunday that was worked
        (date(2020, 12, 11), 1, date(2020, 12, 14)),
        (date(2027, 1, 1), 5, date(2027, 1, 8)),  # not announced: Monday to Friday
    ],
)
def test_working_days_after_a_day(day, count, last, db):
    assert working_day_after(day, count) == last


def test_a_limit_ends_at_the_midnight_after_its_last_day(db):
    moment = datetime(2020, 12, 12, 3, 0, tzinfo=UTC)
    assert due_after(moment, 5) == clock.midnight(date(2020, 12, 19))


def test_a_year_without_its_table_is_told(db):
    assert (is_announced(2020), is_announced(2026), is_announced(2027)) == (True, True, False)


def test_filling_again_adds_nothing_and_keeps_the_office_s_edits(db):
    ExceptionalDay.objects.filter(day=date(2026, 10, 1)).update(note="国庆节", is_workday=True)
    assert fill() == 0
    assert ExceptionalDay.objects.get(day=date(2026, 10, 1)).is_workday


def test_the_day_is_shanghai_s_whatever_the_server_s_zone(monkeypatch):
    with clock.at(datetime(2020, 12, 12, 16, 30, tzinfo=UTC)):
        assert clock.today() == date(2020, 12, 13)


def test_a_moment_needs_its_zone():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2020, 12, 12)):  # noqa: DTZ001
        pass


def test_numbers_follow_each_other_and_a_rolled_back_one_is_given_again(db):
    assert [take("application 2020"), take("application 2020"), take("member")] == [1, 2, 1]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take("application 2020")
        1 / 0  # noqa: B018
    assert take("application 2020") == 3


@pytest.mark.race
def test_twelve_takers_at_once_get_twelve_numbers_without_a_gap(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    barrier, taken = Barrier(12), []

    def work():
        barrier.wait()
        with transaction.atomic():
            taken.append(take("race"))
        connections.close_all()

    threads = [Thread(target=work) for _ in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(taken) == list(range(1, 13))
    assert Counter.objects.get(name="race").last == 12


@pytest.mark.race
def test_a_number_outside_a_transaction_is_refused(committed):
    with pytest.raises(RuntimeError, match="transaction"):
        take("nowhere")
