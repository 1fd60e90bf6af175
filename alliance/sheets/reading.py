"""Reading workbooks that somebody sent: everything comes out as text, and nothing is worked out.

How far a sheet reaches is counted before it is opened: the reader makes room for every cell between the first and the last.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.parsers import expat

import python_calamine
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

CELLS = 200_000  # in one sheet
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
TOO_LARGE = _("The sheet reaches too far: please delete what stands beside and beneath the table, and send it again.")
NOT_READ = _("This workbook could not be read. Please save it in Excel as .xlsx, and send it again.")


class Unreadable(Exception):  # noqa: N818 — like a refusal, it says why in the reader's language
    """The workbook cannot be read; the sentence says what to do."""


def read(path: Path, sheet: str = "") -> list[list[str]]:
    """The rows of `sheet`, or of the first one, as texts; empty rows keep their place. Raises Unreadable."""
    try:
        refuse_far(path)
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        name = sheet if sheet in book.sheet_names else book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, expat.ExpatError, IndexError, KeyError, OSError, ValueError) as error:
        raise Unreadable(NOT_READ) from error
    return [[as_text(value) for value in row] for row in rows]


def refuse_far(path: Path) -> None:
    """Raises Unreadable where a sheet spans more cells than anybody fills in."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/") and name.endswith(".xml") and reach(package.read(name)) > CELLS:
                raise Unreadable(TOO_LARGE)


def reach(content: bytes) -> int:
    """How many cells lie in the rectangle from A1 to the last cell named; counted as well where cells carry no name."""
    last_row, last_column, cells = [0], [0], [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] not in ("c", "row"):
            return
        cells[0] += 1
        named = attributes.get("r", "")
        if found := REFERENCE.fullmatch(named.upper()):
            last_column[0] = max(last_column[0], column_of(found[1]))
            last_row[0] = max(last_row[0], int(found[2]))
        elif named.isdigit():
            last_row[0] = max(last_row[0], int(named))

    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = start
    parser.Parse(content, True)
    return max(last_row[0] * last_column[0], cells[0])


def column_of(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def as_text(value: Any) -> str:
    """A cell as somebody would type it: 5000, not 5000.0; a day as 2012-05-30."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return str(value).strip()
