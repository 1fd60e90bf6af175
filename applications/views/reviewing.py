"""The experts' room: what is mine to review, one dossier with its score sheet, recusal, and the panel's opinion."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, wants_json
from alliance.documents.kinds import PDF
from alliance.documents.serving import attached
from alliance.text import posted
from alliance.workflow import Refused
from applications import drafting, rules
from applications.choices import AssignmentState
from applications.forms.scoring import GroupOpinionForm, RecusalForm, SheetForm
from applications.models import Application, Assignment, GroupOpinion, Panel, Review
from applications.reviewing import assigning, sheets
from applications.reviewing.dossier import printed, sections
from applications.reviewing.panels import record_opinion
from applications.views import presence
from applications.views.filling import base_of, is_somebody_else, merge_of, typed

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


def mine(request: HttpRequest) -> QuerySet:
    """My assignments that I may see; anybody else's, and those I have to do with, are not found."""
    return Assignment.objects.seen_by(rules.expert_of(request.user))


@open_to(rules.is_expert)
def my_reviews(request: HttpRequest) -> HttpResponse:
    """My assignments in the batches under review, what is due first in front; and the panels that I lead."""
    rows = list(mine(request).select_related("application", "batch", "review").order_by("due_at", "pk"))
    panels = Panel.objects.filter(leader__user=request.user).select_related("batch")
    context = {
        "todo": [each for each in rows if each.state == AssignmentState.ASSIGNED],
        "done": [each for each in rows if each.state == AssignmentState.REVIEWED],
        "panels": [{"panel": panel, "rows": before(panel)} for panel in panels],
    }
    return render(request, "reviews/list.html", context)


def before(panel: Panel) -> list[dict[str, Any]]:
    """The applications before a panel that its leader may see, each with what was recorded."""
    said = {each.application_id: each for each in panel.opinions.all()}
    rows = Application.objects.for_expert(panel.leader).filter(batch=panel.batch).order_by("number")
    return [{"application": each, "said": said.get(each.pk)} for each in rows]


@dataclass
class Sheet:
    """An assignment with its sheet as it stands after what was posted, and what was typed on two devices differently."""

    assignment: Assignment
    review: Review
    form: SheetForm
    settled: drafting.Settled


@open_to(rules.is_expert)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One dossier and its score sheet, which is saved while it is filled in."""
    if request.method == "POST" and is_somebody_else(request):
        return JsonResponse({"user": presence.key_of(request.user)})
    if request.method == "POST":
        return answered(request, take_in(request, uuid))
    found = get_object_or_404(mine(request).select_related("application__batch", "batch", "expert"), uuid=uuid)
    if found.state == AssignmentState.REVIEWED and wants_json(request):
        raise Refused(sheets.HANDED_IN, thing=found)
    return answered(request, Sheet(found, sheet_of(found), SheetForm(review=sheet_of(found)), drafting.Settled()))


def sheet_of(assignment: Assignment) -> Review:
    """Its sheet; one that nobody has begun is an empty one."""
    return Review.objects.filter(assignment=assignment).prefetch_related("scores").first() or Review(assignment=assignment)


@transaction.atomic
def take_in(request: HttpRequest, uuid: UUID) -> Sheet:
    """Keep what was filled in and is right, field by field, while nobody else can."""
    assignment = get_object_or_404(mine(request).for_steps(), uuid=uuid)
    before = sheet_of(assignment)
    form = SheetForm(request.POST, review=before)
    form.is_valid()
    theirs = form.shown(before)
    settled = drafting.settle(typed(request, form), base_of(request), theirs)
    if assignment.state != AssignmentState.ASSIGNED:
        raise too_late(assignment, form, [*settled.taken, *settled.disputed])
    right = {name: form.cleaned_data[name] for name in settled.taken if name in form.cleaned_data}
    now = sheets.write(assignment, right) if right else before
    for name in settled.disputed:
        form.fields[name].dispute = dispute(request, form, before, name, theirs[name])
    if "hand_in" in request.POST:
        point_out(form, sheet_of(assignment))
    return Sheet(assignment, sheet_of(assignment) if right else now, form, settled)


def too_late(assignment: Assignment, form: SheetForm, names: list[str]) -> Refused:
    """It was handed in meanwhile, perhaps in another window: what was typed in this one goes back to whoever typed it."""
    refusal = Refused(sheets.HANDED_IN, thing=assignment)
    refusal.typed = {str(form[name].label): in_words(form, name, form[name].value()) for name in names}
    return refusal


def in_words(form: SheetForm, name: str, answer: Any) -> str:
    """An answer as a person reads it."""
    words = {str(value): str(label) for value, label in getattr(form.fields[name], "choices", ())}
    return words.get(str(answer or ""), str(answer or ""))


def dispute(request: HttpRequest, form: SheetForm, before: Review, name: str, theirs: drafting.Shown) -> drafting.Dispute:
    """Both answers to one question, in words: the same expert wrote on two devices."""
    mine, other = (in_words(form, name, answer) for answer in (form[name].value(), next(iter(theirs), "")))
    return drafting.Dispute(str(request.user), before.saved_at, True, drafting.pieces(mine, other), drafting.pieces(other, mine))


def point_out(form: SheetForm, review: Review) -> None:
    """What is still missing is said at its place."""
    given = review.points
    for name in form.fields:
        is_there = name in given if name not in sheets.WORDS else getattr(review, name).strip()
        if not is_there and name not in form.errors:
            form.add_error(name, _("Please fill this in before handing in."))


def answered(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The page, the next dossier after handing in, or the same for the script that saves."""
    if wants_json(request):
        return JsonResponse(state(request, sheet))
    is_fine = not sheet.form.errors and not sheet.settled.disputed
    if request.method == "POST" and is_fine:
        return handed_in(request, sheet) if "hand_in" in request.POST else redirect(sheet.assignment)
    status = HTTPStatus.OK if is_fine else HTTPStatus.UNPROCESSABLE_ENTITY if sheet.form.errors else HTTPStatus.CONFLICT
    return render(request, "reviews/dossier.html", page(request, sheet), status=status)


