"""The papers page of a record: what can be made, what is not due and why, what was made; and papers made by the number."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from docx import Document

from alliance.documents.kinds import KINDS, kinds_of
from alliance.documents.making import make
from alliance.documents.models import Paper, add_template
from alliance.exchange import binding, outgoing
from alliance.exchange.models import Export
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.sheets import read
from applications.choices import State
from applications.models import Batch
from members.choices import Direction, MeetingState, Tier
from members.models import MemberUnit, Resolution
from tests import factories
from tests.alliance.test_documents import template

pytestmark = pytest.mark.django_db

ALWAYS = {  # may be made at any time: nothing is waited for
    "meeting_agenda", "meeting_script", "resolution", "change_notice", "suspension_notice", "sanction_decision", "handover", "member_list",
    "council_proposal",
}  # fmt: skip


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


def client_of(person) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(person)
    return client


def address(thing) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_papers", args=[thing.pk])


def admitted(people, count: int) -> Batch:
    """A batch with so many admitted units."""
    made = [factories.application(State.ADMITTED, by=people.applicant) for _ in range(count)]
    return made[0].batch


def records(people) -> list:
    """One of each noun that has a papers page."""
    unit = people.units["member"]
    return [
        admitted(people, 1),
        factories.meeting(MeetingState.OPEN, units=[unit]),
        unit,
        factories.term(),
    ]


# ── What the page says ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_kind_says_what_it_waits_for_unless_it_waits_for_nothing():
    assert {name for name, kind in KINDS.items() if not kind.waits} == ALWAYS


def test_the_page_is_one_click_from_the_record_and_has_a_line_for_each_kind(people, officer):
    for thing in records(people):
        record = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
        assert address(thing) in officer.get(record).content.decode()
        page = officer.get(address(thing))
        said = page.content.decode()
        assert page.status_code == 200
        for kind in kinds_of(thing):
            assert escape(str(kind.label)) in said


def test_what_is_not_due_is_told_with_its_reason(people, officer):
    said = officer.get(address(Batch.objects.get(number=1))).content.decode()
    assert "Once the public notice has begun, until it is over." in said
    assert 'name="_paper" value="call_for_members"' in said
    said = officer.get(address(Batch.objects.get(closes_at=None))).content.decode()
    assert ["Once the batch has a last day." in said, "Once the batch is closed." in said] == [True, True]


def test_what_was_made_is_listed_with_number_day_maker_digest_version_and_file(people, officer):
    batch = admitted(people, 1)
    officer.post(address(batch), {"_paper": "call_for_members"})
    add_template("call_for_members", template("{{ number }}"), by=people.officer)
    officer.post(address(batch), {"_paper": "call_for_members"})
    said = officer.get(address(batch)).content.decode()
    first, second = Paper.objects.order_by("issue")
    for paper in (first, second):
        for words in (paper.number, paper.sha256, str(people.officer), paper.get_absolute_url(), paper.file_name):
            assert words in said
    assert ("as delivered" in said, "version 1" in said, "issue 2" in said) == (True, True, True)


def test_papers_about_what_belongs_to_a_record_stand_on_its_page(people, officer):
    unit = people.units["member"]
    made = [
        make(KINDS["certificate"], factories.certificate(people.officer, unit), by=people.officer),
        make(
            KINDS["post_of_unit"],
            factories.seated(unit, by=people.officer, tier=Tier.DIRECTOR, direction=Direction.ELECTRIC),
            by=people.officer,
        ),
    ]
    said = officer.get(address(unit)).content.decode()
    assert [paper.number in said for paper in made] == [True, True]
    held = factories.resolution()
    paper = make(KINDS["resolution"], held, by=people.officer)
    assert paper.number in officer.get(address(held.meeting)).content.decode()


@pytest.mark.parametrize("which", range(4))
def test_the_page_asks_as_much_for_thirty_papers_as_for_one_and_reads_none(people, officer, which):
    thing = records(people)[which]
    own = {"applications.batch": "call_for_members", "members.meeting": "meeting_agenda", "members.term": "member_list"}
    counts = set()
    for count in (1, 3, 30):
        while Paper.objects.count() < count:
            n = Paper.objects.count()
            Paper.objects.create(
                kind=own.get(thing._meta.label_lower, "confirmation"), kind_of_thing=thing._meta.label_lower, thing_id=thing.pk, occasion=str(n),
                number=f"演示〔2021〕{n}号", title="演示", file_name=f"演示{n}.docx", media_type="application/zip", content=b"x" * 100_000,
                sha256="0" * 64, made_by=people.officer,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            page = officer.get(address(thing))
        assert page.status_code == 200
        assert not [each["sql"] for each in asked if re.search(r'SELECT.*"documents_paper"\."content"', each["sql"])]
        counts.add(len(asked))
    assert len(counts) == 1
    assert len(page.content) < 150_000


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_the_secretariat_s_and_many_are_made_by_officers(people):
    batch = admitted(people, 2)
    seen = {role for role in ("applicant", "member", "clerk", "officer", "secretary", "sysadmin", "security", "auditor") if client_of(getattr(people, role)).get(address(batch)).status_code == 200}  # fmt: skip
    assert seen == {"clerk", "officer", "secretary"}
    clerk = client_of(people.clerk)
    assert "_missing" not in clerk.get(address(batch)).content.decode()
    assert clerk.post(address(batch), {"_missing": "admission"}).status_code == 404
    assert not Job.objects.exists()


def test_a_branch_sees_the_papers_of_its_own_and_none_of_the_whole_alliance_s(people, officer):
    batch = admitted(people, 1)
    here = factories.application(State.ADMITTED, by=people.applicant, region="440300")
    there = factories.application(State.ADMITTED, by=people.applicant, region="440100")
    ours, theirs = (make(KINDS["admission"], each, by=people.officer) for each in (here, there))
    call = make(KINDS["call_for_members"], batch, by=people.officer)
    said = client_of(factories.branch_staff("officer", "440300")).get(address(batch)).content.decode()
    assert [paper.file_name in said for paper in (ours, theirs, call)] == [True, False, False]


def test_what_no_button_makes_is_not_made_by_a_button(people, officer):
    batch = admitted(people, 1)
    Batch.objects.filter(pk=batch.pk).update(closed_at=batch.closes_at)
    assert reverse("admin:report_pack") in officer.get(address(batch)).content.decode()
    for name in ("report_pack", "report_letter", "nonsense"):
        assert officer.post(address(batch), {"_paper": name}).status_code == 404
    assert officer.post(address(batch), {"_missing": "publicity"}).status_code == 404
    assert officer.post(address(batch), {"_table": "members"}).status_code == 404


# ── By the number ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_admission_letters_of_a_batch_come_in_one_zip_with_progress_and_none_twice(people, officer):
    batch = admitted(people, 4)
    kept = make(KINDS["admission"], batch.applications.order_by("pk")[0], by=people.officer)
    assert "Make the 3 missing, in one ZIP" in officer.get(address(batch)).content.decode()
    answer = officer.post(address(batch), {"_missing": "admission"})
    job = Job.objects.latest("id")
    assert (answer["Location"], job.total) == (job.get_absolute_url(), 4)  # three papers, and binding
    working.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.skipped.count(), Paper.objects.filter(kind="admission").count()) == ("finished", 0, 4)
    note = Export.objects.latest("id")
    finished = officer.get(job.get_absolute_url()).content.decode()
    assert ("3 of 3" in finished, "Making" in finished) == (True, False)
    assert f'href="{reverse("admin:exchange_export_file", args=[note.pk])}"' in finished
    with ZipFile(BytesIO(officer.get(reverse("admin:exchange_export_file", args=[note.pk])).content)) as package:
        names = package.namelist()
        assert len(names) == 3
        assert all(Document(BytesIO(package.read(name))).paragraphs for name in names)
        assert not [name for name in names if kept.number in name]
    assert "None is missing" in officer.get(address(batch)).content.decode()
    officer.post(address(batch), {"_missing": "admission"})
    assert Paper.objects.filter(kind="admission").count() == 4


def test_one_that_is_missing_is_made_at_once(people, officer):
    batch = admitted(people, 1)
    officer.post(address(batch), {"_missing": "admission"})
    assert (Job.objects.count(), Paper.objects.get().kind) == (0, "admission")


def test_a_worker_that_dies_goes_on_where_it_was(people, officer):
    batch = admitted(people, 3)
    officer.post(address(batch), {"_missing": "admission"})
    job, runner = Job.objects.latest("id"), uuid4()
    working.claim(job.pk, runner)
    working.step(job.pk, runner)
    Job.objects.filter(pk=job.pk).update(beat_at="2020-01-01T00:00Z")
    first = Paper.objects.get()
    working.work_on(job.pk)
    assert Paper.objects.filter(kind="admission").count() == 3
    assert Paper.objects.filter(thing_id=first.thing_id).get() == first


def test_a_broken_template_is_named_at_each_and_no_zip_is_left(people, officer):
    batch = admitted(people, 2)
    add_template("admission", template("{{ nothing_known }}"), by=people.officer)
    officer.post(address(batch), {"_missing": "admission"})
    job = Job.objects.latest("id")
    working.work_on(job.pk)
    whys = [skipped.why for skipped in job.skipped.all()]
    assert (len(whys), sum("nothing_known" in why for why in whys)) == (3, 2)
    assert not Paper.objects.exists()
    assert Export.objects.latest("id").content is None
    add_template("admission", template("{{ number }}"), by=people.officer)
    officer.post(address(batch), {"_missing": "admission"})
    working.work_on(Job.objects.latest("id").pk)
    assert sorted(Paper.objects.values_list("number", flat=True)) == [
        f"湾新汽联〔{Paper.objects.first().made_at.year}〕{n}号" for n in (1, 2)
    ]


def test_certificates_of_post_of_a_whole_term_are_made_at_once(people, officer):
    for n, direction in enumerate((Direction.ELECTRIC, Direction.HYDROGEN)):
        factories.seated(factories.unit(name=f"深圳演示席位{n}有限公司"), by=people.officer, tier=Tier.DIRECTOR, direction=direction)
    officer.post(address(factories.term()), {"_missing": "post_of_unit"})
    working.work_on(Job.objects.latest("id").pk)
    assert Paper.objects.filter(kind="post_of_unit").count() == 2


def test_the_resolutions_of_a_meeting_are_missing_until_they_are_made(people, officer):
    meeting = factories.meeting(MeetingState.OPEN, units=[people.units["member"]])
    for n in range(2):
        factories.resolution(meeting=meeting, subject=f"第{n}项议案")
    assert binding.without_paper(KINDS["resolution"], Resolution.objects.filter(meeting=meeting)).count() == 2
    officer.post(address(meeting), {"_missing": "resolution"})
    working.work_on(Job.objects.latest("id").pk)
    assert binding.without_paper(KINDS["resolution"], Resolution.objects.filter(meeting=meeting)).count() == 0


# ── Tables of §5.4 ───────────────────────────────────────────────────────────────────────────────────────────────────


COLUMNS = {
    "applications": (
        "序号｜批次｜申请编号｜单位名称｜统一社会信用代码/登记号｜单位类型｜服务机构类别｜地区（省/市）｜产业链位置｜主方向｜相关方向｜法定代表人｜拟任代表｜代表职务｜联络员｜手机｜邮箱"
        "｜参与方式｜意向席位｜提名方式｜推荐单位｜提交时间｜受理时间｜状态｜初审意见｜专家平均分｜审议结果｜批准日期｜备注"
    ),
    "members": "会员编号｜单位名称｜类型｜地区｜主方向｜届内职务｜代表｜入会日期｜届次｜证书编号｜证书有效期｜会员状态｜最近变更",
    "seats": "序号｜职务｜方向｜单位｜代表｜职务/职称｜届次｜当选日期｜任期至｜状态",
    "publicity": "序号｜单位名称｜单位类型｜所在地",
    "candidates": "序号｜单位名称｜单位类型｜所在地｜职务",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_columns_that_the_office_keeps_it_in(name):
    assert outgoing.SHEETS[name].columns == tuple(COLUMNS[name].split("｜"))


def rows_of(content: bytes, tmp_path) -> list[list[str]]:
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    return read(path)


def test_the_public_list_has_its_four_columns_and_nothing_else(people, officer, tmp_path):
    made = [factories.application(State.PUBLICITY, by=people.applicant, name=f"=深圳演示{n}有限公司") for n in range(2)]
    answer = officer.post(address(made[0].batch), {"_table": "publicity"})
    rows = rows_of(answer.content, tmp_path)
    assert rows[0] == ["序号", "单位名称", "单位类型", "所在地"]
    assert [row[:2] for row in rows[1:]] == [["1", "=深圳演示0有限公司"], ["2", "=深圳演示1有限公司"]]
    note = Export.objects.latest("id")
    assert re.fullmatch(r"公示名单_第一批_\d{8}\.xlsx", note.file_name)
    assert (note.sheet, note.count, note.is_internal) == ("publicity", 2, False)


def test_the_summary_leaves_a_batch_without_telephones(people, officer, tmp_path):
    batch = admitted(people, 1)
    rows = rows_of(officer.post(address(batch), {"_table": "applications"}).content, tmp_path)
    assert (rows[0][0], "手机" in rows[0], "邮箱" in rows[0], len(rows)) == ("序号", False, False, 2)
    assert re.fullmatch(r"申请汇总表_第一批_\d{8}\.xlsx", Export.objects.latest("id").file_name)


def test_the_roll_and_the_seats_leave_the_page_of_a_term(people, officer, tmp_path):
    unit = people.units["member"]
    rows = rows_of(officer.post(address(factories.term()), {"_table": "members"}).content, tmp_path)
    assert rows[0] == [
        "会员编号", "单位名称", "类型", "地区", "主方向", "届内职务", "代表", "入会日期", "届次", "证书编号", "证书有效期", "会员状态", "最近变更",
    ]  # fmt: skip
    assert unit.number in [row[0] for row in rows]
    assert len(rows) == 1 + MemberUnit.objects.running().count()
    seats = rows_of(officer.post(address(factories.term()), {"_table": "seats"}).content, tmp_path)
    assert seats[0] == ["序号", "职务", "方向", "单位", "代表", "职务/职称", "届次", "当选日期", "任期至", "状态"]
    assert len(seats) == 26
