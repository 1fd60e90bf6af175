"""How the rights of a unit come to rest, and come back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.words import day
from alliance.workflow import Actor, Refused
from members import notices, rules
from members.models import MemberUnit, Suspension
from members.workflow.ending import leave
from members.workflow.states import ACTIVE, SUSPENDED, membership


@membership.step(_("Suspend"), ACTIVE, to=SUSPENDED, allow=rules.is_officer, tone="stop")
def suspend(unit: MemberUnit, *, by: Actor, reason: str, until: date | None = None) -> None:
    """The unit's rights rest: it has no vote, but keeps its seat. On the day `until` it has them again by itself, if one is set."""
    if until and until <= clock.today():
        raise Refused(_("The day from which the unit has its rights again lies ahead, or is left open."))
    suspension = Suspension.objects.create(unit=unit, reason=reason, until=until, by=rules.person(by))
    said = {"reason": reason, "until": day(until) if until else _("when the alliance says so")}
    notices.unit_told(notices.SUSPENDED, unit, key=f"suspended:{suspension.pk}", **said)


@membership.step(_("Reinstate"), SUSPENDED, to=ACTIVE, allow=rules.is_officer_or_timetable, tone="go")
def reinstate(unit: MemberUnit, *, by: Actor) -> None:
    """The unit has its rights again."""
    for suspension in unit.suspensions.running():
        leave(suspension)
    notices.unit_told(notices.REINSTATED, unit, key=f"reinstated:{unit.pk}:{clock.now():%Y%m%d%H%M%S}")


def reinstate_due(suspension: Suspension, *, by: Actor) -> None:
    """Its day has come."""
    reinstate(suspension.unit, by=by)
