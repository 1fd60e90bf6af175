"""One unit goes into another: what is read through it, what is refused, and an undoing that loses nothing."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alliance import clock
from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.files.models import StoredFile
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications.choices import State
from applications.models import Application
from council import workflow as council
from council.models import PersonTenure, Seat, UnitTenure
from council.tasks import end_lapsed_tenures
from members import workflow
from members.choices import Direction, Tier
from members.models import Body, BodyTenure, Certificate, MemberUnit, Organisation, Succession
from tests import factories
from tests.alliance import hostile
from tests.test_every_step import undone

pytestmark = pytest.mark.django_db
POST = {"tier": Tier.VICE_CHAIR, "direction": Direction.ELECTRIC}
OURS = ("members", "applications", "council", "files", "letters", "documents", "accounts", "history", "jobs")


def merge(unit, successor, by):
    workflow.merge(unit, by=by, successor=successor, on=clock.today(), document="核准通知书")
    return unit.went_into.get()


def seat(unit, by):
    return factories.seated(unit, by=by, **POST)


def digests() -> dict[tuple[str, int], str]:
    """Every row of ours by its key, as a digest of what stands in it."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            names = [field.attname for field in model._meta.concrete_fields]
            for row in model.objects.values_list("pk", *names):
                found[model._meta.label, row[0]] = sha256(repr(row).encode()).hexdigest()
    return found


def grown(people, rng: Random) -> tuple[MemberUnit, MemberUnit]:
    """A unit with a past, drawn by chance, and one into which it goes."""
    user = factories.user("周例七")
    successor = factories.unit(factories.user("郑示八"))
    application = factories.application(State.ADMITTED, by=user)
    unit = factories.unit(user)
    Application.objects.filter(pk=application.pk).update(unit=unit, organisation=unit.organisation)
    keep(check(SimpleUploadedFile("a.png", hostile.picture("PNG"))), about=application, by=user)
    if rng.random() < 0.7:
        factories.certificate(people.officer, unit)
    for _ in range(rng.randint(0, 2)):
        BodyTenure.objects.create(body=factories.wish(unit).body, unit=unit, begins_on=clock.today())
    if rng.random() < 0.5:
        seat(unit, people.secretary)
    if rng.random() < 0.5:
        letter = {"notice_on": clock.today(), "reason": "来函"}
        workflow.change_representative(unit, by=people.officer, name="吴演九", post="总经理", **letter)
    if rng.random() < 0.5:
        workflow.suspend(unit, by=people.officer, reason="缺席")
    return unit, successor


@pytest.mark.parametrize("seed", range(5))
def test_a_merger_undone_leaves_every_row_as_it_was(people, settings, tmp_path, seed):
    settings.PORTAL_HOME = tmp_path
    rng = Random(seed)
    unit, successor = grown(people, rng)
    before, was = digests(), unit.state
    merge(unit, successor, people.officer)
    assert (unit.state, unit.ended_on) == ("merged", clock.today())
    assert before.keys() <= digests().keys()
    held = council.handing.seat_of(unit)
    if held and rng.random() < 0.7:
        taken = council.hand_on(held, by=people.officer)
        with pytest.raises(Refused, match=successor.organisation.name):
            take_back(unit, people, was)
        council.hand_back(taken, by=people.officer)
    end_lapsed_tenures()  # the night in between leaves what can still be undone
    take_back(unit, people, was)
    after = digests()
    assert {key: after.get(key) for key in before} == before
    assert Succession.objects.get(predecessor=unit).undone_at
    assert {*Letter.objects.about(Succession.objects.get(predecessor=unit)).values_list("template", flat=True)} == {
        "went_into", "took_over", "succession_undone",
    }  # fmt: skip


def take_back(unit, people, was):
    step = workflow.undo_succession if was == "active" else workflow.undo_succession_of_suspended
    step(unit, by=people.officer, reason="登记错误")
    assert unit.state == was


def test_a_day_later_it_is_not_undone(people):
    unit, successor = factories.unit(), factories.unit()
    with clock.at(clock.now() - timedelta(days=1, seconds=1)):
        MemberUnit.objects.filter(pk=unit.pk).update(admitted_on=clock.today())
        merge(unit, successor, people.officer)
    with pytest.raises(Refused, match="一天"):
        workflow.undo_succession(unit, by=people.officer, reason="x")
    assert MemberUnit.objects.get(pk=unit.pk).state == "merged"


def test_what_was_its_is_read_through_the_successor_and_so_on_back(people, client):
    first, second, third = factories.unit(), factories.unit(), factories.unit(people.applicant)
    application = factories.application(State.ADMITTED)
    Application.objects.filter(pk=application.pk).update(unit=first, organisation=first.organisation, number="2020-0001")
    merge(first, second, people.officer)
    merge(second, third, people.officer)
    assert {*MemberUnit.objects.lineage([third])} == {first, second, third}
    assert Application.objects.get(pk=application.pk).unit == first
    client.force_login(people.applicant)
    assert client.get(reverse("unit")).context["applications"].get() == application
    client.force_login(people.clerk)
    page = client.get(reverse("admin:members_memberunit_change", args=[third.pk])).content.decode()
    assert reverse("admin:applications_application_change", args=[application.pk]) in page
    assert first.number in page


