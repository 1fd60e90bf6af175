"""The ladder of sanctions up to an expulsion, which nobody suffers unheard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.documents.models import Paper
from alliance.files.forms import keep
from alliance.letters.words import day
from alliance.workflow import STAYS, Actor, Refused
from members import rules
from members.choices import Assembly, MembershipState
from members.models import DefenceWay, Expulsion, MemberUnit, Resolution, Sanction
from members.notices import life
from members.workflow.ending import end_membership
from members.workflow.states import ACTIVE, SUSPENDED, membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance.files.checking import Checked

NOTICE = "expulsion_notice"  # the paper (除名告知书)


@membership.step(_("Impose a sanction"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer, tone="stop")
def sanction(unit: MemberUnit, *, by: Actor, kind: str, reason: str, resolution: Resolution | None = None) -> None:
    """A rung of the ladder (通报批评、警告、严重警告、劝退): told by letter, and kept."""
    if resolution and not resolution.passed:
        raise Refused(_("This resolution did not pass: “%(resolution)s”.") % {"resolution": resolution})
    life.sanctioned(Sanction.objects.create(unit=unit, kind=kind, reason=reason, resolution=resolution, by=by))


@membership.step(_("Notify charges for an expulsion"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer, tone="stop")
def charge(unit: MemberUnit, *, by: Actor, charges: str, defend_by: date) -> None:
    """The unit reads what it is charged with, and until when it may defend itself in writing or at the meeting."""
    if unit.expulsions.open().exists():
        raise Refused(_("Charges were notified to this unit already and are open: see Expulsions on its page."))
    if defend_by <= clock.today():
        raise Refused(_("The unit needs time for its defence: choose a day that lies ahead."))
    life.charged(Expulsion.objects.create(unit=unit, charges=charges, defend_by=defend_by, charged_by=by))


@membership.step(_("Record the defence"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer)
def hear_defence(unit: MemberUnit, *, by: Actor, way: str, words: str, papers: Sequence[Checked] = ()) -> None:
    """What the unit said in its defence; that it said nothing counts only once its time is over, or in its own words."""
    expulsion = charged(unit)
    if way == DefenceWay.WAIVED and not words and clock.today() <= expulsion.defend_by:
        raise Refused(
            _("The unit may defend itself until %(day)s: note its words if it waives before.") % {"day": day(expulsion.defend_by)}
        )
    expulsion.defence_way, expulsion.defence, expulsion.defended_on = way, words, clock.today()
    expulsion.save(update_fields=["defence_way", "defence", "defended_on"])
    for paper in papers:
        keep(paper, about=expulsion, by=by)
    life.defence_noted(expulsion)


@membership.step(_("Drop the charges"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer)
def drop_charges(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """The unit is not expelled on these charges; they stay written, and why they were dropped."""
    expulsion = charged(unit)
    expulsion.dropped_on, expulsion.dropped_because = clock.today(), reason
    expulsion.save(update_fields=["dropped_on", "dropped_because"])
    life.charges_dropped(expulsion)


def charged(unit: MemberUnit) -> Expulsion:
    """The procedure that is open."""
    if (found := unit.expulsions.open().first()) is None:
        raise Refused(_("No charges are open against this unit: notify them first, by “Notify charges for an expulsion”."))
    return found


@membership.step(_("Expel"), ACTIVE, SUSPENDED, to=MembershipState.EXPELLED, allow=rules.may_expel, tone="stop")
def expel(unit: MemberUnit, *, by: Actor, resolution: Resolution | None) -> None:
    """By a resolution of the council or the assembly, on charges that were notified and after a defence that was heard; else refused, and what is missing is said."""
    expulsion = unit.expulsions.open().first()
    if missing := [*lacking(expulsion, resolution)]:
        raise Refused(
            _("An expulsion needs its papers. Missing: %(missing)s") % {"missing": pgettext("list", "; ").join(map(str, missing))}
        )
    expulsion.resolution, expulsion.decided_on = resolution, clock.today()
    expulsion.save(update_fields=["resolution", "decided_on"])
    end_membership(unit, expulsion.charges)
    life.expelled(expulsion)


def lacking(expulsion: Expulsion | None, resolution: Resolution | None) -> list[str]:
    """What an expulsion still needs, and where it is to be had."""
    missing = []
    if expulsion is None:
        missing.append(_("the charges (take “Notify charges for an expulsion” on the page of the unit)"))
    elif not Paper.objects.about(expulsion).filter(kind=NOTICE).exists():
        missing.append(_("the notice of the charges as a paper (make it on the page of the expulsion)"))
    if expulsion is None or not expulsion.defence_way:
        missing.append(_("the defence of the unit, or that it waived it (take “Record the defence” on the page of the unit)"))
    if resolution is None:
        missing.append(_("a resolution of the council or the assembly (write it in at the meeting, then choose it here)"))
    elif not decides(resolution, expulsion):
        missing.append(_("a resolution of the council or the assembly that passed after the charges were notified (this one is not)"))
    return missing


def decides(resolution: Resolution, expulsion: Expulsion | None) -> bool:
    """Whether a resolution can expel: of the right body, passed, and not older than the charges."""
    by_whom = resolution.meeting.assembly in (Assembly.COUNCIL, Assembly.MEMBERS)
    since = expulsion is None or resolution.resolved_at.astimezone(clock.SHANGHAI).date() >= expulsion.charged_on
    return by_whom and resolution.passed and since
