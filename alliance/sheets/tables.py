"""One plain table of any length, as a workbook: written by a library in Rust, where cell after cell in Python takes seconds (decision 44)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from rustpy_xlsxwriter import FastExcel, Format

from alliance.sheets.writing import FACE, LOOKS, PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = 9
TEXT = 49  # the built-in number format @ (ECMA-376, 18.8.30)
NARROW, WIDE = 8.0, 40.0
SAMPLED = 200
ON_PAPER = {"landscape": True, "paper_size": A4, "fit_to_pages": (1, 0), "repeat_rows": 0, "print_gridlines": True, "footer": PAGES}


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Texts as text cells and numbers as numbers, nothing of them worked out; the heads stay in sight and stand on every page, A4 across."""
    written = BytesIO()
    columns = list(zip(heads, *rows[:SAMPLED], strict=True))
    FastExcel(written).freeze(row=1).sheet(
        title,
        [dict(zip(heads, map(none_if_empty, row), strict=True)) for row in rows] or [dict.fromkeys(heads)],
        column_widths=[width(column) for column in columns],
        column_formats=[number() if any(isinstance(value, int | float) for value in column[1:]) else text() for column in columns],
        header_format=head(),
        page_setup=ON_PAPER,
        ignore_errors=list(heads),
    ).save()
    return written.getvalue()


def none_if_empty(value: Any) -> Any:
    """An empty cell is none; whoever counts the filled ones counts rightly."""
    return None if value == "" else value


def face() -> Format:
    return Format().set_font_name(FACE["font_name"]).set_font_size(FACE["font_size"]).set_align("vertical_center").set_text_wrap()


def number() -> Format:
    """In the middle: beside a text that begins at its left edge a figure at its right edge would run into it."""
    return face().set_align("center")


def text() -> Format:
    return face().set_num_format_index(TEXT)


def head() -> Format:
    """As the heads of forms look."""
    look = LOOKS["head"]
    shade = text().set_bold().set_background_color(look["bg_color"]).set_font_color(look["font_color"])
    return shade.set_border("thin").set_border_color(look["border_color"])


def width(column: Sequence[Any]) -> float:
    """As wide as its longest text, within reason; a Chinese character takes two places."""
    longest = max(sum(1 if character.isascii() else 2 for character in str(value if value is not None else "")) for value in column)
    return min(max(NARROW, longest + 2.0), WIDE)
