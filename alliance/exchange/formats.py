"""The two ways out, as django-import-export's formats: an Excel workbook, and CSV that Excel opens rightly."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from import_export.formats.base_formats import Format

from alliance.sheets import table
from alliance.sheets.writing import MEDIA_TYPE

if TYPE_CHECKING:
    from tablib import Dataset

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Workbook(Format):
    """.xlsx: every text a text cell, its head in sight and repeated on paper, A4 across."""

    def get_title(self) -> str:
        return "xlsx"

    get_extension = get_title

    def get_content_type(self) -> str:
        return MEDIA_TYPE

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        return table((dataset.title or "表")[:31], dataset.headers, list(dataset))


class Text(Format):
    """CSV in UTF-8 with its mark, by which Excel knows it; what a spreadsheet would work out is prefixed."""

    def get_title(self) -> str:
        return "csv"

    get_extension = get_title

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        written = io.StringIO(newline="")
        csv.writer(written).writerows([[harmless(value) for value in row] for row in [dataset.headers, *dataset]])
        return written.getvalue().encode("utf-8-sig")


FORMATS = {"xlsx": Workbook, "csv": Text}
MEDIA_TYPES = {"pdf": "application/pdf", "zip": "application/zip"}  # what waits beside the tables to be fetched


def media_type(form: str) -> str:
    return MEDIA_TYPES.get(form) or FORMATS[form]().get_content_type()


def harmless(value: Any) -> str:
    """A text as a CSV may hold it: what begins like a formula begins with an apostrophe; a number stays a number."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \n\u00a0\u3000").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text
