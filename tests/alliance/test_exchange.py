"""What leaves as a table: exactly what is seen, harmless to whoever opens it, written down; and to whom."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from unicodedata import normalize
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.exchange import outgoing, table, tasks
from alliance.exchange.models import Export, Import, Line
from alliance.history.models import Event
from alliance.jobs import working
from alliance.jobs.models import Job
from applications.choices import State
from applications.resources.summary import Summary
from tests import factories
from tests.alliance.test_sheets import FORMULAS

pytestmark = pytest.mark.django_db
LIST = "admin:applications_application_export"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def signed_in(people, role: str = "officer") -> Client:
    client = Client()
    client.force_login(getattr(people, role))
    return client


def exported(client: Client, query: str = "", version: str = "public", form: str = "xlsx", name: str = LIST):
    return client.post(reverse(name) + query, {"version": version, "form": form})


def lines(answer) -> list[dict[str, str]]:
    read = table.read(SimpleUploadedFile("a.xlsx", answer.content))
    return [dict(zip(read.heads, texts, strict=False)) for _row, texts in read.lines]


def test_the_summary_has_the_columns_of_the_office_and_exactly_what_is_seen(people):
    seen = factories.application(State.SCREENED, name="甲单位", main_direction="hydrogen")
    factories.application(State.SUBMITTED, name="乙单位")
    factories.review(people.officer, seen)
    answer = exported(signed_in(people), "?main_direction__exact=hydrogen&batch__id__exact=" + str(seen.batch_id))
    assert answer["Content-Disposition"].endswith(
        f"%E7%94%B3%E8%AF%B7%E6%B1%87%E6%80%BB%E8%A1%A8_%E7%AC%AC%E4%B8%80%E6%89%B9_{clock.today():%Y%m%d}.xlsx"
    )
    heads = [normalize("NFKC", head) for head in Summary.columns if head not in ("手机", "邮箱")]  # as `lines` reads them
    assert list(lines(answer)[0]) == heads
    line = lines(answer)[0]
    said = {
        "单位名称": "甲单位",
        "批次": "第一批",
        "主方向": "氢燃料",
        "专家平均分": "4",
        "状态": "初审通过",
        "联络员": "王例三",
        "统一社会信用代码/登记号": seen.reg_no,
    }
    assert len(lines(answer)) == 1
    assert {head: line[head] for head in said} == said


def test_a_sheet_keeps_its_head_in_sight_and_prints_on_a4_across(people):
    factories.application(State.SUBMITTED)
    with zipfile.ZipFile(io.BytesIO(exported(signed_in(people)).content)) as package:
        sheet, book = package.read("xl/worksheets/sheet1.xml").decode(), package.read("xl/workbook.xml").decode()
    assert 'ySplit="1"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert "_xlnm.Print_Titles" in book


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_spreadsheet_never_runs_what_an_applicant_typed(typed, people):
    factories.application(State.SUBMITTED, name=typed)
    client = signed_in(people)
    with zipfile.ZipFile(io.BytesIO(exported(client).content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    content = exported(client, form="csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1]
    name = cells[3]
    assert not name.startswith(("=", "+", "-", "@", "\t"))
    assert name in (typed, f"'{typed}")


def test_mobile_numbers_and_addresses_leave_in_the_internal_version_only_and_not_with_a_clerk(people):
    factories.application(State.SUBMITTED, contact_phone="0755-0000 0002")
    officer, clerk = signed_in(people), signed_in(people, "clerk")
    assert "手机" not in lines(exported(officer))[0]
    assert lines(exported(officer, version="internal"))[0]["手机"] == "0755-0000 0002"
    refused = exported(clerk, version="internal")
    assert refused.status_code == 422
    assert Export.objects.count() == 2
    assert list(Export.objects.order_by("id").values_list("is_internal", "count")) == [(False, 1), (True, 1)]


def test_personal_data_leave_after_the_password_was_given_once_in_fifteen_minutes(people):
    """Whoever is asked comes back to what they wanted; without personal data nobody is asked."""
    factories.application(State.SUBMITTED, contact_phone="0755-0000 0002")
    people.officer.set_password("a long pass phrase")
    people.officer.save()
    officer = signed_in(people)
    assert exported(officer).status_code == 200
    asked = exported(officer, version="internal")
    assert asked.url == f"{reverse('account_reauthenticate')}?next={quote(reverse(LIST), safe='')}"
    assert not Export.objects.filter(is_internal=True).exists()
    assert officer.post(asked.url, {"password": "wrong", "next": reverse(LIST)}).status_code == 200
    resumed = officer.post(asked.url, {"password": "a long pass phrase", "next": reverse(LIST)})
    assert lines(resumed)[0]["手机"] == "0755-0000 0002"
    assert exported(officer, version="internal").status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert exported(officer, version="internal").status_code == 302


def test_of_a_narrowed_list_what_was_chosen_is_still_chosen_after_the_password(people):
    factories.application(State.SUBMITTED)
    people.officer.set_password("a long pass phrase")
    people.officer.save()
    officer = signed_in(people)
    asked = exported(officer, "?state__exact=submitted", version="internal", form="csv")
    back = officer.post(asked.url, {"password": "a long pass phrase", "next": f"{reverse(LIST)}?state__exact=submitted"})
    form = officer.get(back.url).context["form"]
    assert {name: form[name].value() for name in ("version", "form")} == {"version": "internal", "form": "csv"}
    assert {name: officer.get(back.url).context["form"][name].value() for name in form.fields} == {"version": "public", "form": "xlsx"}


def test_every_export_is_in_the_history_with_who_what_and_how_many(people):
    factories.application(State.SUBMITTED)
    exported(signed_in(people, "clerk"), form="csv")
    event = Event.objects.get(step="export")
    assert (event.kind, event.actor) == ("exchange.export", people.clerk)
    assert event.details == {"sheet": "applications", "rows": 1, "internal": False, "form": "csv"}
    assert "导出表格" in signed_in(people, "auditor").get(reverse("admin:history_event_changelist")).content.decode()


def test_a_long_export_is_long_work_and_waits_a_day_for_whoever_asked(people, monkeypatch):
    monkeypatch.setattr(outgoing, "IN_ONE_REQUEST", 3)
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    for _ in range(5):
        factories.application(State.SUBMITTED)
    answer = exported(signed_in(people))
    job = Job.objects.get()
    assert (answer.status_code, answer.url, job.total) == (302, job.get_absolute_url(), 3)
    working.work_on(job.pk)
    note = Export.objects.get()
    assert (note.things, note.rows) == ([], [])
    file = reverse("admin:exchange_export_file", args=[note.pk])
    numbers = [line["序号"] for line in lines(signed_in(people).get(file))]
    assert numbers == ["1", "2", "3", "4", "5"]
    assert signed_in(people, "secretary").get(file).status_code == 404
    assert "下载文件" in signed_in(people).get(reverse("admin:exchange_export_change", args=[note.pk])).content.decode()
    Export.objects.update(at=clock.now() - tasks.KEPT * 2)
    tasks.forget()
    assert signed_in(people).get(file).status_code == 404


def test_what_nobody_took_over_is_forgotten_after_a_day(people):
    found = Import.objects.create(what="members.organisation", file_name="a.csv", digest="0" * 64, by=people.officer)
    Line.objects.create(of=found, row=2, typed={"代表": "张示一"})
    tasks.forget()
    assert Line.objects.count() == 1
    Import.objects.update(at=clock.now() - tasks.KEPT * 2)
    tasks.forget()
    assert (Line.objects.count(), Import.objects.count()) == (0, 1)


@pytest.mark.parametrize("name", ["applications_application", "members_organisation", "members_memberunit", "council_seat"])
def test_lists_leave_by_the_hand_of_the_secretariat_alone(name, people):
    for role in ("stranger", "clerk", "officer", "secretary", "sysadmin", "security", "auditor"):
        page, answer = (
            signed_in(people, role).get(reverse(f"admin:{name}_export")),
            exported(signed_in(people, role), name=f"admin:{name}_export"),
        )
        expected = 200 if role in ("clerk", "officer", "secretary") else 302 if role == "stranger" else 404
        assert (page.status_code, answer.status_code) == (expected, expected), (name, role)


def test_the_roll_names_who_sits_where(people):
    rolls = lines(exported(signed_in(people.here()), name="admin:members_memberunit_export"))
    posts = {line["会员编号"]: (line["届内职务"], line["代表"], line["会员状态"]) for line in rolls}
    assert posts[people.units["council"].number] == ("理事长单位", "council", "在会")
    assert posts[people.units["member"].number] == ("会员单位", "member", "在会")
    seats = lines(exported(signed_in(people), name="admin:council_seat_export"))
    assert (seats[0]["职务"], seats[0]["状态"], seats[1]["状态"]) == ("理事长单位", "在任", "空缺")


def test_an_export_asks_the_same_number_of_questions_whatever_its_length(people, django_assert_max_num_queries):
    for _ in range(30):
        factories.application(State.SUBMITTED)
    client = signed_in(people)
    with django_assert_max_num_queries(20):
        assert len(lines(exported(client))) == 30
