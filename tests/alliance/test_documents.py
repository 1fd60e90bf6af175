"""Papers: what is typed stays what it is, what the fonts lack is named, and a paper once made never changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from threading import Barrier, Thread
from zipfile import ZipFile

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from alliance import clock
from alliance.documents import redhead, word
from alliance.documents.checking import check_template
from alliance.documents.kinds import KINDS, word_kinds
from alliance.documents.making import make
from alliance.documents.models import Paper, Template, add_template
from alliance.documents.typesetting import FOLDER, MissingGlyphs, typeset
from applications.choices import State
from members.models import MemberUnit, Term
from members.workflow import issue_certificate, reissue
from tests import factories

MOMENT = datetime(2021, 3, 18, 2, tzinfo=UTC)
HOSTILE = r"#evil $x$ *b* _i_ @ref \n <&> {{ 7*7 }} {% raw %} `code` //x"
EDGE_NAMES = (
    "深圳喆堃钘𬭬㙍演示新能源有限公司",
    "岭曜演示（香港）氫能科技有限公司",
    "廣東省演示臺灣龍門鐵路車輛研究院",
    "广东粤港澳大湾区演示新能源汽车动力电池（氢燃料）系统集成与智能网联检测认证技术创新研究股份有限公司演示验证分中心及其联合实验室",
    "Demo Dvořák & Söhne (Hong Kong) Limited",
)


def certificate(subject: str, **changes: object) -> bytes:
    said = {
        "subject": subject, "name_en": "", "number": "GBANEV-0120210037", "member_number": "GBANEV-0037", "issue": 1, "term": "第一届",
        "admitted_on": "2021年3月18日", "admitted_on_en": "18 March 2021", "valid_until": "2026年3月17日", "alliance_en": "Alliance",
        "date": "2021年3月18日", "issued_by": "联盟", "post": "会员单位", "post_en": "a member unit", "is_copy": False, "reissued_on": "",
        "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    }  # fmt: skip
    return typeset("certificate", said | changes, moment=MOMENT)


def pdf_text(content: bytes) -> str:
    """The text layer, without the places where lines were broken."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def word_text(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


@pytest.mark.parametrize("name", EDGE_NAMES)
def test_every_name_stands_in_the_text_of_the_paper(name):
    content = certificate(name)
    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert "".join(name.split()) in pdf_text(content)


def test_a_character_that_the_fonts_lack_is_named_with_its_code_point():
    with pytest.raises(MissingGlyphs) as missing:
        certificate("深圳𠮷演示한有限公司", name_en="𠮷")
    assert missing.value.characters == ["𠮷", "한"]
    assert "𠮷 (U+20BB7)" in str(missing.value)
    assert "한 (U+D55C HANGUL SYLLABLE HAN)" in str(missing.value)


def test_what_is_typed_is_never_typst_code():
    assert "".join(HOSTILE.split()) in pdf_text(certificate("演示有限公司", name_en=HOSTILE))


