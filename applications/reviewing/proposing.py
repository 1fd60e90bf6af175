"""The proposal: who should review what in a batch, why, and who cannot; nothing is written before somebody has looked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed
from applications import rules
from applications.choices import AssignmentState, Tie
from applications.matching import Matched, Wish, match
from applications.models import Application, Assignment, Batch
from members.models import Expert

if TYPE_CHECKING:
    from django.utils.functional import Promise

MAIN, RELATED, NEITHER = 0, 1, 2  # how well an application suits an expert


@dataclass
class Load:
    """What one expert has and gets."""

    expert: Expert
    kept: int = 0
    new: int = 0
    matching: int = 0  # of the new ones, in a direction that is theirs

    @property
    def total(self) -> int:
        return self.kept + self.new


@dataclass
class Plan:
    """What would be proposed: the pairs, the load of each expert, who is left out and why, and which applications lack experts."""

    batch: Batch
    seed: int
    pairs: list[tuple[Application, Expert]] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    excluded: list[tuple[Application, Expert, Promise | str]] = field(default_factory=list)
    short: list[tuple[Application, int, Promise | str]] = field(default_factory=list)

    @property
    def matching(self) -> int:
        return sum(load.matching for load in self.loads)


TOO_FEW = _("only %(count)d experts may review it: nothing ties them to it, and they have not given it up")
CAPPED = _("the experts who may review it have as many applications as each takes")


def plan(batch: Batch, seed: int = 0) -> Plan:
    """The best assignment of what is still open. What is confirmed or reviewed stays; what is only proposed is proposed anew."""
    field = Field(batch)
    wishes = [field.wish(application) for application in field.waiting]
    loads = {expert.pk: field.held[expert.pk] for expert in field.experts}
    made = match(wishes, loads, dict.fromkeys(loads, batch.most_reviews), seed=seed)
    return explained(Plan(batch, seed), field, wishes, made)


class Field:
    """Everything that the matching asks of a batch: what waits, who there is, what ties them, who holds what."""

    def __init__(self, batch: Batch) -> None:
        self.reviewers = batch.reviewers
        self.waiting = list(batch.applications.awaiting_experts().order_by("number"))
        self.experts = list(Expert.objects.listed().select_related("user", "organisation").order_by("pk"))
        self.held, self.spent = there(batch)
        self.ties = {expert.pk: tied(batch, expert) for expert in self.experts}

    def wish(self, application: Application) -> Wish:
        """How many experts an application lacks, and who may be one: whoever is not tied to it and has not had it."""
        spent = self.spent[application.pk]
        free = [each for each in self.experts if each.pk not in spent and application.pk not in self.ties[each.pk]]
        lacks = max(0, self.reviewers - sum(spent.values()))
        return Wish(application.pk, lacks, {each.pk: cost(application, each) for each in free})


def there(batch: Batch) -> tuple[Counter[int], dict[int, dict[int, bool]]]:
    """How many each expert holds; and of each application who has had it, with whether they still do."""
    held: Counter[int] = Counter()
    spent: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = Assignment.objects.filter(batch=batch).exclude(state=AssignmentState.PROPOSED)
    for application, expert, state in rows.values_list("application", "expert", "state"):
        is_held = state in (AssignmentState.ASSIGNED, AssignmentState.REVIEWED)
        held[expert] += is_held
        spent[application][expert] = is_held
    return held, spent


def tied(batch: Batch, expert: Expert) -> dict[int, str]:
    """Which of the batch's applications an expert may not see, and why."""
    return dict(batch.applications.awaiting_experts().with_tie(expert).exclude(tie="").values_list("pk", "tie"))


def cost(application: Application, expert: Expert) -> int:
    """How far the application lies from what the expert knows."""
    if application.main_direction in expert.directions:
        return MAIN
    return RELATED if {*application.related_directions} & {*expert.directions} else NEITHER


def explained(found: Plan, field: Field, wishes: list[Wish], made: Matched) -> Plan:
    """What was matched, in words that somebody can check."""
    by_key, people = {each.pk: each for each in field.waiting}, {each.pk: each for each in field.experts}
    loads = {each.pk: Load(each, kept=field.held[each.pk]) for each in field.experts}
    for wish in wishes:
        for expert in made.pairs[wish.key]:
            found.pairs.append((by_key[wish.key], people[expert]))
            loads[expert].new += 1
            loads[expert].matching += wish.costs[expert] < NEITHER
        if count := made.short[wish.key]:
            few = len(wish.costs) < wish.lacks
            found.short.append((by_key[wish.key], count, TOO_FEW % {"count": len(wish.costs)} if few else CAPPED))
    found.loads = list(loads.values())
    found.excluded = [
        (by_key[pk], people[expert], Tie(tie).label) for expert, ties in field.ties.items() for pk, tie in sorted(ties.items())
    ]
    return found


@transaction.atomic
def propose(batch: Batch, *, by: Actor, seed: int = 0) -> int:
    """Write the plan down as proposals, in place of those that nobody has confirmed; returns how many there are."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if not (rules.is_timetable(by, locked) or rules.may_publish(by, locked)):
        raise NotAllowed(thing=locked)
    Assignment.objects.proposed().filter(batch=locked).delete()
    found = plan(locked, seed)
    Assignment.objects.bulk_create(
        Assignment(application=application, batch=locked, expert=expert, assigned_by=rules.person(by))
        for application, expert in found.pairs
    )
    record(locked, "propose", by=by, inputs={"seed": seed, "pairs": len(found.pairs)})
    return len(found.pairs)
