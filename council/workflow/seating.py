"""How a unit and a person come to hold a seat, and leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.history.record import Code, record
from alliance.workflow import Actor, Refused
from council import notices
from council.choices import Cause
from council.models import ActingChair, Contest, PersonTenure, Seat, UnitTenure
from members.choices import RUNNING, Tier
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from members.models import Resolution


@transaction.atomic
def take_office(
    unit: MemberUnit,
    person: Model,
    *,
    term: Term,
    tier: int,
    direction: str,
    by: Actor,
    contest: Contest | None = None,
    resolution: Resolution | None = None,
) -> UnitTenure:
    """Seat `unit` on the first vacant seat of the post, and `person` on it; Refused where none is vacant or the unit has one.

    Only a certified result (`contest`) or a recorded co-option (`resolution`) gives a seat; the database refuses any other.

    The seats of the post are locked before the vacant one is looked for, so that two grants at once cannot find the same.
    A tenure whose unit has left is ended first, in this same transaction.
    """
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if unit.state not in RUNNING:
        raise Refused(_("The unit is not a member any more."), thing=unit)
    seats = list(Seat.objects.select_for_update().filter(term=term).at(tier, direction).order_by("number"))
    for lapsed in UnitTenure.objects.lapsed().filter(seat__in=seats).select_related("unit"):
        end_lapsed(lapsed)
    vacant = Seat.objects.vacant().filter(pk__in=[seat.pk for seat in seats]).order_by("number").first()
    if vacant is None:
        raise Refused(_("No seat of this post is vacant."), thing=unit)
    today = clock.today()
    try:
        with transaction.atomic():
            tenure = UnitTenure.objects.create(seat=vacant, term=term, unit=unit, contest=contest, resolution=resolution, begins_on=today)
    except IntegrityError as taken:
        raise Refused(_("The unit holds a seat of this term already."), thing=unit) from taken
    PersonTenure.objects.create(unit_tenure=tenure, representative=person, begins_on=today)
    if tier == Tier.CHAIR:
        for acting in ActingChair.objects.select_for_update().filter(term=term, ended_on=None):
            stop_acting(acting, on=today, reason=str(_("A chair was elected")), by=by)
    record(tenure, "take_office", by=by, after="in_office")
    notices.seated(tenure)
    return tenure


@transaction.atomic
def vacate(tenure: UnitTenure, *, on: date, reason: str, cause: str, by: Actor) -> None:
    """The unit leaves its seat on this day, for a Cause; the seat is vacant, and the past stays written."""
    tenure = UnitTenure.objects.select_for_update().get(pk=tenure.pk)
    if tenure.ended_on:
        raise Refused(_("This tenure has ended already."), thing=tenure)
    tenure.ended_on, tenure.end_reason, tenure.cause = on, reason, cause
    tenure.save(update_fields=["ended_on", "end_reason", "cause"])
    tenure.persons.filter(ended_on=None).update(ended_on=on, end_reason=reason)
    record(tenure, "vacate", by=by, before="in_office", after="vacated", inputs={"on": on, "cause": Code(cause), "reason": reason})
    for acting in ActingChair.objects.select_for_update().filter(tenure=tenure, ended_on=None):
        stop_acting(acting, on=max(on, acting.begins_on), reason=reason, by=by)


def stop_acting(acting: ActingChair, *, on: date, reason: str, by: Actor) -> None:
    """The unit does not act for the chair any more."""
    acting.ended_on, acting.end_reason = on, reason
    acting.save(update_fields=["ended_on", "end_reason"])
    record(acting.tenure, "stop_acting", by=by, inputs={"on": on})


def end_lapsed(tenure: UnitTenure) -> None:
    """End a tenure whose unit has left the alliance, dated the day its membership ended."""
    vacate(tenure, on=max(tenure.unit.ended_on, tenure.begins_on), reason=tenure.unit.get_state_display(), cause=Cause.LEFT, by=TIMETABLE)
