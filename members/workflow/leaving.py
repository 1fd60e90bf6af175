"""How a unit leaves by its own will, is deemed to have left, or has its membership taken away without an expulsion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.facts.models import facts
from alliance.files.forms import keep
from alliance.history.record import record
from alliance.letters.words import day
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import notices, rules
from members.choices import MembershipState, ResignationState
from members.models import MemberUnit, Resignation
from members.notices import life
from members.workflow.ending import end_membership
from members.workflow.states import ACTIVE, SUSPENDED, membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance.files.checking import Checked

resignations = Workflow(ResignationState)
GIVEN, CONFIRMED = ResignationState.GIVEN, ResignationState.CONFIRMED


def hold_unit(resignation: Resignation) -> None:
    """The unit first, as every step on it does."""
    MemberUnit.objects.select_for_update().get(pk=resignation.unit_id)


@transaction.atomic
def give_notice(
    unit: MemberUnit, *, by: Actor, reason: str, effective_on: date, notice_on: date | None = None, papers: Sequence[Checked] = ()
) -> Resignation:
    """The unit gives written notice that it leaves, itself or through the office, and for which day; the office confirms it."""
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if not (rules.acts_for_unit(by, unit) or rules.is_officer(by, unit)):
        raise NotAllowed(thing=unit)
    if not unit.is_running:
        raise Refused(_("The unit is not a member any more."), thing=unit)
    if effective_on < clock.today():
        raise Refused(_("A notice takes effect today or later: the register is not changed for days that are past."), thing=unit)
    given = note_notice(unit, by, reason=reason, effective_on=effective_on, notice_on=notice_on, papers=papers)
    record(given, "give_notice", by=by, after=given.state, inputs={"unit": unit, "effective_on": effective_on})
    life.resignation_given(given)
    return given


def note_notice(unit: MemberUnit, by: Actor, *, papers: Sequence[Checked] = (), **said: object) -> Resignation:
    """One notice at a time."""
    said["notice_on"] = said.get("notice_on") or clock.today()
    if said["notice_on"] > clock.today():
        raise Refused(_("The unit's notice cannot be dated ahead."), thing=unit)
    try:
        with transaction.atomic():
            given = Resignation.objects.create(unit=unit, given_by=by, **said)
    except IntegrityError as clash:
        raise Refused(_("This unit has given notice already: confirm it, or withdraw it first, under Resignations."), thing=unit) from clash
    for paper in papers:
        keep(paper, about=given, by=by)
    return given


@resignations.step(_("Confirm the resignation"), GIVEN, to=CONFIRMED, allow=rules.is_officer, tone="go", lock=hold_unit)
def confirm_resignation(resignation: Resignation, *, by: Actor) -> None:
    """The membership ends on the day that the notice names: now, if it has come, else by the timetable on that day."""
    resignation.decided_at = clock.now()
    if resignation.effective_on <= clock.today():
        leave_by_notice(resignation, by=by)


@resignations.step(
    _("Withdraw the resignation"),
    GIVEN,
    CONFIRMED,
    to=ResignationState.WITHDRAWN,
    allow=rules.may_withdraw_resignation,
    tone="stop",
    lock=hold_unit,
)
def withdraw_resignation(resignation: Resignation, *, by: Actor) -> None:
    """The unit stays, as long as it has not left yet."""
    if not resignation.unit.is_running:
        raise Refused(_("The unit has left already; it may apply again."))
    resignation.decided_at = clock.now()
    life.resignation_withdrawn(resignation)


def leave_by_notice(resignation: Resignation, *, by: Actor) -> None:
    """Its day has come."""
    resign(resignation.unit, by=by, reason=resignation.reason)


@membership.step(_("Record resignation"), ACTIVE, SUSPENDED, to=MembershipState.RESIGNED, allow=rules.may_record_resignation, tone="stop")
def resign(unit: MemberUnit, *, by: Actor, reason: str, notice_on: date | None = None, papers: Sequence[Checked] = ()) -> None:
    """The unit leaves today by its own written notice: the one that stands, or one that the office enters now."""
    settle_notice(unit, by, reason=reason, notice_on=notice_on, papers=papers)
    end_membership(unit, reason)
    notices.unit_told(notices.RESIGNED, unit, key=f"resigned:{unit.pk}")


def settle_notice(unit: MemberUnit, by: Actor, **said: object) -> None:
    """The notice that stands is confirmed with it; one for a later day takes effect on its day; without any, the office enters it now."""
    standing = unit.resignations.standing().first()
    if standing is None:
        note_notice(unit, by, effective_on=clock.today(), state=CONFIRMED, decided_at=clock.now(), **said)
    elif standing.effective_on > clock.today():
        raise Refused(_("The unit gave notice for %(day)s and leaves by itself on that day.") % {"day": day(standing.effective_on)})
    elif unit.resignations.to_confirm().update(state=CONFIRMED, decided_at=clock.now()):
        record(standing, "confirm_resignation", by=by, before=GIVEN, after=CONFIRMED)


def idle_since() -> timedelta:
    """How long nothing may have been heard of a unit."""
    return timedelta(days=facts().idle_days)


@membership.step(_("Deem to have resigned"), ACTIVE, SUSPENDED, to=MembershipState.LAPSED, allow=rules.is_officer, tone="stop")
def deem_resigned(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """A person finds that a unit of which nothing was heard for as long as the charter says has left (视为自动退会)."""
    if not MemberUnit.objects.filter(pk=unit.pk).idle(clock.now() - idle_since()).exists():
        raise Refused(
            _("This unit has given a sign of life within the last %(days)d days: it signed in, came to a meeting or told a change.")
            % {"days": facts().idle_days}
        )
    end_membership(unit, reason)
    life.lapsed(unit, reason)


@membership.step(_("Terminate the membership"), ACTIVE, SUSPENDED, to=MembershipState.TERMINATED, allow=rules.is_secretary, tone="stop")
def terminate(unit: MemberUnit, *, by: Actor, ground: str, reason: str) -> None:
    """What a membership rests on is gone: the unit is bankrupt, was struck off, does other business, or does not do its duties (取消资格)."""
    unit.ground = ground
    end_membership(unit, reason)
    life.terminated(unit, reason)
