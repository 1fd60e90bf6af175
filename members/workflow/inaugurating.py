"""How the alliance is founded, and its first term begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.facts.choices import Phase
from alliance.facts.workflow import founding, reach_operation
from alliance.history.record import record
from alliance.workflow import Actor, Refused
from members import notices, rules
from members.models import MemberUnit, Term

if TYPE_CHECKING:
    from alliance.facts.models import Facts


@founding.step(_("Found the alliance"), Phase.FOUNDING, to=Phase.RUNNING, allow=rules.is_secretary, tone="go")
def found(facts: Facts, *, by: Actor, on: date, begins_on: date) -> None:
    """The founding meeting has founded the alliance on this day: prospective members are member units, and the first term begins."""
    if on > clock.today():
        raise Refused(_("That day is still to come."), thing=facts)
    if begins_on < on:
        raise Refused(_("A term does not begin before the alliance is founded."), thing=facts)
    facts.founded_on = on
    type(facts).objects.filter(pk=facts.pk).update(phase=facts.phase, founded_on=on)  # the letters of this step are the secretariat's
    term = Term.objects.select_for_update().order_by("number").first()
    term.begins_on, term.ends_on = begins_on, last_day(begins_on, facts.term_years)
    term.save(update_fields=["begins_on", "ends_on"])
    record(term, "begin", by=by, inputs={"begins_on": term.begins_on, "ends_on": term.ends_on})
    reach_operation(on)
    notices.founded(MemberUnit.objects.active().with_readers().iterator(notices.AT_ONCE), on, begins_on)


def last_day(begins_on: date, years: int) -> date:
    """The day before the term's anniversary; one that begins on a leap day ends on a 27 February."""
    leap_day = (begins_on.month, begins_on.day) == (2, 29)
    return begins_on.replace(year=begins_on.year + years, day=28 if leap_day else begins_on.day) - timedelta(days=1)
