"""Certificates many at once: papers as long work in one ZIP or PDF, on stock with offsets, plaques, labels, addressees; and sealed PDFs that come back."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pypdfium2
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from alliance import clock
from alliance.documents.models import Paper
from alliance.documents.typesetting import typeset
from alliance.exchange.models import Export
from alliance.facts.models import Facts
from alliance.files.models import StoredFile
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.sheets.reading import read
from alliance.workflow import NotAllowed, Refused
from members import workflow
from members.models import Certificate, MemberUnit, Organisation, SealedLot
from members.papers import certificates as papers
from members.papers.printing import on_stock
from tests import factories

pytestmark = pytest.mark.django_db
PRINT = "admin:members_certificate_print"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def three(people) -> list[Certificate]:
    """Of the third the name has a character that no font has; of the fourth the membership rests."""
    found = [factories.certificate(people.officer, people.units[name]) for name in ("member", "council")]
    found += [factories.certificate(people.officer) for _ in range(2)]
    Certificate.objects.filter(pk=found[2].pk).update(name="深圳𠮷演示有限公司")
    MemberUnit.objects.filter(pk=found[3].unit_id).update(state="suspended")
    return found


def asked(people, how: str) -> Job:
    answer = client_of(people.officer).post(reverse(PRINT) + "?o=1", {"how": how})
    job = Job.objects.latest("id")
    assert answer.url == job.get_absolute_url()
    working.work_on(job.pk)
    job.refresh_from_db()
    return job


def fetched(people) -> bytes:
    note = Export.objects.latest("id")
    return client_of(people.officer).get(reverse("admin:exchange_export_file", args=[note.pk])).content


def text(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


# ── Papers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_papers_are_made_and_kept_and_leave_in_one_zip_and_what_was_not_made_is_said(people, three):
    job = asked(people, "zip")
    whys = {skipped.thing_id: skipped.why for skipped in job.skipped.all()}
    assert (job.state, set(whys), "𠮷" in whys[three[2].pk]) == ("finished", {three[2].pk, three[3].pk}, True)
    with ZipFile(BytesIO(fetched(people))) as package:
        assert sorted(package.namelist()) == sorted(f"{each.number}_会员证书_{each.name}.pdf" for each in three[:2])
        assert package.read(package.namelist()[0])[:5] == b"%PDF-"
    assert Export.objects.latest("id").count == 2
    assert client_of(people.clerk).get(reverse(PRINT)).status_code == 404


def test_one_pdf_has_a_page_each_in_the_order_of_the_list_and_papers_are_not_made_twice(people, three):
    kept = papers.made(three[0], by=people.officer)
    asked(people, "merged")
    found = text(fetched(people))
    assert [three[0].number in found[0], three[1].number in found[1], len(found)] == [True, True, 2]
    assert Paper.objects.filter(thing_id=three[0].pk, kind="certificate").get() == kept


def test_a_worker_that_dies_leaves_what_is_made_and_the_next_goes_on(people, three):
    client_of(people.officer).post(reverse(PRINT), {"how": "merged"})
    job = Job.objects.latest("id")
    runner = uuid4()
    working.claim(job.pk, runner)
    working.step(job.pk, runner)
    Job.objects.filter(pk=job.pk).update(beat_at="2020-01-01T00:00Z")
    before = set(Paper.objects.values_list("pk", flat=True))
    working.work_on(job.pk)
    assert before <= set(Paper.objects.values_list("pk", flat=True))
    assert len(text(fetched(people))) == Paper.objects.filter(kind="certificate").count() == 2


def test_on_stock_stands_the_same_without_border_and_head_moved_by_the_office_s_offsets(people, three, settings):
    officer = client_of(people.officer)
    places = []
    for x in ("0", "10"):
        assert officer.post(reverse("admin:members_certificate_stock"), {"overlay_x": x, "overlay_y": "0"}).status_code == 302
        asked(people, "overlay")
        places.append(fetched(people))
    found = text(places[0])
    assert (len(found), "会员证书" in found[0], three[0].number in found[0], three[0].name in found[0]) == (2, False, True, True)
    assert not Paper.objects.filter(kind="certificate").exists()  # the paper itself is another
    at = [zxingcpp.read_barcodes(pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil())[0] for content in places]
    assert at[0].text == f"{settings.SITE_URL}/verify/{three[0].code}/"
    moved = (at[1].position.top_left.x - at[0].position.top_left.x) / 3 / 72 * 25.4
    assert abs(moved - 10) < 0.5
    assert Facts.objects.get().history.latest("history_id").overlay_x == 10


def test_the_test_sheet_and_the_stock_are_there_for_officers(people):
    officer = client_of(people.officer)
    for which, said in (("calibration", "套打测试页"), ("stock", "会员证书")):
        page = reverse("admin:members_certificate_stock_sheet", args=[which])
        assert said in text(officer.get(page).content)[0]
        assert client_of(people.clerk).get(page).status_code == 404
    assert officer.get(reverse("admin:members_certificate_stock_sheet", args=["nothing"])).status_code == 404
    assert (
        reverse("admin:members_certificate_stock_sheet", args=["stock"])
        in officer.get(reverse("admin:members_certificate_stock")).content.decode()
    )
    assert officer.post(reverse("admin:members_certificate_stock"), {"overlay_x": "99", "overlay_y": "0"}).status_code == 422


# ── Plaques, labels, addressees ──────────────────────────────────────────────────────────────────────────────────────


def made(people, how: str, client: Client | None = None) -> bytes:
    answer = (client or client_of(people.officer)).post(reverse(PRINT), {"how": how})
    assert answer.status_code == 200
    return answer.content


def test_plaques_have_name_post_and_term_as_a_table_and_in_word(people, three, tmp_path):
    (tmp_path / "p.xlsx").write_bytes(made(people, "plaques"))
    rows = read(tmp_path / "p.xlsx")
    assert rows[0] == ["序号", "单位名称", "职务", "届次"]
    assert [three[0].name, "准成员单位", "第一届"] in [row[1:] for row in rows]
    lines = [line.text for line in Document(BytesIO(made(people, "plaques_word"))).paragraphs]
    assert {three[0].name, "准成员单位", "第一届"} <= set(lines)


def test_labels_and_addressees_name_persons_and_are_written_down(people, three, tmp_path):
    organisation = three[0].unit.organisation
    Organisation.objects.filter(pk=organisation.pk).update(postal_address="深圳市演示路1号", postcode="518000")
    label = text(made(people, "labels"))[0]
    person = three[0].unit.representative.name
    assert all(said in label for said in ("518000", "深圳市演示路1号", organisation.name, person, three[0].number))
    (tmp_path / "a.xlsx").write_bytes(made(people, "addressees"))
    rows = read(tmp_path / "a.xlsx")
    mine = next(row for row in rows if three[0].number in row)
    assert (mine[2], mine[4], mine[5]) == (organisation.name, "深圳市演示路1号", person)
    assert list(Export.objects.order_by("id").values_list("sheet", "is_internal")) == [("labels", True), ("addressees", True)]


def test_what_names_persons_asks_for_the_password(people, three):
    people.officer.set_password("a long pass phrase")
    people.officer.save()
    officer = client_of(people.officer)
    for how in ("labels", "addressees"):
        assert officer.post(reverse(PRINT), {"how": how}).url.startswith(reverse("account_reauthenticate"))
    assert not Export.objects.exists()
    made(people, "plaques", officer)


def test_the_office_s_grid_of_labels_is_kept(people, three):
    Facts.objects.filter(pk=1).update(label_columns=1, label_rows=2)
    assert len(text(made(people, "labels"))) == 2  # four certificates, two a page


def test_what_is_ticked_is_what_is_printed(people, three):
    officer = client_of(people.officer)
    ticked = officer.post(
        reverse("admin:members_certificate_changelist"), {"action": "print_ticked", "_selected_action": [three[0].pk, three[1].pk]}
    )
    assert officer.get(ticked.url).context["count"] == 2


def test_the_list_leaves_as_it_is_seen(people, three, tmp_path):
    workflow.dispatch(three[0], by=people.officer, courier="示例速递", number="SF1", sent_on=clock.today())
    answer = client_of(people.officer).post(reverse("admin:members_certificate_export"), {"version": "public", "form": "xlsx"})
    (tmp_path / "c.xlsx").write_bytes(answer.content)
    mine = next(row for row in read(tmp_path / "c.xlsx") if three[0].number in row)
    assert mine[2:5] == [three[0].name, three[0].unit.number, "第一届"]
    assert mine[-3:-1] == ["示例速递", "SF1"]


# ── Sealed elsewhere ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shelf(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def face(certificate: Certificate, by) -> bytes:
    return bytes(papers.made(certificate, by=by).content)


def zipped(*files: tuple[str, bytes]) -> SimpleUploadedFile:
    written = BytesIO()
    with ZipFile(written, "w") as package:
        for name, content in files:
            package.writestr(name, content)
    return SimpleUploadedFile("盖章.zip", written.getvalue())


def sent(people, *uploads: SimpleUploadedFile) -> SealedLot:
    answer = client_of(people.officer).post(reverse("admin:members_sealedlot_send"), {"files": uploads})
    job = Job.objects.latest("id")
    assert answer.url == job.get_absolute_url()
    working.work_on(job.pk)
    return SealedLot.objects.latest("id")


def test_sealed_pdfs_are_matched_by_number_or_by_the_code_on_their_face_looked_at_and_kept(people, three, shelf):
    one, two = three[:2]
    first, second = face(one, people.officer), face(two, people.officer)
    ended = factories.certificate(people.officer)
    workflow.void(ended, by=people.officer, reason="误发")
    lot = sent(
        people,
        zipped(
            (f"盖章/{one.number.lower()} 某某公司.pdf", second),  # what its name says goes first
            ("扫描件.pdf", second),
            ("又一份.pdf", second),
            ("空白.pdf", papers_blank()),
            (f"{ended.number}.pdf", first),
            ("说明.docx", b"PK"),
            (f"{three[2].number}.pdf", b"no pdf"),
            ("__MACOSX/x.pdf", b"x"),
        ),
    )
    outcomes = dict(lot.items.values_list("file_name", "outcome"))
    assert outcomes == {
        f"{one.number.lower()} 某某公司.pdf": "matched", "扫描件.pdf": "matched", "又一份.pdf": "twice", "空白.pdf": "unmatched",
        f"{ended.number}.pdf": "ended", "说明.docx": "refused", f"{three[2].number}.pdf": "refused",
    }  # fmt: skip
    assert {item.certificate for item in lot.items.to_keep()} == {one, two}
    assert not Certificate.objects.exclude(sealed=None).exists()
    officer = client_of(people.officer)
    page = officer.get(lot.get_absolute_url()).content.decode()
    assert all(said in page for said in ("已匹配", "重复", "未匹配到证书", "证书已失效", "不接收"))
    assert client_of(people.clerk).post(reverse("admin:members_sealedlot_keep", args=[lot.pk])).status_code == 404
    assert officer.post(reverse("admin:members_sealedlot_keep", args=[lot.pk])).status_code == 302
    assert set(Certificate.objects.exclude(sealed=None)) == {one, two}
    with pytest.raises(Refused):
        workflow.keep_sealed(lot, by=people.officer)
    member = client_of(people.member)
    one.refresh_from_db()
    assert one.sealed.get_absolute_url() in member.get(reverse("unit")).content.decode()
    assert b"".join(member.get(one.sealed.get_absolute_url()).streaming_content) == second
    assert member.post(reverse("take_certificate", args=[one.uuid])).url == one.sealed.get_absolute_url()
    assert client_of(people.council).get(one.sealed.get_absolute_url()).status_code == 404
    unmatched = lot.items.get(file_name="空白.pdf").file
    assert member.get(unmatched.get_absolute_url()).status_code == 404


def papers_blank() -> bytes:
    """A PDF of ours that belongs to no certificate."""
    return typeset("stock", on_stock(), moment=clock.now())


def test_a_later_one_takes_the_place_of_the_first(people, three, shelf):
    content = face(three[0], people.officer)
    for outcome in ("matched", "again"):
        lot = sent(people, SimpleUploadedFile(f"{three[0].number}.pdf", content))
        assert lot.items.get().outcome == outcome
        assert workflow.keep_sealed(lot, by=people.officer) == 1
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize(("name", "content"), [("盖章.zip", b"PK\x03\x04 broken"), ("说明.docx", b"PK"), ("x.exe", b"MZ")])
def test_what_is_neither_pdf_nor_zip_is_refused_at_the_page(people, shelf, name, content):
    answer = client_of(people.officer).post(reverse("admin:members_sealedlot_send"), {"files": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 422
    assert not SealedLot.objects.exists()


def test_a_zip_that_unpacks_to_too_much_or_holds_too_many_is_refused(people, shelf, monkeypatch):
    monkeypatch.setattr("members.workflow.sealing.UNPACKED", 10)
    officer = client_of(people.officer)
    assert officer.post(reverse("admin:members_sealedlot_send"), {"files": [zipped(("a.pdf", b"x" * 11))]}).status_code == 422
    monkeypatch.setattr("members.workflow.sealing.MOST_ITEMS", 1)
    assert officer.post(reverse("admin:members_sealedlot_send"), {"files": [zipped(("a.pdf", b"x"), ("b.pdf", b"x"))]}).status_code == 422
    assert not SealedLot.objects.exists()


def test_sealed_ones_are_the_whole_alliance_s_office_s_and_officers_to_keep(people, shelf):
    lot = SealedLot.objects.create(by=people.officer)
    for by in (people.clerk, people.auditor, factories.branch_staff("officer")):
        with pytest.raises(NotAllowed):
            workflow.keep_sealed(lot, by=by)
    assert client_of(people.clerk).get(reverse("admin:members_sealedlot_send")).status_code == 404
