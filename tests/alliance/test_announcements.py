"""Announcements: who reads which, and when; what was put right or withdrawn; the lists, the feed, the paper."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from alliance import clock
from alliance.announcements import workflow
from alliance.announcements.entries import procedures
from alliance.announcements.models import Announcement, Correction
from alliance.announcements.poster import code, poster
from alliance.announcements.words import beginning, blocks
from alliance.documents.typesetting import MissingGlyphs
from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications.choices import State
from tests import factories
from tests.alliance import hostile
from tests.conftest import ROLES

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 5, 20, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def of(client, user):
    client.force_login(user)
    return client


def page(announcement) -> str:
    return reverse("announcement", args=[announcement.uuid])


def attached(announcement, by, name="须知.png"):
    return keep(check(SimpleUploadedFile(name, hostile.picture("PNG"))), about=announcement, by=by)


def draft_form(**changes):
    return {
        "kind": "news",
        "audience": "public",
        "title": "峰会通知",
        "body": "一、时间\n六月一日。",
        "first_day": "",
        "last_day": "",
    } | changes


CHANGE, ADD = "admin:announcements_announcement_change", "admin:announcements_announcement_add"


# ── The text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_read_as_heads_paragraphs_and_lists():
    text = "各有关单位：\n现通知如下。\n一、时间\n六月一日。\n（一）议程\n- 报到\n- 开会\n\n请准时。"
    assert [(block.kind, block.lines) for block in blocks(text)] == [
        ("text", ("各有关单位：",)),
        ("text", ("现通知如下。",)),
        ("head", ("一、时间",)),
        ("text", ("六月一日。",)),
        ("lower", ("（一）议程",)),
        ("list", ("报到", "开会")),
        ("text", ("请准时。",)),
    ]


@pytest.mark.parametrize(
    "line", ["一、本条是一句话，因此不是标题。", "一般情况下", "- ", "二、" + "长" * 60, "2. 阿拉伯数字"], ids=range(5)
)
def test_what_is_no_head_stays_a_paragraph(line):
    assert [block.kind for block in blocks(line)] == ["text"]


def test_a_lower_head_with_nothing_above_it_is_a_head():
    assert [block.kind for block in blocks("（一）范围\n一、时间\n（一）上午")] == ["head", "head", "lower"]


def test_a_text_of_nothing_has_no_blocks():
    assert blocks(" \n\u3000\n") == []


def test_a_beginning_ends_with_a_sentence_and_says_that_more_follows():
    assert beginning("第一句。第二句。第三句。", 9) == "第一句。第二句。……"
    assert beginning("没有句号的一长串文字", 5) == "没有句号的……"
    assert beginning("短。", 9) == "短。"


def test_what_was_typed_is_text_and_never_code(client):
    announcement = factories.announcement(title="<b>标题</b>", body='<script>alert(1)</script>\n\n请看 https://example.org/a?b=1&c="2')
    shown = client.get(page(announcement)).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;标题&lt;/b&gt;" in shown
    assert '<a href="https://example.org/a?b=1' in shown


# ── Who reads it, and when ───────────────────────────────────────────────────────────────────────────────────────────

READERS = {"public": set(ROLES), "members": {"member", "council", "clerk", "officer", "secretary"}}
OFFICE = {"clerk", "officer", "secretary"}


@pytest.mark.parametrize("audience", READERS)
@pytest.mark.parametrize("name", ["announcement", "announcement_print"])
def test_an_announcement_is_read_by_whom_it_is_meant_for(audience, name, people, client):
    url = reverse(name, args=[factories.announcement(audience=audience).uuid])
    answers = {}
    for role in ROLES:
        client.logout()
        answers[role] = (client if role == "anonymous" else of(client, getattr(people, role))).get(url)
    for role, answer in answers.items():
        expected = 200 if role in READERS[audience] else 302 if role == "anonymous" else 404
        assert answer.status_code == expected, role
    if audience == "members":
        assert answers["anonymous"].url == f"/accounts/login/?next={url}"


def test_the_anonymous_learn_nothing_of_what_exists(client):
    members, draft = factories.announcement(audience="members"), factories.announcement("draft")
    for uuid in (members.uuid, draft.uuid, uuid4()):
        for name in ("announcement", "announcement_print", "announcement_poster"):
            assert client.get(reverse(name, args=[uuid])).url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (FIRST - timedelta(microseconds=1), 302),
        (FIRST, 200),
        (FIRST + timedelta(days=2, microseconds=-1), 200),
        (FIRST + timedelta(days=2), 410),
    ],
    ids=["before", "first instant", "last instant", "over"],
)
def test_it_holds_from_its_first_instant_up_to_its_last_and_without_it(moment, status, client):
    with clock.at(FIRST - timedelta(days=5)):
        announcement = factories.announcement(valid_from=FIRST, valid_until=FIRST + timedelta(days=2))
    with clock.at(moment):
        assert client.get(page(announcement)).status_code == status
        listed = announcement.title in client.get(reverse("announcements")).content.decode()
        assert listed == (status == 200) == announcement.is_in_force


def test_what_is_over_says_so_without_its_text_and_the_office_still_reads_it(people, client):
    with clock.at(FIRST):
        announcement = factories.announcement(body="原来的正文。", valid_until=FIRST + timedelta(days=1))
    with clock.at(FIRST + timedelta(days=2)):
        gone = client.get(page(announcement))
        assert gone.status_code == 410
        assert announcement.title in gone.content.decode()
        assert "原来的正文" not in gone.content.decode()
        shown = of(client, people.clerk).get(page(announcement))
        assert (shown.status_code, "原来的正文" in shown.content.decode()) == (200, True)


def test_a_members_one_that_is_over_is_told_to_members_alone(people, client):
    announcement = factories.announcement("withdrawn", audience="members")
    assert client.get(page(announcement)).status_code == 302
    assert of(client, people.stranger).get(page(announcement)).status_code == 404
    assert of(client, people.member).get(page(announcement)).status_code == 410


def test_what_was_withdrawn_says_when_and_why(client):
    announcement = factories.announcement("withdrawn", body="原来的正文。")
    gone = client.get(page(announcement))
    assert gone.status_code == 410
    assert "已于" in gone.content.decode()
    assert "原因：改期" in gone.content.decode()
    assert "原来的正文" not in gone.content.decode()


def test_a_draft_that_was_put_away_and_one_withdrawn_before_its_day_were_never_there(people, client):
    draft = factories.announcement("draft")
    workflow.withdraw_announcement(draft, by=people.officer, reason="不发")
    ahead = factories.announcement(valid_from=clock.now() + timedelta(days=3))
    workflow.withdraw_announcement(ahead, by=people.officer, reason="不发")
    of(client, people.stranger)
    for announcement in (draft, ahead):
        assert client.get(page(announcement)).status_code == 404


def test_a_unit_that_has_left_does_not_read_the_members_ones(people, client):
    announcement, unit = factories.announcement(audience="members"), people.units["member"]
    assert of(client, people.member).get(page(announcement)).status_code == 200
    type(unit).objects.filter(pk=unit.pk).update(state="resigned", ended_on=clock.today())
    assert client.get(page(announcement)).status_code == 404


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("audience", READERS)
def test_its_files_are_read_by_the_same_readers(audience, people, client, home):
    announcement = factories.announcement(audience=audience)
    url = attached(announcement, people.officer).get_absolute_url()
    for role in ROLES:
        client.logout()
        answer = (client if role == "anonymous" else of(client, getattr(people, role))).get(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
        expected = 200 if role in READERS[audience] else 302 if role == "anonymous" else 404
        assert answer.status_code == expected, role


def test_its_files_are_not_read_before_it_is_published_or_after_it_is_over(people, client, home):
    draft = factories.announcement("draft")
    file = attached(draft, people.officer)
    assert client.get(file.get_absolute_url()).status_code == 302
    workflow.publish_announcement(draft, by=people.officer, tell_members=False)
    b"".join(client.get(file.get_absolute_url()).streaming_content)
    assert b"".join(client.get(f"{file.get_absolute_url()}pages/1.png").streaming_content).startswith(b"\x89PNG")
    workflow.withdraw_announcement(draft, by=people.officer, reason="改期")
    assert client.get(file.get_absolute_url()).status_code == 302
    assert of(client, people.member).get(file.get_absolute_url()).status_code == 404


def test_a_file_with_a_virus_is_not_handed_out(people, client, home):
    file = attached(factories.announcement(), people.officer)
    type(file).objects.filter(pk=file.pk).update(state="infected", scanned_at=clock.now())
    assert client.get(file.get_absolute_url()).status_code == 423


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", ["/announcements/", "/", "/announcements/feed/"])
def test_a_list_costs_the_same_with_one_three_and_thirty(url, client, django_assert_num_queries):
    seen = set()
    for more in (1, 2, 27):
        for n in range(more):
            factories.announcement(title=f"通知{n}", audience="public")
        client.get(url)
        with CaptureQueries() as queries:
            client.get(url)
        seen.add(len(queries))
    assert len(seen) == 1


class CaptureQueries:
    """How many statements a page asks."""

    def __enter__(self):
        from django.test.utils import CaptureQueriesContext

        self.context = CaptureQueriesContext(connection)
        return self.context.__enter__()

    def __exit__(self, *failure):
        return self.context.__exit__(*failure)


def test_the_list_is_paged_and_narrowed_by_kind_and_never_breaks(client):
    for n in range(23):
        factories.announcement(title=f"第{n}号通知", kind="meeting" if n % 2 else "news")
    first, second = (client.get(f"/announcements/?page={n}").content.decode() for n in (1, 2))
    assert ("第22号通知" in first, "第2号通知" in first, "第2号通知" in second) == (True, False, True)
    narrowed = client.get("/announcements/?kind=meeting").content.decode()
    assert ("第21号通知" in narrowed, "第22号通知" in narrowed) == (True, False)
    for odd in ("?kind=x", "?page=x", "?page=1000000000", "?kind=news&page=99", "?kind=%00"):
        assert client.get(f"/announcements/{odd}").status_code == 200


def test_a_visitor_s_list_has_no_members_announcement_and_a_member_s_has(people, client):
    factories.announcement(title="成员须知", audience="members")
    for url in ("/announcements/", "/"):
        client.logout()
        assert "成员须知" not in client.get(url).content.decode()
        assert "成员须知" not in of(client, people.stranger).get(url).content.decode()
        assert "成员须知" in of(client, people.member).get(url).content.decode()
    assert "成员须知" in client.get("/unit/").content.decode()


def test_the_open_batch_and_its_public_notice_stand_in_the_list_as_what_they_are(client):
    application = factories.application(State.PUBLICITY)
    assert {(each.kind, each.url) for each in procedures()} >= {("call", "/batches/"), ("publicity", "/batches/#published")}
    shown = client.get("/announcements/").content.decode()
    assert 'href="/batches/#published"' in shown
    assert "共 1 家单位" in shown
    assert application.name not in shown
    assert not Announcement.objects.exists()
    type(application).objects.filter(pk=application.pk).update(state=State.APPROVED)
    assert "publicity" not in {each.kind for each in procedures()}


def test_published_candidates_and_the_council_stand_in_the_list(people):
    factories.term()
    call = factories.call()
    type(call).objects.filter(pk=call.pk).update(
        state="published", published_on=clock.today(), published_until=clock.today() + timedelta(days=5)
    )
    assert "/council/candidates/" in {each.url for each in procedures("publicity")}
    assert "/council/roster/" not in {each.url for each in procedures()}
    people.council  # noqa: B018 — who fills a seat
    call.term.__class__.objects.filter(pk=call.term_id).update(begins_on=date(2021, 4, 1), ends_on=date(2126, 3, 31))
    assert [each.url for each in procedures("result")] == ["/council/roster/"]
    with clock.at(clock.midnight(clock.today() + timedelta(days=6))):
        assert "/council/candidates/" not in {each.url for each in procedures()}


# ── The feed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_feed_has_what_is_public_and_nothing_else(people, client):
    public = factories.announcement(title="公开 & <通知>", body="正文 <b>。")
    factories.announcement(title="成员须知", audience="members")
    factories.announcement("draft", title="草稿")
    factories.announcement("withdrawn", title="撤回")
    factories.announcement(title="未到", valid_from=clock.now() + timedelta(days=1))
    for reader in (None, people.member, people.secretary):
        if reader:
            client.force_login(reader)
        answer = client.get("/announcements/feed/")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        tree = ET.fromstring(answer.content)
        titles = [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]
        assert "[动态] 公开 & <通知>" in titles
        assert not {title for title in titles for hidden in ("成员", "草稿", "撤回", "未到") if hidden in title}
        links = [entry.find(f"{ATOM}link").get("href") for entry in tree.iter(f"{ATOM}entry")]
        assert any(link.endswith(page(public)) for link in links)
        assert len({entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")}) == len(titles)
        assert "正文 &lt;b&gt;。" in next(
            e.findtext(f"{ATOM}summary") for e in tree.iter(f"{ATOM}entry") if "公开" in e.findtext(f"{ATOM}title")
        )


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
        with CaptureQueries() as queries:
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
