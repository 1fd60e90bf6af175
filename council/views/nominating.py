"""What a unit sees of its nominations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.facts.models import facts
from alliance.text import posted
from council import workflow
from council.forms import NominateForm
from council.models import Nomination
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, number: str) -> HttpResponse:
    """Put my own unit forward."""
    unit = get_object_or_404(MemberUnit.objects.of(request.user).select_related("organisation"), number=number)
    form = NominateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        workflow.nominate(unit, term=Term.objects.current(), by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Nominated. The %(office)s examines it, and shortlists who can be elected.") % {"office": facts().office}
        )
        return redirect("unit")
    return render(request, "council/nominate.html", {"unit": unit, "form": form}, status=422 if form.errors else 200)


ANSWERS: dict[str, Any] = {"accept": workflow.accept_nomination, "decline": workflow.decline_nomination}


@open_to(signed_in)
@require_POST
def answer(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """The nominee's answer."""
    nomination = get_object_or_404(Nomination.objects.filter(unit__in=MemberUnit.objects.of(request.user)), uuid=uuid)
    if step not in ANSWERS:
        raise Http404
    ANSWERS[step](nomination, by=request.user)
    return redirect("unit")
