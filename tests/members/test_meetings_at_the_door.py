"""Signing in at a meeting in three ways, undoing it, and the screen of the hall."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.history.models import Event
from alliance.workflow import NotAllowed, Refused
from members import workflow
from members.choices import MeetingState, SignedIn
from members.forms.meetings import ProxyForm
from members.views.hall import CHANGES, GOOD_FOR, code_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(people):
    """In session: the member's unit and two others are called, nobody is there yet."""
    return factories.meeting(units=[people.units["member"], factories.unit(people.applicant), factories.unit()], present=0)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


# ── At the door ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_characters_find_a_line_and_one_tap_signs_it_in(people, meeting):
    officer, unit = signed_in(people.officer), people.units["member"]
    words = unit.organisation.name[:2]
    assert unit.organisation.name in page(officer, "members_door", meeting.uuid, q=words)
    assert unit.organisation.name in page(officer, "members_door", meeting.uuid, q=unit.representative.name)
    line = meeting.attendances.get(unit=unit)
    said = officer.post(reverse("members_door", args=[meeting.uuid]), {"line": line.pk}, follow=True).content.decode()
    assert f"已签到：{line}。" in said
    line.refresh_from_db()
    assert (line.way, line.came) == (SignedIn.DOOR, unit.representative.name)
    again = officer.post(reverse("members_door", args=[meeting.uuid]), {"line": line.pk}, follow=True).content.decode()
    assert f"{line}此前已签到。" in again
    assert Event.objects.of(meeting).steps("sign_in").count() == 1


def test_one_character_is_too_short_and_an_unknown_name_finds_nobody(people, meeting):
    officer = signed_in(people.officer)
    assert "请至少输入两个字" in page(officer, "members_door", meeting.uuid, q="深")
    assert "名册上没有查到" in page(officer, "members_door", meeting.uuid, q="查无此名")


def test_a_wrong_tap_is_undone_with_its_reason(people, meeting):
    officer, line = signed_in(people.officer), meeting.attendances.first()
    address = reverse("members_door", args=[meeting.uuid])
    officer.post(address, {"line": line.pk})
    assert f"撤销{line}的签到" in page(officer, "members_door", meeting.uuid, undo=line.pk)
    assert officer.post(address, {"line": line.pk, "undo": "1", "reason": ""}).status_code == 422
    officer.post(address, {"line": line.pk, "undo": "1", "reason": "点错了单位"})
    line.refresh_from_db()
    assert (line.signed_in_at, line.way, line.came, line.undone_because) == (None, "", "", "点错了单位")
    event = Event.objects.of(meeting).steps("undo_sign_in").get()
    assert "点错了单位" not in str(event.details)
    with pytest.raises(Refused):
        workflow.undo_sign_in(line, by=people.officer, reason="再次")


def test_who_has_voted_was_there(people, meeting):
    line = meeting.attendances.first()
    for each in meeting.attendances.all():
        workflow.sign_in(each, by=people.officer)
    motion = factories.motion(people.officer, "open", way="named", meeting=meeting)
    with pytest.raises(Refused, match="已参加表决"):
        workflow.undo_sign_in(line, by=people.officer, reason="误")
    assert motion.votes.count() == 3


def test_a_line_of_another_meeting_is_not_found(people, meeting):
    other = factories.meeting(units=[factories.unit()], present=0).attendances.get()
    assert signed_in(people.officer).post(reverse("members_door", args=[meeting.uuid]), {"line": other.pk}).status_code == 404


def test_only_officers_sign_others_in_and_only_in_session(people, meeting):
    line = meeting.attendances.first()
    for who in (people.clerk, people.member, people.applicant):
        with pytest.raises(NotAllowed):
            workflow.sign_in(line, by=who)
        with pytest.raises(NotAllowed):
            workflow.undo_sign_in(line, by=who, reason="误")
        with pytest.raises(NotAllowed):
            workflow.enter_sheet(meeting, by=who, signed={line.pk}, absent={})
    workflow.close_meeting(meeting, by=people.officer)
    with pytest.raises(Refused):
        workflow.sign_in(line, by=people.officer)
    with pytest.raises(Refused):
        workflow.enter_sheet(meeting, by=people.officer, signed={line.pk}, absent={})


