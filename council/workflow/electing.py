"""How a contest is voted on: whoever stands, the roll and the rule are frozen. Counting, deciding and certifying go on from here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance.history.canonical import digest
from alliance.workflow import Actor, Refused, Workflow
from council import election, rules
from council.choices import Colour, ContestKind, ContestState
from council.models import BallotSheet, Contest, Tally
from members.choices import MeetingState
from members.models import BodyTenure
from members.models.tenure import HELD_BY_ONE
from members.workflow import short_of_quorum

if TYPE_CHECKING:
    from collections.abc import Iterable

contests = Workflow(ContestState)
PREPARED, VOTING = ContestState.PREPARED, ContestState.VOTING


@contests.step(_("Start voting"), PREPARED, to=VOTING, allow=rules.is_officer, tone="go")
def start_voting(contest: Contest, *, by: Actor) -> None:
    """Candidates, roll and rule are frozen; from here on they do not change."""
    roll, eligible = electorate(contest)
    refuse_without_quorum(contest, eligible, len(roll))
    refuse_unfit(contest)
    refuse_without_seats(contest)
    rule = contest.term.rule(contest.matter)
    for name in ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"):
        setattr(contest, name, getattr(rule, name))
    if contest.sheet is None:
        contest.sheet = own_sheet(contest)
    contest.snapshot = {
        "candidates": frozen(contest),
        "roll": roll,
        "eligible": eligible,
        "present": len(roll),
        "seats": contest.seats,
        "rule": [contest.rule_numerator, contest.rule_denominator, contest.rule_inclusive, contest.rule_base],
    }
    contest.snapshot_digest = digest(contest.snapshot)


def electorate(contest: Contest) -> tuple[list[int], int]:
    """The lines of the roll that are present and vote, and how many are called: the meeting's roll, or those elected in the first step."""
    present = contest.meeting.attendances.present()
    if contest.drawn_from is None:
        return sorted(present.values_list("pk", flat=True)), contest.meeting.eligible
    elected = contest.drawn_from.elected_units
    return sorted(present.filter(unit__in=elected).values_list("pk", flat=True)), len(elected)


def refuse_without_quorum(contest: Contest, eligible: int, present: int) -> None:
    if contest.meeting.state != MeetingState.OPEN:
        raise Refused(_("The meeting is not in session."))
    if contest.drawn_from and contest.drawn_from.result is None:
        raise Refused(_("The first step is not certified yet: %(contest)s.") % {"contest": contest.drawn_from})
    if why := short_of_quorum(eligible, present, contest.meeting.term):
        raise Refused(why)


def listed(things: Iterable[object]) -> str:
    return pgettext("list", ", ").join(str(thing) for thing in things)


def refuse_unfit(contest: Contest) -> None:
    """By name: who may not stand is told, and nobody is left out in silence."""
    if not contest.candidates.exists():
        raise Refused(_("Nobody stands in this contest."))
    if contest.drawn_from:
        sentence = _("These were not elected in the first step, or their unit is not an active member: %(names)s.")
    elif contest.kind == ContestKind.BODY:
        sentence = _("These cannot stand, because the unit is not an active member or the expert has retired: %(names)s.")
    else:
        sentence = _("These are not shortlisted for this post, or their unit is not an active member: %(names)s.")
    if unfit := list(contest.candidates.unfit_for(contest).with_names()):
        raise Refused(sentence % {"names": listed(unfit)})


def refuse_without_seats(contest: Contest) -> None:
    """No more is voted on than is free."""
    if contest.kind == ContestKind.BODY:
        taken = BodyTenure.objects.filter(body=contest.body, post=contest.post, ended_on=None).first()
        if contest.post in HELD_BY_ONE and (taken or contest.seats > 1):
            raise Refused(_("This post has one holder: one seat is voted on, and once the tenure that runs has ended."))
    elif sentence := contest.too_many_seats():
        raise Refused(sentence)


def own_sheet(contest: Contest) -> BallotSheet:
    """A contest that shares no sheet has one of its own, named for its post."""
    name = str(contest)[:50]
    taken = contest.meeting.sheets.filter(name__startswith=name).count()
    return BallotSheet.objects.create(meeting=contest.meeting, name=f"{name} ({taken + 1})" if taken else name, colour=Colour.WHITE)


def frozen(contest: Contest) -> list[dict[str, int | None]]:
    """Each candidate with its place on the ballot, and as whom it stands."""
    found = []
    for place, candidate in enumerate(contest.candidates.in_order().with_names(), start=1):
        unit, person = candidate.stands
        candidate.called = " · ".join(filter(None, candidate.words))
        candidate.place, candidate.unit, candidate.representative = place, unit, person
        candidate.save(update_fields=["place", "called", "unit", "representative"])
        keys = {"unit": candidate.unit_id, "person": candidate.representative_id, "expert": candidate.expert_id}
        found.append({"candidate": candidate.pk, "place": place, **keys})
    return found


def outcome(contest: Contest, tally: Tally | None = None) -> election.Outcome:
    """The result of the tally that counts, or of this one."""
    return contest.outcome_of(tally or contest.tally)


def as_written(found: election.Outcome) -> dict[str, object]:
    """The outcome as JSON keeps it."""
    return json.loads(json.dumps(asdict(found)))
