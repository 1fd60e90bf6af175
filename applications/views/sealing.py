"""From the finished form to the sealed one: fix it, print it, have it sealed, send the scan."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in
from applications import papers, sealing
from applications.choices import State
from applications.forms.attaching import SealedForm
from applications.models import Application, SealedCopy
from applications.views.attaching import Refusal, answer, is_script
from applications.views.mine import mine
from applications.views.submitting import gaps_in_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The four steps of sealing, and where they are; fixing a version is one button, the scan one field."""
    application = mine(request, uuid)
    if application.state not in sealing.RECEIVING:
        return redirect(application)
    if "freeze" in request.POST:
        return fix(request, application)
    form = SealedForm(request.POST, request.FILES) if request.method == "POST" else SealedForm()
    if request.method == "POST":
        is_kept = form.is_valid() and is_received(request, application, form)
        if is_script(request):
            return answer([] if is_kept else [refusal(form)])
        if is_kept:
            return redirect(request.path)
    return page(request, application, form)


def fix(request: HttpRequest, application: Application) -> HttpResponse:
    """Fix what it says now; where something is missing the page says what."""
    if application.gaps:
        return page(request, application, SealedForm(), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = sealing.make_ready(application, by=request.user)
    messages.success(request, _("Version %(number)d is fixed: please print it now.") % {"number": version.number})
    return redirect(request.path)


def is_received(request: HttpRequest, application: Application, form: SealedForm) -> bool:
    """Whether the scan could be kept; else the form says at its field why not."""
    try:
        copy = sealing.receive(application, form.cleaned_data["file"], by=request.user)
    except ValidationError as why:
        form.add_error("file", why)
        return False
    if copy.counts:
        messages.success(request, _("The scan is there, and the codes on its pages are those of this form."))
    else:
        messages.warning(request, doubt_of(copy))
    return True


def doubt_of(copy: SealedCopy) -> str:
    """What the sender is told of a scan that somebody has to look at: where no code was read at all, it may be another paper."""
    pages = copy.attachment.file.pages
    if copy.pages_read:
        words = _(
            "The scan is there; the codes of %(read)d of its %(pages)d pages were read, so the office will look at it. Please see whether every page of the form is on it."
        )
        return words % {"read": copy.pages_read, "pages": pages}
    words = _(
        "The scan is there; on its %(pages)d pages no code of this form could be read, so the office will look at it. If it is another paper, please send the right one."
    )
    return words % {"pages": pages}


def refusal(form: SealedForm) -> Refusal:
    names = ", ".join(file.name for file in form.files.getlist("file"))
    return Refusal(names, [str(error) for errors in form.errors.values() for error in errors])


def page(request: HttpRequest, application: Application, form: SealedForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"application": application, "form": form, **standing(application)}
    return render(request, "applications/seal.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status)


def standing(application: Application) -> dict[str, Any]:
    """Which of the steps are done, and what each shows."""
    gaps = gaps_in_words(application) if application.is_editable else []
    version = None if gaps else sealing.current(application)
    code, void = sealing.code_of(application), sealing.void(application)
    copy = application.sealed_copies.running().select_related("attachment__file", "version").first()
    originals = list(application.originals.select_related("version"))
    is_sealed = sealing.is_sealed(application)
    return {
        "gaps": gaps,
        "version": version,
        "code": papers.spaced(code),
        "void": void,
        "void_code": papers.spaced(void.code) if void else "",
        "copy": copy,
        "is_stale": sealing.is_stale(application, copy),
        "originals": originals,
        "is_sealed": is_sealed,
        "awaits_eye": not is_sealed and sealing.awaits_eye(application),
        "step": 1 if gaps else 2 if version is None else 3 if not is_sealed else 4,
        "may_submit": application.state in (State.DRAFT, State.CORRECTION) and not gaps,
    }
