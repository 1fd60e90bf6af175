"""GB/T 9704-2012, measured in every Word paper: the page, the type area, the grid, faces and sizes, heads, lines, page numbers, the printer's lines."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from alliance.documents import redhead, word
from alliance.documents.kinds import KINDS, word_kinds
from alliance.documents.numbers import document_number
from alliance.documents.typesetting import FOLDER

MOMENT = datetime(2021, 3, 18, 2, tzinfo=UTC)
FACES = {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
SIZES = {Pt(16), Pt(22), Pt(34), Pt(14)}  # 3号, 2号, the mark, 4号
NUMBER = "湾新汽联〔2021〕1号"
EVERY = [name for name, _label in word_kinds()]
SOURCES = {name: (FOLDER / f"{name}.txt").read_text() for name in EVERY}
RED_HEADED = [name for name in EVERY if not SOURCES[name].startswith(redhead.PLAIN)]
PRINTED = [name for name in EVERY if f"\n{redhead.PRINTED}" in SOURCES[name]]


def paper_of(kind: str):
    known = KINDS[kind]
    head = {"number": NUMBER, "date": "2021年3月18日", "issued_by": "广东省演示联盟", "office": "联盟秘书处", "issue": 1}
    words = dict.fromkeys(known.known, "样例") | known.sample | head
    return Document(BytesIO(word.fill((FOLDER / f"{kind}.docx").read_bytes(), words, title="样例", moment=MOMENT)))


def face(element) -> str:
    return element.rPr.rFonts.get(qn("w:eastAsia"))


def near(length, millimetres: float) -> bool:
    """Word counts in twentieths of a point."""
    return abs(length - Mm(millimetres)) < Mm(0.1)


def border(paragraph, side: str) -> dict[str, str]:
    line = paragraph._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
    return {name: line.get(qn(f"w:{name}")) for name in ("val", "sz", "color")}


@pytest.mark.parametrize("kind", EVERY)
def test_the_page_its_type_area_and_its_grid(kind):
    """A4, 天头 37, 订口 28, 版心 156 × 225 mm, 22 lines of 28 characters."""
    paper = paper_of(kind)
    section = paper.sections[0]
    measures = {"page_width": 210, "page_height": 297, "top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
    assert [name for name, wanted in measures.items() if not near(getattr(section, name), wanted)] == []
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    normal = paper.styles["Normal"]
    assert (face(normal.element), normal.font.size, normal.paragraph_format.line_spacing) == ("仿宋_GB2312", Pt(16), Pt(28.95))
    assert len(paper.sections) == 1


@pytest.mark.parametrize("kind", EVERY)
def test_faces_and_sizes_are_those_of_the_standard_and_only_the_mark_is_red(kind):
    paper = paper_of(kind)
    cells = [p for table in paper.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    runs = [run for p in [*paper.paragraphs, *cells] for run in p.runs if run.text.strip()]
    assert {face(run._r) for run in runs} <= FACES
    assert {run.font.size for run in runs} <= SIZES
    assert {run.font.size for p in cells for run in p.runs} <= {Pt(14)}
    coloured = [run.text for run in runs if run.font.color.rgb not in (None, RGBColor(0, 0, 0))]
    assert coloured == (["广东省演示联盟"] if kind in RED_HEADED else [])


@pytest.mark.parametrize("kind", EVERY)
def test_paragraphs_begin_two_characters_in_and_heads_have_their_faces(kind):
    paper = paper_of(kind)
    titles = [p for p in paper.paragraphs if p.runs and p.runs[0].font.size == Pt(22)]
    assert {(face(p.runs[0]._r), p.alignment) for p in titles} == {("方正小标宋简体", 1)}
    heads = [p for p in paper.paragraphs if re.match("[一二三四五六七八九十]、", p.text)]
    subheads = [p for p in paper.paragraphs if re.match("（[一二三四五六七八九十]）", p.text) and p.runs[0].font.size == Pt(16)]
    assert {face(p.runs[0]._r) for p in heads} <= {"黑体"}
    assert {p.paragraph_format.keep_with_next for p in heads if len(p.text) < redhead.LONGEST_HEAD} <= {True}
    assert {face(p.runs[0]._r) for p in subheads} <= {"楷体_GB2312", "仿宋_GB2312"}
    body = [p for p in paper.paragraphs if p.runs and p.runs[0].font.size == Pt(16) and p.alignment is None and p.text.strip()]
    flush = [p.text for p in body if p._p.pPr is None or p._p.pPr.ind is None]
    assert all(text.endswith("：") for text in flush), flush  # 主送机关 alone stands flush left, with a full-width colon
    assert {p._p.pPr.ind.get(qn("w:firstLineChars")) for p in body if p.text not in flush} <= {"200"}


@pytest.mark.parametrize("kind", EVERY)
def test_page_numbers_stand_outside_between_two_dashes(kind):
    """4号宋体, odd right and even left, one character from the edge."""
    paper = paper_of(kind)
    odd, even = paper.sections[0].footer.paragraphs[0], paper.sections[0].even_page_footer.paragraphs[0]
    assert (odd.text, even.text, odd.alignment, even.alignment) == ("— 1 —", "— 1 —", 2, 0)
    assert {(run.font.size, face(run._r)) for p in (odd, even) for run in p.runs} == {(Pt(14), "宋体")}
    assert {p.paragraph_format.right_indent for p in (odd, even)} == {Pt(14)}
    assert paper.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("kind", RED_HEADED)
def test_the_head_and_who_signs(kind):
    """The mark 35 mm under the type area's top, two lines to the number, the red line 4 mm under it, two lines to the title; below, four characters in."""
    paper = paper_of(kind)
    mark, number, title = paper.paragraphs[:3]
    assert near(mark.paragraph_format.space_before, 35)
    assert (mark.alignment, number.alignment, title.alignment) == (1, 1, 1)
    assert (number.text, number.paragraph_format.space_before) == (NUMBER, Pt(57.9))
    assert border(number, "bottom") == {"val": "single", "sz": "12", "color": "E60000"}
    space = int(number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:space")))
    assert abs(space * 25.4 / 72 - 4) < 0.2
    assert title.paragraph_format.space_before == Pt(57.9)
    signed, dated = [
        p for p in paper.paragraphs if p._p.pPr is not None and p._p.pPr.ind is not None and p._p.pPr.ind.get(qn("w:rightChars"))
    ]
    assert [p._p.pPr.ind.get(qn("w:rightChars")) for p in (signed, dated)] == ["400", "400"]
    assert (signed.text, dated.text, signed.paragraph_format.keep_with_next) == ("广东省演示联盟", "2021年3月18日", True)
    assert paper.paragraphs[paper.paragraphs.index(signed) - 1].paragraph_format.keep_with_next if signed in paper.paragraphs else True


@pytest.mark.parametrize("kind", PRINTED)
def test_the_printer_s_lines_stand_at_the_foot_between_two_thick_lines(kind):
    """版记: 4号仿宋, first and last line 0.35 mm, the width of the type area; who printed it left, when right."""
    last = paper_of(kind).paragraphs[-1]
    assert last.text == "联盟秘书处\t2021年3月18日印发"
    assert {(run.font.size, face(run._r)) for run in last.runs} == {(Pt(14), "仿宋_GB2312")}
    assert [border(last, side) for side in ("top", "bottom")] == [{"val": "single", "sz": "8", "color": "000000"}] * 2
    frame = last._p.pPr.find(qn("w:framePr"))
    assert (frame.get(qn("w:yAlign")), frame.get(qn("w:vAnchor")), near(int(frame.get(qn("w:w"))) * 635, 156)) == ("bottom", "margin", True)
    assert last._p.pPr.find(qn("w:tabs")).find(qn("w:tab")).get(qn("w:val")) == "right"


def test_a_copy_is_named_above_a_thin_line():
    paper = Document(BytesIO(redhead.build("# 关于演示的通知\n正文。\n附件：1.名单\n~ 抄送：演示单位。\n")))
    copied, printed = paper.paragraphs[-2:]
    assert (copied.text, border(copied, "top")["sz"], border(printed, "top")["sz"], border(printed, "bottom")["sz"]) == (
        "抄送：演示单位。",
        "8",
        "6",
        "8",
    )
    annex = next(p for p in paper.paragraphs if p.text.startswith("附件"))
    assert (annex.paragraph_format.space_before, annex.text.endswith("。")) == (Pt(28.95), False)


@pytest.mark.parametrize("kind", EVERY)
def test_no_template_doubles_its_punctuation_or_leaves_words_to_fill_in(kind):
    text = "\n".join(p.text for p in paper_of(kind).paragraphs)
    assert re.findall("[，。；：、]{2}|（（|））|待填", text) == []
    assert "{{" not in text
    assert "{%" not in text


def test_the_page_turns_before_words_and_not_by_a_line_of_its_own():
    """A break in a line of its own leaves an empty page behind one that is full."""
    paper = Document(BytesIO(redhead.build("# 名单\n正文。\n===\n# 签名表\n日期：\n")))
    turning = [p.text for p in paper.paragraphs if p.paragraph_format.page_break_before]
    assert (turning, "w:br" in paper.element.xml) == (["签名表"], False)


def test_who_signs_below_a_table_does_not_stand_on_a_page_alone():
    paper = paper_of("council_proposal")
    last = paper.tables[-1]
    held = [all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in last.rows]
    assert held == [True, *[False] * (len(last.rows) - 2), True] if len(last.rows) > 2 else held == [True, True]


def test_lines_of_their_own_pitch_leave_the_grid_and_cells_have_room():
    """A title of 32 points a line would take two lines of the grid; a name of nineteen characters stands on one line of a list."""
    paper = paper_of("publicity")
    cells = [p for row in paper.tables[0].rows for cell in row.cells for p in cell.paragraphs]
    titles = [p for p in paper.paragraphs if p.runs and p.runs[0].font.size == Pt(22)]
    assert {p._p.pPr.find(qn("w:snapToGrid")).get(qn("w:val")) for p in (*titles, *cells)} == {"0"}
    assert paper.tables[0].columns[1].width >= 19 * Pt(14) + 2 * redhead.CELL_SIDE * 635
    assert {cell.vertical_alignment for row in paper.tables[0].rows for cell in row.cells} == {1}


def test_a_row_that_is_signed_is_high_enough_for_it():
    heights = [row.height for table in paper_of("meeting_sheet").tables for row in table.rows[1:]]
    assert {near(height, 11) for height in heights} == {True}


@pytest.mark.django_db
def test_numbers_have_their_year_in_hooked_brackets_and_no_zero_before_them():
    assert [document_number(None, MOMENT) for _each in range(2)] == ["湾新汽联〔2021〕1号", "湾新汽联〔2021〕2号"]


@pytest.mark.parametrize("kind", EVERY)
def test_a_table_stays_with_the_line_above_it_and_repeats_its_heads(kind):
    for table in paper_of(kind).tables:
        above = table._tbl.getprevious()
        assert above is None or above.pPr.find(qn("w:keepNext")) is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
