"""The files of the pack: each made of what was read, under a number and a name that an Explorer sorts and shows as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.documents.kinds import KINDS, Kind
from alliance.documents.making import UNFIT, drawn, headed
from alliance.documents.models import Paper
from alliance.documents.typesetting import typeset
from alliance.reporting.papers import LETTER, MEMBER_LIST, PROPOSAL, letter
from alliance.reporting.reading import STEPS
from alliance.sheets import Sheet, write
from applications.models import Batch
from applications.papers.report import end_of
from members.models import Resolution

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model

    Said = dict[str, Any]

LONGEST = 40  # letters of a subject in a file's name
DRAWN, KEPT = "据当日数据生成", "正式文书原件"
MEMBERS, COUNCIL, STATISTICS, REPORT, RESOLUTIONS, PUBLICITY = (
    "会员单位名单",
    "理事会组成方案",
    "统计表",
    "审核工作报告",
    "审议决议",
    "公示情况说明",
)
ANNEXES = (MEMBERS, COUNCIL, STATISTICS, REPORT, RESOLUTIONS, PUBLICITY)
MEMBER_WIDTHS = {"会员编号": 24, "单位名称": 58, "类型": 20, "地区": 14, "主方向": 18, "届内职务": 40, "代表": 14, "入会日期": 19, "届次": 13, "证书编号": 34, "证书有效期": 19, "会员状态": 16}  # fmt: skip
SEAT_WIDTHS = {
    "序号": 12,
    "职务": 30,
    "方向": 22,
    "单位": 72,
    "代表": 18,
    "职务/职称": 30,
    "届次": 16,
    "当选日期": 24,
    "任期至": 24,
    "状态": 16,
}
ROWS_ARE = {MEMBERS: "家", COUNCIL: "席"}
WIDE, NARROW = 40.0, 12.0
WIDE_HEADS = ("单位名称", "单位")


@dataclass(frozen=True)
class File:
    """One file: which annex it belongs to, its name within the pack, its bytes, and where they come from."""

    annex: str
    name: str
    content: bytes
    source: str


def moment_of(said: Said) -> datetime:
    """The day that was asked for dates every file, whenever it is made."""
    return clock.midnight(date.fromisoformat(said["day"]))


def named(annex: str, ending: str, beside: str = "") -> str:
    """02_会员单位名单.docx; the request is 01."""
    subject = f"_{UNFIT.sub('', beside)[:LONGEST]}" if beside else ""
    return f"{ANNEXES.index(annex) + 2:02d}_{annex}{subject}.{ending}"


def in_word(kind: Kind, words: Said, said: Said, number: str) -> bytes:
    head = headed(number, moment_of(said), 1)
    return drawn(kind, words | head, moment_of(said))[0]


def annex_number(annex: str) -> str:
    return f"附件{ANNEXES.index(annex) + 1}"


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def members_in_word(said: Said) -> list[File]:
    return [listed(MEMBERS, MEMBER_LIST, said["members"], said)]


def council_in_word(said: Said) -> list[File]:
    return [listed(COUNCIL, PROPOSAL, said["council"], said)]


def listed(annex: str, kind: Kind, words: Said, said: Said) -> File:
    return File(annex, named(annex, "docx"), in_word(kind, words, said, annex_number(annex)), DRAWN)


def members_in_excel(said: Said) -> list[File]:
    return [workbook(MEMBERS, "会员名册", said["members"], said)]


def council_in_excel(said: Said) -> list[File]:
    return [workbook(COUNCIL, "理事会席位表", said["council"], said)]


def workbook(annex: str, title: str, table: Said, said: Said) -> File:
    widths = [WIDE if head in WIDE_HEADS else max(NARROW, 2.0 * len(head) + 6) for head in table["heads"]]
    sheet = Sheet(title, [table["heads"], *table["rows"]], widths)
    return File(annex, named(annex, "xlsx"), write([sheet], moment=moment_of(said)), DRAWN)


def members_in_pdf(said: Said) -> list[File]:
    return [printed(MEMBERS, "会员名册", said["members"], MEMBER_WIDTHS, said)]


def council_in_pdf(said: Said) -> list[File]:
    return [printed(COUNCIL, "理事会席位表", said["council"], SEAT_WIDTHS, said)]


def printed(annex: str, title: str, table: Said, widths: dict[str, int], said: Said) -> File:
    """On A4 across, the heads on every page; what has no width stays in the workbook."""
    shown = [n for n, head in enumerate(table["heads"]) if head in widths]
    words = {
        "title": f"{said['issued_by']}{title}",
        "under": f"{said['term']}　截至{said['on']}　共{len(table['rows'])}{ROWS_ARE[annex]}",
        "heads": [table["heads"][n] for n in shown],
        "widths": [widths[table["heads"][n]] for n in shown],
        "rows": [[str(row[n]) for n in shown] for row in table["rows"]],
        "issued_by": said["issued_by"],
    }
    return File(annex, named(annex, "pdf"), typeset("table", words, moment=moment_of(said)), DRAWN)


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def statistics(said: Said) -> list[File]:
    """What the members are made of, what the batch came to, and how the seats lie: three sheets."""
    made = [[each["title"], *row] for each in said["members"]["shares"] for row in each["rows"]]
    came = [[said["batch"], label, said["report"][name]] for name, label in STEPS.items()]
    parts = [
        [said["batch"], f"按{each['title']}：{row['word']}", row["count"]] for each in said["report"]["shares"] for row in each["rows"]
    ]
    seats = [[each["direction"], each["seats"], each["held"], each["members"]] for each in said["council"]["directions"]]
    sheets = [
        Sheet("会员构成", [["项目", "分类", "家数", "占比"], *made], (16, 32, 12, 16)),
        Sheet("批次审核", [["批次", "项目", "件数"], *came, *parts], (14, 40, 12)),
        Sheet("席位分布", [["方向", "计划席位", "在任", "本方向会员"], *seats], (20, 14, 14, 16)),
    ]
    return [File(STATISTICS, named(STATISTICS, "xlsx"), write(sheets, moment=moment_of(said)), DRAWN)]


# ── Of the batch ─────────────────────────────────────────────────────────────────────────────────────────────────────


def report_of_batch(said: Said) -> list[File]:
    content = in_word(KINDS["batch_report"], said["report"], said, annex_number(REPORT))
    return [File(REPORT, named(REPORT, "docx", said["batch"]), content, DRAWN)]


def resolutions(said: Said) -> list[File]:
    """Each as it was issued; one of which no paper was made is drawn, without a number of its own."""
    return [
        kept_or_drawn("resolution", Resolution(pk=words["key"]), words, said, annex=RESOLUTIONS, beside=f"{n}_{words['subject']}")
        for n, words in enumerate(said["resolutions"], 1)
    ]


def publicity(said: Said) -> list[File]:
    """How the public notice ended, once it is over."""
    if not said["publicity"]["publicity"]["is_over"]:
        return []
    batch = Batch(pk=said["batch_key"])
    return [kept_or_drawn("publicity_result", batch, said["publicity"], said, annex=PUBLICITY, beside=said["batch"])]


def left_out(said: Said) -> list[str]:
    """What cannot go along yet, and why."""
    notice = said["publicity"]["publicity"]
    running = notice["units"] and not notice["is_over"]
    return [f"{PUBLICITY}：公示尚未结束，暂不能制作，待公示结束后另行报送"] if running else []


def kept_or_drawn(kind: str, thing: Model, words: Said, said: Said, *, annex: str, beside: str) -> File:
    """The last paper made by the end of the day, byte for byte; else what it would say."""
    end, name = end_of(date.fromisoformat(said["day"])), named(annex, "docx", beside)
    paper = Paper.objects.about(thing).filter(kind=kind, made_at__lt=end).defer(None).first()
    content = bytes(paper.content) if paper else in_word(KINDS[kind], words, said, annex_number(annex))
    return File(annex, name, content, f"{KEPT}（{paper.number}）" if paper else f"{DRAWN}，未编文号")


PARTS: dict[int, Callable[[Said], list[File]]] = dict(
    enumerate(
        (
            members_in_word, members_in_excel, members_in_pdf, council_in_word, council_in_excel, council_in_pdf, statistics, report_of_batch,
            resolutions, publicity,
        ),
        start=2,
    )
)  # fmt: skip


def request(said: Said, annexes: list[str], number: str) -> bytes:
    """The request itself, which bears the number of the pack."""
    return in_word(LETTER, letter(said, annexes), said, number)
