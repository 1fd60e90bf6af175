"""Moving a process on: `advance` may be called at any moment, as often as anybody likes, and does what is due next.

A process is a list of stages. A stage is a function of the thing it is about: it does its part at once, or returns a job that
does it, or WAITING, where people have to do something first: it is then asked again each time. The next stage begins when the
one before is over, which is a query and no message. What fails is taken back as a whole and tried again; its error stands at the
stage meanwhile.
"""

from __future__ import annotations

from enum import Enum
from traceback import format_exception_only
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

    Part = Callable[[Model], "Job | Waiting | None"]


class Waiting(Enum):
    """What a stage answers that is not over yet."""

    WAITING = "waiting"


WAITING = Waiting.WAITING
LONGEST_ERROR = 500
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
    try:
        while is_moved := move(pk):
            pass
    except Exception as failure:
        note(pk, "".join(format_exception_only(failure)).strip())
        raise
    return is_moved is None


def note(pk: int, error: str) -> None:
    """Write at the stage that is due what went wrong with it."""
    due = Stage.objects.filter(round=pk, finished_at=None).order_by("position").first()
    if due:
        Stage.objects.filter(pk=due.pk).update(error=error[:LONGEST_ERROR])


@transaction.atomic
def move(pk: int) -> bool | None:
    """Do one stage: True when one was done, False while one is being worked on or waits, None when the round is over."""
    running = Round.objects.select_for_update().get(pk=pk)
    stage = running.stages.filter(finished_at=None).select_related("job").first()
    if stage is None:
        Round.objects.filter(pk=pk, finished_at=None).update(finished_at=clock.now())
        return None
    stage.began_at = stage.began_at or clock.now()
    found = stage.job or PROCESSES[running.process][stage.position](about(running))
    if found is not WAITING:
        stage.job = found
        stage.finished_at = clock.now() if found is None or found.is_finished else None
    stage.error = ""
    stage.save()
    return stage.finished_at is not None


def about(running: Round) -> Model:
    return apps.get_model(running.kind_of_thing).objects.get(pk=running.thing_id)


def advance_all() -> None:
    """Move on every round that has not ended."""
    each(Round.objects.running().values_list("pk", flat=True), advance)
