"""The papers that go with an application: adding, replacing, looking at them, taking them away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in
from applications import sealing
from applications.choices import Paper, Section
from applications.forms.attaching import AttachmentForm, ReplacingForm
from applications.models import Application, Attachment, RequiredPaper
from applications.models.attachment import attach, exchange, take_away
from applications.views.mine import after, mine, rail

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


class Refusal(NamedTuple):
    """A file that was not kept, and why."""

    name: str
    why: list[str]


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The papers that go with the application: add some, look at them, replace one, take one away."""
    application = mine(request, uuid)
    if not application.is_editable:
        return redirect(application)
    if "remove" in request.POST:
        take_away(named(application, request.POST["remove"]))
        messages.success(request, _("Taken away."))
        return redirect("applications:attachments", application.uuid)
    offered = offers(request, application)
    refused = [refusal for offer in offered if (refusal := take_in(request, offer))]
    if request.method == "POST":
        told = say(request, len(offered) - len(refused))
        if is_script(request):
            return answer(refused)
        if not refused:
            return told
    return page(request, application, offered, refused)


def page(request: HttpRequest, application: Application, offered: list[Form], refused: list[Refusal]) -> HttpResponse:
    """The page. What is wrong with one paper is said at its field; of several, and of a replacement, above everything by their names."""
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    at_field = offered[0] if len(offered) == 1 and isinstance(offered[0], AttachmentForm) else None
    is_stale = sealing.is_stale(application, application.sealed_copies.running().select_related("version").first())
    context = {
        "application": application,
        "form": at_field or AttachmentForm(application=application, initial={"kind": chosen}),
        "refused": [] if at_field else refused,
        "section": Section.ATTACHMENTS,
        "rail": rail(application, Section.ATTACHMENTS),
        "attachments": application.attachments.running().select_related("sealed_copy"),
        "is_stale": is_stale,
        "wanted": wanted(application, without={Paper.SEALED_FORM} if is_stale else set()),
        "next": after(Section.ATTACHMENTS, application),
    }
    return render(request, "applications/attachments.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)


def wanted(application: Application, *, without: set[str]) -> list[dict[str, Any]]:
    """The papers that the secretariat's table names for such a unit, and which of them are there, but for those that do not count."""
    there = {paper.kind for paper in application.papers_there} - without
    lines = RequiredPaper.objects.of_unit(application.jurisdiction, application.unit_type)
    return [{"line": line, "is_there": line.paper in there} for line in lines]


def named(application: Application, text: str) -> Attachment:
    """The attachment with this file; anything else is not found."""
    try:
        return get_object_or_404(application.attachments.running(), file__uuid=UUID(text))
    except ValueError:
        raise Http404 from None


def offers(request: HttpRequest, application: Application) -> list[Form]:
    """One form a paper: what is wrong with one does not keep the others out. Pictures that belong together are one."""
    if request.method != "POST":
        return []
    if "replace" in request.POST:
        form = ReplacingForm(request.POST, request.FILES)
        form.replaced = named(application, request.POST["replace"])
        return [form]
    files = request.FILES.getlist("file")
    is_one = "together" in request.POST or request.POST.get("kind") == Paper.SEALED_FORM or len(files) < 2
    groups = [files] if is_one else [[file] for file in files]
    return [AttachmentForm(request.POST, MultiValueDict({"file": group}), application=application) for group in groups]


def take_in(request: HttpRequest, form: Form) -> Refusal | None:
    """Keep one paper; or say which file it was, and why not."""
    if form.is_valid():
        try:
            keep(request, form)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    if not form.errors:
        return None
    names = ", ".join(file.name for file in form.files.getlist("file"))
    return Refusal(names, [str(error) for errors in form.errors.values() for error in errors])


def keep(request: HttpRequest, form: Form) -> None:
    """By the way that such a paper takes: a sealed form is read, a replacement takes an old one's place."""
    replaced, checked = getattr(form, "replaced", None), form.cleaned_data["file"]
    application, kind = (replaced.application, replaced.kind) if replaced else (form.application, form.cleaned_data["kind"])
    if kind == Paper.SEALED_FORM:
        sealing.receive(application, checked, by=request.user)
    elif replaced:
        exchange(replaced, checked, by=request.user)
    else:
        attach(application, kind, checked, by=request.user)


def say(request: HttpRequest, count: int) -> HttpResponse:
    """How many were kept, and back to the page."""
    if count:
        messages.success(request, ngettext("%(count)d paper added.", "%(count)d papers added.", count) % {"count": count})
    return redirect(request.path)


def is_script(request: HttpRequest) -> bool:
    """Whether our script asks, which shows progress, and errors at each file."""
    return request.headers.get("accept") == "application/json"


def answer(refused: list[Refusal]) -> JsonResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return JsonResponse({"refused": [refusal._asdict() for refusal in refused]}, status=status)
