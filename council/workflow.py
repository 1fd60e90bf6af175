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
from members.workflow import against_merging, against_undoing

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


# ── What becomes of a seat when its unit or its person changes ───────────────────────────────────────────────────────

HANDED_ON, REPLACED = _("Handed on to the successor"), _("Another person represents the unit")


def seat_of(unit: MemberUnit) -> UnitTenure | None:
    """The tenure of `unit` that is written as running, whether or not it still belongs."""
    return UnitTenure.objects.filter(unit=unit, ended_on=None).select_related("seat", "term").order_by("-term__number").first()


@against_merging
def two_seats(predecessor: MemberUnit, successor: MemberUnit, by: Actor) -> str:
    """A unit holds one seat a term: of two that both sit, one has to leave its seat first."""
    one, other = seat_of(predecessor), seat_of(successor)
    if one is None or other is None or one.term_id != other.term_id:
        return ""
    return _(
        "Both units hold a seat of this term: %(one)s (%(first)s) and %(other)s (%(second)s). A unit holds one: let one of the two leave its seat first, on its page under Tenures of units."
    ) % {"one": predecessor.organisation.name, "first": one.seat, "other": successor.organisation.name, "second": other.seat}


@against_undoing
def seat_is_taken(predecessor: MemberUnit, successor: MemberUnit, by: Actor) -> str:
    """Its seat has to be there to return to."""
    holder = UnitTenure.objects.on_the_seat_left_by(predecessor).select_related("seat", "unit__organisation").first()
    if holder is None:
        return ""
    return _("The seat of %(unit)s (%(seat)s) is held by %(holder)s now: hand it back first, on the page of that tenure.") % {
        "unit": predecessor.organisation.name,
        "seat": holder.seat,
        "holder": holder.unit.organisation.name,
    }


def office_holds(tenure: UnitTenure, by: Actor) -> UnitTenure:
    """The tenure as it stands, its unit and itself locked, for an officer within whose reach it lies."""
    MemberUnit.objects.select_for_update().get(pk=tenure.unit_id)
    found = UnitTenure.objects.select_for_update(of=("self",)).select_related("unit__organisation", "seat", "term").get(pk=tenure.pk)
    if not rules.is_officer(by, found):
        raise NotAllowed(_("This step is not yours to take."), thing=found)
    return found


@transaction.atomic
def hand_on(tenure: UnitTenure, *, by: Actor) -> UnitTenure:
    """The seat of a unit that went into another goes to that one, and its representative fills it."""
    tenure = office_holds(tenure, by)
    succession = tenure.unit.went_into.in_force().first()
    if succession is None:
        raise Refused(_("This unit did not go into another: its seat falls vacant instead."), thing=tenure)
    successor = MemberUnit.objects.select_for_update().get(pk=succession.successor_id)
    if successor.state not in RUNNING or successor.representative is None:
        raise Refused(_("The successor is not a member, or nobody represents it."), thing=tenure)
    if held := UnitTenure.objects.running().filter(unit=successor, term=tenure.term).select_related("seat").first():
        raise Refused(_("The successor holds a seat of this term already: %(seat)s.") % {"seat": held.seat}, thing=tenure)
    Seat.objects.select_for_update().get(pk=tenure.seat_id)
    if tenure.ended_on is None:
        vacate(tenure, on=max(tenure.unit.ended_on, tenure.begins_on), reason=str(HANDED_ON), by=by)
    elif not Seat.objects.vacant().filter(pk=tenure.seat_id).exists():
        raise Refused(_("The seat is held by another unit by now."), thing=tenure)
    said = {"seat": tenure.seat, "term": tenure.term, "unit": successor, "contest": tenure.contest, "begins_on": clock.today()}
    taken = UnitTenure.objects.create(**said)
    PersonTenure.objects.create(unit_tenure=taken, representative=successor.representative, begins_on=clock.today())
    record(taken, "hand_on", by=by, after="in_office", inputs={"from": tenure})
    notices.handed_on(taken, tenure.unit)
    return taken


@transaction.atomic
def hand_back(tenure: UnitTenure, *, by: Actor) -> UnitTenure:
    """What was handed on by mistake is as it was, so that the merger can be undone: the successor never held the seat."""
    tenure = office_holds(tenure, by)
    before = UnitTenure.objects.handed_on_to(tenure).select_for_update(of=("self",)).first()
    if before is None or tenure.ended_on:
        raise Refused(_("This seat was not handed on, or longer than a day ago."), thing=tenure)
    vacate(tenure, on=tenure.begins_on, reason=str(_("Handed back")), by=by)
    before.persons.filter(ended_on=before.ended_on, end_reason=before.end_reason).update(ended_on=None, end_reason="")
    before.ended_on, before.end_reason = None, ""
    before.save(update_fields=["ended_on", "end_reason"])
    record(before, "hand_back", by=by, before="vacated", after="in_office", inputs={"from": tenure})
    return before


@transaction.atomic
def change_person(tenure: UnitTenure, *, by: Actor) -> PersonTenure:
    """The unit keeps its seat, and whoever represents it now fills it up to the end of the term."""
    tenure = office_holds(tenure, by)
    person, sits = tenure.unit.representative, tenure.persons.filter(ended_on=None).first()
    if tenure.ended_on or tenure.unit.state not in RUNNING or person is None:
        raise Refused(_("The unit does not hold this seat any more, or nobody represents it."), thing=tenure)
    if sits and sits.representative_id == person.pk:
        raise Refused(_("%(name)s fills this seat already.") % {"name": person.name}, thing=tenure)
    if sits:
        sits.ended_on, sits.end_reason = max(clock.today(), sits.begins_on), str(REPLACED)
        sits.save(update_fields=["ended_on", "end_reason"])
    found = PersonTenure.objects.create(unit_tenure=tenure, representative=person, begins_on=clock.today())
    record(tenure, "change_person", by=by, before="in_office", after="in_office", inputs={"person": person})
    notices.person_changed(tenure, person)
    return found


@transaction.atomic
def leave_seat(tenure: UnitTenure, *, by: Actor, reason: str) -> None:
    """The unit remains a member and leaves its seat, from today on."""
    tenure = office_holds(tenure, by)
    vacate(tenure, on=max(clock.today(), tenure.begins_on), reason=reason, by=by)
    notices.seat_left(tenure)
