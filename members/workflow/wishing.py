"""What a unit wished when it applied, and how the office answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, Refused, Workflow
from members import notices, rules
from members.choices import Post, WishKind, WishState
from members.models import Body, BodyTenure, MemberUnit, Term, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable


wishes = Workflow(WishState)


def wish(unit: MemberUnit, kind: WishKind, bodies: Iterable[Body]) -> None:
    """Note what the unit would like in each of `bodies`, once."""
    Wish.objects.bulk_create([Wish(unit=unit, body=body, kind=kind) for body in bodies], ignore_conflicts=True)


@wishes.step(
    _("Accept the wish"),
    WishState.OPEN,
    to=WishState.ACCEPTED,
    allow=rules.is_officer,
    tone="go",
    clash=_("The unit holds this post already."),
)
def accept_wish(wish: Wish, *, by: Actor, words: str) -> None:
    """From today on the unit is a member of the body, or hosts it; it is told by letter."""
    if wish.body.dissolved_on or not wish.unit.is_running:
        raise Refused(_("The body is dissolved, or the unit has left."))
    post = Post.HOST if wish.kind == WishKind.HOST else Post.MEMBER
    if wish.unit.body_tenures.running().filter(body=wish.body, post=post).exists():
        raise Refused(_("The unit holds this post already."))
    tenure = BodyTenure.objects.create(body=wish.body, unit=wish.unit, post=post, term=Term.objects.current(), begins_on=clock.today())
    record(wish.body, "edit", by=by, inputs={"tenure": tenure.pk})
    settle(wish, by, words)
    notices.wish_settled(notices.WISH_ACCEPTED, wish)


@wishes.step(_("Decline the wish"), WishState.OPEN, to=WishState.DECLINED, allow=rules.is_officer, tone="stop")
def decline_wish(wish: Wish, *, by: Actor, words: str) -> None:
    """The unit is told by letter, and why."""
    settle(wish, by, words)
    notices.wish_settled(notices.WISH_DECLINED, wish)


def settle(wish: Wish, by: Actor, words: str) -> None:
    wish.words, wish.decided_by, wish.decided_at = words, by, clock.now()
