"""Every step × every state × every role: only what the table says happens, and whatever else is tried changes nothing."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from copy import copy
from datetime import timedelta

import pytest
from django.db import transaction

from alliance import clock
from alliance.announcements.admin import AnnouncementAdmin
from alliance.announcements.workflow import announcements
from alliance.facts.admin import FactsAdmin
from alliance.facts.models import Facts
from alliance.history.models import Event
from alliance.letters.admin import LetterAdmin
from alliance.letters.models import Letter
from alliance.letters.workflow import workflow as letters
from alliance.workflow import NotAllowed, Refused, Workflow, WrongState
from applications import prospecting, recommending, reviewing, sealing
from applications import workflow as applications
from applications.admin import ApplicationAdmin, SealedCopyAdmin
from applications.admin.casework import RecommendationAdmin
from applications.admin.enquiries import EnquiryAdmin
from applications.admin.prospects import ProspectAdmin
from applications.admin.reviewing import AssignmentAdmin
from applications.choices import Criterion, State
from applications.enquiring import enquiries
from council import workflow as council
from council.admin.calls import CallAdmin
from council.admin.contests import ContestAdmin
from council.admin.nominations import NominationAdmin
from council.admin.sheets import BallotSheetAdmin
from members import workflow as members
from members.admin.bodies import BodyTenureAdmin
from members.admin.campaigns import CampaignAdmin
from members.admin.certificates import CertificateAdmin
from members.admin.life import ResignationAdmin
from members.admin.meetings import MeetingAdmin
from members.admin.motions import MotionAdmin
from members.admin.office import WishAdmin
from members.admin.requests import ChangeRequestAdmin
from members.admin.units import MemberUnitAdmin
from members.models import Campaign, Resignation, Term
from members.models.campaign import digest_of
from tests import factories
from tests.conftest import OFFICES
from tests.members import lives

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(people):
    """Everybody is there before the first state is tried: what happens in one is taken back."""
    return people.here()


# who may take which step; written down here a second time on purpose
APPLICANT, CLERK, OFFICER, SECRETARY = {"applicant"}, {"clerk"}, {"officer"}, {"secretary"}
CONDUCT = OFFICER | SECRETARY
MAY = {
    "submit": APPLICANT, "resubmit": APPLICANT, "withdraw": APPLICANT,
    "accept": CLERK, "return_for_correction": CLERK, "decline": CLERK,
    "screen": OFFICER, "conclude_reviews": CONDUCT | {"timetable"},
    "deliberate": CONDUCT, "reject": CONDUCT, "defer": CONDUCT, "revive": CONDUCT,
    "publicise": CONDUCT, "object_to": CONDUCT, "resolve_objection": CONDUCT, "uphold_objection": SECRETARY,
    "take_up": APPLICANT, "extend": CLERK,
    "approve": SECRETARY, "admit": CONDUCT, "lapse": {"timetable"}, "discard": {"timetable"}, "miss_seal": {"timetable"},
}  # fmt: skip


ROLES = ("stranger", "applicant", "member", "council", "expert", *OFFICES, "timetable", "public")


def inputs(step):
    """Something lawful for every input of a step."""
    told = {"subject": "受理", "body": "已受理。", "whom": "陈示七", "how": "电话", "when": clock.now(), "papers": []}
    told |= {"until": clock.now() + timedelta(days=30)}
    told |= {"closes_on": clock.today() + timedelta(days=20), "working_days": 5, "note": "同意函"}
    told |= {"on": clock.today(), "begins_on": clock.today()}
    told |= factories.objection()
    told |= {"good_until": clock.today() + timedelta(days=400), "courier": "示速递", "number": "SF0001"}
    told |= {"ended_on": clock.today(), "end_reason": "任期届满", "sent_on": clock.today()}
    told |= {"advice": "admit", **dict.fromkeys(Criterion.values, 4)}
    told |= {"tell_members": True, "valid_until": clock.now() + timedelta(days=30)}
    some = told | {
        "defects": ["C01"],
        "words": "请补充",
        "ground": "J02",
        "reason": "不符",
        "opinion": "符合",
        "name": "张示一",
        "post": "处长",
    }
    made = {"resolution": factories.resolution, "expert": factories.expert}
    return {name: made[name]() if name in made else some[name] for name in step.inputs}


@pytest.mark.parametrize("name", applications.workflow.steps)
def test_a_step_on_an_application_is_open_only_as_the_table_says(name, people):
    step, put_in = applications.workflow.steps[name], inputs(applications.workflow.steps[name])
    for state in State:
        with undone():
            application = factories.application(state, by=people.applicant, sealed=name != "miss_seal")
            if name == "miss_seal":
                type(application).objects.filter(pk=application.pk).update(seal_due_at=application.submitted_at)
            if name == "lapse":
                type(application).objects.filter(pk=application.pk).update(due_at=application.submitted_at)
            if name == "discard":
                type(application).objects.filter(pk=application.pk).update(saved_at=clock.now() - applications.KEPT)
            cells(step, application, MAY[name], people, put_in)


@contextmanager
def undone():
    """Whatever happens inside is taken back at the end."""
    try:
        with transaction.atomic():
            yield
            raise TakenBack
    except TakenBack:
        pass


def attempt(step, thing, by, put_in):
    """Take the step and then take it back."""
    try:
        with transaction.atomic():
            tried = copy(thing)
            step(tried, by=by, **put_in)
            assert (tried.state, Event.objects.of(tried).last().step) == (step.to or thing.state, step.name)
            raise TakenBack
    except TakenBack:
        return True, None
    except Refused as refusal:
        return False, refusal


class TakenBack(Exception):
    pass


def test_every_step_is_named_in_this_table():
    assert set(MAY) == set(applications.workflow.steps)


DATED = CONDUCT | {"timetable"}  # what has its day is the timetable's as well
MEMBERS_MAY = {
    "suspend": CONDUCT, "reinstate": DATED, "resign": DATED, "issue_certificate": CONDUCT, "replace_certificate": CONDUCT,
    "change_representative": CONDUCT, "rename": CONDUCT, "merge": CONDUCT, "split": CONDUCT, "take_back": CONDUCT,
    "undo_succession": CONDUCT, "undo_succession_of_suspended": CONDUCT,
    "sanction": CONDUCT, "charge": CONDUCT, "hear_defence": CONDUCT, "drop_charges": CONDUCT, "expel": SECRETARY,
    "deem_resigned": CONDUCT, "terminate": SECRETARY,
}  # fmt: skip


def lived(name, unit, people):
    """What has happened to a unit so that the step can be taken; and what is put in."""
    today, letter = clock.today(), {"notice_on": clock.today(), "reason": "来函"}
    document = {"on": today, "document": "核准通知书"}
    put_in = {
        "resign": {"reason": "业务调整"},
        "change_representative": letter | {"name": "周例七", "post": "总经理"},
        "rename": letter | {"name": "深圳演示新名称有限公司"},
        "merge": document | {"successor": people.units["member"]},
        "split": document | {"name": "深圳演示承继有限公司", "reg_no": factories.answers()["reg_no"], "representative": "周例七"},
        "sanction": {"kind": "warning", "reason": "缺席"},
        "charge": {"charges": "缺席", "defend_by": today + timedelta(days=14)},
        "hear_defence": {"way": "written", "words": "人员变动所致。"},
        "terminate": {"ground": "revoked", "reason": "吊销"},
    }
    if name == "resign":
        said = {"effective_on": today, "reason": "业务调整", "state": "confirmed", "given_by": people.officer}
        Resignation.objects.create(unit=unit, **said)
    if name in ("hear_defence", "drop_charges"):
        lives.charged(unit)
    if name == "expel":
        lives.defended(unit)
        put_in["expel"] = {"resolution": lives.resolution()}
    if name.startswith("undo_succession"):
        lives.succession(unit, was="suspended" if name.endswith("suspended") else "active")
    if name == "take_back":
        lives.succession(factories.unit(), unit, kind="split", undone_at=clock.now())
    if name == "replace_certificate":
        members.new_certificate(unit, by=people.officer)
    return put_in.get(name)


@pytest.mark.parametrize("name", members.membership.steps)
def test_a_step_on_a_membership_is_open_only_as_the_table_says(name, people):
    for state in members.membership.states:
        with undone():
            ended = None if state in ("active", "suspended") else "2026-01-01"
            unit = factories.unit(people.applicant, state=state, ended_on=ended, admitted_on="2020-12-20")
            factories.certify()
            cells(members.membership.steps[name], unit, MEMBERS_MAY[name], people, lived(name, unit, people))


RESIGNATIONS_MAY = {"confirm_resignation": CONDUCT, "withdraw_resignation": CONDUCT | {"member"}}


@pytest.mark.parametrize("name", members.resignations.steps)
def test_a_notice_is_confirmed_by_the_office_and_withdrawn_by_the_unit_too(name, people):
    unit = people.units["member"]
    for state in members.resignations.states:
        with undone():
            notice = Resignation.objects.create(
                unit=unit, effective_on=clock.today(), reason="业务调整", state=state, given_by=people.member
            )
            cells(members.resignations.steps[name], notice, RESIGNATIONS_MAY[name], people)


CERTIFICATES_MAY = {"reissue": CONDUCT, "extend": CONDUCT, "renew": CONDUCT, "void": CONDUCT, "dispatch": CLERK | CONDUCT}


@pytest.mark.parametrize("name", members.certificates.steps)
def test_a_step_on_a_certificate_is_open_only_as_the_table_says(name, people):
    for state in members.certificates.states:
        with undone():
            certificate = factories.certificate(people.officer, factories.unit(people.applicant))
            put = {"expired": {"valid_until": clock.today() - timedelta(days=1)}, "valid": {"valid_until": clock.today()}}
            put |= {each: {"end": each, "ended_on": clock.today()} for each in ("replaced", "void")}
            changes = {"issued_on": clock.today() - timedelta(days=9)} | put.get(state, {})
            type(certificate).objects.filter(pk=certificate.pk).update(**changes)
            if state == "suspended":
                type(certificate.unit).objects.filter(pk=certificate.unit_id).update(state=state)
            if name == "renew":
                next_term = Term.objects.create(number=2, begins_on=clock.today(), ends_on=clock.today() + timedelta(days=1000))
                assert Term.objects.current() == next_term
            cells(members.certificates.steps[name], type(certificate).objects.get(pk=certificate.pk), CERTIFICATES_MAY[name], people)


SITTINGS_MAY = {"end_tenure": CONDUCT}


@pytest.mark.parametrize("name", members.sittings.steps)
def test_a_tenure_in_a_body_is_ended_by_officers(name, people):
    for state in members.sittings.states:
        with undone():
            tenure = factories.tenure(ended_on=clock.today() if state == "ended" else None)
            cells(members.sittings.steps[name], tenure, SITTINGS_MAY[name], people)


FOLLOW = {"count", "count_again", "agree_tally", "propose_correction", "seat_directors"}


@pytest.mark.parametrize(
    ("workflow", "admin"),
    [
        (applications.workflow, ApplicationAdmin),
        (members.membership, MemberUnitAdmin),
        (members.resignations, ResignationAdmin),
        (members.meetings, MeetingAdmin),
        (members.motions, MotionAdmin),
        (members.wishes, WishAdmin),
        (members.certificates, CertificateAdmin),
        (members.sittings, BodyTenureAdmin),
        (members.requests, ChangeRequestAdmin),
        (members.campaigns, CampaignAdmin),
        (prospecting.prospects, ProspectAdmin),
        (members.founding, FactsAdmin),
        (council.calls, CallAdmin),
        (council.nominations, NominationAdmin),
        (council.contests, ContestAdmin),
        (council.sheets, BallotSheetAdmin),
        (enquiries, EnquiryAdmin),
        (sealing.copies, SealedCopyAdmin),
        (recommending.recommendations, RecommendationAdmin),
        (reviewing.assignments, AssignmentAdmin),
        (letters, LetterAdmin),
        (announcements, AnnouncementAdmin),
    ],
)
def test_every_step_that_asks_for_something_has_a_form_with_just_that(workflow: Workflow, admin):
    own_pages = {"submit", "resubmit", "withdraw", "lapse", "discard", "miss_seal"}
    for step in workflow.steps.values():
        if step.name in FOLLOW:
            continue  # their fields follow from the candidates: tests/council/test_counting.py, test_posts_of_any_body.py
        form = admin.step_forms.get(step.name)
        asked, taken = set(form.base_fields if form else ()), set(inspect.signature(step.verb).parameters)
        assert set(step.inputs) <= asked <= taken, step.name  # what may be left out has a default
        assert bool(form) == bool(step.inputs), step.name
        assert step.name not in own_pages or not step.inputs


ENQUIRIES_MAY = {"ask_further": APPLICANT, "answer": CLERK | CONDUCT, "close_enquiry": CLERK | CONDUCT}


@pytest.mark.parametrize("name", enquiries.steps)
def test_a_step_on_an_enquiry_is_open_only_as_the_table_says(name, people):
    for state in enquiries.states:
        with undone():
            enquiry = factories.enquiry(people.clerk, state)
            type(enquiry).objects.filter(pk=enquiry.pk).update(asked_by=people.applicant)
            cells(enquiries.steps[name], enquiry, ENQUIRIES_MAY[name], people)


EXPERT = {"expert"}
ASSIGNMENTS_MAY = {
    "confirm": CONDUCT, "take_back": CONDUCT, "reassign": CONDUCT, "assign_again": CONDUCT, "enter_sheet": CONDUCT, "hand_in": EXPERT, "recuse": EXPERT,
}  # fmt: skip


@pytest.mark.parametrize("name", reviewing.assignments.steps)
def test_a_step_on_an_assignment_is_the_office_s_or_the_expert_s(name, people):
    for state in reviewing.assignments.states:
        with undone():
            review = factories.review(people.officer, factories.application(State.SCREENED), expert=people.expert.expert)
            assignment = review.assignment
            type(assignment).objects.filter(pk=assignment.pk).update(
                state=state, reason="不便" if state in ("recused", "withdrawn") else ""
            )
            assignment.refresh_from_db()
            cells(reviewing.assignments.steps[name], assignment, ASSIGNMENTS_MAY[name], people)


COPIES_MAY = {"find_right": CLERK, "find_unusable": CLERK}


@pytest.mark.parametrize("name", sealing.copies.steps)
def test_whether_a_scan_is_right_is_the_clerk_s_to_say(name, people, settings, tmp_path):
    settings.PORTAL_HOME = tmp_path
    application = factories.application(State.SUBMITTED, by=people.applicant, sealed=False)
    copy = factories.scan(application)
    for reading in sealing.copies.states:
        with undone():
            type(copy).objects.filter(pk=copy.pk).update(reading=reading, looked_by=people.clerk, looked_at=clock.now())
            copy.refresh_from_db()
            cells(sealing.copies.steps[name], copy, COPIES_MAY[name], people)


WISHES_MAY = {"accept_wish": CONDUCT, "decline_wish": CONDUCT, "withdraw_wish": {"member"}}


@pytest.mark.parametrize("name", members.wishes.steps)
def test_a_wish_is_accepted_or_declined_by_officers_and_withdrawn_by_the_unit(name, people):
    for state in members.wishes.states:
        with undone():
            cells(members.wishes.steps[name], factories.wish(people.units["member"], state), WISHES_MAY[name], people)


REQUESTS_MAY = {"settle_request": CONDUCT, "withdraw_request": {"member"}}


@pytest.mark.parametrize("name", members.requests.steps)
def test_a_change_request_is_answered_by_officers_and_withdrawn_by_the_unit(name, people):
    for state in members.requests.states:
        with undone():
            request = factories.change_request(people.units["member"], state)
            said = {"unit_type": {"accepted": True, "words": "", "seen": request.unit.organisation.unit_type}}
            put_in = {"decisions": said} if name == "settle_request" else {}
            cells(members.requests.steps[name], request, REQUESTS_MAY[name], people, put_in)


CAMPAIGNS_MAY = {"open_campaign": CONDUCT | {"timetable"}, "close_campaign": CONDUCT}


@pytest.mark.parametrize("name", members.campaigns.steps)
def test_a_yearly_confirmation_is_opened_by_officers_or_on_its_day(name, people):
    for state in members.campaigns.states:
        with undone():
            today = clock.today()
            made = Campaign.objects.create(year=2031, state=state, opens_on=today, due_on=today + timedelta(days=30))
            cells(members.campaigns.steps[name], made, CAMPAIGNS_MAY[name], people)


CONFIRMATIONS_MAY = {"confirm": {"member"}, "confirm_with_changes": {"member"}, "record_confirmation": CLERK | CONDUCT}


@pytest.mark.parametrize("name", members.confirmations.steps)
def test_a_unit_confirms_and_the_office_enters_what_came_on_paper(name, people):
    unit = people.units["member"]
    request = factories.change_request(unit)
    confirmation = factories.campaign(by=people.officer).confirmations.select_related("campaign", "unit__organisation").get(unit=unit)
    said = {"seen": digest_of(unit), "request": request, "received_on": clock.today(), "note": "甲柜"}
    for state in members.confirmations.states:
        with undone():
            there = (
                {}
                if state == "awaited"
                else {"way": "paper", "confirmed_at": clock.now(), "confirmed_by": people.clerk, "request": request}
            )
            type(confirmation).objects.filter(pk=confirmation.pk).update(state=state, **there)
            confirmation.refresh_from_db()
            step = members.confirmations.steps[name]
            cells(step, confirmation, CONFIRMATIONS_MAY[name], people, {each: said[each] for each in step.inputs})


PROSPECTS_MAY = dict.fromkeys(prospecting.prospects.steps, CONDUCT)


@pytest.mark.parametrize("name", prospecting.prospects.steps)
def test_the_source_pool_is_the_officers(name, people):
    for state in prospecting.prospects.states:
        with undone():
            invited = {"invited_at": clock.now()} if state == "invited" else {}
            cells(prospecting.prospects.steps[name], factories.prospect(state=state, **invited), PROSPECTS_MAY[name], people)


RECOMMENDATIONS_MAY = {"confirm": {"public"}, "decline": {"public"}, "take_back": APPLICANT}


@pytest.mark.parametrize("name", recommending.recommendations.steps)
def test_a_recommendation_is_confirmed_by_nobody_who_is_logged_in(name, people):
    for state in recommending.recommendations.states:
        with undone():
            asked = factories.recommendation(factories.draft(by=people.applicant), state)
            type(asked).objects.filter(pk=asked.pk).update(code_digest="0" * 64)
            cells(recommending.recommendations.steps[name], asked, RECOMMENDATIONS_MAY[name], people)


MEETINGS_MAY = {
    "convene": CONDUCT, "add_to_roll": CONDUCT, "strike_from_roll": CONDUCT, "open_meeting": CONDUCT, "close_meeting": CONDUCT,
}  # fmt: skip
MOTIONS_MAY = dict.fromkeys(("open_motion", "count_hands", "close_vote", "withdraw_motion"), CONDUCT)


@pytest.mark.parametrize("name", members.meetings.steps)
def test_a_step_on_a_meeting_is_open_only_as_the_table_says(name, people):
    for state in members.meetings.states:
        with undone():
            left_out, called = factories.unit(), factories.unit()
            meeting = factories.meeting(state, units=[] if name == "convene" else [called], present=0, urgency="演练")
            whom = {"add_to_roll": left_out.number, "strike_from_roll": called.number}.get(name)
            cells(members.meetings.steps[name], meeting, MEETINGS_MAY[name], people, {"whom": whom, "reason": "申诉成立"} if whom else None)


@pytest.mark.parametrize("name", members.motions.steps)
def test_a_step_on_a_motion_is_open_only_as_the_table_says(name, people):
    for state in members.motions.states:
        with undone():
            motion = factories.motion(people.officer, state, way="named" if name == "close_vote" else "hands")
            put_in = {"count_hands": {"in_favour": 2, "against": 1, "abstaining": 0}}.get(name)
            cells(members.motions.steps[name], motion, MOTIONS_MAY[name], people, put_in)


FOUNDING_MAY = {"found": SECRETARY}


@pytest.mark.parametrize("name", members.founding.steps)
def test_a_step_on_the_alliance_as_a_whole_is_open_only_as_the_table_says(name, people):
    for phase in members.founding.states:
        with undone():
            Facts.objects.filter(pk=1).update(phase=phase)
            cells(members.founding.steps[name], Facts.objects.get(), FOUNDING_MAY[name], people)


NOMINEE = {"member"}
NOMINATIONS_MAY = {
    "accept_nomination": NOMINEE,
    "agree_to_stand": NOMINEE,
    "decline_nomination": NOMINEE,
    "withdraw_nomination": NOMINEE,
    "take_back_recommendation": {"council"},
    "record_acceptance": CONDUCT,
    "shortlist": CONDUCT,
    "put_forward": CONDUCT,
    "block": CONDUCT,
}
CALLS_MAY = dict.fromkeys(("open_call", "extend_call", "draw_up", "publish_list", "settle_list", "cancel_call"), CONDUCT)


@pytest.mark.parametrize("name", council.calls.steps)
def test_a_step_on_a_call_is_open_only_as_the_table_says(name, people):
    for state in council.calls.states:
        with undone():
            call = factories.call(state)
            factories.nomination(people.units["member"], call=call)
            past = {"opens_on": clock.today() - timedelta(days=20), "closes_on": clock.today() - timedelta(days=9)}
            over = {} if name in ("open_call", "extend_call") else past
            published = {"published_on": clock.today() - timedelta(days=8), "published_until": clock.today() - timedelta(days=1)}
            type(call).objects.filter(pk=call.pk).update(**over, **published)
            cells(council.calls.steps[name], call, CALLS_MAY[name], people)


@pytest.mark.parametrize("name", council.nominations.steps)
def test_a_step_on_a_nomination_is_open_only_as_the_table_says(name, people):
    for state in council.nominations.states:
        with undone():
            by_another = {"kind": "recommended", "recommender": people.units["council"]}
            nomination = factories.nomination(people.units["member"], state=state, **by_another)
            cells(council.nominations.steps[name], nomination, NOMINATIONS_MAY[name], people)


SECRETARIAT = CLERK | CONDUCT
CONTESTS_MAY = {
    "start_voting": CONDUCT, "count": SECRETARIAT, "count_again": SECRETARIAT, "agree_tally": CONDUCT, "announce": CONDUCT,
    "call_runoff": CONDUCT, "leave_vacant": CONDUCT, "decide_write_in": CONDUCT, "declare_void": CONDUCT,
    "sign": CONDUCT, "take_signature_back": CONDUCT, "certify": SECRETARY, "seat_directors": SECRETARY,
    "propose_correction": CONDUCT, "drop_correction": CONDUCT, "certify_correction": SECRETARY,
}  # fmt: skip
SCENES = {
    "call_runoff": {"tied": True},
    "leave_vacant": {"tied": True},
    "agree_tally": {"differing": True},
    "decide_write_in": {"write_ins": {"陈示七": 2}},
    "seat_directors": {"units": True},
}


@pytest.mark.parametrize("name", council.contests.steps)
def test_a_step_on_a_contest_is_open_only_as_the_table_says(name, people):
    step = council.contests.steps[name]
    for state in council.contests.states:
        with undone():
            contest, ballots = factories.contest(state, **(SCENES.get(name, {}) if state in step.sources else {}))
            asked = ballots | {"reason": "不符", "name": "陈示七", "takes_part": False}
            asked["directions"] = {each.unit.pk: "hydrogen" for each in council.without_seat(contest)}
            cells(step, contest, CONTESTS_MAY[name], people, {key: asked[key] for key in step.inputs})


SHEETS_MAY = {"issue_ballots": CONDUCT, "destroy_unused": CONDUCT}


@pytest.mark.parametrize("name", council.sheets.steps)
def test_ballots_are_issued_and_destroyed_by_officers(name, people):
    asked = {"printed": 5, "issued": 3, "unused": 2, "destroyed_by": "张示一", "witness": "陈示七", "destroyed_at": clock.now()}
    step = council.sheets.steps[name]
    for state in council.sheets.states:
        with undone():
            cells(step, factories.sheet(state), SHEETS_MAY[name], people, {key: asked[key] for key in step.inputs})


def cells(step, thing, may, people, put_in=None):
    """Every role tries the step: who may takes it, everybody else is refused, and nothing stays changed."""
    state, put_in = thing.state, inputs(step) if put_in is None else put_in
    for role in ROLES:
        took, refusal = attempt(step, thing, getattr(people, role), put_in)
        expected = state in step.sources and role in may
        assert took == expected, (step.name, state, role, refusal)
        assert expected or isinstance(refusal, NotAllowed if state in step.sources else WrongState)
    thing.refresh_from_db()
    assert thing.state == state


WORKFLOWS = [
    members.meetings,
    members.motions,
    council.calls,
    council.nominations,
    council.contests,
    council.sheets,
    members.membership,
    members.founding,
    members.resignations,
    enquiries,
    sealing.copies,
    recommending.recommendations,
    members.wishes,
    members.certificates,
    members.sittings,
    members.requests,
    members.campaigns,
    members.confirmations,
    prospecting.prospects,
    reviewing.assignments,
]
TABLES = (
    WISHES_MAY,
    CERTIFICATES_MAY,
    SITTINGS_MAY,
    RECOMMENDATIONS_MAY,
    MEETINGS_MAY,
    MOTIONS_MAY,
    CALLS_MAY,
    NOMINATIONS_MAY,
    CONTESTS_MAY,
    SHEETS_MAY,
    MEMBERS_MAY,
    RESIGNATIONS_MAY,
    FOUNDING_MAY,
    ENQUIRIES_MAY,
    COPIES_MAY,
    ASSIGNMENTS_MAY,
    REQUESTS_MAY,
    CAMPAIGNS_MAY,
    CONFIRMATIONS_MAY,
    PROSPECTS_MAY,
)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_every_step_of_every_workflow_is_named_in_a_table(workflow):
    assert set(workflow.steps) <= {name for table in TABLES for name in table}


@pytest.mark.parametrize("name", letters.steps)
def test_a_step_on_a_letter_is_the_secretariat_s(name, people):
    for state in letters.states:
        with undone():
            letter = Letter.objects.first()
            Letter.objects.filter(pk=letter.pk).update(state=state, way="mail")
            letter.refresh_from_db()
            cells(letters.steps[name], letter, CLERK | CONDUCT, people, inputs(letters.steps[name]))


ANNOUNCEMENTS_MAY = dict.fromkeys(announcements.steps, CONDUCT)


@pytest.mark.parametrize("name", announcements.steps)
def test_an_announcement_is_the_officers(name, people):
    for state in announcements.states:
        with undone():
            cells(announcements.steps[name], factories.announcement(state), ANNOUNCEMENTS_MAY[name], people)
