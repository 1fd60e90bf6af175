"""Making a function a task of the timetable, whose last run is written down."""

from __future__ import annotations

import logging
from functools import wraps
from traceback import format_exception_only
from typing import TYPE_CHECKING, TypeVar

from celery import shared_task

from alliance import clock
from alliance.jobs.models import Run
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)
T = TypeVar("T")


def timetabled(function: Callable[[], None]) -> Callable[[], None]:
    """A task that takes nothing, does no harm when run twice, and leaves a row of its last run."""
    name = f"{function.__module__}.{function.__name__}"

    @shared_task(name=name)
    @wraps(function)
    def task() -> None:
        Run.objects.update_or_create(task=name, defaults={"started_at": clock.now()})
        error = ""
        try:
            function()
        except Exception as failure:
            error = "".join(format_exception_only(failure)).strip()
            raise
        finally:
            Run.objects.filter(task=name).update(finished_at=clock.now(), error=error)

    return task


def each(things: Iterable[T], function: Callable[[T], object]) -> int:
    """Do `function` for each thing, and say how many were done.

    A Refused means that somebody was first. An unexpected error of one is written to the log and stops no other; it is raised at
    the end, so that the run counts as failed.
    """
    done, failed = 0, []
    for thing in things:
        try:
            function(thing)
            done += 1
        except Refused:
            continue
        except Exception as failure:
            log.exception("%s: %s", getattr(function, "__name__", function), thing)
            failed.append(failure)
    if failed:
        raise ExceptionGroup(f"{len(failed)} of {done + len(failed)} failed", failed)
    return done
