"""The sealed round trip: printed, sealed, scanned in every way there is, and known again; another paper is told from it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageEnhance, ImageFilter

from alliance import clock
from alliance.calendar.days import due_after
from alliance.files.models import StoredFile
from alliance.history.models import TIMETABLE, Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import batches, papers, sealing, workflow
from applications.choices import Paper, Reading, State
from applications.models import Application, Attachment, Batch, Original, RequiredPaper, SealedCopy
from applications.tasks import move_unsealed, remind
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db
WHITE = (255, 255, 255)


@pytest.fixture(autouse=True)
def _no_other_paper_is_demanded(db):
    """Here the sealed form is the only paper that matters."""
    RequiredPaper.objects.exclude(paper=Paper.SEALED_FORM).update(is_must=False)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path) -> None:
    settings.PORTAL_HOME = tmp_path


@pytest.fixture
def desk(client, people) -> SimpleNamespace:
    """The applicant at the browser with a draft that is ready to seal; its page, and how the page answers."""
    client.force_login(people.applicant)
    client.cookies["django_language"] = "en"
    application = Application.objects.get(pk=factories.draft(by=people.applicant).pk)
    address = reverse("applications:seal", args=[application.uuid])
    client.post(address, {"freeze": "1"})
    return SimpleNamespace(
        client=client, application=application, address=address, post=lambda *files: client.post(address, {"file": list(files)})
    )


def printed(application) -> list[Image.Image]:
    """The pages as they come out of the printer, at 200 dots an inch."""
    with pypdfium2.PdfDocument(papers.form(application, sealing.to_print(application))) as document:
        return [page.render(scale=200 / 72).to_pil().convert("RGB") for page in document]


def as_pdf(pages) -> SimpleUploadedFile:
    out = BytesIO()
    pages[0].save(out, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    return SimpleUploadedFile("盖章申请表.pdf", out.getvalue())


def as_picture(page, kind="JPEG", n=1) -> SimpleUploadedFile:
    out = BytesIO()
    page.save(out, kind, quality=70)
    return SimpleUploadedFile(f"IMG_{n}.{kind.lower()}", out.getvalue())


def photographed(page: Image.Image) -> Image.Image:
    """On a desk, from one side, half in the shade, not quite sharp, and no larger than a messenger sends it."""
    width, height = page.size
    table = Image.new("RGB", (int(width * 1.3), int(height * 1.25)), (120, 90, 60))
    table.paste(page, (int(width * 0.15), int(height * 0.12)))
    w, h = table.size
    seen = (int(w * 0.05), int(h * 0.02), -int(w * 0.03), int(h * 0.97), int(w * 1.04), int(h * 1.03), int(w * 0.93), -int(h * 0.04))
    askew = table.transform((w, h), Image.Transform.QUAD, seen, Image.Resampling.BICUBIC).rotate(4, expand=True, fillcolor=(110, 80, 50))
    shade = Image.linear_gradient("L").resize(askew.size).point(lambda light: 110 + light // 2)
    photo = Image.composite(askew, Image.new("RGB", askew.size, (40, 40, 40)), shade)
    photo.thumbnail((1500, 2200))
    return photo.filter(ImageFilter.GaussianBlur(0.8))


WAYS = {
    "as it was": lambda page: page,
    "on its side": lambda page: page.rotate(90, expand=True),
    "upside down": lambda page: page.rotate(180),
    "on its other side": lambda page: page.rotate(270, expand=True),
    "askew by 3°": lambda page: page.rotate(3, expand=True, fillcolor=WHITE, resample=Image.Resampling.BICUBIC),
    "grey": lambda page: page.convert("L"),
    "pale": lambda page: ImageEnhance.Contrast(page.convert("L")).enhance(0.15),
    "black and white": lambda page: page.convert("1").convert("L"),
    "at 100 dots an inch": lambda page: page.resize((page.width // 2, page.height // 2), Image.Resampling.BILINEAR),
    "photographed": photographed,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_sealed_form_is_known_again_however_it_was_scanned(way, desk):
    pages = printed(desk.application)
    assert desk.post(as_pdf([WAYS[way](page) for page in pages])).status_code == 302
    copy = SealedCopy.objects.get()
    assert (copy.reading, copy.pages_read, copy.version.code, copy.note) == (
        Reading.MATCHED,
        len(pages),
        sealing.code_of(desk.application),
        "",
    )
    assert sealing.is_sealed(desk.application)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photographs_of_its_pages_become_one_pdf_in_their_order(kind, desk):
    pages = [photographed(page) for page in printed(desk.application)]
    assert desk.post(*(as_picture(page, kind, n) for n, page in enumerate(pages, 1))).status_code == 302
    copy = SealedCopy.objects.get()
    file = copy.attachment.file
    assert (copy.reading, file.kind, file.pages, file.title) == (Reading.MATCHED, "pdf", len(pages), "IMG_1.pdf")
    with pypdfium2.PdfDocument(file.path.read_bytes()) as document:
        assert all(max(page.get_size()) <= 842.1 for page in document)


def test_a_digitally_signed_pdf_is_kept_byte_for_byte_and_read_the_same_way(desk, monkeypatch):
    made = papers.form(desk.application, sealing.to_print(desk.application))
    monkeypatch.setattr("alliance.files.apart.pdf.judge", lambda node, reader: True)
    monkeypatch.setattr("alliance.files.checking.examined", lambda *asked: {"kind": "pdf", "pages": 3, "signed": True})
    desk.post(SimpleUploadedFile("signed.pdf", made))
    copy = SealedCopy.objects.get()
    assert (copy.reading, copy.attachment.file.path.read_bytes() == made) == (Reading.SIGNED, True)


def test_a_blank_scan_waits_for_the_clerk_and_is_no_refusal(desk, people):
    assert desk.post(as_pdf([Image.new("RGB", (1654, 2339), WHITE)])).status_code == 302
    assert (SealedCopy.objects.get().reading, sealing.is_sealed(desk.application), sealing.awaits_eye(desk.application)) == (
        Reading.UNREAD,
        False,
        True,
    )


def test_a_missing_page_is_named_and_waits_for_the_clerk(desk):
    pages = printed(desk.application)
    desk.post(as_pdf([pages[0], *pages[2:]]))
    copy = SealedCopy.objects.get()
    assert (copy.reading, copy.pages_read, copy.note) == (Reading.UNREAD, len(pages) - 1, "2")
    assert "2" in desk.client.get(desk.address).content.decode().partition("was not found")[2][:5]


def refusal(answer) -> list[str]:
    return [error.code for error in answer.context["form"].errors.as_data()["file"]]


@pytest.mark.parametrize("file", [("form.docx", hostile.word()), ("form.xlsx", hostile.excel())], ids=["word", "excel"])
def test_what_can_still_be_written_on_is_no_scan_whichever_page_it_is_sent_from(file, desk):
    answer = desk.post(SimpleUploadedFile(*file))
    assert (answer.status_code, refusal(answer)) == (422, ["no_scan"])
    papers_page = reverse("applications:section", args=[desk.application.uuid, "attachments"])
    answer = desk.client.post(papers_page, {"kind": Paper.SEALED_FORM, "file": SimpleUploadedFile(*file)})
    assert "A scan is a PDF, or pictures of its pages" in answer.content.decode()
    assert not SealedCopy.objects.exists()


def test_the_field_for_the_scan_offers_nothing_else_than_scans(desk):
    page = desk.client.get(desk.address).content.decode()
    assert 'accept=".pdf,.jpg,.jpeg,.png,.webp"' in page
    assert "docx" not in page


def test_the_page_of_the_papers_does_not_call_needed_what_may_follow(desk):
    page = desk.client.get(reverse("applications:section", args=[desk.application.uuid, "attachments"])).content.decode()
    assert "may follow" in page
    assert 'class="is-needed"' not in page


def test_a_paper_of_earlier_answers_is_refused_with_the_reason_and_what_to_do(desk):
    pages = printed(desk.application)
    Application.objects.filter(pk=desk.application.pk).update(planned_work="别的工作")
    answer = desk.post(as_pdf(pages))
    said = str(answer.context["form"].errors["file"])
    code = papers.spaced(desk.application.versions.get().code)
    assert (answer.status_code, refusal(answer), SealedCopy.objects.count(), StoredFile.objects.count()) == (422, ["older"], 0, 0)
    assert all(word in said for word in ("version 1", code, "print the form again"))


def test_the_page_says_that_the_printed_paper_is_void_and_offers_to_print_again(desk):
    code = papers.spaced(desk.application.versions.get().code)
    assert code in desk.client.get(desk.address).content.decode()
    Application.objects.filter(pk=desk.application.pk).update(planned_work="别的工作")
    page = desk.client.get(desk.address).content.decode()
    assert (code in page, "is void. Please print" in page, "Ready to seal" in page) == (True, True, True)
    desk.client.post(desk.address, {"freeze": "1"})
    page = desk.client.get(desk.address).content.decode()
    assert ("is void. Please print" in page, desk.application.versions.count()) == (False, 2)


def test_answers_that_are_changed_back_make_the_paper_good_again(desk):
    pages, before = printed(desk.application), desk.application.planned_work
    for words in ("别的工作", before):
        Application.objects.filter(pk=desk.application.pk).update(planned_work=words)
    assert desk.post(as_pdf(pages)).status_code == 302
    assert (SealedCopy.objects.get().reading, desk.application.versions.count()) == (Reading.MATCHED, 1)


def test_another_application_s_paper_is_refused(desk, people):
    other = factories.application(State.SUBMITTED, by=people.stranger)
    answer = desk.post(as_pdf(printed(other)))
    assert (answer.status_code, refusal(answer)) == (422, ["foreign"])
    assert other.name not in answer.content.decode()


def test_a_print_of_the_draft_does_not_do(desk, people):
    draft = Application.objects.get(pk=factories.draft(by=people.applicant).pk)
    pages = printed(draft)
    address = reverse("applications:seal", args=[draft.uuid])
    desk.client.post(address, {"freeze": "1"})
    assert refusal(desk.client.post(address, {"file": as_pdf(pages)})) == ["draft"]


def test_pages_of_two_versions_are_no_paper(desk):
    old = printed(desk.application)
    Application.objects.filter(pk=desk.application.pk).update(planned_work="别的工作")
    desk.client.post(desk.address, {"freeze": "1"})
    desk.application.refresh_from_db()
    new = printed(desk.application)
    assert refusal(desk.post(as_pdf([new[0], old[1], *new[2:]]))) == ["older"]


def test_sending_a_better_scan_replaces_the_one_before(desk):
    for pages in ([Image.new("RGB", (800, 1100), WHITE)], printed(desk.application)):
        desk.post(as_pdf(pages))
    assert [copy.reading for copy in SealedCopy.objects.all()] == [Reading.MATCHED]
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_what_was_submitted_with_stays_when_a_better_scan_comes(desk, people):
    desk.post(as_pdf(printed(desk.application)))
    workflow.submit(desk.application, by=people.applicant)
    desk.post(as_pdf(printed(desk.application)))
    assert [copy.attachment.removed_at is None for copy in SealedCopy.objects.order_by("id")] == [False, True]


def test_an_incomplete_form_is_not_fixed_and_the_page_says_what_is_missing(people, client):
    draft = factories.draft(by=people.applicant, main_business="")
    client.force_login(people.applicant)
    address = reverse("applications:seal", args=[draft.uuid])
    answer = client.post(address, {"freeze": "1"})
    assert (answer.status_code, draft.versions.count()) == (422, 0)
    assert reverse("applications:section", args=[draft.uuid, "capability"]) + "#div_id_main_business" in answer.content.decode()


def test_fixing_twice_is_one_version_and_one_event(desk, people):
    again = sealing.make_ready(desk.application, by=people.applicant)
    assert (again.number, Event.objects.of(desk.application).steps("freeze").count()) == (1, 1)


def test_a_fixed_form_is_printed_as_a_version_and_a_changed_one_as_a_draft(desk):
    address = reverse("applications:form", args=[desk.application.uuid])
    fixed = desk.client.get(address).content
    Application.objects.filter(pk=desk.application.pk).update(planned_work="别的工作")
    changed = desk.client.get(address).content
    assert [b"".join(words(content)).decode().count("不用于盖章") > 0 for content in (fixed, changed)] == [False, True]


def words(content: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().encode() for page in document]


# ── Until when ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def late(people) -> Application:
    """Submitted on the last day of the second batch without a sealed form."""
    batch = Batch.objects.accepting(clock.now()).get()
    batches.schedule(batch, clock.midnight(clock.today() + timedelta(days=3)), by=people.officer)
    application = factories.draft(by=people.applicant)
    workflow.submit(application, by=people.applicant)
    application.refresh_from_db()
    return application


def test_a_submission_without_seal_has_working_days_from_the_last_day_of_its_batch(late):
    last = late.batch.deadline - timedelta(microseconds=1)
    assert late.seal_due_at == due_after(last, late.batch.seal_days)


def test_where_no_deadline_is_set_the_days_count_from_the_submission(people):
    application = factories.draft(by=people.applicant)
    workflow.submit(application, by=people.applicant)
    assert application.seal_due_at == due_after(application.submitted_at, application.batch.seal_days)


def test_what_was_sealed_before_has_no_date(people):
    application = factories.sealed(factories.draft(by=people.applicant))
    workflow.submit(application, by=people.applicant)
    assert application.seal_due_at is None


def test_a_scan_in_time_keeps_the_batch(late):
    before = late.batch_id
    factories.scan(late, [[mark_of(late)]])
    with clock.at(late.seal_due_at + timedelta(hours=1)):
        move_unsealed()
    late.refresh_from_db()
    assert (late.batch_id, late.seal_due_at) == (before, None)


def mark_of(application) -> str:
    return str(papers.marks_of(application, sealing.current(application)))


def test_without_a_scan_it_moves_to_the_batch_then_open_keeps_its_number_and_is_told(late):
    due = late.seal_due_at
    with clock.at(due + timedelta(hours=1)):
        batches.close_due()
        for _twice in range(2):
            move_unsealed()
    number, before = late.number, late.batch
    late.refresh_from_db()
    assert (late.state, late.number, late.batch.number) == (State.SUBMITTED, number, before.number + 1)
    assert late.seal_due_at > due
    assert Letter.objects.filter(template="seal_missed", recipient=late.applicant).count() == 1


def test_a_scan_that_waits_for_the_clerk_is_not_moved_and_not_asked_for(late):
    factories.scan(late)
    before = late.batch_id
    with clock.at(late.seal_due_at - timedelta(hours=12)):
        remind()
    with clock.at(late.seal_due_at + timedelta(hours=1)):
        move_unsealed()
        with pytest.raises(Refused):
            workflow.miss_seal(late, by=TIMETABLE)
    late.refresh_from_db()
    assert (late.batch_id, Letter.objects.filter(template="seal_near").count()) == (before, 0)


def test_the_seal_is_reminded_of_three_days_and_one_day_before_and_on_its_last_day(late):
    last = clock.midnight((late.seal_due_at - timedelta(microseconds=1)).astimezone(clock.SHANGHAI).date())
    sent = []
    for left in range(5, -2, -1):
        before = Letter.objects.filter(template="seal_near", recipient=late.applicant).count()
        for hour in (9, 14):
            with clock.at(last - timedelta(days=left) + timedelta(hours=hour)):
                remind()
        if Letter.objects.filter(template="seal_near", recipient=late.applicant).count() == before + 1:
            sent.append(left)
    assert sent == [3, 1, 0]


# ── The office ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_nobody_sealed_is_not_accepted(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, sealed=False)
    with pytest.raises(Refused, match=r"."):
        workflow.accept(application, by=people.clerk)
    factories.scan(application)
    with pytest.raises(Refused):
        workflow.accept(application, by=people.clerk)
    sealing.find_right(SealedCopy.objects.get(), by=people.clerk)
    workflow.accept(application, by=people.clerk)
    assert application.state == State.ACCEPTED


def test_a_logged_original_is_a_seal_unless_it_is_not_complete(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, sealed=False)
    for is_complete in (False, True):
        sealing.log_original(Original(application=application, filed="甲柜", is_complete=is_complete), by=people.clerk)
        assert sealing.is_sealed(application) == is_complete


def test_the_clerk_says_what_is_wrong_with_a_scan_and_the_applicant_is_told(late, people):
    copy = factories.scan(late, [[mark_of(late)]])
    sealing.find_unusable(copy, by=people.clerk, words="印章不清")
    late.refresh_from_db()
    letter = Letter.objects.get(template="seal_unusable", recipient=late.applicant)
    assert (sealing.is_sealed(late), late.seal_due_at is None, "印章不清" in letter.body) == (False, False, True)
    sealing.find_right(copy, by=people.clerk)
    late.refresh_from_db()
    assert (sealing.is_sealed(late), late.seal_due_at) == (True, None)


def test_a_correction_that_changes_answers_needs_a_new_seal_and_one_that_does_not_needs_none(people):
    same, other = (factories.application(State.SUBMITTED, by=people.applicant) for _ in range(2))
    for application in (same, other):
        workflow.return_for_correction(application, by=people.clerk, defects=["C01"], words="请补充")
    Application.objects.filter(pk=other.pk).update(planned_work="别的工作")
    for application in (same, other):
        workflow.resubmit(application, by=people.applicant)
    assert [(sealing.is_sealed(each), each.seal_due_at is None) for each in (same, other)] == [(True, True), (False, False)]


def test_the_office_finds_the_scans_that_wait_and_looks_at_them_page_by_page(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, sealed=False)
    copy = factories.scan(application)
    clerk = Client()
    clerk.force_login(people.clerk)
    listed = clerk.get(reverse("admin:applications_sealedcopy_changelist") + "?look=open").content.decode()
    page = clerk.get(reverse("admin:applications_sealedcopy_change", args=[copy.pk])).content.decode()
    assert reverse("file_page", args=[copy.attachment.file.uuid, 1]) in page
    assert reverse("admin:applications_sealedcopy_change", args=[copy.pk]) in listed
    answer = clerk.post(reverse("admin:applications_sealedcopy_change", args=[copy.pk]), {"_step": "find_right"})
    copy.refresh_from_db()
    assert (answer.status_code, copy.reading, copy.looked_by) == (302, Reading.SEEN, people.clerk)


def test_an_original_is_logged_at_the_desk_with_who_noted_it(people):
    application = factories.application(State.SUBMITTED, by=people.applicant, sealed=False)
    clerk = Client()
    clerk.force_login(people.clerk)
    said = {
        "number": f" {application.number.lower()} ",
        "received_on": clock.today().isoformat(),
        "courier": "SF-0001",
        "filed": "甲柜一层",
        "is_complete": "on",
    }
    answer = clerk.post(reverse("admin:applications_original_add"), said)
    logged = Original.objects.get()
    assert (answer.status_code, logged.noted_by, logged.version) == (302, people.clerk, application.version)


# ── The other papers ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def page(desk) -> SimpleNamespace:
    address = reverse("applications:attachments", args=[desk.application.uuid])
    return SimpleNamespace(
        script=lambda **said: desk.client.post(address, said, headers={"accept": "application/json"}),
        plain=lambda **said: desk.client.post(address, said),
        titles=lambda: list(Attachment.objects.filter(removed_at=None).values_list("kind", "file__title")),
        address=address,
        client=desk.client,
    )


def png(name="a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.picture("PNG"))


def test_of_several_files_those_that_are_good_are_kept_and_the_others_named(page):
    answer = page.plain(kind="other", file=[png("甲.png"), SimpleUploadedFile("乙.exe", b"MZ"), png("丙.png")])
    assert (answer.status_code, [refused.name for refused in answer.context["refused"]]) == (422, ["乙.exe"])
    assert page.titles() == [("other", "甲.png"), ("other", "丙.png")]


def test_pictures_of_one_paper_are_bound_in_the_order_in_which_they_were_sent(page):
    assert page.plain(kind="certificate", together="on", file=[png("乙.png"), png("甲.png")]).status_code == 302
    assert page.titles() == [("certificate", "乙.pdf")]
    assert StoredFile.objects.get().pages == 2


def test_only_pictures_are_bound_and_not_too_many(page, monkeypatch):
    pdf = SimpleUploadedFile("a.pdf", hostile.pdf())
    assert refusal(page.plain(kind="other", together="on", file=[png(), pdf])) == ["not_pictures"]
    monkeypatch.setattr("alliance.files.binding.MOST_PICTURES", 1)
    assert refusal(page.plain(kind="other", together="on", file=[png(), png()])) == ["many_pictures"]


def test_a_paper_is_replaced_in_one_go_and_a_bad_file_leaves_the_old_one(page):
    page.plain(kind="certificate", file=[png("旧.png")])
    old = str(StoredFile.objects.get().uuid)
    assert page.plain(replace=old, file=[SimpleUploadedFile("坏.pdf", b"%PDF-")]).status_code == 422
    assert page.titles() == [("certificate", "旧.png")]
    assert page.plain(replace=old, file=[png("新.png")]).status_code == 302
    assert page.titles() == [("certificate", "新.png")]


def test_a_script_is_told_in_json_what_was_refused_and_why(page):
    assert page.script(kind="other", file=[png()]).json() == {"refused": []}
    answer = page.script(kind="", file=[png("甲.png")])
    assert (answer.status_code, answer.json()["refused"][0]["name"]) == (422, "甲.png")


def test_a_sealed_form_among_the_papers_is_read_like_one(page, desk):
    pages = printed(desk.application)
    assert page.plain(kind="sealed_form", file=[as_pdf(pages)]).status_code == 302
    assert SealedCopy.objects.get().reading == Reading.MATCHED
    assert "is of earlier answers" not in page.client.get(page.address).content.decode()
    Application.objects.filter(pk=desk.application.pk).update(planned_work="别的工作")
    assert "is of earlier answers" in page.client.get(page.address).content.decode()
    assert refusal(page.plain(kind="sealed_form", file=[as_pdf(pages)])) == ["older"]


def test_a_paper_that_is_wanted_can_be_chosen_from_the_list(page):
    assert '<option value="certificate" selected>' in page.client.get(page.address + "?kind=certificate").content.decode()
