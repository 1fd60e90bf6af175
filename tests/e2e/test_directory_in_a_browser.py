"""The directory in a browser: by keys alone while one types, and without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from members.choices import Direction
from tests import factories

if TYPE_CHECKING:
    from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def province(portal) -> None:
    factories.branch("440100")
    for n in range(24):
        city, region = (("深圳", "440300"), ("广州", "440100"), ("香港", "810000"))[n % 3]
        factories.listed(
            name=f"{city}岭曜演示第{n}有限公司", region=region, main_direction=Direction.values[n % 4], chain_position=["midstream"]
        )


def pressed(one: Visitor, *keys: str) -> None:
    for key in keys:
        one.page.keyboard.press(key)


def test_units_are_found_and_narrowed_down_by_keys_alone(province, visitor):
    one = visitor()
    one.opens("/members/")
    one.sees("会员名录", "24 家")
    one.page.locator("#q").focus()
    one.page.keyboard.type("深圳")
    expect(one.page.locator("#count")).to_have_text("找到 8 家")
    expect(one.page).to_have_url(re.compile(r"/members/\?q=%E6%B7%B1%E5%9C%B3$"))
    expect(one.page.locator("#q")).to_be_focused()
    pressed(one, "Tab", "Tab", "Tab", "Space")  # the button, the first group, its first word
    expect(one.page.locator("#direction-electric")).to_be_checked()
    expect(one.page.locator("#direction-electric")).to_be_focused()
    expect(one.page.locator("#count")).to_have_text("找到 2 家")
    expect(one.page.locator(".gb-chips")).to_contain_text("主方向：电动")
    one.page.go_back()
    expect(one.page.locator("#count")).to_have_text("找到 8 家")  # the question before, asked anew
    one.page.wait_for_load_state("load")
    one.opens("/members/")
    one.page.get_by_role("link", name="香港，8 家").focus()
    with one.page.expect_navigation():
        pressed(one, "Enter")
    one.sees("8 家", "所在地：香港")
    assert one.page.get_by_role("link", name=re.compile("^广州，8 家，设有分支机构$")).count() == 1
    one.stops_at("directory")


def test_without_a_script_the_same_form_answers(province, visitor):
    one = visitor(java_script_enabled=False)
    one.opens("/members/")
    one.page.locator("#q").fill("广州")
    one.page.locator("#direction-hydrogen").check()
    one.goes(one.page.get_by_role("button", name="搜索"))
    one.sees("2 家", "主方向：氢燃料")
    one.goes(one.page.locator(".gb-units a").first)
    one.sees("会员编号", "在联盟中")


def test_a_phone_folds_the_facets_and_a_table_stacks(province, visitor):
    one = visitor(viewport={"width": 390, "height": 844})
    one.opens("/members/?view=table")
    expect(one.page.locator("#direction-electric")).not_to_be_visible()
    one.page.locator("#fold > summary").click()
    one.page.locator("#direction-electric").check()
    expect(one.page.locator("#count")).to_have_text("找到 6 家")
    expect(one.page.locator("#direction-hydrogen")).to_be_visible()  # what was opened stays open
    one.stops_at("directory-table")


def test_a_certificate_is_verified_by_number_and_name_in_a_browser(portal, visitor):
    """What a browser says of where a form comes from, no test client says."""
    certificate = factories.certificate(factories.user("李范二", "officer"))
    one = visitor()
    one.opens("/verify/")
    one.fills({"number": certificate.number, "name": certificate.name})
    one.presses("查验")
    one.sees(certificate.name, certificate.number)
