"""Nouns with a state, in the admin: what can happen to one is its workflow, as buttons."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliance.admin import many
from alliance.admin.office import OfficeAdmin
from alliance.admin.records import steps_in_words
from alliance.text import key
from alliance.workflow import Refused, Step, Workflow, WrongState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model, QuerySet

    from alliance.accounts.models import User

AT_ONCE = 200  # things whose ids still stand in an address, and that are named on the step's page
IN_ONE_REQUEST = 20  # more is long work, with a bar


class WorkflowAdmin(OfficeAdmin):
    """A noun with a state: buttons for the steps open to you, a page for those that ask for words, and many at once.

    `step_forms` maps a step to the form of its inputs; the form's cleaned data become the step's keyword arguments.
    """

    workflow: ClassVar[Workflow]
    step_forms: ClassVar[dict[str, type[forms.Form]]] = {}
    others_steps: ClassVar[Iterable[str]] = ()  # those that applicants, members or the timetable take
    single_steps: ClassVar[Iterable[str]] = ()  # those that are never the same for two

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("steps/<str:step>/", self.admin_site.admin_view(self.step_view), name=name), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "state"]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and object_id and "_step" in request.POST:
            return redirect_or_take(self, request, object_id, self.step_named(request.POST["_step"]))
        thing = self.get_object(request, object_id) if object_id else None
        dossier = self.dossier(thing) if thing else {}
        steps = self.workflow.open_to(thing, request.user) if thing else []
        offered = [button(step) for step in steps if step.name not in dossier.get("idle_steps", ())]
        context = {"open_steps": offered, **dossier, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def dossier(self, thing: Model) -> dict[str, Any]:
        """What stands above the fields: more for the nouns that have more to show; `idle_steps` are those that would be refused as things stand."""
        return {}

    def step_named(self, name: str) -> Step:
        if name not in self.workflow.steps:
            raise Http404
        return self.workflow.steps[name]

    def step_url(self, step: Step, things: Iterable[Model]) -> str:
        ids = ",".join(str(thing.pk) for thing in things)
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_step", args=[step.name]) + f"?ids={ids}"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The office's steps can be taken on many: the action opens the step's page for what is ticked."""
        offered = (step for step in self.workflow.steps.values() if step.name not in {*self.others_steps, *self.single_steps})
        steps = {f"step_{step.name}": (ask_for_many, f"step_{step.name}", step.label) for step in offered}
        return steps if self.has_view_permission(request) else {}

    def step_form(self, step: Step, things: list[Model], data: Any = None, files: Any = None) -> forms.Form | None:
        """The form of a step's inputs, or nothing where it asks nothing; a form that wants the things or the files gets them."""
        if step.name not in self.step_forms:
            return None
        form_class = self.step_forms[step.name]
        wanted = {"things": things} if getattr(form_class, "wants_things", False) else {}
        return form_class(data, files, **wanted) if getattr(form_class, "wants_files", False) else form_class(data, **wanted)

    def step_view(self, request: HttpRequest, step: str) -> HttpResponse:
        """The page of one step for one thing or many: what it will do, what it asks for, and then doing it."""
        taken = self.step_named(step)
        if rehearsed := request.POST.get("rehearsed"):
            return redirect(many.go_on(self, taken, rehearsed, request))
        chosen = request.POST.get("ids") or request.GET.get("ids", "")
        things = list(self.get_queryset(request).filter(pk__in=[found for text in chosen.split(",") if (found := key(text))]))
        if not things or not self.has_view_permission(request):
            raise Http404
        if request.method == "GET" and len(things) == 1 and things[0].state not in taken.sources:
            raise WrongState(taken, things[0])
        form = self.step_form(taken, things, *((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method == "POST" and (form is None or form.is_valid()):
            with keeping_typed(form):
                return self.take_or_ask(request, taken, things, form)
        return self.step_page(request, taken, things, form)

    def step_page(self, request: HttpRequest, step: Step, things: list[Model], form: forms.Form | None) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": step.label,
            "step": step,
            "form": form,
            "things": things[:AT_ONCE],
            "count": len(things),
            "unnamed": max(len(things) - AT_ONCE, 0),
            "ids": ",".join(str(thing.pk) for thing in things) if len(things) > AT_ONCE else "",
            "object": things[0] if len(things) == 1 else None,
            "opts": self.opts,
            "button": button(step),
            "exceptions": exceptions(self, step, things[:AT_ONCE], request.user),
        }
        return render(request, "admin/step.html", context)

    def take_or_ask(self, request: HttpRequest, step: Step, things: list[Model], form: forms.Form | None) -> HttpResponse:
        """One is moved at once; several are looked at first, and many of them as long work, whose page shows how far it is and what was skipped."""
        if len(things) > IN_ONE_REQUEST:
            return redirect(many.ask(self, step, things, request))
        inputs = form.cleaned_data if form else {}
        if len(things) == 1 or "_sure" in request.POST:
            return self.take(request, step, things, inputs)
        return self.rehearsal_page(request, step, things, inputs)

    def rehearsal_page(self, request: HttpRequest, step: Step, things: list[Model], inputs: dict[str, Any]) -> HttpResponse:
        """What the step would do with each of several, before it does it."""
        lines = many.rehearsed(step, things, request.user, inputs)
        context = self.admin_site.each_context(request) | {
            "title": step.label,
            "step": step,
            "lines": lines,
            "moving": sum(not line["why"] for line in lines),
            "ids": ",".join(str(line["thing"].pk) for line in lines if not line["why"]),
            "posted": [(name, value) for name, values in many.posted(request).lists() for value in values],
            "opts": self.opts,
        }
        return render(request, "admin/rehearsal.html", context)

    def take(self, request: HttpRequest, step: Step, things: list[Model], inputs: dict[str, Any]) -> HttpResponse:
        """One thing: a refusal explains itself on its own page. Many: each in its own transaction, and what was skipped is said with its reason."""
        if len(things) == 1:
            step(things[0], by=request.user, **inputs)
            self.message_user(request, _("%(step)s: done for %(thing)s.") % {"step": step.label, "thing": things[0]}, messages.SUCCESS)
            return redirect(reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[things[0].pk]))
        done = 0
        for thing in things:
            try:
                step(thing, by=request.user, **inputs)
                done += 1
            except Refused as refusal:
                self.message_user(request, f"{thing}: {refusal.why}", messages.WARNING)
        if done:
            self.message_user(
                request,
                ngettext("%(step)s: done for %(count)d.", "%(step)s: done for %(count)d.", done) % {"step": step.label, "count": done},
                messages.SUCCESS,
            )
        return redirect(reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist"))


def exceptions(model_admin: WorkflowAdmin, step: Step, things: list[Model], user: User) -> list[dict[str, Any]]:
    """What the separation of duties would forbid, were this not a very small office: said before the step is taken."""
    words = steps_in_words(model_admin.admin_site)
    return [
        {"thing": thing, "earlier": words.get(event.step, event.step), "at": event.at}
        for thing in things
        if step.open_to(thing, user)
        for event in step.exceptions(thing, user)
    ]


@contextmanager
def keeping_typed(form: forms.Form | None, named: Any = "") -> Iterator[None]:
    """Where a verb refuses, the page that says so gives back what was typed into `form`, and calls what is no step of a workflow as it was `named`."""
    try:
        yield
    except Refused as refusal:
        refusal.typed, refusal.named = typed(form) if form else {}, named
        raise


def typed(form: forms.Form) -> dict[str, str]:
    """What was typed, by the label of its field."""
    found = {}
    for field in form.visible_fields():
        words = {str(value): word for value, word in getattr(field.field, "choices", ())}
        values = field.value() if isinstance(field.value(), list) else [field.value()]
        found[str(field.label)] = pgettext("list", ", ").join(
            str(words.get(str(value), value)) for value in values if value not in (None, "")
        )
    return {label: value for label, value in found.items() if value}


def button(step: Step) -> dict[str, Any]:
    """How a step is offered; one that asks for words ends in "…"."""
    return {"name": step.name, "label": step.label, "tone": step.tone, "asks": bool(step.inputs)}


def redirect_or_take(model_admin: WorkflowAdmin, request: HttpRequest, object_id: str, step: Step) -> HttpResponse:
    """A step that asks for something opens its page; one that asks nothing is taken at once."""
    thing = model_admin.get_object(request, object_id)
    if thing is None or not model_admin.has_view_permission(request, thing):
        raise Http404
    if step.inputs or step.exceptions(thing, request.user):
        return HttpResponseRedirect(model_admin.step_url(step, [thing]))
    return model_admin.take(request, step, [thing], {})


def ask_for_many(model_admin: WorkflowAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
    """Open the page of the chosen step for all that is ticked."""
    step = model_admin.step_named(request.POST["action"].removeprefix("step_"))
    things = list(queryset)
    if len(things) <= AT_ONCE:
        return HttpResponseRedirect(model_admin.step_url(step, things))
    return model_admin.step_page(request, step, things, model_admin.step_form(step, things))
