"""The expert review: assigning, conflicts of interest, the sheet, the summary."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, connections
from django.urls import reverse

from alliance import clock
from alliance.accounts.models import User
from alliance.calendar.days import due_after
from alliance.history.models import Event
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.views import readable_file
from alliance.workflow import Refused
from applications import reviewing, workflow
from applications.choices import AssignmentState, Criterion, State
from applications.models import Application, Assignment, Batch, Conflict, GroupOpinion, Panel, Review
from applications.reviewing import assigning
from applications.reviewing.panels import record_opinion
from applications.tasks import remind
from members.models import Colleague, Expert, Representative
from members.models.colleague import Role
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "application/json"}
FULL = {**dict.fromkeys(Criterion.values, "4"), "advice": "admit", "opinion": "条件具备。"}


@pytest.fixture
def batch():
    """The first batch, which the experts review."""
    Batch.objects.filter(number=1).update(expert_review=True)
    return Batch.objects.get(number=1)


@pytest.fixture
def whom(people) -> Expert:
    return people.expert.expert


@pytest.fixture
def given(people, whom, batch):
    """An application that the expert has to review."""
    application = factories.application(State.SCREENED, main_direction="electric")
    return reviewing.assign(application, whom, by=people.officer)


def page(client, assignment, who):
    client.force_login(who)
    return client.get(reverse("review", args=[assignment.uuid]))


# ── Given by hand ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_assignment_by_hand_has_its_date_its_event_and_a_letter_that_names_no_application(given, whom, people):
    assert (given.state, given.due_at) == (AssignmentState.ASSIGNED, due_after(clock.now(), 10))
    assert Event.objects.of(given).get().step == "assign"
    letter = Letter.objects.get(template="reviews_assigned")
    assert letter.recipient == people.expert
    assert f"{reverse('account_request_login_code')}?next={reverse('reviews')}" in letter.body
    for said in (given.application.name, given.application.number, str(given.uuid)):
        assert said not in letter.subject + letter.body


def test_an_expert_without_an_account_gets_one_and_comes_in_by_a_code(client, people, batch, mailoutbox):
    expert = factories.expert(email="Lin@Example.org")
    made = reviewing.assign(factories.application(State.SCREENED), expert, by=people.officer)
    expert.refresh_from_db()
    assert (expert.user.email, expert.user.has_usable_password()) == ("lin@example.org", False)
    assert EmailAddress.objects.get(user=expert.user).verified
    client.post(
        f"{reverse('account_request_login_code')}?next={reverse('reviews')}", {"email": expert.user.email, "next": reverse("reviews")}
    )
    code = next(line for line in mailoutbox[-1].body.splitlines() if len(line.replace("-", "")) == 8 and line.replace("-", "").isalnum())
    entered = client.post(reverse("account_confirm_login_code"), {"code": code, "next": reverse("reviews")})
    assert entered.url == reverse("reviews")
    assert made.application.name in client.get(reverse("reviews")).content.decode()


def test_whoever_opened_an_account_with_the_expert_s_address_unconfirmed_does_not_come_in(people, batch):
    squatter = factories.user("示占", email="lin@example.org")
    squatter.set_password("Correct-horse-42")
    squatter.save()
    EmailAddress.objects.create(user=squatter, email=squatter.email, verified=False)
    expert = factories.expert(email="lin@example.org")
    reviewing.assign(factories.application(State.SCREENED), expert, by=people.officer)
    assert not User.objects.get(email="lin@example.org").has_usable_password()
    assert Expert.objects.get(pk=expert.pk).user == squatter


def test_only_what_waits_for_experts_goes_to_one_who_is_listed(people, batch):
    retired = factories.expert(retired_on=clock.today())
    for application, expert in (
        (factories.application(State.ACCEPTED), factories.expert()),
        (factories.application(State.SCREENED), retired),
    ):
        with pytest.raises(Refused):
            reviewing.assign(application, expert, by=people.officer)
    assert not Assignment.objects.exists()


def test_the_same_expert_is_not_given_it_twice_but_what_was_taken_back_can_be_given_again(given, whom, people):
    with pytest.raises(Refused):
        reviewing.assign(given.application, whom, by=people.officer)
    assigning.take_back(given, by=people.officer, reason="出差")
    assigning.assign_again(given, by=people.secretary)
    assert (given.state, given.reason, given.assigned_by) == (AssignmentState.ASSIGNED, "", people.secretary)


def test_reassigning_gives_the_place_to_somebody_else(given, people):
    other = factories.expert()
    assigning.reassign(given, by=people.officer, expert=other, reason="出差")
    states = dict(Assignment.objects.values_list("expert", "state"))
    assert states == {given.expert_id: AssignmentState.WITHDRAWN, other.pk: AssignmentState.ASSIGNED}


@pytest.mark.race
def test_two_of_the_office_give_it_to_the_same_expert_once(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    officers = [factories.user("李范二", "officer"), factories.user("王例三", "officer")]
    expert, application, barrier, refused = factories.expert(), factories.application(State.SCREENED), Barrier(2), []

    def assign(by):
        barrier.wait()
        try:
            reviewing.assign(application, expert, by=by)
        except Refused as refusal:
            refused.append(str(refusal.why))
        finally:
            connections.close_all()

    threads = [Thread(target=assign, args=(officer,)) for officer in officers]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert refused == [str(assigning.THERE_ALREADY)]
    assert (Assignment.objects.count(), Event.objects.filter(step="assign").count()) == (1, 1)


@pytest.mark.race
def test_two_proposals_at_once_leave_one(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    officers = [factories.user("李范二", "officer"), factories.user("王例三", "officer")]
    for _ in range(4):
        factories.application(State.SCREENED)
        factories.expert()
    batch, barrier = Batch.objects.get(number=1), Barrier(2)

    def propose(by, seed):
        barrier.wait()
        reviewing.propose(batch, by=by, seed=seed)
        connections.close_all()

    threads = [Thread(target=propose, args=(officer, n)) for n, officer in enumerate(officers)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert Counter(Assignment.objects.values_list("application", flat=True)) == dict.fromkeys(
        Application.objects.values_list("pk", flat=True), 3
    )


# ── Proposed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_proposal_is_explained_and_writes_nothing_before_it_is_asked_to(client, people, batch, whom):
    own = factories.expert(organisation=factories.application(State.SCREENED).organisation)
    application = factories.application(State.SCREENED)
    client.force_login(people.officer)
    shown = client.get(reverse("admin:applications_batch_reviews", args=[batch.pk]), {"seed": "7"})
    text = shown.content.decode()
    assert own.name in text
    assert "专家所在单位" in text
    assert "还缺" in text  # two experts, and three are wanted
    assert not Assignment.objects.exists()
    client.post(reverse("admin:applications_batch_reviews", args=[batch.pk]), {"propose": "1", "seed": "7"})
    assert Assignment.objects.filter(state="proposed", application=application).count() == 2
    assert not Letter.objects.filter(template="reviews_assigned").exists()
    assert not Assignment.objects.filter(expert=own, application__organisation=own.organisation).exists()


def test_a_proposal_drawn_again_keeps_what_is_confirmed_and_the_same_lot_gives_the_same(people, batch):
    experts = [
        factories.expert(directions=[direction]) for direction in ("electric", "hydrogen", "icv", "infrastructure") for _ in range(2)
    ]
    for n in range(6):
        factories.application(State.SCREENED, main_direction=experts[n].directions[0])
    reviewing.propose(batch, by=people.officer, seed=3)
    drawn = set(Assignment.objects.values_list("application", "expert"))
    reviewing.propose(batch, by=people.officer, seed=3)
    assert set(Assignment.objects.values_list("application", "expert")) == drawn
    kept = Assignment.objects.first()
    assigning.confirm(kept, by=people.officer)
    given_up = Assignment.objects.last()
    assigning.take_back(given_up, by=people.officer, reason="不便")
    reviewing.propose(batch, by=people.secretary, seed=4)
    kept.refresh_from_db()
    assert kept.state == AssignmentState.ASSIGNED
    standing = Assignment.objects.standing()
    assert set(Counter(standing.values_list("application", flat=True)).values()) == {3}
    assert not standing.filter(application=given_up.application, expert=given_up.expert).exists()
    loads = Counter(standing.values_list("expert", flat=True)).values()
    assert max(loads) - min(loads) <= 1


def test_all_that_is_proposed_is_confirmed_as_long_work_and_each_expert_gets_one_letter(client, people, batch):
    for _ in range(3):
        factories.application(State.SCREENED)
        factories.expert(email=f"expert{_}@example.net")
    reviewing.propose(batch, by=people.officer)
    count = Assignment.objects.proposed().count()
    client.force_login(people.officer)
    asked = client.post(reverse("admin:applications_batch_reviews", args=[batch.pk]), {"confirm": "1"})
    working.work_on(Job.objects.get().pk)
    assert asked.url == reverse("job", args=[Job.objects.get().uuid])
    assert Assignment.objects.filter(state="assigned").count() == count == 9
    assert Letter.objects.filter(template="reviews_assigned").count() == Assignment.objects.values("expert").distinct().count()


# ── Conflicts of interest ────────────────────────────────────────────────────────────────────────────────────────────


def own_unit(expert, application, by):
    Expert.objects.filter(pk=expert.pk).update(organisation=application.organisation)


def hosted(expert, application, by):
    unit = factories.organisation()
    type(unit).objects.filter(pk=application.organisation_id).update(host=unit, unit_type="alliance")
    Expert.objects.filter(pk=expert.pk).update(organisation=unit)


def names_as_host(expert, application, by):
    unit = factories.organisation()
    Application.objects.filter(pk=application.pk).update(host_no=unit.reg_no)
    Expert.objects.filter(pk=expert.pk).update(organisation=unit)


def hosts(expert, application, by):
    Expert.objects.filter(pk=expert.pk).update(organisation=factories.organisation(host=application.organisation, unit_type="alliance"))


def namesake(expert, application, by):
    Expert.objects.filter(pk=expert.pk).update(name=application.legal_representative)


def colleague(expert, application, by):
    Colleague.objects.create(user=expert.user, organisation=application.organisation, role=Role.FILLS_IN)


def representative(expert, application, by):
    Application.objects.filter(pk=application.pk).update(representative_email=expert.email.upper())


def liaison(expert, application, by):
    Application.objects.filter(pk=application.pk).update(contact_email=expert.user.email)


def speaks_for_the_unit(expert, application, by):
    unit = factories.unit()
    type(unit).objects.filter(pk=unit.pk).update(organisation=application.organisation)
    Representative.objects.filter(unit=unit).update(user=expert.user)


def pinned(expert, application, by):
    reviewing.pin(expert, application.organisation, by=by, note="合作项目")


def pinned_with_the_host(expert, application, by):
    host = factories.organisation()
    type(host).objects.filter(pk=application.organisation_id).update(host=host, unit_type="alliance")
    reviewing.pin(expert, host, by=by)


def recused(expert, application, by):
    assigning.recuse(Assignment.objects.get(application=application, expert=expert), by=expert.user)


TIES = [
    own_unit, hosted, names_as_host, hosts, namesake, colleague, representative, liaison, speaks_for_the_unit, pinned, pinned_with_the_host, recused,
]  # fmt: skip


@pytest.mark.parametrize("tie", TIES, ids=lambda tie: tie.__name__)
def test_a_conflicted_expert_gets_nothing_of_the_application_anywhere(tie, given, whom, people, client):
    """In the list, its counts, the dossier, its papers, the sheet, the panel, letters, one's own data: as if it did not exist."""
    application = Application.objects.get(pk=given.application_id)
    other = reviewing.assign(factories.application(State.SCREENED, legal_representative="陈例九"), whom, by=people.officer)
    Panel.objects.create(batch=given.batch, leader=whom, held_on=clock.today())
    paper = application.attachments.get().file
    client.force_login(people.expert)
    assert page(client, given, people.expert).status_code == 200
    tie(whom, application, people.officer)
    listed = client.get(reverse("reviews"))
    assert [each.pk for each in listed.context["todo"]] == [other.pk]
    assert [row["application"].pk for each in listed.context["panels"] for row in each["rows"]] == [other.application_id]
    theirs_as_well = [paper.get_absolute_url(), reverse("file_page", args=[paper.uuid, 1])] if tie is not colleague else []
    for url in (
        reverse("review", args=[given.uuid]),
        reverse("review_sheet", args=[given.uuid]),
        reverse("group_opinion", args=[application.uuid]),
        reverse("review", args=[uuid.uuid4()]),
        *theirs_as_well,
    ):
        answer = client.get(url)
        assert (answer.status_code, application.name in answer.content.decode()) == (404, False), url
    assert client.post(reverse("review", args=[given.uuid]), FULL).status_code == 404
    assert client.post(reverse("recuse", args=[given.uuid])).status_code == 404
    seen = "".join(client.get(reverse(name)).content.decode() for name in ("reviews", "letters:list"))
    letters = "".join(
        client.get(reverse("letters:one", args=[each.uuid])).content.decode() for each in Letter.objects.filter(recipient=people.expert)
    )
    for said in (application.name, application.number):
        assert said not in seen + letters
    assert application.number not in json.dumps(client.get(reverse("my_data_json")).json()["data"]["reviews"])
    assert reviewing.plan(given.batch).excluded or tie is recused


