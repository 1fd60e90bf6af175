"""A meeting from its plan to its end: notice, roll and its corrections, proxies, tellers, agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.files.models import StoredFile
from alliance.letters.models import Letter
from alliance.templatetags import portal
from alliance.workflow import NotAllowed, Refused
from council.models import Candidate, Contest
from members import workflow
from members.choices import Assembly, Direction, LimitKind, Matter, MeetingState, Tier
from members.models import AgendaItem, Attendance, Body, BodyTenure, Limit, Meeting, Proxy, Rule, Teller
from members.models.colleague import Colleague, Role
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db


def planned(days: int = 20, **changes) -> Meeting:
    return factories.meeting(MeetingState.PLANNED, held_at=clock.now() + timedelta(days=days), **changes)


def convened(people, days: int = 20, **changes) -> Meeting:
    meeting = planned(days, **changes)
    workflow.convene(meeting, by=people.officer)
    return meeting


# ── Name ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("assembly", "name"),
    [
        ("members", "第一届第二次准成员大会"),
        ("council", "第一届理事会第二次会议"),
        ("experts", "第一届专家委员会第二次会议"),
        ("preparatory", "筹建工作组第二次会议"),
    ],
)
def test_the_name_has_four_parts(assembly, name):
    with translation.override("zh-hans"):
        assert planned(assembly=assembly, ordinal=2).full_name == f"广东省大湾区新能源汽车产业技术创新联盟{name}"


def test_in_english_the_parts_are_the_same():
    with translation.override("en"):
        assert str(planned(assembly="council", ordinal=2)) == "Council of term 1, meeting 2"


# ── Notice ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("assembly", "days", "in_time"),
    [
        ("members", 10, True),
        ("members", 9, False),
        ("council", 3, True),
        ("council", 2, False),
        ("experts", 3, True),
        ("preparatory", 0, True),
    ],
)
def test_a_body_is_called_so_many_days_ahead(people, assembly, days, in_time):
    meeting = planned(days, assembly=assembly)
    if in_time:
        workflow.convene(meeting, by=people.officer)
        assert meeting.state == MeetingState.CONVENED
    else:
        with pytest.raises(Refused, match=f"called {10 if assembly == 'members' else 3} days ahead"), translation.override("en"):
            workflow.convene(meeting, by=people.officer)
        assert not meeting.attendances.exists()


def test_a_term_may_have_a_notice_of_its_own(people):
    Limit.objects.create(term=factories.term(), kind=LimitKind.NOTICE_TO_MEMBERS, numerator=15, source="章程第二十条")
    with pytest.raises(Refused):
        convened(people, 14)
    assert convened(people, 15).state == MeetingState.CONVENED


def test_with_the_reason_for_urgency_it_may_be_sooner(people):
    assert convened(people, 0, urgency="主管部门要求限期备案").state == MeetingState.CONVENED


def plan_typed(**changes) -> dict[str, object]:
    moment = (clock.now() + timedelta(days=2)).astimezone(clock.SHANGHAI)
    typed = {"assembly": "members", "term": factories.term().pk, "ordinal": 1, "place": "广州", "mode": "paper"}
    typed |= {"held_at_0": f"{moment:%Y-%m-%d}", "held_at_1": f"{moment:%H:%M}", "presides": "王例三"}
    typed |= {"agenda-TOTAL_FORMS": 1, "agenda-INITIAL_FORMS": 0, "agenda-0-position": 1, "agenda-0-title": "审议章程（草案）"}
    return typed | changes


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_meeting_planned_too_late_is_told_at_its_field_and_nothing_typed_is_lost(people):
    officer, address = signed_in(people.officer), reverse("admin:members_meeting_add")
    page = officer.post(address, plan_typed()).content.decode()
    day = clock.today()
    said = f"该会议须提前 10 天通知：今日发出通知的，最早于 {portal.day(day + timedelta(days=10))} 召开，而会议定于 {portal.day(day + timedelta(days=2))}。请改期，或者填写紧急召开的理由。"
    assert said in page
    assert "审议章程（草案）" in page
    assert "王例三" in page
    assert not Meeting.objects.exists()
    assert officer.post(address, plan_typed(urgency="限期备案")).status_code == 302
    meeting = Meeting.objects.get()
    assert [str(item) for item in meeting.agenda.all()] == ["1. 审议章程（草案）"]


def test_names_are_typed_in_for_the_preparatory_group_alone(people):
    officer, address = signed_in(people.officer), reverse("admin:members_meeting_add")
    page = officer.post(address, plan_typed(assembly="council", urgency="急", invited="李范二")).content.decode()
    assert "该机构的名册由名录生成；只有筹建工作组会议需要手工填写姓名。" in page
    assert officer.post(address, plan_typed(assembly="preparatory", invited="李范二\n\n王例三\n李范二")).status_code == 302
    meeting = Meeting.objects.get()
    workflow.convene(Meeting.objects.get(), by=people.officer)
    assert list(meeting.attendances.values_list("unit", "voter")) == [(None, "李范二"), (None, "王例三")]
    assert meeting.quorum == 2


# ── Roll ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_assembly_s_roll_is_every_active_unit_with_its_representative(people):
    resting, unit = factories.unit(state="suspended"), factories.unit(people.applicant)
    meeting = convened(people)
    assert list(meeting.attendances.values_list("unit", "voter", "user")) == [(unit.pk, unit.representative.name, people.applicant.pk)]
    assert resting.attendances.count() == 0


def test_the_council_s_roll_is_who_holds_a_seat_with_the_person_who_fills_it(people):
    seated, other = people.units["council"], people.units["member"]
    meeting = convened(people, assembly=Assembly.COUNCIL)
    assert [(line.unit, line.voter, line.user) for line in meeting.attendances.all()] == [
        (seated, seated.representative.name, people.council)
    ]
    assert other.attendances.count() == 0


def test_a_seat_holder_whose_rights_rest_is_not_called_to_the_council(people):
    workflow.suspend(people.units["council"], by=people.officer, reason="未履行义务")
    assert not convened(people, assembly=Assembly.COUNCIL).attendances.exists()


def test_the_expert_committee_s_roll_is_persons_and_each_is_written_to(people):
    committee = Body.objects.get(kind="experts")
    expert = people.expert.expert
    BodyTenure.objects.create(body=committee, expert=expert, begins_on=clock.today())
    meeting = convened(people, assembly=Assembly.EXPERTS)
    assert [(line.unit, line.voter, line.user) for line in meeting.attendances.all()] == [(None, expert.name, people.expert)]
    letter = Letter.objects.get(template="person_convened")
    assert (letter.recipient, letter.subject) == (people.expert, f"会议通知：{meeting}")
    workflow.open_meeting(meeting, by=people.officer)
    assert signed_in(people.expert).get(reverse("members_meeting", args=[meeting.uuid])).status_code == 200


@pytest.mark.parametrize(("called", "quorum"), [(25, 17), (24, 16), (3, 2), (1, 1)])
def test_two_thirds_or_more_are_a_quorum(called, quorum):
    meeting = factories.meeting(assembly="preparatory")
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, voter=f"成员{n}", signed_in_at=clock.now() if n < quorum - 1 else None) for n in range(called)
    )
    assert (meeting.eligible, meeting.quorum, meeting.has_quorum) == (called, quorum, False)
    line = meeting.attendances.absent().first()
    line.signed_in_at = clock.now()
    line.save()
    assert meeting.has_quorum


def test_the_quorum_is_the_term_s_rule(people):
    rule = {"rule_numerator": 1, "rule_denominator": 2, "rule_inclusive": False, "rule_base": "eligible"}
    Rule.objects.create(term=factories.term(), matter=Matter.QUORUM, source="章程", **rule)
    assert factories.meeting(units=[factories.unit() for _ in range(4)]).quorum == 3


def test_whoever_was_left_out_is_added_with_the_reason_and_called(people):
    meeting = convened(people)
    late = factories.unit(people.applicant)
    workflow.add_to_roll(meeting, by=people.officer, whom=late.number.lower(), reason="申诉成立")
    line = meeting.attendances.get(unit=late)
    assert (line.voter, line.added_because) == (late.representative.name, "申诉成立")
    assert Letter.objects.filter(template="meeting_convened", recipient=people.applicant).count() == 1


@pytest.mark.parametrize(
    ("whom", "said"), [("nobody", "没有此编号的会员单位"), ("twice", "已在名册上"), ("resting", "没有表决权：会员状态为")]
)
def test_who_cannot_be_added_is_told_at_the_field(people, whom, said):
    called = factories.unit()
    meeting = convened(people)
    number = {"nobody": "GBANEV-9999", "twice": called.number, "resting": factories.unit(state="suspended").number}[whom]
    answer = signed_in(people.officer).post(
        reverse("admin:members_meeting_step", args=["add_to_roll"]), {"ids": meeting.pk, "whom": number, "reason": "申诉"}
    )
    assert said in answer.content.decode()
    with pytest.raises(Refused):
        workflow.add_to_roll(meeting, by=people.officer, whom=number, reason="申诉")
    assert meeting.attendances.count() == 1


def test_who_stands_there_by_mistake_is_struck_and_the_line_remains(people):
    units = [factories.unit() for _ in range(3)]
    meeting = convened(people)
    workflow.strike_from_roll(meeting, by=people.officer, whom=units[0].number, reason="重复登记")
    assert (meeting.eligible, meeting.attendances.count()) == (2, 3)
    line = meeting.attendances.get(unit=units[0])
    assert line.struck_because == "重复登记"
    with pytest.raises(Refused):
        workflow.strike_from_roll(meeting, by=people.officer, whom=units[0].number, reason="再次")
    workflow.open_meeting(meeting, by=people.officer)
    with pytest.raises(Refused, match="删除"):
        workflow.sign_in(line, by=people.officer)
    page = signed_in(people.officer).post(
        reverse("admin:members_meeting_step", args=["strike_from_roll"]), {"ids": meeting.pk, "whom": "GBANEV-9999", "reason": "误"}
    )
    assert page.status_code == 409 or "名册上没有" in page.content.decode()


def test_persons_are_added_and_struck_by_name(people):
    meeting = convened(people, 0, assembly=Assembly.PREPARATORY, invited="李范二")
    workflow.add_to_roll(meeting, by=people.officer, whom="王例三", reason="漏列")
    with pytest.raises(Refused):
        workflow.add_to_roll(meeting, by=people.officer, whom="王例三", reason="漏列")
    workflow.strike_from_roll(meeting, by=people.officer, whom="李范二", reason="已离任")
    assert [line.name for line in meeting.attendances.called()] == ["王例三"]


CHANGES = [{"unit_id": 0}, {"voter": "别人"}, {"user_id": 0}, {"added_because": "无"}]


@pytest.mark.parametrize("change", CHANGES, ids=[next(iter(change)) for change in CHANGES])
def test_on_postgresql_the_roll_is_frozen(people, change):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone promises it")
    other = factories.unit(people.stranger)
    meeting = convened(people)
    line = meeting.attendances.get()
    change = {"unit_id": factories.unit().pk} if "unit_id" in change else {"user_id": people.officer.pk} if "user_id" in change else change
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=line.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=line.pk).delete()
    assert meeting.attendances.get().unit == other


def test_on_postgresql_what_is_struck_stays_struck_and_a_closed_door_stays_closed(people):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone promises it")
    units = [factories.unit(), factories.unit()]
    meeting = convened(people)
    workflow.strike_from_roll(meeting, by=people.officer, whom=units[0].number, reason="误列")
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.attendances.filter(unit=units[0]).update(struck_at=None)
    workflow.open_meeting(meeting, by=people.officer)
    workflow.close_meeting(meeting, by=people.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.attendances.filter(unit=units[1]).update(signed_in_at=clock.now())


# ── Proxies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def call(people):
    """The member's unit and another, called to an assembly."""
    assert people.units["member"]
    factories.unit(people.applicant)
    return convened(people)


