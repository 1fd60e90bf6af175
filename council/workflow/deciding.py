"""What is announced in the hall, and what the meeting decides where votes alone do not settle it: ties, empty seats, names written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.workflow import STAYS, Actor, Refused
from council import rules
from council.choices import UNDER_WAY, ContestKind, ContestState, RulingKind
from council.models import Candidate, Contest, Ruling
from council.workflow.counting import differing
from council.workflow.electing import contests, listed, outcome
from members.choices import MembershipState

if TYPE_CHECKING:
    from council.election import Key, Outcome
    from members.models import Expert, MemberUnit, Resolution

PREPARED, COUNTED, ANNOUNCED = ContestState.PREPARED, ContestState.COUNTED, ContestState.ANNOUNCED


@contests.step(_("Announce"), COUNTED, to=ANNOUNCED, allow=rules.is_officer, tone="go")
def announce(contest: Contest, *, by: Actor) -> None:
    """The figures are read out in the hall (宣布): from here on nobody counts them again."""
    if contest.tally is None:
        sentence = _("The two entries differ in %(count)d figures: the ballots are counted again, and what was agreed on is entered.")
        raise Refused(sentence % {"count": len(differing(contest))})


@contests.step(_("Call a run-off"), ANNOUNCED, to=STAYS, allow=rules.is_officer)
def call_runoff(contest: Contest, *, by: Actor) -> None:
    """Those tied stand again for the seats that are left, on a ballot of their own."""
    found = outcome(contest)
    if not found.tied:
        raise Refused(_("Nobody is tied: there is nothing to vote on again."))
    if contest.rulings.filter(kind__in=[RulingKind.RUNOFF, RulingKind.VACANT]).exists():
        raise Refused(_("It is decided already what becomes of these seats."))
    rule(contest, RulingKind.RUNOFF, by=by, reason=str(_("Tied for the last seat")))
    copied = ("meeting", "term", "kind", "tier", "direction", "body", "post", "drawn_from")
    rules_of = ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base")
    said = {name: getattr(contest, name) for name in (*copied, *rules_of)}
    again = Contest.objects.create(**said, seats=found.unfilled, runoff_of=contest)
    for place, key in enumerate(by_place(contest, found.tied), start=1):
        Candidate.objects.create(contest=again, place=place, **holder_of(contest, key))


def by_place(contest: Contest, keys: tuple[Key, ...]) -> list[Key]:
    """In the order of the ballot; names written in behind."""
    places = {each["candidate"]: each["place"] for each in contest.snapshot["candidates"]}
    return sorted(keys, key=lambda key: (places.get(key, len(places) + 1), str(key)))


def holder_of(contest: Contest, key: Key) -> dict[str, object]:
    """As whom a candidate, or a name that the meeting admitted, stands."""
    if isinstance(key, int):
        stood = Candidate.objects.get(pk=key)
        unit = {"unit": stood.unit} if stood.nomination is None else {}
        return {"nomination": stood.nomination, "expert": stood.expert, "person": stood.person} | unit
    ruled = contest.rulings.get(name=key)
    return {"unit": ruled.unit, "expert": ruled.expert, "person": "" if ruled.unit or ruled.expert else key}


@contests.step(_("Leave seats vacant"), ANNOUNCED, to=STAYS, allow=rules.is_officer)
def leave_vacant(contest: Contest, *, by: Actor, reason: str, resolution: Resolution | None = None) -> None:
    """The meeting decides that what the vote did not fill stays vacant, for a by-election."""
    if not outcome(contest).unfilled:
        raise Refused(_("Every seat is filled: none stays vacant."))
    if contest.rulings.filter(kind__in=[RulingKind.RUNOFF, RulingKind.VACANT]).exists():
        raise Refused(_("It is decided already what becomes of these seats."))
    refuse_resolution(contest, resolution)
    rule(contest, RulingKind.VACANT, by=by, reason=reason, resolution=resolution)


@contests.step(_("Decide on a name written in"), ANNOUNCED, to=STAYS, allow=rules.is_officer)
def decide_write_in(
    contest: Contest,
    *,
    by: Actor,
    name: str,
    takes_part: bool,
    reason: str,
    unit: MemberUnit | None = None,
    expert: Expert | None = None,
    resolution: Resolution | None = None,
) -> None:
    """Whoever was written in often enough takes part if the meeting says so, and as whom; otherwise not, and why is kept."""
    if name not in outcome(contest).write_ins:
        raise Refused(_("“%(name)s” does not wait for a decision.") % {"name": name})
    if contest.rulings.filter(kind=RulingKind.RUNOFF).exists():
        raise Refused(_("It is decided already what becomes of these seats."))
    refuse_resolution(contest, resolution)
    if not takes_part:
        rule(contest, RulingKind.PASSED_OVER, by=by, name=name, reason=reason, resolution=resolution)
        return
    refuse_stranger(contest, unit, expert)
    rule(contest, RulingKind.ADMITTED, by=by, name=name, reason=reason, resolution=resolution, unit=unit, expert=expert)


def refuse_stranger(contest: Contest, unit: MemberUnit | None, expert: Expert | None) -> None:
    """A seat of the council is a unit's, with its rights and a representative; who stood already is no other name."""
    if unit and expert:
        raise Refused(_("Please name the unit or the expert, not both."))
    if contest.kind != ContestKind.BODY and unit is None:
        raise Refused(_("A seat of the council is a member unit's: please say which."))
    if unit and (unit.state != MembershipState.ACTIVE or unit.representative is None):
        raise Refused(_("%(unit)s is not an active member, or nobody represents it.") % {"unit": unit.organisation.name})
    if contest.drawn_from and unit and unit.pk not in contest.drawn_from.elected_units:
        raise Refused(_("%(unit)s was not elected in the first step.") % {"unit": unit.organisation.name})
    stood = contest.candidates.filter(unit=unit) if unit else contest.candidates.filter(expert=expert) if expert else None
    if stood is not None and stood.exists():
        raise Refused(_("%(candidate)s stands on the ballot: that is no other name.") % {"candidate": stood.first()})


def refuse_resolution(contest: Contest, resolution: Resolution | None) -> None:
    if resolution and (resolution.meeting_id != contest.meeting_id or not resolution.passed):
        raise Refused(_("This resolution is another meeting's, or did not pass."))


def rule(contest: Contest, kind: RulingKind, *, by: Actor, **said: object) -> Ruling:
    return Ruling.objects.create(contest=contest, kind=kind, by=by, **said)


def refuse_undecided(contest: Contest, found: Outcome) -> None:
    if found.write_ins:
        sentence = _("Written in often enough, and not decided by the meeting: %(names)s.")
        raise Refused(sentence % {"names": listed(found.write_ins)})
    if found.tied and not contest.rulings.filter(kind__in=[RulingKind.RUNOFF, RulingKind.VACANT]).exists():
        raise Refused(_("Candidates are tied for the last seat: call a run-off, or let the meeting decide that it stays vacant."))


@contests.step(_("Declare void"), PREPARED, *UNDER_WAY, to=ContestState.VOID, allow=rules.is_officer, tone="stop")
def declare_void(contest: Contest, *, by: Actor, reason: str) -> None:
    """The vote does not count and has to be held again, as a further contest."""
