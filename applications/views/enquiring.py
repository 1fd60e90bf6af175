"""Enquiries: what many ask, asking the office, and the thread of a question."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import anyone, open_to
from alliance.facts.models import ContactDesk
from alliance.history.models import PUBLIC
from alliance.text import posted
from applications import enquiring
from applications.choices import EnquiryTopic
from applications.forms.enquiring import EnquiryForm, FurtherForm
from applications.models import Enquiry, FrequentQuestion

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LATER = gettext_lazy(
    "The question could not be taken just now. Everything you typed is still here: please try again in an hour, or call one of the desks."
)
BEGUN = {  # words that a question about one's own data begins with, by what is asked for
    "correct": gettext_lazy("Please correct what is held on me.\nWhat is wrong: \nWhat is right: "),
    "delete": gettext_lazy("Please delete what is held on me, as far as it may be deleted.\nWhat I mean: "),
    "withdraw": gettext_lazy("I withdraw my consent.\nConsent to: "),
    "explain": gettext_lazy("Please explain why this is held on me.\nWhat I mean: "),
    "named": gettext_lazy("I was named as a contact in an application.\nNumber of the application: \nWhat I object to, or what is wrong: "),
}


@open_to(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiries(request: HttpRequest) -> HttpResponse:
    """What many ask comes first, then a question of one's own. Nothing typed is lost, whatever the answer."""
    form, status = EnquiryForm(posted(request), initial=begun(request)), 200
    if request.method == "POST":
        if form.is_valid() and not is_refused(request, form):
            return taken(request, form)
        status = 422
    context = {
        "form": form,
        "desks": ContactDesk.objects.open(),
        "frequent": frequent(),
        "days": enquiring.ANSWER_DAYS,
        "personal_days": enquiring.PERSONAL_DAYS,
    }
    return render(request, "enquiries/list.html", context, status=status)


def begun(request: HttpRequest) -> dict[str, Any]:
    """What the form holds at first: who is signed in, and the topic and the first words that a link named."""
    who, about = request.user, BEGUN.get(request.GET.get("about", ""))
    known = {"name": who.name, "email": who.email} if who.is_authenticated else {}
    topic = EnquiryTopic.PERSONAL if about else EnquiryTopic.JOINING
    return known | {"topic": topic, "words": about or ""}


def is_refused(request: HttpRequest, form: EnquiryForm) -> bool:
    """A machine, or too many from one place or for one address: one polite sentence for either, and how often is not told."""
    whose = (form.cleaned_data["email"] or form.cleaned_data["phone"]).lower()
    if form.is_from_a_machine or not ratelimit.consume(request, action="enquiry", key=whose):
        form.add_error(None, LATER)
    return bool(form.errors)


def taken(request: HttpRequest, form: EnquiryForm) -> HttpResponse:
    who = request.user if request.user.is_authenticated else None
    form.instance.asked_by, form.instance.language = who, get_language()
    found = enquiring.ask(form.instance, by=who or PUBLIC)
    messages.success(request, _("Your question has come in."))
    return redirect(found)


def frequent() -> list[tuple[str, list[FrequentQuestion]]]:
    """The reader's frequent questions by topic, in the order of the topics."""
    order = list(EnquiryTopic.values)
    rows = sorted(FrequentQuestion.objects.shown_in(get_language()), key=lambda each: order.index(each.topic))
    return [(EnquiryTopic(topic).label, list(group)) for topic, group in groupby(rows, key=lambda each: each.topic)]


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The thread of one question, for who asked; without an account its address is the key."""
    found = Enquiry.objects.open_to(request.user).select_related("asked_by").filter(uuid=uuid).first()
    if found is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())  # whatever exists
    if found is None:
        raise Http404
    form, status, who = FurtherForm(posted(request)), 200, request.user if found.asked_by_id else PUBLIC
    if request.method == "POST":
        if form.is_valid() and not is_too_much(request, form, found):
            enquiring.ask_further(found, by=who, words=form.cleaned_data["words"])
            messages.success(request, _("Your further question has come in."))
            return redirect(found)
        status = 422
    context = {
        "enquiry": found,
        "form": form,
        "may_ask_further": enquiring.ask_further.open_to(found, who),
        "days": enquiring.answer_days(found.topic),
    }
    return render(request, "enquiries/one.html", context, status=status)


def is_too_much(request: HttpRequest, form: FurtherForm, found: Enquiry) -> bool:
    if not ratelimit.consume(request, action="enquiry", key=str(found.uuid)):
        form.add_error(None, LATER)
    return bool(form.errors)
