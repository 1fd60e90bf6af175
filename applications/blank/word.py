"""The blank form in Word, by python-docx: tables of four columns, as the printed form has them. Fonts are named and are the reader's."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from alliance.documents.redhead import FANGSONG, HEI, SONG, TITLE, made, page_number, set_font
from alliance.documents.word import describe, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docx.document import Document as Paper
    from docx.table import Table

WIDTHS = (34, 51, 34, 51)  # mm, together 170
SMALL, BODY = 10, 10.5  # points
LINE, ROOM, OPINION = 8, 22, 32  # mm: a row, a long answer, an opinion with its seal
SHADE = "EEF3F5"
BOX = "□"
NUMERALS = "一二三四五六七八"
DATED = "年　　　月　　　日"


def written(words: dict[str, Any], moment: datetime) -> bytes:
    """The Word file of `words`, dated `moment`: the same bytes for the same words."""
    paper = sheet()
    say(paper.add_paragraph(), "入会申请表", font=TITLE, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    say(paper.add_paragraph(), f"{words['issued_by']}　空白　没有的填“无”", font=SONG, size=SMALL, align=WD_ALIGN_PARAGRAPH.CENTER)
    for n, section in enumerate(words["sections"]):
        head(paper, f"{NUMERALS[n]}、{section['title']}")
        answers(paper, section["rows"])
    count = len(words["sections"])
    head(paper, f"{NUMERALS[count]}、承诺与签章")
    promises(paper, words)
    head(paper, f"{NUMERALS[count + 1]}、审核意见（由审核单位填写）")
    opinions(paper, words["opinions"])
    describe(paper.core_properties, "入会申请表", moment)
    saved = BytesIO()
    paper.save(saved)
    return settled(saved.getvalue(), moment)


def sheet() -> Paper:
    """A4 with narrow margins, its page number below."""
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(18)
    normal = paper.styles["Normal"]
    set_font(normal.element, SONG)
    normal.font.size = Pt(BODY)
    made("w:lang", normal.element.rPr, val="en-US", eastAsia="zh-CN")
    normal.paragraph_format.space_after = Pt(0)
    page_number(page.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.CENTER)
    return paper


def say(paragraph: Any, text: str, *, font: str = FANGSONG, size: float = BODY, align: Any = None) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_font(run._r, font)
    paragraph.alignment = align
    return paragraph


def head(paper: Paper, text: str) -> None:
    shape = say(paper.add_paragraph(), text, font=HEI, size=12).paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(10), Pt(4), True


def grid(paper: Paper, rows: int, widths: tuple[int, ...]) -> Table:
    table = paper.add_table(rows=rows, cols=len(widths))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        made("w:cantSplit", row._tr.get_or_add_trPr())
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_ALIGN_VERTICAL.CENTER
    return table


def answers(paper: Paper, rows: list[dict[str, Any]]) -> None:
    """Narrow answers stand two on a line; a wide one, or a narrow one left alone before it, takes the line."""
    lines = list(paired(rows))
    table = grid(paper, len(lines), WIDTHS)
    for row, line in zip(table.rows, lines, strict=True):
        row.height = Mm(ROOM if line[0]["tall"] else LINE)
        cells = row.cells if len(line) == 2 else (row.cells[0], row.cells[1].merge(row.cells[3]))
        for n, asked in enumerate(line):
            label(cells[2 * n], asked["label"])
            say(cells[2 * n + 1].paragraphs[0], beside(asked), size=SMALL, align=WD_ALIGN_PARAGRAPH.RIGHT if asked["unit"] else None)


def paired(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    waiting: list[dict[str, Any]] = []
    for row in rows:
        if row["wide"] and waiting:
            yield waiting
            waiting = []
        waiting = [*waiting, row]
        if row["wide"] or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def label(cell: Any, text: str) -> None:
    give_shade(cell)
    say(cell.paragraphs[0], text, font=HEI, size=9)


def give_shade(cell: Any) -> None:
    made("w:shd", cell._tc.get_or_add_tcPr(), val="clear", color="auto", fill=SHADE)


def beside(asked: dict[str, Any]) -> str:
    """What stands in the cell beforehand: boxes to tick, or the unit."""
    return "　".join(f"{BOX}\u00a0{word}" for word in asked["options"]) or asked["unit"]


def promises(paper: Paper, words: dict[str, Any]) -> None:
    """Each declaration with its box; below them the signature and the seal."""
    table = grid(paper, 2, (85, 85))
    whole = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    for n, each in enumerate(words["declarations"]):
        say(whole.paragraphs[0] if n == 0 else whole.add_paragraph(), f"{BOX} {each['words']}", size=SMALL)
    table.rows[1].height = Mm(50)
    for cell, text in zip(table.rows[1].cells, (words["signer"], words["seal"]), strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP
        say(cell.paragraphs[0], text, font=HEI, size=9)
        dated(cell, 6)


def dated(cell: Any, lines: int) -> None:
    """The day, below room for a seal."""
    shape = say(cell.add_paragraph(), DATED, size=SMALL, align=WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format
    shape.space_before = Pt(16 * lines)


def opinions(paper: Paper, whose: list[str]) -> None:
    table = grid(paper, len(whose), (34, 136))
    for row, text in zip(table.rows, whose, strict=True):
        row.height = Mm(OPINION)
        label(row.cells[0], text)
        say(row.cells[1].paragraphs[0], "", size=SMALL)
        say(
            row.cells[1].add_paragraph(), "（盖章）　　　　　　　", size=SMALL, align=WD_ALIGN_PARAGRAPH.RIGHT
        ).paragraph_format.space_before = Pt(44)
        say(row.cells[1].add_paragraph(), DATED, size=SMALL, align=WD_ALIGN_PARAGRAPH.RIGHT)