def line_of(meeting: Meeting, unit) -> Attendance:
    return meeting.attendances.select_related("meeting").get(unit=unit)


def test_a_unit_sends_another_of_its_people_until_the_meeting_opens(people, call):
    unit = people.units["member"]
    client, address = signed_in(people.member), reverse("myunit:proxy", args=[unit.number, call.uuid])
    assert client.post(address, {"name": "陈示七", "post": "技术部长", "is_of_unit": "on"}).status_code == 302
    proxy = Proxy.objects.get()
    assert (proxy.name, proxy.post, proxy.paper_given, proxy.given_by) == ("陈示七", "技术部长", False, people.member)
    assert "陈示七" in client.get(reverse("myunit:meetings", args=[unit.number])).content.decode()
    client.post(address, {"name": "周例七", "post": "主任", "is_of_unit": "on"})
    assert [(each.name, bool(each.revoked_at)) for each in Proxy.objects.all()] == [("陈示七", True), ("周例七", False)]
    client.post(address, {"take_back": "1"})
    assert line_of(call, unit).proxy is None
    workflow.open_meeting(call, by=people.officer)
    with pytest.raises(Refused):
        workflow.give_proxy(line_of(call, unit), by=people.member, name="陈示七", post="技术部长")
    workflow.give_proxy(line_of(call, unit), by=people.officer, name="陈示七", post="技术部长", paper_given=True)
    assert line_of(call, unit).person == "陈示七"


