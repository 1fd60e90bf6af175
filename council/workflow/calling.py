"""What can happen to a call for nominations: opened, its list drawn up in the order of strokes, published, settled."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.calendar.days import working_day_after
from alliance.history.canonical import digest
from alliance.letters.words import day
from alliance.workflow import Actor, Refused, Workflow
from council import notices, rules
from council.choices import CallState, NominationState
from council.models import Call, Nomination, Seat
from council.strokes import strokes_of

calls = Workflow(CallState)
PLANNED, OPEN, DRAWN_UP, PUBLISHED = CallState.PLANNED, CallState.OPEN, CallState.DRAWN_UP, CallState.PUBLISHED


@calls.step(_("Open the call"), PLANNED, to=OPEN, allow=rules.is_officer, tone="go")
def open_call(call: Call, *, by: Actor) -> None:
    """Every unit that votes is told from when until when units are put forward, and for what."""
    if call.is_over:
        raise Refused(_("The last day for nominations is past: change the days first."))
    if not Seat.objects.vacant().filter(term=call.term).exists():
        raise Refused(_("No seat of this term is vacant."))
    notices.nominations_open(call)


@calls.step(_("Extend the call"), OPEN, to=OPEN, allow=rules.is_officer)
def extend_call(call: Call, *, by: Actor, closes_on: date) -> None:
    """Nominations are taken up to a later day."""
    if closes_on <= call.closes_on or closes_on < clock.today():
        raise Refused(_("The new last day lies after the present one, and not in the past."))
    call.closes_on = closes_on


@calls.step(_("Draw up the list"), OPEN, to=DRAWN_UP, allow=rules.is_officer, tone="go")
def draw_up(call: Call, *, by: Actor) -> None:
    """Whoever is shortlisted gets a place, post by post, by strokes of the person's name; from here on the list does not change."""
    if not call.is_over:
        raise Refused(_("Nominations are taken until %(day)s.") % {"day": day(call.closes_on)})
    if waiting := call.nominations.unexamined().count():
        raise Refused(_("Nominations that are not answered or not examined yet: %(count)d.") % {"count": waiting})
    listed = in_order(call)
    if not listed:
        raise Refused(_("Nobody is shortlisted."))
    for _post, nominations in groupby(listed, key=lambda each: (each.tier, each.direction)):
        for place, nomination in enumerate(nominations, start=1):
            nomination.place = place
    Nomination.objects.bulk_update(listed, ["place"])
    call.drawn_up_at = clock.now()
    call.digest = digest([[each.tier, each.direction, each.place, each.unit_id, each.person_id] for each in listed])


def in_order(call: Call) -> list[Nomination]:
    """The shortlisted, post by post, by strokes of the person's name, then of the unit's."""
    found = call.nominations.filter(state=NominationState.SHORTLISTED).select_related("unit__organisation", "person")
    return sorted(
        found, key=lambda n: (n.tier, n.direction, strokes_of(n.person.name), strokes_of(n.unit.organisation.name), n.unit.number)
    )


@calls.step(_("Publish the list"), DRAWN_UP, to=PUBLISHED, allow=rules.is_officer, tone="go")
def publish_list(call: Call, *, by: Actor, working_days: int) -> None:
    """The list stands on the public page from today, for these working days of publicity (公示)."""
    call.published_on, call.published_until = clock.today(), working_day_after(clock.today(), working_days)
    notices.list_published(call)


@calls.step(_("Settle the list"), PUBLISHED, to=CallState.SETTLED, allow=rules.is_officer, tone="go")
def settle_list(call: Call, *, by: Actor) -> None:
    """Its publicity is over: whoever is on it and has neither withdrawn nor been found ineligible stands in the election."""
    if clock.today() <= call.published_until:
        raise Refused(_("The list is published until %(day)s.") % {"day": day(call.published_until)})


@calls.step(_("Cancel the call"), PLANNED, OPEN, DRAWN_UP, PUBLISHED, to=CallState.CANCELLED, allow=rules.is_officer, tone="stop")
def cancel_call(call: Call, *, by: Actor, reason: str) -> None:
    """Nothing comes of it: what was put forward in it does not stand any more, and can be put forward anew in another."""