# ── By phone ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_code_of_the_hall_leads_the_representative_to_confirm(people, meeting):
    """The screen's QR holds the same address; looking at it signs nobody in."""
    member, code = signed_in(people.member), code_of(meeting)
    assert "我已到会" in page(member, "members_sign_in", meeting.uuid, code=code)
    assert meeting.present == 0
    member.post(reverse("members_sign_in", args=[meeting.uuid]), {"code": code})
    line = meeting.attendances.get(unit=people.units["member"])
    assert (line.way, line.came, meeting.present) == (SignedIn.PHONE, line.voter, 1)


def test_a_code_is_good_for_five_minutes(people, meeting):
    member, now = signed_in(people.member), clock.now()
    code = code_of(meeting)
    for seconds, is_good in ((CHANGES * (GOOD_FOR - 1), True), (CHANGES * (GOOD_FOR + 1), False)):
        with clock.at(now + timedelta(seconds=seconds)):
            assert ("我已到会" in page(member, "members_sign_in", meeting.uuid, code=code)) == is_good
    with clock.at(now + timedelta(seconds=CHANGES * (GOOD_FOR + 1))):
        answer = member.post(reverse("members_sign_in", args=[meeting.uuid]), {"code": code}).content.decode()
    assert "二维码已失效" in answer
    assert meeting.present == 0
    with clock.at(now + timedelta(seconds=CHANGES)):
        assert code_of(meeting) != code


def test_another_meeting_s_code_opens_nothing(people, meeting):
    other = factories.meeting(units=[people.units["member"]], present=0)
    assert "二维码已失效" in page(signed_in(people.member), "members_sign_in", meeting.uuid, code=code_of(other))


def test_whoever_is_not_called_does_not_find_the_meeting(people, meeting):
    for who in (people.stranger, people.officer, people.council):
        assert signed_in(who).get(reverse("members_sign_in", args=[meeting.uuid]), {"code": code_of(meeting)}).status_code == 404
    anonymous = Client().get(reverse("members_sign_in", args=[meeting.uuid]), {"code": code_of(meeting)})
    assert anonymous.status_code == 302
    assert code_of(meeting) in anonymous["Location"]


def test_the_proxy_signs_in_with_their_own_account_and_the_representative_may_still_come(people, meeting):
    unit, colleague = people.units["member"], people.stranger
    unit.organisation.colleagues.create(user=colleague, role="fills_in")
    line = meeting.attendances.get(unit=unit)
    workflow.give_proxy(line, by=people.officer, name="陈示七", post="部长", account=colleague)
    workflow.sign_in(line, by=colleague, way=SignedIn.PHONE)
    line.refresh_from_db()
    assert line.came == "陈示七"
    workflow.undo_sign_in(line, by=people.officer, reason="代表到会")
    workflow.sign_in(line, by=people.member, way=SignedIn.PHONE)
    line.refresh_from_db()
    assert line.came == line.voter


def test_what_is_wrong_with_a_proxy_stands_at_its_field(people, meeting):
    line, other = meeting.attendances.get(unit=people.units["member"]), meeting.attendances.exclude(unit=people.units["member"]).first()

    def wrong(**typed) -> dict[str, int]:
        form = ProxyForm({"post": "部长", "is_of_unit": "on"} | typed, attendance=line, by_office=False)
        return {name: len(errors) for name, errors in form.errors.items()}

    assert wrong(name="陈示七") == {}
    assert wrong(name=line.voter) == wrong(name=other.voter) == {"name": 1}
    assert wrong(name="陈示七", email=people.stranger.email) == wrong(name="陈示七", email="nobody@example.org") == {"email": 1}


