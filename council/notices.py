"""Who is told, when a nomination or an election moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.kinds import kind
from alliance.letters.words import day
from members.choices import Tier
from members.notices import UNIT, unit_told

if TYPE_CHECKING:
    from council.models import Nomination, UnitTenure
    from members.models import MemberUnit, Representative

NOMINATED = kind("nominated", _("Nominated by another unit"), **UNIT, by=_("the unit that recommends"), post=_("the post"))
SEAT = {"seat": _("the seat"), "day": _("since when")}
HANDED_ON = kind("seat_handed_on", _("Seat handed on to the successor"), **UNIT, **SEAT, other=_("the unit that held it"))
PERSON_CHANGED = kind("seat_person_changed", _("Another person fills the seat"), **UNIT, **SEAT, person=_("who fills it"))
LEFT = kind("seat_left", _("Seat left"), **UNIT, **SEAT)
SEATED = kind("seated", _("Elected to the council"), **UNIT, seat=_("the seat"), day=_("since when"))


def nominated(nomination: Nomination) -> None:
    """A unit put forward by another is asked whether it accepts."""
    by = nomination.recommender
    values = {"by": by.organisation.name if by else "", "post": Tier(nomination.tier).label}
    unit_told(NOMINATED, nomination.unit, key=f"nominated:{nomination.pk}", about=nomination, **values)


def seated(tenure: UnitTenure) -> None:
    unit_told(SEATED, tenure.unit, key=f"seated:{tenure.pk}", about=tenure, seat=tenure.seat, day=day(tenure.begins_on))


def handed_on(tenure: UnitTenure, before: MemberUnit) -> None:
    """The successor reads which seat is its own now, and whose it was."""
    values = {"seat": tenure.seat, "day": day(tenure.begins_on), "other": before.organisation.name}
    unit_told(HANDED_ON, tenure.unit, key=f"seat_handed_on:{tenure.pk}", about=tenure, **values)


def person_changed(tenure: UnitTenure, person: Representative) -> None:
    values = {"seat": tenure.seat, "day": day(clock.today()), "person": person.name}
    unit_told(PERSON_CHANGED, tenure.unit, key=f"seat_person_changed:{tenure.pk}:{person.pk}", about=tenure, **values)


def seat_left(tenure: UnitTenure) -> None:
    unit_told(LEFT, tenure.unit, key=f"seat_left:{tenure.pk}", about=tenure, seat=tenure.seat, day=day(clock.today()))
