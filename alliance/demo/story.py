"""The story of twelve units, told by the real steps: from the call to a council with a chair, a vice-chair and a director.

Everything is anchored to today, so that the current batch is always open and the public notice long over.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from alliance import clock
from alliance.accounts.models import User
from alliance.demo import cast
from alliance.demo.sheet import sample
from alliance.facts.models import Facts, facts
from alliance.files.checking import check as checked
from alliance.history import chain
from applications import batches, workflow
from applications.choices import Body, Ground, Intent, NominatedBy, Paper, SeatWanted, Task
from applications.models import Application, Batch
from applications.models.attachment import attach
from council import workflow as council
from council.models import Candidate, Contest
from members import workflow as members
from members.choices import Assembly, ChainPosition, Direction, Field, Jurisdiction, LegalForm, Ownership, Tier, UnitType
from members.models import Meeting, MemberUnit, Resolution, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alliance.demo.cast import Part

# days before today on which things happened
CALL, DEADLINE, CHECKED, SCREENED, DELIBERATED, PUBLISHED, ADMITTED = 150, 100, 96, 88, 80, 79, 65
NOMINATED, FOUNDED, RIVAL_CAME, DAYS_AHEAD = 55, 40, 6, 20
YEARS = 5  # of a term
REASON = "行业骨干单位（样例）"
PRESENT = 7  # of the eight founders


@dataclass
class Story:
    """The story as it is told: its people, their accounts, and where it has come to."""

    today: date = field(default_factory=clock.today)
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @contextmanager
    def days_ago(self, days: int, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
        """Stand at an hour of a past day, Beijing time."""
        moment = clock.midnight(self.today - timedelta(days=days)) + timedelta(hours=hour, minutes=minute)
        with clock.at(moment):
            yield moment

    def account(self, key: str, name: str, *, email: str = "") -> User:
        """A person who can sign in with the password that `accounts.json` tells."""
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(email or f"{key}@example.com", password, name=name)
        verified(user)
        self.accounts[key] = {"email": user.email, "password": password}
        return user

    def applicant(self, part: Part, n: int) -> User:
        """Who applies for a unit: with a password if the cast names an account."""
        if part.account:
            return self.account(part.account, cast.person(n))
        user = User.objects.create_user(f"unit{n}@example.com", None, name=cast.person(n))
        verified(user)
        return user


def verified(user: User) -> None:
    """The address counts as confirmed."""
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)


@transaction.atomic
def tell(progress: Callable[[str], None] = print) -> dict[str, dict[str, str]]:
    """Make the whole story, in one transaction; returns the accounts that can sign in. Each chapter is announced to `progress`."""
    story = Story()
    Facts.objects.update_or_create(pk=1, defaults={"is_demo": True})
    progress("1/6 公布征集，安排批次 · the call is published, a batch has its deadline")
    call(story)
    progress("2/6 十个单位提交申请 · ten units apply")
    founders = [apply(story, part, n) for n, part in enumerate(cast.FOUNDERS, start=1)]
    rejected, deferred = apply(story, cast.REJECTED, 9), apply(story, cast.DEFERRED, 10)
    progress("3/6 形式审查、初审与审议 · they are checked, screened and deliberated")
    review(story, founders, rejected, deferred)
    progress("4/6 公示、批准、入会 · public notice, approval, admission")
    units = admit(story, founders)
    progress("5/6 提名、成立大会、选举 · nominations, the founding meeting, elections")
    found(story, units)
    progress("6/6 当前批次 · the batch of today")
    open_the_current_batch(story, deferred)
    recommend(story, units)
    while chain.seal():
        pass
    return story.accounts


def call(story: Story) -> None:
    """The office takes its posts, and the batch that is open gets a deadline."""
    with story.days_ago(CALL):
        appoint(story)
        first = Batch.objects.accepting(clock.now()).get()
        batches.schedule(first, clock.midnight(story.today - timedelta(days=DEADLINE)), by=story.people["officer"])


def appoint(story: Story) -> None:
    """The office's people, each in their office."""
    for key, (name, office) in cast.OFFICE.items():
        user = story.account(key, name)
        user.groups.add(Group.objects.get(name=office))
        story.people[key] = User.objects.get(pk=user.pk)


def apply(story: Story, part: Part, n: int) -> Application:
    """A unit fills in its form and submits it, some days before the deadline."""
    with story.days_ago(DEADLINE + 14 - n, hour=9 + n % 8, minute=7 * n % 60):
        user = story.applicant(part, n)
        application = draft(user, part, n)
        application.save()
        workflow.submit(application, by=user)
    return application


SPECIALITY = {
    Direction.ELECTRIC: Field.BATTERY,
    Direction.HYDROGEN: Field.FUEL_CELL,
    Direction.ICV: Field.CONNECTED,
    Direction.INFRASTRUCTURE: Field.CHARGING,
}


