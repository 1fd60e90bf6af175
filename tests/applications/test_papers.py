"""The papers of the path: the form for the seal, the notices, the public list; each says what was decided, and nothing more."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from alliance import clock
from alliance.documents.kinds import KINDS, kinds_of
from alliance.documents.making import make, open_kinds
from alliance.documents.models import Paper
from alliance.documents.words import day, last_day
from alliance.facts.choices import Phase
from alliance.facts.models import Facts
from alliance.files.checking import check
from alliance.workflow import NotAllowed
from applications import papers, workflow
from applications.choices import Section, State
from applications.models import Application, Batch, Consent, ConsentText
from applications.models.answers import FIELDS
from applications.models.attachment import attach
from applications.models.mark import Mark, read
from applications.models.version import freeze
from applications.papers import letters, publicity, report
from applications.papers.form import rows
from applications.resources.publicity import listed
from tests import factories
from tests.alliance import hostile
from tests.conftest import OFFICES

pytestmark = pytest.mark.django_db
HOSTILE = r"#evil $x$ *b* @ref \n <&> {{ 7*7 }}"


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def lines(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(bytes(paper.content))).paragraphs if paragraph.text]


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_seal_stands_under_the_words_that_were_agreed_to():
    """Their version, even where a later one is in force; and those in force where nobody has agreed yet."""
    old = ConsentText.objects.get(declaration="accepts_charter", language="zh-hans")
    agreed, new = factories.application(State.SUBMITTED), factories.application(State.SUBMITTED)
    Consent.objects.create(application=agreed, text=old, by=agreed.applicant)
    ConsentText.objects.create(declaration="accepts_charter", language="zh-hans", version=old.version + 1, text="本单位另行承诺。")
    said = ["".join(pages(papers.form(each))) for each in (agreed, new)]
    assert ["本单位另行承诺。" in each for each in said] == [False, True]
    assert ["履行成员单位义务。" in each for each in said] == [True, False]


def test_the_form_says_all_that_was_submitted_on_numbered_pages_with_one_code(people):
    application = factories.application(
        State.SUBMITTED,
        by=people.applicant,
        name="深圳喆堃钘𬭬㙍演示新能源有限公司",
        cap_service=HOSTILE,
        honours="新" * 500,
        cap_research="研" * 800,
    )
    application.refresh_from_db()
    found = pages(papers.form(application))
    whole = "".join(found)
    names = [name for section in papers.PRINTED for name in FIELDS[section] if name not in ("founded_on", "currency")]
    with translation.override("zh-hans"):
        said = [application.in_words(name) for name in names]
    code = application.version.code
    assert [words for words in said if "".join(words.split()) not in whole] == []
    assert "2012年5月30日" in whole
    assert [re.search(r"第(\d+)页共(\d+)页", page).groups() for page in found] == [(str(n + 1), str(len(found))) for n in range(len(found))]
    assert all(code in page for page in found)
    assert "单位（盖章）" in whole
    assert "不用于盖章" not in whole


@pytest.mark.parametrize(("honours", "sheets"), [("新", 3), ("新" * 500, 4), ("新" * 2000, 7)])
def test_the_mark_on_every_page_says_application_version_code_page_and_pages(people, honours, sheets):
    application = factories.application(State.SUBMITTED, by=people.applicant, honours=honours, cap_research=honours, cap_industry=honours)
    document = pypdfium2.PdfDocument(papers.form(application))
    found = [read(zxingcpp.read_barcodes(page.render(scale=3).to_pil())[0].text) for page in document]
    document.close()
    version, pages_ = application.version, len(found)
    assert found == [Mark(application.uuid.hex[:12], 1, version.code, page, pages_) for page in range(1, pages_ + 1)]
    assert pages_ == sheets


def test_the_papers_that_go_with_it_do_not_change_its_code(people, settings, tmp_path):
    settings.PORTAL_HOME = tmp_path
    draft = Application.objects.get(pk=factories.draft(papers=False, by=people.applicant).pk)
    before = freeze(draft, by=people.applicant)
    attach(draft, "certificate", check(SimpleUploadedFile("证照.png", hostile.picture("PNG"))), by=people.applicant)
    after = freeze(draft, by=people.applicant)
    assert (before.number, after.number, before.code) == (1, 2, after.code)
    assert ["登记证书1份" in "".join(pages(papers.form(draft, version))) for version in (before, after)] == [False, True]


def test_a_draft_is_printed_as_one_with_its_gaps(people):
    batch = Batch.objects.accepting(clock.now()).get()
    empty = Application.objects.create(batch=batch, applicant=people.applicant, reg_no="91440300XX0000019G")
    found = pages(papers.form(empty))
    assert all("不用于盖章" in page for page in found)
    assert "91440300XX0000019G" in found[0]


def test_the_form_holds_the_last_submission_while_a_correction_is_being_written(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, name="深圳前名演示有限公司")
    workflow.return_for_correction(application, by=people.clerk, defects=["C03"], words="请更正名称")
    Application.objects.filter(pk=application.pk).update(name="深圳后名演示有限公司")
    application.refresh_from_db()
    assert "深圳前名演示有限公司" in pages(papers.form(application))[0]
    workflow.resubmit(application, by=people.applicant)
    assert "深圳后名演示有限公司" in pages(papers.form(application))[0]


def test_the_form_is_the_same_each_time_and_dated_by_its_submission(people):
    with clock.at(datetime(2020, 12, 1, 2, tzinfo=UTC)):
        application = factories.application(State.SUBMITTED, by=people.applicant)
    first = papers.form(application)
    assert first == papers.form(application)
    assert PdfReader(BytesIO(first)).metadata.creation_date == datetime(2020, 12, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("jurisdiction", ["hong_kong", "macao", "taiwan"])
def test_beyond_the_mainland_a_signature_or_a_chop_binds(people, jurisdiction):
    application = factories.application(
        State.SUBMITTED, by=people.applicant, jurisdiction=jurisdiction, registered_capital="800", currency="HKD"
    )
    whole = "".join(pages(papers.form(application)))
    assert "单位签署及／或盖章（Signatureand/orchop）" in whole
    assert "单位（盖章）" not in whole
    assert "800万港元" in whole
    assert "800万元" not in whole


@pytest.mark.parametrize(("jurisdiction", "signs"), [("mainland", "法定代表人"), ("hong_kong", "获授权签署人"), ("taiwan", "登记之代表人")])
def test_who_signs_is_called_on_paper_as_on_the_screen(people, jurisdiction, signs):
    application = factories.application(State.SUBMITTED, by=people.applicant, jurisdiction=jurisdiction)
    heads = [row["label"] for row in rows(application, Section.UNIT)]
    assert signs in heads
    assert ("法定代表人" in heads) is (jurisdiction == "mainland")


def test_a_recommender_s_opinion_has_room_where_a_seat_is_in_mind(people):
    plain = factories.application(State.SUBMITTED, by=people.applicant)
    wanting = factories.application(State.SUBMITTED, by=people.applicant, seat_wanted="director")
    assert ["推荐单位意见" in "".join(pages(papers.form(each))) for each in (plain, wanting)] == [False, True]


def test_persons_that_were_blanked_are_blank_on_the_form(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, contact_name="王例三")
    application.version.persons.__class__.objects.update(answers=None)
    assert "王例三" not in "".join(pages(papers.form(application)))


def test_whoever_sees_the_application_sees_its_form(people):
    draft, submitted = factories.draft(by=people.applicant), factories.application(State.SUBMITTED, by=people.applicant)
    for role in ("applicant", "stranger", "member", *OFFICES):
        client = client_of(getattr(people, role))
        answers = [client.get(reverse("applications:form", args=[each.uuid])).status_code for each in (draft, submitted)]
        expected = [200, 200] if role == "applicant" else [404, 200] if role in ("clerk", "officer", "secretary") else [404, 404]
        assert answers == expected, role


def test_a_character_without_a_glyph_is_explained_and_nothing_is_lost(people):
    draft = factories.draft(by=people.applicant, name="深圳𠮷演示有限公司")
    client = client_of(people.applicant)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("applications:form", args=[draft.uuid]))
    assert answer.status_code == 409
    assert "𠮷 (U+20BB7)" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.name == "深圳𠮷演示有限公司"


# ── Notices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def submitted(people, **changes) -> Application:
    return factories.application(State.SUBMITTED, by=people.applicant, **changes)


def test_a_correction_notice_names_every_defect_and_the_last_day(people):
    application = submitted(people)
    with clock.at(datetime(2026, 1, 5, 2, tzinfo=UTC)):
        workflow.return_for_correction(application, by=people.clerk, defects=["C01", "C02"], words=f"第一行\n{HOSTILE}")
        paper = make(KINDS["correction"], application, by=people.clerk)
    said = lines(paper)
    last = last_day(application.due_at)
    numbered = [line for line in said if re.match(r"\d\.", line)]
    assert [line[:2] for line in numbered] == ["1.", "2."]
    with translation.override("zh-hans"):
        assert [line[2:-1] for line in numbered] == letters.corrected(application)["defects"]
    assert [line[-1] for line in numbered] == ["；", "。"]
    assert {"第一行", HOSTILE} <= set(said)
    assert f"请于{last}24时前通过联盟门户提交补正后的申请。" in "".join(said)
    assert said[1] == paper.number
    assert said[-1] == "2026年1月5日"


def test_a_notice_of_acceptance_lists_every_paper_that_was_received(people):
    application = submitted(people)
    factories.scan(application)
    workflow.accept(application, by=people.clerk)
    said = lines(make(KINDS["acceptance"], application, by=people.clerk))
    numbered = [line for line in said if re.match(r"\d\.", line)]
    version = application.version
    assert numbered == [
        f"1.入会申请表（第{version.number}版，核验码{version.code}）；",
        "2.登记证书（certificate）；",
        "3.盖章申请表；",
        f"4.盖章申请表原件（{day(clock.today())}收到）。",
    ]
    assert any(application.reg_no in line for line in said if line not in numbered)


def test_each_correction_has_a_number_of_its_own_and_the_same_one_keeps_it(people):
    application = submitted(people)
    numbers = []
    for _round in range(2):
        workflow.return_for_correction(application, by=people.clerk, defects=["C01"], words="请补充")
        numbers += [make(KINDS["correction"], application, by=people.clerk).number for _ in range(2)]
        workflow.resubmit(application, by=people.applicant)
    assert [int(number.partition("〕")[2].removesuffix("号")) for number in numbers] == [1, 1, 2, 2]


def test_a_refusal_gives_ground_reason_a_way_back_and_whom_to_ask(people):
    application = submitted(people)
    workflow.decline(application, by=people.clerk, ground="J01", reason="合伙企业不具有法人资格。")
    said = "".join(lines(make(KINDS["refusal"], application, by=people.clerk)))
    assert [part in said for part in ("合伙企业不具有法人资格。", "可以再次提出申请", "联盟门户", application.number)] == [True] * 4


def test_a_rejection_gives_its_reason_and_no_votes(people):
    application = factories.application(State.SCREENED, by=people.applicant)
    resolution = factories.resolution(eligible=97, present=89, in_favour=83, against=6)
    workflow.reject(application, by=people.officer, resolution=resolution, ground="J08", reason="产业化条件尚不具备。")
    said = "".join(lines(make(KINDS["rejection"], application, by=people.officer)))
    assert [part in said for part in ("产业化条件尚不具备。", "再次提出申请", "联盟门户")] == [True] * 3
    assert [votes for votes in ("97", "89", "83") if votes in said.replace(application.number, "").replace(application.name, "")] == []


def test_an_admission_names_number_day_and_persons(people):
    application = factories.application(State.APPROVED, by=people.applicant)
    workflow.admit(application, by=people.officer)
    said = "".join(lines(make(KINDS["admission"], application, by=people.officer)))
    assert [part in said for part in (application.unit.number, day(clock.today()), "李范二（总经理）", "王例三")] == [True] * 4


def test_the_public_list_holds_unit_type_and_place_and_nothing_else(people):
    moment = datetime(2020, 12, 14, 2, tzinfo=UTC)
    with clock.at(moment + timedelta(days=7)):
        made = [factories.application(State.PUBLICITY, name=f"深圳演示{n}有限公司") for n in range(3)]
    batch = made[0].batch
    Application.objects.filter(pk=made[0].pk).update(publicity_from=moment - timedelta(days=9))
    paper = make(KINDS["publicity"], batch, by=people.officer)
    table = [[cell.text for cell in row.cells] for row in Document(BytesIO(bytes(paper.content))).tables[0].rows]
    listed = publicity.publicised(batch)["units"]
    assert len(table) == 3
    assert [row[:2] for row in table[1:]] == [["1", "深圳演示1有限公司"], ["2", "深圳演示2有限公司"]]
    assert {len(row) for row in table} == {4}
    assert {tuple(unit) for unit in listed} == {("name", "unit_type", "region")}
    assert any("自2020年12月14日至2020年12月21日" in line for line in lines(paper))


# ── Who makes which, and when ────────────────────────────────────────────────────────────────────────────────────────

OPEN = {
    State.CORRECTION: {"correction"},
    State.NOT_ACCEPTED: {"refusal"},
    State.ADMITTED: {"admission"},
}


@pytest.mark.parametrize("state", State)
def test_a_paper_may_be_made_only_where_its_decision_was_taken(state, people):
    application = factories.application(state, by=people.applicant)
    if state in (State.CORRECTION, State.NOT_ACCEPTED):
        said = {"due_at": clock.now()} if state == State.CORRECTION else {"ground": "J01"}
        application.findings.create(version=application.version, words="请看", found_by=people.clerk, **said)
    for role in ("clerk", "officer", "secretary"):
        assert {kind.name for kind in open_kinds(application, getattr(people, role))} == OPEN.get(state, set()), role
    for role in ("applicant", "stranger", "member", "council", "sysadmin", "security", "auditor"):
        assert open_kinds(application, getattr(people, role)) == [], role


def test_who_is_a_party_makes_no_paper_about_it(people):
    application = factories.application(State.ADMITTED, by=people.applicant, contact_email=people.clerk.email)
    assert open_kinds(application, people.clerk) == []
    with pytest.raises(NotAllowed):
        make(KINDS["admission"], application, by=people.clerk)


def test_certificates_are_made_by_officers_or_the_unit_itself_and_for_active_units(people):
    unit = people.units["member"]
    certificate = factories.certificate(people.officer, unit)
    makers = {role for role in ("clerk", "officer", "secretary", "member", "auditor") if open_kinds(certificate, getattr(people, role))}
    assert makers == {"officer", "secretary", "member"}
    type(unit).objects.filter(pk=unit.pk).update(state="suspended")
    certificate.refresh_from_db()
    assert open_kinds(certificate, people.officer) == []


def test_the_page_of_a_thing_makes_its_papers_and_lists_them(people):
    application = submitted(people)
    workflow.accept(application, by=people.clerk)
    client = client_of(people.officer)
    things = [
        (reverse("admin:applications_application_change", args=[application.pk]), "acceptance"),
        (reverse("admin:members_certificate_change", args=[factories.certificate(people.officer).pk]), "certificate"),
        (reverse("admin:applications_batch_change", args=[factories.application(State.PUBLICITY).batch_id]), "publicity"),
    ]
    for page, kind in things:
        assert f'name="_paper" value="{kind}"' in client.get(page).content.decode()
        assert client.post(page, {"_paper": kind}).status_code == 302
        paper = Paper.objects.get(kind=kind)
        shown = client.get(page).content.decode()
        assert paper.get_absolute_url() in shown
        assert client.post(page, {"_paper": "nonsense"}).status_code == 404
        assert client.get(reverse("admin:documents_paper_change", args=[paper.pk])).status_code == 200
    assert client.get(reverse("admin:documents_paper_changelist"), {"kind": "publicity"}).status_code == 200


def test_a_paper_that_is_not_open_is_refused_in_words(people):
    application = submitted(people)
    client = client_of(people.clerk)
    answer = client.post(reverse("admin:applications_application_change", args=[application.pk]), {"_paper": "acceptance"})
    assert answer.status_code == 302
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert not Paper.objects.exists()


def test_the_applicant_finds_the_form_and_the_last_issue_of_each_paper(people):
    application = submitted(people)
    workflow.accept(application, by=people.clerk)
    first, second = (make(KINDS["acceptance"], application, by=people.clerk) for _ in range(2))
    page = client_of(people.applicant).get(application.get_absolute_url()).content.decode()
    assert reverse("applications:form", args=[application.uuid]) in page
    assert [paper.get_absolute_url() in page for paper in (first, second)] == [False, True]


def test_every_kind_belongs_to_one_thing():
    owned = [kind.name for model in apps.get_models() for kind in kinds_of(model())]
    assert sorted(owned) == sorted(KINDS)


# ── The papers of a batch, and the report on the preparation ─────────────────────────────────────────────────────────


def test_the_call_says_who_may_come_with_what_until_when_and_whom_to_ask(people):
    batch = Batch.objects.get(number=1)
    said = "\n".join(lines(make(KINDS["call_for_members"], batch, by=people.officer)))
    for words in (
        "关于征集", "（第一批）的通知", "各地级以上市科技局（委），各有关单位：", "依法注册登记的法人单位", "企业：营业执照（副本）；", "2020年12月12日24时（北京时间）截止",
        "长期受理，集中审核", "公示5个工作日", "附件：入会申请表", "咨询",
    ):  # fmt: skip
        assert words in said, words
    assert "查看办理情况" not in said  # whoever reads a call has no file to look up
    assert open_kinds(batch, people.clerk) == []
    assert "call_for_members" not in {kind.name for kind in open_kinds(Batch.objects.get(closes_at=None), people.officer)}


def test_the_resolution_names_meeting_votes_units_and_who_signs(people):
    passed, other = (factories.application(State.SCREENED, by=people.applicant) for _ in range(2))
    batch = passed.batch
    Batch.objects.filter(pk=batch.pk).update(closed_at=batch.closes_at)
    taken = factories.resolution(subject="审议第一批申请单位")
    for each in (passed, other):
        each.batch.refresh_from_db()
    workflow.deliberate(passed, by=people.officer, resolution=taken)
    workflow.reject(other, by=people.officer, resolution=taken, ground="J09", reason="条件不成熟")
    paper = make(KINDS["resolution"], taken, by=people.officer)
    said = lines(paper)
    cells = [[cell.text for cell in row.cells] for table in Document(BytesIO(bytes(paper.content))).tables for row in table.rows]
    assert any("应到9人，实到8人，法定人数6人" in line for line in said)
    assert any("赞成8票，不赞成0票，弃权0票" in line and "表决通过" in line for line in said)
    assert ["【审议通过的单位】1家" in said, "【不予通过的单位】1家" in said, "与会人员签名表" in said] == [True] * 3
    assert [passed.name in row for row in cells].count(True) == 1
    assert not any("条件不成熟" in line for line in said)


def test_the_report_on_a_batch_counts_what_was_done(people):
    application = submitted(people)
    workflow.accept(application, by=people.clerk)
    batch = application.batch
    assert "batch_report" not in {kind.name for kind in open_kinds(Batch.objects.get(closes_at=None), people.officer)}
    paper = make(KINDS["batch_report"], batch, by=people.officer)
    said = "".join(lines(paper))
    assert "共收到申请1件。受理1件，不予受理0件" in said
    assert "尚未公示。" in said
    tables = [[cell.text for cell in row.cells] for table in Document(BytesIO(bytes(paper.content))).tables for row in table.rows]
    assert ["企业", "1", "100.0%"] in tables


def test_a_deferred_application_stays_in_the_figures_of_the_batch_that_deferred_it(people):
    first, second = Batch.objects.get(number=1), Batch.objects.get(number=2)
    resolution, today = factories.resolution(subject="审议第一批申请单位"), clock.today()
    stays, moves = (factories.application(State.SCREENED, batch=first) for _ in range(2))
    workflow.deliberate(stays, by=people.officer, resolution=resolution)
    workflow.defer(moves, by=people.officer, resolution=resolution, reason="补充材料")
    found, after = report.figures(first, today), report.figures(second, today)
    assert [found[name] for name in ("received", "carried", "passed", "deferred")] == [2, 0, 1, 1]
    assert [after[name] for name in ("received", "carried", "passed", "deferred")] == [1, 1, 0, 0]
    assert report.figures(second, today - timedelta(days=1))["received"] == 0
    assert [each["count"] for each in report.meetings(first, today)] == [2]
    assert report.meetings(second, today) == []
    assert report.shares(first, today)[0]["rows"][0]["count"] == 2
    workflow.revive(moves, by=people.officer)
    workflow.screen(moves, by=people.officer, opinion="符合")
    assert (report.figures(first, today)["screened"], report.figures(second, today)["screened"]) == (0, 1)


def test_the_public_list_covers_every_notice_that_runs_and_states_each_period(people):
    batch, now = Batch.objects.get(number=1), clock.now()
    groups = []
    for days in (3, 1):
        with clock.at(now - timedelta(days=days)):
            groups.append([factories.application(State.DELIBERATED, batch=batch) for _ in range(2)])
            for each in groups[-1]:
                workflow.publicise(each, by=people.officer)
    over = factories.application(State.PUBLICITY, batch=batch)
    said = publicity.publicised(batch)
    assert [each["name"] for each in said["units"]] == [each.name for rows in groups for each in rows]
    words = [f"{day(rows[0].publicity_from)}至{last_day(rows[0].publicity_until)}" for rows in groups]
    assert [each["words"] for each in said["periods"]] == words
    printed = lines(make(KINDS["publicity"], batch, by=people.officer))
    assert [f"名单第1至2号单位：自{words[0]}。" in printed, f"名单第3至4号单位：自{words[1]}。" in printed] == [True, True]
    assert list(listed(batch, people.officer)) == publicity.group(batch)
    assert over not in publicity.group(batch)


def test_the_pack_for_the_meeting_says_what_officer_and_experts_found_and_names_no_expert(people):
    reviewed, plain = (factories.application(State.ACCEPTED, by=people.applicant) for _ in range(2))
    for each in (reviewed, plain):
        workflow.screen(each, by=people.officer, opinion="符合征集条件，建议提交审议。")
    sheets = [factories.review(people.officer, reviewed, points=points) for points in (3, 4)]
    factories.assignment(people.officer, reviewed, state="recused", reason="同一单位")
    workflow.conclude_reviews(reviewed, by=people.officer, opinion="建议通过。")
    paper = make(KINDS["meeting"], reviewed.batch, by=people.officer)
    said = lines(paper)
    assert said.count("初审意见：符合征集条件，建议提交审议。") == 2
    for words in (
        "专家评审：平均分3.50（满分5分），已交评审表2份，应交2份。",
        "专家意见1：符合条件",
        "专家意见2：符合条件",
        "评审结论：建议通过。",
        "回避：1名专家。",
    ):
        assert said.count(words) == 1, words
    assert any(line.startswith("专家建议：") and line.endswith("2份。") for line in said)
    assert not any(sheet.assignment.expert.name in line for sheet in sheets for line in said)


def test_the_report_on_the_preparation_says_what_stands_at_the_meeting(people):
    meeting = factories.meeting(units=[people.units["member"]])
    meeting.agenda.create(position=1, title="审议章程（草案）")
    said = "".join(lines(make(KINDS["preparation_report"], meeting, by=people.officer)))
    for words in ("筹备工作报告", "受联盟筹建工作组委托", "家", "（一）审议章程（草案）", "以上报告，请予审议。"):
        assert words in said, words
    board = factories.meeting(assembly="council")
    assert "preparation_report" not in {kind.name for kind in open_kinds(board, people.officer)}


def test_a_paper_dated_before_the_founding_speaks_of_what_was_then(people):
    """The first call made again in the running phase: it was the working group's, and units became prospective members."""
    Facts.objects.filter(pk=1).update(phase=Phase.RUNNING, founded_on=date(2021, 3, 18))
    said = "\n".join(lines(make(KINDS["call_for_members"], Batch.objects.get(number=1), by=people.officer)))
    for words in ("拟筹建", "批准为联盟准成员", "联盟筹建工作组\t2020年11月10日印发"):
        assert words in said, words


def test_answers_of_several_stand_in_the_order_of_their_list():
    with translation.override("zh-hans"):
        assert Application(chain_position=["downstream", "upstream"]).in_words("chain_position") == "上游、下游"
