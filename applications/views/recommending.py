"""Recommenders: the applicant asks one to confirm, and whoever has link and code answers without an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import anyone, open_to, signed_in
from alliance.history.models import PUBLIC
from alliance.text import posted
from alliance.workflow import Refused
from applications import recommending
from applications.choices import Section
from applications.forms.recommending import AskRecommenderForm, RecommenderForm
from applications.models import Application, Recommendation
from applications.views.mine import mine, rail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

OFTEN = gettext_lazy("This was asked too often: please try again later.")
INSIDE = gettext_lazy(
    "This page is for the recommending unit. You are logged in for somebody else: please log out first, or pass the letter on to the recommender."
)


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The applicant asks the recommender that the form names, takes the request back, or asks another."""
    application = mine(request, uuid)
    if not (application.is_editable and application.awaits_recommender):
        return redirect(application)
    last = application.recommendations.first()
    if "take_back" in request.POST and last:
        recommending.take_back(last, by=request.user)
        messages.success(request, _("Taken back: the code holds no longer."))
        return redirect(request.path)
    form = AskRecommenderForm(posted(request), application=application, initial={"email": last.email if last else ""})
    if form.is_valid() and may_try(request, form, "ask_recommender", str(application.uuid)):
        recommending.ask(application, form.cleaned_data["email"], by=request.user)
        messages.success(request, _("The letter with link and code is on its way to the recommending unit."))
        return redirect(request.path)
    context = {
        "application": application, "form": form, "last": last, "confirmed": application.confirmed,
        "rail": rail(application), "section": Section.ATTACHMENTS,
    }  # fmt: skip
    return render(request, "applications/recommendation.html", context, status=status_of(form))


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recommender(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The recommender's page: which unit, which seat, which words; confirmed or declined with the code of the letter. Nothing about persons."""
    found = get_object_or_404(Recommendation.objects.select_related("application"), uuid=uuid)
    form = RecommenderForm(
        posted(request), initial={"words": found.opinion}, declines="decline" in request.POST, is_settled=not found.application.is_editable
    )
    if found.is_open and form.is_valid() and is_theirs(request, form, found):
        try:
            answer(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            return redirect(found)
    return render(request, "applications/recommender.html", {"found": found, "form": form}, status=status_of(form))


def answer(request: HttpRequest, found: Recommendation, said: dict[str, Any]) -> None:
    """One of the two steps; whoever takes it has no account here."""
    if "decline" in request.POST:
        recommending.decline(found, by=PUBLIC)
    else:
        recommending.confirm(found, by=PUBLIC, **{name: said[name] for name in ("words", "name", "post")})


def is_theirs(request: HttpRequest, form: RecommenderForm, found: Recommendation) -> bool:
    """Whether the code is right, and nobody of the office or of the unit types it in."""
    user = request.user
    if user.is_authenticated and (user.is_staff or Application.objects.of(user).filter(pk=found.application_id).exists()):
        form.add_error(None, INSIDE)
    elif may_try(request, form, "recommendation", str(found.uuid)) and not recommending.opens(found, form.cleaned_data["code"]):
        left = Recommendation.TRIES - found.tries
        form.add_error("code", _("This code is not right. Tries left: %(left)d.") % {"left": left} if left > 0 else recommending.SPENT)
    return not form.errors


def may_try(request: HttpRequest, form: Any, action: str, key: str) -> bool:
    if not ratelimit.consume(request, action=action, key=key):
        form.add_error(None, OFTEN)
    return not form.errors


def status_of(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
