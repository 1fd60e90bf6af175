"""How the elected take office when a result is certified, and leave it when a correction says that they were not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import STAYS, Actor, Refused
from council import rules
from council.choices import Cause, ContestKind, ContestState
from council.models import Candidate, Contest, Seat, UnitTenure
from council.workflow.electing import contests, listed
from council.workflow.seating import take_office, vacate
from members.choices import Direction, MembershipState, Tier
from members.models import BodyTenure, Expert, MemberUnit, Representative

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from council.election import Key, Outcome

CORRECTION = _("The result was corrected")
ENDED = (ContestState.CERTIFIED, ContestState.VOID)


@dataclass(frozen=True)
class Holder:
    """Somebody who is elected: a unit with its person, an expert, or a person by name."""

    unit: MemberUnit | None
    representative: Representative | None
    expert: Expert | None
    person: str

    def __str__(self) -> str:
        if self.expert:
            return str(self.expert)
        return self.unit.organisation.name if self.unit else self.person


def holders(contest: Contest, keys: Iterable[Key]) -> list[Holder]:
    """Who they are, in the order of the keys: candidates as they were frozen, names written in as the meeting admitted them."""
    rows = Candidate.objects.filter(contest=contest).select_related("unit__organisation", "representative", "expert").in_bulk()
    ruled = {ruling.name: ruling for ruling in contest.rulings.exclude(name="").select_related("unit__organisation", "expert")}
    found = []
    for key in keys:
        if isinstance(key, int):
            row = rows[key]
            found.append(Holder(row.unit, row.representative, row.expert, row.person))
        else:
            unit, expert = ruled[key].unit, ruled[key].expert
            found.append(Holder(unit, unit.representative if unit else None, expert, "" if unit or expert else key))
    return found


def refuse_no_longer_eligible(contest: Contest, found: Outcome) -> None:
    """By name: whoever lost its rights since the vote began takes no office."""
    lost = [
        each
        for each in holders(contest, found.elected)
        if (each.unit and each.unit.state != MembershipState.ACTIVE) or (each.expert and each.expert.retired_on)
    ]
    if lost:
        sentence = _("No longer eligible: %(names)s. Nothing was certified: let the meeting decide, or declare the vote void.")
        raise Refused(sentence % {"names": listed(lost)})


def follow(contest: Contest, found: Outcome, *, by: Actor) -> None:
    """Tenures as the result says: first whoever was not elected leaves, then whoever was and does not sit yet takes office."""
    elected = holders(contest, found.elected)
    if contest.kind == ContestKind.BODY:
        follow_in_body(contest, elected, by=by)
    elif contest.kind == ContestKind.UNITS:
        refuse_built_upon(contest, elected)
    else:
        follow_in_council(contest, elected, by=by)


def follow_in_council(contest: Contest, elected: list[Holder], *, by: Actor) -> None:
    sitting = {tenure.unit_id: tenure for tenure in contest.tenures.filter(ended_on=None)}
    units = {each.unit.pk for each in elected}
    for unit, tenure in sitting.items():
        if unit not in units:
            vacate(tenure, on=max(clock.today(), tenure.begins_on), reason=str(CORRECTION), cause=Cause.CORRECTED, by=by)
    for each in elected:
        if each.unit.pk not in sitting:
            post = {"term": contest.term, "tier": contest.tier, "direction": contest.direction}
            take_office(each.unit, each.representative, **post, by=by, contest=contest)


def follow_in_body(contest: Contest, elected: list[Holder], *, by: Actor) -> None:
    running = {key_of(tenure): tenure for tenure in contest.body_tenures.filter(ended_on=None).select_related("unit", "expert", "body")}
    wanted = {key_of(each): each for each in elected}
    for key, tenure in running.items():
        if key not in wanted:
            tenure.ended_on, tenure.end_reason = max(clock.today(), tenure.begins_on), str(CORRECTION)
            tenure.save(update_fields=["ended_on", "end_reason"])
            record(tenure.body, "edit", by=by, inputs={"tenure": tenure.pk})
    for key, each in wanted.items():
        if key not in running:
            contest.body_tenures.add(install(contest, each, by=by))


def key_of(each: BodyTenure | Holder) -> tuple[int | None, int | None, str]:
    """Who it is, whatever they are called by now: the unit, the expert, or else the name."""
    unit, expert = each.unit.pk if each.unit else None, each.expert.pk if each.expert else None
    return unit, expert, "" if unit or expert else each.person


def name_of(each: Holder) -> str:
    """The person by name; beside a unit, its representative."""
    return each.representative.name if each.unit and each.representative else each.person


def install(contest: Contest, each: Holder, *, by: Actor) -> BodyTenure:
    """The elected holds the post of the body from today on."""
    said = {"body": contest.body, "post": contest.post, "term": contest.term, "begins_on": clock.today()}
    try:
        with transaction.atomic():
            tenure = BodyTenure.objects.create(**said, unit=each.unit, expert=each.expert, person=name_of(each))
    except IntegrityError as clash:
        sentence = _("%(name)s sits in this body already, or the post is held: the tenure that runs has to end first.")
        raise Refused(sentence % {"name": each}) from clash
    record(contest.body, "edit", by=by, inputs={"tenure": tenure.pk})
    return tenure


def refuse_built_upon(contest: Contest, elected: list[Holder]) -> None:
    """Of two steps the first is not corrected away beneath those who sit by the second."""
    units = [each.unit.pk for each in elected]
    sit = UnitTenure.objects.filter(ended_on=None, contest__in=[contest, *contest.second_step.all()]).exclude(unit__in=units)
    if sitting := list(sit.select_related("unit__organisation")):
        sentence = _("These sit by the strength of this result: %(names)s. Correct what seated them first.")
        raise Refused(sentence % {"names": listed(tenure.unit.organisation.name for tenure in sitting)})


@contests.step(_("Seat the rest as directors"), ContestState.CERTIFIED, to=STAYS, allow=rules.seats_the_rest, tone="go")
def seat_directors(contest: Contest, *, by: Actor, directions: Mapping[int, str]) -> None:
    """After the second step: whoever of the elected units holds no post yet becomes director in a direction (unit's key → direction)."""
    if open_ones := [each for each in contest.second_step.all() if each.state not in ENDED]:
        raise Refused(_("The second step is not over: %(contests)s.") % {"contests": listed(open_ones)})
    rest = {each.unit.pk: each for each in without_seat(contest)}
    if set(directions) != set(rest):
        raise Refused(_("Please give every unit that holds no post its direction, and no other."))
    for key, each in rest.items():
        post = {"term": contest.term, "tier": Tier.DIRECTOR, "direction": directions[key]}
        try:
            take_office(each.unit, each.representative, **post, by=by, contest=contest)
        except Refused as refusal:
            raise Refused(_("%(name)s: %(why)s") % {"name": each, "why": refusal.why}) from refusal


def without_seat(contest: Contest) -> list[Holder]:
    """The units elected in the first step that hold no seat of the term."""
    found = contest.result
    seated = set(UnitTenure.objects.filter(term=contest.term, ended_on=None).values_list("unit_id", flat=True))
    keys = found.contents["outcome"]["elected"] if found else []
    return [each for each in holders(contest, keys) if each.unit and each.unit.pk not in seated]


def vacant_by_direction(contest: Contest) -> list[tuple[str, str, int]]:
    """Each direction, its word, and how many seats of directors are vacant there."""
    vacant = Seat.objects.vacant().filter(term=contest.term, tier=Tier.DIRECTOR).values_list("direction", flat=True)
    free = Counter(vacant)
    return [(direction.value, str(direction.label), free[direction.value]) for direction in Direction]
