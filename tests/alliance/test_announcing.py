"""Announcements as the office makes them: published, told, put right, moved, withdrawn; and on paper."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from alliance import clock
from alliance.announcements import workflow
from alliance.announcements.models import Announcement, Correction
from alliance.announcements.poster import code, poster
from alliance.documents.typesetting import MissingGlyphs
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from tests import factories
from tests.alliance import hostile
from tests.alliance.test_announcements import FIRST, attached, draft_form, of, page

pytestmark = pytest.mark.django_db
CHANGE, ADD = "admin:announcements_announcement_change", "admin:announcements_announcement_add"


@pytest.fixture
def home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


# ── Publishing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_office_writes_a_draft_with_days_and_files_and_publishes_it(people, client, home):
    of(client, people.officer)
    with clock.at(FIRST):
        typed = draft_form(first_day="2026-05-21", last_day="2026-05-31", files=[SimpleUploadedFile("须知.png", hostile.picture("PNG"))])
        assert client.post(reverse(ADD), typed).status_code == 302
        draft = Announcement.objects.get()
        assert draft.valid_from == clock.midnight(date(2026, 5, 21))
        assert draft.valid_until == clock.midnight(date(2026, 6, 1))
        assert [file.title for file in draft.files] == ["须知.png"]
        client.post(reverse(CHANGE, args=[draft.pk]), {"_step": "publish_announcement"})
        answer = client.post(
            reverse("admin:announcements_announcement_step", args=["publish_announcement"]) + f"?ids={draft.pk}", {"ids": draft.pk}
        )
        assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.published_at, draft.valid_from) == ("published", FIRST, clock.midnight(date(2026, 5, 21)))
    assert [event.step for event in Event.objects.of(draft)] == ["add", "attach", "publish_announcement"]
    assert not Letter.objects.filter(template="announced").exists()


def test_days_are_kept_when_a_draft_is_written_again_and_a_file_is_taken_away(people, client, home):
    of(client, people.officer)
    with clock.at(FIRST):
        draft = factories.announcement("draft", valid_until=clock.midnight(date(2026, 6, 1)))
        file = attached(draft, people.officer)
        shown = client.get(reverse(CHANGE, args=[draft.pk])).content.decode()
        assert 'value="2026-05-31"' in shown
        typed = draft_form(title="新的标题", last_day="2026-05-31", remove=[file.pk])
        assert client.post(reverse(CHANGE, args=[draft.pk]), typed).status_code == 302
        draft.refresh_from_db()
        assert (draft.title, draft.valid_until, draft.files.count()) == ("新的标题", clock.midnight(date(2026, 6, 1)), 0)
        client.post(reverse(CHANGE, args=[draft.pk]), draft_form())
        draft.refresh_from_db()
        assert draft.valid_until is None


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"first_day": "2026-05-22", "last_day": "2026-05-21"}, "last_day", "截止日期早于起始日期，或者已经过去。"),
        ({"last_day": "2026-05-19"}, "last_day", "截止日期早于起始日期，或者已经过去。"),
        ({"last_day": "三日后"}, "last_day", "请填写有效的日期"),
        ({"title": ""}, "title", "请填写此项。"),
        ({"title": "一" * 121}, "title", None),
        ({"body": "隐\u202e藏"}, "body", "不可见字符"),
        ({"body": "长" * 20001}, "body", None),
        ({"kind": "x"}, "kind", None),
    ],
    ids=["turned round", "past", "no day", "no title", "long title", "hidden", "long text", "no kind"],
)
def test_bad_input_is_told_at_its_field_and_kept(typed, field, said, people, client):
    with clock.at(FIRST + timedelta(hours=1)):
        answer = of(client, people.officer).post(reverse(ADD), draft_form(**typed))
    form = answer.context["adminform"].form
    assert list(form.errors) == [field]
    assert said is None or said in form.errors[field][0]
    assert form["title"].value() == typed.get("title", "峰会通知")
    assert not Announcement.objects.exists()


def test_an_upload_that_is_refused_says_why_and_leaves_nothing(people, client, home):
    answer = of(client, people.officer).post(reverse(ADD), draft_form(files=[SimpleUploadedFile("a.exe", b"MZ")]))
    assert list(answer.context["adminform"].form.errors) == ["files"]
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "tells", "said"),
    [
        ({"body": " \n"}, False, "公告没有内容"),
        ({"valid_until": FIRST - timedelta(days=1)}, False, "截止日期已过"),
        ({"valid_from": FIRST + timedelta(days=1)}, True, "公告要到以后的日期才生效"),
    ],
    ids=["empty", "past", "letter too early"],
)
def test_what_hinders_publishing_is_told_on_the_page_and_by_the_step(changes, tells, said, people, client):
    with clock.at(FIRST):
        draft = factories.announcement("draft", **changes)
        url = reverse("admin:announcements_announcement_step", args=["publish_announcement"])
        answer = of(client, people.officer).post(url, {"ids": draft.pk} | ({"tell_members": "on"} if tells else {}))
        assert answer.status_code == 200
        assert said in answer.content.decode()
        with pytest.raises(Refused, match=said):
            workflow.publish_announcement(draft, by=people.officer, tell_members=tells)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("draft", None)


def test_it_is_never_in_force_before_it_was_published(people):
    with clock.at(FIRST):
        draft = factories.announcement("draft", valid_from=FIRST - timedelta(days=3))
        workflow.publish_announcement(draft, by=people.officer, tell_members=False)
    assert draft.valid_from == FIRST


def test_every_member_unit_gets_one_letter_where_the_office_says_so(people, django_capture_on_commit_callbacks):
    people.member, people.council  # noqa: B018
    draft = factories.announcement("draft", audience="members")
    workflow.publish_announcement(draft, by=people.officer, tell_members=True)
    letters = Letter.objects.filter(template="announced")
    assert sorted(letter.to for letter in letters) == sorted([people.member.email, people.council.email])
    assert f"http://testserver{page(draft)}".rpartition("/announcements/")[2] in letters[0].body
    assert "{{" not in letters[0].body
    assert letters[0].subject == f"联盟动态：{draft.title}"
    assert draft.body not in letters[0].body


def test_what_was_published_is_not_edited_and_a_branch_publishes_nothing(people, client):
    published = factories.announcement()
    answer = of(client, people.officer).post(reverse(CHANGE, args=[published.pk]), draft_form(title="别的"))
    assert answer.status_code == 403
    published.refresh_from_db()
    assert published.title != "别的"
    draft, branch = factories.announcement("draft"), factories.branch_staff("officer")
    with pytest.raises(Refused):
        workflow.publish_announcement(draft, by=branch, tell_members=False)
    assert of(client, branch).get(reverse(ADD)).status_code == 403


def test_published_words_and_corrections_are_written_once_in_the_database(people):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL promises it")
    published = factories.announcement()
    workflow.correct_announcement(published, by=people.officer, words="应为六月二日。")
    for change in (
        lambda: Announcement.objects.update(title="别的"),
        lambda: Announcement.objects.update(body="别的"),
        lambda: Announcement.objects.update(audience="members"),
        lambda: Correction.objects.update(words="别的"),
        lambda: Announcement.history.update(title="别的"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_stands_above_the_text_with_its_file_and_the_text_stays(people, client, home):
    with clock.at(clock.now() - timedelta(days=1)):
        announcement = factories.announcement(body="时间为六月一日。")
    url = reverse("admin:announcements_announcement_step", args=["correct_announcement"])
    typed = {"ids": announcement.pk, "words": "应为六月二日。", "file": SimpleUploadedFile("更正.png", hostile.picture("PNG"))}
    assert of(client, people.officer).post(url, typed).status_code == 302
    client.logout()
    for name in ("announcement", "announcement_print"):
        shown = client.get(reverse(name, args=[announcement.uuid])).content.decode()
        assert shown.index("应为六月二日。") < shown.index("时间为六月一日。")
        assert "更正.png" in shown
    assert "更正时附上" in client.get(page(announcement)).content.decode()
    assert Event.objects.of(announcement).last().details.keys() == {"words", "file"}
    assert "六月" not in str(Event.objects.of(announcement).last().details)


def test_its_last_day_moves_but_not_into_the_past(people, client):
    with clock.at(FIRST):
        announcement = factories.announcement(valid_until=FIRST + timedelta(days=3))
        url = reverse("admin:announcements_announcement_step", args=["move_end"])
        answer = of(client, people.officer).post(url, {"ids": announcement.pk, "valid_until": "2026-05-19"})
        assert "该日期已经过去" in answer.content.decode()
        assert client.post(url, {"ids": announcement.pk, "valid_until": "2026-06-30"}).status_code == 302
        announcement.refresh_from_db()
        assert announcement.valid_until == clock.midnight(date(2026, 7, 1))
        with pytest.raises(Refused):
            workflow.move_end(announcement, by=people.officer, valid_until=FIRST)


def test_the_desk_s_list_costs_the_same_with_one_three_and_thirty(people, client):
    of(client, people.clerk)
    seen = set()
    for more in (1, 2, 27):
        for _ in range(more):
            factories.announcement()
        client.get(reverse("admin:announcements_announcement_changelist"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("admin:announcements_announcement_changelist") + "?now=yes").status_code == 200
        seen.add(len(queries))
    assert len(seen) == 1


# ── On paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def text_of(pdf: bytes) -> str:
    return "".join(re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(BytesIO(pdf)).pages)


LONG = "\n".join(f"{'一二三四五六七八九'[n % 9]}、第{n}部分\n- 要点甲\n- 要点乙\n" + "详细说明各项要求。" * 12 for n in range(12))


@pytest.mark.parametrize(
    "body", ["", "一、时间\n六月一日。", LONG, "- 项\n" * 400, "长" * 3000], ids=["none", "short", "long", "list", "one line"]
)
def test_a_poster_is_one_page_that_can_be_read(body, people, home, settings):
    settings.SITE_URL = "https://portal.example.org"
    announcement = factories.announcement("draft", title="关于召开成立大会的通知", body=body)
    attached(announcement, people.officer)
    workflow.publish_announcement(announcement, by=people.officer, tell_members=False)
    pdf = poster(announcement)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert PdfReader(BytesIO(pdf)).metadata.title == "关于召开成立大会的通知"
    read = text_of(pdf)
    assert "关于召开成立大会的通知" in read
    assert "扫码阅读全文、下载附件" in read
    assert f"https://portal.example.org{page(announcement)}" in read
    assert ("……" in read) == (len(body) > 600)


def test_a_poster_says_what_was_put_right(people):
    announcement = factories.announcement(body="时间为六月一日。")
    workflow.correct_announcement(announcement, by=people.officer, words="应为六月二日。")
    read = text_of(poster(announcement))
    assert read.index("更正应为六月二日。") < read.index("时间为六月一日。")


def test_the_code_on_a_poster_leads_to_its_page(settings):
    zxingcpp = pytest.importorskip("zxingcpp")
    settings.SITE_URL = "https://portal.example.org"
    announcement = factories.announcement(audience="members", valid_until=clock.midnight(date(2126, 6, 1)))
    pdf = poster(announcement)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [f"https://portal.example.org{page(announcement)}"]
    read = text_of(pdf)
    assert "仅限会员单位，请登录后阅读" in read
    assert "有效至：2126年5月31日" in read
    assert "<svg" in code(announcement)


def test_a_poster_of_a_draft_says_so_and_is_the_same_twice(people, client):
    draft = factories.announcement("draft")
    answers = [of(client, people.officer).get(reverse("announcement_poster", args=[draft.uuid])) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["Content-Disposition"].startswith("attachment")
    assert "草稿，未发布" in text_of(answers[0].content)


def test_a_character_that_the_fonts_lack_is_named_and_the_page_still_works(client):
    announcement = factories.announcement(title="通知𠮷")
    with pytest.raises(MissingGlyphs, match="U\\+20BB7"):
        poster(announcement)
    answer = client.get(reverse("announcement_poster", args=[announcement.uuid]))
    assert answer.status_code == 409
    assert "𠮷" in answer.content.decode()
    assert client.get(page(announcement)).status_code == 200


def test_the_print_view_is_a_sheet_with_title_signature_files_and_code(people, client, home):
    announcement = factories.announcement(title="会议通知", valid_until=clock.midnight(date(2126, 6, 1)))
    attached(announcement, people.officer)
    shown = client.get(reverse("announcement_print", args=[announcement.uuid])).content.decode()
    assert "<h1>会议通知</h1>" in shown
    for words in ("附件：", "须知.png", "gb-signed", "有效至 2126年5月31日", "<svg", page(announcement)):
        assert words in shown
    assert "gb-nav" not in shown
    assert "style=" not in shown
