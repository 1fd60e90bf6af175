"""One step on many things: looked at first, then taken, as long work where they are many.

Looking at it takes the step on each and takes it back, so what is said is what would happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.jobs.models.job import State
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.http import HttpRequest

    from alliance.admin.workflow import WorkflowAdmin
    from alliance.workflow import Step

TAKING, REHEARSING = "step on many", "step on many, looked at"
OURS = ("csrfmiddlewaretoken", "ids", "_step", "_confirm", "_sure")  # names of the page itself


def posted(request: HttpRequest) -> QueryDict:
    """The step's form as it was posted, and nothing else."""
    words = request.POST.copy()
    for name in OURS:
        words.pop(name, None)
    return words


def rehearsed(step: Step, things: Sequence[Model], by: Model, inputs: dict[str, Any]) -> list[dict[str, Any]]:
    """What would become of each: `{"thing", "why"}`, with no `why` where the step would be taken."""
    return [{"thing": thing, "why": step.rehearse(thing, by=by, **inputs)} for thing in things]


def ask(model_admin: WorkflowAdmin, step: Step, things: Sequence[Model], request: HttpRequest) -> Job:
    """Look at what a step would do with many things, as long work; its page then offers to take it."""
    label = _("Looked at beforehand: %(step)s · %(things)s") % {"step": step.label, "things": model_admin.opts.verbose_name_plural}
    inputs = said(model_admin, step, request) | {"then": step_url(model_admin, step)}
    return working.ask(REHEARSING, [thing.pk for thing in things], label=label, by=request.user, back=list_of(model_admin), **inputs)


def take_all(model_admin: WorkflowAdmin, step: Step, things: Sequence[Model], request: HttpRequest) -> Job:
    """Take a step on many things that somebody has seen already, as long work."""
    label = f"{step.label} · {model_admin.opts.verbose_name_plural}"
    inputs = said(model_admin, step, request)
    return working.ask(TAKING, [thing.pk for thing in things], label=label, by=request.user, back=list_of(model_admin), **inputs)


def said(model_admin: WorkflowAdmin, step: Step, request: HttpRequest) -> dict[str, str]:
    """What a job is asked with: what was typed goes along, and is read again for each."""
    return {"model": model_admin.opts.label_lower, "step": step.name, "posted": posted(request).urlencode()}


def go_on(model_admin: WorkflowAdmin, step: Step, uuid: str, request: HttpRequest) -> Job:
    """Take the step on all that was looked at and would move, with what was typed then."""
    seen = looked_at(uuid, request.user)
    if seen is None or (seen.inputs.get("step"), seen.inputs.get("model")) != (step.name, model_admin.opts.label_lower):
        raise Http404
    passed_over = set(seen.skipped.values_list("thing_id", flat=True))
    things = [pk for pk in seen.things if pk not in passed_over]
    label = f"{step.label} · {model_admin.opts.verbose_name_plural}"
    inputs = {name: seen.inputs[name] for name in ("model", "step", "posted")}
    return working.ask(TAKING, things, label=label, by=request.user, back=list_of(model_admin), **inputs)


def looked_at(uuid: str, user: Model) -> Job | None:
    """Somebody's own rehearsal, once it is over."""
    try:
        return Job.objects.filter(uuid=UUID(uuid), by=user, work=REHEARSING, state=State.FINISHED).first()
    except ValueError:
        return None


def list_of(model_admin: WorkflowAdmin) -> str:
    return reverse(f"{model_admin.admin_site.name}:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")


def step_url(model_admin: WorkflowAdmin, step: Step) -> str:
    return reverse(f"{model_admin.admin_site.name}:{model_admin.opts.app_label}_{model_admin.opts.model_name}_step", args=[step.name])


@working.work(TAKING)
def take_one(job: Job, pk: int) -> None:
    """One of the things of a long step, as if it had been chosen alone."""
    step, thing, inputs = read(job, pk)
    step(thing, by=job.by, **inputs)


@working.work(REHEARSING)
def rehearse_one(job: Job, pk: int) -> None:
    """What would hinder the step is what the job passes over."""
    step, thing, inputs = read(job, pk)
    if why := step.rehearse(thing, by=job.by, **inputs):
        raise Refused(why, step, thing)


def read(job: Job, pk: int) -> tuple[Step, Model, dict[str, Any]]:
    """The step, the thing and what was typed, read again for this one."""
    model_admin = admin.site.get_model_admin(apps.get_model(job.inputs["model"]))
    thing = model_admin.model.objects.get(pk=pk)
    step = model_admin.step_named(job.inputs["step"])
    form = model_admin.step_form(step, [thing], QueryDict(job.inputs["posted"]))
    if form is not None and not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors), step, thing)
    return step, thing, form.cleaned_data if form else {}
