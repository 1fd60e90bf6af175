"""The batches and their published lists; the applications I may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to, signed_in
from applications.models import Application, Batch
from applications.views.colleagues import invited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


PAGE = 200  # rows of a public list


@open_to(anyone)
def batches(request: HttpRequest) -> HttpResponse:
    """Past, current and coming batches, with the lists that are under public notice."""
    now, batches = clock.now(), Batch.objects.with_figures()
    context = {
        "batch": batches.accepting(now).first(),
        "coming": batches.ahead(now),
        "past": batches.over(now)[:PAGE],
        "published": Paginator(Application.objects.published(), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "applications/batches.html", context)


@open_to(anyone)
@require_safe
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """What was published of one batch: the units whose public notice runs, or ended without an objection upheld."""
    found = get_object_or_404(Batch.objects.with_figures(), number=number)
    listed = Paginator(found.applications.once_published(), PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/batch.html", {"batch": found, "listed": listed})


@open_to(signed_in)
def my_applications(request: HttpRequest) -> HttpResponse:
    """The applications I may open, the latest first."""
    rows = Application.objects.of(request.user).select_related("batch", "unit").order_by("-started_at")[:100]
    return render(request, "applications/list.html", {"applications": rows, "invitations": invited(request.user)})
