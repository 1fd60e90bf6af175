"""Taking over what the office entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance.accounts.doors import open_to, signed_in
from alliance.text import posted
from applications import behalf
from applications.forms.entering import ClaimForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """The code from the letter makes the application yours. Tries are limited, by account and by address."""
    form = ClaimForm(posted(request))
    if form.is_valid():
        limited = not ratelimit.consume(request, action="claim", key=str(request.user.pk))
        taken = None if limited else behalf.take_over(form.cleaned_data["code"], by=request.user)
        if taken:
            messages.success(request, _("The application is yours now. The office's letters go to you."))
            return redirect(taken)
        form.add_error("code", _("Too many tries: please wait an hour.") if limited else behalf.WRONG)
    return render(request, "applications/claim.html", {"form": form}, status=422 if form.errors else 200)
