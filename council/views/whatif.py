"""What the council sees of another division of its seats: nothing is kept, and the address says everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import open_to
from council import rules, workflow
from council.dashboard.balance import members_on
from council.forms import WhatIfForm
from members.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(rules.sees_dashboard)
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """The plan in force beside one alternative; the same by other methods below."""
    term = Term.objects.current()
    if term is None:
        raise Http404
    form = WhatIfForm(request.GET, plan=workflow.plan_of(term), members=members_on(clock.today()).directions)
    other = form.cleaned_data.get("alternative") if form.is_valid() else None
    wrong = bool(request.GET and form.errors)  # without an address nothing was asked that could be wrong
    return render(request, "council/what_if.html", {"term": term, "form": form, "other": other}, status=422 if wrong else 200)