def test_a_conflict_that_is_pinned_takes_back_what_the_expert_has_and_one_that_is_ended_lets_them_in_again(given, whom, people, client):
    reviewing.pin(whom, given.application.organisation, by=people.officer)
    given.refresh_from_db()
    assert given.state == AssignmentState.WITHDRAWN
    with pytest.raises(Refused):
        assigning.assign_again(given, by=people.officer)
    reviewing.end_conflict(Conflict.objects.get(), by=people.officer)
    assigning.assign_again(given, by=people.officer)
    assert page(client, given, people.expert).status_code == 200


def test_the_office_pins_and_ends_a_conflict_in_the_admin(given, whom, people, client):
    client.force_login(people.officer)
    url = reverse("admin:applications_conflict_add")
    client.post(url, {"expert": whom.pk, "organisation": given.application.organisation_id, "note": "亲属"})
    conflict = Conflict.objects.get()
    assert (conflict.kind, conflict.noted_by, conflict.note) == ("pinned", people.officer, "亲属")
    client.post(reverse("admin:applications_conflict_changelist"), {"action": "end_chosen", "_selected_action": [conflict.pk]})
    conflict.refresh_from_db()
    assert conflict.ended_at
    assert set(Event.objects.of(conflict).values_list("step", flat=True)) == {"note_conflict", "end_conflict"}