def draft(user: User, part: Part, n: int) -> Application:
    """A complete draft of `part`."""
    is_firm, is_mainland = part.unit_type == UnitType.ENTERPRISE, part.jurisdiction == Jurisdiction.MAINLAND
    place = "演示路1号"
    return Application(
        batch=Batch.objects.accepting(clock.now()).get(),
        started_by=user,
        name=part.name,
        short_name=part.short,
        jurisdiction=part.jurisdiction,
        reg_no=part.reg_no,
        unit_type=part.unit_type,
        legal_form=LegalForm.LEGAL_PERSON,
        ownership=Ownership.PRIVATE if is_firm else "",
        founded_on=date(2000 + n, 5, 18),
        registered_capital=1000 * n if is_firm else None,
        currency="CNY" if is_mainland else "HKD" if part.jurisdiction == Jurisdiction.HONG_KONG else "MOP",
        legal_representative=cast.person(n + 5),
        region=part.region,
        registered_address=place,
        postal_address=place,
        representative_name=user.name,
        representative_post="副总经理" if is_firm else "副院长",
        representative_phone="0755-0000 00" + f"{n:02d}",
        representative_email=user.email,
        contact_name=cast.person(n + 3),
        contact_post="综合部",
        contact_phone="0755-0000 01" + f"{n:02d}",
        contact_email=f"liaison{n}@example.org",
        main_business=part.business,
        chain_position=[ChainPosition.MIDSTREAM],
        specialities=[SPECIALITY[part.direction]],
        nomination_kind=NominatedBy.SELF if part.seat_wanted != SeatWanted.MEMBER else "",
        main_direction=part.direction,
        staff_total=120 + 35 * n,
        staff_rd=20 + 9 * n,
        cap_research="设有研发中心，承担省级科研项目，拥有自主知识产权（样例）。",
        intent=Intent.JOIN,
        seat_wanted=part.seat_wanted,
        tasks=[Task.NEEDS, Task.SERVICES],
        planned_work="参与技术路线图研究，开放实验与检测条件（样例）。",
        declares_true=True,
        accepts_charter=True,
        told_persons=True,
    )


def check(story: Story, applications: list[Application]) -> None:
    """The clerk's formal check, and the officer's preliminary review of the same applications."""
    for n, application in enumerate(applications):
        with story.days_ago(CHECKED, minute=5 * n):
            workflow.accept(application, by=story.people["clerk"])
    for n, application in enumerate(applications):
        with story.days_ago(SCREENED, minute=5 * n):
            workflow.screen(application, by=story.people["officer"], opinion="符合征集条件（样例）")


def review(story: Story, founders: list[Application], rejected: Application, deferred: Application) -> None:
    """From the deadline to the published list."""
    with story.days_ago(DEADLINE, hour=0, minute=1):
        batches.close_due()
    check(story, [*founders, rejected, deferred])
    deliberate(story, founders, rejected, deferred)


def deliberate(story: Story, founders: list[Application], rejected: Application, deferred: Application) -> None:
    """The preparatory working group decides the batch in one meeting, and the list is published."""
    officer = story.people["officer"]
    with story.days_ago(DELIBERATED) as moment:
        meeting = Meeting.objects.create(
            assembly=Assembly.PREPARATORY, term=Term.objects.get(number=1), ordinal=1, held_at=moment, place="广州市演示路1号会议室"
        )
        members.convene(meeting, by=officer)
        members.open_meeting(meeting, by=officer)
        resolution = Resolution.objects.create(
            meeting=meeting, subject="审议第二批入会申请", eligible=9, present=8, in_favour=8, against=0, abstaining=0
        )
        for application in founders:
            workflow.deliberate(application, by=officer, resolution=resolution)
        workflow.reject(
            rejected, by=officer, resolution=resolution, ground=Ground.J02, reason="主营业务为汽车用品贸易，与征集范围不符。（样例）"
        )
        workflow.defer(deferred, by=officer, resolution=resolution, reason="请补充充电设施项目的说明，转入下一批次审议。（样例）")
        members.close_meeting(meeting, by=officer)
    with story.days_ago(PUBLISHED):
        for application in founders:
            workflow.publicise(application, by=officer)


def admit(story: Story, founders: list[Application]) -> list[MemberUnit]:
    """The public notice is over: the secretary-general approves, the officer admits."""
    with story.days_ago(ADMITTED):
        for application in founders:
            workflow.approve(application, by=story.people["secretary"])
            workflow.admit(application, by=story.people["officer"])
    return [application.unit for application in founders]


