"""The register: all that it says of every unit, today and as it stood on any day."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alliance import clock
from alliance.accounts.models import SavedView
from alliance.exchange import table
from alliance.exchange.models import Export
from alliance.workflow import Refused
from members import workflow
from members.choices import BodyKind
from members.models import Body, BodyTenure, MemberUnit
from members.register import entries
from members.resources import Roll
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/members/memberunit/"
EXPORT = "/admin/members/memberunit/export/"
MORNING, EVENING = timedelta(hours=9), timedelta(hours=20)


@pytest.fixture
def desk(client, people):
    client.force_login(people.officer)
    return client


def page(desk, query: str = "") -> str:
    answer = desk.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def names(desk, query: str = "") -> list[str]:
    return [unit.organisation.name for unit in desk.get(f"{LIST}{query}").context["cl"].result_list]


def lines(answer) -> list[dict[str, str]]:
    read = table.read(SimpleUploadedFile("a.xlsx", answer.content))
    return [dict(zip(read.heads, texts, strict=False)) for _row, texts in read.lines]


def body(kind: BodyKind = BodyKind.WORKING_GROUP, name: str = "路线图工作组") -> Body:
    return Body.objects.create(kind=kind, name=name, region="440100" if kind == BodyKind.BRANCH else "")


# ── today ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_says_all_that_the_register_knows_of_a_unit(people):
    factories.certify()
    unit = factories.listed(people.member, name="深圳演示甲有限公司", chain_position=["upstream", "midstream"])
    factories.seated(unit, by=people.secretary)
    workflow.issue_certificate(unit, by=people.officer)
    group = BodyTenure.objects.create(body=body(), unit=unit, begins_on=clock.today())
    workflow.rename(unit, by=people.officer, name="深圳演示乙有限公司", notice_on=clock.today(), reason="换发执照")
    entry = entries([unit.pk])[unit.pk]
    assert (entry.says.name, entry.former_names) == ("深圳演示乙有限公司", ["深圳演示甲有限公司"])
    assert (entry.representative.name, entry.unit.state, entry.seats) == (people.member.name, "active", [group])
    assert entry.post.seat.tier == 1
    assert entry.certificate == unit.certificates.running().get()
    assert entry.certificate.name == "深圳演示乙有限公司"


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("岭曜", True),
        ("szly", True),
        ("嶺曜", True),
        ("旧名", True),
        ("郑示六", True),
        ("GBANEV-", True),
        ("440101", True),
        ("岭曜 郑示", True),
        ("岭曜 王某", False),
        ("海外", False),
    ],
)
def test_a_unit_is_found_by_name_former_name_initials_number_and_representative(desk, people, typed, finds):
    unit = factories.listed(name="深圳旧名演示有限公司", admitted_on=clock.today() - timedelta(days=1))
    workflow.rename(unit, by=people.officer, name="深圳岭曜演示新能源有限公司", notice_on=clock.today(), reason="换发执照")
    found = names(desk, f"?q={typed}")
    assert ("深圳岭曜演示新能源有限公司" in found) == finds
    assert names(desk, f"?q={unit.number.replace('-', '').lower()}") == ["深圳岭曜演示新能源有限公司"]


def test_a_row_shows_former_names_posts_bodies_and_the_representative(desk, people):
    unit = factories.listed(name="深圳旧名演示有限公司")
    workflow.rename(unit, by=people.officer, name="深圳新名演示有限公司", notice_on=clock.today(), reason="换发执照")
    factories.seated(unit, by=people.secretary)
    BodyTenure.objects.create(body=body(), unit=unit, begins_on=clock.today())
    BodyTenure.objects.create(body=body(BodyKind.BRANCH, "云浮分支"), unit=unit, begins_on=clock.today())
    shown = page(desk, "?c=name&c=groups&c=branch&c=post&c=representative")
    for word in ("曾用名：深圳旧名演示有限公司", "路线图工作组", "云浮分支", "理事长单位", "郑示六"):
        assert word in shown


@pytest.mark.parametrize("query", ["", "?on=2024-01-05", "?q=演示", "?c=name&c=groups&c=branch&c=certificate&c=scale"])
def test_the_list_takes_as_many_statements_for_thirty_as_for_one(desk, people, django_assert_max_num_queries, query):
    group, taken = body(), []
    for more, count in ((1, 1), (2, 3), (27, 30)):
        with clock.at(clock.midnight(clock.today().replace(year=2024, month=1, day=2))):
            for _n in range(more):
                unit = factories.listed()
                factories.certificate(people.officer, unit)
                BodyTenure.objects.create(body=group, unit=unit, begins_on=clock.today())
                unit.organisation.former_names.create(name="演示旧名", until=clock.today())
        with django_assert_max_num_queries(20 if "on=" in query else 12) as seen:
            answer = desk.get(f"{LIST}{query}")
        assert len(answer.context["cl"].result_list) == count
        taken.append(len(seen))
    assert len(set(taken)) == 1, taken


def test_everybody_keeps_columns_and_views_of_their_own(desk, people, client):
    factories.listed(name="深圳演示甲有限公司", scale="small")
    usual = page(desk)
    assert "column-scale" not in usual
    kept = desk.post(LIST, {"keep_view": "1", "query": "", "c": ["name", "scale"], "name": ""}, follow=True).content.decode()
    assert "column-scale" in kept
    assert "column-scale" in page(desk)
    assert "column-direction" not in page(desk)
    desk.post(LIST, {"keep_view": "1", "query": "state__exact=active&p=2", "c": ["name", "region"], "name": "在册"})
    view = SavedView.objects.get(user=people.officer, name="在册")
    assert (view.query, view.columns) == ("state__exact=active&c=number&c=name&c=region", ["number", "name", "region"])
    assert "在册" in page(desk)
    assert "column-region" in page(desk, f"?{view.query}")
    desk.post(LIST, {"keep_view": "1", "query": "", "name": "在册", "forget": "1"})
    assert not SavedView.objects.filter(name="在册").exists()
    client.force_login(people.clerk)
    assert "column-scale" not in page(client)


# ── any day ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_the_register_as_it_stood_on_a_day(desk, people):
    first = clock.today() - timedelta(days=3)
    with clock.at(clock.midnight(first) + MORNING):
        unit = factories.listed(name="深圳旧名演示有限公司", admitted_on=first)
    with clock.at(clock.midnight(first + timedelta(days=1)) + MORNING):
        workflow.rename(unit, by=people.officer, name="深圳新名演示有限公司", notice_on=clock.today(), reason="换发执照")
        workflow.suspend(unit, by=people.officer, reason="缺席")
    with clock.at(clock.midnight(first + timedelta(days=2)) + MORNING):
        workflow.resign(unit, by=people.officer, reason="业务调整")
    then = page(desk, f"?on={first}&q=GBANEV")
    assert "深圳旧名演示有限公司" in then
    assert "深圳新名演示有限公司" not in then
    after = page(desk, f"?on={first + timedelta(days=1)}")
    assert "深圳新名演示有限公司" in after
    assert "暂停" in after
    assert unit.pk not in {each.pk for each in desk.get(f"{LIST}?on={first + timedelta(days=2)}").context["cl"].result_list}


@pytest.mark.parametrize("typed", ["2999-01-01", "2026-13-45", "x", "%00"])
def test_a_day_that_is_none_of_the_past_is_said_and_today_is_shown(desk, typed):
    factories.listed(name="深圳演示甲有限公司")
    shown = page(desk, f"?on={typed}")
    assert "不是过去的日期" in shown
    assert "深圳演示甲有限公司" in shown


def test_what_leaves_is_the_register_of_the_day_that_is_seen(desk, people):
    first = clock.today() - timedelta(days=3)
    with clock.at(clock.midnight(first) + MORNING):
        unit = factories.listed(name="深圳旧名演示有限公司", admitted_on=first)
    workflow.rename(unit, by=people.officer, name="深圳新名演示有限公司", notice_on=clock.today(), reason="换发执照")
    answer = desk.post(f"{EXPORT}?on={first}&q=旧名", {"version": "public", "form": "xlsx", "extent": "whole"})
    (line,) = lines(answer)
    assert (line["单位名称"], line["曾用名"], line["会员状态"]) == ("深圳旧名演示有限公司", "", "在会")
    note = Export.objects.get()
    assert (note.on, note.file_name) == (first, f"会员名册_{first:%Y%m%d}.xlsx")
    assert list(line) == [head for head in (*Roll.columns, *Roll.more) if head not in Roll.personal]
    usual = lines(desk.post(EXPORT, {"version": "public", "form": "xlsx"}))
    assert list(usual[0]) == list(Roll.columns)
    assert usual[0]["单位名称"] == "深圳新名演示有限公司"


def rows_of(day=None) -> list[dict[str, str]]:
    """The export of the whole register: of today, or of a day."""
    units = MemberUnit.objects.running() if day is None else MemberUnit.objects.registered_on(day)
    return Roll(day).rows(list(units.order_by("number").values_list("pk", flat=True)), 1)


class Chronicle:
    """What an office may do to its register on a day, at random."""

    def __init__(self, people, seed: int) -> None:
        self.people, self.rng, self.n = people, Random(seed), seed * 1000
        self.groups = [body(name=f"第{n}工作组") for n in (1, 2)]

    def act(self) -> None:
        """One thing of those that are possible, to one unit of those that belong."""
        units = list(MemberUnit.objects.running().select_related("organisation"))
        self.n += 1
        if len(units) < 3:
            factories.listed(name=f"深圳演示{self.n}号有限公司")
            return
        unit, other = self.rng.sample(units, 2)
        with suppress(Refused):
            self.rng.choice([self.rename, self.represent, self.suspend, self.join, self.certify, self.leave, self.merge, self.undo])(
                unit, other
            )

    def letter(self) -> dict[str, object]:
        return {"by": self.people.officer, "notice_on": clock.today(), "reason": "来函"}

    def rename(self, unit, _other) -> None:
        workflow.rename(unit, name=f"深圳演示更名{self.n}有限公司", **self.letter())

    def represent(self, unit, _other) -> None:
        workflow.change_representative(unit, name=f"吴演{self.n}", post="总经理", **self.letter())

    def suspend(self, unit, _other) -> None:
        step = workflow.reinstate if unit.state == "suspended" else workflow.suspend
        step(unit, by=self.people.officer, **({} if unit.state == "suspended" else {"reason": "缺席"}))

    def join(self, unit, _other) -> None:
        group = self.rng.choice(self.groups)
        held = unit.body_tenures.running().filter(body=group).first()
        if held:
            held.ended_on = clock.today()
            held.save()
        else:
            BodyTenure.objects.create(body=group, unit=unit, begins_on=clock.today())

    def certify(self, unit, _other) -> None:
        if unit.certificates.running().exists():
            workflow.replace_certificate(unit, by=self.people.officer, reason="污损")
        else:
            workflow.issue_certificate(unit, by=self.people.officer)

    def leave(self, unit, _other) -> None:
        workflow.resign(unit, by=self.people.officer, reason="业务调整")

    def merge(self, unit, other) -> None:
        workflow.merge(unit, by=self.people.officer, successor=other, on=clock.today(), document="核准通知书")

    def undo(self, _unit, _other) -> None:
        gone = MemberUnit.objects.filter(went_into__undone_at=None).exclude(went_into=None).order_by("-pk").first()
        if gone:
            for step in (workflow.undo_succession, workflow.undo_succession_of_suspended):
                with suppress(Refused):
                    step(gone, by=self.people.officer, reason="登记错误")


@pytest.mark.parametrize("seed", range(4))
def test_the_register_of_any_past_day_equals_the_export_kept_from_it(people, seed):
    """Random histories: every evening the export is kept; in the end each day is asked for again, after all that was registered since."""
    factories.certify()
    first, kept = clock.today() - timedelta(days=12), {}
    with clock.at(clock.midnight(first) + MORNING):
        chronicle = Chronicle(people, seed)
        for unit in [factories.listed(name=f"深圳演示{n}有限公司", admitted_on=first) for n in range(4)]:
            workflow.issue_certificate(unit, by=people.officer)
    for n in range(11):
        day = first + timedelta(days=n)
        for hour in (10, 12, 15):
            with clock.at(clock.midnight(day) + timedelta(hours=hour)):
                chronicle.act()
        with clock.at(clock.midnight(day) + EVENING):
            kept[day] = rows_of()
    assert {day: rows_of(day) for day in kept} == kept
    assert len({str(rows) for rows in kept.values()}) > 5
