"""Writing workbooks. Every text is a text cell: a formula, a number of eighteen digits and a date stay the letters they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from alliance import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}
FACE = {"font_name": "等线", "font_size": 11, "valign": "vcenter", "text_wrap": True}
PAGES = "&C第 &P 页，共 &N 页"
LOOKS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "head": {"num_format": "@", "bold": True, "bg_color": "#0B5871", "font_color": "#FFFFFF", "border": 1, "border_color": "#76868E"},
    "label": {"num_format": "@", "bg_color": "#EEF3F5", "border": 1, "border_color": "#76868E"},
    "must": {"num_format": "@", "bg_color": "#EEF3F5", "border": 1, "border_color": "#76868E", "font_color": "#A92F1D", "align": "center"},
    "answer": {"num_format": "@", "border": 1, "border_color": "#76868E"},
    "note": {"num_format": "@", "font_color": "#3B4D57", "font_size": 9.5},
    "group": {"num_format": "@", "bold": True, "font_color": "#0B5871", "font_size": 12},
    "number": {"num_format": "General", "align": "right", "indent": 1},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, of which the first `frozen` stay in sight; `looks` names the look of a row's cells where it is not plain.

    `choices` maps a cell (row, column) to the words to choose from: a list on the sheet of that name in `lists`.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    widths: Sequence[float] = ()
    frozen: int = 1
    looks: Mapping[int, Sequence[str]] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    choices: Mapping[tuple[int, int], str] = field(default_factory=dict)
    columns_of_choices: Mapping[int, tuple[str, int]] = field(default_factory=dict)  # of a column, which list, down to which row
    hidden_columns: Sequence[int] = ()
    is_hidden: bool = False
    is_landscape: bool = True


def write(sheets: Iterable[Sheet], *, moment: datetime, lists: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """The workbook, dated `moment`: the same bytes for the same rows. `lists` are the words to choose from, each by its name."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, SAFE) as book:
        book.set_properties({"created": moment.astimezone(clock.SHANGHAI).replace(tzinfo=None)})
        formats = {name: book.add_format(FACE | look) for name, look in LOOKS.items()}
        ranges: dict[str, str] = {}
        pages = [(sheet, book.add_worksheet(sheet.name)) for sheet in sheets]
        if lists:
            ranges = write_lists(book.add_worksheet("选项"), lists, formats["text"])
        for sheet, page in pages:
            fill(page, sheet, formats)
            for (row, column), name in sheet.choices.items():
                page.data_validation(row, column, row, column, {"validate": "list", "source": ranges[name]})
            for column, (name, last) in sheet.columns_of_choices.items():
                page.data_validation(sheet.frozen, column, last, column, {"validate": "list", "source": ranges[name]})
    return written.getvalue()


def write_lists(page: Worksheet, lists: Mapping[str, Sequence[str]], look: Any) -> dict[str, str]:
    """A column a list, out of sight; returns where each stands."""
    found = {}
    for column, (name, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            page.write_string(row, column, word, look)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        found[name] = f"='选项'!${letter}$1:${letter}${len(words)}"
    page.hide()
    return found


def fill(page: Worksheet, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, formats["text"], {"hidden": column in sheet.hidden_columns})
    for row, values in enumerate(sheet.rows):
        if row in sheet.heights:
            page.set_row(row, sheet.heights[row])
        looks = sheet.looks.get(row, ("head",) * len(values) if row < sheet.frozen else ())
        for column, value in enumerate(values):
            put(page, (row, column), value, formats, looks[column] if column < len(looks) else "")
    page.freeze_panes(sheet.frozen, 0)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.hide_gridlines(0)  # on paper, too
    page.set_footer(PAGES)
    if sheet.frozen:
        page.repeat_rows(0, sheet.frozen - 1)
    if sheet.is_landscape:
        page.set_landscape()
    if sheet.rows:
        last = xlsxwriter.utility.xl_rowcol_to_cell(len(sheet.rows) - 1, max(map(len, sheet.rows[: sheet.frozen + 1])))
        page.ignore_errors({"number_stored_as_text": f"A1:{last}"})


def put(page: Worksheet, at: tuple[int, int], value: Any, formats: Mapping[str, Any], look: str) -> None:
    """A number and a day as what they are; anything else as text, never as a formula or a link."""
    match value:
        case bool():
            page.write_string(*at, "是" if value else "否", formats[look or "text"])
        case int() | float() | Decimal():
            page.write_number(*at, float(value), formats[look or "number"])
        case datetime():
            page.write_datetime(*at, value.astimezone(clock.SHANGHAI).replace(tzinfo=None), formats[look or "moment"])
        case date():
            page.write_datetime(*at, value, formats[look or "day"])
        case None | "" if not look:
            pass  # its column says how it looks
        case None | "":
            page.write_blank(*at, None, formats[look])
        case _:
            page.write_string(*at, str(value), formats[look or "text"])
