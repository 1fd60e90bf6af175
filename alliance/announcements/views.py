"""What a visitor sees of announcements: the list, one of them, its print view, its poster, and the feed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from alliance.announcements import rules
from alliance.announcements.choices import Kind
from alliance.announcements.entries import entry, procedures
from alliance.announcements.feed import Feed
from alliance.announcements.models import Announcement
from alliance.announcements.poster import address, code, poster
from alliance.documents.serving import attached

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

A_PAGE = 20


@open_to(anyone)
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """What is in force and meant for this reader, the latest first; above it what the alliance's procedures are now."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    rows = Announcement.objects.in_force(clock.now()).addressed_to(request.user).latest()
    page = Paginator(rows.filter(kind=kind) if kind else rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": Kind.choices,
        "kind": kind,
        "page": page,
        "entries": [entry(row) for row in page],
        "procedures": procedures(kind) if page.number == 1 else [],
    }
    return render(request, "announcements/list.html", context)


@open_to(anyone)
@require_safe
def announcement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its text, what was put right in it, and its files."""
    return answered(request, uuid, lambda found: sheet(request, found, "announcements/announcement.html"))


@open_to(anyone)
@require_safe
def print_view(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same as a sheet of A4, without anything around it."""
    return answered(request, uuid, lambda found: sheet(request, found, "announcements/sheet.html"))


@open_to(anyone)
@require_safe
def poster_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The poster, to keep and to print."""
    return answered(request, uuid, lambda found: attached(poster(found), "application/pdf", f"{found.get_kind_display()}_{found.pk}.pdf"))


@open_to(anyone)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What everybody may read, for feed readers (Atom)."""
    return Feed()(request)


def answered(request: HttpRequest, uuid: UUID, show: Callable[[Announcement], HttpResponse]) -> HttpResponse:
    """One that this reader may read, shown; one whose time is over is said to be so, to whom it was meant for.

    Anything else is not there: the anonymous are asked to log in, whatever exists, and a signed-in stranger finds nothing.
    """
    if found := rules.readable(request.user).filter(uuid=uuid).first():
        return show(found)
    if over := Announcement.objects.over(clock.now()).addressed_to(request.user).filter(uuid=uuid).first():
        return render(request, "announcements/over.html", {"announcement": over}, status=HTTPStatus.GONE)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def sheet(request: HttpRequest, found: Announcement, template: str) -> HttpResponse:
    files = list(found.files)
    context = {
        "announcement": found,
        "corrections": list(found.corrections.all()),
        "files": [{"file": file, "is_later": found.published_at is not None and file.uploaded_at > found.published_at} for file in files],
        "address": address(found),
        "code": code(found),
    }
    return render(request, template, context)
