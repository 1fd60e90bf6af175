"""A member's year in a real browser, by the keyboard: confirms with a change, reads the office's answer, joins a group, invites a colleague."""

from __future__ import annotations

import pytest
from django.urls import reverse

from members.models import ChangeRequest, Confirmation, Wish
from tests import factories

pytestmark = pytest.mark.browser


def press(one, button: str) -> None:
    """By the keyboard: the button is in focus, and Enter presses it."""
    found = one.page.locator("main").get_by_role("button", name=button).first
    found.focus()
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")


def test_a_unit_s_year(visitor, portal, account):
    member, officer = account("张示一"), account("李范二", "officer")
    unit = factories.unit(member, main_direction="electric")
    group = factories.wish(state="declined").body
    factories.campaign(by=officer)
    one = visitor()
    one.becomes(member)
    one.opens(reverse("unit"))
    one.sees(unit.organisation.name, "年度信息确认")
    one.stops_at("30-my-unit")
    one.follows("核对并确认")
    one.follows("有变化")
    one.page.locator("[name=main_direction]").focus()
    one.page.locator("[name=main_direction]").press("ArrowDown")
    one.fills({"website": "https://unit.example.org/"})
    one.stops_at("31-change-data")
    press(one, "确认并提出以上变更")
    one.sees("确认并提出变更", "已直接变更：网址")
    request = ChangeRequest.objects.get()
    assert (Confirmation.objects.get(unit=unit).state, [each.field for each in request.changes.all()]) == ("changed", ["main_direction"])
    office = visitor()
    office.becomes(officer)
    office.opens(reverse("admin:members_changerequest_step", args=["settle_request"]) + f"?ids={request.pk}")
    office.page.locator("[name=decisions_main_direction_answer][value=accept]").focus()
    office.page.keyboard.press("Space")
    office.stops_at("32-answer")
    office.confirms()
    one.opens(reverse("myunit:request", args=[unit.number, request.uuid]))
    one.sees("已接受")
    one.follows("分支机构与工作组")
    one.page.locator("form", has=one.page.locator(f"[value='{group.uuid}']")).get_by_role("button").first.focus()
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
    assert Wish.objects.get(unit=unit).body == group
    one.follows("代表与同事")
    one.fills({"email": "new@example.org"})
    press(one, "邀请")
    one.sees("new@example.org")
    one.stops_at("33-colleagues")


def test_whoever_recommends_takes_it_back_in_a_row_that_is_one_link(visitor, portal, account):
    member, unit = account("张示一"), factories.unit()
    ours = factories.unit(member)
    nomination = factories.nomination(unit, "nominated", kind="recommended", recommender=ours)
    one = visitor()
    one.becomes(member)
    one.opens(reverse("unit"))
    one.page.locator("summary", has_text="撤回推荐").click()
    one.stops_at("34-recommended")
    one.presses("确认撤回")
    one.sees("推荐单位已撤回推荐")
    nomination.refresh_from_db()
    assert nomination.state == "taken_back"
