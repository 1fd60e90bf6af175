"""What can happen to a thing: steps from state to state, and the one door through which every state moves.

Taking a step locks the row, re-reads the state, asks the rule, runs the verb, saves and writes the history event, all in
one transaction. The same list gives the admin its buttons, the pages their actions, the documentation its diagram and the
tests every (step, state, role) cell.
"""

from __future__ import annotations

import inspect
from copy import copy, deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from alliance.history.fields import acting
from alliance.history.models import TIMETABLE, Event
from alliance.history.record import record, record_exception
from alliance.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    Rule = Callable[[Any, Any], bool]

__all__ = ["STAYS", "TIMETABLE", "Actor", "NotAllowed", "Refused", "Step", "Workflow", "WrongState"]

STAYS = ""  # the target of a step that leaves the state as it is, whichever of its sources that was

Actor = models.Model | str  # a user, or the timetable, which acts as itself


class Refused(Exception):  # noqa: N818 — a refusal is not an error of the program
    """A step did not happen; the sentence says why, in the reader's language.

    `about` is the input that it speaks of, for a page which still has the form; `of_step` the same sentence with the step by
    its label, where the refusal is of the step as such.
    """

    of_step: str | Promise = ""

    def __init__(self, why: str | Promise, step: Step | None = None, thing: models.Model | None = None, *, about: str = "") -> None:
        super().__init__(why)
        self.why, self.step, self.thing, self.about = why, step, thing, about
        self.typed: dict[str, str] = {}  # what was typed into the step's form, given back by the page of refusal


class NotAllowed(Refused):
    """The rule said no to this person; to the step as such, where no other reason is given."""

    def __init__(self, why: str | Promise = "", step: Step | None = None, thing: models.Model | None = None) -> None:
        super().__init__(why or _("This step is not yours to take."), step, thing)
        self.of_step = "" if why else _("“%(step)s” is not yours to take.")


class WrongState(Refused):
    """The thing is no longer in a state from which the step starts: somebody was first, and `event` says who."""

    of_step = _("“%(step)s” is not open any more: the state has changed.")

    def __init__(self, step: Step, thing: models.Model) -> None:
        super().__init__(_("This step is not open any more: the state has changed."), step, thing)

    @cached_property
    def event(self) -> Event | None:
        """The step that moved the thing; looked for only where somebody is told."""
        return Event.objects.of(self.thing).exclude(after="").select_related("actor").last() if self.thing else None


@dataclass(frozen=True)
class Step:
    """One thing that can happen: `thing` moves from one of `sources` to `to` (or stays where it is: `STAYS`), if `allow` agrees.

    Call it as `step(thing, by=user, **inputs)`. `tone` says how pages offer it: go, plain or stop; `clash` what is said
    where a constraint refuses the outcome.
    """

    do_not_call_in_templates: ClassVar[bool] = True  # a step is callable; a page that names one must not take it

    name: str
    label: str | Promise
    sources: tuple[str, ...]
    to: str
    allow: Rule
    verb: Callable[..., Any]
    tone: str = "plain"
    lock: Callable[[Any], None] | None = None
    clash: str | Promise = ""
    workflow: Workflow | None = field(default=None, repr=False)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What has to be put in, in the order of the verb's keyword arguments; what has a default may be left out."""
        parameters = inspect.signature(self.verb).parameters.values()
        return tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.name != "by" and p.default is p.empty)

    def open_to(self, thing: Any, by: Actor) -> bool:
        """Whether `by` may take this step on `thing` as it stands."""
        return thing.state in self.sources and self.allow(by, thing)

    def weigh(self, thing: Any, by: Actor) -> list[Event] | None:
        """What taking it would be an exception from: earlier steps by `by` which forbid it, were it not for a setting of the office. None where the rule says no."""
        if weigh := getattr(self.allow, "weigh", None):
            return weigh(by, thing)
        return [] if self.allow(by, thing) else None

    def exceptions(self, thing: Any, by: Actor) -> list[Event]:
        """The same; nothing where the rule says no."""
        return self.weigh(thing, by) or []

    def keep(self, thing: Any, before: dict[str, Any]) -> None:
        """Save what has changed; where a constraint refuses it, because somebody else was first, say so if the step has words for that."""
        try:
            thing.save(update_fields=[name for name, value in values_of(thing).items() if value != before[name]])
        except IntegrityError as clash:
            if not self.clash:
                raise
            raise Refused(self.clash, self, thing) from clash

    @transaction.atomic
    def __call__(self, thing: Any, *, by: Actor, **inputs: Any) -> Any:
        if self.lock:
            self.lock(thing)  # the coarser lock first
        fresh = to_hold(thing._meta.model).get(thing.pk)
        if fresh.state not in self.sources:
            raise WrongState(self, fresh)
        if (earlier := self.weigh(fresh, by)) is None:
            raise NotAllowed(step=self, thing=fresh)
        for each in earlier:
            record_exception(each, self.name, by=by)
        was, before = {name: kept(value) for name, value in values_of(fresh).items()}, fresh.state
        fresh.state = after = self.to or before
        with acting(by, self.name):
            try:
                result = self.verb(fresh, by=by, **inputs)
            except Refused as refusal:
                fresh.state = before
                refusal.step, refusal.thing = refusal.step or self, refusal.thing or fresh
                raise
            self.keep(fresh, was)
        record(fresh, self.name, by=by, before=before, after=after, inputs=inputs)
        thing.__dict__.update(fresh.__dict__)
        return result

    def rehearse(self, thing: Any, *, by: Actor, **inputs: Any) -> str | Promise:
        """Why the step would not be taken now, or nothing where it would; whatever happens is taken back."""
        with transaction.atomic():
            try:
                self(copy(thing), by=by, **inputs)
            except Refused as refusal:
                return refusal.why
            finally:
                transaction.set_rollback(True)
        return ""


def values_of(thing: models.Model) -> dict[str, Any]:
    """What stands in the row, by field."""
    return {field.name: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def kept(value: Any) -> Any:
    """A value that stays what it is, whatever the verb does to the row's: lists are changed in place."""
    return deepcopy(value) if isinstance(value, list | dict) else value


@cache
def to_hold(model: Any) -> Prepared:
    """Reads a row itself, locked; with what its steps look at beside it, where its queryset says what that is (`for_steps`)."""
    held = getattr(model.objects, "for_steps", model.objects.select_for_update)
    return Prepared(lambda key: held().filter(pk=key))


class Workflow:
    """The steps of one kind of thing, in the order they are written down."""

    def __init__(self, states: type[models.TextChoices]) -> None:
        self.states = states
        self.steps: dict[str, Step] = {}

    def step(
        self,
        label: str | Promise,
        *sources: str,
        to: str,
        allow: Rule,
        tone: str = "plain",
        lock: Callable[[Any], None] | None = None,
        clash: str | Promise = "",
    ) -> Callable[[Callable[..., Any]], Step]:
        """Make the decorated verb a step."""

        def add(verb: Callable[..., Any]) -> Step:
            step = Step(verb.__name__, label, sources, to, allow, verb, tone, lock, clash, self)
            self.steps[step.name] = step
            return step

        return add

    def open_to(self, thing: models.Model, by: Actor) -> list[Step]:
        """The steps that `by` may take on `thing` as it stands."""
        return [step for step in self.steps.values() if step.open_to(thing, by)]

    def diagram(self) -> str:
        """The steps as a Mermaid state diagram, for `docs/workflows.md`."""
        lines = [f"    {source} --> {step.to or source}: {step.name}" for step in self.steps.values() for source in step.sources]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.states.values[0]}", *lines])
