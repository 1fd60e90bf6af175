"""The events of a membership: each with its row, its letter, its paper and its day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from alliance import clock
from alliance.documents.kinds import kinds_of
from alliance.documents.making import make, open_kinds
from alliance.documents.models import Paper
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications import duplicates
from applications.choices import TraceKind
from applications.models import Trace
from council import workflow as council
from council.models import UnitTenure
from members import workflow
from members.models import Change, Expulsion, FormerName, MemberUnit, Representative, Resignation, Sanction, Suspension
from members.tasks import let_go, reinstate_suspended
from tests import factories
from tests.members import lives

pytestmark = pytest.mark.django_db
LETTER = {"notice_on": None, "reason": "工作调动"}


@pytest.fixture
def unit(people):
    return factories.unit(people.applicant, admitted_on=clock.today() - timedelta(days=800))


def letter() -> dict[str, object]:
    return {"notice_on": clock.today() - timedelta(days=3), "reason": "工作调动"}


def told(*kinds: str) -> bool:
    return {*kinds} <= {*Letter.objects.values_list("template", flat=True)}


def paper(thing, by, kind: str) -> Paper:
    """Made about it, with what it has to say."""
    return make(next(each for each in kinds_of(thing) if each.name == kind), thing, by=by)


def text(made: Paper) -> str:
    from io import BytesIO

    from docx import Document

    return "\n".join(line.text for line in Document(BytesIO(made.content)).paragraphs)


# ── What a unit tells of itself ──────────────────────────────────────────────────────────────────────────────────────


def test_another_represents_the_unit_and_it_keeps_its_seat(people, unit):
    held = factories.seated(unit, by=people.secretary, tier=1 + 1, direction="icv")
    workflow.change_representative(unit, by=people.officer, name="吴演九", post="副总经理", email=people.applicant.email, **letter())
    before, after = Representative.objects.filter(unit=unit).order_by("pk")
    assert (before.until, after.since, after.user) == (clock.today(), clock.today(), people.applicant)
    assert [*Representative.objects.on_date(clock.today()).filter(unit=unit)] == [after]
    change = Change.objects.get()
    assert (change.was, change.becomes) == (before.name, "吴演九")
    assert told("representative_changed")
    assert "吴演九" in text(paper(change, people.officer, "change_notice"))
    assert UnitTenure.objects.running().filter(pk=held.pk).exists()
    assert [*UnitTenure.objects.to_settle()] == [held]
    council.change_person(held, by=people.officer)
    assert held.persons.get(ended_on=None).representative == after
    assert not UnitTenure.objects.to_settle().exists()
    assert told("seat_person_changed")
    with pytest.raises(Refused, match="吴演九"):
        council.change_person(held, by=people.officer)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"name": "applicant"}, "已是会员代表"), ({"email": "nobody@example.com"}, "没有此邮箱"), ({"notice_on": "tomorrow"}, "不能晚于今天")],
)
def test_what_cannot_be_a_change_of_representative_is_said(people, unit, wrong, said):
    wrong = {name: clock.today() + timedelta(days=1) if value == "tomorrow" else value for name, value in wrong.items()}
    with pytest.raises(Refused, match=said):
        workflow.change_representative(unit, by=people.officer, **{"name": "吴演九", "post": "经理"} | letter() | wrong)
    assert not Change.objects.exists()


def test_a_new_name_keeps_the_old_one_and_replaces_the_certificate(people, unit, client):
    old, certificate = unit.organisation.name, factories.certificate(people.officer, unit)
    day = clock.today()
    workflow.rename(unit, by=people.officer, name="深圳演示新名称有限公司", name_en="New Name Demo", **letter())
    unit.organisation.refresh_from_db()
    certificate.refresh_from_db()
    assert (certificate.end, certificate.successor.name) == ("replaced", "深圳演示新名称有限公司")
    former = FormerName.objects.get()
    assert (former.name, former.since, former.until, unit.organisation.name_en) == (old, None, day, "New Name Demo")
    assert told("renamed")
    said = text(paper(Change.objects.get(), people.officer, "change_notice"))
    assert all(word in said for word in (old, "深圳演示新名称有限公司", certificate.successor.number))
    client.force_login(people.clerk)
    assert client.get(reverse("admin:members_memberunit_changelist"), {"q": old}).context["cl"].result_count == 1
    assert old in client.get(reverse("admin:members_memberunit_change", args=[unit.pk])).content.decode()


def test_the_signs_of_a_unit_know_its_former_names_and_its_new_one(people, unit):
    old = unit.organisation.name
    duplicates.leave_missing()
    workflow.rename(unit, by=people.officer, name="深圳演示全新名称有限公司", **letter())
    unit.organisation.refresh_from_db()
    assert duplicates.leave_missing() == 1
    assert duplicates.leave_missing() == 0
    names = {*Trace.objects.filter(organisation=unit.organisation, kind=TraceKind.NAME).values_list("value", flat=True)}
    assert {duplicates.plain(old), duplicates.plain("深圳演示全新名称有限公司")} <= names


def test_a_name_that_another_unit_of_the_place_bears_names_the_record_to_those_who_may_see_it(people, unit):
    other = factories.unit(name="深圳演示同名有限公司")
    with pytest.raises(Refused, match=other.organisation.reg_no):
        workflow.rename(unit, by=people.officer, name="深圳演示同名有限公司", **letter())
    branch = factories.branch("440300")
    far = factories.unit(name="广州演示同名有限公司", region="440100")
    mine = factories.unit(region="440100")
    factories.wish(mine, body=branch)
    staff = factories.branch_staff("officer", at=branch)
    with pytest.raises(Refused) as refusal:
        workflow.rename(mine, by=staff, name="广州演示同名有限公司", **letter())
    assert far.organisation.reg_no not in str(refusal.value.why)
    with pytest.raises(Refused, match="就是这个名称"):
        workflow.rename(unit, by=people.officer, name=unit.organisation.name, **letter())


# ── Rights that rest ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_suspension_is_a_row_that_answers_for_its_days_and_ends_by_itself(people, unit):
    today = clock.today()
    with pytest.raises(Refused, match="今天之后"):
        workflow.suspend(unit, by=people.officer, reason="缺席", until=today)
    workflow.suspend(unit, by=people.officer, reason="缺席", until=today + timedelta(days=2))
    assert told("membership_suspended")
    assert "恢复" in text(paper(Suspension.objects.get(), people.officer, "suspension_notice"))
    reinstate_suspended()
    assert MemberUnit.objects.get(pk=unit.pk).state == "suspended"
    with clock.at(clock.now() + timedelta(days=2)):
        reinstate_suspended()
    assert (MemberUnit.objects.get(pk=unit.pk).state, Suspension.objects.get().ended_on) == ("active", today + timedelta(days=2))
    stood = {n: MemberUnit.objects.registered_on(today + timedelta(days=n)).get(pk=unit.pk).state_then for n in (0, 1, 2)}
    assert stood == {0: "suspended", 1: "suspended", 2: "active"}


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_notice_for_a_later_day_is_confirmed_and_takes_effect_on_it(people, unit):
    day = clock.today() + timedelta(days=30)
    given = workflow.give_notice(unit, by=people.applicant, reason="业务调整", effective_on=day)
    assert told("resignation_given")
    for refused in ("give", "resign"):
        with pytest.raises(Refused):
            if refused == "give":
                workflow.give_notice(unit, by=people.applicant, reason="业务调整", effective_on=day)
            else:
                workflow.resign(unit, by=people.officer, reason="业务调整")
    workflow.confirm_resignation(given, by=people.officer)
    let_go()
    assert MemberUnit.objects.get(pk=unit.pk).state == "active"
    with clock.at(clock.midnight(day)):
        let_go()
    unit.refresh_from_db()
    assert (unit.state, unit.ended_on) == ("resigned", day)
    assert "退会申请收悉" in text(paper(unit, people.officer, "exit_confirmation"))
    with pytest.raises(Refused):
        workflow.withdraw_resignation(given, by=people.officer)


def test_a_notice_is_withdrawn_by_the_unit_and_given_by_nobody_else(people, unit):
    day = {"reason": "业务调整", "effective_on": clock.today()}
    with pytest.raises(NotAllowed):
        workflow.give_notice(unit, by=people.stranger, **day)
    with pytest.raises(Refused, match="不能早于今天"):
        workflow.give_notice(unit, by=people.applicant, reason="x", effective_on=clock.today() - timedelta(days=1))
    given = workflow.give_notice(unit, by=people.applicant, **day)
    workflow.withdraw_resignation(given, by=people.applicant)
    assert told("resignation_withdrawn")
    again = workflow.give_notice(unit, by=people.officer, notice_on=clock.today(), **day)
    workflow.confirm_resignation(again, by=people.officer)
    assert MemberUnit.objects.get(pk=unit.pk).state == "resigned"
    assert workflow.resignations.open_to(Resignation.objects.get(pk=again.pk), people.officer) == []
    assert [*Resignation.objects.order_by("pk").values_list("state", flat=True)] == ["withdrawn", "confirmed"]


def test_a_notice_on_paper_is_entered_and_confirmed_at_the_desk(people, unit, client):
    client.force_login(people.officer)
    today = f"{clock.today():%Y-%m-%d}"
    typed = {"unit": unit.pk, "notice_on": today, "effective_on": today, "reason": "业务调整"}
    assert client.post(reverse("admin:members_resignation_add"), typed).status_code == 302
    assert {str(queue.label): queue.count for queue in client.get(reverse("admin:index")).context["queues"]}["待确认的退会"] == 1
    page = reverse("admin:members_resignation_change", args=[Resignation.objects.get().pk])
    assert client.post(page, {"_step": "confirm_resignation"}).status_code == 302
    assert MemberUnit.objects.get(pk=unit.pk).state == "resigned"
    assert client.post(reverse("admin:members_resignation_add"), typed).status_code in (200, 409)


def test_of_whom_nothing_was_heard_for_long_is_listed_and_a_person_decides(people, unit, client):
    since = clock.now() - workflow.idle_since()
    fresh, came = factories.unit(), factories.unit(admitted_on=clock.today() - timedelta(days=800))
    factories.meeting(units=[came])
    assert {*MemberUnit.objects.idle(since)} == {unit}
    client.force_login(people.officer)
    listed = client.get(reverse("admin:members_memberunit_changelist"), {"waits": "idle"}).context["cl"]
    assert [*listed.result_list] == [unit]
    for active in (fresh, came):
        with pytest.raises(Refused, match="365"):
            workflow.deem_resigned(active, by=people.officer, reason="长期无活动")
    workflow.deem_resigned(unit, by=people.officer, reason="长期无活动")
    assert (unit.state, told("membership_lapsed")) == ("lapsed", True)
    assert "视为自动退会" in text(paper(unit, people.officer, "exit_confirmation"))


def test_whoever_signs_in_gives_a_sign_of_life(people, unit, client):
    client.force_login(people.applicant)
    assert not MemberUnit.objects.idle(clock.now() - workflow.idle_since()).exists()


def test_a_termination_has_its_ground(people, unit):
    workflow.terminate(unit, by=people.secretary, ground="bankrupt", reason="法院裁定破产")
    assert (unit.state, unit.ground, told("membership_terminated")) == ("terminated", "bankrupt", True)
    assert "破产或者解散" in text(paper(unit, people.officer, "termination_decision"))
    assert [kind.name for kind in open_kinds(unit, people.officer)] == ["termination_decision"]


# ── The ladder ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sanction_is_one_row_with_its_letter_and_paper(people, unit):
    for kind in ("criticism", "warning", "serious", "advice"):
        workflow.sanction(unit, by=people.officer, kind=kind, reason="缺席", resolution=lives.resolution())
    assert Sanction.objects.count() == 4
    assert (unit.state, told("sanctioned")) == ("active", True)
    assert "严重警告" in text(paper(Sanction.objects.get(kind="serious"), people.officer, "sanction_decision"))
    with pytest.raises(Refused, match="未获通过"):
        workflow.sanction(unit, by=people.officer, kind="warning", reason="缺席", resolution=lives.resolution(in_favour=1))


def test_nobody_is_expelled_without_charges_defence_and_resolution(people, unit):
    """Each is named with the way to it, as long as it is missing; then the unit is expelled."""

    def missing(resolution=None) -> str:
        with pytest.raises(Refused) as refusal:
            workflow.expel(unit, by=people.secretary, resolution=resolution)
        return str(refusal.value.why)

    said = missing()
    assert all(word in said for word in ("告知拟除名事由", "记录申辩", "决议"))
    with pytest.raises(Refused, match="没有进行中"):
        workflow.hear_defence(unit, by=people.officer, way="written", words="人员变动")
    workflow.charge(unit, by=people.officer, charges="连续三年未参加活动", defend_by=clock.today() + timedelta(days=14))
    with pytest.raises(Refused):
        workflow.charge(unit, by=people.officer, charges="又", defend_by=clock.today() + timedelta(days=14))
    expulsion = Expulsion.objects.get()
    said = missing(lives.resolution())
    assert "除名告知书" in said
    assert "决议" not in said
    assert "连续三年" in text(paper(expulsion, people.officer, "expulsion_notice"))
    with pytest.raises(Refused, match="均可申辩"):
        workflow.hear_defence(unit, by=people.officer, way="waived", words="")
    workflow.hear_defence(unit, by=people.officer, way="spoken", words="人员变动所致")
    for useless in (factories.resolution(), lives.resolution(in_favour=1), lives.resolution(resolved_at=clock.now() - timedelta(days=9))):
        assert "所选决议不符合" in missing(useless)
    assert "记录申辩" not in missing()
    workflow.expel(unit, by=people.secretary, resolution=lives.resolution())
    assert (unit.state, unit.end_reason) == ("expelled", "连续三年未参加活动")
    assert told("charged", "defence_noted", "expelled")
    decision = text(paper(Expulsion.objects.get(), people.officer, "expulsion_decision"))
    assert all(word in decision for word in ("赞成20票", "当面进行了申辩", "连续三年"))


def test_who_notified_the_charges_does_not_expel(people, unit):
    lives.defended(unit, by=people.secretary)
    with pytest.raises(NotAllowed):
        workflow.expel(unit, by=people.secretary, resolution=lives.resolution())


def test_charges_are_dropped_and_stay_written(people, unit):
    lives.charged(unit)
    workflow.drop_charges(unit, by=people.officer, reason="查无实据")
    assert (Expulsion.objects.get().dropped_because, told("charges_dropped")) == ("查无实据", True)
    assert open_kinds(Expulsion.objects.get(), people.officer) == []


def test_a_paper_about_a_unit_that_left_is_still_its_own(people, unit, client):
    workflow.resign(unit, by=people.officer, reason="业务调整")
    made = paper(unit, people.officer, "exit_confirmation")
    for who, code in ((people.applicant, 200), (people.stranger, 404)):
        client.force_login(who)
        assert client.get(made.get_absolute_url()).status_code == code
