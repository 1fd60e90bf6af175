"""Reviewing: duties apart, decisions with their version and resolution, notice before approval."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications import batches, workflow
from applications.admin import BatchAdmin
from applications.choices import Defect, Ground, Outcome, State
from applications.models import Batch, Decision
from applications.tasks import close_batches, lapse_corrections
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    """Somebody of a very small office, who holds every office there is."""
    return factories.user("周例七", "clerk", "officer", "secretary")


def test_who_checked_does_not_screen_and_who_screened_does_not_approve(everything, people):
    application = factories.application(State.SUBMITTED)
    workflow.accept(application, by=everything)
    with pytest.raises(NotAllowed):
        workflow.screen(application, by=everything, opinion="符合")
    workflow.screen(application, by=people.officer, opinion="符合")
    checked_by_other = factories.application(State.ACCEPTED)
    workflow.screen(checked_by_other, by=everything, opinion="符合")
    for one in (application, checked_by_other):
        one.state = State.PUBLICITY
        one.publicity_from, one.publicity_until = clock.now() - timedelta(days=7), clock.now()
        one.save()
        with pytest.raises(NotAllowed):
            workflow.approve(one, by=everything)
        workflow.approve(one, by=people.secretary)


def test_nobody_reviews_their_own_unit():
    clerk = factories.user("张示一", "clerk")
    application = factories.application(State.SUBMITTED, by=clerk)
    with pytest.raises(NotAllowed):
        workflow.accept(application, by=clerk)


def test_a_decision_names_its_version_and_resolution(people):
    application = factories.application(State.SCREENED)
    resolution = factories.resolution()
    workflow.deliberate(application, by=people.officer, resolution=resolution)
    decision = Decision.objects.get()
    assert (decision.version, decision.resolution, decision.outcome) == (application.version, resolution, Outcome.PASSED)


def test_a_resolution_that_did_not_pass_passes_nobody(people):
    application = factories.application(State.SCREENED)
    with pytest.raises(Refused):
        workflow.deliberate(application, by=people.officer, resolution=factories.resolution(in_favour=3, against=5))
    assert not Decision.objects.exists()


def test_a_refusal_gives_its_ground_and_reason(people):
    application = factories.application(State.SCREENED)
    with pytest.raises(IntegrityError), transaction.atomic():
        workflow.reject(application, by=people.officer, resolution=factories.resolution(), ground="J02", reason="")


def test_what_is_deferred_keeps_its_number_and_moves_to_the_batch_now_open(people):
    application = factories.application(State.SCREENED, batch=Batch.objects.get(number=1))
    number = application.number
    workflow.defer(application, by=people.officer, resolution=factories.resolution(), reason="请补充说明")
    assert (application.state, application.number, application.batch.number) == (State.DEFERRED, number, 2)
    workflow.revive(application, by=people.officer)
    assert application.state == State.ACCEPTED


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_whoever_is_deferred_or_rejected_reads_why(people, language):
    type(people.applicant).objects.update(language=language)
    deferred, rejected = (factories.application(State.SCREENED, by=people.applicant) for _ in range(2))
    for each in (deferred, rejected):
        each.applicant.refresh_from_db()
    resolution = factories.resolution()
    workflow.defer(deferred, by=people.officer, resolution=resolution, reason="请补充研发人员说明")
    workflow.reject(rejected, by=people.officer, resolution=resolution, ground="J03", reason="条件尚不具备")
    told = dict(Letter.objects.filter(template__in=["deferred", "rejected"], language=language).values_list("template", "body"))
    with translation.override(language):
        ground = str(Ground.J03.label)
    assert "请补充研发人员说明" in told["deferred"]
    assert "目前无需办理" not in told["deferred"]
    assert ("条件尚不具备" in told["rejected"], ground in told["rejected"]) == (True, True)


def test_public_notice_lasts_its_working_days(people):
    application = factories.application(State.DELIBERATED)
    with clock.at(clock.midnight(date(2020, 12, 12)) + timedelta(hours=10)):
        workflow.publicise(application, by=people.officer)
    assert application.publicity_until == clock.midnight(date(2020, 12, 19))


def test_nobody_approves_before_the_public_notice_is_over(people):
    application = factories.application(State.DELIBERATED)
    workflow.publicise(application, by=people.officer)
    with clock.at(application.publicity_until - timedelta(milliseconds=1)), pytest.raises(Refused):
        workflow.approve(application, by=people.secretary)
    with clock.at(application.publicity_until):
        workflow.approve(application, by=people.secretary)
    assert application.state == State.APPROVED


def test_an_unfounded_objection_stops_the_clock_of_this_unit_alone(people):
    application, other = factories.application(State.DELIBERATED), factories.application(State.DELIBERATED)
    now = clock.now()
    with clock.at(now):
        for one in (application, other):
            workflow.publicise(one, by=people.officer)
    until = application.publicity_until
    with clock.at(now + timedelta(days=1)):
        workflow.object_to(application, by=people.officer, **factories.objection())
    with clock.at(now + timedelta(days=3)):
        workflow.resolve_objection(application, by=people.officer, reason="查无实据")
    assert (application.publicity_until >= until, other.publicity_until) == (True, until)
    assert application.publicity_until == clock.midnight(application.publicity_until.astimezone(clock.SHANGHAI).date())


def test_a_correction_lapses_when_its_time_is_over_and_not_before(people):
    application = factories.application(State.SUBMITTED)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="印章不清")
    with clock.at(application.due_at - timedelta(seconds=1)):
        lapse_corrections()
    application.refresh_from_db()
    assert application.state == State.CORRECTION
    with clock.at(application.due_at):
        lapse_corrections()
        lapse_corrections()
    application.refresh_from_db()
    assert application.state == State.LAPSED


def test_silence_never_accepts(people):
    application = factories.application(State.SUBMITTED)
    with clock.at(clock.now() + timedelta(days=400)):
        close_batches()
        lapse_corrections()
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_the_representative_with_an_account_is_linked_at_admission(people):
    application = factories.application(State.APPROVED, by=people.applicant, representative_email=people.applicant.email)
    workflow.admit(application, by=people.officer)
    representative = application.unit.representative
    assert (representative.name, representative.user) == (application.representative_name, people.applicant)


# ── The batch in the admin ───────────────────────────────────────────────────────────────────────────────────────────


def batch_page(batch) -> str:
    return reverse("admin:applications_batch_change", args=[batch.pk])


def test_the_last_day_typed_is_the_day_before_the_deadline(client, people):
    client.force_login(people.officer)
    batch = Batch.objects.get(number=2)
    last = clock.today() + timedelta(days=20)
    client.post(
        batch_page(batch),
        factories.batch_form(last_day=last.isoformat(), publicity_days=7),
    )
    batch.refresh_from_db()
    assert (batch.closes_at, batch.deciding_body, batch.publicity_days) == (clock.midnight(last + timedelta(days=1)), "council", 7)
    assert Batch.objects.get(number=3).opens_at == batch.closes_at
    assert last.isoformat() in client.get(batch_page(batch)).content.decode()


def test_a_last_day_that_is_over_is_refused_at_its_field(client, people):
    client.force_login(people.officer)
    batch = Batch.objects.get(number=2)
    answer = client.post(batch_page(batch), factories.batch_form(last_day="2021-01-01"))
    assert list(answer.context["adminform"].form.errors) == ["last_day"]


def test_a_clerk_reads_a_batch_and_does_not_move_it(client, people):
    client.force_login(people.clerk)
    batch = Batch.objects.get(number=2)
    assert client.get(batch_page(batch)).status_code == 200
    assert client.post(batch_page(batch), {"last_day": "2099-01-01"}).status_code == 403


def test_the_office_reads_what_the_formal_check_asked_for(client, people):
    application = factories.application(State.SUBMITTED)
    workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="第三页没有印章")
    client.force_login(people.officer)
    page = client.get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()
    assert str(Defect("C02").label) in page
    assert "第三页没有印章" in page


def test_saving_a_batch_writes_only_what_was_changed(client, people):
    """The timetable closes it while the officer's page is open."""
    client.force_login(people.officer)
    batch = Batch.objects.get(number=2)
    deadline = clock.now() + timedelta(hours=1)
    batches.schedule(batch, deadline, by=people.officer)
    real = BatchAdmin.get_object

    def closed_meanwhile(self, request, object_id, from_field=None):
        found = real(self, request, object_id, from_field)
        if request.method == "POST":
            with clock.at(deadline):
                batches.close_due()
        return found

    typed = factories.batch_form(publicity_days=7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BatchAdmin, "get_object", closed_meanwhile)
        client.post(batch_page(batch), typed | {"last_day": ""})
    batch.refresh_from_db()
    assert (batch.is_closed, batch.publicity_days) == (True, 7)
    edited = Event.objects.of(batch).get(step="edit")
    assert (edited.actor, edited.details) == (people.officer, {"deciding_body": "council", "publicity_days": 7})


