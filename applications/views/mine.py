"""Which application an address means, and how far its form is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.choices import Defect, Section
from applications.models import Application
from applications.models.answers import FIELDS

if TYPE_CHECKING:
    from django.http import HttpRequest


def mine(request: HttpRequest, uuid: UUID) -> Application:
    """One of my applications; anybody else's is not found."""
    return get_object_or_404(Application.objects.of(request.user).select_related("batch", "unit", "organisation"), uuid=uuid)


def held(request: HttpRequest, uuid: UUID) -> Application:
    """The same, held still for this transaction."""
    rows = Application.objects.of(request.user).select_related("batch").select_for_update(of=("self",))
    return get_object_or_404(rows, uuid=uuid)


def defects_of(application: Application) -> tuple[set[str] | None, dict[str, list[str]]]:
    """Which fields and papers a correction has opened, and what is wrong with each; nothing in particular where everything is open."""
    finding = application.asked_for
    if finding is None or not finding.places:
        return None, {}
    wrong: dict[str, list[str]] = {}
    for place in finding.places:
        wrong.setdefault(place["field"], []).append(place["words"] or str(Defect(place["code"]).label))
    return {*wrong}, wrong


def after(section: Section, application: Application) -> Any:
    """The next section, or the check before submitting."""
    order = list(Section)
    following = order[order.index(section) + 1 :]
    return (
        redirect("applications:section", application.uuid, following[0].value).url
        if following
        else redirect("applications:submit", application.uuid).url
    )


def rail(application: Application, here: Section | None = None) -> list[dict[str, Any]]:
    """The sections in order, with how many answers each still lacks."""
    gaps = application.gaps
    empty = {
        section: not any(getattr(application, name) for name in names if name not in ("jurisdiction", "currency", "seat_wanted"))
        for section, names in FIELDS.items()
    }
    papers = application.attachments.running().count()
    return [
        {
            "section": s,
            "missing": len(gaps.get(s, [])),
            "is_here": s == here,
            "state": ("done" if papers else "") if s == Section.ATTACHMENTS else "done" if s not in gaps else "" if empty[s] else "part",
            "note": attached_in_words(papers) if s == Section.ATTACHMENTS else "",
        }
        for s in Section
    ]


def attached_in_words(papers: int) -> str:
    """How many papers there are; none is needed for submitting."""
    return ngettext("%(count)d attachment", "%(count)d attachments", papers) % {"count": papers} if papers else _("if there are any")
