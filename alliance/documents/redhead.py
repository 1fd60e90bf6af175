"""The skeleton of a red-head paper, GB/T 9704-2012, by python-docx. Run: `python -m alliance.documents.redhead`.

It writes `templates/documents/<kind>.docx` from `<kind>.txt`, a line a paragraph: `# ` the title, `> ` to whom, `一、` a head,
`（一）` a head beneath it, `|` a table's heads and then its row, anything else a paragraph. The fonts are named as the standard
names them and are the reader's: 方正小标宋简体 and 仿宋_GB2312 are not free, so none is embedded.

What stands together stays together: a head and what it heads, a table and the line above it, the last words and who signs.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from alliance.documents.word import describe, settled

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.text.paragraph import Paragraph

FANGSONG, SONG, HEI, KAI, TITLE = "仿宋_GB2312", "宋体", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
BODY, HEADLINE, MARK, SMALL = 16, 22, 34, 14  # points: 3号, 2号, the mark, 4号
PITCH = 28.95  # points a line: 22 lines in 225 mm
GRID = 579  # the same in twentieths of a point
RED = RGBColor(0xE6, 0x00, 0x00)
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # mm: a type area of 156 × 225
MARK_WIDTH = 66  # per cent: nineteen characters of 34 points then stand on one line of 156 mm
BUILT = datetime(2020, 11, 1, tzinfo=UTC)
LEAF = "==="  # a new page begins
SIGNED = "!sign"  # who signs stands here; otherwise at the end
PRINTED = "~"  # 版记: who printed it and when, at the foot of the last page; to whom a copy goes, where it is said
LABELS = ("出席：", "列席：", "缺席及原因：")  # of minutes, in the Hei
ANNEX = "附件："  # a line of its own below the body
ANNEX_GOES_ON = "　　　"  # those that stand under its first name; they are not torn apart
BREAK = "¶"  # a new line of a title
PLAIN = "!plain"  # first line of a paper for the alliance's own use: no red head, and nobody signs below
TYPE_AREA = 8845  # the width of 156 mm in twentieths of a point
CELL_SIDE = 57  # twentieths of a point left and right of a cell's words: one millimetre
WIDTHS = (12, 98, 26, 20)  # mm of a table's columns, together the type area; a line that begins with ":" sets those of the tables below it
HEADS = (*(f"{figure}、" for figure in "一二三四五六七八九十"), "{{ item.ordinal }}、")
MARKS = re.compile("{{.*?}}|{%.*?%}")
TO_WRITE_IN, WRITTEN_HEIGHT = "　", 11  # an empty cell of a row that is signed or filled in by hand, and its height in mm
TO_TICK = "□"  # what is ticked and the reason written below it stand together
TO_SIGN = "（签字）"  # lines that the host and the keeper of the minutes sign go with who signs
LONGEST_HEAD = 30  # letters: what is longer is a paragraph that begins with its number
SUBHEADS = (*(f"（{figure}）" for figure in "一二三四五六七八九十"), "（{{ item.ordinal }}）")


def set_font(element: Any, name: str) -> None:
    """The same face for Chinese; figures and Latin letters in Times."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for script, face in (("eastAsia", name), ("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), face)


def made(tag: str, parent: Any, **attributes: object) -> Any:
    """A new element under `parent`, its attributes in Word's namespace."""
    element = give(OxmlElement(tag), **attributes)
    parent.append(element)
    return element


def give(element: Any, **attributes: object) -> Any:
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def skeleton() -> Paper:
    """An empty page of the standard's measures, its line grid, and its page numbers: outside, a dash each side."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.footer_distance = Mm(25)  # the number's line stands 7 mm under the type area
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    made("w:docGrid", section._sectPr, type="lines", linePitch=GRID)
    normal = paper.styles["Normal"]
    set_font(normal.element, FANGSONG)
    normal.font.size = Pt(BODY)
    made("w:lang", normal.element.rPr, val="en-US", eastAsia="zh-CN")  # Chinese punctuation stands at the foot of its square
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
    shape.space_after, shape.widow_control = Pt(0), False
    paper.settings.odd_and_even_pages_header_footer = True
    page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return paper


def page_number(line: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character from the edge."""
    line.alignment = side
    line.paragraph_format.right_indent = line.paragraph_format.left_indent = Pt(SMALL)
    for text in ("— ", "PAGE", " —"):
        run = line.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(SMALL)
        set_font(run._r, SONG)
        for latin in ("ascii", "hAnsi"):
            run._r.rPr.rFonts.set(qn(f"w:{latin}"), SONG)
        if text == "PAGE":
            made("w:fldChar", run._r, fldCharType="begin")
            made("w:instrText", run._r).text = " PAGE "
            made("w:fldChar", run._r, fldCharType="separate")
            made("w:t", run._r).text = "1"
            made("w:fldChar", run._r, fldCharType="end")


