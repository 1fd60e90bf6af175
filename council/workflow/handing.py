"""What becomes of a seat when its unit or its person changes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused
from council import notices, rules
from council.choices import Cause
from council.models import PersonTenure, Seat, UnitTenure
from council.workflow.seating import vacate
from members.choices import RUNNING
from members.models import MemberUnit
from members.workflow import against_merging, against_undoing

HANDED_ON, REPLACED = _("Handed on to the successor"), _("Another person represents the unit")


def seat_of(unit: MemberUnit) -> UnitTenure | None:
    """The tenure of `unit` that is written as running, whether or not it still belongs."""
    return UnitTenure.objects.filter(unit=unit, ended_on=None).select_related("seat", "term").order_by("-term__number").first()


@against_merging
def two_seats(predecessor: MemberUnit, successor: MemberUnit, by: Actor) -> str:
    """A unit holds one seat a term: of two that both sit, one has to leave its seat first."""
    one, other = seat_of(predecessor), seat_of(successor)
    if one is None or other is None or one.term_id != other.term_id:
        return ""
    return _(
        "Both units hold a seat of this term: %(one)s (%(first)s) and %(other)s (%(second)s). A unit holds one: let one of the two leave its seat first, on its page under Tenures of units."
    ) % {"one": predecessor.organisation.name, "first": one.seat, "other": successor.organisation.name, "second": other.seat}


@against_undoing
def seat_is_taken(predecessor: MemberUnit, successor: MemberUnit, by: Actor) -> str:
    """Its seat has to be there to return to."""
    holder = UnitTenure.objects.on_the_seat_left_by(predecessor).select_related("seat", "unit__organisation").first()
    if holder is None:
        return ""
    return _("The seat of %(unit)s (%(seat)s) is held by %(holder)s now: hand it back first, on the page of that tenure.") % {
        "unit": predecessor.organisation.name,
        "seat": holder.seat,
        "holder": holder.unit.organisation.name,
    }


def office_holds(tenure: UnitTenure, by: Actor) -> UnitTenure:
    """The tenure as it stands, its unit and itself locked, for an officer within whose reach it lies."""
    MemberUnit.objects.select_for_update().get(pk=tenure.unit_id)
    found = UnitTenure.objects.select_for_update(of=("self",)).select_related("unit__organisation", "seat", "term").get(pk=tenure.pk)
    if not rules.is_officer(by, found):
        raise NotAllowed(thing=found)
    return found


@transaction.atomic
def hand_on(tenure: UnitTenure, *, by: Actor) -> UnitTenure:
    """The seat of a unit that went into another goes to that one, and its representative fills it."""
    tenure = office_holds(tenure, by)
    succession = tenure.unit.went_into.in_force().first()
    if succession is None:
        raise Refused(_("This unit did not go into another: its seat falls vacant instead."), thing=tenure)
    successor = MemberUnit.objects.select_for_update().get(pk=succession.successor_id)
    if successor.state not in RUNNING or successor.representative is None:
        raise Refused(_("The successor is not a member, or nobody represents it."), thing=tenure)
    if held := UnitTenure.objects.running().filter(unit=successor, term=tenure.term).select_related("seat").first():
        raise Refused(_("The successor holds a seat of this term already: %(seat)s.") % {"seat": held.seat}, thing=tenure)
    Seat.objects.select_for_update().get(pk=tenure.seat_id)
    if tenure.ended_on is None:
        vacate(tenure, on=max(tenure.unit.ended_on, tenure.begins_on), reason=str(HANDED_ON), cause=Cause.HANDED_ON, by=by)
    elif not Seat.objects.vacant().filter(pk=tenure.seat_id).exists():
        raise Refused(_("The seat is held by another unit by now."), thing=tenure)
    said = {
        "seat": tenure.seat,
        "term": tenure.term,
        "unit": successor,
        "contest": tenure.contest,
        "resolution": tenure.resolution,
        "begins_on": clock.today(),
    }
    taken = UnitTenure.objects.create(**said)
    PersonTenure.objects.create(unit_tenure=taken, representative=successor.representative, begins_on=clock.today())
    record(taken, "hand_on", by=by, after="in_office", inputs={"from": tenure})
    notices.handed_on(taken, tenure.unit)
    return taken


@transaction.atomic
def hand_back(tenure: UnitTenure, *, by: Actor) -> UnitTenure:
    """What was handed on by mistake is as it was, so that the merger can be undone: the successor never held the seat."""
    tenure = office_holds(tenure, by)
    before = UnitTenure.objects.handed_on_to(tenure).select_for_update(of=("self",)).first()
    if before is None or tenure.ended_on:
        raise Refused(_("This seat was not handed on, or longer than a day ago."), thing=tenure)
    vacate(tenure, on=tenure.begins_on, reason=str(_("Handed back")), cause=Cause.CORRECTED, by=by)
    before.persons.filter(ended_on=before.ended_on, end_reason=before.end_reason).update(ended_on=None, end_reason="")
    before.ended_on, before.end_reason, before.cause = None, "", ""
    before.save(update_fields=["ended_on", "end_reason", "cause"])
    record(before, "hand_back", by=by, before="vacated", after="in_office", inputs={"from": tenure})
    return before


@transaction.atomic
def change_person(tenure: UnitTenure, *, by: Actor) -> PersonTenure:
    """The unit keeps its seat, and whoever represents it now fills it up to the end of the term."""
    tenure = office_holds(tenure, by)
    person, sits = tenure.unit.representative, tenure.persons.filter(ended_on=None).first()
    if tenure.ended_on or tenure.unit.state not in RUNNING or person is None:
        raise Refused(_("The unit does not hold this seat any more, or nobody represents it."), thing=tenure)
    if sits and sits.representative_id == person.pk:
        raise Refused(_("%(name)s fills this seat already.") % {"name": person.name}, thing=tenure)
    if sits:
        sits.ended_on, sits.end_reason = max(clock.today(), sits.begins_on), str(REPLACED)
        sits.save(update_fields=["ended_on", "end_reason"])
    found = PersonTenure.objects.create(unit_tenure=tenure, representative=person, begins_on=clock.today())
    record(tenure, "change_person", by=by, before="in_office", after="in_office", inputs={"person": person})
    notices.person_changed(tenure, person)
    return found


@transaction.atomic
def leave_seat(tenure: UnitTenure, *, by: Actor, cause: str, reason: str) -> None:
    """The unit remains a member and leaves its seat, from today on: it gives it up, or a resolution recalls it."""
    tenure = office_holds(tenure, by)
    vacate(tenure, on=max(clock.today(), tenure.begins_on), reason=reason, cause=cause, by=by)
    notices.seat_left(tenure)
