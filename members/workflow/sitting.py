"""How somebody's time in a body ends."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, Refused, Workflow
from members import rules
from members.choices import TenureState
from members.models import BodyTenure

sittings = Workflow(TenureState)


@sittings.step(_("End the tenure"), TenureState.IN_OFFICE, to=TenureState.ENDED, allow=rules.is_officer, tone="stop")
def end_tenure(tenure: BodyTenure, *, by: Actor, ended_on: date, end_reason: str) -> None:
    """From this day on the post is free; why, is kept with it."""
    if ended_on < tenure.begins_on or ended_on > clock.today():
        raise Refused(_("A tenure ends after it began, and not before its day has come."))
    tenure.ended_on, tenure.end_reason = ended_on, end_reason
    record(tenure.body, "edit", by=by, inputs={"tenure": tenure.pk})