def test_the_scan_of_a_proxy_is_read_by_the_unit_and_the_office_alone(people, call, settings, tmp_path):
    settings.PORTAL_HOME = tmp_path
    unit = people.units["member"]
    client, address = signed_in(people.member), reverse("myunit:proxy", args=[unit.number, call.uuid])
    typed = {"name": "陈示七", "post": "部长", "is_of_unit": "on", "paper": SimpleUploadedFile("委托书.png", hostile.picture("PNG"))}
    assert client.post(address, typed).status_code == 302
    file = StoredFile.objects.about(Proxy.objects.all()).get()
    assert file.get_absolute_url() in client.get(address).content.decode()
    assert (
        file.get_absolute_url()
        in signed_in(people.officer).get(reverse("members_proxy", args=[call.uuid, line_of(call, unit).pk])).content.decode()
    )
    for who, code in ((people.member, 200), (people.officer, 200), (people.applicant, 404)):
        answer = signed_in(who).get(file.get_absolute_url())
        assert answer.status_code == code
        b"".join(answer.streaming_content if answer.streaming else [])  # a file that is being handed out is closed when it was read


def test_the_written_proxy_is_ready_to_be_sealed(people, call):
    unit = people.units["member"]
    answer = signed_in(people.member).get(reverse("myunit:proxy_paper", args=[unit.number, call.uuid]))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer.content.startswith(b"PK")