# ── The sheet ────────────────────────────────────────────────────────────────────────────────────────────────────────


def saved(client, assignment, answers, base=None):
    typed = answers | ({"base": json.dumps(base)} if base else {})
    return client.post(reverse("review", args=[assignment.uuid]), typed, headers=SCRIPT)


def test_a_sheet_is_saved_field_by_field_and_what_is_wrong_stays_out(given, people, client):
    client.force_login(people.expert)
    answer = saved(client, given, {"climate": "5", "research": "9", "opinion": "较好"}).json()
    review = Review.objects.get()
    assert (review.points, review.opinion, review.handed_in_at) == ({"climate": 5}, "较好", None)
    assert (list(answer["errors"]), answer["shown"]["climate"]) == (["research"], ["5"])
    saved(client, given, {"climate": "3", "opinion": "较好"})
    assert Review.objects.get().points == {"climate": 3}


def test_a_sheet_says_when_it_was_saved_once_it_was(given, people, client):
    said = '<span data-says="saved">'
    assert said not in page(client, given, people.expert).content.decode()
    saved(client, given, {"opinion": "较好"})
    text = page(client, given, people.expert).content.decode()
    assert (said in text, "is-new" in text) == (True, False)


def test_the_bar_of_a_sheet_says_nothing_of_a_second_person(given, people, client):
    text = page(client, given, people.expert).content.decode()
    assert ("两处同时修改" in text, "两人都改过" in text) == (True, False)


