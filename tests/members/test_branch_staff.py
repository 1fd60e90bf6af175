"""Branch staff see what is their branch's: in every list, under every address, in counts and search; and take no step elsewhere."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance import clock
from alliance.admin import OfficeAdmin
from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed
from applications import rules, workflow
from applications.choices import State
from applications.models import Application, Batch, Extension, JoinRequest, OnBehalf
from applications.models.consent import agree
from council.models import ActingChair, UnitTenure
from members import workflow as membership
from members.models import BodyTenure, BranchPost, Contact, MemberUnit, Organisation
from members.workflow import agree_to_be_named, disclose
from tests import factories
from tests.alliance import hostile
from tests.members import lives

pytestmark = pytest.mark.django_db

# what belongs to the alliance as a whole, or to nobody's unit: every list is either here or limited by its branch
GENERAL = {
    "accounts.user", "history.event", "jobs.run", "jobs.round", "applications.batch", "applications.frequentquestion", "applications.consenttext",
    "applications.requiredpaper", "members.term", "members.meeting", "members.body", "members.expert", "members.fielddirection", "members.fielddemand", "members.campaign", "members.sealedlot", "members.branchpost", "applications.panel", "applications.handover",
    "council.seat", "council.contest", "council.ballotsheet", "council.result", "council.call", "members.motion", "council.honorarychair", "letters.wording", "letters.hold", "documents.template", "calendar.exceptionalday",
    "facts.facts", "facts.contactdesk", "facts.foundingstage", "announcements.announcement", "stages.milestone", "stages.activity", "stages.stagepaper",
}  # fmt: skip
BY_REACH_ELSEWHERE = {
    "applications.dutyexception", "letters.letter", "documents.paper", "files.storedfile", "jobs.job", "exchange.import", "exchange.export",
}  # fmt: skip  # by what they are about, or by who asked
OWN = {"jobs.job", "exchange.import", "exchange.export"}  # whoever asked for it sees it
HERE, THERE = "440300", "440100"


def ours() -> dict[str, tuple]:
    keepers = {
        model._meta.label_lower: (model, keeper) for model, keeper in admin.site._registry.items() if isinstance(keeper, OfficeAdmin)
    }
    return {label: both for label, both in keepers.items() if label not in GENERAL}


def test_every_list_is_limited_by_its_branch_or_named_as_the_whole_alliance_s():
    unlimited = {label for label, (_model, keeper) in ours().items() if keeper.reached_through is None}
    assert unlimited == BY_REACH_ELSEWHERE
    assert not [label for label in GENERAL if label in ours()]


def grow(region: str, people) -> Application:
    """One of everything that belongs to a unit of this region."""
    user = factories.user(f"办{region}")
    application = factories.application(State.ACCEPTED, by=user, region=region)
    file = keep(check(SimpleUploadedFile("a.png", hostile.picture("PNG"))), about=application, by=user)
    application.attachments.create(kind="certificate", file=file, added_by=user)
    factories.review(people.officer, application)
    factories.note(application)
    factories.exception(application)
    application.objections.create(name="陈示七", words="专利数量有误。", noted_by=people.officer)
    application.proposals.create(batch=application.batch, outcome="passed", proposed_by=people.officer)
    application.organisation.conflicts.create(expert=factories.expert(), noted_by=people.officer)
    Contact.objects.create(organisation=application.organisation, representative="张示一")
    factories.recommendation(application, "confirmed")
    factories.asked(user)
    factories.scan(factories.application(State.SUBMITTED, region=region, sealed=False))
    factories.paper(application)
    agree(application, ["declares_true"], by=user, language="zh-hans")
    Extension.objects.create(application=application, batch=application.batch, until=clock.now(), reason="x", granted_by=people.officer)
    OnBehalf.objects.create(
        application=factories.draft(by=people.clerk, region=region), channel="paper", received_at=clock.now(), entered_by=people.clerk
    )
    JoinRequest.objects.create(
        organisation=application.organisation, reg_no=application.reg_no, jurisdiction="mainland", user=factories.user("加入者")
    )
    unit = factories.unit(user, region=region, name=f"单位{region}有限公司")
    factories.certificate(people.officer, unit)
    lives.everything(unit, people.officer)
    disclose(unit, {"website": "members"}, by=user)
    agree_to_be_named(unit.representative, by=user, language="zh-hans")
    factories.meeting().attendances.create(unit=unit)
    factories.nomination(unit)
    factories.wish(unit)
    factories.change_request(unit)
    BodyTenure.objects.create(body=factories.wish(unit).body, unit=unit, begins_on=clock.today())
    seat = factories.term().seats.filter(tenures=None).first()
    taken = {"resolution": factories.resolution(), "begins_on": clock.today()}
    tenure = UnitTenure.objects.create(seat=seat, unit=unit, term=seat.term, **taken)
    tenure.persons.create(representative=unit.representative, begins_on=clock.today())
    ActingChair.objects.create(tenure=tenure, term=seat.term, begins_on=clock.today(), ended_on=clock.today())
    for letter in (application, unit):
        factories.letter(letter)
    return application


@pytest.fixture
def two(people, settings, tmp_path):
    """One of everything in Shenzhen, and one in Guangzhou."""
    settings.PORTAL_HOME = tmp_path
    grown = grow(HERE, people), grow(THERE, people)
    factories.prospect(region=HERE)
    factories.prospect(region=THERE)
    factories.campaign(people.officer)
    return grown


@pytest.mark.parametrize("role", ["clerk", "officer", "secretary"])
def test_every_list_shows_what_is_the_branch_s_and_its_foreign_rows_are_not_found(client, people, two, role):
    client.force_login(factories.branch_staff(role, HERE))
    Job.objects.create(work="step on many", total=1, by=people.clerk, label="受理")
    for label, (_model, keeper) in ours().items():
        if not getattr(people, role).holds(*keeper.seen_by, *keeper.kept_by):
            continue
        name = f"admin:{label.replace('.', '_')}"
        page = client.get(reverse(f"{name}_changelist"))
        shown = {row.pk for row in page.context["cl"].result_list}
        everything = {row.pk for row in keeper_rows(client, people, role, name)}
        assert shown < everything or (label in OWN and not everything), label
        assert shown or label in OWN, label
        for pk in everything - shown:
            assert client.get(reverse(f"{name}_change", args=[pk])).status_code in (302, 404), (label, pk)
            if hasattr(keeper, "workflow"):
                step = next(iter(keeper.workflow.steps))
                assert client.get(reverse(f"{name}_step", args=[step]) + f"?ids={pk}").status_code == 404, label


def keeper_rows(client, people, role, name):
    """The list as somebody of the whole office sees it."""
    from django.test import Client

    whole = Client()
    whole.force_login(getattr(people, role))
    return whole.get(reverse(f"{name}_changelist")).context["cl"].result_list


def test_search_and_counts_know_nothing_of_the_rest(client, people, two):
    here, there = two
    client.force_login(factories.branch_staff("officer", HERE))
    page = client.get(reverse("admin:applications_application_changelist"), {"q": there.number})
    assert page.context["cl"].result_count == 0
    assert there.name not in client.get(reverse("admin:applications_application_changelist")).content.decode()
    found = client.get(
        reverse("admin:autocomplete"), {"app_label": "council", "model_name": "nomination", "field_name": "unit", "term": "单位"}
    )
    assert [row["text"][:8] for row in found.json()["results"]] == ["单位440300"]
    desk = client.get(reverse("admin:index"))
    assert {str(queue.label): queue.count for queue in desk.context["queues"]}["待初审"] == 1
    batch = client.get(reverse("admin:applications_batch_changelist")).context["cl"].result_list.get(pk=here.batch_id)
    assert (
        batch.received
        == Application.objects.within_reach(factories.branch_staff("clerk", HERE)).filter(batch=batch).exclude(submitted_at=None).count()
    )


def test_who_named_the_branch_is_seen_by_it_wherever_the_unit_is(people):
    branch = factories.branch(HERE)
    staff = factories.branch_staff("officer", at=branch)
    far = factories.application(State.ACCEPTED, region=THERE, groups_wanted=[str(branch.uuid)])
    other = factories.application(State.ACCEPTED, region=THERE)
    assert [*Application.objects.visible_in_office(staff)] == [far]
    unit, sitting = factories.unit(region=THERE), factories.unit(region=THERE)
    factories.unit(region=THERE)
    factories.wish(unit, body=branch)
    BodyTenure.objects.create(body=branch, unit=sitting, begins_on=clock.today())
    assert {*MemberUnit.objects.within_reach(staff)} == {unit, sitting}
    assert {*Organisation.objects.within_reach(staff)} == {unit.organisation, sitting.organisation}
    assert rules.may_screen(staff, far)
    assert not rules.may_screen(staff, other)


def test_a_branch_of_a_province_reaches_its_whole_province_and_one_of_a_city_the_city(people):
    factories.application(State.ACCEPTED, region="430000")
    assert Application.objects.visible_in_office(factories.branch_staff("clerk", "430000")).count() == 1
    assert Application.objects.visible_in_office(factories.branch_staff("clerk", "440100")).count() == 0


@pytest.mark.parametrize(
    ("role", "step", "state"),
    [
        ("clerk", "accept", "submitted"), ("clerk", "decline", "submitted"), ("clerk", "return_for_correction", "submitted"), ("officer", "screen", "accepted"),
        ("officer", "conclude_reviews", "screened"), ("officer", "publicise", "deliberated"), ("secretary", "approve", "publicity"), ("officer", "admit", "approved"),
    ],
)  # fmt: skip
def test_a_step_on_a_foreign_application_is_refused_and_on_their_own_taken(people, role, step, state):
    from tests.test_every_step import inputs

    staff, taken = factories.branch_staff(role, HERE), workflow.workflow.steps[step]
    with pytest.raises(NotAllowed):
        taken(factories.application(state, region=THERE), by=staff, **inputs(taken))
    taken(factories.application(state, region=HERE), by=staff, **inputs(taken))


def test_a_step_on_a_foreign_unit_is_refused(people):
    staff = factories.branch_staff("officer", HERE)
    with pytest.raises(NotAllowed):
        membership.suspend(factories.unit(region=THERE), by=staff, reason="x")
    membership.suspend(factories.unit(factories.user(), region=HERE), by=staff, reason="x")


def test_what_is_the_whole_alliance_s_is_not_kept_by_a_branch(client, people):
    client.force_login(factories.branch_staff("secretary", HERE))
    assert client.get(reverse("admin:members_meeting_add")).status_code == 403
    assert client.post(reverse("admin:facts_facts_change", args=[1]), {"short_hans": "改"}).status_code == 403
    assert not rules.may_publish(factories.branch_staff("officer", HERE), Batch.objects.first())


def test_files_and_papers_of_others_are_not_handed_out(client, people, two):
    here, there = two
    client.force_login(factories.branch_staff("clerk", HERE))
    for application, code in ((here, 200), (there, 404)):
        assert client.get(reverse("applications:form", args=[application.uuid])).status_code == code
        file = application.attachments.filter(kind="certificate").last().file
        answer = client.get(reverse("file", args=[file.uuid]))
        if answer.streaming:
            b"".join(answer.streaming_content)
        assert answer.status_code in ((200, 423) if code == 200 else (404,))
        paper = factories.paper(application, kind="refusal")
        assert client.get(paper.get_absolute_url()).status_code == code


def test_only_the_security_administrator_says_who_works_for_a_branch_and_never_of_themselves(client, people):
    branch, _clerk = factories.branch(), people.clerk
    client.force_login(people.security)
    page = client.get("/admin/members/branchpost/add/").content.decode()
    assert f'<option value="{people.clerk.pk}">' in page
    assert f'<option value="{people.security.pk}">' not in page
    assert client.post("/admin/members/branchpost/add/", {"user": people.clerk.pk, "branch": branch.pk}).status_code == 302
    post = BranchPost.objects.get()
    assert (post.appointed_by, post.until) == (people.security, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        BranchPost.objects.create(user=people.clerk, branch=branch, appointed_by=people.security)
    day = {"until_0": f"{clock.today():%Y-%m-%d}", "until_1": "23:59"}
    client.post(reverse("admin:members_branchpost_change", args=[post.pk]), day)
    post.refresh_from_db()
    assert post.until is not None


def test_letters_about_others_are_not_read(client, people, two):
    client.force_login(factories.branch_staff("clerk", HERE))
    rows = client.get(reverse("admin:letters_letter_changelist")).context["cl"].result_list
    foreign = Letter.objects.about(two[1])
    assert foreign
    assert not {*rows} & {*foreign}
