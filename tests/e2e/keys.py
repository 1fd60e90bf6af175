"""The keyboard alone: on to a place with Tab, and through with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Visitor

MOST_KEYS = 200
OUTLINED = "here => [getComputedStyle(here).outlineStyle, getComputedStyle(here).boxShadow].some(value => value !== 'none')"


def tab_until(one: Visitor, is_there: Callable[[], bool], place: object) -> None:
    """Press Tab until the focus is there; it can be seen there."""
    for _key in range(MOST_KEYS):
        one.page.keyboard.press("Tab")
        if is_there():
            assert one.page.locator(":focus").evaluate(OUTLINED), place
            return
    pytest.fail(f"no key leads to {place} on {one.page.url}")


def enter(one: Visitor) -> None:
    """Through the link or button in focus, to another page."""
    with one.page.expect_navigation():
        one.page.keyboard.press("Enter")
