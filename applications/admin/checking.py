"""The formal check on one page: the application beside its papers, the checklist, every defect at once, and then the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alliance.admin.workflow import keeping_typed
from alliance.letters.write import bag
from alliance.workflow import Refused
from applications import checking, duplicates, rules, sealing
from applications.choices import Section
from applications.forms.reviewing import CorrectionForm, GroundForm
from applications.models import Application
from applications.models.answers import FIELDS
from applications.papers import said_in
from applications.workflow import accept, decline, return_for_correction

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alliance.workflow import Step

STEPS = {"accept": (accept, None), "return_for_correction": (return_for_correction, CorrectionForm), "decline": (decline, GroundForm)}
BARRED = (*rules.SCREENING, *rules.APPROVING)


class CheckViews:
    """What the admin of applications has for the formal check."""

    def get_urls(self) -> list[Any]:
        wrapped = self.admin_site.admin_view
        return [
            path("check/", wrapped(self.next_view), name="applications_application_check_next"),
            path("<int:pk>/check/", wrapped(self.check_view), name="applications_application_check"),
            *super().get_urls(),
        ]

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """The next that waits and that nobody else has in hand, the most urgent first; or the list, where nothing does."""
        return redirect(self.next_url(request))

    def next_url(self, request: HttpRequest, after: int | None = None) -> str:
        waiting = self.get_queryset(request).awaiting_check().free_for(request.user, *BARRED).left_to(request.user).due_first()
        if found := waiting.exclude(pk=after).values_list("pk", flat=True).first():
            return reverse("admin:applications_application_check", args=[found])
        return reverse("admin:applications_application_changelist") + "?queue=check"

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = self.get_object(request, str(pk))
        if application is None or not self.has_view_permission(request):
            raise Http404
        step, form_class = STEPS.get(request.POST.get("_step", ""), (None, None))
        form = form_class(request.POST) if form_class else None
        if step and "_preview" in request.POST and form.is_valid():
            return self.check_page(request, application, form, preview(step, application, request, form.cleaned_data))
        if step and (form is None or form.is_valid()):
            return self.decide(request, application, step, form)
        return self.check_page(request, application, form)

    def decide(self, request: HttpRequest, application: Application, step: Step, form: Any) -> HttpResponse:
        """Take the step, and go on to the next."""
        with keeping_typed(form):
            step(application, by=request.user, **(form.cleaned_data if form else {}))
        self.message_user(request, _("%(step)s: done for %(thing)s.") % {"step": step.label, "thing": application}, messages.SUCCESS)
        return redirect(self.next_url(request))

    def check_page(self, request: HttpRequest, application: Application, form: Any = None, letters: Any = None) -> HttpResponse:
        version = application.version
        papers = list(application.attachments.in_version(version))
        likenesses = duplicates.alike(application, request.user)
        points = checking.points(application, papers, likenesses)
        open_steps = {step.name for step in self.workflow.open_to(application, request.user)}
        shown = {
            name: form if isinstance(form, wanted) else wanted(initial=begun(wanted, points))
            for name, (_step, wanted) in STEPS.items()
            if wanted
        }
        context = self.admin_site.each_context(request) | {
            "title": application.name,
            "opts": self.opts,
            "application": application,
            "points": points,
            "likenesses": likenesses,
            "papers": papers,
            "sealed": application.sealed_copies.running().select_related("attachment__file", "version"),
            "sections": answered(said_in(application, version)),
            "open_steps": open_steps,
            "hindered": hindered(application) if "accept" in open_steps else "",
            "is_wanting": bool(checking.proposed(points)),
            "correction": shown["return_for_correction"],
            "refusal": shown["decline"],
            "letters": letters,
            "is_open": request.POST.get("_step", ""),
            "findings": application.findings.select_related("found_by"),
            "next_url": self.next_url(request, after=application.pk),
            "waiting": self.get_queryset(request).awaiting_check().free_for(request.user, *BARRED).count(),
            "hand": application.handlings.in_force().select_related("by").first(),
            "may_handle": rules.may_handle(request.user, application),
        }
        return render(request, "admin/applications/application/check.html", context, status=422 if form and form.errors else 200)


def hindered(application: Application) -> str:
    """Why it could not be accepted now, if it could not."""
    try:
        sealing.refuse_unsealed(application)
    except Refused as why:
        return str(why)
    return ""


def begun(form_class: Any, points: list[checking.Point]) -> dict[str, Any]:
    """What the checklist proposes for a form: of a correction its defects."""
    return {"defects": checking.proposed(points)} if form_class is CorrectionForm else {}


def preview(step: Step, application: Application, request: HttpRequest, inputs: dict[str, Any]) -> list[Any]:
    """The letters that the step would write: it is taken and taken back."""
    with bag() as opened:
        why = step.rehearse(application, by=request.user, **inputs)
        letters, opened.letters = opened.letters, []
    if why:
        raise Refused(why, step, application)
    return letters


def answered(said: Application) -> list[dict[str, Any]]:
    """What was submitted, section by section; what was left blank is left out."""
    return [
        {"label": section.label, "rows": [(Application.label(name), words) for name in names if (words := said.with_unit(name))]}
        for section, names in FIELDS.items()
        if section not in (Section.ATTACHMENTS, Section.DECLARATIONS)
    ]
