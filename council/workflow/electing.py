"""What can happen to a contest: voted, counted, certified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.workflow import Actor, Refused, Workflow
from council import election, rules
from council.choices import ContestState
from council.models import Candidate, Contest, Count, Seat, Tally
from members.choices import MeetingState

if TYPE_CHECKING:
    from collections.abc import Mapping


from council.workflow.seating import take_office

contests = Workflow(ContestState)
PREPARED, VOTING, COUNTED = ContestState.PREPARED, ContestState.VOTING, ContestState.COUNTED


@contests.step(_("Start voting"), PREPARED, to=VOTING, allow=rules.is_officer, tone="go")
def start_voting(contest: Contest, *, by: Actor) -> None:
    """Candidates, roll and rule are frozen; from here on they do not change."""
    meeting = contest.meeting
    if meeting.state != MeetingState.OPEN:
        raise Refused(_("The meeting is not in session."))
    if not meeting.has_quorum:
        raise Refused(_("There is no quorum: fewer than two thirds of those called have signed in."))
    candidates = list(contest.candidates.select_related("nomination"))
    if not candidates:
        raise Refused(_("Nobody stands in this contest."))
    if contest.candidates.unfit_for(contest).exists():
        raise Refused(_("A candidate is not shortlisted for this post, or their unit is not an active member."))
    if Seat.objects.vacant().filter(term=contest.term).at(contest.tier, contest.direction).count() < contest.seats:
        raise Refused(_("There are fewer vacant seats than this contest would fill."))
    contest.snapshot = {
        "candidates": [[c.pk, c.nomination.unit_id, c.nomination.person_id] for c in candidates],
        "roll": list(meeting.attendances.present().values_list("unit_id", flat=True)),
        "eligible": meeting.eligible,
        "present": meeting.present,
        "seats": contest.seats,
        "rule": [contest.rule_numerator, contest.rule_denominator, contest.rule_inclusive, contest.rule_base],
    }
    contest.snapshot_digest = digest(contest.snapshot)


def digest(contents: object) -> str:
    """SHA-256 of canonical JSON, 64 hexadecimal digits."""
    return sha256(json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Votes:
    """What was counted for one candidate."""

    in_favour: int
    against: int
    abstaining: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstaining


@contests.step(_("Enter the tally"), VOTING, to=COUNTED, allow=rules.is_officer, tone="go")
def count(contest: Contest, *, by: Actor, issued: int, returned: int, invalid: int, votes: Mapping[int, Votes]) -> None:
    """The tellers' figures; `votes` maps a candidate's key to what was counted for them."""
    present = contest.snapshot["present"]
    if issued > present:
        raise Refused(_("More ballots issued than voters present."))
    if returned > issued:
        raise Refused(_("More ballots returned than issued: this vote is void and has to be held again."))
    if set(votes) != {key for key, _unit, _person in contest.snapshot["candidates"]}:
        raise Refused(_("The tally has to count every candidate, and nobody else."))
    if any(v.total != returned - invalid for v in votes.values()):
        raise Refused(_("For each candidate, votes for, against and abstaining add up to the valid ballots."))
    tally = Tally.objects.create(contest=contest, issued=issued, returned=returned, invalid=invalid, entered_by=by)
    Count.objects.bulk_create(
        Count(tally=tally, candidate_id=key, in_favour=v.in_favour, against=v.against, abstaining=v.abstaining) for key, v in votes.items()
    )


def outcome(contest: Contest) -> election.Outcome:
    """The result as the frozen rule and the tally give it; the same however often it is recounted."""
    votes = dict(contest.tally.counts.values_list("candidate_id", "in_favour"))
    return election.outcome(contest.snapshot["seats"], votes, contest.least)


@contests.step(_("Certify the result"), COUNTED, to=ContestState.CERTIFIED, allow=rules.may_certify, tone="go")
def certify(contest: Contest, *, by: Actor) -> None:
    """A second person answers for the result, and the elected take office."""
    found = outcome(contest)
    if found.tied:
        raise Refused(_("Candidates are tied for the last seat: call a run-off."))
    settle(contest, found, by=by)


@contests.step(_("Call a run-off"), COUNTED, to=ContestState.RUNOFF, allow=rules.may_certify)
def call_runoff(contest: Contest, *, by: Actor) -> None:
    """The clearly elected take office; those tied stand again for the seats that are left."""
    found = outcome(contest)
    if not found.tied:
        raise Refused(_("Nobody is tied: certify the result."))
    settle(contest, found, by=by)
    again = Contest.objects.create(
        meeting=contest.meeting,
        term=contest.term,
        tier=contest.tier,
        direction=contest.direction,
        seats=found.unfilled,
        rule_numerator=contest.rule_numerator,
        rule_denominator=contest.rule_denominator,
        rule_inclusive=contest.rule_inclusive,
        rule_base=contest.rule_base,
        runoff_of=contest,
    )
    tied = Candidate.objects.filter(pk__in=found.tied)
    Candidate.objects.bulk_create(
        Candidate(contest=again, nomination=candidate.nomination) for candidate in tied.select_related("nomination")
    )


def settle(contest: Contest, found: election.Outcome, *, by: Actor) -> None:
    """Write the result down, and seat the elected."""
    contest.result = {"elected": found.elected, "tied": found.tied, "unfilled": found.unfilled}
    for candidate in Candidate.objects.filter(pk__in=found.elected).select_related("nomination__unit", "nomination__person").order_by("pk"):
        nomination = candidate.nomination
        take_office(
            nomination.unit, nomination.person, term=contest.term, tier=contest.tier, direction=contest.direction, by=by, contest=contest
        )


@contests.step(_("Declare void"), PREPARED, VOTING, COUNTED, to=ContestState.VOID, allow=rules.is_officer, tone="stop")
def declare_void(contest: Contest, *, by: Actor, reason: str) -> None:
    """The vote does not count and has to be held again, as a further contest."""