def found(story: Story, units: list[MemberUnit]) -> None:
    """The founding meeting: three are nominated, stand, are elected, and take their seats."""
    term, officer, secretary = Term.objects.get(number=1), story.people["officer"], story.people["secretary"]
    posts = [
        (units[0], Tier.CHAIR, "", units[3]),
        (units[1], Tier.VICE_CHAIR, Direction.ELECTRIC, None),
        (units[2], Tier.DIRECTOR, Direction.HYDROGEN, None),
    ]
    with story.days_ago(NOMINATED):
        nominations = [
            council.nominate(unit, term=term, tier=tier, direction=direction, reason=REASON, by=officer, recommender=recommender)
            for unit, tier, direction, recommender in posts
        ]
        council.accept_nomination(nominations[0], by=units[0].representative.user)
        for nomination in nominations:
            council.shortlist(nomination, by=officer)
        meeting = Meeting.objects.create(
            assembly=Assembly.MEMBERS,
            term=term,
            ordinal=1,
            held_at=clock.midnight(story.today - timedelta(days=FOUNDED)) + timedelta(hours=9, minutes=30),
            place="广州市演示会议中心",
        )
        members.convene(meeting, by=officer)
    with story.days_ago(FOUNDED):
        members.open_meeting(meeting, by=officer)
        for attendance in meeting.attendances.all()[:PRESENT]:
            members.sign_in(attendance, by=officer)
        for nomination in nominations:
            elect(meeting, nomination, officer, secretary)
        members.close_meeting(meeting, by=officer)
        founded = story.today - timedelta(days=FOUNDED)
        Term.objects.filter(pk=term.pk).update(begins_on=founded, ends_on=last_day(founded))
        members.found(facts(), by=secretary, on=founded, begins_on=founded)


def recommend(story: Story, units: list[MemberUnit]) -> None:
    """For a vacant seat the chair's unit recommends another, which has not answered yet."""
    with story.days_ago(3):
        post = {"term": Term.objects.get(number=1), "tier": Tier.DIRECTOR, "direction": Direction.ICV}
        council.nominate(units[3], recommender=units[0], reason=REASON, by=units[0].representative.user, **post)


def last_day(begins_on: date) -> date:
    """The day before the term's anniversary of its fifth year."""
    leap_day = (begins_on.month, begins_on.day) == (2, 29)
    return begins_on.replace(year=begins_on.year + YEARS, day=28 if leap_day else begins_on.day) - timedelta(days=1)


def elect(meeting: Meeting, nomination: council.Nomination, officer: User, secretary: User) -> None:
    """One contest with one candidate: voted, counted, certified."""
    contest = Contest.objects.create(meeting=meeting, term=nomination.term, tier=nomination.tier, direction=nomination.direction, seats=1)
    candidate = Candidate.objects.create(contest=contest, nomination=nomination)
    council.start_voting(contest, by=officer)
    council.count(contest, by=officer, issued=PRESENT, returned=PRESENT, invalid=0, votes={candidate.pk: council.Votes(PRESENT - 1, 0, 1)})
    council.certify(contest, by=secretary)


def open_the_current_batch(story: Story, deferred: Application) -> None:
    """The batch of today: its deadline lies ahead, a rival is under review, a beginner has a draft, a deferred unit is taken up again."""
    officer = story.people["officer"]
    with story.days_ago(FOUNDED - 5):
        current = Batch.objects.accepting(clock.now()).get()
        Batch.objects.filter(pk=current.pk).update(deciding_body=Body.COUNCIL)
        batches.schedule(current, clock.midnight(story.today + timedelta(days=DAYS_AHEAD)), by=officer)
    with story.days_ago(RIVAL_CAME + 1):
        workflow.revive(deferred, by=officer)
    with story.days_ago(RIVAL_CAME):
        rival_user = story.applicant(cast.RIVAL, 11)
        rival = draft(rival_user, cast.RIVAL, 11)
        rival.save()
        add_papers(rival, Paper.CERTIFICATE, Paper.RECOMMENDATION)
        workflow.submit(rival, by=rival_user)
    with story.days_ago(RIVAL_CAME - 1):
        workflow.accept(rival, by=story.people["clerk"])
    with story.days_ago(1):
        beginner_user = story.applicant(cast.BEGINNER, 12)
        beginner = draft(beginner_user, cast.BEGINNER, 12)
        for name in ("cap_research", "planned_work", "main_business"):
            setattr(beginner, name, "")
        beginner.intent, beginner.tasks, beginner.declares_true, beginner.accepts_charter, beginner.told_persons = (
            "",
            [],
            False,
            False,
            False,
        )
        beginner.save()
        add_papers(beginner, Paper.CERTIFICATE)


PAPERS = {Paper.CERTIFICATE: "登记证书（样例）.pdf", Paper.RECOMMENDATION: "推荐意见（样例）.pdf"}


def add_papers(application: Application, *papers: Paper) -> None:
    """A sheet that says it is a sample, once for every paper."""
    for paper in papers:
        attach(application, paper, checked(SimpleUploadedFile(PAPERS[paper], sample())), by=application.started_by)
