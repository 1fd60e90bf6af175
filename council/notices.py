"""Who is told, when a nomination or an election moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.notices import unit_told

if TYPE_CHECKING:
    from council.models import Nomination, UnitTenure


def nominated(nomination: Nomination) -> None:
    """A unit put forward by another is asked whether it accepts."""
    unit_told("nominated", nomination.unit, key=f"nominated:{nomination.pk}", about=nomination, nomination=nomination)


def seated(tenure: UnitTenure) -> None:
    unit_told("seated", tenure.unit, key=f"seated:{tenure.pk}", about=tenure, tenure=tenure)
