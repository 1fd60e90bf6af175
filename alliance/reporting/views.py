"""The page where the pack for the Department is asked for, and where those that were made lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alliance import clock
from alliance.accounts.choices import KEEPERS
from alliance.documents.models import Paper
from alliance.reporting import packing
from alliance.reporting.forms import PackForm
from alliance.reporting.papers import PACK
from alliance.text import posted
from applications.models import Batch
from members.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

A_PAGE = 30


def report_pack(request: HttpRequest) -> HttpResponse:
    """For officers and the secretary-general of the whole alliance; a POST begins the work, whose page has the bar."""
    if not request.user.holds(*KEEPERS) or admin.site.is_of_branch(request.user):
        raise Http404
    form = PackForm(posted(request), initial=usual(request))
    if form.is_valid():
        asked = form.cleaned_data
        return redirect(packing.ask(asked["batch"], asked["term"], asked["on"], by=request.user))
    made = Paper.objects.filter(kind=PACK).defer("content").select_related("made_by").order_by("-id")
    context = admin.site.each_context(request) | {
        "title": _("Pack for the Department"),
        "form": form,
        "page": Paginator(made, A_PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "admin/reporting/pack.html", context, status=422 if form.errors else 200)


def usual(request: HttpRequest) -> dict[str, object]:
    """Today, the batch that was asked for or else the last one closed, and the term that runs."""
    closed = Batch.objects.exclude(closed_at=None)
    asked = request.GET.get("batch", "")
    batch = (closed.filter(pk=asked).first() if asked.isdecimal() and len(asked) < len(str(2**31)) else None) or closed.first()
    return {"on": clock.today(), "batch": batch, "term": Term.objects.current()}
