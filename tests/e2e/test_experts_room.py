"""An expert in a real browser: comes in by a code, scores, loses the line, comes back, hands in, goes on, recuses."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import reviewing
from applications.choices import Criterion, State
from applications.models import Assignment, Batch, Conflict, Review
from tests import factories
from tests.e2e.test_nothing_typed_is_lost import says

pytestmark = pytest.mark.browser
OPINION = "研发与产业化条件具备，建议吸纳。"


@pytest.fixture
def given(portal, account):
    """Two applications for one expert, who has no account until then."""
    officer, expert = account("李范二", "officer"), factories.expert(name="陈示九", email="chen@example.org")
    Batch.objects.filter(number=1).update(expert_review=True)
    return [reviewing.assign(factories.application(State.SCREENED), expert, by=officer) for _ in range(2)]


def scores(one, **points) -> None:
    """By the keyboard alone: each criterion's points are chosen with the space bar."""
    for name, given_ in points.items():
        one.page.locator(f"[name={name}][value='{given_}']").focus()
        one.page.keyboard.press("Space")


def test_an_expert_s_evening(visitor, portal, given):
    first, second = given
    one = visitor()
    one.opens(f"{reverse('account_request_login_code')}?next={reverse('reviews')}")
    one.fills({"login" if one.page.locator("[name=login]").count() else "email": "chen@example.org"})
    one.goes(one.page.locator("main button[type=submit]").first)
    one.fills({"code": portal.code_sent_to("chen@example.org")})
    one.goes(one.page.locator("main button[type=submit]").first)
    one.sees(first.application.name, second.application.name)
    one.stops_at("20-experts-room")
    one.follows("从第一件开始")
    one.sees("评审专用，请勿转给他人", first.application.main_business)
    with one.page.expect_response(lambda reply: reply.request.method == "POST"):
        scores(one, climate=4, research=5)
    says(one, "saved")
    one.page.context.set_offline(True)
    scores(one, **dict.fromkeys(Criterion.values[2:], 4), advice="admit")
    one.page.locator("[name=opinion]").fill(OPINION)
    says(one, "offline")
    assert Review.objects.get().opinion == ""
    one.page.context.set_offline(False)
    says(one, "saved")
    review = Review.objects.get()
    assert (review.opinion, review.points["climate"], len(review.points)) == (OPINION, 4, 6)
    one.stops_at("21-score-sheet")
    one.presses("提交评审表")
    one.sees("已提交", second.application.name)
    first.refresh_from_db()
    assert first.state == "reviewed"
    assert one.page.url.endswith(second.get_absolute_url())
    one.page.locator("[name=opinion]").fill("半句")
    one.follows("回避 …")
    one.sees(second.application.name, "不能恢复")
    one.page.check("[name=ground][value=project]")
    one.presses("回避")
    one.sees("已回避")
    assert second.application.name not in one.page.inner_text("body")
    assert one.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gb-draft:'))") == []
    assert Conflict.objects.get().kind == "declared"
    assert Assignment.objects.get(pk=second.pk).state == "recused"
    one.opens(second.get_absolute_url())
    assert second.application.name not in one.page.inner_text("body")


@pytest.fixture
def beside(visitor, given):
    """The expert with the same sheet open in two windows of one browser."""
    expert = given[0].expert
    one = visitor()
    one.becomes(expert.user)
    one.opens(given[0].get_absolute_url())
    other = one.page.context.new_page()
    other.goto(one.page.url)
    return one, other


def comes_back_to(page) -> None:
    """The other window is looked at again."""
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")


def hands_in(one) -> None:
    one.page.bring_to_front()
    scores(one, **dict.fromkeys(Criterion.values, 4), advice="admit")
    one.page.locator("[name=opinion]").fill(OPINION)
    one.presses("提交评审表")
    one.sees("已提交")


def told(page, how: str = "refused") -> str:
    """What the bar says, and that it stands where it is seen."""
    bar = page.locator(f'[data-says="{how}"]')
    bar.wait_for(state="visible", timeout=3000)  # at once: not at the next look, which may be twelve seconds away
    expect(bar).to_be_in_viewport()
    return bar.inner_text()


def test_a_second_window_learns_at_once_that_the_sheet_was_handed_in(beside):
    one, other = beside
    hands_in(one)
    comes_back_to(other)
    assert ("已经提交" in told(other), "自行复制" in told(other)) == (True, False)
    other.locator("[name=opinion]").fill("另一句")
    other.locator('[data-says="refused"] [data-unsaved]').wait_for(state="visible", timeout=5000)
    assert other.input_value("[name=opinion]") == "另一句"
    other.locator("button[name=hand_in]").click()
    other.locator(".gb-kept", has_text="另一句").wait_for(state="visible")
    assert Review.objects.get().opinion == OPINION


def test_a_second_window_says_that_the_expert_has_recused_and_keeps_nothing(beside):
    one, other = beside
    one.page.bring_to_front()
    one.follows("回避 …")
    one.page.check("[name=ground][value=own]")
    one.presses("回避")
    one.sees("已回避")
    other.bring_to_front()
    other.locator("[name=opinion]").fill("半句")
    assert "不会保存" in told(other, "gone")
    other.close()
    assert one.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gb-draft:'))") == []
