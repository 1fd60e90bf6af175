"""How one term follows another: the next is opened with its seats, and on its first day the old council hands over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.facts.models import facts
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused
from council import rules
from council.choices import Cause
from council.models import Seat, UnitTenure
from council.workflow.seating import vacate
from members.models import Term
from members.workflow import last_day

if TYPE_CHECKING:
    from members.models import Rule


@transaction.atomic
def open_term(term: Term, *, by: Actor) -> Term:
    """The term after `term` is planned: with as many seats where they are now, and with the rules and limits in force."""
    if not rules.is_secretary(by, term):
        raise NotAllowed(thing=term)
    Term.objects.select_for_update().get(pk=term.pk)
    if Term.objects.filter(number__gt=term.number).exists():
        raise Refused(_("The next term is planned already."), thing=term)
    following = Term.objects.create(number=term.number + 1, hosts_vote_too=term.hosts_vote_too, governance=term.governance)
    Seat.objects.bulk_create(
        Seat(term=following, number=each.number, tier=each.tier, direction=each.direction)
        for each in term.seats.planned().order_by("number")
    )
    for own in (*term.rules.all(), *term.limits.all()):
        copied(own, following)
    record(following, "open_term", by=by, inputs={"after": term})
    return following


def copied(own: Rule, following: Term) -> None:
    """The same rule or limit, for the following term."""
    own.pk, own._state.adding, own.term = None, True, following
    own.save()


@transaction.atomic
def begin_term(term: Term, *, begins_on: date, by: Actor) -> None:
    """The elected council of `term` takes over on this day; who held a seat of the term before has held it until then."""
    if not rules.is_secretary(by, term):
        raise NotAllowed(thing=term)
    term = Term.objects.select_for_update().get(pk=term.pk)
    before = Term.objects.filter(number=term.number - 1).first()
    if term.begins_on:
        raise Refused(_("This term has begun already."), thing=term)
    if before is None or before.begins_on is None or begins_on <= before.begins_on:
        raise Refused(_("A term begins after the one before it."), thing=term)
    if begins_on > clock.today():
        raise Refused(_("That day is still to come."), thing=term)
    if not UnitTenure.objects.running().filter(term=term).exists():
        raise Refused(_("Nobody is elected to this term yet."), thing=term)
    for tenure in UnitTenure.objects.filter(term=before, ended_on=None).select_related("unit"):
        vacate(tenure, on=max(begins_on, tenure.begins_on), reason=str(_("The term ended")), cause=Cause.TERM_ENDED, by=by)
    before.ends_on = begins_on - timedelta(days=1)
    before.save(update_fields=["ends_on"])
    term.begins_on, term.ends_on = begins_on, last_day(begins_on, facts().term_years)
    term.save(update_fields=["begins_on", "ends_on"])
    record(term, "begin", by=by, inputs={"begins_on": begins_on})
