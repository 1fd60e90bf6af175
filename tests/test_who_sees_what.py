"""Every address × every role: what is there, for whom, and the same answer for a foreign thing and a missing one."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from alliance import clock
from alliance.checks import patterns
from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from applications.choices import State
from applications.models import Invitation, JoinRequest, Panel
from council.models import Nomination
from members import workflow as members
from members.choices import Direction, MeetingState, Tier
from members.models import Body, Motion
from tests import factories
from tests.alliance import hostile
from tests.conftest import OFFICES, ROLES

pytestmark = pytest.mark.django_db

EVERYONE = set(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}
APPLICANT, MEMBERS, STAFF = {"applicant"}, {"member", "council"}, set(OFFICES)
DASHBOARD = {"council", "clerk", "officer", "secretary", "auditor"}

# route -> (who is let in by GET; everybody else signed in gets 404, the anonymous go to log in)
CONDUCT = {"officer", "secretary"}  # who conducts meetings
PAGES = {
    "": EVERYONE,
    "notice/": EVERYONE,
    "batches/": EVERYONE,
    "batches/<int:number>/": EVERYONE,
    "announcements/": EVERYONE,
    "announcements/feed/": EVERYONE,
    "announcements/<uuid:uuid>/": MEMBERS | {"clerk", "officer", "secretary"},
    "announcements/<uuid:uuid>/print/": MEMBERS | {"clerk", "officer", "secretary"},
    "announcements/<uuid:uuid>/poster.pdf": MEMBERS | {"clerk", "officer", "secretary"},
    "healthz/": EVERYONE,
    "enquiries/": EVERYONE,
    "enquiries/<uuid:uuid>/": APPLICANT,
    "reviews/": {"expert"},
    "reviews/<uuid:uuid>/": {"expert"},
    "reviews/<uuid:uuid>/recuse/": {"expert"},
    "reviews/<uuid:uuid>/sheet.pdf": {"expert"},
    "reviews/panel/<uuid:uuid>/": {"expert"},
    "council/roster/": EVERYONE,
    "council/candidates/": EVERYONE,
    "members/": EVERYONE,
    "members/units.csv": EVERYONE,
    "members/units.json": EVERYONE,
    "members/figures/": EVERYONE,
    "members/figures/table.xlsx": EVERYONE,
    "members/<slug:number>/": EVERYONE,
    "council/": DASHBOARD,
    "council/hall/": DASHBOARD,
    "council/what-if/": DASHBOARD,
    "council/seats.pdf": DASHBOARD,
    "council/seats.csv": DASHBOARD,
    "council/seats.json": DASHBOARD,
    "unit/": MEMBERS,
    "unit/certificates/<uuid:uuid>/": {"member"},
    "verify/": EVERYONE,
    "verify/<slug:code>/": EVERYONE,
    "bodies/": EVERYONE,
    "bodies/<uuid:uuid>/": EVERYONE,
    "unit/<slug:number>/": {"member"},
    "unit/<slug:number>/data/": {"member"},
    "unit/<slug:number>/data/change/": {"member"},
    "unit/<slug:number>/visibility/": {"member"},
    "unit/<slug:number>/naming/<str:act>/": set(),  # no such act
    "unit/<slug:number>/requests/<uuid:uuid>/": {"member"},
    "unit/<slug:number>/requests/<uuid:uuid>/withdraw/": {"member"},
    "unit/<slug:number>/people/": {"member"},
    "unit/<slug:number>/people/<str:act>/": set(),  # nobody is named
    "unit/<slug:number>/groups/": {"member"},
    "unit/<slug:number>/groups/wish/": set(),  # no body is named
    "unit/<slug:number>/groups/wishes/<int:pk>/withdraw/": {"member"},
    "unit/<slug:number>/groups/<int:pk>/leave/": {"member"},
    "unit/<slug:number>/letters/": {"member"},
    "unit/<slug:number>/letters/<uuid:uuid>/": {"member"},
    "unit/<slug:number>/confirmation/": {"member"},
    "unit/<slug:number>/leaving/": {"member"},
    "unit/<slug:number>/leaving/stay/": {"member"},
    "unit/<slug:number>/meetings/": {"member"},
    "unit/<slug:number>/meetings/<uuid:uuid>/": {"member"},
    "unit/<slug:number>/meetings/<uuid:uuid>/proxy.docx": {"member"},
    "meetings/<uuid:uuid>/": {"member"},
    "meetings/<uuid:uuid>/sign-in/": {"member"},
    "meetings/<uuid:uuid>/hall/": CONDUCT,
    "meetings/<uuid:uuid>/door/": CONDUCT,
    "meetings/<uuid:uuid>/sheet/": CONDUCT,
    "meetings/<uuid:uuid>/proxies/<int:line>/": CONDUCT,
    "meetings/motions/<uuid:uuid>/": CONDUCT,
    "letters/": SIGNED_IN,
    "letters/<uuid:uuid>/": {"council"},
    "jobs/<uuid:uuid>/": {"clerk"},
    "accounts/after-login/": SIGNED_IN,
    "accounts/me/data/": SIGNED_IN,
    "accounts/me/data.json": SIGNED_IN,
    "accounts/me/data.pdf": SIGNED_IN,
    "applications/": SIGNED_IN,
    "applications/new/": SIGNED_IN,
    "applications/new/number/": SIGNED_IN,
    "applications/blank.pdf": EVERYONE,
    "applications/blank.docx": EVERYONE,
    "applications/template.xlsx": EVERYONE,
    "applications/filled/": SIGNED_IN,
    "applications/claim/": SIGNED_IN,
    "applications/<uuid:uuid>/": APPLICANT,
    "applications/<uuid:uuid>/form.pdf": APPLICANT,
    "applications/<uuid:uuid>/submit/": APPLICANT,
    "applications/<uuid:uuid>/withdraw/": APPLICANT,
    "applications/back/": SIGNED_IN,
    "applications/<uuid:uuid>/take-up/": APPLICANT,
    "applications/<uuid:uuid>/again/": set(),  # a draft has not ended
    "applications/<uuid:uuid>/colleagues/": APPLICANT,
    "applications/<uuid:uuid>/colleagues/<str:act>/": set(),  # nobody is named
    "applications/invitations/<uuid:uuid>/<str:act>/": {"member"},
    "applications/join-requests/<uuid:uuid>/<str:step>/": APPLICANT,
    "applications/<uuid:uuid>/attachments/": APPLICANT,
    "applications/<uuid:uuid>/seal/": APPLICANT,
    "applications/<uuid:uuid>/recommendation/": APPLICANT,
    "applications/recommendations/<uuid:uuid>/": EVERYONE,
    "applications/<uuid:uuid>/<str:section>/": APPLICANT,
    "files/<uuid:uuid>/": APPLICANT,
    "files/<uuid:uuid>/pages/<int:number>.png": APPLICANT,
    "papers/<uuid:uuid>/": APPLICANT | {"clerk", "officer", "secretary"},
    "council/nominate/<slug:number>/": {"member"},
    "council/nominations/<uuid:uuid>/stand/": {"member"},
    "council/nominations/<uuid:uuid>/<str:step>/": {"member"},
}
NOT_OURS = ("accounts/", "i18n/", "admin/")
OURS_AMONG_THEM = ("accounts/after-login/", "accounts/me/data")
POST_ONLY = {
    "unit/certificates/<uuid:uuid>/",
    "unit/<slug:number>/requests/<uuid:uuid>/withdraw/",
    "unit/<slug:number>/naming/<str:act>/",
    "unit/<slug:number>/people/<str:act>/",
    "unit/<slug:number>/groups/wish/",
    "unit/<slug:number>/groups/wishes/<int:pk>/withdraw/",
    "unit/<slug:number>/groups/<int:pk>/leave/",
    "unit/<slug:number>/leaving/stay/",
    "council/nominations/<uuid:uuid>/<str:step>/",
    "applications/<uuid:uuid>/take-up/",
    "applications/<uuid:uuid>/again/",
    "applications/<uuid:uuid>/colleagues/<str:act>/",
    "applications/invitations/<uuid:uuid>/<str:act>/",
    "applications/join-requests/<uuid:uuid>/<str:step>/",
}


def test_every_address_has_a_row_in_this_table():
    routes = {route for route, pattern in patterns(get_resolver()) if route.startswith(OURS_AMONG_THEM) or not route.startswith(NOT_OURS)}
    assert routes == set(PAGES)


@pytest.fixture
def things(people, settings, tmp_path):
    """One of each thing that an address names; the applicant's draft and its paper, the member's nomination."""
    settings.PORTAL_HOME = tmp_path
    application = factories.draft(by=people.applicant)
    recommendation = factories.recommendation(application)
    paper = keep(check(SimpleUploadedFile("a.png", hostile.picture("PNG"))), about=application, by=people.applicant)
    people.member.emailaddress_set.create(email=people.member.email, verified=True, primary=True)
    invitation = Invitation.objects.create(application=application, email=people.member.email, invited_by=people.applicant)
    joining = JoinRequest.objects.create(application=application, reg_no=application.reg_no, jurisdiction="mainland", user=people.council)
    nomination = Nomination.objects.create(
        call=factories.call(),
        term=factories.term(),
        tier=Tier.DIRECTOR,
        direction=Direction.ICV,
        unit=people.units["member"],
        person=people.units["member"].representative,
        kind="recommended",
        recommender=people.units["council"],
        reason="骨干单位",
    )
    before, whom = factories.application(State.SCREENED), people.expert.expert
    assignment = factories.assignment(people.officer, before, expert=whom, state="assigned", due_at=clock.now())
    Panel.objects.create(batch=before.batch, leader=whom, held_on=clock.today())
    letter = Letter.objects.filter(recipient=people.council).first()
    job = Job.objects.create(work="step on many", total=3, by=people.clerk, label="受理")
    certificate = factories.certificate(people.officer, people.units["member"])
    committee = Body.objects.get(kind="experts")
    Body.objects.filter(pk=committee.pk).update(is_public=True)
    unit = people.units["member"]
    number = {"<slug:number>": unit.number}
    request, wish = factories.change_request(unit), factories.wish(unit)
    place = unit.body_tenures.create(body=factories.branch(), begins_on=clock.today())
    members.give_notice(unit, by=people.member, reason="x", effective_on=clock.today() + timedelta(days=9))
    about = factories.letter(unit, recipient=people.member, state="sent")
    meeting = factories.meeting(MeetingState.CONVENED, units=[unit], present=0)
    motion = Motion.objects.create(meeting=meeting, subject="审议章程（草案）", way="named")
    announced = factories.announcement(audience="members")
    return {
        "announcements/": {"<uuid:uuid>": str(announced.uuid)},
        "unit/certificates/": {"<uuid:uuid>": str(certificate.uuid)},
        "verify/": {"<slug:code>": certificate.code},
        "bodies/": {"<uuid:uuid>": str(committee.uuid)},
        "unit/<slug:number>/meetings/": number | {"<uuid:uuid>": str(meeting.uuid)},
        "meetings/motions/": {"<uuid:uuid>": str(motion.uuid)},
        "meetings/": {"<uuid:uuid>": str(meeting.uuid), "<int:line>": str(meeting.attendances.get().pk)},
        "unit/<slug:number>/requests/": number | {"<uuid:uuid>": str(request.uuid)},
        "unit/<slug:number>/groups/wishes/": number | {"<int:pk>": str(wish.pk)},
        "unit/<slug:number>/groups/<": number | {"<int:pk>": str(place.pk)},
        "unit/<slug:number>/letters/": number | {"<uuid:uuid>": str(about.uuid)},
        "unit/<slug:number>/": number | {"<str:act>": "leave"},
        "reviews/panel/": {"<uuid:uuid>": str(before.uuid)},
        "reviews/": {"<uuid:uuid>": str(assignment.uuid)},
        "letters/": {"<uuid:uuid>": str(letter.uuid)},
        "enquiries/": {"<uuid:uuid>": str(factories.asked(people.applicant).uuid)},
        "jobs/": {"<uuid:uuid>": str(job.uuid)},
        "papers/": {"<uuid:uuid>": str(factories.paper(application, by=people.clerk).uuid)},
        "applications/invitations/": {"<uuid:uuid>": str(invitation.uuid), "<str:act>": "take"},
        "applications/join-requests/": {"<uuid:uuid>": str(joining.uuid), "<str:step>": "grant"},
        "applications/recommendations/": {"<uuid:uuid>": str(recommendation.uuid)},
        "applications/": {"<uuid:uuid>": str(application.uuid), "<str:section>": "unit", "<str:act>": "leave"},
        "files/": {"<uuid:uuid>": str(paper.uuid), "<int:number>": "1"},
        "batches/": {"<int:number>": "1"},
        "members/": {"<slug:number>": people.units["member"].number},
        "council/nominate/": {"<slug:number>": people.units["member"].number},
        "council/nominations/": {"<uuid:uuid>": str(nomination.uuid), "<str:step>": "accept"},
    }


def address(route, things, *, missing=False) -> str:
    filled = next((named for start, named in things.items() if route.startswith(start)), {})
    for placeholder, value in filled.items():
        route = route.replace(
            placeholder,
            str(uuid.uuid4()) if missing and "uuid" in placeholder else "none" if missing and "number" in placeholder else value,
        )
    return "/" + route


def client_of(role, people) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(getattr(people, role))
    return client


def status(client, route, url, *, ask="get") -> int:
    answer = client.post(url) if route in POST_ONLY else getattr(client, ask)(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file that is being handed out is closed when it was read
    return answer.status_code


@pytest.mark.parametrize("route", PAGES)
def test_a_page_lets_in_whom_it_names_and_nobody_else(route, people, things):
    url, let_in = address(route, things), PAGES[route]
    answers = {role: status(client_of(role, people), route, url) for role in ROLES}
    fine = {302, 409} if route in ("accounts/after-login/", *POST_ONLY) else {503} if route == "healthz/" else {200}
    for role, code in answers.items():
        expected = fine if role in let_in else {302} if role == "anonymous" else {404}
        assert code in expected, (role, answers)


ADDRESS_IS_KEY = {
    "applications/recommendations/<uuid:uuid>/",
    "verify/<slug:code>/",
    "bodies/<uuid:uuid>/",
}  # whoever was sent the link has no account
FOR_EVERYBODY = {"members/<slug:number>/", "batches/<int:number>/"}  # nothing there is foreign


@pytest.mark.parametrize("route", [route for route in PAGES if "<" in route and route not in ADDRESS_IS_KEY | FOR_EVERYBODY])
def test_a_foreign_thing_and_a_missing_one_get_the_same_answer(route, people, things):
    client = client_of("stranger", people)
    foreign, missing = (
        client.post(url) if route in POST_ONLY else client.get(url)
        for url in (address(route, things), address(route, things, missing=True))
    )
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_paths(foreign) == without_paths(missing)


def without_paths(answer) -> str:
    """The page without its own address and its token, which differ by what was asked."""
    text = answer.content.decode().replace(answer.request["PATH_INFO"], "")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", text)


@pytest.mark.parametrize("route", [route for route in PAGES if route not in POST_ONLY])
def test_reading_a_page_writes_nothing_and_its_head_can_be_asked_for_alone(route, people, things):
    if connection.vendor != "postgresql":
        pytest.skip("a read-only transaction is PostgreSQL's")
    for role in sorted(PAGES[route] & {"anonymous", "applicant", "member", "council", "clerk", "officer"}):
        client = client_of(role, people)
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT reading; SET LOCAL transaction_read_only = on")
        try:
            found = status(client, route, address(route, things))
            assert found in (200, 302, 503)
            assert status(client, route, address(route, things), ask="head") == found
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK TO SAVEPOINT reading")


# ── The admin ────────────────────────────────────────────────────────────────────────────────────────────────────────

LISTS = {model._meta.label_lower: who for who, models in {
    frozenset({"clerk", "officer", "secretary"}): [
        "applications.Application", "applications.Batch", "members.Organisation", "members.MemberUnit", "members.Term", "members.Meeting", "members.Attendance", "members.Motion",
        "members.Colleague", "members.Contact", "members.Representative", "members.Certificate", "members.Body", "members.BodyTenure", "members.Expert", "members.FieldDirection", "members.Wish",
        "members.Change", "members.FormerName", "members.Suspension", "members.Sanction", "members.Expulsion", "members.Resignation", "members.Succession", "members.Disclosure", "members.NameConsent", "members.SealedLot", "members.ChangeRequest", "members.FieldDemand", "members.Campaign", "members.Confirmation", "applications.Prospect",
        "applications.Attachment", "applications.Assignment", "applications.Review", "applications.Conflict", "applications.Panel", "applications.Objection", "applications.Proposal", "applications.Enquiry", "applications.FrequentQuestion", "applications.OnBehalf", "applications.Extension", "applications.JoinRequest", "applications.Consent", "applications.Note", "applications.Recommendation", "applications.ConsentText", "applications.RequiredPaper", "applications.SealedCopy", "applications.Original", "council.HonoraryChair",
        "council.Seat", "council.UnitTenure", "council.PersonTenure", "council.ActingChair", "council.Call", "council.Nomination", "council.Contest", "council.BallotSheet", "letters.Letter", "letters.Wording", "letters.Hold", "files.StoredFile", "documents.Template", "documents.Paper", "calendar.ExceptionalDay", "facts.Facts", "facts.ContactDesk", "facts.FoundingStage", "stages.Milestone", "stages.Activity", "stages.StagePaper", "announcements.Announcement",
    ],
    frozenset({"sysadmin", "security", "auditor"}): ["accounts.User"],
    frozenset({"security", "auditor", "secretary"}): ["members.BranchPost", "applications.Handover"],
    frozenset({"auditor"}): ["history.Event"],
    frozenset({"clerk", "officer", "secretary", "auditor"}): ["council.Result", "applications.DutyException", "exchange.Import", "exchange.Export"],
    frozenset(OFFICES): ["jobs.Run", "jobs.Job", "jobs.Round"],
}.items() for model in [__import__("django.apps", fromlist=["apps"]).apps.get_model(label) for label in models]}  # fmt: skip
ADDED_BY = {
    "accounts.user": {"sysadmin"},
    "members.branchpost": {"security"},
    "applications.handover": {"security", "secretary"},
    "applications.enquiry": {"clerk", "officer", "secretary"},
    "applications.note": {"clerk", "officer", "secretary"},
    "applications.original": {"clerk", "officer", "secretary"},
    "applications.onbehalf": {"clerk", "officer"},
    "applications.frequentquestion": {"clerk", "officer", "secretary"},
    **dict.fromkeys(
        (
            "members.meeting",
            "members.motion",
            "members.campaign",
            "applications.prospect",
            "members.resignation",
            "council.call",
            "council.nomination",
            "council.contest",
            "council.ballotsheet",
            "calendar.exceptionalday",
            "letters.wording",
            "letters.hold",
            "documents.template",
            "members.body",
            "members.expert",
            "applications.consenttext",
            "applications.requiredpaper",
            "applications.extension",
            "applications.assignment",
            "applications.conflict",
            "applications.panel",
            "council.honorarychair",
            "stages.milestone",
            "announcements.announcement",
        ),
        frozenset({"officer", "secretary"}),
    ),
}


def our_models():
    return {model._meta.label_lower: model for model in admin.site._registry}


@pytest.mark.parametrize("theirs", ["auth/group", "account/emailaddress", "mfa/authenticator"])
def test_the_libraries_own_lists_are_not_here(people, theirs):
    """They go by permissions, which nobody holds."""
    assert client_of("sysadmin", people).get(f"/admin/{theirs}/").status_code == 404


def test_every_list_of_the_admin_has_a_row_in_this_table():
    assert set(our_models()) == set(LISTS)


@pytest.mark.parametrize("label", LISTS)
def test_a_list_of_the_admin_is_seen_by_its_offices_alone(label, people):
    app, model = label.split(".")
    for role in ROLES:
        client = client_of(role, people)
        listed = client.get(reverse(f"admin:{app}_{model}_changelist")).status_code
        added = client.get(reverse(f"admin:{app}_{model}_add")).status_code
        outside = 302 if role not in OFFICES else 403
        assert listed == (200 if role in LISTS[label] else outside), (label, role)
        assert added == (200 if role in ADDED_BY.get(label, ()) else outside), (label, role)


def test_nothing_in_the_admin_is_deleted_but_a_wrongly_announced_day(people):
    client = client_of("secretary", people)
    unit = people.units["member"]
    assert client.post(reverse("admin:members_memberunit_delete", args=[unit.pk]), {"post": "yes"}).status_code == 403
    actions = client.get(reverse("admin:members_memberunit_changelist")).content.decode()
    assert "delete_selected" not in actions


def test_a_draft_is_nobody_s_but_the_applicant_s(people):
    draft = factories.draft(by=people.applicant)
    for role in OFFICES:
        answer = client_of(role, people).get(reverse("admin:applications_application_change", args=[draft.pk]), follow=True)
        assert draft.name not in answer.content.decode(), role


# ── What cannot be typed in ──────────────────────────────────────────────────────────────────────────────────────────


def test_state_owner_batch_and_number_cannot_be_typed_into_a_section(people):
    draft = factories.draft(by=people.applicant)
    typed = {
        "name": "广州演示有限公司",
        "jurisdiction": "mainland",
        "reg_no": draft.reg_no,
        "state": "admitted",
        "batch": 1,
        "number": "SQ1",
        "applicant": people.stranger.pk,
        "currency": "CNY",
    }
    client_of("applicant", people).post(reverse("applications:section", args=[draft.uuid, "unit"]), typed)
    before = (draft.batch_id, draft.applicant_id)
    draft.refresh_from_db()
    assert draft.name == "广州演示有限公司"
    assert (draft.state, draft.number, draft.batch_id, draft.applicant_id) == (State.DRAFT, None, *before)


def test_what_was_submitted_does_not_change_by_a_form(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    answer = client_of("applicant", people).post(reverse("applications:section", args=[application.uuid, "unit"]), {"name": "别的名称"})
    assert answer.status_code == 409
    application.refresh_from_db()
    assert application.name != "别的名称"


def test_the_admin_shows_an_application_but_takes_no_values(people):
    application = factories.application(State.SUBMITTED)
    answer = client_of("officer", people).post(
        reverse("admin:applications_application_change", args=[application.pk]), {"state": "admitted", "name": "别的名称"}
    )
    assert answer.status_code == 403
    application.refresh_from_db()
    assert (application.state, application.name) == (State.SUBMITTED, application.name)