def test_two_seat_holders_are_not_merged_and_the_way_is_said(people, client):
    unit, successor = factories.unit(), factories.unit()
    one, other = seat(unit, people.secretary), seat(successor, people.secretary)
    with pytest.raises(Refused) as refusal:
        merge(unit, successor, people.officer)
    said = str(refusal.value.why)
    assert all(word in said for word in (unit.organisation.name, successor.organisation.name, str(one.seat), "退出席位"))
    assert not Succession.objects.exists()
    council.leave_seat(other, by=people.officer, cause="gave_up", reason="拟与其他单位合并")
    merge(unit, successor, people.officer)
    taken = council.hand_on(one, by=people.officer)
    one.refresh_from_db()
    assert (taken.seat, taken.unit, one.ended_on) == (one.seat, successor, clock.today())
    assert PersonTenure.objects.get(unit_tenure=taken).representative == successor.representative
    with pytest.raises(Refused):
        council.hand_on(one, by=people.officer)


def test_a_split_is_inherited_by_one_and_taken_back_with_it(people):
    factories.certify()
    unit = factories.unit()
    number = factories.answers()["reg_no"]
    document = {"on": clock.today(), "document": "分立协议", "others": "深圳演示乙有限公司"}
    workflow.split(unit, by=people.officer, name="深圳演示甲有限公司", reg_no=number, representative="周例七", **document)
    heir = MemberUnit.objects.get(organisation__reg_no=number)
    assert (heir.state, heir.representative.name, heir.organisation.region) == ("active", "周例七", unit.organisation.region)
    assert {*MemberUnit.objects.lineage([heir])} == {unit, heir}
    again = factories.unit()
    with pytest.raises(Refused, match=heir.number):
        workflow.split(again, by=people.officer, name="甲", reg_no=number, representative="周例七", **document)
    workflow.undo_succession(unit, by=people.officer, reason="登记错误")
    heir.refresh_from_db()
    assert (unit.state, heir.state, heir.certificates.get().end) == ("active", "terminated", "void")
    assert {*MemberUnit.objects.lineage([heir])} == {heir}


@pytest.mark.parametrize("leave", ["merge", "expel", "terminate", "deem_resigned", "resign"])
def test_whoever_leaves_vacates_and_leaves_every_body(people, leave):
    from tests.members import lives

    unit = factories.unit(admitted_on=clock.today() - timedelta(days=800))
    held = seat(unit, people.secretary)
    body = Body.objects.get(name="技术预测工作组")
    BodyTenure.objects.create(body=body, unit=unit, begins_on=clock.today() - timedelta(days=700))
    certificate = factories.certificate(people.officer, unit)
    if leave == "expel":
        lives.defended(unit)
    put_in = {
        "merge": {"successor": factories.unit(), "on": clock.today(), "document": "核准通知书"},
        "expel": {"resolution": lives.resolution()},
        "terminate": {"ground": "revoked", "reason": "吊销"},
    }.get(leave, {"reason": "长期无活动"})
    workflow.membership.steps[leave](unit, by=people.secretary, **put_in)
    assert held.seat in Seat.objects.vacant()
    assert unit not in MemberUnit.objects.electorate(factories.term())
    assert not unit.body_tenures.running().exists()
    assert Certificate.objects.get(pk=certificate.pk).end == "void"
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        end_lapsed_tenures()
    assert UnitTenure.objects.get(pk=held.pk).ended_on == unit.ended_on


def test_an_organisation_comes_back_under_a_new_number_linked_to_the_old_record(people):
    unit = factories.unit()
    workflow.resign(unit, by=people.officer, reason="业务调整")
    application = factories.application(State.APPROVED)
    was = Organisation.objects.get(pk=unit.organisation_id).name
    Application.objects.filter(pk=application.pk).update(organisation=unit.organisation, name="深圳演示新名称有限公司")
    from applications import workflow as applications

    applications.admit(application, by=people.officer)
    again = MemberUnit.objects.get(application=application)
    assert (again.previous, again.number != unit.number) == (unit, True)
    assert {*MemberUnit.objects.lineage([again])} == {unit, again}
    assert [former.name for former in again.organisation.former_names.all()] == [was]
    assert Event.objects.of(again).steps("admit").get().details == {"previous": unit.pk}


def test_files_of_a_unit_are_its_own_and_the_office_s(people, settings, tmp_path, client):
    settings.PORTAL_HOME = tmp_path
    unit = people.units["member"]
    paper = check(SimpleUploadedFile("a.png", hostile.picture("PNG")))
    letter = {"notice_on": clock.today(), "reason": "来函", "papers": [paper]}
    workflow.change_representative(unit, by=people.officer, name="吴演九", post="总经理", **letter)
    url = reverse("file", args=[StoredFile.objects.get().uuid])
    with undone():
        for who, code in ((people.clerk, (200, 423)), (people.stranger, (404,))):
            client.force_login(who)
            answer = client.get(url)
            if answer.streaming:
                b"".join(answer.streaming_content)
            assert answer.status_code in code
