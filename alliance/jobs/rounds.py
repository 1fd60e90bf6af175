"""Moving a process on: `advance` may be called at any moment, as often as anybody likes, and does what is due next.

A process is a list of stages. A stage is a function of the thing it is about: it does its part at once, or returns a job that
does it. The next stage begins when the one before is over, which is a query and no message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from alliance import clock
from alliance.history.models import kind_of
from alliance.jobs.models import Job, Round, Stage
from alliance.jobs.timetabled import each

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model
    from django.utils.functional import Promise

    Part = Callable[[Model], Job | None]

PROCESSES: dict[str, tuple[Part, ...]] = {}
WORDS: dict[str, str | Promise] = {}  # what the office calls a process, and a stage


def process(name: str, *parts: Part, words: Mapping[str, str | Promise] | None = None) -> str:
    """Declare a process by its stages, in order, and what each is called; returns its name."""
    PROCESSES[name] = parts
    WORDS.update(words or {})
    return name


@transaction.atomic
def begin(name: str, thing: Model) -> Round:
    """Begin a process about `thing`, with all its stages as rows; one that has begun is left as it is."""
    found, is_new = Round.objects.get_or_create(process=name, kind_of_thing=kind_of(thing), thing_id=thing.pk)
    if is_new:
        Stage.objects.bulk_create(Stage(round=found, position=n, name=part.__name__) for n, part in enumerate(PROCESSES[name]))
    return found


def advance(pk: int) -> bool:
    """Do every stage that is due; True once the round is over. Harmless at any moment, from any number of callers."""
    while is_moved := move(pk):
        pass
    return is_moved is None


@transaction.atomic
def move(pk: int) -> bool | None:
    """Do one stage: True when one was done, False while one is being worked on, None when the round is over."""
    running = Round.objects.select_for_update().get(pk=pk)
    stage = running.stages.filter(finished_at=None).select_related("job").first()
    if stage is None:
        Round.objects.filter(pk=pk, finished_at=None).update(finished_at=clock.now())
        return None
    if stage.job is None:
        stage.began_at = clock.now()
        stage.job = PROCESSES[running.process][stage.position](about(running))
    if stage.job is None or stage.job.is_finished:
        stage.finished_at = clock.now()
    stage.save()
    return stage.finished_at is not None


def about(running: Round) -> Model:
    return apps.get_model(running.kind_of_thing).objects.get(pk=running.thing_id)


def advance_all() -> None:
    """Move on every round that has not ended."""
    each(Round.objects.running().values_list("pk", flat=True), advance)
