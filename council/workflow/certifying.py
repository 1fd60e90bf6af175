"""How a result is answered for by two people, chained to the one before it, and corrected by another that takes its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock, locks
from alliance.history.canonical import digest
from alliance.workflow import Actor
from council import rules
from council.choices import ContestState, Entry
from council.election import Figures, Votes
from council.models import Contest, Result, Tally
from council.workflow.counting import enter
from council.workflow.deciding import refuse_undecided
from council.workflow.electing import as_written, contests, outcome
from council.workflow.installing import follow, holders, refuse_no_longer_eligible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from council.election import Outcome

ANNOUNCED, SIGNED, CERTIFIED, CORRECTED = (
    ContestState.ANNOUNCED,
    ContestState.SIGNED,
    ContestState.CERTIFIED,
    ContestState.CORRECTED,
)
CHAIN = "certified results"


@contests.step(_("Sign the result"), ANNOUNCED, to=SIGNED, allow=rules.may_sign, tone="go")
def sign(contest: Contest, *, by: Actor) -> None:
    """The first of two who answer for the result; what has to be decided has been."""
    refuse_undecided(contest, outcome(contest))
    contest.first_signer = by


@contests.step(_("Take the signature back"), SIGNED, to=ANNOUNCED, allow=rules.is_officer)
def take_signature_back(contest: Contest, *, by: Actor, reason: str) -> None:
    """Something is still to be decided, or was found wrong, before the result is certified."""
    contest.first_signer = None


@contests.step(_("Certify the result"), SIGNED, to=CERTIFIED, allow=rules.may_certify, tone="go")
def certify(contest: Contest, *, by: Actor) -> None:
    """A second person answers for the result: it is written down for good, and the elected take office."""
    locks.hold(CHAIN)
    tally, found = contest.tally, outcome(contest)
    refuse_undecided(contest, found)
    refuse_no_longer_eligible(contest, found)
    write(contest, tally, found, by=by)
    follow(contest, found, by=by)


def write(contest: Contest, tally: Tally, found: Outcome, *, by: Actor, supersedes: Result | None = None, reason: str = "") -> Result:
    """The next of the chain, under the chain's lock."""
    last = Result.objects.last()
    previous = last.digest if last else ""
    contents = contents_of(contest, tally, found, by=by, supersedes=supersedes, reason=reason)
    return Result.objects.create(
        number=last.number + 1 if last else 1,
        contest=contest,
        tally=tally,
        contents=contents,
        previous=previous,
        digest=digest({"previous": previous, "contents": contents}),
        supersedes=supersedes,
        reason=reason,
        first_signer=contest.first_signer,
        second_signer=by,
    )


def contents_of(contest: Contest, tally: Tally, found: Outcome, *, by: Actor, supersedes: Result | None, reason: str) -> dict[str, object]:
    """What two people answer for, in keys and figures; names are those of the frozen rows."""
    figures = tally.figures
    return json.loads(
        json.dumps(
            {
                "contest": str(contest.uuid),
                "meeting": str(contest.meeting.uuid),
                "post": [contest.kind, contest.tier, contest.direction, contest.body_id, contest.post],
                "snapshot": contest.snapshot_digest,
                "ballots": [figures.issued, figures.returned, figures.invalid, figures.overvoted],
                "votes": sorted([key, v.in_favour, v.against, v.abstaining] for key, v in figures.votes.items()),
                "write_ins": sorted([name, n] for name, n in figures.write_ins.items()),
                "least": contest.least_of(tally.valid),
                "rulings": [[ruling.kind, ruling.name, ruling.unit_id, ruling.expert_id] for ruling in contest.rulings.all()],
                "outcome": as_written(found),
                "units": sorted(each.unit.pk for each in holders(contest, found.elected) if each.unit),
                "signers": [contest.first_signer_id, by.pk],
                "certified_at": clock.now().isoformat(),
                "supersedes": supersedes.digest if supersedes else "",
                "reason": digest(reason) if reason else "",
            }
        )
    )


# ── Correcting ───────────────────────────────────────────────────────────────────────────────────────────────────────


@contests.step(_("Propose a correction"), CERTIFIED, to=CORRECTED, allow=rules.is_officer)
def propose_correction(
    contest: Contest,
    *,
    by: Actor,
    issued: int,
    returned: int,
    invalid: int,
    votes: Mapping[int, Votes],
    reason: str,
    overvoted: int = 0,
    write_ins: Mapping[str, int] | None = None,
) -> None:
    """The certified figures were wrong: the right ones, and why; what is in force stays so until a second person certifies them."""
    enter(contest, Entry.CORRECTION, Figures(issued, returned, invalid, votes, overvoted, write_ins or {}), by=by, reason=reason)
    contest.first_signer = by


@contests.step(_("Drop the correction"), CORRECTED, to=CERTIFIED, allow=rules.is_officer, tone="stop")
def drop_correction(contest: Contest, *, by: Actor, reason: str) -> None:
    """The certified result was right; the entry that was proposed stays written, and counts nowhere."""
    contest.first_signer = contest.result.first_signer


@contests.step(_("Certify the correction"), CORRECTED, to=CERTIFIED, allow=rules.may_certify_correction, tone="go")
def certify_correction(contest: Contest, *, by: Actor) -> None:
    """A further result takes the place of the last; who is no longer elected leaves office, and who is takes it, at once."""
    locks.hold(CHAIN)
    before, tally = contest.result, contest.tallies.filter(entry=Entry.CORRECTION).with_figures().last()
    found = outcome(contest, tally)
    refuse_undecided(contest, found)
    refuse_no_longer_eligible(contest, found)
    write(contest, tally, found, by=by, supersedes=before, reason=tally.reason)
    follow(contest, found, by=by)
