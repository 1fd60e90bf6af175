"""The whole path, start to finish, as a story: an organisation applies, belongs, and sits.

It goes through the pages that people use: the applicant's, the desk's, the member's and the council's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alliance import clock
from applications.choices import Paper, Section, State
from applications.models import Application, Batch
from applications.models.answers import FIELDS
from applications.tasks import close_batches
from council.models import Contest, Nomination, Seat
from members.models import Attendance, Meeting, MemberUnit
from tests import factories

pytestmark = pytest.mark.django_db


class Person:
    """Somebody at a browser."""

    def __init__(self, user) -> None:
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def sees(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content.decode()

    def posts(self, url: str, **typed: object) -> str:
        answer = self.client.post(url, typed, follow=True)
        assert answer.status_code == 200, (url, answer.status_code, answer.content.decode()[:3000])
        return answer.content.decode()

    def takes(self, step: str, thing, **inputs: object) -> str:
        """Press a step's button in the admin; where it asks for something, answer."""
        kind = f"{thing._meta.app_label}_{thing._meta.model_name}"
        if inputs:
            return self.posts(reverse(f"admin:{kind}_step", args=[step]) + f"?ids={thing.pk}", _confirm="1", **inputs)
        return self.posts(reverse(f"admin:{kind}_change", args=[thing.pk]), _step=step)


@pytest.fixture
def office(db):
    names = {"clerk": "张示一", "officer": "李范二", "secretary": "王例三", "auditor": "孙范六"}
    return {office: Person(factories.user(name, office)) for office, name in names.items()}


def test_from_application_to_a_seat_on_the_council(office, settings, tmp_path):
    settings.PORTAL_HOME = tmp_path
    now = clock.now()
    applicant = Person(factories.user("陈示七"))
    with clock.at(now - timedelta(days=60)):
        set_deadline(office["officer"], now - timedelta(days=58))
        application = apply(applicant)
    with clock.at(now - timedelta(days=57)):
        close_batches()
    with clock.at(now - timedelta(days=55)):
        review(application, office)
    with clock.at(now - timedelta(days=40)):
        unit = admit(application, office)
    with clock.at(now - timedelta(days=20)):
        elect(applicant, unit, office)
    the_seat_is_filled(applicant, unit, office)


def set_deadline(officer: Person, last: datetime) -> None:
    """The officer types the last day into the batch that is open."""
    batch = Batch.objects.accepting(clock.now()).get()
    page = reverse("admin:applications_batch_change", args=[batch.pk])
    officer.posts(page, **factories.batch_form(last_day=f"{last.astimezone(clock.SHANGHAI):%Y-%m-%d}", deciding_body="preparatory"))


def apply(applicant: Person) -> Application:
    """Number first, then the sections one by one, then submit."""
    answers = factories.answers()
    applicant.posts(reverse("applications:new"), jurisdiction="mainland", reg_no=answers["reg_no"].lower())
    application = Application.objects.get(applicant=applicant.user)
    assert application.reg_no == answers["reg_no"]
    for section in FIELDS:
        typed = {name: answers[name] for name in FIELDS[section] if name in answers}
        typed |= (
            {"currency": "CNY"}
            if section == Section.UNIT
            else {"seat_wanted": "vice_chair", "nomination_kind": "self"}
            if section == Section.INTENT
            else {}
        )
        applicant.posts(reverse("applications:section", args=[application.uuid, section.value]), **typed)
    factories.attachment(application, Paper.CERTIFICATE)
    seal(applicant, application)
    applicant.posts(reverse("applications:submit", args=[application.uuid]))
    application.refresh_from_db()
    assert (application.state, application.gaps) == (State.SUBMITTED, {})
    assert application.number in applicant.sees(reverse("applications:detail", args=[application.uuid]))
    return application


def seal(applicant: Person, application: Application) -> None:
    """Fix it, print it; what comes back sealed is the same PDF here."""
    address = reverse("applications:seal", args=[application.uuid])
    applicant.posts(address, freeze="1")
    printed = applicant.client.get(reverse("applications:form", args=[application.uuid])).content
    applicant.posts(address, file=SimpleUploadedFile("盖章申请表.pdf", printed))
    assert application.sealed_copies.get().counts