def typed_proxy(people, call, **typed) -> str:
    """The page that comes back."""
    address = reverse("myunit:proxy", args=[people.units["member"].number, call.uuid])
    answer = signed_in(people.member).post(address, {"name": "陈示七", "post": "部长", "is_of_unit": "on"} | typed)
    assert answer.status_code == 422
    assert not Proxy.objects.exists()
    return answer.content.decode()


def test_another_unit_s_person_is_refused_at_the_field(people, call):
    unit, other = (
        people.units["member"],
        call.attendances.exclude(unit=people.units["member"]).get(unit__representatives__user=people.applicant),
    )
    assert f"{other.voter}在本次会议上代表{other}表决" in typed_proxy(people, call, name=other.voter)
    said = f"该账号不代表{unit}：受托人须为同一单位的人员。"
    assert said in typed_proxy(people, call, email=people.applicant.email)
    assert said in typed_proxy(people, call, email="nobody@example.com")
    assert "就是会员代表" in typed_proxy(people, call, name=unit.representative.name)
    assert typed_proxy(people, call, is_of_unit="")
    with pytest.raises(Refused):
        workflow.give_proxy(line_of(call, unit), by=people.officer, name="陈示七", post="部长", account=people.applicant)


def test_nobody_hands_in_a_proxy_for_a_unit_that_is_not_theirs(people, call):
    with pytest.raises(NotAllowed):
        workflow.give_proxy(line_of(call, people.units["member"]), by=people.applicant, name="陈示七", post="部长")
    with pytest.raises(NotAllowed):
        workflow.take_proxy_back(line_of(call, people.units["member"]), by=people.clerk)


def test_a_proxy_s_vote_cannot_be_given_again_to_a_third_unit(people, call):
    unit = people.units["member"]
    workflow.give_proxy(line_of(call, unit), by=people.officer, name="陈示七", post="部长")
    other = call.attendances.get(unit__representatives__user=people.applicant)
    with pytest.raises(Refused, match="陈示七"):
        workflow.give_proxy(other, by=people.officer, name="陈示七", post="顾问")


def test_the_office_records_a_proxy_that_came_on_paper(people, call):
    unit, officer = people.units["member"], signed_in(people.officer)
    address = reverse("members_proxy", args=[call.uuid, line_of(call, unit).pk])
    assert officer.post(address, {"name": "陈示七", "post": "", "is_of_unit": "on"}).status_code == 422
    assert officer.post(address, {"name": "陈示七", "post": "部长", "is_of_unit": "on", "paper_given": "on"}).status_code == 302
    assert Proxy.objects.get().paper_given
    assert "陈示七（部长）代表本单位表决" in officer.get(address).content.decode()
    officer.post(address, {"take_back": "1"})
    assert Proxy.objects.get().revoked_at


def test_a_colleague_can_be_the_proxy_and_then_casts_the_vote(people, call):
    unit, colleague = people.units["member"], people.stranger
    Colleague.objects.create(organisation=unit.organisation, user=colleague, role=Role.FILLS_IN)
    workflow.give_proxy(line_of(call, unit), by=people.member, name="陈示七", post="部长", account=colleague)
    assert Attendance.objects.of(colleague).get() == line_of(call, unit)
    assert signed_in(colleague).get(reverse("members_meeting", args=[call.uuid])).status_code == 200


