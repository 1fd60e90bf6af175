"""Announcements: who reads which, and when; their text, their files, the lists and the feed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.announcements import workflow
from alliance.announcements.entries import procedures
from alliance.announcements.models import Announcement
from alliance.announcements.words import beginning, blocks
from alliance.files.checking import check
from alliance.files.forms import keep
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
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        seen.add(len(queries))
    assert len(seen) == 1


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
