"""Who is told, when a nomination or an election moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.letters.kinds import kind
from alliance.letters.words import day
from members.choices import Tier
from members.notices import UNIT, unit_told

if TYPE_CHECKING:
    from council.models import Nomination, UnitTenure

NOMINATED = kind("nominated", _("Nominated by another unit"), **UNIT, by=_("the unit that recommends"), post=_("the post"))
SEATED = kind("seated", _("Elected to the council"), **UNIT, seat=_("the seat"), day=_("since when"))


def nominated(nomination: Nomination) -> None:
    """A unit put forward by another is asked whether it accepts."""
    by = nomination.recommender
    values = {"by": by.organisation.name if by else "", "post": Tier(nomination.tier).label}
    unit_told(NOMINATED, nomination.unit, key=f"nominated:{nomination.pk}", about=nomination, **values)


def seated(tenure: UnitTenure) -> None:
    unit_told(SEATED, tenure.unit, key=f"seated:{tenure.pk}", about=tenure, seat=tenure.seat, day=day(tenure.begins_on))
