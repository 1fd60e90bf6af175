"""The office by keys alone: an announcement from the desk to its readers, and the papers of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from alliance.accounts.choices import Office
from alliance.announcements.choices import State
from alliance.announcements.models import Announcement
from alliance.documents.models import Paper
from applications.models import Batch
from tests.e2e import keys

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
IS_HERE = "here => here === document.activeElement"


@pytest.fixture
def officer(account, visitor) -> Visitor:
    one = visitor()
    one.becomes(account("李范二", Office.OFFICER))
    return one


def reach(one: Visitor, place: Locator) -> None:
    keys.tab_until(one, lambda: place.evaluate(IS_HERE), place)


def enter(one: Visitor, place: Locator) -> None:
    reach(one, place)
    keys.enter(one)


def test_an_announcement_is_written_published_and_read(officer, visitor):
    page = officer.page
    officer.opens("/admin/")
    reach(officer, page.locator(".gb-all > summary"))
    page.keyboard.press("Enter")
    enter(officer, page.locator(f"a[href='{reverse('admin:announcements_announcement_add')}']").first)
    for name, words in {"title": "产业峰会报名通知", "body": "六月一日在广州演示中心举行。"}.items():
        reach(officer, page.locator(f"[name={name}]"))
        page.keyboard.insert_text(words)
    enter(officer, page.locator("[name=_continue]"))
    enter(officer, page.locator("button[name=_step][value=publish_announcement]"))
    enter(officer, page.locator("button[name=_confirm]"))
    announcement = Announcement.objects.get()
    assert announcement.state == State.PUBLISHED
    reader = visitor()
    reader.opens("/")
    enter(reader, reader.page.locator("main").get_by_role("link", name="产业峰会报名通知"))
    reader.sees("六月一日在广州演示中心举行。")


def test_a_paper_of_a_batch_is_made_and_fetched(officer, portal):
    batch, page = Batch.objects.get(number=1), officer.page
    officer.opens(reverse("admin:applications_batch_change", args=[batch.pk]))
    enter(officer, page.locator(f"a[href='{reverse('admin:applications_batch_papers', args=[batch.pk])}']"))
    enter(officer, page.locator("button[name=_paper]").first)
    paper = Paper.objects.about(batch).get()
    reach(officer, page.locator(f".gb-made a[href='{paper.get_absolute_url()}']"))
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    assert fetched.value.path().read_bytes() == bytes(paper.content)