def test_what_the_same_expert_changed_on_two_devices_is_shown_side_by_side(given, people, client):
    client.force_login(people.expert)
    base = saved(client, given, {"opinion": "初稿"}).json()["shown"]
    saved(client, given, {"opinion": "第一台"}, base)
    answer = saved(client, given, {"opinion": "第二台"}, base).json()
    assert list(answer["disputes"]) == ["opinion"]
    assert "第一台" in answer["disputes"]["opinion"].replace("<ins>", "").replace("</ins>", "")
    assert Review.objects.get().opinion == "第一台"


def test_it_is_handed_in_whole_or_says_what_is_missing(given, people, client):
    client.force_login(people.expert)
    url = reverse("review", args=[given.uuid])
    answer = client.post(url, {**FULL, "climate": "", "hand_in": "1"})
    assert answer.status_code == 422
    assert "提交之前请填写此项" in answer.content.decode()
    assert Review.objects.get().points["research"] == 4
    client.post(url, {**FULL, "hand_in": "1"})
    given.refresh_from_db()
    assert (given.state, Review.objects.get().gaps) == (AssignmentState.REVIEWED, [])
    assert saved(client, given, {"climate": "1"}).status_code == 409
    assert Review.objects.get().points["climate"] == 4
    shown = client.get(url).content.decode()
    assert "条件具备" in shown
    assert "data-autosave" not in shown


