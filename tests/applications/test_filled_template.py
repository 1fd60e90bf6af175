"""The template filled in with Excel: a draft with what could be read, and a list of what could not."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alliance import clock
from alliance.demo.codes import uscc
from alliance.sheets import Sheet, read, write
from applications.models import Application
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db
NUMBER = uscc("91", "440300", 77)
ANSWERS = {
    "name": "深圳演示新能源科技有限公司",
    "jurisdiction": "内地",
    "reg_no": NUMBER.lower(),
    "unit_type": "企业",
    "legal_form": "法人",
    "ownership": "民营",
    "founded_on": "2012-05-30",
    "registered_capital": "5000",
    "region": "深圳",
    "chain_position": "上游、中游",
    "specialities": "纯电动汽车，其他",
    "main_direction": "电动",
    "cap_research": "=设有研发中心",
}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def book(client, answers: dict, *, keys: bool = True) -> SimpleUploadedFile:
    """The template as the portal gives it, filled in."""
    (template := BytesIO()).write(client.get("/applications/template.xlsx").content)
    rows = read(template_path(template))
    filled = [[*row[:2], answers.get(row[4], row[2]), row[3], row[4] if keys else ""] if len(row) > 4 else row for row in rows]
    content = write([Sheet("申请表", filled)], moment=clock.now())
    return SimpleUploadedFile("入会申请表.xlsx", content)


def template_path(content: BytesIO):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkstemp(suffix=".xlsx")[1])
    path.write_bytes(content.getvalue())
    return path


def upload(client, answers: dict, **options):
    return client.post("/applications/filled/", {"filled": book(client, answers, **options)})


def unread(answer) -> list[tuple[str, str]]:
    return [(each.label, str(each.why)) for each in answer.context["unread"]]


def test_anybody_gets_the_template_and_nothing_in_it_runs(client):
    answer = client.get("/applications/template.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = read(template_path(BytesIO(answer.content)))
    assert rows[0][:4] == ["项目", "必填", "请在此列填写", "说明"]
    assert [row[:2] for row in rows if row[4:] == ["name"]] == [["单位名称（全称）", "必填"]]


@pytest.mark.parametrize("keys", [True, False])
def test_a_filled_template_becomes_a_draft(keys, client, people):
    client.force_login(people.applicant)
    answer = upload(client, ANSWERS, keys=keys)
    draft = Application.objects.get(applicant=people.applicant)
    assert (answer.status_code, unread(answer), answer.context["taken"]) == (200, [], len(ANSWERS) - 2)
    assert (draft.name, draft.reg_no, draft.unit_type, draft.region, str(draft.founded_on)) == (
        ANSWERS["name"],
        NUMBER,
        "enterprise",
        "440300",
        "2012-05-30",
    )
    assert (draft.chain_position, draft.specialities, draft.cap_research) == (
        ["upstream", "midstream"],
        ["battery", "other"],
        "=设有研发中心",
    )
    assert (draft.state, draft.writers.get().role) == ("draft", "owns")


def test_what_could_not_be_read_is_listed_row_by_row_and_nothing_else_is_lost(client, people):
    client.force_login(people.applicant)
    wrong = {
        "founded_on": "去年",
        "unit_type": "工厂",
        "registered_capital": "五千",
        "chain_position": "上游、外面",
        "contact_email": "liaison",
    }
    answer = upload(client, ANSWERS | wrong)
    assert [label for label, _why in unread(answer)] == ["单位类型", "成立日期", "注册资本", "联络员：邮箱", "产业链位置"]
    assert all(re.search(r"[一-鿿]", why) for _label, why in unread(answer))
    assert all(typed in answer.content.decode() for typed in wrong.values())
    draft = Application.objects.get()
    assert (draft.name, draft.founded_on, draft.region) == (ANSWERS["name"], None, "440300")


def test_without_a_number_that_can_be_one_there_is_no_draft(client, people):
    client.force_login(people.applicant)
    for number in ("", "91440300XX0000019A"):
        answer = upload(client, ANSWERS | {"reg_no": number})
        assert (answer.status_code, [label for label, _why in unread(answer)]) == (422, ["登记号码"])
    assert not Application.objects.exists()


def test_the_same_number_opens_the_same_draft_and_keeps_what_is_there(client, people):
    client.force_login(people.applicant)
    upload(client, ANSWERS)
    answer = upload(client, ANSWERS | {"name": "别的名称有限公司", "short_name": "演示"})
    draft = Application.objects.get()
    assert (draft.name, draft.short_name) == (ANSWERS["name"], "演示")
    assert [(each["label"], each["here"], each["typed"]) for each in answer.context["kept"]] == [
        ("单位名称（全称）", ANSWERS["name"], "别的名称有限公司")
    ]


def test_a_stranger_s_draft_under_the_number_stays_as_it_is(client, people):
    other = factories.draft(by=people.stranger, reg_no=NUMBER)
    client.force_login(people.applicant)
    upload(client, ANSWERS)
    other.refresh_from_db()
    assert other.name != ANSWERS["name"]
    assert Application.objects.filter(reg_no=NUMBER).count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", hostile.pdf() if hasattr(hostile, "pdf") else b"%PDF-1.4"), ("a.xlsx", b"PK\x03\x04"), ("a.xlsx", b""), ("a.csv", b"a,b")],
)
def test_anything_but_a_workbook_is_refused_at_its_field(name, content, client, people):
    client.force_login(people.applicant)
    answer = client.post("/applications/filled/", {"filled": SimpleUploadedFile(name, content)})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["filled"])


def test_nothing_uploaded_is_said_so(client, people):
    client.force_login(people.applicant)
    assert client.post("/applications/filled/").status_code == 422


ODD = ["\u202etxt", "字" * 5000, "𬭬喆", "🚗", "e\u0301", "=1+1", "1e309", "-1", "9" * 40, "2012-13-45"]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_text_in_every_cell_is_kept_or_listed(text, client, people):
    client.force_login(people.applicant)
    rows = [row[4] for row in read(template_path(BytesIO(client.get("/applications/template.xlsx").content))) if len(row) > 4 and row[4]]
    answer = upload(client, dict.fromkeys(rows, text) | {"jurisdiction": "内地", "reg_no": NUMBER})
    assert answer.status_code == 200
    assert answer.context["taken"] + len(answer.context["unread"]) >= len(rows) - 2


def test_reading_the_template_twice_a_day_later_gives_the_day(client):
    first = client.get("/applications/template.xlsx").content
    with clock.at(clock.now() + timedelta(days=1)):
        assert client.get("/applications/template.xlsx").content != first
