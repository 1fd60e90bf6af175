"""The vote at the founding: a contest for every post, one of them with a tie and a run-off; each counted by two people apart and answered for by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import cast
from alliance.demo.journeys import FIRST
from alliance.demo.units import PILLAR
from applications.choices import SeatWanted, State
from council import workflow as council
from council.choices import ContestKind
from council.models import Candidate, Contest, Nomination, Seat
from members.choices import Assembly, BodyKind, Direction, Post, Tier
from members.models import Body, Expert, Meeting, Term

if TYPE_CHECKING:
    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

TIED = (Tier.DIRECTOR, Direction.ICV)  # the post whose last seat is tied for
SPARE = 10  # ballots printed beyond one a voter
ABOVE = 2  # votes more than suffice, of those who are tied


def assembly() -> Meeting:
    return Meeting.objects.get(assembly=Assembly.MEMBERS, ordinal=1)


def seekers(story: Story) -> list[Journey]:
    """Members of the first intake that have a seat in mind; one of them waits for a later occasion."""
    admitted = story.ending(FIRST, State.ADMITTED)
    return [each for each in admitted if each.part.seat_wanted != SeatWanted.MEMBER and each.part.role != cast.MEMBER]


def elect(story: Story, tier: int, direction: str) -> None:
    """One contest for all seats of a post; those tied for the last stand again."""
    term = Term.objects.get(number=1)
    seats = Seat.objects.filter(term=term).at(tier, direction).count()
    contest = Contest.objects.create(meeting=assembly(), term=term, tier=tier, direction=direction, seats=seats)
    for nomination in Nomination.objects.filter(term=term, tier=tier, direction=direction, state="shortlisted").order_by("place"):
        Candidate.objects.create(contest=contest, nomination=nomination)
    council.start_voting(contest, by=story.people["officer"])
    hold(story, contest, tied(story, contest) if (tier, direction) == TIED else votes(story, contest))


def hold(story: Story, contest: Contest, wanted: dict[int, int]) -> None:
    """Counted by two people apart, announced, decided where it is tied, signed and certified; then the run-off, if there is one."""
    officer, secretary = story.people["officer"], story.people["secretary"]
    figures = tally(story, contest, wanted)
    council.issue_ballots(contest.sheet, by=officer, printed=figures["issued"] + SPARE, issued=figures["issued"])
    council.count(contest, by=story.people["clerk"], **figures)
    council.count_again(contest, by=officer, **figures)
    council.announce(contest, by=officer)
    if council.outcome(contest).tied:
        council.call_runoff(contest, by=officer)
    council.sign(contest, by=officer)
    council.certify(contest, by=secretary)
    if again := Contest.objects.filter(runoff_of=contest).first():
        council.start_voting(again, by=officer)
        present, least = again.snapshot["present"], again.least_of(again.snapshot["present"])
        (won,) = meant_to_sit(story, again)
        hold(story, again, dict.fromkeys(standing(again), present - least - 2 * ABOVE) | {won: least + ABOVE})


def votes(story: Story, contest: Contest) -> dict[int, int]:
    """Votes for each: those who are meant to sit have the votes that elect, the others do not; no ballot chooses more than the seats."""
    rng, present = story.rng, contest.snapshot["present"]
    valid, least = present - 2, contest.least_of(present)
    sit = meant_to_sit(story, contest)
    found = {key: rng.randint((2 * least + valid) // 3, valid) for key in sit}
    left = valid * contest.seats - sum(found.values())
    for key in standing(contest):
        if key not in found:
            found[key] = rng.randint(0, min(left, valid // 4))
            left -= found[key]
    return found


def tied(story: Story, contest: Contest) -> dict[int, int]:
    """The last of those meant to sit and the first of the others have as many votes, and enough."""
    sit, stand = meant_to_sit(story, contest), standing(contest)
    other = next(key for key in reversed(stand) if key not in sit)
    least = contest.least_of(contest.snapshot["present"])
    above, level = dict.fromkeys(sit[:-1], least + 2 * ABOVE), dict.fromkeys((sit[-1], other), least + ABOVE)
    return dict.fromkeys(stand, 0) | above | level


def standing(contest: Contest) -> list[int]:
    return list(contest.candidates.order_by("place", "pk").values_list("pk", flat=True))


def meant_to_sit(story: Story, contest: Contest) -> list[int]:
    """The candidates that the province needs on its council."""
    pillars = {journey.application for journey in seekers(story) if journey.part.role in (PILLAR, cast.LEADER)}
    stand = contest.candidates.order_by("place", "pk").values_list("pk", "nomination__unit__application")
    return [key for key, application in stand if application in pillars]


def tally(story: Story, contest: Contest, wanted: dict[int, int]) -> dict[str, object]:
    """The tellers' figures: one ballot not returned or not, one invalid; the rest against or abstaining."""
    rng, issued = story.rng, contest.snapshot["present"]
    returned, invalid = issued - rng.randint(0, 1), rng.randint(0, 1)
    valid = returned - invalid
    counted = {}
    for key, in_favour in wanted.items():
        against = rng.randint(0, valid - in_favour)
        counted[key] = council.Votes(in_favour, against, valid - in_favour - against)
    return {"issued": issued, "returned": returned, "invalid": invalid, "votes": counted}


def account_for_ballots(story: Story) -> None:
    """Whatever was left over is destroyed before a witness, and every ballot is accounted for."""
    said = {"unused": SPARE, "destroyed_by": cast.OFFICE["clerk"][0], "witness": cast.OFFICE["auditor"][0], "destroyed_at": clock.now()}
    for sheet in assembly().sheets.order_by("pk"):
        council.destroy_unused(sheet, by=story.people["officer"], **said)


def elect_to_bodies(story: Story) -> None:
    """The expert committee and the secretary-general."""
    committee, secretariat = Body.objects.get(kind=BodyKind.EXPERTS), Body.objects.get(kind=BodyKind.SECRETARIAT)
    head, *others = Expert.objects.order_by("pk")
    to_body(story, committee, Post.HEAD, {"expert": head})
    to_body(story, committee, Post.MEMBER, *({"expert": each} for each in others))
    to_body(story, secretariat, Post.SECRETARY_GENERAL, {"person": cast.OFFICE["secretary"][0]})


def to_body(story: Story, body: Body, post: str, *stand: dict[str, object]) -> None:
    """As many candidates as seats (等额)."""
    said = {"meeting": assembly(), "term": Term.objects.get(number=1), "kind": ContestKind.BODY, "body": body, "post": post}
    contest = Contest.objects.create(**said, seats=len(stand))
    candidates = [Candidate.objects.create(contest=contest, **who) for who in stand]
    council.start_voting(contest, by=story.people["officer"])
    valid, least = contest.snapshot["present"] - 2, contest.least_of(contest.snapshot["present"])
    hold(story, contest, {each.pk: story.rng.randint((2 * least + valid) // 3, valid) for each in candidates})
