"""Organisations come in as a table: looked at first, taken over as one or not at all, and twice changes nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.exchange import incoming, table
from alliance.exchange.models import Import, Line, Outcome
from alliance.history.models import Event
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused
from applications.workflow import submit
from members import resources, workflow
from members.models import Contact, MemberUnit, Organisation, Verification
from members.resources import OrganisationRegister
from tests import factories

pytestmark = pytest.mark.django_db

OLD = Path(__file__).parent / "organisations.xls"
HEADS = ["单位名称*", "代码*", "类型*", "地区*", "主方向*", "代表", "联络员", "邮箱"]


def uscc(serial: int, pair: str = "91") -> str:
    return factories.uscc(pair, "440300", serial)


def row(serial: int, **changes: str) -> list[str]:
    said = {
        "name": f"深圳演示{serial}有限公司",
        "code": uscc(serial),
        "type": "企业",
        "region": "深圳",
        "direction": "电动",
        "rep": "",
        "liaison": "",
        "email": "",
    }
    return list((said | changes).values())


def book(rows: list[list[object]], heads: list[str] = HEADS, name: str = "单位名单.xlsx", **how: object) -> SimpleUploadedFile:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("名单")
        for number, cells in enumerate([heads, *rows]):
            for column, value in enumerate(cells):
                (sheet.write_number if isinstance(value, float) else sheet.write_string)(number, column, value)
        if change := how.get("change"):
            change(sheet, made)
    return SimpleUploadedFile(name, written.getvalue())


def text(rows: list[list[str]], encoding: str = "utf-8-sig", heads: list[str] = HEADS) -> SimpleUploadedFile:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([heads, *rows])
    return SimpleUploadedFile("单位名单.csv", written.getvalue().encode(encoding))


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def staged(upload, by) -> Import:
    """Read, staged and compared, whatever its length."""
    found = incoming.stage(OrganisationRegister, table.read(upload), by=by)
    if job := incoming.look(found, by=by):
        working.work_on(job.pk)
    found.refresh_from_db()
    return found


def counts(found: Import) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.same, found.wrong


def reasons(found: Import) -> dict[int, list[str]]:
    return dict(found.lines.filter(outcome=Outcome.WRONG).values_list("row", "said"))


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("upload", [book, text, lambda rows: text(rows, "gb18030"), lambda rows: text(rows, "utf-16")])
def test_a_table_comes_in_as_excel_or_csv_in_either_encoding(upload, people):
    found = staged(upload([row(1, rep="张示一", email="A@example.com"), row(2)]), people.officer)
    assert counts(found) == (2, 0, 0, 0)
    incoming.apply(found, by=people.officer)
    first = Organisation.objects.get(reg_no=uscc(1))
    assert (first.name, first.unit_type, first.region, first.main_direction, first.legal_form) == (
        "深圳演示1有限公司",
        "enterprise",
        "440300",
        "electric",
        "legal_person",
    )
    assert (first.contact.representative, first.contact.email) == ("张示一", "a@example.com")
    earlier = first.history.get()
    assert (earlier.history_user, earlier.history_change_reason, earlier.name) == (people.officer, "import", first.name)
    event = Event.objects.get(step="import")
    assert (event.actor, event.details) == (people.officer, {"new": 2, "changed": 0, "unchanged": 0})
    assert not Line.objects.exists()


def test_an_old_workbook_of_excel_is_read_too(people):
    found = staged(SimpleUploadedFile("单位名单.xls", OLD.read_bytes()), people.officer)
    assert counts(found) == (1, 0, 0, 0)
    assert found.lines.get().name == "广州演示旧表有限公司"


def test_the_same_table_twice_writes_nothing_into_the_register_and_its_history(people):
    rows = [row(n, rep="张示一") for n in range(1, 31)]
    incoming.apply(staged(book(rows), people.officer), by=people.officer)
    before = Organisation.history.count()
    again = staged(text(rows), people.officer)
    assert counts(again) == (0, 0, 30, 0)
    with CaptureQueriesContext(connection) as asked:
        incoming.apply(again, by=people.officer)
    writes = [q["sql"] for q in asked if q["sql"].lstrip().split()[0] in ("INSERT", "UPDATE", "DELETE") and "members_" in q["sql"]]
    assert writes == []
    assert Organisation.history.count() == before


def test_what_differs_is_shown_field_by_field_and_an_empty_cell_changes_nothing(people):
    incoming.apply(staged(book([row(1, rep="张示一", email="a@example.com"), row(2)]), people.officer), by=people.officer)
    found = staged(book([row(1, name="深圳演示改名有限公司", direction="氢燃料", liaison="王例三"), row(2), row(3)]), people.officer)
    assert counts(found) == (1, 1, 1, 0)
    said = found.lines.get(outcome=Outcome.CHANGED).said
    assert said == [["单位名称", "深圳演示1有限公司", "深圳演示改名有限公司"], ["主方向", "电动", "氢燃料"], ["联络员", "", "王例三"]]
    incoming.apply(found, by=people.officer)
    first = Organisation.objects.get(reg_no=uscc(1))
    assert (first.name, first.main_direction) == ("深圳演示改名有限公司", "hydrogen")
    assert (first.contact.representative, first.contact.liaison, first.contact.email) == ("张示一", "王例三", "a@example.com")
    assert [each.name for each in first.history.order_by("history_id")] == ["深圳演示1有限公司", "深圳演示改名有限公司"]


def test_what_was_exported_and_comes_back_changes_nothing(people):
    incoming.apply(staged(book([row(1, rep="张示一"), row(2)]), people.officer), by=people.officer)
    client = Client()
    client.force_login(people.officer)
    answer = client.post(reverse("admin:members_organisation_export"), {"version": "internal", "form": "xlsx"})
    back = staged(SimpleUploadedFile("back.xlsx", answer.content), people.officer)
    assert (back.new, back.changed) == (0, 0)
    assert back.lines.filter(outcome=Outcome.SAME).count() == back.same >= 2


# ── All or nothing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_wrong_row_and_nothing_is_written(people):
    found = staged(
        book([row(1), row(2, type="公司"), row(3, code="91440300XX0000019X"), row(4, name=""), row(5, email="nobody")]), people.officer
    )
    assert counts(found) == (1, 0, 0, 4)
    assert reasons(found) == {
        3: ["类型: 不在可选项之中：公司"],
        4: ["代码: 校验码不符，请对照证书逐位核对。"],
        5: ["单位名称: 未填写"],
        6: ["邮箱: 请填写有效的邮箱。"],
    }
    with pytest.raises(Refused, match="有的行不能接收"):
        incoming.apply(found, by=people.officer)
    assert not Organisation.objects.filter(reg_no=uscc(1)).exists()


def test_the_same_number_twice_is_refused_at_the_second(people):
    found = staged(book([row(1), row(2), row(1, code=f" {uscc(1).lower()} ")]), people.officer)
    assert reasons(found) == {4: ["第2行已有同一代码。"]}


def test_an_error_midway_and_a_kill_midway_write_nothing(people, monkeypatch):
    found = staged(book([row(n) for n in range(1, 21)]), people.officer)
    before = Organisation.objects.count(), Organisation.history.count(), Contact.objects.count()
    monkeypatch.setattr(OrganisationRegister, "write_beside", lambda *_: (_ for _ in ()).throw(SystemExit("killed")))
    with pytest.raises(SystemExit):
        incoming.apply(found, by=people.officer)
    assert (Organisation.objects.count(), Organisation.history.count(), Contact.objects.count()) == before
    assert Import.objects.get().applied_at is None


def test_what_the_register_learned_meanwhile_is_not_overwritten_unseen(people):
    found = staged(book([row(1)]), people.officer)
    factories.organisation(reg_no=uscc(1), name="别人先登记的名称")
    with pytest.raises(Refused, match="登记簿已有变化"):
        incoming.apply(found, by=people.officer)
    assert Organisation.objects.get(reg_no=uscc(1)).name == "别人先登记的名称"


def test_a_long_table_is_long_work_and_a_worker_may_die_in_it(people, monkeypatch):
    monkeypatch.setattr(incoming, "TOGETHER", 10)
    found = incoming.stage(OrganisationRegister, table.read(book([row(n) for n in range(1, 26)])), by=people.officer)
    job = incoming.look(found, by=people.officer)
    assert job.total == 3
    working.work_on(job.pk)
    found.refresh_from_db()
    assert counts(found) == (25, 0, 0, 0)
    job = incoming.take_over(found, by=people.officer)
    claimed = working.claim(job.pk, runner := job.uuid)
    monkeypatch.setattr(working, "do", lambda *_: (_ for _ in ()).throw(SystemExit("killed")))
    with pytest.raises(SystemExit), transaction.atomic():
        working.step(job.pk, runner)
    assert claimed
    assert not Organisation.objects.filter(reg_no=uscc(1)).exists()
    monkeypatch.undo()
    while working.step(job.pk, runner):
        pass
    assert Organisation.objects.filter(name__startswith="深圳演示").count() >= 25
    assert Import.objects.get().applied_at
    assert Job.objects.get(pk=job.pk).skipped.count() == 0


# ── The twelve ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_recognised_alliances_come_in_by_the_template_and_are_taken_in_by_the_secretary_general(people):
    heads = [*HEADS, "依托单位", "依托单位代码"]
    host = uscc(77)
    rows = [
        [
            *row(1, name="广东省演示电池产业技术创新联盟", code="LM-2020901", type="产业技术创新联盟", rep="张示一"),
            "深圳演示依托有限公司",
            host,
        ],
        [
            *row(2, name="广东省演示氢能产业技术创新联盟", code="粤科函高字〔2015〕1号", type="产业技术创新联盟", rep="李范二"),
            "深圳演示依托有限公司",
            host,
        ],
        [*row(3, name="广东省演示登记产业技术创新联盟", code=uscc(3, "51"), type="产业技术创新联盟"), "", ""],
    ]
    incoming.apply(staged(book(rows, heads), people.officer), by=people.officer)
    battery, registered = Organisation.objects.get(reg_no="LM-2020901"), Organisation.objects.get(reg_no=uscc(3, "51"))
    assert (battery.host.reg_no, battery.legal_form, battery.host.name) == (host, "unincorporated", "深圳演示依托有限公司")
    assert (registered.host, registered.legal_form) == (None, "legal_person")
    assert counts(staged(book(rows, heads), people.officer)) == (0, 0, 3, 0)
    client = Client()
    client.force_login(people.secretary)
    ids = ",".join(str(pk) for pk in Organisation.objects.filter(unit_type="alliance").values_list("pk", flat=True))
    page = client.post(
        reverse("admin:members_organisation_recognise") + f"?ids={ids}", {"document": "粤科函产字〔2020〕864号"}, follow=True
    )
    assert page.status_code == 200
    assert sorted(MemberUnit.objects.filter(organisation__unit_type="alliance").values_list("representatives__name", flat=True)) == [
        "张示一",
        "李范二",
    ]
    assert Verification.objects.get(organisation=battery).note == "粤科函产字〔2020〕864号"
    assert not registered.memberships.exists()


def test_only_the_secretary_general_takes_an_alliance_in_and_only_once(people):
    alliance = factories.organisation(unit_type="alliance", name="广东省演示产业技术创新联盟")
    firm = factories.organisation()
    for each in (alliance, firm):
        Contact.objects.create(organisation=each, representative="张示一")
    for role in ("clerk", "officer", "auditor", "member"):
        with pytest.raises(NotAllowed):
            workflow.recognise(alliance, by=getattr(people, role), document="文件")
    with pytest.raises(Refused, match="只有省科技厅已认定的联盟"):
        workflow.recognise(firm, by=people.secretary, document="文件")
    workflow.recognise(alliance, by=people.secretary, document="文件")
    with pytest.raises(Refused, match="已是会员单位"):
        workflow.recognise(alliance, by=people.secretary, document="文件")


def test_whoever_a_list_names_is_written_to_until_somebody_acts_for_the_unit(people):
    alliance = factories.organisation(unit_type="alliance", name="广东省演示产业技术创新联盟")
    Contact.objects.create(organisation=alliance, representative="张示一", email="liaison@example.com")
    unit = workflow.recognise(alliance, by=people.secretary, document="文件")
    workflow.suspend(unit, by=people.officer, reason="暂停")
    assert list(Letter.objects.about(unit).values_list("to", flat=True)) == ["liaison@example.com"]


def test_an_organisation_that_only_a_list_knows_still_applies_by_itself(people):
    incoming.apply(staged(book([row(1)]), people.officer), by=people.officer)
    draft = factories.draft(by=people.applicant, reg_no=uscc(1))
    submit(draft, by=people.applicant)
    draft.refresh_from_db()
    assert draft.organisation == Organisation.objects.get(reg_no=uscc(1))
    assert draft.organisation.colleagues.get().user == people.applicant


def test_an_alliance_of_no_register_needs_its_host_and_nothing_else_has_one(people):
    heads = [*HEADS, "依托单位", "依托单位代码"]
    rows = [
        [*row(1, code="LM-2020901", type="产业技术创新联盟"), "", ""],
        [*row(2), "深圳演示依托有限公司", uscc(77)],
        [*row(3, code="LM-2020902", type="产业技术创新联盟"), "深圳演示依托有限公司", "91440300XX0000019X"],
    ]
    assert list(reasons(staged(book(rows, heads), people.officer))) == [2, 3, 4]


# ── Hostile and broken tables ────────────────────────────────────────────────────────────────────────────────────────


def macros() -> SimpleUploadedFile:
    package = io.BytesIO(book([row(1)]).read())
    with zipfile.ZipFile(package, "a") as changed:
        changed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return SimpleUploadedFile("单位名单.xlsx", package.getvalue())


def bomb() -> SimpleUploadedFile:
    package = io.BytesIO(book([row(1)]).read())
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as changed:
        changed.writestr("xl/media/image1.png", b"\0" * (120 * 2**20))
    return SimpleUploadedFile("单位名单.xlsx", package.getvalue())


def far(place: str) -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([row(1)]).read())) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in package.namelist():
            part = package.read(name)
            written.writestr(name, part.replace(b'r="A2"', f'r="{place}"'.encode()) if "sheet1" in name else part)
    return SimpleUploadedFile("单位名单.xlsx", made.getvalue())


def million() -> SimpleUploadedFile:
    return SimpleUploadedFile("单位名单.csv", ",".join(HEADS).encode() + b"\n" + b"a,b\n" * 1_000_000)


def mixed() -> SimpleUploadedFile:
    lines = [",".join(HEADS), ",".join(row(1)), ",".join(row(2)), ",".join(row(3))]
    return SimpleUploadedFile(
        "单位名单.csv", b"\n".join(line.encode("gb18030" if number == 2 else "utf-8") for number, line in enumerate(lines))
    )


HOSTILE = [
    (macros, "宏"),
    (lambda: SimpleUploadedFile("单位名单.xlsm", book([row(1)]).read()), "宏"),
    (bomb, "解压"),
    (lambda: far("A1048576"), "20,000"),
    (lambda: far("XFD2"), "60 列"),
    (million, "20,000"),
    (lambda: book([row(1), row(2)], change=lambda sheet, made: sheet.merge_range("A3:A4", "合并")), "第3行：有合并的单元格"),
    (lambda: book([row(1)], change=lambda sheet, made: sheet.write_formula("A3", "=1+1", None, "2")), "第3行：有公式"),
    (lambda: book([row(1)], ["单位", *HEADS[1:]]), "“单位”不是本表的列"),
    (lambda: book([row(1)], HEADS[:4]), "缺少“主方向”"),
    (lambda: book([[*row(1), "已入会"]], [*HEADS, "状态"]), "“状态”不是本表的列"),
    (lambda: book([[*row(1), "1"]], [*HEADS, "会员编号"]), "“会员编号”不是本表的列"),
    (lambda: book([row(1)], [*HEADS[:7], "代表"]), "“代表”出现了两次"),
    (lambda: book([], ["名单一览表"]), "第1行"),
    (lambda: book([]), "列名下面没有内容"),
    (lambda: SimpleUploadedFile("单位名单.csv", ",".join(HEADS).encode() + b"\n\0,b"), "第2行"),
    (mixed, "第3行与前面各行的编码不同"),
    (lambda: SimpleUploadedFile("单位名单.csv", ",".join(HEADS).encode() + b"\n\xff\xff\xff,b"), "第2行与前面各行的编码不同"),
    (lambda: SimpleUploadedFile("单位名单.csv", b"name\n\xff\xff\xff,b"), "第2行既不是"),
    (lambda: SimpleUploadedFile("单位名单.csv", ",".join(HEADS).encode() + b'\n"a,b'), "引号"),
    (lambda: SimpleUploadedFile("单位名单.csv", book([row(1)]).read()), "与文件名不符"),
    (lambda: SimpleUploadedFile("单位名单.xlsx", b"PK\x03\x04 and then nothing"), "损坏"),
    (lambda: SimpleUploadedFile("单位名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "损坏"),
    (lambda: SimpleUploadedFile("单位名单.pdf", b"%PDF-1.7"), ".xlsx"),
    (lambda: SimpleUploadedFile("单位名单.csv", b" "), "空"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_or_broken_table_is_refused_with_its_reason_and_nothing_is_written(number, people):
    made, words = HOSTILE[number]
    client = Client()
    client.force_login(people.officer)
    before = Organisation.objects.count()
    answer = client.post(reverse("admin:members_organisation_import"), {"file": made()})
    assert answer.status_code == 422
    said = " ".join(answer.context["form"].errors["file"])
    assert words in said
    assert (Organisation.objects.count(), Import.objects.count(), Line.objects.count()) == (before, 0, 0)


def test_a_number_that_excel_has_cut_and_what_cannot_be_seen_are_refused_at_their_row(people):
    found = staged(book([row(1), [*row(2)[:1], 4.40300000000000e17, *row(2)[2:]], row(3, name="深圳\u202e演示")]), people.officer)
    assert {number: len(said) for number, said in reasons(found).items()} == {3: 1, 4: 1}


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_officers_take_tables_in_and_nobody_else(people):
    found = staged(book([row(1)]), people.officer)
    pages = [reverse("admin:members_organisation_import"), reverse("admin:members_organisation_template"), found.address("staged")]
    for role in ("anonymous", "stranger", "member", "clerk", "officer", "secretary", "sysadmin", "security", "auditor"):
        client = Client()
        if role != "anonymous":
            client.force_login(getattr(people, role))
        codes = [client.get(page).status_code for page in pages]
        outside = 404 if role in ("clerk", "sysadmin", "security", "auditor") else 302
        expected = {"officer": [200, 200, 200], "secretary": [200, 200, 404]}
        assert codes == expected.get(role, [outside] * 3), role


def test_the_template_can_be_filled_in_and_read_back(people):
    content = resources.template()
    upload = SimpleUploadedFile("template.xlsx", content)
    assert table.read(upload).heads[:8] == [head.strip("*") for head in HEADS]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 3
    assert "填写说明" in package_text(content)


def package_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("xl/workbook.xml").decode()


def test_the_page_shows_what_would_change_and_takes_it_over(people):
    client = Client()
    client.force_login(people.officer)
    answer = client.post(reverse("admin:members_organisation_import"), {"file": book([row(1), row(2)])}, follow=True)
    page = answer.content.decode()
    assert "新增 2" in page.replace("</dt><dd>", " ")
    answer = client.post(answer.redirect_chain[-1][0], follow=True)
    assert "已接收2行" in answer.content.decode()
    assert Organisation.objects.filter(reg_no__in=[uscc(1), uscc(2)]).count() == 2