def test_the_pdf_is_archival_carries_its_own_fonts_and_is_the_same_each_time():
    first = certificate("演示有限公司")
    reader = PdfReader(BytesIO(first))
    assert first == certificate("演示有限公司")
    assert "pdfaid" in reader.xmp_metadata.stream.get_data().decode()
    assert reader.metadata.creation_date == MOMENT
    fonts = {font["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert any("NotoSerifSC" in font for font in fonts)


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def filled(kind: str, **changes: object) -> bytes:
    words = (
        dict.fromkeys(KINDS[kind].known, "样例") | KINDS[kind].sample | {"number": "湾新汽联〔2021〕1号", "date": "2021年3月18日"} | changes
    )
    return word.fill((FOLDER / f"{kind}.docx").read_bytes(), words, title="样例", moment=MOMENT)


def test_what_is_typed_is_never_a_template():
    assert f"{HOSTILE}：" in word_text(filled("acceptance", subject=HOSTILE))


def test_the_same_words_give_the_same_bytes_and_the_file_bears_the_papers_time():
    content = filled("acceptance")
    assert content == filled("acceptance")
    properties = Document(BytesIO(content)).core_properties
    assert (properties.created, properties.modified, properties.author) == (MOMENT, MOMENT, "")
    assert {part.date_time for part in ZipFile(BytesIO(content)).infolist()} == {(2021, 3, 18, 10, 0, 0)}


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_the_committed_template_is_what_its_words_build(source):
    assert source.with_suffix(".docx").read_bytes() == redhead.build(source.read_text())


# ── Templates of the secretariat's own ───────────────────────────────────────────────────────────────────────────────


def template(*lines: str, link: str = "") -> bytes:
    """A Word file with these paragraphs."""
    paper, written = Document(), BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    if link:
        paper.part.relate_to(link, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", is_external=True)
    paper.save(written)
    return written.getvalue()


def with_part(content: bytes, name: str) -> bytes:
    written = BytesIO(content)
    with ZipFile(written, "a") as package:
        package.writestr(name, b"x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"no zip", "This is no Word file", id="no zip"),
        pytest.param(with_part(template("x"), "word/vbaProject.bin"), "macros or embedded objects", id="a macro"),
        pytest.param(template("x", link="https://example.org/t.dotm"), "https://example.org/t.dotm", id="a link outside"),
        pytest.param(template("{{ sbject }} {{ number }}"), "Unknown names in the template: sbject", id="a slip of the pen"),
        pytest.param(template("{{ subject"), "not complete", id="an open brace"),
        pytest.param(template("{{ ''.__class__.__mro__[1].__subclasses__() }}"), "No paper can be made", id="out of the sandbox"),
        pytest.param(template("{{ subject * 999999999 }}"), "No paper can be made", id="a text without end"),
        pytest.param(template("{{ subject.nothing }}"), "No paper can be made", id="an unknown part"),
        pytest.param(template("{% for i in range(9) %}x{% endfor %}"), "range", id="a function"),
    ],
)
def test_a_template_that_may_not_be_used_is_refused_with_the_reason(content, said):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        check_template(KINDS["acceptance"], content)
    assert said in " ".join(refused.value.messages)


def test_every_delivered_template_passes_its_own_check():
    for name, _label in word_kinds():
        check_template(KINDS[name], (FOLDER / f"{name}.docx").read_bytes())


@pytest.fixture
def office(people):
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(people.officer)
    return client


def accepted(people):
    """An application accepted by a real step."""
    from applications import workflow

    application = factories.application(State.SUBMITTED, by=people.applicant)
    workflow.accept(application, by=people.clerk)
    return application


def upload(client, content: bytes, kind: str = "acceptance"):
    file = SimpleUploadedFile("template.docx", content)
    return client.post(reverse("admin:documents_template_add"), {"kind": kind, "file": file})


def test_a_new_template_changes_the_papers_to_come_and_none_that_was_made(people, office):
    application = accepted(people)
    first = make(KINDS["acceptance"], application, by=people.officer)
    before = bytes(first.content)
    assert upload(office, template("新版 {{ subject }} {{ number }}")).status_code == 302
    second = make(KINDS["acceptance"], application, by=people.officer)
    first.refresh_from_db()
    assert bytes(first.content) == before
    assert word_text(bytes(second.content)) == [f"新版 {application.name} {first.number}"]
    assert (first.template_version, second.template_version) == (0, 1)
    assert (first.number, first.issue, second.number, second.issue) == (first.number, 1, first.number, 2)


def test_an_old_template_comes_back_as_a_new_version(people, office):
    for line in ("甲 {{ number }}", "乙 {{ number }}"):
        upload(office, template(line))
    old = Template.objects.get(version=1)
    assert office.get(reverse("admin:documents_template_file", args=[old.pk])).content == bytes(old.content)
    assert office.get(reverse("admin:documents_template_change", args=[old.pk])).status_code == 200
    assert office.post(reverse("admin:documents_template_again", args=[old.pk])).status_code == 302
    assert [(t.version, t.again) for t in Template.objects.order_by("version")] == [(1, None), (2, None), (3, 1)]
    paper = make(KINDS["acceptance"], accepted(people), by=people.officer)
    assert word_text(bytes(paper.content)) == [f"甲 {paper.number}"]


def test_two_terms_papers_after_a_template_was_edited_between_them(people, office):
    """What the first term resolved reads as it was issued, also when it is fetched again; the second term's papers follow the new words."""
    first = factories.resolution(subject="审议第一届工作报告")
    kept = make(KINDS["resolution"], first, by=people.officer)
    before, digest = bytes(kept.content), kept.sha256
    delivered = Document(FOLDER / "resolution.docx")
    delivered.paragraphs[2].runs[0].text = "关于{{ subject }}的决议（新式样）"
    edited = BytesIO()
    delivered.save(edited)
    assert upload(office, edited.getvalue(), "resolution").status_code == 302
    term = Term.objects.create(number=2)
    second = factories.resolution(subject="审议第二届工作报告", meeting=factories.meeting(term=term))
    later = make(KINDS["resolution"], second, by=people.officer)
    again = office.get(kept.get_absolute_url()).content
    kept.refresh_from_db()
    assert (again == before, bytes(kept.content) == before, sha256(again).hexdigest() == digest) == (True, True, True)
    assert ["新式样" in "".join(word_text(content)) for content in (before, bytes(later.content))] == [False, True]
    assert [paper.template_version for paper in (kept, later)] == [0, 1]
    third = make(KINDS["resolution"], first, by=people.officer)  # made anew it is a further issue, in the new words, and the first stays
    assert ("新式样" in "".join(word_text(bytes(third.content))), third.issue, third.number == kept.number) == (True, 2, True)
    assert bytes(Paper.objects.get(pk=kept.pk).content) == before


def test_a_rare_character_is_kept_in_word_whose_fonts_are_the_reader_s(people):
    for name in ("深圳𠮷㑇演示有限公司", "演示𬭬㙍喆堃钘有限公司"):
        assert f"{name}：" in word_text(filled("admission", subject=name))


def test_the_list_of_templates_costs_the_same_however_long_it_is(people, office):
    page, counts = reverse("admin:documents_template_changelist"), set()
    for many in (1, 3, 30):
        while Template.objects.count() < many:
            add_template("acceptance", template("{{ number }}"), by=people.officer)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(page).status_code == 200
        counts.add(len(asked))
    assert len(counts) == 1


def test_a_refused_template_is_told_at_its_field_and_nothing_is_kept(people, office):
    answer = upload(office, template("{{ sbject }}"))
    assert answer.status_code == 200
    assert "Unknown names in the template: sbject" in answer.content.decode()
    assert not Template.objects.exists()


def test_a_clerk_reads_templates_and_replaces_none(people):
    client = Client()
    client.force_login(people.clerk)
    made = add_template("acceptance", template("x"), by=people.officer)
    assert client.get(reverse("admin:documents_template_delivered", args=["acceptance"])).status_code == 200
    assert client.get(reverse("admin:documents_template_delivered", args=["certificate"])).status_code == 404
    assert upload(client, template("{{ number }}")).status_code == 403
    assert client.post(reverse("admin:documents_template_again", args=[made.pk])).status_code == 404


def test_a_broken_template_in_force_is_said_at_the_place_and_takes_no_number(people, office):
    application = accepted(people)
    add_template("acceptance", template("{{ nothing_known }}"), by=people.officer)
    page = reverse("admin:applications_application_change", args=[application.pk])
    answer = office.post(page, {"_paper": "acceptance"})
    assert answer.status_code == 302
    assert "nothing_known" in str(next(iter(get_messages(answer.wsgi_request))))
    assert not Paper.objects.exists()
    add_template("acceptance", template("{{ number }}"), by=people.officer)
    assert make(KINDS["acceptance"], application, by=people.officer).number.endswith("〕1号")


# ── Numbers, and rows that stay ──────────────────────────────────────────────────────────────────────────────────────


def test_numbers_follow_each_other_without_a_gap_or_a_zero_before_them(people):
    with clock.at(MOMENT):
        numbers = [make(KINDS["acceptance"], accepted(people), by=people.officer).number for _ in range(3)]
    assert numbers == ["湾新汽联〔2021〕1号", "湾新汽联〔2021〕2号", "湾新汽联〔2021〕3号"]


@pytest.mark.django_db
def test_a_certificate_has_a_number_of_its_own_and_keeps_it(people):
    with clock.at(MOMENT):
        certificate = factories.certificate(people.officer, people.units["member"])
    first, again = (make(KINDS["certificate"], certificate, by=people.officer) for _ in range(2))
    assert (first.number, again.number, again.issue) == ("GBANEV-0120210001", "GBANEV-0120210001", 2)
    assert "补发" not in pdf_text(bytes(first.content) + bytes(again.content))
    reissue(certificate, by=people.officer, reason="原件遗失")
    copy = make(KINDS["certificate"], certificate, by=people.officer)
    assert (copy.number, copy.issue, "（补发）" in pdf_text(bytes(copy.content))) == ("GBANEV-0120210001", 3, True)


def test_a_paper_is_written_once(people):
    if connection.vendor != "postgresql":
        pytest.skip("freezing is PostgreSQL's")
    paper = make(KINDS["acceptance"], accepted(people), by=people.officer)
    for change in (lambda: Paper.objects.update(title="别的"), lambda: Paper.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    paper.refresh_from_db()
    assert paper.title == "受理通知书"


@pytest.mark.race
def test_twenty_certificates_at_once_have_twenty_numbers_and_twenty_issues_of_one_share_theirs(committed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    officer = factories.user("李范二", "officer")
    units = [factories.unit() for _ in range(20)]
    made, barrier = [], Barrier(20)

    def certify(thing):
        barrier.wait()
        if isinstance(thing, MemberUnit):
            issue_certificate(thing, by=officer)
            made.append(thing.certificates.get())
        else:
            made.append(make(KINDS["certificate"], thing, by=officer))
        connections.close_all()

    issued = factories.certificate(officer)
    for things in (units, [issued] * 20):
        made.clear()
        threads = [Thread(target=certify, args=[thing]) for thing in things]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 20
        if things is units:
            assert sorted(int(certificate.number[-4:]) for certificate in made) == list(range(2, 22))
    assert {paper.number for paper in made} == {issued.number}
    assert sorted(paper.issue for paper in made) == list(range(1, 21))


# ── Whose ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_is_handed_out_as_a_file_to_keep(people):
    paper = factories.paper(factories.application(State.SUBMITTED, by=people.applicant))
    client = Client()
    client.force_login(people.applicant)
    answer = client.get(paper.get_absolute_url())
    headers = {name: answer[name] for name in ("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")}
    assert answer.content == b"paper"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%8F%97")
    assert headers == {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def test_a_paper_is_the_secretariats_and_whose_it_is_about(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    things = {
        application: {"applicant", "clerk", "officer", "secretary"},
        people.units["member"]: {"member", "clerk", "officer", "secretary"},
        application.batch: {"clerk", "officer", "secretary"},
    }
    for thing, readers in things.items():
        url = factories.paper(thing).get_absolute_url()
        for role in ("stranger", "applicant", "member", "council", "clerk", "officer", "secretary", "sysadmin", "security", "auditor"):
            client = Client()
            client.force_login(getattr(people, role))
            assert client.get(url).status_code == (200 if role in readers else 404), (thing, role)
        assert Client().get(url).status_code == 302


def test_a_paper_about_nothing_that_is_left_is_not_found(people):
    paper = factories.paper(people.units["member"], thing_id=0)
    client = Client()
    client.force_login(people.member)
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_the_made_paper_is_in_the_history_by_kind_and_key(people):
    from alliance.history.models import Event

    with clock.at(clock.now() + timedelta(seconds=1)):
        application = accepted(people)
        paper = make(KINDS["acceptance"], application, by=people.officer)
    event = Event.objects.of(application).steps("make_paper").get()
    assert (event.actor, event.details) == (people.officer, {"kind": "acceptance", "paper": paper.pk})
