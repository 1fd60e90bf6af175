"""The portal's own housekeeping."""

from celery import shared_task
from django.core.management import call_command

from alliance.history import chain
from alliance.jobs import rounds, working
from alliance.jobs.timetabled import timetabled


@timetabled
def heartbeat() -> None:
    """Nothing but its own row: proof that the timetable ticks, the broker carries and a worker works."""


@timetabled
def seal() -> None:
    """Chain the events that have happened since the last time."""
    chain.seal()


@timetabled
def resume() -> None:
    """Each minute: take up long work that nobody is at, and move processes on."""
    working.sweep()
    rounds.advance_all()


@timetabled
def forget() -> None:
    """Each night: what long work was asked with, a month after it ended, and sessions that are over."""
    working.forget()
    call_command("clearsessions")


@shared_task(name="alliance.jobs.tasks.work_on")
def work_on(pk: int) -> None:
    """At a nudge: do what is left of one job."""
    working.work_on(pk)
