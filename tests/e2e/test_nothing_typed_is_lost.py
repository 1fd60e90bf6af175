"""Whatever happens to the browser, the line or the session while somebody types: nothing typed is lost, and nobody else sees it."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications.choices import State
from applications.models import Application
from members.models.colleague import Role
from tests import factories
from tests.e2e.conftest import PASSWORD, session_of

pytestmark = pytest.mark.browser
WORDS = "面向商用车的换电方案与检测服务"
LINE = "深圳市演示路8号科创园"


@pytest.fixture
def draft(portal, account):
    return factories.draft(by=account("陈示七"))


def section(draft, name="unit") -> str:
    return reverse("applications:section", args=[draft.uuid, name])


def says(one, what) -> None:
    """What the bar says of the saving."""
    one.page.locator(f'[data-says="{what}"]').wait_for(state="visible", timeout=8000)


def types(one, name, words) -> None:
    field = one.page.locator(f"[name={name}]")
    field.fill("")
    field.press_sequentially(words)


def stands(draft, **answers) -> None:
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in answers} == answers


def test_what_is_typed_saves_itself_and_the_form_follows_the_answers(visitor, draft):
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft))
    assert one.page.locator("#div_id_service_kind").is_hidden()
    with one.page.expect_response(lambda reply: reply.request.method == "POST"):
        one.page.select_option("[name=unit_type]", "service_body")
    one.page.locator("#div_id_service_kind").wait_for(state="visible")
    with one.page.expect_response(lambda reply: reply.request.method == "POST"):
        types(one, "short_name", "岭曜")
    says(one, "saved")
    stands(draft, short_name="岭曜", unit_type="service_body")
    types(one, "founded_on", "昨天")
    says(one, "wrong")
    one.page.locator("#div_id_founded_on .gb-error").wait_for(state="visible")
    one.stops_at("10-autosave")


def test_a_browser_that_is_killed_has_lost_no_more_than_two_seconds(chromium, browser, draft, tmp_path, visitor):
    one = visitor()
    victim = subprocess.Popen(
        [chromium, "--headless", "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}", "--remote-debugging-port=0", "about:blank"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        address = next(line.split(" on ")[1].strip() for line in victim.stderr if "DevTools listening on" in line)
        page = browser.browser_type.connect_over_cdp(address).contexts[0].new_page()
        page.context.add_cookies([{"name": "sessionid", "value": session_of(draft.applicant), "url": one.portal.address}])
        page.goto(one.portal.address + section(draft, "capability"))
        page.locator("[name=main_business]").fill("")
        page.locator("[name=main_business]").press_sequentially(WORDS)
        page.wait_for_timeout(2000)
    finally:
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait(10)
        victim.stderr.close()
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    assert one.page.input_value("[name=main_business]") == WORDS


def test_without_a_line_the_words_stay_on_the_device_and_go_out_when_it_is_back(visitor, draft):
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    one.page.context.set_offline(True)
    types(one, "main_business", WORDS)
    says(one, "offline")
    one.page.context.set_offline(False)
    says(one, "saved")
    stands(draft, main_business=WORDS)


def test_a_page_that_was_closed_without_a_line_brings_the_words_back(visitor, draft):
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    one.page.context.set_offline(True)
    types(one, "main_business", WORDS)
    one.page.close()
    one.page = one.page.context.new_page()
    one.page.context.set_offline(False)
    one.opens(section(draft, "capability"))
    assert one.page.input_value("[name=main_business]") == WORDS
    says(one, "saved")
    stands(draft, main_business=WORDS)
    assert one.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gb-draft:'))") == []


def test_a_session_that_has_ended_is_begun_again_beside_and_the_words_are_saved(visitor, draft):
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    one.page.context.clear_cookies(name="sessionid")
    types(one, "main_business", WORDS)
    says(one, "out")
    with one.page.expect_popup() as opened:
        one.page.get_by_role("button", name="重新登录").click()
    beside = opened.value
    beside.fill("[name=login]", draft.applicant.email)
    beside.fill("[name=password]", PASSWORD)
    beside.locator("main button[type=submit]").first.click()
    says(one, "saved")
    stands(draft, main_business=WORDS)


def test_whoever_logs_in_after_somebody_else_sees_and_sends_nothing_of_theirs(visitor, draft, account):
    other = account("王例三")
    draft.writers.create(user=other, role=Role.FILLS_IN)
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    one.page.context.set_offline(True)
    types(one, "main_business", WORDS)
    says(one, "offline")
    one.becomes(other)
    one.page.context.set_offline(False)
    says(one, "other")
    stands(draft, main_business=draft.main_business)
    one.opens(section(draft, "capability"))
    assert one.page.input_value("[name=main_business]") == draft.main_business
    one.page.wait_for_timeout(1500)
    stands(draft, main_business=draft.main_business)
    one.becomes(draft.applicant)
    one.opens(section(draft, "capability"))
    assert one.page.input_value("[name=main_business]") == WORDS


def test_logging_out_leaves_nothing_on_the_device(visitor, draft):
    one = visitor()
    one.becomes(draft.applicant)
    one.opens(section(draft))
    types(one, "founded_on", "昨天")
    says(one, "wrong")
    one.goes(one.page.get_by_role("button", name="退出"))
    assert one.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gb-draft:'))") == []


def test_two_people_at_one_section_see_each_other_and_overwrite_nothing(visitor, draft, account):
    colleague = account("王例三")
    draft.writers.create(user=colleague, role=Role.FILLS_IN)
    one, other = visitor(), visitor()
    for each, user in ((one, draft.applicant), (other, colleague)):
        each.becomes(user)
        each.opens(section(draft))
    with other.page.expect_response(lambda reply: reply.request.method == "POST"):
        types(other, "postal_address", LINE)
    says(other, "saved")
    types(one, "postal_address", "深圳市演示路1号二楼")
    says(one, "disputed")
    one.sees("您和同事都改了这一项", "王例三")
    one.stops_at("11-both-changed")
    stands(draft, postal_address=LINE)
    one.page.get_by_label("王例三").check()
    one.page.get_by_role("button", name="采用所选").click()
    says(one, "saved")
    assert one.page.input_value("[name=postal_address]") == LINE


def test_what_a_colleague_writes_comes_in_where_nobody_touched_it(visitor, draft):
    """The same person, logged in at two places."""
    one, other = visitor(), visitor()
    for each in (one, other):
        each.becomes(draft.applicant)
        each.opens(section(draft))
    with other.page.expect_response(lambda reply: reply.request.method == "POST"):
        types(other, "website", "https://unit.example.com/")
    types(one, "short_name", "岭曜")
    says(one, "saved")
    expect(one.page.locator("[name=website]")).to_have_value("https://unit.example.com/", timeout=15_000)
    stands(draft, short_name="岭曜", website="https://unit.example.com/", state=State.DRAFT)
    assert Application.objects.count() == 1