def handed_in(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Hand in, and go on to the next."""
    assigning.hand_in(sheet.assignment, by=request.user)
    messages.success(request, _("Handed in: %(application)s.") % {"application": sheet.assignment.application})
    return redirect(following(request, sheet.assignment) or "reviews")


def following(request: HttpRequest, assignment: Assignment) -> Assignment | None:
    """The next one to review, by its date."""
    rows = mine(request).filter(state=AssignmentState.ASSIGNED).exclude(pk=assignment.pk)
    return rows.order_by("due_at", "pk").first()


def page(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    assignment, form = sheet.assignment, sheet.form
    return papers_of(assignment.application) | {
        "assignment": assignment,
        "review": sheet.review,
        "form": form,
        "is_open": assignment.state == AssignmentState.ASSIGNED,
        "base": json.dumps(form.shown(sheet.review), ensure_ascii=False),
        "saved_at": sheet.review.saved_at if sheet.review.pk else None,
        "next": following(request, assignment),
        "me": presence.key_of(request.user),
    }


def papers_of(application: Application) -> dict[str, Any]:
    """What there is to read."""
    version = application.version
    return {
        "application": application,
        "sections": sections(application, version),
        "attachments": application.attachments.in_version(version),
    }


def state(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """What the script has to know: how the sheet stands in the database now, what is wrong, what is disputed."""
    form, fields = sheet.form, [*sheet.form.fields]
    return {
        "token": get_token(request),
        "user": presence.key_of(request.user),
        "saved_at": sheet.review.saved_at.isoformat(),
        "shown": form.shown(sheet.review),
        "errors": {name: [str(error) for error in errors] for name, errors in form.errors.items()},
        "disputes": {name: merge_of(form, name) for name in sheet.settled.disputed},
        "asked": fields,
        "must": fields,
        "labels": {name: str(form[name].label) for name in fields},
        "rail": "",
        "here": "",
    }


@open_to(rules.is_expert)
@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """I have to do with this unit: what follows is said, and asked once; then nothing more of it is shown to me."""
    assignment = get_object_or_404(mine(request).select_related("application", "batch"), uuid=uuid)
    if request.method != "POST" and not assigning.recuse.open_to(assignment, request.user):
        return redirect(assignment)
    form = RecusalForm(posted(request))
    if not form.is_valid():
        context = {"assignment": assignment, "application": assignment.application, "form": form}
        return render(request, "reviews/recuse.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    assigning.recuse(assignment, by=request.user, reason=form.said())
    messages.success(request, _("You have recused: the place is free, and the application is not shown to you any more."))
    return redirect(following(request, assignment) or "reviews")


@open_to(rules.is_expert)
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sheet as a PDF, to be signed."""
    found = get_object_or_404(mine(request).select_related("application", "batch", "expert"), uuid=uuid)
    return attached(printed(found, sheet_of(found)), PDF, f"评审表_{found.application.number}_{found.expert.name}.pdf")


@open_to(rules.is_expert)
@require_http_methods(["GET", "HEAD", "POST"])
def group_opinion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the panel that I lead says of one application."""
    expert = rules.expert_of(request.user)
    led = Application.objects.for_expert(expert).filter(batch__panel__leader=expert).select_related("batch__panel")
    application = get_object_or_404(led, uuid=uuid)
    said = GroupOpinion.objects.filter(panel=application.batch.panel, application=application).first()
    form = GroupOpinionForm(posted(request), instance=said)
    if request.method == "POST" and form.is_valid():
        record_opinion(application.batch.panel, application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Recorded."))
        return redirect("reviews")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reviews/panel.html", papers_of(application) | {"form": form, "said": said}, status=status)
