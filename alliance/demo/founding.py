"""The founding: nominations and the assembly of members; later a director leaves, the chair steps back, and a vice-chair acts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import cast, electing, experts, words
from alliance.demo.days import DAY, at, hour
from alliance.demo.journeys import FIRST
from alliance.demo.units import PILLAR
from alliance.facts.models import facts
from alliance.letters.write import bag
from applications.choices import Body as DecidingBody
from applications.choices import SeatWanted, State
from applications.models import Batch
from council import workflow as council
from council.choices import CallKind, Cause, NominationState
from council.models import Call, Nomination, UnitTenure
from members import workflow as members
from members.choices import Assembly, Direction, Tier
from members.models import AgendaItem, Meeting, MemberUnit, Term

if TYPE_CHECKING:
    from datetime import date

    from alliance.accounts.models import User
    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

ABSENT = 0.1  # of those called
TIERS = {SeatWanted.CHAIR: Tier.CHAIR, SeatWanted.VICE_CHAIR: Tier.VICE_CHAIR, SeatWanted.DIRECTOR: Tier.DIRECTOR}
POSTS = [(Tier.CHAIR, ""), *((tier, direction) for tier in (Tier.VICE_CHAIR, Tier.DIRECTOR) for direction in Direction)]
CALLED = 10  # working days before the assembly, which is called ten days ahead at least
NOMINATED, PUBLISHED = 11, 5  # working days
CONTEST_MINUTES = 15
AGENDA = ("审议选举办法", "选举第一届理事会", "选举专家委员会", "选举秘书长")
DECLINES = 0.3  # of the recommended who will not be elected


def plan(story: Story) -> None:
    """Whoever is admitted and wants a seat is nominated; then they are called together, and vote."""
    days, diary, rng = story.days, story.diary, story.rng
    diary.note(at(days.nominations, 8), call_for, story, CallKind.TERM, days.after(days.nominations, NOMINATED))
    diary.note(at(days.after(days.nominations, NOMINATED + 1), 10), draw_up, story)
    diary.note(at(days.after(days.nominations, NOMINATED + 1), 11), publish, story)
    diary.note(at(days.after(days.nominations, NOMINATED + PUBLISHED + 2), 9), settle, story)
    for journey in electing.seekers(story):
        moment = hour(days.after(days.nominations, rng.randint(0, 5)), rng)
        diary.note(moment, nominate, story, journey)
    diary.note(hour(days.after(days.nominations, 2), rng), nominate_one_more, story)
    diary.note(at(days.before(days.founding, CALLED), 10), call, story)
    diary.note(at(days.founding, 9), gather, story)
    for n, (tier, direction) in enumerate(POSTS):
        diary.note(at(days.founding, 10) + n * timedelta(minutes=CONTEST_MINUTES), electing.elect, story, tier, direction)
    diary.note(at(days.founding, 15), electing.elect_to_bodies, story)
    diary.note(at(days.founding, 15, 45), electing.account_for_ballots, story)
    diary.note(at(days.founding, 16), found, story)
    diary.note(at(days.resigned, 10), resign, story)
    diary.note(at(days.resigned + DAY, 0, 30), end_lapsed, story)
    diary.note(at(days.first_meeting, 17), step_back, story)
    diary.note(at(days.before(days.today, 5), 9), call_for, story, CallKind.VACANCY, days.after(days.today, 7))
    diary.note(at(days.before(days.today, 3), 11), recommend, story)


def call_for(story: Story, kind: str, closes_on: date) -> None:
    """Nominations are taken from today."""
    call = Call.objects.create(term=Term.objects.get(number=1), kind=kind, opens_on=clock.today(), closes_on=closes_on)
    council.open_call(call, by=story.people["officer"])


def draw_up(story: Story) -> None:
    council.draw_up(Call.objects.get(), by=story.people["officer"])


def publish(story: Story) -> None:
    council.publish_list(Call.objects.get(), by=story.people["officer"], working_days=PUBLISHED)


def settle(story: Story) -> None:
    council.settle_list(Call.objects.get(), by=story.people["officer"])


def unit_of(journey: Journey) -> MemberUnit:
    return MemberUnit.objects.get(application=journey.application)


def nominate(story: Story, journey: Journey) -> None:
    """By itself, or by another member unit, which it then has to agree to."""
    unit, rng = unit_of(journey), story.rng
    post = {"term": Term.objects.get(number=1), "tier": TIERS[journey.part.seat_wanted], "direction": journey.part.direction}
    if journey.part.recommended:
        other = rng.choice([each for each in story.ending(FIRST, State.ADMITTED) if each is not journey])
        nomination = council.nominate(unit, recommender=unit_of(other), reason=rng.choice(words.REASONS), by=story.acting(other), **post)
    else:
        nomination = council.nominate(unit, reason=rng.choice(words.REASONS), by=story.acting(journey), **post)
        stand(story, nomination, story.acting(journey))
    days = story.days
    answered = days.after(clock.today(), rng.randint(1, 3))
    if journey.part.recommended:
        story.diary.note(hour(answered, rng), answer, story, journey, nomination.pk)
    else:
        story.diary.note(hour(days.after(answered, 1), rng), shortlist, story, nomination.pk)


def nominate_one_more(story: Story) -> None:
    """A member that had no seat in mind puts itself forward where the last seat will be tied for."""
    journey = next(
        each for each in story.ending(FIRST, State.ADMITTED) if each.part.seat_wanted == SeatWanted.MEMBER and not each.part.role
    )
    tier, direction = electing.TIED
    post = {"term": Term.objects.get(number=1), "tier": tier, "direction": direction}
    nomination = council.nominate(unit_of(journey), reason=words.REASONS[-1], by=story.acting(journey), **post)
    stand(story, nomination, story.acting(journey))
    story.diary.note(hour(story.days.after(clock.today(), 2), story.rng), shortlist, story, nomination.pk)


def answer(story: Story, journey: Journey, nomination: int) -> None:
    """The unit agrees to stand, or does not."""
    found, by = Nomination.objects.get(pk=nomination), story.acting(journey)
    if journey.part.role not in (PILLAR, cast.LEADER) and story.rng.random() < DECLINES:
        council.decline_nomination(found, by=by)
        return
    council.accept_nomination(found, by=by)
    stand(story, found, by)
    story.diary.note(hour(story.days.after(clock.today(), 1), story.rng), shortlist, story, nomination)


def stand(story: Story, nomination: Nomination, by: User) -> None:
    """The person agrees in the portal, or on the signed paper that the unit sends; every other one may be named."""
    if nomination.state == NominationState.ACCEPTED:
        return
    if nomination.person.user_id == by.pk:
        council.agree_to_stand(nomination, by=by, be_named=nomination.pk % 2 == 0)
    else:
        council.record_acceptance(nomination, by=story.people["officer"], note="单位盖章、本人签名的同意函（样例）")


def shortlist(story: Story, nomination: int) -> None:
    council.shortlist(Nomination.objects.get(pk=nomination), by=story.people["officer"])


def call(story: Story) -> None:
    """Every member unit is called to the assembly."""
    held_at = at(story.days.founding, 9, 30)
    term = Term.objects.get(number=1)
    said = {"place": "广州市演示会议中心", "presides": "王例三", "minutes_by": "李范二"}
    meeting = Meeting.objects.create(assembly=Assembly.MEMBERS, term=term, ordinal=1, held_at=held_at, **said)
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, position=n, title=title) for n, title in enumerate(AGENDA, start=1))
    members.convene(meeting, by=story.people["officer"])


def gather(story: Story) -> None:
    """Nine of ten sign in."""
    meeting, officer = electing.assembly(), story.people["officer"]
    members.open_meeting(meeting, by=officer)
    called = list(meeting.attendances.order_by("pk"))
    absent = set(story.rng.sample(range(len(called)), int(len(called) * ABSENT)))
    for n, attendance in enumerate(called):
        if n not in absent:
            members.sign_in(attendance, by=officer)


def found(story: Story) -> None:
    """The assembly closes: the term has begun, the alliance is running, and the council decides from now on."""
    members.close_meeting(electing.assembly(), by=story.people["officer"])
    founded = story.days.founding
    members.found(facts(), by=story.people["secretary"], on=founded, begins_on=founded)
    with bag() as opened:
        opened.renew()  # from now on the secretariat writes
    Batch.objects.filter(closed_at=None).update(deciding_body=DecidingBody.COUNCIL)
    experts.establish(story)


def resign(story: Story) -> None:
    """A director of hydrogen leaves the alliance by its own notice."""
    tenure = UnitTenure.objects.filter(seat__tier=Tier.DIRECTOR, seat__direction=Direction.HYDROGEN).order_by("seat__number").last()
    members.resign(tenure.unit, by=story.people["officer"], reason="单位业务调整，来函申请退会。（样例）")


def step_back(story: Story) -> None:
    """The chair's unit gives its seat up; a vice-chair unit acts for it until another is elected."""
    officer = story.people["officer"]
    chair = UnitTenure.objects.running().get(seat__tier=Tier.CHAIR)
    council.leave_seat(chair, by=officer, cause=Cause.GAVE_UP, reason="单位来函辞去理事长单位。（样例）")
    leader = UnitTenure.objects.running().get(unit=unit_of(story.playing(cast.LEADER)))
    council.act_for_chair(leader, by=officer)


def end_lapsed(story: Story) -> None:
    """What the timetable does each night: the seat is vacant from the day of the notice."""
    for tenure in UnitTenure.objects.lapsed().select_related("unit"):
        council.end_lapsed(tenure)


def recommend(story: Story) -> None:
    """For the vacant seat the leader's unit recommends another, which has not answered yet."""
    leader, other = story.playing(cast.LEADER), story.playing(cast.MEMBER)
    post = {"term": Term.objects.get(number=1), "tier": Tier.DIRECTOR, "direction": Direction.HYDROGEN}
    council.nominate(unit_of(other), recommender=unit_of(leader), reason=words.REASONS[0], by=story.acting(leader), **post)
