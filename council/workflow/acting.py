"""Who acts for the chair while its seat is vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, Refused
from council import notices
from council.models import ActingChair, Seat, UnitTenure
from council.workflow.handing import office_holds
from council.workflow.seating import stop_acting
from members.choices import RUNNING, Tier

if TYPE_CHECKING:
    from members.models import Resolution


@transaction.atomic
def act_for_chair(tenure: UnitTenure, *, by: Actor, resolution: Resolution | None = None) -> ActingChair:
    """A vice-chair unit acts for the chair from today, until a chair is elected; it keeps its own seat."""
    tenure = office_holds(tenure, by)
    if tenure.ended_on or tenure.unit.state not in RUNNING or tenure.seat.tier != Tier.VICE_CHAIR:
        raise Refused(_("Only a vice-chair unit in office acts for the chair."), thing=tenure)
    if not Seat.objects.select_for_update().vacant().filter(term=tenure.term, tier=Tier.CHAIR).exists():
        raise Refused(_("The chair's seat is not vacant."), thing=tenure)
    if resolution and not resolution.passed:
        raise Refused(_("This resolution was not passed."), thing=tenure)
    try:
        with transaction.atomic():
            said = {"term": tenure.term, "tenure": tenure, "resolution": resolution, "begins_on": clock.today()}
            acting = ActingChair.objects.create(**said)
    except IntegrityError as taken:
        raise Refused(_("Another unit acts for the chair already."), thing=tenure) from taken
    record(tenure, "act_for_chair", by=by, before="in_office", after="in_office")
    notices.acting(tenure)
    return acting


@transaction.atomic
def end_acting(tenure: UnitTenure, *, by: Actor, reason: str) -> None:
    """The unit does not act for the chair any more, though no chair is elected."""
    tenure = office_holds(tenure, by)
    acting = tenure.acting.select_for_update().filter(ended_on=None).first()
    if acting is None:
        raise Refused(_("This unit does not act for the chair."), thing=tenure)
    stop_acting(acting, on=max(clock.today(), acting.begins_on), reason=reason, by=by)
