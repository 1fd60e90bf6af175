"""Rows of a membership's life to test with, made directly where the past does not matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from alliance import clock
from alliance.accounts.models import User
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from members.choices import Assembly
from members.models import (
    Change,
    Expulsion,
    FormerName,
    MemberUnit,
    Representative,
    Resignation,
    Resolution,
    Sanction,
    Succession,
    Suspension,
)
from tests import factories


def resolution(**changes: Any) -> Resolution:
    """One of the council that passed."""
    counts = {"eligible": 25, "present": 22, "in_favour": 20, "against": 1, "abstaining": 1}
    return Resolution.objects.create(meeting=factories.meeting(assembly=Assembly.COUNCIL), subject="审议除名事项", **counts | changes)


def charged(unit: MemberUnit, by: User | None = None, **changes: Any) -> Expulsion:
    """Charges that were notified; nothing more."""
    by = by or factories.user("李范二", "officer")
    said = {"charges": "连续三年未参加活动。", "defend_by": clock.today() + timedelta(days=14), "charged_by": by}
    return Expulsion.objects.create(unit=unit, **said | changes)


def defended(unit: MemberUnit, by: User | None = None, **changes: Any) -> Expulsion:
    """Charges with their paper, and a defence."""
    by = by or factories.user("李范二", "officer")
    made = charged(unit, by, **{"defence_way": "written", "defence": "人员变动所致。", "defended_on": clock.today()} | changes)
    make(KINDS["expulsion_notice"], made, by=by)
    return made


def succession(unit: MemberUnit, successor: MemberUnit | None = None, by: User | None = None, **changes: Any) -> Succession:
    said = {"kind": "merger", "on": clock.today(), "document": "核准通知书", "was": "active", "by": by or factories.user()}
    return Succession.objects.create(predecessor=unit, successor=successor or factories.unit(), **said | changes)


def everything(unit: MemberUnit, by: User) -> None:
    """One row of each kind, in the past."""
    day = clock.today() - timedelta(days=30)
    Suspension.objects.create(unit=unit, reason="缺席", begins_on=day, ended_on=day, by=by)
    Sanction.objects.create(unit=unit, kind="warning", reason="缺席", by=by)
    charged(unit, by, dropped_on=clock.today())
    Resignation.objects.create(unit=unit, effective_on=clock.today(), reason="业务调整", state="withdrawn", given_by=by)
    FormerName.objects.create(organisation=unit.organisation, name=f"旧{unit.organisation.name}", until=day)
    after = Representative.objects.create(unit=unit, name="张示一", since=day, until=day)
    Change.objects.create(unit=unit, kind="representative", representative=after, notice_on=day, by=by)
    succession(unit, by=by, undone_at=clock.now())
