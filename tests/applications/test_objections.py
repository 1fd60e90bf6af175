"""Objections in the public notice period: named, with papers; one unit's clock stands still until each is examined."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alliance import clock
from alliance.demo.sheet import sample
from alliance.files.models import StoredFile
from alliance.history.models import Event
from alliance.letters.models import Letter
from applications import rules, workflow
from applications.admin.application import trail
from applications.choices import Examined, State
from applications.models import Application, Objection
from tests import factories

pytestmark = pytest.mark.django_db


def published(**changes):
    application = factories.application(State.PUBLICITY, **changes)
    application.publicity_until = clock.now() + timedelta(days=3)
    application.save()
    return application


def noticed(people):
    """Its public notice begins now."""
    application = factories.application(State.DELIBERATED)
    workflow.publicise(application, by=people.officer)
    return application


def test_an_objection_is_kept_with_its_name_and_its_papers(people, client):
    application = published()
    client.force_login(people.officer)
    url = reverse("admin:applications_application_step", args=["object_to"]) + f"?ids={application.pk}"
    said = {key: value for key, value in factories.objection().items() if key != "papers"}
    client.post(url, {**said, "papers": [SimpleUploadedFile("异议.pdf", sample("异议材料"), "application/pdf")]})
    application.refresh_from_db()
    objection = Objection.objects.get()
    assert (application.state, objection.application, objection.name) == (State.OBJECTION, application, "陈示七")
    assert StoredFile.objects.about(Objection.objects.all()).count() == 1


@pytest.mark.parametrize(("changes", "field"), [({"name": ""}, "name"), ({"email": ""}, "telephone"), ({"words": ""}, "words")])
def test_a_nameless_or_empty_objection_is_answered_at_its_field(people, client, changes, field):
    application = published()
    client.force_login(people.officer)
    url = reverse("admin:applications_application_step", args=["object_to"]) + f"?ids={application.pk}"
    said = {key: value for key, value in factories.objection(**changes).items() if key != "papers"}
    page = client.post(url, said)
    assert field in page.context["form"].errors
    assert not Objection.objects.exists()


def test_the_clock_of_this_unit_alone_stands_still_also_when_a_second_comes(people):
    monday = clock.midnight(date(2020, 12, 14)) + timedelta(hours=10, minutes=26)
    with time_machine.travel(monday, tick=False) as traveller:
        application, other = noticed(people), noticed(people)  # five working days: to the end of Monday, the 21st
        traveller.shift(timedelta(days=2))
        workflow.object_to(application, by=people.officer, **factories.objection())  # on Wednesday three are left
        assert application.due_at is None
        traveller.shift(timedelta(days=1))
        workflow.object_to(application, by=people.officer, **factories.objection(name="王例三"))
        traveller.shift(timedelta(days=2))
        workflow.resolve_objection(application, by=people.officer, reason="查无实据")  # on Saturday
    other.refresh_from_db()
    assert (application.state, application.publicity_until) == (State.PUBLICITY, clock.midnight(date(2020, 12, 24)))
    assert (application.due_at, other.publicity_until) == (None, clock.midnight(date(2020, 12, 22)))
    assert set(Objection.objects.values_list("examined", "finding")) == {(Examined.UNFOUNDED, "查无实据")}


@pytest.mark.parametrize(("resumed", "ends"), [(date(2020, 12, 21), date(2020, 12, 22)), (date(2020, 12, 26), date(2020, 12, 29))])
def test_an_objection_on_the_last_day_leaves_the_rest_of_a_working_day(people, resumed, ends):
    with time_machine.travel(clock.midnight(date(2020, 12, 14)) + timedelta(hours=9), tick=False) as traveller:
        application = noticed(people)
        traveller.move_to(clock.midnight(date(2020, 12, 21)) + timedelta(hours=9))
        workflow.object_to(application, by=people.officer, **factories.objection())
        traveller.move_to(clock.midnight(resumed) + timedelta(hours=15))
        workflow.resolve_objection(application, by=people.officer, reason="查无实据")
    assert application.publicity_until == clock.midnight(ends)


def test_the_trail_keeps_the_day_on_which_the_notice_began(people, client):
    with time_machine.travel(clock.midnight(date(2020, 12, 14)) + timedelta(hours=9), tick=False) as traveller:
        application = noticed(people)
        began = clock.now()
        traveller.shift(timedelta(days=1))
        workflow.object_to(application, by=people.officer, **factories.objection())
        traveller.shift(timedelta(days=1))
        workflow.resolve_objection(application, by=people.officer, reason="查无实据")
    stations = trail(application, list(Event.objects.of(application)))
    assert next(each["at"] for each in stations if each["label"] == "公示") == began


def test_whoever_left_an_address_is_told_twice_and_whoever_did_not_is_not(people):
    application = published()
    workflow.object_to(application, by=people.officer, **factories.objection())
    workflow.object_to(application, by=people.officer, **factories.objection(name="王例三", email="", telephone="0755-00000001"))
    workflow.resolve_objection(application, by=people.officer, reason="查无实据")
    told = Letter.objects.filter(template__startswith="objection_").order_by("id").values_list("template", "to")
    assert list(told) == [("objection_received", "objector@example.com"), ("objection_examined", "objector@example.com")]


def test_one_that_is_upheld_takes_back_what_was_passed(people):
    application = published()
    workflow.object_to(application, by=people.officer, **factories.objection())
    workflow.uphold_objection(application, by=people.secretary, resolution=factories.resolution(), reason="材料不实")
    assert (application.state, Objection.objects.get().examined) == (State.REJECTED, Examined.UPHELD)


def test_who_is_party_to_the_unit_never_reads_who_objected(people):
    application = published(contact_email=people.clerk.email)
    workflow.object_to(application, by=people.officer, **factories.objection())
    assert not rules.readable_objections(people.clerk).exists()
    assert not rules.readable_objections(people.applicant).exists()
    assert rules.readable_objections(people.officer).count() == 1


def test_the_applicant_s_page_says_nothing_of_the_objector(client):
    application = published()
    workflow.object_to(application, by=factories.user("周例七", "officer"), **factories.objection())
    client.force_login(application.applicant)
    page = client.get(application.get_absolute_url()).content.decode()
    assert "陈示七" not in page
    assert "objector@example.com" not in page


def test_a_batch_s_published_list_stays_without_whom_an_objection_kept_out(client, db):
    listed = factories.application("admitted")
    batch = listed.batch
    Application.objects.filter(pk=listed.pk).update(
        publicity_from=clock.now() - timedelta(days=30), publicity_until=clock.now() - timedelta(days=20)
    )
    hidden = [factories.application(state) for state in ("rejected", "screened", "draft")]
    Application.objects.update(batch=batch)
    page = client.get(f"/batches/{batch.number}/").content.decode()
    assert listed.name in page
    assert all(each.name == listed.name or each.name not in page for each in hidden)
    assert page.count('<th scope="row"') == 1
    assert f'href="/batches/{batch.number}/"' in client.get("/batches/").content.decode() or not batch.is_closed


def test_the_office_reads_an_objection_where_it_decides_on_it_and_a_party_to_it_does_not(client, people):
    application = published()
    workflow.object_to(application, by=people.officer, **factories.objection(words="材料不实"))
    client.force_login(people.officer)
    address = reverse("admin:applications_application_change", args=[application.pk])
    assert "材料不实" in client.get(address).content.decode()
    Application.objects.filter(pk=application.pk).update(contact_email=people.officer.email)
    assert "材料不实" not in client.get(address).content.decode()
