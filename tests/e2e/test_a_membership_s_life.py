"""Every event of a membership in the browser, with its letter, its paper and its line in the history. `PORTAL_SHOTS` names a folder for pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from alliance import clock
from alliance.accounts.choices import Office
from alliance.documents.models import Paper
from alliance.history.models import Event
from alliance.letters.models import Letter
from members.models import Certificate, Expulsion, MemberUnit, Sanction, Succession, Suspension
from tests import factories
from tests.members import lives

if TYPE_CHECKING:
    from django.db.models import Model

    from tests.e2e.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def officer(account, visitor) -> Visitor:
    person = visitor()
    person.becomes(account("李范二", Office.OFFICER))
    return person


@pytest.fixture
def secretary(account, visitor) -> Visitor:
    person = visitor()
    person.becomes(account("王例三", Office.SECRETARY))
    return person


def member(**changes) -> MemberUnit:
    """A unit that somebody acts for, and that has belonged for long."""
    return factories.unit(factories.user("周例七"), admitted_on=clock.today() - timedelta(days=800), **changes)


def page(thing: Model) -> str:
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"


def take(person: Visitor, unit: MemberUnit, step: str, typed: dict[str, object]) -> None:
    """A step from the unit's page, through its form, back to the page."""
    person.opens(page(unit))
    person.takes(step)
    person.fills(typed)
    person.confirms()


def make_paper(person: Visitor, thing: Model, kind: str) -> None:
    person.opens(page(thing))
    person.goes(person.page.locator(f"button[name=_paper][value={kind}]"))
    assert Paper.objects.about(thing).filter(kind=kind).exists()


def happened(unit: MemberUnit, step: str, letter: str) -> None:
    """It stands in the history, and the unit was told."""
    assert Event.objects.of(unit).steps(step).exists()
    assert Letter.objects.filter(template=letter, recipient=unit.organisation.colleagues.get().user).exists()


def test_every_event_of_a_membership_has_its_paper_letter_and_history(officer, secretary):
    today, unit = f"{clock.today():%Y-%m-%d}", member()
    factories.certificate(factories.user("吴演九", Office.OFFICER), unit)
    letter = {"notice_on": today, "reason": "工作调动"}

    take(officer, unit, "change_representative", {"name": "郑示八", "post": "副总经理"} | letter)
    happened(unit, "change_representative", "representative_changed")
    take(officer, unit, "rename", {"name": "深圳演示新名称有限公司"} | letter)
    happened(unit, "rename", "renamed")
    officer.sees("郑示八", "曾用名")
    officer.stops_at("life-1-unit")
    make_paper(officer, unit.changes.get(kind="name"), "change_notice")
    make_paper(officer, Certificate.objects.get(unit=unit, ended_on=None), "certificate")

    take(officer, unit, "sanction", {"kind": "warning", "reason": "缺席"})
    happened(unit, "sanction", "sanctioned")
    make_paper(officer, Sanction.objects.get(), "sanction_decision")
    take(officer, unit, "suspend", {"reason": "缺席"})
    happened(unit, "suspend", "membership_suspended")
    make_paper(officer, Suspension.objects.get(), "suspension_notice")
    officer.opens(page(unit))
    officer.takes("reinstate")
    happened(unit, "reinstate", "membership_reinstated")

    merge_and_undo(officer, unit, member())
    expel(officer, secretary, unit)

    for who, step, typed, letter_, paper in (
        (officer, "resign", {"reason": "业务调整", "notice_on": today}, "membership_resigned", "exit_confirmation"),
        (officer, "deem_resigned", {"reason": "长期无活动"}, "membership_lapsed", "exit_confirmation"),
        (secretary, "terminate", {"ground": "revoked", "reason": "吊销"}, "membership_terminated", "termination_decision"),
    ):
        leaving = member()
        take(who, leaving, step, typed)
        happened(leaving, step, letter_)
        make_paper(who, leaving, paper)


def merge_and_undo(officer: Visitor, unit: MemberUnit, successor: MemberUnit) -> None:
    """Two holders of seats are not merged, and the page says which and what to do; then it is merged, made a paper of, and undone."""
    by = factories.user("孙范六", Office.SECRETARY)
    seats = [factories.seated(each, by=by, tier=3, direction="icv") for each in (unit, successor)]
    typed = {"successor": successor.number, "on": f"{clock.today():%Y-%m-%d}", "document": "核准通知书"}
    take(officer, unit, "merge", typed)
    officer.sees("两个单位均在本届理事会任职", successor.organisation.name, "退出席位", "核准通知书")
    officer.stops_at("life-2-two-seats")
    officer.opens(page(seats[1]))
    officer.follows("退出席位")
    officer.fills({"reason": "拟合并"})
    officer.confirms()
    take(officer, unit, "merge", typed)
    happened(unit, "merge", "went_into")
    make_paper(officer, Succession.objects.get(), "succession_notice")
    officer.opens("/admin/council/unittenure/?waits=settle")
    officer.opens(page(seats[0]))
    officer.follows("席位承继")
    officer.stops_at("life-3-hand-on")
    officer.confirms()
    take(officer, unit, "undo_succession", {"reason": "登记错误"})
    officer.sees("请先在该任期的页面退回席位")
    officer.opens(page(successor.tenures.get(ended_on=None)))
    officer.follows("退回席位")
    officer.confirms()
    officer.opens(page(successor))
    officer.sees(unit.number)
    officer.stops_at("life-4-successor")
    take(officer, unit, "undo_succession", {"reason": "登记错误"})
    happened(unit, "undo_succession", "succession_undone")
    assert MemberUnit.objects.get(pk=unit.pk).state == "active"


def expel(officer: Visitor, secretary: Visitor, unit: MemberUnit) -> None:
    """Refused as long as a paper is missing, with the way to each; then the whole procedure."""
    take(secretary, unit, "expel", {})
    secretary.sees("除名手续不全", "告知拟除名事由", "记录申辩", "决议")
    secretary.stops_at("life-5-expulsion-refused")
    take(officer, unit, "charge", {"charges": "连续三年未参加活动", "defend_by": f"{clock.today() + timedelta(days=14):%Y-%m-%d}"})
    happened(unit, "charge", "charged")
    expulsion = Expulsion.objects.get()
    make_paper(officer, expulsion, "expulsion_notice")
    take(officer, unit, "hear_defence", {"way": "spoken", "words": "人员变动所致"})
    happened(unit, "hear_defence", "defence_noted")
    take(secretary, unit, "expel", {"resolution": lives.resolution().pk})
    happened(unit, "expel", "expelled")
    make_paper(officer, expulsion, "expulsion_decision")
    officer.stops_at("life-6-expulsion")