def test_nobody_conducts_the_review_of_their_own_unit(people):
    application = factories.application(State.SCREENED, by=people.officer)
    with pytest.raises(NotAllowed):
        workflow.deliberate(application, by=people.officer, resolution=factories.resolution())


@pytest.mark.parametrize("field", ["representative_email", "contact_email"])
def test_who_is_named_in_an_application_does_not_check_it(field, people):
    application = factories.application(State.SUBMITTED, **{field: people.clerk.email.upper()})
    with pytest.raises(NotAllowed):
        workflow.accept(application, by=people.clerk)


def test_an_open_batch_is_not_decided(people):
    application = factories.application(State.SCREENED, batch=Batch.objects.get(number=2))
    with pytest.raises(Refused):
        workflow.deliberate(application, by=people.officer, resolution=factories.resolution())


def test_only_the_batch_s_own_body_decides_it(people):
    application = factories.application(State.SCREENED)
    Batch.objects.filter(number=1).update(deciding_body="council")
    application.refresh_from_db()
    with pytest.raises(Refused):
        workflow.deliberate(application, by=people.officer, resolution=factories.resolution())


def test_each_deferral_has_its_letter(people):
    application = factories.application(State.SCREENED)
    for _ in range(2):
        workflow.defer(application, by=people.officer, resolution=factories.resolution(), reason="请补充")
        workflow.revive(application, by=people.officer)
        application.batch = Batch.objects.get(number=1)
        application.save()
    assert Letter.objects.about(application).filter(template="deferred", recipient=application.applicant).count() == 2


