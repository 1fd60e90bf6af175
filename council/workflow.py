"""What can happen to a nomination and to a contest, and how a unit and a person come to hold a seat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from council import election, notices, rules
from council.choices import ContestState, NominationKind, NominationState
from council.models import Candidate, Contest, Count, Nomination, PersonTenure, Seat, Tally, UnitTenure
from members.choices import RUNNING, MeetingState, MembershipState, Tier
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Model

# ── Nominations ──────────────────────────────────────────────────────────────────────────────────────────────────────

nominations = Workflow(NominationState)
NOMINATED, ACCEPTED, SHORTLISTED = NominationState.NOMINATED, NominationState.ACCEPTED, NominationState.SHORTLISTED


@transaction.atomic
def nominate(
    unit: MemberUnit, *, term: Term, tier: int, direction: str, reason: str, by: Actor, recommender: MemberUnit | None = None
) -> Nomination:
    """Put `unit` and its representative forward for a post; a unit that puts itself forward has accepted by doing so."""
    if not (rules.is_officer(by, unit) or rules.acts_for_unit(by, recommender or unit)):
        raise NotAllowed(_("This step is not yours to take."), thing=unit)
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can be nominated."), thing=unit)
    if unit.representative is None:
        raise Refused(_("The unit has no representative to put forward."), thing=unit)
    kind, state = (NominationKind.RECOMMENDED, NOMINATED) if recommender else (NominationKind.SELF, ACCEPTED)
    post = {"term": term, "tier": tier, "direction": "" if tier == Tier.CHAIR else direction}
    if Nomination.objects.standing().filter(unit=unit, **post).exists():
        raise Refused(_("The unit is nominated for this post already."), thing=unit)
    nomination = Nomination.objects.create(
        unit=unit, person=unit.representative, kind=kind, recommender=recommender, reason=reason, state=state, **post
    )
    record(nomination, "nominate", by=by, after=state)
    if recommender:
        notices.nominated(nomination)
    return nomination


@nominations.step(_("Accept the nomination"), NOMINATED, to=ACCEPTED, allow=rules.acts_for_nominee, tone="go")
def accept_nomination(nomination: Nomination, *, by: Actor) -> None:
    """Unit and person agree to stand."""


@nominations.step(_("Decline the nomination"), NOMINATED, ACCEPTED, to=NominationState.DECLINED, allow=rules.acts_for_nominee, tone="stop")
def decline_nomination(nomination: Nomination, *, by: Actor) -> None:
    """Unit or person do not stand."""


@nominations.step(_("Shortlist"), ACCEPTED, to=SHORTLISTED, allow=rules.is_officer, tone="go")
def shortlist(nomination: Nomination, *, by: Actor) -> None:
    """Examined and found eligible: it can stand in a contest."""
    if nomination.unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can stand."))


@nominations.step(_("Find not eligible"), NOMINATED, ACCEPTED, SHORTLISTED, to=NominationState.BLOCKED, allow=rules.is_officer, tone="stop")
def block(nomination: Nomination, *, by: Actor, reason: str) -> None:
    """Examined and found not eligible; while they are voted on, it is too late."""
    if nomination.candidacies.filter(contest__state__in=[ContestState.VOTING, ContestState.COUNTED]).exists():
        raise Refused(_("The vote on this nomination is under way."))


# ── Contests ─────────────────────────────────────────────────────────────────────────────────────────────────────────

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


# ── Seats ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def take_office(
    unit: MemberUnit, person: Model, *, term: Term, tier: int, direction: str, by: Actor, contest: Contest | None = None
) -> UnitTenure:
    """Seat `unit` on the first vacant seat of the post, and `person` on it; Refused where none is vacant or the unit has one.

    The seats of the post are locked before the vacant one is looked for, so that two grants at once cannot find the same.
    A tenure whose unit has left is ended first, in this same transaction.
    """
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if unit.state not in RUNNING:
        raise Refused(_("The unit is not a member any more."), thing=unit)
    seats = list(Seat.objects.select_for_update().filter(term=term).at(tier, direction).order_by("number"))
    for lapsed in UnitTenure.objects.lapsed().filter(seat__in=seats).select_related("unit"):
        end_lapsed(lapsed)
    vacant = Seat.objects.vacant().filter(pk__in=[seat.pk for seat in seats]).order_by("number").first()
    if vacant is None:
        raise Refused(_("No seat of this post is vacant."), thing=unit)
    today = clock.today()
    try:
        with transaction.atomic():
            tenure = UnitTenure.objects.create(seat=vacant, term=term, unit=unit, contest=contest, begins_on=today)
    except IntegrityError as taken:
        raise Refused(_("The unit holds a seat of this term already."), thing=unit) from taken
    PersonTenure.objects.create(unit_tenure=tenure, representative=person, begins_on=today)
    record(tenure, "take_office", by=by, after="in_office")
    notices.seated(tenure)
    return tenure


@transaction.atomic
def vacate(tenure: UnitTenure, *, on: date, reason: str, by: Actor) -> None:
    """The unit leaves its seat on this day; the seat is vacant, and the past stays written."""
    tenure = UnitTenure.objects.select_for_update().get(pk=tenure.pk)
    if tenure.ended_on:
        raise Refused(_("This tenure has ended already."), thing=tenure)
    tenure.ended_on, tenure.end_reason = on, reason
    tenure.save(update_fields=["ended_on", "end_reason"])
    tenure.persons.filter(ended_on=None).update(ended_on=on, end_reason=reason)
    record(tenure, "vacate", by=by, before="in_office", after="vacated", inputs={"on": on, "reason": reason})


def end_lapsed(tenure: UnitTenure) -> None:
    """End a tenure whose unit has left the alliance, dated the day its membership ended."""
    vacate(tenure, on=max(tenure.unit.ended_on, tenure.begins_on), reason=tenure.unit.get_state_display(), by=TIMETABLE)
