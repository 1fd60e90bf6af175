"""What happens to one application: each by the real step, taken by whoever's it is."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.accounts.models import User
from alliance.demo import cast, household, places, words
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from alliance.history.models import TIMETABLE
from applications import papers as papers_of_applications
from applications import sealing, workflow
from applications.choices import Defect, Ground, NominatedBy, Paper, SeatWanted, State, Task
from applications.models import Application, Batch, Writer
from applications.models.attachment import attach
from members import workflow as members
from members.choices import ChainPosition, LegalForm, UnitType
from members.models import Certificate, MemberUnit
from members.models.colleague import Role

if TYPE_CHECKING:
    from random import Random

    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story
    from alliance.demo.units import Part
    from members.models import Resolution

TITLES = {
    Paper.CERTIFICATE: "登记证书",
    Paper.SEALED_FORM: "盖章申请表",
    Paper.RECOMMENDATION: "推荐意见",
    Paper.ALLIANCE: "联盟协议",
    Paper.AUTHORISATION: "授权委托书",
}
LATER = ("cap_service", "cap_industry", "planned_work", "honours")  # what a draft may still lack
OWN_MAILBOX = 0.4  # of liaison officers have one; the others read the unit's
NOT_YET, UNREAD = 1, 2  # of four that wait for the formal check one has no scan yet, and one has one that the clerk has to look at
MINUTE_AFTER = timedelta(minutes=5)  # when the timetable looks for what has lapsed
BLANK = Application()


def begin(story: Story, journey: Journey) -> None:
    """Somebody of the unit signs in and starts a draft."""
    user = User.objects.get(email=journey.part.email) if journey.is_again else story.applicant(journey.part)
    journey.user, story.applicants[user.pk] = user.pk, user
    application = draft(journey, Batch.objects.accepting(clock.now()).get(), story.rng)
    if journey.end == State.DRAFT:
        leave_unfinished(application, story.rng)
    application.save()
    Writer.objects.create(application=application, user_id=journey.user, role=Role.OWNS)
    journey.application = application.pk
    if application.declares_true:
        household.tick(application, user)
    for paper in papers(journey.part)[: 1 if journey.end == State.DRAFT else None]:
        attach(application, paper, story.samples.one(TITLES[paper]), by=user)


def papers(part: Part) -> list[str]:
    """Which papers go with the application."""
    wanted = {
        Paper.CERTIFICATE: True,
        Paper.RECOMMENDATION: part.recommended,
        Paper.ALLIANCE: part.unit_type == UnitType.ALLIANCE,
    }
    return [paper for paper, is_there in wanted.items() if is_there]


def draft(journey: Journey, batch: Batch, rng: Random) -> Application:
    """A complete draft of the unit."""
    part, place = journey.part, journey.part.place
    address = f"{place.name}{rng.choice(place.districts)}演示路{part.serial}号"
    representative, liaison, legal = part.people
    is_seeker = part.seat_wanted != SeatWanted.MEMBER
    return Application(
        batch=batch,
        applicant_id=journey.user,
        name=part.name,
        name_en=part.english,
        short_name=part.short,
        jurisdiction=part.jurisdiction,
        reg_no=part.reg_no,
        unit_type=part.unit_type,
        service_kind=part.service_kind,
        legal_form=LegalForm.UNINCORPORATED if part.host[0] else LegalForm.LEGAL_PERSON,
        host_name=part.host[0],
        host_no=part.host[1],
        ownership=rng.choices(list(words.OWNERS), list(words.OWNERS.values()))[0] if part.capital else "",
        scale=scale(part.staff) if part.capital else "",
        founded_on=part.founded_on,
        registered_capital=part.capital,
        currency=part.currency,
        legal_representative=legal,
        region=part.region,
        registered_address=address,
        postal_address=address,
        website=f"https://unit{part.serial}.example.com/" if part.serial % 3 else "",
        representative_name=representative,
        representative_post=rng.choice(words.POSTS[part.unit_type]),
        representative_phone=places.telephone(place, 2 * part.serial),
        representative_email=part.email,
        contact_name=liaison,
        contact_post=rng.choice(words.DEPARTMENTS),
        contact_phone=places.telephone(place, 2 * part.serial + 1),
        contact_email=f"liaison{part.serial}@example.{rng.choice(('org', 'net'))}" if rng.random() < OWN_MAILBOX else part.email,
        main_business=part.business,
        chain_position=sorted(rng.sample(list(ChainPosition), rng.choice((1, 1, 2)))),
        specialities=sorted(rng.sample(words.FIELDS[part.direction], rng.randint(1, 2))),
        main_direction=part.direction,
        staff_total=part.staff,
        staff_rd=part.staff_rd,
        revenue=round(part.staff * rng.uniform(40, 160)) if part.capital else None,
        rd_spend=round(part.staff_rd * rng.uniform(15, 45)),
        patents=round(part.staff_rd * rng.uniform(0, 0.6)),
        standards=rng.randint(0, 9),
        cap_research=rng.choice(words.RESEARCH),
        cap_service=rng.choice(words.SERVICE) if part.capital is None else "",
        cap_industry=rng.choice(words.INDUSTRY) if part.capital else "",
        honours=rng.choice(words.HONOURS),
        intent=part.intent,
        seat_wanted=part.seat_wanted,
        nomination_kind=(NominatedBy.RECOMMENDED if part.recommended else NominatedBy.SELF) if is_seeker else "",
        recommender=part.recommender,
        recommender_opinion="同意推荐。（样例）" if part.recommended else "",
        tasks=sorted(rng.sample(list(Task), rng.randint(1, 3))),
        planned_work=rng.choice(words.PLANS),
        declares_true=True,
        accepts_charter=True,
        told_persons=True,
    )


def scale(staff: int) -> str:
    """As the state's statistics class an industrial firm, by its staff alone (工信部联企业〔2011〕300号)."""
    return next(size for size, least in words.SCALES.items() if staff >= least)


