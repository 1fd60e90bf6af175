"""What a member unit sees of its certificates, and takes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from alliance.accounts.doors import open_to, signed_in
from alliance.documents.models import Paper
from members import rules
from members.models import Certificate
from members.papers import certificates as papers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.models import MemberUnit


@open_to(signed_in)
@require_POST
def take_certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To the file: the sealed one where there is one, else the paper, which is made when somebody asks for it."""
    certificate = get_object_or_404(Certificate.objects.with_unit().select_related("sealed"), uuid=uuid)
    if not rules.acts_for_unit(request.user, certificate.unit):
        raise Http404
    if certificate.sealed and certificate.sealed.is_served:
        return redirect(certificate.sealed)
    return redirect(papers.made(certificate, by=request.user))


def certificate_cards(units: Iterable[MemberUnit]) -> dict[int, dict[str, Any]]:
    """What `templates/members/certificate_card.html` says, by the unit: its certificate that runs, else the last; how it came; earlier ones.

    In three statements, whatever the number of units.
    """
    found: dict[int, list[Certificate]] = {}
    rows = Certificate.objects.with_unit().filter(unit__in=list(units)).select_related("sealed", "successor").prefetch_related("dispatches")
    for each in rows.order_by("-issued_on", "-id"):
        found.setdefault(each.unit_id, []).append(each)
    made = latest(each.pk for several in found.values() for each in several)
    return {unit: card(several, made) for unit, several in found.items()}


def latest(keys: Iterable[int]) -> dict[int, Paper]:
    """The last issue of each certificate's paper."""
    papers_ = Paper.objects.filter(kind=papers.KIND.name, kind_of_thing="members.certificate", thing_id__in=list(keys))
    return {paper.thing_id: paper for paper in papers_.defer("content").order_by("issue")}


def card(several: list[Certificate], made: dict[int, Paper]) -> dict[str, Any]:
    """Of one unit's certificates, the latest first."""
    now = next((each for each in several if not each.end), several[0])
    paper = made.get(now.pk)
    sealed = now.sealed if now.sealed and now.sealed.is_served else None
    return {
        "certificate": now,
        "sealed": sealed,
        "paper": None if sealed else paper if paper and paper.made_at >= now.revised_at else None,
        "may_make": now.standing in papers.GOOD and now.unit.state == "active",
        "sent": next(iter(now.dispatches.all()), None),
        "earlier": [each for each in several if each is not now],
    }