def review(application: Application, office: dict[str, Person]) -> None:
    """Checked by one, screened by another, deliberated by the preparatory group, published."""
    clerk, officer = office["clerk"], office["officer"]
    assert application.name in clerk.sees(reverse("admin:applications_application_changelist") + "?queue=check")
    clerk.takes("accept", application)
    officer.takes("screen", application, opinion="符合征集条件")
    meeting = a_meeting(officer, "preparatory")
    inline = {f"{rows}-{count}_FORMS": 0 for rows in ("agenda", "tellers", "observers") for count in ("TOTAL", "INITIAL")}
    inline |= {"resolutions-TOTAL_FORMS": 1, "resolutions-INITIAL_FORMS": 0}
    resolved = {"subject": "审议入会申请", "eligible": 9, "present": 8, "in_favour": 8, "against": 0, "abstaining": 0}
    rule = {"rule_numerator": 2, "rule_denominator": 3, "rule_inclusive": "on", "rule_base": "present"}
    officer.posts(
        reverse("admin:members_meeting_change", args=[meeting.pk]),
        **inline,
        **{f"resolutions-0-{name}": value for name, value in (resolved | rule).items()},
        _save="1",
    )
    officer.takes("deliberate", application, resolution=meeting.resolutions.get().pk)
    officer.takes("close_meeting", meeting)
    officer.takes("publicise", application)
    assert application.name in Client().get(reverse("batches")).content.decode()


def a_meeting(officer: Person, assembly: str) -> Meeting:
    """Planned, convened and opened."""
    moment = clock.now().astimezone(clock.SHANGHAI)
    when = {"held_at_0": f"{moment:%Y-%m-%d}", "held_at_1": f"{moment:%H:%M:%S}"}
    inline = {"agenda-TOTAL_FORMS": 0, "agenda-INITIAL_FORMS": 0}
    officer.posts(
        reverse("admin:members_meeting_add"),
        assembly=assembly,
        term=factories.term().pk,
        ordinal=1,
        mode="paper",
        urgency="演练",
        place="广州市演示路1号",
        **when,
        **inline,
        _save="1",
    )
    meeting = Meeting.objects.get(assembly=assembly)
    officer.takes("convene", meeting)
    officer.takes("open_meeting", meeting)
    return meeting


def admit(application: Application, office: dict[str, Person]) -> MemberUnit:
    """After the public notice the secretary-general approves; then the unit has its number."""
    office["secretary"].takes("approve", application)
    office["officer"].takes("admit", application)
    application.refresh_from_db()
    assert application.state == State.ADMITTED
    return application.unit


def elect(member: Person, unit: MemberUnit, office: dict[str, Person]) -> None:
    """The unit puts itself forward, stands, and is elected by a meeting with a quorum."""
    officer, secretary = office["officer"], office["secretary"]
    assert unit.number in member.sees(reverse("unit"))
    factories.call("open")
    member.posts(reverse("council:nominate", args=[unit.number]), tier=2, direction="electric", reason="行业骨干单位")
    nomination = Nomination.objects.get()
    officer.takes("record_acceptance", nomination, note="同意函已盖章签字")
    officer.takes("shortlist", nomination)
    factories.call("settled")
    meeting = a_meeting(officer, "members")
    roll = reverse("admin:members_attendance_changelist")
    officer.posts(roll, action="sign_in", _selected_action=list(Attendance.objects.values_list("pk", flat=True)))
    candidates = {
        "candidates-TOTAL_FORMS": 1,
        "candidates-INITIAL_FORMS": 0,
        "candidates-0-nomination": nomination.pk,
        "candidates-0-place": 1,
    }
    post = {"kind": "council", "meeting": meeting.pk, "term": factories.term().pk, "tier": 2, "direction": "electric", "seats": 1}
    officer.posts(reverse("admin:council_contest_add"), **post, **candidates, _save="1")
    contest = Contest.objects.get()
    officer.takes("start_voting", contest)
    key = contest.candidates.get().pk
    tally = {"issued": 1, "returned": 1, "invalid": 0, f"in_favour_{key}": 1, f"against_{key}": 0, f"abstaining_{key}": 0}
    office["clerk"].takes("count", contest, **tally)
    officer.takes("count_again", contest, **tally)
    officer.takes("announce", contest)
    officer.takes("sign", contest)
    secretary.takes("certify", contest)
    officer.takes("close_meeting", meeting)


def the_seat_is_filled(member: Person, unit: MemberUnit, office: dict[str, Person]) -> None:
    """Its representative has no account of theirs; the dashboard is the council's and the secretariat's."""
    assert Seat.objects.vacant().count() == 24
    name = unit.organisation.name
    assert name in office["auditor"].sees(reverse("council:dashboard"))
    before = (clock.today() - timedelta(days=30)).isoformat()
    assert name not in office["auditor"].sees(reverse("council:hall") + f"?on={before}")
    assert name in Client().get(reverse("council:roster")).content.decode()
    assert name in member.sees(reverse("unit"))
