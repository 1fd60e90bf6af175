"""The table that goes to the meeting (审议汇总表) and comes back with an outcome and a reason on each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.history.models import Event, kind_of
from alliance.sheets import Sheet, write
from applications.choices import Ground, Outcome
from applications.models import Application

if TYPE_CHECKING:
    from applications.models import Batch

SHEET = "审议汇总表"
HEAD = (
    "序号", "申请编号", "单位名称", "统一社会信用代码/登记号", "单位类型", "地区", "主方向", "意向席位", "状态", "专家平均分", "审议结果", "依据", "理由",
)  # fmt: skip
WIDTHS = (6, 14, 34, 22, 12, 10, 10, 12, 14, 10, 14, 26, 40)
NUMBER, OUTCOME, GROUND, REASON = (HEAD.index(name) for name in ("申请编号", "审议结果", "依据", "理由"))
WORDS = {"通过": Outcome.PASSED, "不予通过": Outcome.REJECTED, "转入下一批次": Outcome.DEFERRED}
ALSO = {
    "不通过": Outcome.REJECTED,
    "暂缓": Outcome.DEFERRED,
    "缓议": Outcome.DEFERRED,
    "转下一批": Outcome.DEFERRED,
    "同意": Outcome.PASSED,
}
MOST = 2000  # lines
LONGEST = 1000  # characters of a reason


@dataclass(frozen=True)
class Line:
    """One line of the table as it came back: what it means, or why it means nothing."""

    row: int
    number: str
    outcome: str = ""
    ground: str = ""
    reason: str = ""
    why: str = ""

    @property
    def in_words(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else "–"


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def table(batch: Batch) -> bytes:
    """What stands before the meeting, in order of number; outcomes are chosen from a list."""
    with translation.override(CHINESE):
        waiting = batch.applications.awaiting_deliberation().with_average().order_by("number")
        rows: list[list[Any]] = [list(HEAD)]
        rows += [line_of(n, application) for n, application in enumerate(waiting, 1)]
        choices = {(row, OUTCOME): "审议结果" for row in range(1, len(rows))} | {(row, GROUND): "依据" for row in range(1, len(rows))}
        lists = {"审议结果": list(WORDS), "依据": [f"{ground.value} {ground.label}" for ground in Ground]}
        return write([Sheet(SHEET, rows, WIDTHS, choices=choices)], moment=clock.now(), lists=lists)


def line_of(n: int, application: Application) -> list[Any]:
    return [
        n,
        application.number,
        application.name,
        application.reg_no,
        str(application.get_unit_type_display()),
        str(application.get_region_display()),
        str(application.get_main_direction_display()),
        str(application.get_seat_wanted_display()),
        str(application.get_state_display()),
        "" if application.average is None else round(application.average, 2),
        "",
        "",
        "",
    ]


def file_name(batch: Batch) -> str:
    with translation.override(CHINESE):
        return f"{SHEET}_{batch}_{clock.today():%Y%m%d}.xlsx"


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class NotThatTable(ValueError):  # noqa: N818 — like a refusal, it says why in the reader's language
    """The file is no such table; the sentence says what is missing."""


def lines(rows: list[list[str]]) -> list[Line]:
    """Each line that names an application and an outcome; what cannot be understood says why. Raises NotThatTable."""
    columns, first = head_of(rows)
    if len(rows) - first > MOST:
        raise NotThatTable(_("At most %(most)d lines are read.") % {"most": MOST})
    found, seen = [], set()
    for n, row in enumerate(rows[first:], first + 1):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not cells["申请编号"] and not cells["审议结果"]:
            continue
        line = read_line(n, cells)
        found.append(Line(n, line.number, why=_("This number stands in the table twice.")) if line.number in seen else line)
        seen.add(line.number)
    return found


def head_of(rows: list[list[str]]) -> tuple[dict[str, int], int]:
    """Where each column stands, and the row after the head."""
    for n, row in enumerate(rows[:10]):
        named = {text.strip(): at for at, text in enumerate(row) if text.strip()}
        if {"申请编号", "审议结果"} <= named.keys():
            return {name: named.get(name, len(row)) for name in ("申请编号", "审议结果", "依据", "理由")}, n + 1
    raise NotThatTable(_("The columns 申请编号 and 审议结果 were not found in the first ten rows."))


def read_line(n: int, cells: dict[str, str]) -> Line:
    number, word, reason = cells["申请编号"].upper(), cells["审议结果"], cells["理由"]
    if not word:
        return Line(n, number, why=_("No outcome stands on this line."))
    outcome = (WORDS | ALSO).get(word)
    if outcome is None:
        return Line(n, number, why=_("“%(word)s” is no outcome: %(known)s.") % {"word": word[:40], "known": "、".join(WORDS)})
    if len(reason) > LONGEST:
        return Line(n, number, why=_("The reason is longer than %(most)d characters.") % {"most": LONGEST})
    ground = ground_of(cells["依据"])
    if cells["依据"] and not ground:
        return Line(n, number, why=_("“%(word)s” is no ground of the code list.") % {"word": cells["依据"][:40]})
    if outcome == Outcome.REJECTED and not ground:
        return Line(n, number, why=_("What is not passed needs its ground."))
    if outcome != Outcome.PASSED and not reason:
        return Line(n, number, why=_("Please say why, as the applicant will read it."))
    if outcome == Outcome.PASSED:
        ground, reason = "", ""
    return Line(n, number, outcome, ground if outcome == Outcome.REJECTED else "", reason)


def ground_of(text: str) -> str:
    """J03, or its words."""
    code = text[:3].upper()
    if code in Ground.values:
        return code
    with translation.override(CHINESE):
        return next((ground.value for ground in Ground if str(ground.label) == text), "")


# ── what was said before ─────────────────────────────────────────────────────────────────────────────────────────────


def screened_by(applications: list[Application]) -> dict[int, str]:
    """Who passed each in preliminary review, by application."""
    events = Event.objects.filter(kind=kind_of(Application), thing_id__in=[each.pk for each in applications], step="screen")
    return {event.thing_id: str(event.actor or "") for event in events.select_related("actor").order_by("id")}
