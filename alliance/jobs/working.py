"""Doing long work: one thing after the other, each in a transaction of its own that also moves the job on.

A worker may die at any line. The job then stands where its last finished thing left it; the sweep of each minute takes it up
again, and nothing is done twice.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from alliance import clock
from alliance.jobs.models import Job, JobState, Skipped
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django.db.models import Model

    Work = Callable[[Job, int], object]

log = logging.getLogger(__name__)
WORKS: dict[str, Work] = {}
LONGEST_WHY = 500
REMEMBERED = timedelta(days=30)
F = TypeVar("F", bound="Callable[[Job, int], object]")


def work(name: str) -> Callable[[F], F]:
    """Declare work that a job can do: a function of the job and one thing's id. A Refused passes that thing over, with its reason."""

    def declare(function: F) -> F:
        WORKS[name] = function
        return function

    return declare


def ask(name: str, things: Sequence[int], *, label: str, by: Model | None = None, back: str = "", **inputs: Any) -> Job:
    """Write a job down in the running transaction, and nudge the worker once it has committed."""
    job = Job.objects.create(work=name, things=list(things), total=len(things), label=label[:200], by=by, back=back, inputs=inputs)
    transaction.on_commit(lambda: nudge(job.pk))
    return job


def made(job: Job, result: str) -> None:
    """Say where what was made lies; within the step that made it."""
    job.inputs["result"] = result
    job.save(update_fields=["inputs"])


def ready(job: Job, papers: int) -> None:
    """Say how many papers are made so far, where a step makes several or none; within the step."""
    job.inputs["papers"] = papers
    job.save(update_fields=["inputs"])


def nudge(pk: int) -> None:
    """A nudge may be lost: the sweep each minute is the guarantee."""
    try:
        current_app.send_task("alliance.jobs.tasks.work_on", args=[pk])
    except (OperationalError, OSError) as failure:
        log.warning("no broker for a nudge, the next sweep takes job %s up: %s", pk, failure)


def work_on(pk: int) -> None:
    """Do what is left of a job, unless somebody else is at it."""
    runner = uuid.uuid4()
    if not claim(pk, runner):
        return
    while step(pk, runner):
        pass


@transaction.atomic
def claim(pk: int, runner: UUID) -> bool:
    """Take a job that waits, or whose worker has fallen silent."""
    job = Job.objects.select_for_update().unattended().filter(pk=pk).first()
    if job:
        job.state, job.runner, job.beat_at = JobState.RUNNING, runner, clock.now()
        job.save(update_fields=["state", "runner", "beat_at"])
    return job is not None


@transaction.atomic
def step(pk: int, runner: UUID) -> bool:
    """Do the next thing and move the job on, in one transaction; False when nothing is left, or the job was taken or stopped."""
    job = Job.objects.select_for_update().select_related(None).get(pk=pk)
    if job.runner != runner or job.state != JobState.RUNNING:
        return False
    if job.position < job.total:
        do(job, job.things[job.position])
        job.position += 1
    job.beat_at = clock.now()
    if job.position >= job.total:
        job.state, job.finished_at = JobState.FINISHED, job.beat_at
    job.save(update_fields=["position", "beat_at", "state", "finished_at"])
    return job.state == JobState.RUNNING


def do(job: Job, thing: int) -> None:
    """One thing, in a savepoint: what cannot be done is passed over and said, in the language of whoever asked."""
    language = getattr(job.by, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            with transaction.atomic():
                WORKS[job.work](job, thing)
        except Refused as refusal:
            skip(job, thing, str(refusal.thing or thing), str(refusal.why))
        except Exception:
            log.exception("job %s, thing %s", job.pk, thing)
            skip(job, thing, str(thing), _("An unexpected error: the log of the server says more."))


def skip(job: Job, thing_id: int, thing: str, why: str) -> None:
    Skipped.objects.get_or_create(job=job, thing_id=thing_id, defaults={"thing": thing[:200], "why": why[:LONGEST_WHY]})


def stop(job: Job) -> bool:
    """Ask for no more: what is done stays done."""
    unfinished = Job.objects.unfinished().filter(pk=job.pk)
    return bool(unfinished.update(state=JobState.STOPPED, finished_at=clock.now()))


def sweep() -> None:
    """Nudge whatever nobody works on."""
    for pk in Job.objects.unattended().values_list("pk", flat=True):
        nudge(pk)


def forget() -> int:
    """What a job was asked with may name people: it is not kept longer than it explains anything."""
    old = Job.objects.filter(finished_at__lt=clock.now() - REMEMBERED)
    return old.exclude(things=[], inputs={}).update(things=[], inputs={})