# ── Agenda, tellers, guests ──────────────────────────────────────────────────────────────────────────────────────────


def forms(**rows) -> dict[str, object]:
    """What the page of a convened meeting posts: the rows of each formset, and nothing else."""
    posted: dict[str, object] = {"presides": "王例三", "minutes_by": "周例七", "_save": "1"}
    for name in ("agenda", "tellers", "observers", "resolutions"):
        typed = rows.get(name, [])
        posted |= {f"{name}-TOTAL_FORMS": len(typed), f"{name}-INITIAL_FORMS": 0}
        posted |= {f"{name}-{n}-{field}": value for n, row in enumerate(typed) for field, value in row.items()}
    return posted


def test_a_teller_is_of_the_roll_and_no_candidate(people, call):
    officer, address = signed_in(people.officer), reverse("admin:members_meeting_change", args=[call.pk])
    unit, other = people.units["member"], call.attendances.get(unit__representatives__user=people.applicant)
    contest = Contest.objects.create(meeting=call, term=call.term, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN, seats=1)
    Candidate.objects.create(contest=contest, nomination=factories.nomination(unit))
    refused = officer.post(address, forms(tellers=[{"task": "teller", "attendance": line_of(call, unit).pk}]))
    assert f"{unit.organisation.name}是本次会议选举的候选人，不得担任监票人、计票人。" in refused.content.decode()
    guest = {"name": "何列席", "affiliation": "省主管部门"}
    taken = officer.post(address, forms(tellers=[{"task": "chief", "attendance": other.pk}], observers=[guest]))
    assert taken.status_code == 302
    assert [(each.task, each.person) for each in Teller.objects.all()] == [("chief", other.voter)]
    assert [each.whole for each in call.observers.all()] == ["何列席（省主管部门）"]


def test_a_line_of_another_meeting_s_roll_is_no_teller(people, call):
    elsewhere = factories.meeting(MeetingState.CONVENED, units=[factories.unit()], present=0).attendances.get()
    answer = signed_in(people.officer).post(
        reverse("admin:members_meeting_change", args=[call.pk]), forms(tellers=[{"task": "teller", "attendance": elsewhere.pk}])
    )
    assert answer.status_code == 200
    assert not Teller.objects.exists()


def test_the_agenda_is_settled_when_the_meeting_opens(people, call):
    officer, address = signed_in(people.officer), reverse("admin:members_meeting_change", args=[call.pk])
    assert officer.post(address, forms(agenda=[{"position": 1, "title": "审议章程（草案）"}])).status_code == 302
    workflow.open_meeting(call, by=people.officer)
    officer.post(address, forms(agenda=[{"position": 2, "title": "临时议题"}]))
    assert [item.title for item in AgendaItem.objects.all()] == ["审议章程（草案）"]


def test_what_the_meeting_resolves_is_written_in_beneath_its_agenda(people, call):
    officer, address = signed_in(people.officer), reverse("admin:members_meeting_change", args=[call.pk])
    officer.post(address, forms(agenda=[{"position": 1, "title": "审议章程（草案）"}]))
    workflow.open_meeting(call, by=people.officer)
    counts = {"eligible": 2, "present": 2, "in_favour": 2, "against": 0, "abstaining": 0}
    rule = {"rule_numerator": 2, "rule_denominator": 3, "rule_inclusive": "on", "rule_base": "present"}
    typed = forms(resolutions=[{"subject": "通过章程"} | counts | rule]) | {"agenda-TOTAL_FORMS": 1, "agenda-INITIAL_FORMS": 1}
    assert officer.post(address, typed).status_code == 302  # the agenda is only read now, and stands on the page all the same
    assert call.resolutions.get().subject == "通过章程"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_unit_s_meetings_take_the_same_statements_however_many(people, count, django_assert_num_queries):
    unit = people.units["member"]
    for _ in range(count):
        factories.meeting(MeetingState.CONVENED, units=[unit], present=0)
    client, address = signed_in(people.member), reverse("myunit:meetings", args=[unit.number])
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)


def test_the_times_of_a_meeting_are_kept(people, call):
    with clock.at(datetime(2031, 1, 2, 9, 30, tzinfo=clock.SHANGHAI)):
        workflow.open_meeting(call, by=people.officer)
    with clock.at(datetime(2031, 1, 2, 11, 0, tzinfo=clock.SHANGHAI)):
        workflow.close_meeting(call, by=people.officer)
    assert call.closed_at - call.opened_at == timedelta(hours=1, minutes=30)
