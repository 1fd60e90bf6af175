"""What the portal adds to the account system's own pages: my account, and a code that the office handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.core import ratelimit
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.accounts import codes
from alliance.accounts.doors import anyone, open_to, signed_in
from alliance.accounts.forms import GivenCodeForm, MeForm
from alliance.text import posted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from alliance.accounts.models import User


@open_to(signed_in)
def me(request: HttpRequest) -> HttpResponse:
    """My name and the language of my letters; the rest of my account is one step away."""
    form = MeForm(posted(request), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account_me")
    return render(request, "account/me.html", {"form": form}, status=422 if form.errors else 200)


@open_to(anyone)
def given_code(request: HttpRequest) -> HttpResponse:
    """Log in with a code that somebody of the office handed over; a new password is set right after."""
    if request.user.is_authenticated:
        return redirect("after_login")
    form = GivenCodeForm(posted(request))
    if form.is_valid():
        login, code = form.cleaned_data["login"], form.cleaned_data["code"]
        limited = not ratelimit.consume(request, action="issued_code", key=login.lower())
        user = None if limited else codes.redeem(login, code)
        if user:
            return enter(request, user)
        form.add_error("code", _("Too many tries: please wait a quarter of an hour.") if limited else codes.WRONG)
    return render(request, "account/given_code.html", {"form": form}, status=422 if form.errors else 200)


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """The office has vouched for this person: the address counts as confirmed, the old password holds no more."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
        EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    record_authentication(request, user, method="code")
    return perform_login(request, Login(user=user, redirect_url=reverse("account_set_password")))
