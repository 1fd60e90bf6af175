"""Branches, working groups and other bodies: where a unit sits, what it wishes, and leaving again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliance.accounts.doors import open_to, signed_in
from alliance.myunit.finding import mine, page
from members import workflow
from members.choices import Post, WishKind
from members.models import Body

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

POSTS = {WishKind.JOIN: Post.MEMBER, WishKind.HOST: Post.HOST}


@open_to(signed_in)
@require_safe
def groups(request: HttpRequest, number: str) -> HttpResponse:
    """Where it sits, what it wished and what became of it, and what it may still wish."""
    unit = mine(request, number)
    tenures = list(unit.body_tenures.select_related("body").order_by("ended_on", "-begins_on"))
    wishes = list(unit.wishes.select_related("body").order_by("-id"))
    running = [each for each in tenures if each.ended_on is None]
    return page(
        request,
        unit,
        "groups",
        running=running,
        former=[each for each in tenures if each.ended_on],
        wishes=wishes,
        offers=offers(
            {(each.body_id, each.post) for each in running}, {(each.body_id, each.kind) for each in wishes if each.state == "open"}
        ),
    )


def offers(held: set[tuple[int, str]], wished: set[tuple[int, str]]) -> list[dict[str, Any]]:
    """Each body that a unit may join or host, but for what it does or has wished already."""
    found: dict[int, dict[str, Any]] = {}
    for kind in WishKind:
        for body in Body.objects.that_takes(kind).order_by("id"):
            if (body.pk, POSTS[kind]) not in held and (body.pk, kind) not in wished:
                found.setdefault(body.pk, {"body": body, "kinds": []})["kinds"].append(kind)
    return [found[key] for key in sorted(found)]


@open_to(signed_in)
@require_POST
def wish(request: HttpRequest, number: str) -> HttpResponse:
    """The unit would like to join a body, or to host it."""
    unit, posted = mine(request, number), request.POST
    kind = posted.get("kind") if posted.get("kind") in WishKind.values else WishKind.JOIN
    body = get_object_or_404(Body.objects.that_takes(kind), uuid=uuid_of(posted.get("body", "")))
    workflow.make_wish(unit, body, WishKind(kind), by=request.user)
    messages.success(request, _("The office has your wish: a letter tells what became of it."))
    return redirect("myunit:groups", unit.number)


def uuid_of(text: str) -> UUID | None:
    """What can be no key of ours is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        return None


@open_to(signed_in)
@require_POST
def withdraw_wish(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """It does not wish it any more."""
    unit = mine(request, number)
    workflow.withdraw_wish(get_object_or_404(unit.wishes.select_related("unit__organisation", "body"), pk=pk), by=request.user)
    messages.success(request, _("Withdrawn."))
    return redirect("myunit:groups", unit.number)


@open_to(signed_in)
@require_POST
def leave_body(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """It leaves a branch or working group from today on."""
    unit = mine(request, number)
    workflow.leave_body(get_object_or_404(unit.body_tenures, pk=pk), by=request.user)
    messages.success(request, _("The unit has left this body."))
    return redirect("myunit:groups", unit.number)
