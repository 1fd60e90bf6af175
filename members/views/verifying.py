"""Is this certificate true? By the code on its face, or by its number and the full name: what is true now, and nothing more.

Every look-up counts, whether it finds something or not, and it is counted before anything is looked for; the count lies in the
cache, so that looking writes no row. What is not found, for whatever reason, gets one and the same page.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliance.accounts.doors import anyone, open_to
from alliance.facts.models import facts
from alliance.text import posted
from members.forms.verifying import VerifyForm
from members.models import Certificate
from members.models.certificate import written
from members.spelling import folded

if TYPE_CHECKING:
    from django.http import HttpRequest


@open_to(anyone)
@never_cache
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page to which the QR code leads."""
    if not may_look(request):
        return too_many(request)
    return answer(request, Certificate.objects.under(code))


@open_to(anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """By number and full name, as they stand on the paper."""
    form = VerifyForm(posted(request))
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return noted(render(request, "members/verify.html", {"form": form}, status=status))
    if not may_look(request):
        return too_many(request)
    found = Certificate.objects.numbered(written(form.cleaned_data["number"]))
    is_same = constant_time_compare(plain(form.cleaned_data["name"]), plain(found.name if found else ""))
    return answer(request, found if is_same else None, form)


def may_look(request: HttpRequest) -> bool:
    try:
        ratelimit.consume_or_429(request, action="verify", limit_get=True, raise_exception=True)
    except RateLimited:
        return False
    return True


def too_many(request: HttpRequest) -> HttpResponse:
    """A page that costs next to nothing, however many are asked for."""
    return noted(HttpResponse(render_to_string("members/too_many.html"), status=HTTPStatus.TOO_MANY_REQUESTS))


def answer(request: HttpRequest, found: Certificate | None, form: VerifyForm | None = None) -> HttpResponse:
    """What is true of it today; for one that there is not, that there is none, with what was typed to be compared."""
    context: dict[str, Any] = {"certificate": found, "post": facts().standing, "form": form}
    return noted(render(request, "members/verified.html", context, status=HTTPStatus.OK if found else HTTPStatus.NOT_FOUND))


def noted(page: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no address of it goes elsewhere."""
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "same-origin"  # with none at all, browsers post the form as from nowhere, and it is refused
    return page


def plain(name: str) -> str:
    """A name in simplified characters, without spaces, case and the width of its letters and brackets."""
    return "".join(folded(name).split())