def test_a_withdrawn_draft_stays_the_applicant_s_own(people):
    draft = factories.draft(by=people.applicant)
    workflow.withdraw(draft, by=people.applicant)
    assert draft not in type(draft).objects.visible_in_office(None)
    assert Batch.objects.with_figures().get(pk=draft.batch_id).received == 0


def test_a_colleague_who_left_sees_nothing_any_more(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    assert application in type(application).objects.of(people.applicant)
    people.applicant.colleague_of.update(until=clock.today())
    assert application not in type(application).objects.of(people.applicant)
    with pytest.raises(NotAllowed):
        workflow.withdraw(application, by=people.applicant)


def test_what_is_refused_inside_a_step_names_the_step_and_the_thing(people):
    application = factories.application(State.DELIBERATED)
    workflow.publicise(application, by=people.officer)
    with pytest.raises(Refused) as refused:
        workflow.approve(application, by=people.secretary)
    assert (refused.value.step.name, refused.value.thing, refused.value.thing.state) == ("approve", application, State.PUBLICITY)


def test_the_applicant_is_not_told_which_officer_was_first(client, people):
    application = factories.application(State.SCREENED, by=people.applicant)
    workflow.deliberate(application, by=people.officer, resolution=factories.resolution())
    client.force_login(people.applicant)
    answer = client.post(reverse("applications:withdraw", args=[application.uuid]))
    assert answer.status_code == 409
    assert people.officer.name not in answer.content.decode()