def test_what_is_typed_after_the_sheet_was_handed_in_elsewhere_is_given_back(given, people, client):
    client.force_login(people.expert)
    url = reverse("review", args=[given.uuid])
    client.post(url, {**FULL, "hand_in": "1"})
    script = saved(client, given, {"opinion": "另一句"})
    assert (script.status_code, script.json()) == (409, {"refused": "评审表已经提交（可能是在另一个窗口），不再更改。"})
    answer = client.post(url, {**FULL, "climate": "2", "opinion": "另一句", "hand_in": "1"})
    assert (answer.status_code, answer.context["kept"]) == (409, {"创新氛围": "2 较弱", "意见": "另一句"})
    assert Review.objects.get().opinion == FULL["opinion"]


def test_a_recusal_says_what_follows_and_is_asked_once(given, people, client):
    client.force_login(people.expert)
    url = reverse("recuse", args=[given.uuid])
    asked = client.get(url)
    assert (asked.status_code, given.application.name in asked.content.decode()) == (200, True)
    assert client.post(url, {"words": "曾共事"}).status_code == 422  # no ground is chosen
    given.refresh_from_db()
    assert (given.state, Conflict.objects.count()) == ("assigned", 0)
    client.post(reverse("review", args=[given.uuid]), {**FULL, "hand_in": "1"})
    assert client.get(url).url == given.get_absolute_url()
    assert client.post(url, {"ground": "own"}).status_code == 409


def test_recusal_frees_the_place(given, whom, people, client):
    client.force_login(people.expert)
    saved(client, given, {"opinion": "半句"})
    client.cookies["django_language"] = "en"  # the office reads the reason in its own language
    answer = client.post(reverse("recuse", args=[given.uuid]), {"ground": "project", "words": "曾共事"}, follow=True)
    assert given.application.name not in answer.content.decode()
    given.refresh_from_db()
    conflict = Conflict.objects.get()
    assert (given.state, given.reason, conflict.kind, conflict.noted_by) == (
        "recused",
        "有合作项目、合同或经济往来：曾共事",
        "declared",
        people.expert,
    )
    assert not Review.objects.exists()
    assert Letter.objects.filter(template="expert_recused", recipient=people.officer).count() == 1
    assert "曾共事" not in str(Event.objects.of(given).last().details)


