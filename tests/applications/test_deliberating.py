"""The meeting: outcomes are proposed while nobody is told, come back in a table that is looked at first, and are released together."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alliance import clock
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.sheets import Sheet, write
from alliance.templatetags.portal import day
from alliance.workflow import NotAllowed, Refused
from applications import deliberating, outcomes, workflow
from applications.choices import Ground, Outcome, State
from applications.deliberating import Wanted
from applications.forms.deliberating import ReleaseForm
from applications.forms.reviewing import STEP_FORMS
from applications.models import Batch, Decision, Proposal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    """The first batch, closed."""
    return Batch.objects.get(number=1)


def before_meeting(batch, **changes):
    return factories.application(State.SCREENED, batch=batch, **changes)


def test_a_pending_outcome_tells_nobody_and_moves_nothing(people, batch):
    application = before_meeting(batch)
    letters = Letter.objects.count()
    deliberating.propose([Wanted(application, Outcome.REJECTED, Ground.J03, "条件尚不具备")], by=people.officer)
    application.refresh_from_db()
    assert (application.state, Letter.objects.count(), Decision.objects.count()) == (State.SCREENED, letters, 0)


def test_a_later_outcome_takes_the_place_of_the_earlier_and_the_same_one_changes_nothing(people, batch):
    application = before_meeting(batch)
    for _time in range(2):
        deliberating.propose([Wanted(application, Outcome.PASSED)], by=people.officer)
    deliberating.propose([Wanted(application, Outcome.DEFERRED, "", "材料待补")], by=people.officer)
    rows = [(row.outcome, row.replaced_at is None) for row in Proposal.objects.order_by("id")]
    assert rows == [(Outcome.PASSED, False), (Outcome.DEFERRED, True)]


@pytest.mark.parametrize(
    ("outcome", "ground", "reason"), [(Outcome.REJECTED, "", "无"), (Outcome.REJECTED, Ground.J02, ""), (Outcome.DEFERRED, "", " ")]
)
def test_what_is_not_passed_says_why(people, batch, outcome, ground, reason):
    with pytest.raises(Refused):
        deliberating.propose([Wanted(before_meeting(batch), outcome, ground, reason)], by=people.officer)
    assert not Proposal.objects.exists()


def test_what_was_not_screened_can_only_be_deferred(people, batch):
    application = factories.application(State.ACCEPTED, batch=batch)
    with pytest.raises(Refused):
        deliberating.propose([Wanted(application, Outcome.PASSED)], by=people.officer)
    deliberating.propose([Wanted(application, Outcome.DEFERRED, "", "尚未初审")], by=people.officer)


def test_only_who_conducts_proposes(people, batch):
    for person in (people.clerk, people.auditor, people.applicant):
        with pytest.raises(NotAllowed):
            deliberating.propose([Wanted(before_meeting(batch), Outcome.PASSED)], by=person)


def test_one_refusal_leaves_nothing_pending(people, batch):
    good, gone = before_meeting(batch), factories.application(State.APPROVED, batch=batch)
    with pytest.raises(Refused):
        deliberating.propose([Wanted(good, Outcome.PASSED), Wanted(gone, Outcome.PASSED)], by=people.officer)
    assert not Proposal.objects.exists()


def test_released_together_each_becomes_its_decision_and_has_its_letter(people, batch):
    passed, refused, deferred = (before_meeting(batch) for _ in range(3))
    deliberating.propose(
        [
            Wanted(passed, Outcome.PASSED),
            Wanted(refused, Outcome.REJECTED, Ground.J02, "主营业务无关"),
            Wanted(deferred, Outcome.DEFERRED, "", "补充材料"),
        ],
        by=people.officer,
    )
    resolution = factories.resolution()
    before = set(Letter.objects.values_list("pk", flat=True))
    job = deliberating.release(batch, resolution, by=people.officer)
    assert not Decision.objects.exists()  # long work: nothing has moved yet
    working.work_on(job.pk)
    for application in (passed, refused, deferred):
        application.refresh_from_db()
    assert [each.state for each in (passed, refused, deferred)] == [State.DELIBERATED, State.REJECTED, State.DEFERRED]
    assert list(Proposal.objects.order_by("id").values_list("decision__outcome", "decision__resolution")) == [
        (Outcome.PASSED, resolution.pk),
        (Outcome.REJECTED, resolution.pk),
        (Outcome.DEFERRED, resolution.pk),
    ]
    assert set(Letter.objects.exclude(pk__in=before).values_list("template", flat=True)) == {"rejected", "deferred"}


def test_a_release_that_ran_is_not_run_again(people, batch):
    deliberating.propose([Wanted(before_meeting(batch), Outcome.PASSED)], by=people.officer)
    job = deliberating.release(batch, factories.resolution(), by=people.officer)
    working.work_on(job.pk)
    with pytest.raises(Refused):
        deliberating.release(batch, factories.resolution(), by=people.officer)
    Job.objects.filter(pk=job.pk).update(state="waiting", position=0)
    working.work_on(job.pk)
    assert (Decision.objects.count(), Job.objects.get(pk=job.pk).skipped.count()) == (1, 1)


def test_a_resolution_that_did_not_pass_releases_no_admission_and_says_so(people, batch):
    application = before_meeting(batch)
    deliberating.propose([Wanted(application, Outcome.PASSED)], by=people.officer)
    job = deliberating.release(batch, factories.resolution(in_favour=3, against=5), by=people.officer)
    working.work_on(job.pk)
    application.refresh_from_db()
    assert (application.state, Proposal.objects.pending().count(), job.skipped.count()) == (State.SCREENED, 1, 1)


def test_letters_can_be_read_before_they_are_written(people, batch):
    application = before_meeting(batch)
    (proposal,) = deliberating.propose([Wanted(application, Outcome.REJECTED, Ground.J02, "主营业务无关")], by=people.officer)
    before = Letter.objects.count()
    letters, why = deliberating.drafts(proposal, factories.resolution(), by=people.officer)
    application.refresh_from_db()
    assert (why, application.state, Letter.objects.count()) == ("", State.SCREENED, before)
    assert all("主营业务无关" in letter.body for letter in letters)
    assert letters


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheet(*lines, head=("申请编号", "单位名称", "审议结果", "依据", "理由")):
    return write([Sheet("审议汇总表", [list(head), *map(list, lines)])], moment=clock.now())


def posted(client, batch, content, name="审议汇总表.xlsx"):
    upload = SimpleUploadedFile(name, content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return client.post(reverse("admin:applications_batch_deliberation", args=[batch.pk]), {"_do": "look", "file": upload})


@pytest.mark.parametrize("count", [1, 30])
def test_the_meeting_s_page_asks_as_often_and_loads_one_page_however_many_were_scored(
    people, batch, client, count, django_assert_max_num_queries
):
    for _application in range(count):
        factories.review(people.officer, before_meeting(batch))
    client.force_login(people.officer)
    address = reverse("admin:applications_batch_deliberation", args=[batch.pk])
    client.get(address)
    with django_assert_max_num_queries(15):
        page = client.get(address)
    assert {each.average for each in page.context["page"]} == {4.0}


def test_the_table_goes_out_with_what_stands_before_the_meeting(people, batch, client):
    application = before_meeting(batch)
    factories.application(State.APPROVED, batch=batch)
    client.force_login(people.officer)
    answer = client.get(reverse("admin:applications_batch_table", args=[batch.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (rows[0], len(rows), rows[1][1]) == (list(outcomes.HEAD), 2, application.number)


def test_the_table_that_comes_back_is_looked_at_first_and_then_proposed(people, batch, client):
    passed, refused = before_meeting(batch), before_meeting(batch)
    client.force_login(people.officer)
    answer = posted(
        client, batch, sheet((passed.number, "", "通过", "", ""), (refused.number, "", "不予通过", "J02 主营业务无关", "主营业务无关"))
    )
    assert (answer.status_code, answer.context["good"], Proposal.objects.count()) == (200, 2, 0)
    client.post(reverse("admin:applications_batch_deliberation", args=[batch.pk]), {"_do": "confirm", "signed": answer.context["signed"]})
    said = set(Proposal.objects.values_list("application", "outcome", "ground", "reason"))
    assert said == {(passed.pk, Outcome.PASSED, "", ""), (refused.pk, Outcome.REJECTED, Ground.J02, "主营业务无关")}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("", "也许", "", ""), "也许"),
        (("", "不予通过", "", "无"), "依据"),
        (("", "转入下一批次", "", ""), "理由"),
        (("", "不予通过", "J99", "无"), "J99"),
        (("", "", "", ""), "结果"),
    ],
)
def test_a_line_that_means_nothing_says_why_and_proposes_nothing(people, batch, client, cells, said):
    application = before_meeting(batch)
    client.force_login(people.officer)
    answer = posted(client, batch, sheet((application.number, *cells)))
    ((line, _application, _change),) = answer.context["lines"]
    assert (answer.context["good"], bool(line.why)) == (0, True)
    assert said in str(line.why)


def test_a_foreign_number_and_a_number_named_twice_are_refused_by_row(people, batch, client):
    application, elsewhere = before_meeting(batch), before_meeting(Batch.objects.get(number=2))
    client.force_login(people.officer)
    lines = [(number, "", "通过", "", "") for number in (application.number, application.number, elsewhere.number, "SQ2099-0001")]
    answer = posted(client, batch, sheet(*lines))
    assert [(line.row, bool(line.why)) for line, *_rest in answer.context["lines"]] == [(2, False), (3, True), (4, True), (5, True)]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_at_the_field(people, batch, client, content):
    before_meeting(batch)
    client.force_login(people.officer)
    answer = posted(client, batch, content)
    assert (answer.status_code, bool(answer.context["returned_form"].errors)) == (422, True)


def test_a_table_without_its_columns_says_which_are_missing(people, batch, client):
    client.force_login(people.officer)
    answer = posted(client, batch, sheet(("SQ2020-0001", "通过"), head=("编号", "结果")))
    assert "申请编号" in str(answer.context["returned_form"].errors)


def test_a_table_that_somebody_altered_on_its_way_is_refused(people, batch, client):
    before_meeting(batch)
    client.force_login(people.officer)
    client.post(reverse("admin:applications_batch_deliberation", args=[batch.pk]), {"_do": "confirm", "signed": "forged:x:y"})
    assert not Proposal.objects.exists()


def test_all_others_pass_by_exception(people, batch, client):
    rejected, other = before_meeting(batch), before_meeting(batch)
    client.force_login(people.officer)
    address = reverse("admin:applications_batch_deliberation", args=[batch.pk])
    client.post(address, {"_do": "propose", "ids": [rejected.pk], "outcome": "rejected", "ground": "J02", "reason": "无关"})
    client.post(address, {"_do": "rest"})
    assert dict(Proposal.objects.pending().values_list("application", "outcome")) == {rejected.pk: "rejected", other.pk: "passed"}
    client.post(address, {"_do": "take_back", "ids": [rejected.pk]})
    assert dict(Proposal.objects.pending().values_list("application", "outcome")) == {other.pk: "passed"}


def test_what_was_typed_stays_where_the_outcome_is_incomplete(people, batch, client):
    application = before_meeting(batch)
    client.force_login(people.officer)
    answer = client.post(
        reverse("admin:applications_batch_deliberation", args=[batch.pk]),
        {"_do": "propose", "ids": [application.pk], "outcome": "rejected", "reason": "不符合征集条件"},
    )
    assert (answer.status_code, answer.context["ticked"], "不符合征集条件" in answer.content.decode()) == (422, [application.pk], True)


def test_a_clerk_sees_the_meeting_and_changes_nothing(people, batch, client):
    application = before_meeting(batch)
    client.force_login(people.clerk)
    address = reverse("admin:applications_batch_deliberation", args=[batch.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"_do": "propose", "ids": [application.pk], "outcome": "passed"}).status_code == 404
    assert not Proposal.objects.exists()


# ── of which batch a resolution can be ───────────────────────────────────────────────────────────────────────────────


def of_another_batch(people):
    decided = factories.resolution(subject="审议第二批申请单位")
    second = Batch.objects.get(number=2)
    Batch.objects.filter(pk=second.pk).update(deciding_body=Batch.objects.get(number=1).deciding_body)
    application = before_meeting(second)
    said = {"version": application.version, "batch": second, "outcome": Outcome.PASSED, "recorded_by": people.officer}
    Decision.objects.create(application=application, resolution=decided, **said)
    return decided


def of_an_expulsion(_people):
    decided = factories.resolution(subject="审议除名事项")
    factories.unit().expulsions.create(charges="长期不履行义务", charged_by=factories.user(), resolution=decided, defend_by=clock.today())
    return decided


def of_an_earlier_meeting(_people):
    held = factories.meeting(assembly="preparatory", held_at=Batch.objects.get(number=1).closes_at - timedelta(days=1))
    return factories.resolution(meeting=held)


@pytest.mark.parametrize("unrelated", [of_another_batch, of_an_expulsion, of_an_earlier_meeting])
def test_a_resolution_on_something_else_is_neither_offered_nor_taken(people, batch, unrelated):
    good, failed, other = factories.resolution(), factories.resolution(in_favour=1, against=7), unrelated(people)
    field = ReleaseForm(batch=batch).fields["resolution"]
    assert set(field.queryset) == {good, failed}
    assert other != good
    with pytest.raises(Refused, match="不是关于本批次"):
        workflow.deliberate(before_meeting(batch), by=people.officer, resolution=other)


def test_a_resolution_is_offered_with_its_meeting_its_day_and_its_result(batch):
    failed = factories.resolution(in_favour=1, against=7)
    label = ReleaseForm(batch=batch).fields["resolution"].label_from_instance(failed)
    assert label == f"审议入会申请 · {failed.meeting} · {day(failed.meeting.held_at)} · 未通过"


def test_one_resolution_decides_a_batch_until_the_last_is_deferred_and_never_the_next(people, batch):
    resolution = factories.resolution()
    workflow.defer(deferred := before_meeting(batch), by=people.officer, resolution=resolution, reason="补充材料")
    assert (deferred.batch.number, deferred.decisions.get().batch) == (2, batch)
    workflow.deliberate(before_meeting(batch), by=people.officer, resolution=resolution)
    Batch.objects.filter(number=2).update(closes_at=clock.now() - timedelta(days=1))
    assert resolution not in ReleaseForm(batch=Batch.objects.get(number=2)).fields["resolution"].queryset


def test_whoever_upholds_an_objection_is_offered_what_can_be_of_its_batch(people, batch):
    good, other = factories.resolution(), of_an_expulsion(people)
    form = STEP_FORMS["uphold_objection"](things=[factories.application(State.OBJECTION, batch=batch)])
    assert list(form.fields["resolution"].queryset) == [good]
    assert other not in form.fields["resolution"].queryset


def test_before_a_release_the_page_says_how_many_sheets_are_outstanding(client, people, batch):
    application = before_meeting(batch)
    factories.assignment(people.officer, application, state="assigned")
    deliberating.propose([Wanted(application, Outcome.PASSED)], by=people.officer)
    client.force_login(people.officer)
    assert "尚有 1 份专家评审表未交" in client.get(reverse("admin:applications_batch_deliberation", args=[batch.pk])).content.decode()
