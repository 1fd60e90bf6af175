"""What goes out to Excel and comes in: the application form as a template, filled in off the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.sheets import Sheet, write
from applications.choices import Section
from applications.models import Application
from applications.models.answers import FIELDS, MANY, OPTIONAL
from applications.papers import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHEET, GUIDE = "申请表", "填写说明"
HEAD = ("项目", "必填", "请在此列填写", "说明", "")
LABEL, ANSWER, KEY = 0, 2, 4  # columns
WIDTHS = (26, 8, 46, 44, 4)
BETWEEN = re.compile(r"[、,，;；\n]")
ASKED = {
    section: names for section, names in FIELDS.items() if section != Section.DECLARATIONS
}  # what is declared is ticked by a person, on the page
NAMES = tuple(name for names in ASKED.values() for name in names)
SOMETIMES = {
    "service_kind",
    "host_name",
    "host_no",
    "ownership",
    "registered_capital",
    "specialities_other",
    "nomination_kind",
    "recommender",
}
AMOUNTS = UNITS | {"revenue": "万元", "rd_spend": "万元", "patents": "项", "standards": "项"}
MEANT = {
    "reg_no": "内地填统一社会信用代码（18位）；香港填商业登记证号码8位数字；澳门填号码和(SO)；台湾填统一编号8位数字。没有登记的契约型联盟请在线填写。",
    "region": "广东填地级市，其他填省、自治区、直辖市或者香港、澳门、台湾。",
    "legal_form": "只有法人单位可以申请；契约型联盟选“非法人组织”并填写依托单位。",
    "cap_research": "科研能力、服务能力、产业化条件至少填一项。",
}
GUIDANCE = (
    "填写说明",
    "1. 只在“申请表”的第三列填写；标“必填”的提交前必须填写，标“视情况”的按说明填写，其余选填；没有的可以填“无”。",
    "2. 有下拉列表的请从列表中选；可以多选的，用顿号隔开，例如：上游、中游。",
    "3. 单元格已设为文本：统一社会信用代码、电话等请直接录入，不要改成数字，也不要使用公式。",
    "4. 日期写作 2012-05-30；金额以万元为单位，只写数字。",
    "5. 不要填写身份证号码；不要增删行列，不要改动第一列。",
    "6. 填好后登录本门户，在“开始申请”页上传，即生成草稿；读不出来的内容会逐行列出，其余内容不受影响。",
    "7. 附件、承诺和盖章在草稿中继续办理；上传模板不等于提交申请。",
)


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def template(help_texts: Mapping[str, Any]) -> bytes:
    """The form as a workbook: a line a question, its answer typed as text, choices offered as lists."""
    with translation.override(CHINESE):
        rows, looks, heights, choices = [list(HEAD)], {}, {}, {}
        for section, names in ASKED.items():
            looks[len(rows)] = ("group",)
            rows.append([str(section.label)])
            for name in names:
                looks[len(rows)] = ("label", "must", "answer", "note", "note")
                heights[len(rows)] = 60 if is_long(name) else 24 if len(hint(name, help_texts)) < 40 else 36
                if name in listed():
                    choices[len(rows), ANSWER] = name
                rows.append([Application.label(name), marked(name), "", hint(name, help_texts), name])
        form = Sheet(SHEET, rows, WIDTHS, looks=looks, heights=heights, choices=choices, hidden_columns=(KEY,), is_landscape=False)
        guide = Sheet(GUIDE, [[line] for line in GUIDANCE], (110,), frozen=0, looks={0: ("group",)})
        return write([form, guide], moment=clock.midnight(clock.today()), lists=listed())


def is_long(name: str) -> bool:
    """A text of several sentences."""
    return Application._meta.get_field(name).get_internal_type() == "TextField"


def marked(name: str) -> str:
    return "视情况" if name in SOMETIMES else "" if name in OPTIONAL else "必填"


def hint(name: str, help_texts: Mapping[str, Any]) -> str:
    """What helps to answer: our words, the unit, the choices where several may be named, and how long it may be."""
    said = [MEANT.get(name) or str(help_texts.get(name, "")), f"单位：{AMOUNTS[name]}。" if name in AMOUNTS else ""]
    if name in MANY:
        said.append("可多选：" + "、".join(str(word) for _value, word in MANY[name].choices) + "。")
    if is_long(name):
        said.append(f"不超过{Application._meta.get_field(name).max_length}字。")
    return "".join(said)


def listed() -> dict[str, list[str]]:
    """The questions with one answer of a list, each with its words."""
    flat = {name: Application._meta.get_field(name).flatchoices for name in NAMES if name not in MANY}
    return {name: [str(word) for value, word in choices if value] for name, choices in flat.items() if choices}


# ── In ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Read:
    """One answer as it stood in the file: in which row, to which question, and the value it means."""

    row: int
    name: str
    typed: str
    value: Any


@dataclass(frozen=True)
class Unread:
    """What could not be taken, and why."""

    row: int
    label: str
    typed: str
    why: str | Promise


def answers(rows: list[list[str]]) -> Iterator[Read | Unread]:
    """Every answer of a filled template, row by row. The question is known by its hidden key, else by its label."""
    labels = labelled()
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], start=2):
        label, typed, key = (row[column].strip() if column < len(row) else "" for column in (LABEL, ANSWER, KEY))
        name = key if key in NAMES else labels.get(label, "")
        if not typed:
            continue
        if not name or name in seen:
            yield Unread(
                number,
                label,
                typed,
                _("This question stands in the file twice.") if name else _("This line belongs to no question of the form."),
            )
            continue
        seen.add(name)
        yield meant(number, name, typed)


def meant(row: int, name: str, typed: str) -> Read | Unread:
    """The value that a text means: of a choice by its word in any language or by its code."""
    words = words_of(name)
    if not words:
        return Read(row, name, typed, typed)
    parts = [part.strip() for part in BETWEEN.split(typed)] if name in MANY else [typed]
    unknown = [part for part in parts if part and folded(part) not in words]
    if unknown:
        return Unread(
            row, Application.label(name), typed, _("Not one of the answers to choose from: %(words)s.") % {"words": "、".join(unknown)}
        )
    values = [words[folded(part)] for part in parts if part]
    return Read(row, name, typed, list(dict.fromkeys(values)) if name in MANY else values[0])


def folded(word: str) -> str:
    return "".join(word.split()).casefold()


def words_of(name: str) -> dict[str, str]:
    """What may be typed for each value of a question that offers a choice."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            choices = MANY[name].choices if name in MANY else Application._meta.get_field(name).flatchoices
            found |= {folded(str(word)): value for value, word in choices if value} | {
                folded(value): value for value, _word in choices if value
            }
    return found


@cache
def labelled() -> dict[str, str]:
    """Questions by what they are called, in every language."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {Application.label(name): name for name in NAMES}
    return found
