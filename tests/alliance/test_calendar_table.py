"""The table of working days: kept in the admin, taken over from a list; limits follow it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.calendar import reading
from alliance.calendar.days import due_after, working_day_after
from alliance.calendar.models import Edition, ExceptionalDay, edition
from alliance.history.models import Event
from alliance.letters.models import Letter
from applications import limits, workflow
from applications.choices import State
from tests import factories

pytestmark = pytest.mark.django_db
SPRING = "日期,安排,说明\n2027-02-05,休,春节\n2027/2/8,休,春节\n2027.2.9,放假\n2027-02-14,班,调休\n2027-02-06,休,周六本休\n"
LISTED = reverse("admin:calendar_exceptionalday_list")


def test_a_list_is_taken_over_once_and_twice_changes_nothing(people):
    assert reading.take_over(reading.read(SPRING), by=people.officer) == 4
    assert reading.take_over(reading.read(SPRING), by=people.officer) == 0
    assert list(ExceptionalDay.objects.filter(day__year=2027).values_list("day", "is_workday", "note").order_by("day")) == [
        (date(2027, 2, 5), False, "春节"),
        (date(2027, 2, 8), False, "春节"),
        (date(2027, 2, 9), False, ""),
        (date(2027, 2, 14), True, "调休"),
    ]
    assert (Edition.objects.count(), working_day_after(date(2027, 2, 4), 3)) == (1, date(2027, 2, 12))


def test_a_day_that_follows_the_week_again_is_taken_out(people):
    reading.take_over(reading.read(SPRING), by=people.officer)
    assert reading.take_over(reading.read("2027-02-05,班"), by=people.officer) == 1
    assert not ExceptionalDay.objects.filter(day=date(2027, 2, 5)).exists()


@pytest.mark.parametrize(
    "text", ["2027-02-05\t休\t春节\n", "2027-02-05;休;春节", "\ufeff2027-2-5,休,春节\r\n", "date,is_workday,note\n2027-02-05,0,春节"]
)
def test_a_list_may_come_from_a_spreadsheet(text):
    assert reading.read(text) == [(date(2027, 2, 5), False, "春节")]


def test_every_line_that_cannot_be_meant_is_named_and_nothing_is_taken_over(people, client):
    client.force_login(people.officer)
    bad = (
        "2027-02-30,休\n2027-01-01,也许\n1027-01-01,休\n2027-01-03,休,"
        + "长" * 61
        + "\n2027-05-01,休\n2027-05-01,班\nx\n99999999999999999999-01-01,休"
    )
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        reading.read(bad)
    assert [each.split(":")[0] for each in refusal.value.messages] == [
        "Line 1",
        "Line 2",
        "Line 3",
        "Line 4",
        "Line 7",
        "Line 8",
        "Stands there twice",
    ]
    before = ExceptionalDay.objects.count()
    answer = client.post(LISTED, {"days": bad})
    assert (answer.status_code, ExceptionalDay.objects.count(), bad.splitlines()[0] in answer.content.decode()) == (200, before, True)
    assert client.post(LISTED, {"days": SPRING}).status_code == 302


@pytest.mark.parametrize("text", ["", "\n\n", "日期,安排", "2027-01-01,休\n" * 1001])
def test_an_empty_or_endless_list_is_refused(text):
    with pytest.raises(ValidationError):
        reading.read(text)


def test_who_may_not_keep_the_table_finds_no_list(people, client):
    for role in ("clerk", "auditor", "sysadmin"):
        client.force_login(getattr(people, role))
        assert client.get(LISTED).status_code == 404


def test_one_day_changed_by_hand_is_an_edition_too(people, client):
    client.force_login(people.officer)
    client.post(reverse("admin:calendar_exceptionalday_add"), {"day": "2027-01-04", "note": "元旦"})
    day = ExceptionalDay.objects.get(day=date(2027, 1, 4))
    assert edition() == Edition.objects.get().pk
    client.post(reverse("admin:calendar_exceptionalday_delete", args=[day.pk]), {"post": "yes"})
    assert Edition.objects.count() == 2


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def declare_free(days, people):
    """The next `days` days are free."""
    text = "\n".join(f"{clock.today() + timedelta(days=n)},休,演示" for n in range(1, days + 1))
    reading.take_over(reading.read(text), by=people.officer)


def test_a_limit_is_counted_again_the_applicant_told_and_the_old_one_kept(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="请重新盖章")
    before = application.due_at
    declare_free(10, people)
    for _twice in range(2):
        limits.count_again()
    application.refresh_from_db()
    assert application.due_at == due_after(application.due_from, application.due_days) > before
    [event] = Event.objects.of(application).filter(step="recount")
    assert [datetime.fromisoformat(event.details[name]) for name in ("before", "after")] == [before, application.due_at]
    assert Letter.objects.filter(template="limit_moved", recipient=people.applicant).count() == 1


def test_public_notice_moves_too_but_not_while_an_objection_stops_its_clock(people):
    running, stopped = (factories.application(State.PUBLICITY) for _ in range(2))
    for application in (running, stopped):
        limits.publish(application)
        application.save()
    workflow.object_to(stopped, by=people.officer, **factories.objection())
    before = running.publicity_until, stopped.publicity_until
    declare_free(12, people)
    limits.count_again()
    running.refresh_from_db()
    stopped.refresh_from_db()
    assert running.publicity_until > before[0]
    assert stopped.publicity_until == before[1]


def test_a_limit_that_is_over_or_would_end_before_today_does_not_run_away(people):
    application = factories.application(State.SUBMITTED)
    declare_free(9, people)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="请重新盖章")
    ExceptionalDay.objects.filter(day__gt=clock.today()).delete()
    Edition.objects.create(days=9)
    with clock.at(application.due_at - timedelta(hours=1)):
        limits.count_again()
        application.refresh_from_db()
        assert application.due_at == clock.midnight(clock.today() + timedelta(days=1))
    Edition.objects.create(days=1)
    with clock.at(application.due_at + timedelta(days=3)):
        assert limits.count_again() == 0


def test_the_desk_asks_for_next_year_s_table_from_15_december(people, client):
    client.force_login(people.clerk)
    asked = []
    for day in (date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 31), date(2025, 12, 20)):
        with clock.at(clock.midnight(day)):
            asked.append(len(client.get("/admin/").context["troubles"]))
    assert asked == [0, 1, 1, 0]