def test_the_dossier_shows_the_version_submitted_without_telephones_and_marks_its_reader(given, people, client):
    application = Application.objects.get(pk=given.application_id)
    Application.objects.filter(pk=application.pk).update(main_business="后来改过的")
    text = page(client, given, people.expert).content.decode()
    assert application.main_business in text
    assert "后来改过的" not in text
    assert people.expert.email in text
    for said in (application.contact_phone, application.contact_email, application.representative_email):
        assert said not in text


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", {"5,000 × 10,000", "228 persons", "30 May 2012"}),
        ("zh-hans", {"5,000 万元", "228 人", "2012年5月30日"}),
        ("zh-hant", {"5,000 萬元", "228 人", "2012年5月30日"}),
    ],
)
def test_the_figures_and_days_of_a_dossier_are_read_in_the_reader_s_language(language, read, people, client):
    application = factories.application(State.SCREENED, main_direction="electric", staff_total=228)
    given = reviewing.assign(application, people.expert.expert, by=people.officer)
    client.cookies["django_language"] = language
    said = {str(row["value"]) for each in page(client, given, people.expert).context["sections"] for row in each["rows"]}
    assert read <= said


def test_an_expert_reads_the_papers_of_the_version_and_no_others(given, people, client):
    application = given.application
    named = application.attachments.get().file
    later = factories.attachment(application, "other").file
    client.force_login(people.expert)
    request = SimpleNamespace(user=people.expert)
    assert readable_file(request, named.uuid) == named
    assert client.get(later.get_absolute_url()).status_code == 404


def test_the_sheet_is_printed_for_the_signature(given, people, client):
    client.force_login(people.expert)
    answer = client.get(reverse("review_sheet", args=[given.uuid]))
    assert answer.content.startswith(b"%PDF")
    client.post(reverse("review", args=[given.uuid]), {**FULL, "hand_in": "1"})
    assert client.get(reverse("review_sheet", args=[given.uuid])).content.startswith(b"%PDF")


def test_a_sheet_signed_on_paper_is_entered_by_the_office_which_is_kept(given, people, client):
    client.force_login(people.officer)
    step = reverse("admin:applications_assignment_step", args=["enter_sheet"]) + f"?ids={given.pk}"
    assert client.get(step).status_code == 200
    client.post(step, {**FULL, "ids": str(given.pk), "_confirm": "1"})
    review = Review.objects.get()
    assert (review.entered_by, review.points, review.assignment.state) == (people.officer, dict.fromkeys(Criterion.values, 4), "reviewed")


# ── The panel, and the summary ───────────────────────────────────────────────────────────────────────────────────────


def test_the_leader_records_the_panel_s_opinion_and_the_office_may_too(given, whom, people, client):
    panel = Panel.objects.create(batch=given.batch, leader=whom, held_on=clock.today())
    client.force_login(people.expert)
    client.post(reverse("group_opinion", args=[given.application.uuid]), {"advice": "admit", "opinion": "一致同意"})
    assert GroupOpinion.objects.get().recorded_by == people.expert
    record_opinion(panel, given.application, by=people.officer, advice="doubt", opinion="建议重点审议")
    said = GroupOpinion.objects.get()
    assert (said.advice, said.recorded_by) == ("doubt", people.officer)
    with pytest.raises(Refused):
        record_opinion(panel, given.application, by=people.stranger, advice="admit", opinion="同意")


def test_the_office_records_from_the_minutes_in_the_admin(given, whom, people, client):
    panel = Panel.objects.create(batch=given.batch, leader=whom, held_on=clock.today())
    client.force_login(people.officer)
    management = {"opinions-TOTAL_FORMS": "1", "opinions-INITIAL_FORMS": "0"}
    line = {"opinions-0-application": given.application_id, "opinions-0-advice": "refuse", "opinions-0-opinion": "不同意"}
    typed = {"batch": panel.batch_id, "leader": whom.pk, "held_on": clock.today().isoformat()}
    client.post(reverse("admin:applications_panel_change", args=[panel.pk]), management | line | typed)
    assert GroupOpinion.objects.get().advice == "refuse"


