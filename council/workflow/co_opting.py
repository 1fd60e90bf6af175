"""Co-option (增补): the council fills a vacant seat by its own resolution, up to a share of the council a term."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance.workflow import Actor, NotAllowed, Refused
from council import rules
from council.choices import RUNNING_CALLS
from council.models import ActingChair, Nomination, Ruling, Seat, UnitTenure
from council.workflow.seating import take_office
from members.choices import Assembly, LimitKind, MembershipState, Tier
from members.models import MemberUnit, Resolution

if TYPE_CHECKING:
    from members.models import Term


ABOUT_SEATS = (UnitTenure, ActingChair, Nomination, Ruling)  # what may rest on a resolution that fills a seat


@dataclass(frozen=True)
class CoOptions:
    """How many seats of a term were filled by co-option, and how many may be."""

    taken: int
    most: int
    source: str


def co_options(term: Term) -> CoOptions:
    """Counted over the whole term, whether or not the co-opted still sit; the limit is a share of the planned seats (1/5 of 25 is 5)."""
    limit = term.limit(LimitKind.COOPTED_OF_COUNCIL)
    return CoOptions(UnitTenure.objects.co_opted(term).count(), floor(limit.value * term.seats.planned().count()), limit.source)


def refuse_elected(seat: Seat) -> None:
    """The chair unit is elected; and so is whoever a running call has found candidates for."""
    if seat.tier == Tier.CHAIR:
        raise Refused(_("The chair unit is elected by the council; until then a vice-chair unit acts for it."), thing=seat)
    running = Nomination.objects.standing().filter(call__state__in=RUNNING_CALLS, term=seat.term, tier=seat.tier)
    if running.filter(direction=seat.direction).exists():
        raise Refused(_("Units are nominated for this post, and the call for nominations runs: end it first."), thing=seat)


@transaction.atomic
def co_opt(seat: Seat, *, unit: MemberUnit, resolution: Resolution, by: Actor) -> UnitTenure:
    """Seat `unit` on this vacant seat by the council's resolution; refused once the term's share is used up."""
    seats = {each.pk: each for each in Seat.objects.select_for_update().filter(term=seat.term)}  # the counter is read under this lock
    seat = seats[seat.pk]
    if not rules.is_officer(by, seat):
        raise NotAllowed(thing=seat)
    refuse_elected(seat)
    if resolution.meeting.assembly != Assembly.COUNCIL or resolution.meeting.term_id != seat.term_id:
        raise Refused(_("The council of this term co-opts: choose a resolution of one of its meetings."), thing=seat)
    if not resolution.passed:
        raise Refused(_("This resolution was not passed."), thing=seat)
    if not Resolution.objects.filter(pk=resolution.pk).resting_only(*ABOUT_SEATS).exists():
        raise Refused(_("This resolution decided something else: choose the one that fills the seat."), thing=seat)
    if unit.state != MembershipState.ACTIVE or unit.representative is None:
        raise Refused(_("Only an active member unit with a representative is co-opted."), thing=seat)
    counted = co_options(seat.term)
    if counted.taken >= counted.most:
        raise Refused(
            _("In this term %(taken)d of at most %(most)d seats were filled by co-option: the next one needs an election.")
            % {"taken": counted.taken, "most": counted.most},
            thing=seat,
        )
    post = {"tier": seat.tier, "direction": seat.direction}
    return take_office(unit, unit.representative, term=seat.term, by=by, resolution=resolution, **post)