def line(paper: Any, text: str, *, font: str = FANGSONG, size: float = BODY, align: Any = None, indent: float = 2) -> Paragraph:
    """A paragraph, its first line indented by so many characters."""
    added = paper.add_paragraph()
    run = added.add_run(text)
    run.font.size = Pt(size)
    set_font(run._r, font)
    added.alignment = align
    if indent:
        give(added._p.get_or_add_pPr().get_or_add_ind(), firstLineChars=int(indent * 100), firstLine=int(indent * size * 20))
    return added


def head(paper: Paper) -> None:
    """The issuer in red, 35 mm under the top of the type area; two lines below it the number, and 4 mm below that the red line."""
    mark = line(paper, "{{ issued_by }}", font=TITLE, size=MARK, align=WD_ALIGN_PARAGRAPH.CENTER, indent=0)
    mark.paragraph_format.space_before = Mm(35)
    mark.paragraph_format.line_spacing = Pt(MARK * 1.2)
    mark.runs[0].font.color.rgb = RED
    mark.runs[0]._r.rPr.insert_element_before(give(OxmlElement("w:w"), val=MARK_WIDTH), "w:kern", "w:position", "w:sz", "w:szCs")
    number = line(paper, "{{ number }}", align=WD_ALIGN_PARAGRAPH.CENTER, indent=0)
    number.paragraph_format.space_before = Pt(2 * PITCH)
    borders = OxmlElement("w:pBdr")
    made("w:bottom", borders, val="single", sz=12, space=11, color=str(RED))  # eighths of a point; points
    number._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")  # Word wants its elements in their order


def title(paper: Paper, text: str) -> None:
    """Two lines below the red line; a line of its own pitch below it."""
    added = line(paper, text, font=TITLE, size=HEADLINE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=0)
    added.paragraph_format.space_before, added.paragraph_format.space_after = Pt(2 * PITCH), Pt(PITCH)
    added.paragraph_format.line_spacing = Pt(32)
    off_the_grid(added)


def off_the_grid(added: Paragraph) -> None:
    """Its own pitch: on the grid of 28.95 points a line of 32 would take two."""
    added._p.get_or_add_pPr().insert_element_before(give(OxmlElement("w:snapToGrid"), val=0), "w:spacing", "w:ind", "w:jc")


def signature(paper: Paper) -> None:
    """Issuer and day, four characters from the right, with room for the seal over both; they are not torn apart, nor from the last words."""
    for last in reversed(paper.paragraphs):
        last.paragraph_format.keep_with_next = True
        if not last.text.startswith("{%") and TO_SIGN not in last.text:  # a mark is gone once the paper is filled in
            break
    for n, text in enumerate(("{{ issued_by }}", "{{ date }}")):
        added = line(paper, text, align=WD_ALIGN_PARAGRAPH.RIGHT, indent=0)
        give(added._p.get_or_add_pPr().get_or_add_ind(), rightChars=400, right=4 * BODY * 20)
        added.paragraph_format.space_before = Pt(0 if n else 2 * PITCH)
        added.paragraph_format.keep_with_next = not n or None


