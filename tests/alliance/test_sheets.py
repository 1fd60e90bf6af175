"""Excel in and out: a text stays a text, and a sheet that reaches too far is not opened."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from alliance.sheets import Sheet, Unreadable, read, table, write

MOMENT = datetime(2020, 12, 12, tzinfo=UTC)
FORMULAS = ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.com")', "{=1+1}", "http://example.com", "91440300XX0000019G", "0755-0000 0001", "440300000000000019", "1e309"]  # fmt: skip


def kept(tmp_path, content: bytes):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    return path


def test_what_looks_like_a_formula_or_a_number_comes_back_as_it_was_typed(tmp_path):
    content = write([Sheet("表", [["题"], *([text] for text in FORMULAS)])], moment=MOMENT)
    assert [row[0] for row in read(kept(tmp_path, content))[1:]] == [text.strip() for text in FORMULAS]
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_plain_table_of_any_length_says_what_it_was_given(rows, tmp_path):
    given = [[*FORMULAS, n, 4.5, ""] for n in range(rows)]
    heads = [f"第{n}列" for n in range(len(given[0]))]
    content = table("会员名册", heads, given)
    said = [[*(text.strip() for text in FORMULAS), str(n), "4.5", ""] for n in range(rows)]
    assert read(kept(tmp_path, content)) == [heads, *said]
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet, styles, book = (package.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles", "workbook"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert all(
        part in sheet
        for part in ('state="frozen"', 'paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"', 'numberStoredAsText="1"')
    )
    assert "会员名册!$1:$1" in book  # the head on every page
    assert 'numFmtId="49"' in styles


def test_a_table_without_rows_has_its_head(tmp_path):
    assert read(kept(tmp_path, table("表", ["甲", "乙"], [])))[0] == ["甲", "乙"]


def test_numbers_days_and_choices_are_what_they_are(tmp_path):
    rows = [["数", "额", "日", "刻", "否"], [25, Decimal("5000.50"), date(2012, 5, 30), MOMENT, False]]
    path = kept(tmp_path, write([Sheet("表", rows)], moment=MOMENT))
    assert read(path)[1] == ["25", "5000.5", "2012-05-30", "2020-12-12 08:00", "否"]


def test_the_same_rows_make_the_same_bytes():
    sheets = [Sheet("表", [["a"], ["b"]], choices={(1, 0): "颜色"})]
    first, second = (write(sheets, moment=MOMENT, lists={"颜色": ["红", "蓝"]}) for _ in range(2))
    assert first == second


def test_a_sheet_that_reaches_to_the_end_of_the_world_is_not_opened(tmp_path):
    content = write([Sheet("表", [["题"], ["答"]])], moment=MOMENT)
    far = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(far, "w", zipfile.ZIP_DEFLATED) as written:
        for name in package.namelist():
            part = package.read(name)
            written.writestr(name, part.replace(b'r="A2"', b'r="XFD1048576"') if "sheet1" in name else part)
    with pytest.raises(Unreadable, match="工作表范围过大"):
        read(kept(tmp_path, far.getvalue()))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook at all"])
def test_what_is_no_workbook_is_said_to_be_none(content, tmp_path):
    with pytest.raises(Unreadable, match="无法读取"):
        read(kept(tmp_path, content))