def leave_unfinished(application: Application, rng: Random) -> None:
    """Nobody has come to the declarations yet, and some fields are open."""
    application.declares_true = application.accepts_charter = application.told_persons = False
    for name in rng.sample(LATER, 2):
        setattr(application, name, "")
    if rng.random() < 1 / 2:
        application.intent, application.tasks, application.planned_work = "", [], ""


def submit(story: Story, journey: Journey) -> None:
    seal(story, journey)
    workflow.submit(row(journey), by=story.acting(journey))


def seal(story: Story, journey: Journey) -> None:
    """The form is fixed and comes back sealed, its code read; of those that still wait for the check some by a scan that nobody could read, some not yet."""
    user = story.acting(journey)
    waits = journey.end in (State.SUBMITTED, State.RESUBMITTED) and journey.part.serial % 4
    if waits == NOT_YET:
        return
    version = sealing.make_ready(row(journey), by=user)
    application = version.application
    read = [] if waits == UNREAD else [[str(papers_of_applications.marks_of(application, version))]]
    sealing.keep(application, story.samples.one(TITLES[Paper.SEALED_FORM]), read, by=user)


def row(journey: Journey) -> Application:
    """The application, named by its key: a step reads it under its lock."""
    named = copy(BLANK)
    named.pk = journey.application
    return named


def accept(story: Story, journey: Journey) -> None:
    workflow.accept(row(journey), by=story.people["clerk"])


def decline(story: Story, journey: Journey) -> None:
    """The partnership is no legal person; others have grounds of another kind."""
    if journey.part.role == cast.PARTNERSHIP:
        ground, reason = Ground.J01, "登记证书显示为普通合伙，非法人单位，不符合征集对象。（样例）"
    else:
        ground, reason = Ground.J02, words.REFUSE["J02"]
    workflow.decline(row(journey), by=story.people["clerk"], ground=ground, reason=reason)


def ask(story: Story, journey: Journey) -> None:
    """Something has to be put right; where nothing comes, the timetable lets it lapse."""
    defect = story.rng.choice(list(words.CORRECT))
    application = row(journey)
    workflow.return_for_correction(application, by=story.people["clerk"], defects=[Defect(defect)], words=words.CORRECT[defect])
    if journey.end == State.LAPSED:
        story.diary.note(application.due_at + MINUTE_AFTER, lapse, story, journey)


def lapse(story: Story, journey: Journey) -> None:
    """What the timetable does each hour with whatever is over."""
    for application in Application.objects.lapsing(clock.now()):
        workflow.lapse(application, by=TIMETABLE)


def resubmit(story: Story, journey: Journey) -> None:
    """Said at greater length, and submitted again."""
    application = Application.objects.get(pk=journey.application)
    application.cap_service = story.rng.choice(words.SERVICE)
    application.saved_at = clock.now()
    application.save(update_fields=["cap_service", "saved_at"])
    seal(story, journey)
    workflow.resubmit(application, by=story.acting(journey))


def screen(story: Story, journey: Journey) -> None:
    workflow.screen(row(journey), by=story.people["officer"], opinion=story.rng.choice(words.OPINIONS))


def conclude(story: Story, journey: Journey) -> None:
    workflow.conclude_reviews(row(journey), by=story.people["officer"], opinion="专家意见：建议通过。（样例）")


def withdraw(story: Story, journey: Journey) -> None:
    workflow.withdraw(row(journey), by=story.acting(journey))


def decide(story: Story, journey: Journey, resolution: Resolution) -> None:
    """As the meeting resolved."""
    officer, taken = story.people["officer"], {"by": story.people["officer"], "resolution": resolution}
    match journey.end:
        case State.REJECTED:
            ground = story.rng.choice((Ground.J02, Ground.J03, Ground.J08))
            workflow.reject(row(journey), **taken, ground=ground, reason=words.REFUSE[ground])
        case State.DEFERRED:
            workflow.defer(row(journey), by=officer, resolution=resolution, reason=words.DEFER)
        case _:
            workflow.deliberate(row(journey), **taken)


def publicise(story: Story, journey: Journey) -> None:
    workflow.publicise(row(journey), by=story.people["officer"])


def object_to(story: Story, journey: Journey) -> None:
    """Somebody has written, by name."""
    workflow.object_to(row(journey), by=story.people["officer"], **words.OBJECTION, received_on=clock.today(), papers=[])


def clear(story: Story, journey: Journey) -> None:
    """The objection was examined."""
    workflow.resolve_objection(row(journey), by=story.people["officer"], reason=words.UNFOUNDED)


def approve(story: Story, journey: Journey) -> None:
    workflow.approve(row(journey), by=story.people["secretary"])


def admit(story: Story, journey: Journey) -> None:
    workflow.admit(row(journey), by=story.people["officer"])


def certify(story: Story, journey: Journey) -> None:
    """A member unit gets its certificate."""
    members.issue_certificate(MemberUnit.objects.get(application=journey.application), by=story.people["officer"])


def make_certificates(story: Story) -> None:
    """The first ten certificates as papers; every other is made when somebody asks for it."""
    for certificate in Certificate.objects.order_by("number")[:MADE]:
        make(KINDS["certificate"], certificate, by=story.people["officer"])


MADE = 10
ACTS = {act.__name__: act for act in (submit, accept, decline, ask, resubmit, screen, conclude, withdraw)}
