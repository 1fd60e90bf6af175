"""How far the election to the vacant posts is: nominated, accepted, shortlisted, public notice, meeting, result."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, DateTimeField, F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alliance import clock
from council.choices import LISTED_CALLS, UNDER_WAY, ContestKind, ContestState, NominationState
from council.dashboard.seats import FOREVER
from council.models import Contest, Nomination

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from council.dashboard.seats import Sitting
    from members.models import Term

Post = tuple[int, str]
ACCEPTED, SHORTLISTED = NominationState.ACCEPTED, NominationState.SHORTLISTED
AT_THE_MEETING = (ContestState.PREPARED, *UNDER_WAY)
CERTIFIED = (ContestState.CERTIFIED, ContestState.CORRECTED)
PUBLIC = "public"  # shortlisted and on a list that is published: counted beside its state


@dataclass(frozen=True)
class Stage:
    """One stage of an election: how many are that far, or none yet; whether it is behind or is where the election stands."""

    name: str
    word: str
    count: int
    tone: str  # done, now, or nothing


@dataclass(frozen=True)
class Funnel:
    """The election to one post, or to all that are vacant."""

    post: str
    seats: int
    stages: list[Stage]


@dataclass(frozen=True)
class Election:
    """What a term's election is made of: nominations by post and state, and contests with the day of their meeting."""

    nominations: dict[Post, Counter[str]]
    contests: list[tuple[Post, str, int, date]]


def election_of(term: Term) -> Election:
    """One question of two parts; nominations that an earlier election has settled are not among them, and seats of a run-off count once."""
    nominations = Nomination.objects.filter(term=term).unsettled().order_by().values_list("tier", "direction", "state", "call__state")
    never = Cast(Value(None), DateTimeField())
    contests = (
        Contest.objects.filter(term=term, kind=ContestKind.COUNCIL)
        .order_by()
        .values_list(
            "tier", "direction", "state", Value(""), Cast(F("seats") - Coalesce("runoff__seats", 0), IntegerField()), "meeting__held_at"
        )
    )
    found = Election(defaultdict(Counter), [])
    for tier, direction, state, call, count, at in nominations.annotate(n=Count("pk"), at=never).union(contests, all=True):
        if at is None:
            found.nominations[tier, direction][state] += count
            found.nominations[tier, direction][PUBLIC] += count * (state == SHORTLISTED and call in LISTED_CALLS)
        else:
            found.contests.append(((tier, direction), state, count, at.astimezone(clock.SHANGHAI).date()))
    return found


def funnels(rows: Iterable[Sitting], election: Election) -> list[Funnel]:
    """One for each post that has vacant seats; where there are several, first one of them all."""
    vacant: Counter[Post] = Counter()
    since: dict[Post, date] = {}
    for row in rows:
        if row.is_vacant:
            post = (row.seat.tier, row.seat.direction)
            vacant[post] += 1
            since[post] = min(since.get(post, FOREVER), row.vacant_since)
    names = {(row.seat.tier, row.seat.direction): row.post for row in rows}
    voted: dict[Post, Counter[str]] = defaultdict(Counter)
    for post, state, seats, day in election.contests:
        if post in vacant and day >= since[post]:
            voted[post][state] += seats
    found = [Funnel(names[post], seats, stages(election.nominations.get(post, Counter()), voted[post])) for post, seats in vacant.items()]
    if len(found) < 2:
        return found
    everybody = (sum((each.get(post, Counter()) for post in vacant), Counter()) for each in (election.nominations, voted))
    return [Funnel(_("All vacant seats"), vacant.total(), stages(*everybody)), *found]


def stages(nominations: Counter[str], contests: Counter[str]) -> list[Stage]:
    """A stage counts whoever has come at least so far; those that fell out on the way count only where they stood for sure."""
    shortlisted, public = nominations[SHORTLISTED], nominations[PUBLIC]
    accepted = shortlisted + nominations[ACCEPTED]
    counts = (
        ("nominated", pgettext("stage of an election", "Nominated"), nominations.total() - public),
        ("accepted", pgettext("stage of an election", "Accepted"), accepted),
        ("shortlisted", pgettext("stage of an election", "Shortlisted"), shortlisted),
        ("publicity", pgettext("stage of an election", "Public notice"), public),
        ("meeting", pgettext("stage of an election", "Vote at the meeting"), sum(contests[state] for state in AT_THE_MEETING)),
        ("result", pgettext("stage of an election", "Result certified"), sum(contests[state] for state in CERTIFIED)),
    )
    last = max((n for n, (_name, _word, count) in enumerate(counts) if count), default=-1)
    return [Stage(name, word, count, "done" if n < last else "now" if n == last else "") for n, (name, word, count) in enumerate(counts)]
