"""Making a function a task of the timetable, whose last run is written down."""

from __future__ import annotations

from functools import wraps
from traceback import format_exception_only
from typing import TYPE_CHECKING

from celery import shared_task

from alliance import clock
from alliance.jobs.models import Run

if TYPE_CHECKING:
    from collections.abc import Callable


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
