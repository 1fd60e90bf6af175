"""Each unit's way through the portal: which batch, which steps, where it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alliance.demo import cast, shares
from alliance.demo.units import PILLAR
from applications.choices import State

if TYPE_CHECKING:
    from random import Random

    from alliance.demo.units import Part

FIRST, SECOND, THIRD = 2, 3, 4  # batches by number: decided, closed and under review, open; the notice's own was the first
MUST_RUN = dict.fromkeys(
    (
        State.DRAFT,
        State.RESUBMITTED,
        State.ACCEPTED,
        State.EXPERT_REVIEWED,
        State.DELIBERATED,
        State.DEFERRED,
        State.PUBLICITY,
        State.OBJECTION,
        State.APPROVED,
    ),
    1,
)
MUST_BE_DECIDED = {State.ADMITTED: 29, State.REJECTED: 1, State.NOT_ACCEPTED: 1, State.LAPSED: 1, State.WITHDRAWN: 1}
AGAIN = {
    State.LAPSED: State.SUBMITTED,
    State.REJECTED: State.CORRECTION,
    State.WITHDRAWN: State.SCREENED,
}  # who applies once more, and is where
SHARED = (State.CORRECTION, State.RESUBMITTED, State.ACCEPTED, State.SCREENED)  # in the closed batch and in the open one
CORRECTED = 0.2  # of those decided were asked for a correction on their way
SCREENED = ("submit", "accept", "screen")
TWICE = ("submit", "ask", "resubmit", "ask")

ROADS = {
    State.DRAFT: (),
    State.SUBMITTED: ("submit",),
    State.CORRECTION: ("submit", "ask"),
    State.RESUBMITTED: ("submit", "ask", "resubmit"),
    State.ACCEPTED: ("submit", "accept"),
    State.NOT_ACCEPTED: ("submit", "decline"),
    State.LAPSED: ("submit", "ask"),
    State.WITHDRAWN: ("submit", "accept", "withdraw"),
    State.EXPERT_REVIEWED: (*SCREENED, "conclude"),
}
LONG_ROADS = {  # of those whose correction has kept them from the meeting
    State.CORRECTION: TWICE,
    State.LAPSED: TWICE,
    State.RESUBMITTED: (*TWICE, "resubmit"),
    State.ACCEPTED: ("submit", "ask", "resubmit", "accept"),
    State.SCREENED: ("submit", "ask", "resubmit", "accept", "screen"),
}


@dataclass(slots=True)
class Journey:
    """One application of a unit, told beforehand: its batch, its end, the steps before a meeting looks at it."""

    part: Part
    batch: int
    end: str
    road: tuple[str, ...] = ()
    late: bool = False
    is_again: bool = False
    application: int = 0  # keys, once there is something
    user: int = 0

    @property
    def is_long(self) -> bool:
        return self.road == LONG_ROADS.get(self.end)

    @property
    def is_corrected(self) -> bool:
        return "resubmit" in self.road


def journeys(parts: list[Part], rng: Random) -> list[Journey]:
    """Everybody's, with those of three units that apply a second time."""
    decided = max(sum(MUST_BE_DECIDED.values()), round(len(parts) * shares.FIRST_INTAKE))
    by_role = {part.role: part for part in parts if part.role}
    first = first_intake(parts, decided, by_role, rng)
    taken = {journey.part.serial for journey in first}
    return first + under_way([part for part in parts if part.serial not in taken], first, rng)


def first_intake(parts: list[Part], count: int, by_role: dict[str, Part], rng: Random) -> list[Journey]:
    """The batch that is decided: whoever will sit was admitted with it, and the partnership was not accepted."""
    ends = shares.at_least(shares.apportion(shares.DECIDED, count), MUST_BE_DECIDED)
    sure = [part for part in parts if part.role in (cast.LEADER, cast.MEMBER, cast.HOSTED, PILLAR)]
    others = [part for part in parts if not part.role]
    made = [Journey(part, FIRST, State.ADMITTED) for part in sure]
    made.append(Journey(by_role[cast.PARTNERSHIP], FIRST, State.NOT_ACCEPTED))
    ends[State.ADMITTED], ends[State.NOT_ACCEPTED] = ends[State.ADMITTED] - len(sure), ends[State.NOT_ACCEPTED] - 1
    cards = shares.dealt(ends, rng)
    made += [Journey(part, FIRST, end) for part, end in zip(rng.sample(others, len(cards)), cards, strict=True)]
    for journey in made:
        journey.road = ROADS.get(journey.end) or (LONG_ROADS[State.SCREENED] if rng.random() < CORRECTED else SCREENED)
    next(journey for journey in reversed(made) if journey.end == State.LAPSED).road = LONG_ROADS[State.LAPSED]
    return made


def under_way(rest: list[Part], first: list[Journey], rng: Random) -> list[Journey]:
    """The closed batch and the open one: by the shares of a running batch, those who apply again included."""
    again = [(next(journey.part for journey in first if journey.end == was), now) for was, now in AGAIN.items()]
    ends = shares.at_least(shares.apportion(shares.RUNNING, len(rest) + len(again)), MUST_RUN | dict.fromkeys(AGAIN.values(), 1))
    roles = {cast.BEGINNER: State.DRAFT, cast.RIVAL: State.ACCEPTED}
    sure = [*again, *((part, roles[part.role]) for part in rest if part.role in roles)]
    for _part, end in sure:
        ends[end] -= 1
    others = [part for part in rest if part.role not in roles]
    pairs = [*sure, *zip(others, shares.dealt(ends, rng), strict=True)]
    met: dict[str, int] = dict.fromkeys(SHARED, 0)
    made = []
    for n, (part, end) in enumerate(pairs):
        journey = Journey(part, batch_of(part, end, met), end, is_again=n < len(again))
        journey.road = road(journey, rng)
        made.append(journey)
    come_late(made, first)
    return made


def batch_of(part: Part, end: str, met: dict[str, int]) -> int:
    """Drafts and what has just come in are in the open batch; of what may be in either, every second one."""
    if end in (State.DRAFT, State.SUBMITTED) or part.role == cast.RIVAL:
        return THIRD
    if end not in SHARED:
        return SECOND
    met[end] += 1
    return THIRD if met[end] % 2 and end != State.SCREENED else SECOND


def road(journey: Journey, rng: Random) -> tuple[str, ...]:
    """What is still being checked though its batch has closed was returned for correction; others now and then."""
    if journey.batch == SECOND and journey.end in LONG_ROADS and journey.end != State.SCREENED:
        return LONG_ROADS[journey.end]
    if journey.end in ROADS:
        return ROADS[journey.end]
    return LONG_ROADS[State.SCREENED] if rng.random() < CORRECTED else SCREENED


def come_late(made: list[Journey], first: list[Journey]) -> None:
    """Some came after the deadline of the batch before theirs: they count for their own."""
    before = {SECOND: len(first), THIRD: sum(journey.batch == SECOND for journey in made)}
    for batch, count in before.items():
        may = [each for each in made if each.batch == batch and (each.end in LONG_ROADS if batch == THIRD else each.road == SCREENED)]
        may = [each for each in may if each.part.role != cast.RIVAL and not each.is_again]
        for journey in may[: max(1, round(count * shares.LATE))]:
            journey.late = True
            if batch == THIRD:
                journey.road = LONG_ROADS[journey.end]
