"""How far the long work is, for whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render

from alliance.accounts.doors import open_to, signed_in
from alliance.jobs import working
from alliance.jobs.models import Job

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MOST_NAMED = 200


@open_to(signed_in)
def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The bar, what was skipped and why; a POST asks it to stop. The page asks for the bar alone while it moves."""
    found = get_object_or_404(Job.objects.defer("things"), uuid=uuid, by=request.user)
    if request.method == "POST":
        working.stop(found)
        return redirect(found)
    context = {"job": found, "skipped": found.skipped.all()[:MOST_NAMED], "count": found.skipped.count()}
    return render(request, "jobs/bar.html" if request.htmx else "jobs/job.html", context)
