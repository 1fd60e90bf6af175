"""Who may, of seats and elections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.accounts.choices import Office
from alliance.history.models import Event
from council.models import Contest, Nomination, UnitTenure
from members.rules import is_officer, is_representative, is_secretary, person, speaks_for_unit

if TYPE_CHECKING:
    from django.db.models import Model

    from alliance.workflow import Actor

__all__ = [
    "acts_for_nominee",
    "is_officer",
    "is_representative",
    "is_secretary",
    "is_the_person",
    "may_certify",
    "sees_dashboard",
    "sits",
    "speaks_for_nominee",
    "speaks_for_unit",
]


def sits(user: Model) -> bool:
    """Whether the person fills a seat."""
    return UnitTenure.objects.of(user).exists()


def sees_dashboard(by: Actor, thing: Any = None) -> bool:
    """The council, the secretariat and the auditor see how seats are allocated."""
    user = person(by)
    return user is not None and (user.holds(Office.CLERK, Office.OFFICER, Office.SECRETARY, Office.AUDITOR) or sits(user))


def is_the_person(by: Actor, nomination: Nomination) -> bool:
    """The representative who is put forward."""
    return is_representative(by, nomination.person)


def speaks_for_nominee(by: Actor, nomination: Nomination) -> bool:
    """Whoever binds the unit: its representative, or a colleague who may submit."""
    return speaks_for_unit(by, nomination.unit)


def acts_for_nominee(by: Actor, nomination: Nomination) -> bool:
    """Whoever binds the unit, or the person."""
    return speaks_for_nominee(by, nomination) or is_the_person(by, nomination)


def may_certify(by: Actor, contest: Contest) -> bool:
    """The secretary-general, unless it was they who entered the tally: two people answer for a result."""
    user = person(by)
    return user is not None and is_secretary(user, contest) and not Event.objects.of(contest).taken_by(user).steps("count").exists()
