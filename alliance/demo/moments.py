"""When each unit does what, and when the office answers: submissions crowd before a deadline, and few come on rest days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import shares
from alliance.demo.days import DAY, hour, midnight_after
from alliance.demo.journeys import FIRST, SECOND, THIRD
from applications.choices import State

if TYPE_CHECKING:
    from datetime import date, datetime
    from random import Random

    from alliance.demo.days import Days
    from alliance.demo.journeys import Journey

ANSWERED = {  # in working days after the step before
    "ask": (1, 4),
    "accept": (1, 4),
    "decline": (1, 4),
    "resubmit": (3, 8),
    "screen": (1, 4),
    "conclude": (1, 2),
    "withdraw": (1, 3),
}
SLOW = {"ask": (3, 4), "resubmit": (8, 9), "accept": (2, 4), "ask again": (1, 2), "resubmit again": (3, 4)}
LATELY = {
    State.SUBMITTED: (1, 4),
    State.CORRECTION: (4, 9),
    State.RESUBMITTED: (9, 11),
    State.ACCEPTED: (5, 9),
}  # working days before today
CROWD, WRITING = 3, 6  # days before a deadline; days that a draft takes
ROUND = 14  # working days that a correction takes with all that follows
MINUTES_LATE = 3  # the first after a deadline
QUIET = 0.1  # how likely a rest day is beside a working day
DRAFTS_FROM = 12  # days before the last deadline


def submissions(batch: int, all_of_it: list[Journey], days: Days, rng: Random) -> list[tuple[Journey, datetime]]:
    """The moment at which each journey of a batch submits; drafts never do."""
    going = [journey for journey in all_of_it if journey.batch == batch and journey.road]
    late = [journey for journey in going if journey.late]
    on_time = [journey for journey in going if not journey.late]
    opened = midnight_after(days.deadline if batch == SECOND else days.closed)
    found = [(journey, opened + timedelta(minutes=rng.randrange(9 * 60, 40 * 60) if n else MINUTES_LATE)) for n, journey in enumerate(late)]
    if batch == THIRD:
        return found + [(journey, hour(days.before(days.today, rng.randint(*LATELY[journey.end])), rng)) for journey in on_time]
    opens, last = {FIRST: (days.call, days.deadline), SECOND: (days.deliberation + DAY, days.closed)}[batch]
    rush = in_the_rush(on_time, rng)
    for journey in on_time:
        if journey.part.serial in rush:
            day = some_day(last - (CROWD - 1) * DAY, last, days, rng)
        else:
            until = days.before(last, ROUND) if journey.is_corrected else last - CROWD * DAY
            day = some_day(opens + (WRITING + 1) * DAY, until, days, rng)
        found.append((journey, hour(day, rng)))
    return found


def in_the_rush(journeys: list[Journey], rng: Random) -> set[int]:
    """Who comes in the last days: by number of unit. Those still being corrected came then; a correction that is over took longer."""
    are_slow = [journey.part.serial for journey in journeys if journey.is_long and journey.end != State.SCREENED]
    free = [journey.part.serial for journey in journeys if not journey.is_corrected]
    wanted = max(0, round(len(journeys) * shares.RUSH) - len(are_slow))
    return {*are_slow, *rng.sample(free, min(len(free), wanted))}


def some_day(first: date, last: date, days: Days, rng: Random) -> date:
    """A day between two, seldom one of rest."""
    choice = [first + n * DAY for n in range(max(0, (last - first).days) + 1)]
    return rng.choices(choice, [1 if days.is_worked(day) else QUIET for day in choice])[0]


def begun(submitted: datetime, rng: Random) -> datetime:
    """A draft takes from half an hour to some days; nobody begins one at night."""
    if rng.random() < 1 / 2:
        return submitted - timedelta(minutes=rng.randint(20, 90))
    return hour(submitted.astimezone(clock.SHANGHAI).date() - rng.randint(1, WRITING) * DAY, rng)


def draft_begun(days: Days, rng: Random) -> datetime:
    """A draft of today was begun lately, or before the last deadline, and has moved."""
    return hour(some_day(days.closed - DRAFTS_FROM * DAY, days.last, days, rng), rng)


def answers(journey: Journey, submitted: datetime, days: Days, rng: Random) -> list[tuple[str, datetime]]:
    """What follows a submission before any meeting, step by step."""
    found, moment = [], submitted
    for n in range(1, len(journey.road)):
        moment = days.capped(hour(days.after(moment.date(), rng.randint(*pace(journey, n))), rng), n)
        found.append((journey.road[n], moment))
    return found


def pace(journey: Journey, n: int) -> tuple[int, int]:
    """How many working days the n-th step of the road takes, at least and at most."""
    step = journey.road[n]
    if not journey.is_long:
        return ANSWERED[step]
    return SLOW.get(f"{step} again" if step in journey.road[1:n] else step, ANSWERED[step])
