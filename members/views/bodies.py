"""The bodies of the alliance, as far as the office shows them: what each does, who hosts it, and who sits in it; today or on another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to
from members.choices import BodyKind, Post
from members.models import Body, BodyTenure

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ORDER = [Post.HEAD, Post.SECRETARY_GENERAL, Post.DEPUTY, Post.DEPUTY_SECRETARY, Post.HOST, Post.MEMBER]
KINDS = list(BodyKind)


@open_to(anyone)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Those that have a public page, by kind."""
    found = sorted(Body.objects.public(), key=lambda body: (KINDS.index(BodyKind(body.kind)), body.pk))
    return render(request, "members/bodies.html", {"bodies": found})


@open_to(anyone)
@require_safe
def body(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them; `?on=` tells of a day that is past."""
    found = get_object_or_404(Body.objects.public(), uuid=uuid)
    on = asked(request.GET.get("on", ""))
    context = {"body": found, "on": on, "today": clock.today(), "posts": posts(found, on)}
    return render(request, "members/body.html", context)


def asked(text: str) -> date:
    """The day that was asked for, if it is one and not still to come."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return min(day or clock.today(), clock.today())


def posts(body: Body, on: date) -> list[dict[str, Any]]:
    """The posts in their order, each with its holders: units by their names, persons where they agreed to it, else how many there are."""
    held = sorted(BodyTenure.objects.named().filter(body=body).on_date(on), key=lambda tenure: (ORDER.index(Post(tenure.post)), tenure.pk))
    found: dict[str, dict[str, Any]] = {}
    for tenure in held:
        tenure.body = body
        post = found.setdefault(tenure.post, {"title": tenure.title, "holders": [], "unnamed": 0})
        if tenure.unit or tenure.shown:
            post["holders"].append(tenure)
        else:
            post["unnamed"] += 1
    return list(found.values())
