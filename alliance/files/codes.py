"""The QR codes on a checked file, read apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.files import bounded
from alliance.files.choices import DRAWN

if TYPE_CHECKING:
    from alliance.files.checking import Checked


def codes(checked: Checked) -> list[list[str]]:
    """What the codes on each page say, page by page; nothing where there is nothing to be drawn, or reading it failed."""
    return bounded.ask("codes", checked.path).get("pages", []) if checked.kind in DRAWN else []