def table(paper: Paper, heads: list[str], row: list[str], loop: str, widths: tuple[int, ...]) -> None:
    """A table whose row is repeated; the heads come again on every page."""
    grid = paper.add_table(rows=4, cols=len(heads))
    grid.style, grid.autofit, grid.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    sides = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        made(f"w:{side}", sides, w=CELL_SIDE, type="dxa")
    grid._tbl.tblPr.insert_element_before(sides, "w:tblLook")
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Emu(Mm(width))
    filled = (heads, [f"{{%tr {loop} %}}", *[""] * (len(heads) - 1)], row, ["{%tr endfor %}", *[""] * (len(heads) - 1)])
    for n, cells in enumerate(filled):
        made("w:cantSplit", grid.rows[n]._tr.get_or_add_trPr())
        if n and TO_WRITE_IN in cells:
            grid.rows[n].height = Mm(WRITTEN_HEIGHT)
        for cell, text, width in zip(grid.rows[n].cells, cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Emu(Mm(width)), WD_ALIGN_VERTICAL.CENTER
            cell_text(cell.paragraphs[0], text, HEI if n == 0 else FANGSONG, centred=n == 0 or width != max(widths))
            cell.paragraphs[0].paragraph_format.keep_with_next = n == 0 or None
    made("w:tblHeader", grid.rows[0]._tr.get_or_add_trPr())


def cell_text(added: Paragraph, text: str, font: str, *, centred: bool) -> None:
    run = added.add_run(text)
    run.font.size = Pt(SMALL)
    set_font(run._r, font)
    added.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    added.paragraph_format.line_spacing = Pt(24)
    off_the_grid(added)


def printed(paper: Paper, copied_to: str) -> None:
    """版记 at the foot of the last page: 4号仿宋 between two thick lines (0.35 mm) and a thin one (0.25 mm) that parts the entries."""
    rows = [*([copied_to] if copied_to else []), "{{ office }}\t{{ date }}印发"]
    for n, text in enumerate(rows):
        added = line(paper, text, size=SMALL, indent=0)
        shape = added._p.get_or_add_pPr()
        shape.insert_element_before(
            give(OxmlElement("w:framePr"), w=TYPE_AREA, wrap="notBeside", vAnchor="margin", hAnchor="margin", xAlign="left", yAlign="bottom"),
            "w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc",
        )  # fmt: skip
        borders = OxmlElement("w:pBdr")
        made("w:top", borders, val="single", sz=8 if n == 0 else 6, space=1, color="000000")
        if n == len(rows) - 1:
            made("w:bottom", borders, val="single", sz=8, space=1, color="000000")
        shape.insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc")
        tabs = OxmlElement("w:tabs")
        made("w:tab", tabs, val="right", pos=TYPE_AREA - SMALL * 20)
        shape.insert_element_before(tabs, "w:spacing", "w:ind", "w:jc")
        give(shape.get_or_add_ind(), left=SMALL * 20, right=SMALL * 20)


def build(source: str) -> bytes:
    """The template whose words are `source`."""
    paper = skeleton()
    is_plain = source.startswith(PLAIN)
    if not is_plain:
        head(paper)
    body = source.strip().removeprefix(PLAIN).strip().splitlines()
    copies = [text.removeprefix(PRINTED).strip() for text in body if text.startswith(PRINTED)]
    write_lines(paper, [text for text in body if not text.startswith(PRINTED)])
    if not is_plain and SIGNED not in body:
        signature(paper)
    for copied_to in copies:
        printed(paper, copied_to)
    describe(paper.core_properties, "", BUILT)
    written = BytesIO()
    paper.save(written)
    return settled(written.getvalue(), BUILT)


def write_lines(paper: Paper, source: list[str]) -> None:
    """Titles, addressees, tables and paragraphs, as each line of the source begins."""
    lines, widths, turns = iter(source), WIDTHS, False
    for text in lines:
        if text == LEAF:
            turns = True
        elif text.startswith(":"):
            widths = tuple(int(width) for width in text[1:].split())
        elif text.startswith("|"):
            *heads, loop = text.strip("|").split("|")
            if paper.paragraphs:
                paper.paragraphs[-1].paragraph_format.keep_with_next = True
            table(paper, heads, next(lines).strip("|").split("|"), loop.strip(), widths)
        elif text:
            write_line(paper, text)
            if turns:  # the page turns before these words: a break of its own would leave a page empty where the one before is full
                paper.paragraphs[-1].paragraph_format.page_break_before, turns = True, False


def write_line(paper: Paper, text: str) -> None:
    """One line of the source that is no table."""
    if text == SIGNED:
        signature(paper)
    elif text.startswith("# "):
        title(paper, text[2:].replace(BREAK, "\n"))
    elif text.startswith("> "):
        line(paper, text[2:], indent=0)
    elif label := next((label for label in LABELS if text.startswith(label)), ""):
        labelled(paper, label, text.removeprefix(label))
    else:
        paragraph(paper, text)


def labelled(paper: Paper, label: str, text: str) -> None:
    """出席：…, the label in the Hei."""
    run = line(paper, label, font=HEI).add_run(text)
    run.font.size = Pt(BODY)
    set_font(run._r, FANGSONG)


def paragraph(paper: Paper, text: str) -> None:
    """A paragraph in the face of its rank; a head stays with what follows it, and the last words with the annexes and who signs."""
    if text.startswith(ANNEX) and paper.paragraphs:
        paper.paragraphs[-1].paragraph_format.keep_with_next = True
    added = line(paper, text, font=HEI if text.startswith(HEADS) else KAI if text.startswith(SUBHEADS) else FANGSONG)
    if text.startswith((*HEADS, *SUBHEADS)) and len(MARKS.sub("", text)) <= LONGEST_HEAD:
        added.paragraph_format.keep_with_next = True
    if text.startswith((ANNEX, ANNEX_GOES_ON)) or TO_TICK in text:
        added.paragraph_format.keep_with_next = True
    if text.startswith(ANNEX):
        added.paragraph_format.space_before = Pt(PITCH)


def main(folder: Path = Path("templates/documents")) -> None:
    for source in sorted(folder.glob("*.txt")):
        source.with_suffix(".docx").write_bytes(build(source.read_text()))


if __name__ == "__main__":
    main()
