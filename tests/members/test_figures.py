"""The alliance in figures: how it grew, what it is made of, on any day; and the office's own."""

from __future__ import annotations

import io
from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alliance.history.models import Event
from members.directory import figures
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown() -> None:
    """Five came in three months, two of them left."""
    for n, (came, left) in enumerate(
        [("2021-01-31", None), ("2021-01-31", "2021-02-01"), ("2021-02-28", None), ("2021-03-01", "2021-03-31"), ("2021-03-31", None)]
    ):
        fields = {"state": "resigned", "ended_on": date.fromisoformat(left)} if left else {}
        factories.listed(
            name=f"演示{n}",
            admitted_on=date.fromisoformat(came),
            unit_type="university" if n < 2 else "enterprise",
            region="440300",
            **fields,
        )


def rows(day: str) -> list[tuple[str, int, int, int]]:
    return [(each.word, each.came, each.left, each.total) for each in figures.growth(date.fromisoformat(day))]


def test_growth_counts_who_came_and_left_month_by_month_up_to_the_day(grown):
    assert rows("2021-03-31") == [("2021-01", 2, 0, 2), ("2021-02", 1, 1, 2), ("2021-03", 2, 1, 3)]
    assert rows("2021-02-01") == [("2021-01", 2, 0, 2), ("2021-02", 0, 1, 1)]
    assert rows("2021-01-30") == []


def test_many_months_are_told_as_years(grown):
    assert [row[0] for row in rows("2023-06-30")] == ["2021", "2022", "2023"]
    assert rows("2023-06-30")[0] == ("2021", 5, 2, 3)


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2021-01-31", {"高校": 2}),
        ("2021-02-01", {"高校": 1}),
        ("2021-03-01", {"高校": 1, "企业": 2}),
        ("2021-03-31", {"企业": 2, "高校": 1}),
    ],
)
def test_composition_is_of_who_belonged_on_the_day(day, kinds, grown):
    found = {
        chart.name: {str(bar.word): bar.count for bar in chart.bars} for chart in figures.charts(date.fromisoformat(day), is_today=False)
    }
    assert found["type"] == kinds
    assert sum(found["region"].values()) == rows(day)[-1][3]


def test_growth_and_composition_agree_on_every_day():
    rng, first = Random(864), date(2021, 1, 1)
    lives = [(rng.randrange(60), rng.choice([None, rng.randrange(60)])) for _each in range(20)]
    for came, stays in lives:
        fields = {"state": "resigned", "ended_on": first + timedelta(days=came + stays)} if stays is not None else {}
        factories.listed(admitted_on=first + timedelta(days=came), **fields)
    for asked in range(0, 130, 3):
        day = first + timedelta(days=asked)
        belong = sum(came <= asked and (stays is None or came + stays > asked) for came, stays in lives)
        periods = figures.growth(day)
        assert (periods[-1].total if periods else 0) == belong
        assert sum(bar.count for bar in figures.charts(day, is_today=False)[0].bars) == belong


@pytest.mark.parametrize("asked", ["2021-02-30", "x", "2999-01-01", "20210101x"])
def test_a_day_that_is_none_or_still_to_come_is_not_found(asked, client):
    assert client.get(reverse("members:figures"), {"on": asked}).status_code == 404
    assert client.get(reverse("members:figures_table"), {"on": asked}).status_code == 404


def test_the_figures_lead_to_the_directory_and_are_taken_away(client, grown):
    page = client.get(reverse("members:figures")).content.decode()
    assert 'href="/members/?type=enterprise"' in page
    past = client.get(reverse("members:figures"), {"on": "2021-02-01"}).content.decode()
    assert "截至2021年2月1日" in past
    assert "?type=" not in past
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(reverse("members:figures_table"), {"on": "2021-02-28"}).content))
    assert book.get_sheet_by_name("发展").to_python()[1:] == [["2021-01", 2, 0, 2], ["2021-02", 1, 1, 2]]
    assert ["单位类型", "企业", 1, 50.0] in [[row[0].strip(), *row[1:]] for row in book.get_sheet_by_name("构成").to_python()]


# ── The office's ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_office_sees_members_against_applications_and_what_is_missing(client, people):
    factories.application("submitted", unit_type="university")
    factories.application("rejected", unit_type="university")
    factories.draft(unit_type="institute")
    factories.listed()
    unit = factories.listed(name="深圳缺项演示有限公司", website="https://example.com/")
    client.force_login(people.officer)
    answer = client.get(reverse("admin:figures"))
    kinds = {
        pair.word: (pair.received, pair.members)
        for pair in next(each for each in answer.context["comparisons"] if each.title == "单位类型").pairs
    }
    assert kinds == {"高校": (2, 0), "企业": (0, 2)}
    gaps = {gap.field: (gap.empty, gap.of) for gap in answer.context["gaps"]}
    assert (gaps["网址"], gaps["单位类型"]) == ((1, 2), (0, 2))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.post(reverse("admin:figures_export")).content))
    lacking = {row[0]: row[3] for row in book.get_sheet_by_name("待补单位").to_python()[1:]}
    assert "网址" not in lacking[unit.number]
    assert "主营业务或者研究方向" in lacking[unit.number]
    assert Event.objects.filter(kind="facts.facts", step="export", actor=people.officer).exists()


@pytest.mark.parametrize("role", ["stranger", "member", "expert", "sysadmin", "security", "auditor"])
def test_the_office_s_figures_are_the_secretariat_s(role, client, people):
    client.force_login(getattr(people, role))
    assert client.get(reverse("admin:figures")).status_code in (302, 404)
    assert client.post(reverse("admin:figures_export")).status_code in (302, 404)


def test_taking_figures_away_is_a_post(client, people):
    client.force_login(people.officer)
    assert client.get(reverse("admin:figures_export")).status_code == 404


def test_a_branch_sees_its_own(client):
    factories.listed(region="440600")
    factories.listed(region="440300")
    client.force_login(factories.branch_staff("officer", "440600"))
    assert client.get(reverse("admin:figures")).context["gaps"][0].of == 1
