"""Is the database there, is the broker, is a worker, when did the timetable last run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from celery import current_app
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from alliance.jobs.models import Run

if TYPE_CHECKING:
    from datetime import datetime

LATE = timedelta(minutes=3)
HEARTBEAT = "alliance.jobs.tasks.heartbeat"


@open_to(anyone)
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and timetable are alive, else 503; nothing but that, and the last run's time."""
    try:
        (worker, timetable), database = last_runs(), True
    except DatabaseError:
        (worker, timetable), database = (None, None), False
    alive = {
        "database": database,
        "broker": has_broker(),
        "worker": is_recent(worker),
        "timetable": is_recent(timetable),
    }
    answer = alive | {"last_run": timetable.isoformat() if timetable else None}
    return JsonResponse(answer, status=200 if all(alive.values()) else 503)


def has_broker() -> bool:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError):
        return False
    return True


def last_runs() -> tuple[datetime | None, datetime | None]:
    """When a worker last finished anything, and when it last finished the timetable's heartbeat."""
    ends = dict(Run.objects.exclude(finished_at=None).values_list("task", "finished_at"))
    return max(ends.values(), default=None), ends.get(HEARTBEAT)


def is_recent(moment: datetime | None) -> bool:
    return moment is not None and clock.now() - moment < LATE