# ── On paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_printed_sheet_is_entered_afterwards_with_reasons_of_absence(people, meeting):
    officer, lines = signed_in(people.officer), list(meeting.attendances.all())
    address = reverse("members_sheet", args=[meeting.uuid])
    typed = {"signed": [lines[0].pk, lines[1].pk], f"absent_{lines[2].pk}": "出差"}
    assert "已按签到表签到 2 行。" in officer.post(address, typed, follow=True).content.decode()
    assert [(line.way, line.absent_because) for line in meeting.attendances.all()] == [("paper", ""), ("paper", ""), ("", "出差")]
    assert meeting.has_quorum
    officer.post(address, {"signed": [lines[2].pk], f"absent_{lines[2].pk}": "出差"})
    assert meeting.attendances.get(pk=lines[2].pk).absent_because == ""


def test_what_cannot_be_seen_is_no_reason(people, meeting):
    line = meeting.attendances.first()
    signed_in(people.officer).post(reverse("members_sheet", args=[meeting.uuid]), {f"absent_{line.pk}": "出\u202e差"})
    line.refresh_from_db()
    assert line.absent_because == ""


# ── The screen ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_screen_shows_seventeen_of_twenty_five(people):
    units = [factories.unit() for _ in range(25)]
    meeting = factories.meeting(units=units, present=16)
    officer = signed_in(people.officer)
    text = page(officer, "members_hall", meeting.uuid)
    assert "未达到法定人数：应到 25，须到 17，还差 1。" in text
    assert re.findall(r"<dd>(.*?)</dd>", text)[:3] == ["25", "16", "64%"]
    workflow.sign_in(meeting.attendances.absent().first(), by=people.officer)
    part = officer.get(reverse("members_hall", args=[meeting.uuid]), headers={"hx-request": "true"}).content.decode()
    assert "已达到法定人数：应到 25，须到 17，实到 17。" in part
    assert "<html" not in part
    assert "<svg" in part


def test_the_screen_has_no_code_before_and_after_the_session(people):
    for state in (MeetingState.CONVENED, MeetingState.CLOSED):
        meeting = factories.meeting(state, units=[factories.unit()], present=0)
        assert "扫码签到" not in page(signed_in(people.officer), "members_hall", meeting.uuid)
    planned = factories.meeting(MeetingState.PLANNED)
    assert signed_in(people.officer).get(reverse("members_hall", args=[planned.uuid])).status_code == 404


@pytest.mark.parametrize("name", ["members_hall", "members_door", "members_sheet"])
def test_the_pages_of_the_hall_take_the_same_statements_however_many_are_called(people, name, django_assert_max_num_queries):
    officer = signed_in(people.officer)
    wanted = None
    for count in (1, 3, 30):
        meeting = factories.meeting(units=[factories.unit() for _ in range(count)])
        address = reverse(name, args=[meeting.uuid])
        officer.get(address)
        with django_assert_max_num_queries(60) as run:
            officer.get(address)
        wanted = wanted or len(run)
        assert len(run) == wanted, count


def test_the_roll_in_the_admin_takes_the_same_statements_however_long(people, django_assert_max_num_queries):
    officer, wanted = signed_in(people.officer), None
    for count in (1, 3, 30):
        meeting = factories.meeting(units=[factories.unit() for _ in range(count)])
        with django_assert_max_num_queries(60) as run:
            officer.get(reverse("admin:members_attendance_changelist"), {"meeting__id__exact": meeting.pk})
        wanted = wanted or len(run)
        assert len(run) == wanted, count


# ── Threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.race
def test_two_officers_and_the_representative_at_once_sign_in_once(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    officers = [factories.user(f"李范{n}", "officer") for n in "二三四五"]
    line = factories.meeting(units=[factories.unit()], present=0).attendances.get()
    barrier, done = Barrier(len(officers)), []

    def run(by):
        try:
            barrier.wait()
            done.append(workflow.sign_in(line, by=by))
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert Event.objects.of(line.meeting).steps("sign_in").count() == 1
