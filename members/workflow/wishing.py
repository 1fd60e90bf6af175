"""What a unit wishes, when it applies and afterwards, how the office answers, and how the unit leaves a body again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.fields import acting
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
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
    post = POSTS[WishKind(wish.kind)]
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


@wishes.step(_("Withdraw the wish"), WishState.OPEN, to=WishState.WITHDRAWN, allow=rules.speaks_for_unit_of, tone="stop")
def withdraw_wish(wish: Wish, *, by: Actor) -> None:
    """The unit does not wish it any more."""
    settle(wish, by, "")


@transaction.atomic
def make_wish(unit: MemberUnit, body: Body, kind: WishKind, *, by: Actor) -> Wish:
    """A member unit would like to join a body, or to host it; the office answers."""
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if not rules.speaks_for_unit(by, unit):
        raise NotAllowed(_("Only who represents the unit, or submits for it, may do this."), thing=unit)
    if not Body.objects.that_takes(kind).filter(pk=body.pk).exists():
        raise Refused(_("This body takes no such wishes."), thing=unit)
    post = POSTS[kind]
    if unit.body_tenures.running().filter(body=body, post=post).exists():
        raise Refused(_("The unit holds this post already."), thing=unit)
    made, is_new = Wish.objects.get_or_create(unit=unit, body=body, kind=kind, state=WishState.OPEN)
    if is_new:
        record(made, "make_wish", by=by, after=made.state, inputs={"unit": unit, "body": body})
    return made


@transaction.atomic
def leave_body(tenure: BodyTenure, *, by: Actor) -> None:
    """A unit leaves a branch or working group by itself; what it hosts or heads, it hands over through the office."""
    tenure = BodyTenure.objects.select_for_update(of=("self",)).select_related("unit", "body").get(pk=tenure.pk)
    if not rules.speaks_for_unit_of(by, tenure):
        raise NotAllowed(_("Only who represents the unit, or submits for it, may do this."), thing=tenure)
    if tenure.ended_on:
        raise Refused(_("This has ended already."), thing=tenure)
    if tenure.post != Post.MEMBER:
        raise Refused(_("Who hosts or heads a body hands it over through the office."), thing=tenure)
    tenure.ended_on, tenure.end_reason = max(clock.today(), tenure.begins_on), str(_("The unit left by its own wish."))
    with acting(by, "leave_body"):
        tenure.save(update_fields=["ended_on", "end_reason"])
    record(tenure.body, "leave_body", by=by, inputs={"tenure": tenure.pk, "unit": tenure.unit_id})


POSTS = {WishKind.JOIN: Post.MEMBER, WishKind.HOST: Post.HOST}


def settle(wish: Wish, by: Actor, words: str) -> None:
    wish.words, wish.decided_by, wish.decided_at = words, by, clock.now()
