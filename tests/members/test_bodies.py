"""Bodies: who sits in them on which day, how a tenure ends, letters of appointment, and what the public page shows."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.documents.making import make, open_kinds
from alliance.sheets.reading import read
from alliance.workflow import Refused
from members import workflow
from members.models import Body, BodyTenure, MemberUnit
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def group() -> Body:
    return Body.objects.create(
        kind="working_group", name="演示标准工作组", name_en="Demo Standards Group", tasks="联合研制标准。", is_public=True
    )


def test_what_a_body_is_called_and_does_is_said_in_the_reader_s_language_as_far_as_it_is_written(group):
    council = Body.objects.get(kind="council")
    said = {}
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            said[language] = (str(council), council.does, str(group), group.does)
    assert said == {
        "zh-hans": ("理事会", "联盟最高权力和决策机构。", "演示标准工作组", "联合研制标准。"),
        "zh-hant": ("理事會", "聯盟最高權力和決策機構。", "演示标准工作组", "联合研制标准。"),
        "en": ("Council", "The alliance's highest body, which decides.", "Demo Standards Group", "联合研制标准。"),
    }


def test_the_list_counts_who_sits_and_leads_to_the_seats_of_the_council(people, group):
    factories.tenure(group, unit=people.units["member"], post="member")
    page = client_of(people.clerk).get(reverse("admin:members_body_changelist"))
    shown = {body.name: page.context["cl"].model_admin.holders(body) for body in page.context["cl"].result_list}
    assert (shown["演示标准工作组"], reverse("admin:council_seat_changelist") in shown["理事会"]) == (1, True)


# ── Tenures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_tenure_ends_with_its_day_and_reason_and_the_post_is_free(people):
    tenure = factories.tenure(begins_on=clock.today() - 9 * DAY)
    for day in (tenure.begins_on - DAY, clock.today() + DAY):
        with pytest.raises(Refused):
            workflow.end_tenure(tenure, by=people.officer, ended_on=day, end_reason="x")
    page = reverse("admin:members_bodytenure_step", args=["end_tenure"]) + f"?ids={tenure.pk}"
    client_of(people.officer).post(page, {"ended_on": (clock.today() - DAY).isoformat(), "end_reason": "工作调动"})
    tenure.refresh_from_db()
    assert (tenure.ended_on, tenure.end_reason, tenure.state) == (clock.today() - DAY, "工作调动", "ended")
    assert factories.tenure().state == "in_office"


def test_who_leaves_the_alliance_sits_in_no_body_from_that_day(people, group):
    unit = people.units["member"]
    MemberUnit.objects.filter(pk=unit.pk).update(admitted_on=clock.today() - 9 * DAY)
    tenure = factories.tenure(group, unit=unit, post="member", begins_on=clock.today() - 9 * DAY)
    workflow.resign(MemberUnit.objects.get(pk=unit.pk), by=people.officer, reason="业务调整")
    days = [day for day in (-10, -9, -1, 0, 1) if BodyTenure.objects.on_date(clock.today() + day * DAY).filter(pk=tenure.pk).exists()]
    assert days == [-9, -1]


def test_the_list_tells_who_held_posts_on_a_day_and_leaves_as_it_is_seen(people, group, tmp_path):
    now = factories.tenure(begins_on=clock.today() - 5 * DAY)
    factories.tenure(
        group, unit=people.units["member"], person="王例三", begins_on=clock.today() - 9 * DAY, ended_on=clock.today() - 5 * DAY
    )
    officer, list_ = client_of(people.officer), reverse("admin:members_bodytenure_changelist")
    on = {days: officer.get(list_, {"on": (clock.today() - days * DAY).isoformat()}).context["cl"].result_count for days in (0, 6, 10)}
    assert on == {0: 1, 6: 1, 10: 0}
    assert officer.get(list_, {"on": "no day"}).context["cl"].result_count == 2
    typed = {"version": "internal", "form": "xlsx"}
    answer = officer.post(reverse("admin:members_bodytenure_export") + f"?on={clock.today()}", typed)
    (tmp_path / "h.xlsx").write_bytes(answer.content)
    rows = read(tmp_path / "h.xlsx")
    assert [row[1:6] for row in rows[1:]] == [["专家委员会", "专家委员会", "主任委员", "演示大学", now.expert.name]]


@pytest.mark.parametrize("page", ["bodytenure", "body"])
def test_the_lists_ask_as_often_for_three_rows_as_for_thirty(people, page):
    officer, asked = client_of(people.officer), []
    for count in (1, 3, 30):
        while BodyTenure.objects.count() < count:
            body = Body.objects.create(kind="working_group", name=f"演示工作组{BodyTenure.objects.count()}")
            factories.tenure(body, unit=factories.unit())
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse(f"admin:members_{page}_changelist")).status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_an_end_that_is_written_in_asks_why(people, group):
    tenure = factories.tenure(group, unit=people.units["member"])
    page = reverse("admin:members_body_change", args=[group.pk])
    typed = {"name": group.name, "tasks": "x", "tenures-TOTAL_FORMS": 1, "tenures-INITIAL_FORMS": 1, "tenures-0-id": tenure.pk}
    row = {"body": group.pk, "post": "head", "unit": tenure.unit_id, "begins_on": tenure.begins_on, "ended_on": clock.today()}
    typed |= {f"tenures-0-{name}": value for name, value in row.items()}
    assert client_of(people.officer).post(page, typed).status_code == 200
    assert client_of(people.officer).post(page, typed | {"tenures-0-end_reason": "轮换"}).status_code == 302
    tenure.refresh_from_db()
    assert tenure.end_reason == "轮换"


# ── Letters of appointment ───────────────────────────────────────────────────────────────────────────────────────────


def text(paper) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(bytes(paper.content))).pages).split())


def test_experts_and_whoever_leads_are_appointed_by_letter_under_a_number_of_its_own(people, group):
    expert = factories.tenure(expert=people.expert.expert, post="member")
    head = factories.tenure(group, unit=people.units["member"], person="王例三")
    general = factories.tenure(Body.objects.get(kind="secretariat"), person="赵演四", post="secretary_general")
    made = [make(KINDS["appointment"], each, by=people.officer) for each in (expert, head, general)]
    year = clock.today().year
    assert [paper.number for paper in made] == [f"湾新汽联聘字〔{year}〕第{n:04d}号" for n in (1, 2, 3)]
    said = [text(paper) for paper in made]
    assert "专家委员会委员" in said[0]
    assert people.expert.expert.name in said[0]
    assert all(
        words in said[1]
        for words in ("王例三", "演示标准工作组组长", "HeadoftheDemoStandardsGroup", people.units["member"].organisation.name)
    )
    assert all(words in said[2] for words in ("赵演四", "秘书处秘书长"))
    assert make(KINDS["appointment"], head, by=people.officer).number == made[1].number
    readers = {role for role in ("expert", "member", "council", "stranger") for paper in made[:1] if reads(getattr(people, role), paper)}
    assert readers == {"expert"}
    assert [reads(people.member, paper) for paper in made] == [False, True, False]


def reads(person, paper) -> bool:
    return client_of(person).get(paper.get_absolute_url()).status_code == 200


def test_a_host_a_plain_member_and_whoever_has_left_get_none(people, group):
    unit = people.units["member"]
    none = [
        factories.tenure(group, unit=unit, post="host"),
        factories.tenure(group, unit=unit, post="member", person="王例三"),
        factories.tenure(ended_on=clock.today()),
    ]
    assert [open_kinds(each, people.officer) for each in none] == [[], [], []]
    assert open_kinds(factories.tenure(), people.clerk) == []


# ── Public pages ─────────────────────────────────────────────────────────────────────────────────────────────────────


def page_of(body: Body, language: str = "zh-hans", **asked) -> str:
    client = Client()
    client.cookies["django_language"] = language
    return client.get(body.get_absolute_url(), asked).content.decode()


def test_a_body_is_shown_where_the_office_says_so(people, group):
    assert group.name in Client().get(reverse("bodies")).content.decode()
    page = page_of(group)
    assert all(said in page for said in (group.name, "联合研制标准。", "拟设"))
    assert "Demo Standards Group" in page_of(group, "en")
    Body.objects.filter(pk=group.pk).update(is_public=False)
    assert group.name not in Client().get(reverse("bodies")).content.decode()
    assert Client().get(group.get_absolute_url()).status_code == 404


def test_what_a_body_does_is_told_in_the_reader_s_language_as_far_as_it_is_written(people, group):
    listed = reverse("bodies")

    def told(language: str, *words: str) -> list[bool]:
        client = Client()
        client.cookies["django_language"] = language
        pages = [page_of(group, language), client.get(listed).content.decode()]
        return [all(word in page for page in pages) for word in words]

    assert told("en", "联合研制标准。") == told("zh-hant", "联合研制标准。") == [True]
    client = client_of(people.officer)
    change = reverse("admin:members_body_change", args=[group.pk])
    assert 'name="tasks_en"' in client.get(change).content.decode()
    Body.objects.filter(pk=group.pk).update(tasks_hant="聯合研製標準。", tasks_en="Writes standards jointly.")
    assert told("en", "Writes standards jointly.", "联合研制标准。") == [True, False]
    assert told("zh-hant", "聯合研製標準。", "联合研制标准。") == [True, False]
    assert told("zh-hans", "联合研制标准。", "Writes standards jointly.") == [True, False]


def test_units_are_named_and_persons_where_they_agreed(people, group):
    shy = factories.tenure(group, unit=people.units["member"], person="王例三")
    factories.tenure(group, unit=people.units["council"], post="host")
    factories.tenure(group, person="赵演四", post="member")
    factories.tenure(group, person="孙示五", post="member", consented_on=clock.today())
    page = page_of(group)
    assert all(
        said in page for said in (people.units["member"].organisation.name, people.units["council"].organisation.name, "孙示五", "另有1人")
    )
    assert [name for name in ("王例三", "赵演四") if name in page] == []
    assert "牵头单位" in page
    BodyTenure.objects.filter(pk=shy.pk).update(consented_on=clock.today())
    assert "王例三" in page_of(group)


def test_the_page_looks_back_to_a_day(people, group):
    begins, ended = clock.today() - 9 * DAY, clock.today() - 5 * DAY
    factories.tenure(group, unit=people.units["member"], begins_on=begins, ended_on=ended)
    name = people.units["member"].organisation.name
    days = [days for days in (0, 5, 6, 9, 10) if name in page_of(group, on=(clock.today() - days * DAY).isoformat())]
    assert days == [6, 9]
    assert [name in page_of(group, on=odd) for odd in ("", "2020-13-45", "x", "9999-12-31")] == [False] * 4


def test_the_council_s_page_leads_to_its_roster(people):
    council = Body.objects.get(kind="council")
    Body.objects.update(is_public=True)
    assert reverse("council:roster") in page_of(council)


@pytest.mark.parametrize("page", ["bodies", "body"])
def test_public_pages_ask_as_often_for_three_rows_as_for_thirty(people, group, page):
    asked = []
    for count in (1, 3, 30):
        while group.tenures.count() < count:
            factories.tenure(group, unit=factories.unit(), post="member")
            Body.objects.create(kind="working_group", name=f"演示工作组{group.tenures.count()}", is_public=True)
        with CaptureQueriesContext(connection) as queries:
            page_of(group) if page == "body" else Client().get(reverse("bodies"))
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


def test_an_expert_finds_their_tenure_among_what_is_held(people):
    factories.tenure(expert=people.expert.expert)
    page = client_of(people.expert).get(reverse("my_data")).content.decode()
    assert "主任委员" in page