def test_the_summary_ranks_by_the_weighted_mean(people, batch):
    low, high, alone = (factories.application(State.SCREENED) for _ in range(3))
    for points in (2, 3):
        factories.review(people.officer, low, points=points)
    sheet = factories.review(people.officer, high, points=3)
    sheet.scores.filter(criterion=Criterion.INDUSTRY).update(points=5)
    factories.assignment(people.officer, alone, state="assigned")
    Batch.objects.filter(pk=batch.pk).update(weight_industry=5)
    first, second, third = reviewing.summary(Batch.objects.get(pk=batch.pk))
    assert (first.application, first.mean, first.rank) == (high, Decimal("4.00"), 1)  # (5 × 3 + 5 × 5) / 10
    assert (second.application, second.mean, second.spread, second.rank) == (low, Decimal("2.50"), Decimal("1.00"), 2)
    assert (third.application, third.mean, third.rank, third.outstanding) == (alone, None, None, 1)
    assert [count for _label, count in first.advice] == [1]


def test_a_sheet_that_was_taken_out_of_account_does_not_count(people, batch):
    application = factories.application(State.SCREENED)
    good, bad = (factories.review(people.officer, application, points=points) for points in (5, 1))
    assigning.take_back(bad.assignment, by=people.officer, reason="应当回避")
    [found] = reviewing.summary(batch)
    assert (found.mean, [sheet.pk for sheet in found.sheets]) == (Decimal("5.00"), [good.pk])


def test_the_applicant_sees_neither_scores_nor_opinions(people, batch, client):
    application = factories.application(State.SCREENED, by=people.applicant)
    review = factories.review(people.officer, application, points=2)
    Review.objects.filter(pk=review.pk).update(opinion="不宜外传的意见")
    workflow.conclude_reviews(application, by=people.officer, opinion="专家意见")
    client.force_login(people.applicant)
    for name in ("applications:detail", "applications:list"):
        text = client.get(reverse(name, args=[application.uuid] if name.endswith("detail") else None)).content.decode()
        assert "不宜外传" not in text
        assert review.assignment.expert.name not in text


def test_a_review_is_not_concluded_while_sheets_are_outstanding(given, people):
    with pytest.raises(Refused):
        workflow.conclude_reviews(given.application, by=people.officer, opinion="专家意见")
    assigning.take_back(given, by=people.officer, reason="逾期")
    workflow.conclude_reviews(given.application, by=people.officer, opinion="专家意见")
    assert given.application.state == State.EXPERT_REVIEWED


def test_the_weights_of_a_batch_cannot_all_be_nothing(client, people, batch):
    client.force_login(people.officer)
    url = reverse("admin:applications_batch_change", args=[batch.pk])
    terms = {
        "reviewers": "2",
        "most_reviews": "",
        "review_days": "8",
        "expert_review": "on",
        **{f"weight_{each}": "0" for each in Criterion},
    }
    rest = {
        "grace_minutes": "0",
        "seal_days": "5",
        "deciding_body": "preparatory",
        "publicity_days": "5",
        "last_day": "",
        "review_planned_on": "",
    }
    refused = client.post(url, terms | rest)
    assert "至少一项评审指标" in refused.content.decode()
    client.post(url, terms | rest | {"weight_capacity": "3"})
    batch.refresh_from_db()
    assert (batch.reviewers, batch.weights["capacity"], batch.weights["climate"]) == (2, 3, 0)


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_expert_is_reminded_two_days_before_on_the_day_and_then_daily_and_the_secretary_hears_of_it_after_two(given, people):
    people.here()
    nine = clock.midnight(clock.today()) + timedelta(hours=9)
    Assignment.objects.filter(pk=given.pk).update(due_at=clock.midnight(clock.today() + timedelta(days=5)))  # the last day is in four days
    near, late = [], []
    for day in range(8):
        before = [Letter.objects.filter(template=name).count() for name in ("reviews_near", "reviews_late")]
        for hour in (0, 0, 5):
            with clock.at(nine + timedelta(days=day, hours=hour)):
                remind()
        after = [Letter.objects.filter(template=name).count() for name in ("reviews_near", "reviews_late")]
        near += [day] * (after[0] - before[0])
        late += [day] * (after[1] - before[1])
    assert (near, late) == ([2, 4, 5, 6, 7], [6, 7])
    assert given.application.number not in Letter.objects.filter(template="reviews_near").first().body
