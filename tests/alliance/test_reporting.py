"""The pack for the Department: one ZIP of one day's data, read as whoever receives it would."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from alliance.documents.models import Paper, add_template
from alliance.exchange.models import Export
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.reporting import packing, reading
from alliance.reporting.papers import PACK
from alliance.sheets import read
from alliance.workflow import NotAllowed, Refused
from applications import workflow
from applications.choices import State
from applications.models import Batch
from members.choices import Direction, Tier
from members.models import Organisation
from tests import factories
from tests.alliance.test_documents import template

pytestmark = pytest.mark.django_db

NAMES = [
    "00_材料清单.txt", "00_材料清单.json", "01_报批请示.docx", "02_会员单位名单.docx", "02_会员单位名单.xlsx", "02_会员单位名单.pdf",
    "03_理事会组成方案.docx", "03_理事会组成方案.xlsx", "03_理事会组成方案.pdf", "04_统计表.xlsx", "05_审核工作报告_第一批.docx",
]  # fmt: skip


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def batch(people) -> Batch:
    """The first batch, closed an hour ago."""
    found = Batch.objects.get(number=1)
    Batch.objects.filter(pk=found.pk).update(closed_at=found.closes_at)
    found.refresh_from_db()
    return found


def asked(people, batch: Batch, on=None) -> Job:
    job = packing.ask(batch, factories.term(), on or clock.today(), by=people.officer)
    working.work_on(job.pk)
    job.refresh_from_db()
    return job


def opened(people) -> ZipFile:
    """The last pack, fetched at its address."""
    return ZipFile(BytesIO(client_of(people.officer).get(Paper.objects.filter(kind=PACK).first().get_absolute_url()).content))


def text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def sheet(content: bytes, tmp_path, name: str = "") -> list[list[str]]:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    return read(path, name)


# ── The pack ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pack_opens_and_every_file_says_the_same_of_the_day(people, batch, tmp_path):
    """Names in UTF-8 and in order; list and digests true; members and seats alike in Word, Excel and PDF."""
    unit = people.units["member"]
    factories.seated(unit, by=people.officer, tier=Tier.CHAIR)
    job = asked(people, batch)
    assert (job.state, job.skipped.count(), job.total) == ("finished", 0, 12)
    assert f"已制作 {len(NAMES) - 2} 份文件" in client_of(people.officer).get(job.get_absolute_url()).content.decode()
    with opened(people) as package:
        assert package.namelist() == NAMES
        assert {bool(part.flag_bits & 0x800) for part in package.infolist() if not part.filename.isascii()} == {True}
        files = {name: package.read(name) for name in package.namelist()}
    paper = Paper.objects.get(kind=PACK)
    listing = json.loads(files["00_材料清单.json"])
    readable = files["00_材料清单.txt"].decode("utf-8-sig")
    assert [each["name"] for each in listing["files"]] == NAMES[2:]
    for each in listing["files"]:
        assert (each["sha256"], each["bytes"]) == (sha256(files[each["name"]]).hexdigest(), len(files[each["name"]]))
        assert each["sha256"] in readable
        assert each["name"] in readable
    assert (listing["number"], listing["data_of"], listing["issue"]) == (paper.number, clock.today().isoformat(), 1)
    members = sheet(files["02_会员单位名单.xlsx"], tmp_path)
    seats = sheet(files["03_理事会组成方案.xlsx"], tmp_path)
    assert (listing["members"], listing["seats"]) == (len(members) - 1, len(seats) - 1)
    name = unit.organisation.name
    assert (name in [row[1] for row in members], name in [row[3] for row in seats], len(seats)) == (True, True, 26)
    assert not {"手机", "邮箱", "联络员"} & {*members[0], *seats[0]}
    for each in ("02_会员单位名单", "03_理事会组成方案"):
        assert name in text(files[f"{each}.docx"])
        pages = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(files[f"{each}.pdf"])).pages)
        assert name in pages
    request = text(files["01_报批请示.docx"])
    for words in (paper.number, "省科技厅：", f"联盟现有成员单位{listing['members']}家", "附件：1.会员单位名单", "　　　4.审核工作报告"):
        assert words in request
    assert "附件1" in text(files["02_会员单位名单.docx"])
    assert [row[0] for row in sheet(files["04_统计表.xlsx"], tmp_path, "席位分布")[1:]] == ["电动", "氢燃料", "智能网联", "基础设施"]


def decided(people, batch: Batch):
    """An application that passed, its public notice over, an objection found unfounded."""
    application = factories.application(State.SCREENED, by=people.applicant)
    resolution = factories.resolution(subject="审议第一批入会申请")
    workflow.deliberate(application, by=people.officer, resolution=resolution)
    workflow.publicise(application, by=people.officer)
    workflow.object_to(application, by=people.officer, **factories.objection())
    workflow.resolve_objection(application, by=people.officer, reason="查无实据")
    return application, resolution


def test_resolutions_and_the_public_notice_go_along_as_issued_or_as_they_would_read(people, batch):
    application, resolution = decided(people, batch)
    kept = make(KINDS["resolution"], resolution, by=people.officer)
    with clock.at(application.publicity_until):
        asked(people, batch)
    with opened(people) as package:
        assert package.namelist()[-2:] == ["06_审议决议_1_审议第一批入会申请.docx", "07_公示情况说明_第一批.docx"]
        assert package.read("06_审议决议_1_审议第一批入会申请.docx") == bytes(kept.content)
        notice = text(package.read("07_公示情况说明_第一批.docx"))
        report = text(package.read("05_审核工作报告_第一批.docx"))
        sources = {each["name"]: each["source"] for each in json.loads(package.read("00_材料清单.json"))["files"]}
    assert application.name in text(bytes(kept.content))
    assert "收到书面异议1件。经核查，不成立1件" in notice
    assert "异议不成立" in notice
    assert "陈示七" not in notice  # who objected is nobody's business
    assert "审议通过1件" in report
    assert sources["06_审议决议_1_审议第一批入会申请.docx"] == f"正式文书原件（{kept.number}）"
    assert sources["07_公示情况说明_第一批.docx"] == "据当日数据生成，未编文号"


def test_while_a_notice_runs_the_pack_does_not_say_how_it_ended_and_says_why(people, batch):
    decided(people, batch)
    asked(people, batch)
    with opened(people) as package:
        assert not [name for name in package.namelist() if "公示情况说明" in name]
        assert "公示情况说明：公示尚未结束" in package.read("00_材料清单.txt").decode("utf-8-sig")
        assert json.loads(package.read("00_材料清单.json"))["left_out"]
        assert "尚未结束" in text(package.read("01_报批请示.docx"))


def test_the_bar_counts_the_papers_of_the_pack_and_not_its_steps(people, batch):
    """The first step only reads, and the last only binds: after three, two papers are there."""
    job = packing.ask(batch, factories.term(), clock.today(), by=people.officer)
    runner = uuid4()
    working.claim(job.pk, runner)
    said = []
    for _step in range(3):
        working.step(job.pk, runner)
        job.refresh_from_db()
        said.append(job.progress)
    assert said == ["已制作 0 份文件", "已制作 1 份文件", "已制作 2 份文件"]
    assert "已制作 2 份文件" in client_of(people.sysadmin).get(reverse("admin:jobs_job_changelist")).content.decode()


def test_a_pack_of_an_earlier_day_says_what_stood_then(people, batch):
    before = clock.today()
    with clock.at(clock.now() + timedelta(days=3)):
        late = factories.unit(name="深圳演示迟来有限公司")
        decided(people, batch)
        for day in (before, clock.today()):
            asked(people, batch, day)
        early, now = (ZipFile(BytesIO(bytes(paper.content))) for paper in Paper.objects.filter(kind=PACK).order_by("id"))
        assert [late.organisation.name in text(package.read("02_会员单位名单.docx")) for package in (early, now)] == [False, True]
        assert [name.startswith(("06", "07")) for name in early.namelist()].count(True) == 0
        assert "审议通过0件" in text(early.read("05_审核工作报告_第一批.docx"))


def test_made_again_for_the_same_day_it_is_a_further_issue_under_its_number(people, batch):
    for _each in range(2):
        asked(people, batch)
    first, second = Paper.objects.filter(kind=PACK).order_by("issue")
    assert (first.number == second.number, first.issue, second.issue) == (True, 1, 2)
    asked(people, batch, batch.closed_at.astimezone(clock.SHANGHAI).date())
    assert Paper.objects.filter(kind=PACK).latest("id").number != first.number
    assert {Export.objects.latest("id").content, len(Export.objects.latest("id").rows)} == {
        None,
        0,
    }  # nothing of it is kept beside the paper


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_template_that_does_not_fill_is_named_and_no_pack_is_made(people, batch):
    add_template("council_proposal", template("{{ nothing_known }}"), by=people.officer)
    job = asked(people, batch)
    whys = [each.why for each in job.skipped.order_by("thing_id")]
    assert any("nothing_known" in why for why in whys)
    assert not Paper.objects.exists()
    add_template("council_proposal", template("{{ number }}"), by=people.officer)
    asked(people, batch)
    assert Paper.objects.get(kind=PACK).number.endswith("〕1号")  # no number was lost


def test_a_character_without_a_glyph_is_named_and_no_pack_is_made(people, batch):
    unit = people.units["member"]
    Organisation.objects.filter(pk=unit.organisation_id).update(name="深圳𠮷演示有限公司")
    job = asked(people, batch)
    assert any("𠮷 (U+20BB7)" in each.why for each in job.skipped.all())
    assert not Paper.objects.exists()


def test_what_changes_while_it_is_read_is_read_again(people, batch, monkeypatch):
    figures, read_once = iter([1, 2, 2]), reading.read
    monkeypatch.setattr(reading, "read", lambda *said: read_once(*said) | {"batch": str(next(figures))})
    assert reading.settled(batch, factories.term(), clock.today())["batch"] == "2"
    endless = iter(range(99))
    monkeypatch.setattr(reading, "read", lambda *_said: {"n": next(endless)})
    with pytest.raises(Refused):
        reading.settled(batch, factories.term(), clock.today())


def test_a_worker_that_dies_goes_on_with_the_same_reading(people, batch):
    job = packing.ask(batch, factories.term(), clock.today(), by=people.officer)
    runner = uuid4()
    working.claim(job.pk, runner)
    for _each in range(4):
        working.step(job.pk, runner)
    Organisation.objects.filter(pk=people.units["member"].organisation_id).update(name="深圳演示改名有限公司")
    Job.objects.filter(pk=job.pk).update(beat_at="2020-01-01T00:00Z")
    working.work_on(job.pk)
    with opened(people) as package:
        assert package.namelist() == NAMES
        assert "改名" not in text(package.read("02_会员单位名单.docx")) + "".join(p.extract_text() for p in PdfReader(BytesIO(package.read("02_会员单位名单.pdf"))).pages)  # fmt: skip


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PAGE = "admin:report_pack"


def test_the_page_is_for_officers_and_the_secretary_general_of_the_whole_alliance(people, batch):
    seen = {role for role in ("stranger", "applicant", "member", "council", "expert", "clerk", "officer", "secretary", "sysadmin", "security", "auditor") if client_of(getattr(people, role)).get(reverse(PAGE)).status_code == 200}  # fmt: skip
    assert seen == {"officer", "secretary"}
    assert client_of(factories.branch_staff("officer")).get(reverse(PAGE)).status_code == 404
    assert Client().get(reverse(PAGE)).status_code == 302
    assert reverse(PAGE) in client_of(people.officer).get(reverse("admin:index")).content.decode()
    assert reverse(PAGE) not in client_of(people.clerk).get(reverse("admin:index")).content.decode()
    with pytest.raises(NotAllowed):
        packing.ask(batch, factories.term(), clock.today(), by=people.clerk)


def test_a_pack_is_asked_for_fetched_and_written_down_and_no_stranger_has_it(people, batch):
    officer = client_of(people.officer)
    said = {"on": clock.today().isoformat(), "batch": batch.pk, "term": factories.term().pk}
    answer = officer.post(reverse(PAGE), said)
    job = Job.objects.latest("id")
    assert answer["Location"] == job.get_absolute_url()
    working.work_on(job.pk)
    paper = Paper.objects.get(kind=PACK)
    shown = officer.get(reverse(PAGE)).content.decode()
    assert [words in shown for words in (paper.number, paper.sha256, paper.get_absolute_url())] == [True] * 3
    fetched = officer.get(paper.get_absolute_url())
    assert (fetched["Content-Type"], sha256(fetched.content).hexdigest()) == ("application/zip", paper.sha256)
    assert paper.file_name == f"报批材料包_第一批_{clock.today():%Y%m%d}.zip"
    assert (Export.objects.get().sheet, Export.objects.get().by) == (PACK, people.officer)
    for role in ("applicant", "member", "council", "expert", "auditor"):
        assert client_of(getattr(people, role)).get(paper.get_absolute_url()).status_code == 404
    assert client_of(factories.branch_staff("officer")).get(paper.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"on": "2999-01-01"}, "still to come", id="a day to come"),
        pytest.param({"on": "2020-11-11"}, "was closed on", id="before the batch was closed"),
        pytest.param({"on": "昨天"}, "valid date", id="no day"),
        pytest.param({"batch": "0"}, "Select a valid choice", id="no batch"),
        pytest.param({"term": ""}, "required", id="no term"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_begun(people, batch, changes, said):
    officer = client_of(people.officer)
    officer.cookies["django_language"] = "en"
    usual = {"on": clock.today().isoformat(), "batch": batch.pk, "term": factories.term().pk}
    answer = officer.post(reverse(PAGE), usual | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (Job.objects.count(), Export.objects.count()) == (0, 0)


def test_a_batch_that_is_open_is_not_offered(people):
    here = Batch.objects.get(closes_at=None)
    said = {"on": clock.today().isoformat(), "batch": here.pk, "term": factories.term().pk}
    assert client_of(people.officer).post(reverse(PAGE), said).status_code == 422
    with pytest.raises(NotAllowed):
        packing.ask(here, factories.term(), clock.today(), by=people.officer)


def test_seats_that_are_vacant_stand_in_the_proposal(people, batch):
    factories.seated(people.units["member"], by=people.officer, tier=Tier.DIRECTOR, direction=Direction.ELECTRIC)
    said = text(bytes(make(KINDS["council_proposal"], factories.term(), by=people.officer).content))
    assert ("计划席位25席，在任1席，空缺24席" in said, "（空缺）" in said) == (True, True)
