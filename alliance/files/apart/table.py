"""Reading a table that somebody sent: the rows of the first sheet of a workbook, or of a CSV, cell by cell.

Numbers, days and truth values stay what they are; whoever asked makes texts of them. What stands in the way is named with its row.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import python_calamine

from . import ooxml
from .limits import COLUMNS, ROWS
from .refusal import Bad

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CJK = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]{2}")
LONGEST_CELL = 10_000
DELIMITERS = ",\t;"


def read(source: Path, kind: str) -> dict[str, Any]:
    """`{"rows": …}`; or `{"refused": code}`, with the row where it has one."""
    rows = csv_rows(source.read_bytes()) if kind == "csv" else book_rows(source, kind)
    if isinstance(rows, dict):
        return rows
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > ROWS:
        raise Bad("rows")
    if max(map(len, rows), default=0) > COLUMNS:
        raise Bad("columns")
    return {"rows": rows}


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def book_rows(source: Path, kind: str) -> list[list[Any]] | dict[str, Any]:
    if kind == "xlsx":
        ooxml.look(source, kind)
        if found := in_the_way(source):
            return found
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(source))
        sheet = book.get_sheet_by_index(0)
    except python_calamine.PasswordError:
        raise Bad("encrypted") from None
    if sheet.total_height > ROWS:
        raise Bad("rows")
    if sheet.total_width > COLUMNS:
        raise Bad("columns")
    if merged := sheet.merged_cell_ranges:
        return {"refused": "merged", "row": merged[0][0][0] + 1}
    return [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def in_the_way(source: Path) -> dict[str, Any]:
    """Where the first sheet that has any holds a formula, and whether one reaches too far; looked for before it is opened."""
    with zipfile.ZipFile(source) as package:
        for name in sorted(filter(SHEETS.fullmatch, package.namelist())):
            if found := look_through(package.read(name)):
                return found
    return {}


def look_through(contents: bytes) -> dict[str, Any]:
    last, at, found = [0, 0], [0], {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c" if place := REFERENCE.fullmatch(attributes.get("r", "").upper()):
                last[:] = max(last[0], int(place[2])), max(last[1], column_of(place[1]))
                at[0] = int(place[2])
            case "row":
                at[0] = int(attributes["r"]) if attributes.get("r", "").isdigit() else at[0] + 1
                last[0] = max(last[0], at[0])
            case "f":
                found.setdefault("refused", "formula")
                found.setdefault("row", at[0])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(contents, True)
    if last[0] > ROWS:
        raise Bad("rows")
    if last[1] > COLUMNS:
        raise Bad("columns")
    return found


def column_of(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def plain(value: Any) -> Any:
    """A cell as JSON carries it: a day as a list of one, which nothing else is."""
    match value:
        case None | bool() | int() | float():
            return value
        case datetime() | date():
            return [value.isoformat()]
    text = str(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL + 1]


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def csv_rows(raw: bytes) -> list[list[Any]] | dict[str, Any]:
    encoding = next((named for mark, named in MARKS.items() if raw.startswith(mark)), "")
    if not encoding.startswith("utf-16") and (at := raw.find(b"\0")) >= 0:
        return {"refused": "nul", "row": raw[:at].count(b"\n") + 1}
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError as wrong:
        if encoding:
            return {"refused": "encoding", "row": raw[: wrong.start].count(b"\n") + 1}
        text = ""
    if raw and not text:
        if row := mixed(raw):
            return {"refused": "mixed", "row": row}
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as wrong:
            return {"refused": "encoding", "row": raw[: wrong.start].count(b"\n") + 1}
    if (at := text.find("\0")) >= 0:
        return {"refused": "nul", "row": text[:at].count("\n") + 1}
    return split(text)


def mixed(raw: bytes) -> int:
    """The first line that is not in the encoding of those before it; 0 where all are in GB18030."""
    lines = list(foreign(raw))
    if not any(is_utf8 for _number, is_utf8 in lines):
        return 0
    first = lines[0][1]
    return next((number for number, is_utf8 in lines if is_utf8 != first), 0)


def foreign(raw: bytes) -> Iterator[tuple[int, bool]]:
    """Each line that is not plain ASCII, and whether it is Chinese in UTF-8."""
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            yield number, bool(CJK.search(line.decode("utf-8")))
        except UnicodeDecodeError:
            yield number, False


def split(text: str) -> list[list[Any]] | dict[str, Any]:
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Any]] = []
    try:
        for row in lines:
            rows.append(row)
            if len(rows) > ROWS:
                raise Bad("rows")
    except csv.Error:
        return {"refused": "csv", "row": lines.line_num}
    return rows
