"""Which application an address means, and how far its form is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext

from applications.choices import Defect, Paper, Section
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
    """The sections in order, with how many answers each still lacks; in a correction, with how much of it is to be put right."""
    gaps, (opens, _defects) = application.gaps, defects_of(application)
    papers = len(application.papers_there)
    return [
        {
            "section": section,
            "missing": len(gaps.get(section, [])),
            "is_here": section == here,
            "state": standing(application, section, gaps, papers),
            "note": attached_in_words(papers) if section == Section.ATTACHMENTS and papers and section not in gaps else "",
            "asked": len(opens & names_in(section)) if opens is not None else None,
        }
        for section in Section
    ]


def standing(application: Application, section: Section, gaps: dict[Section, list[str]], papers: int) -> str:
    """Whether a section is complete, begun, or empty."""
    if section not in gaps:
        return "done"
    if section == Section.ATTACHMENTS:
        return "part" if papers else ""
    begun = (getattr(application, name) for name in FIELDS[section] if name not in ("jurisdiction", "currency", "seat_wanted"))
    return "part" if any(begun) else ""


def names_in(section: Section) -> set[str]:
    """The fields of a section; of the attachments, the kinds of paper."""
    return {*FIELDS[section]} if section in FIELDS else {*Paper.values}


def attached_in_words(papers: int) -> str:
    """How many papers there are."""
    return ngettext("%(count)d attachment", "%(count)d attachments", papers) % {"count": papers}
