"""The public columns of every running member, row by row: three questions to the database, however many there are."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from django.utils import translation

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.exchange.formats import harmless
from members.directory.asked import FACETS, GROUPS
from members.models import Listing, MemberUnit
from members.models.listing import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AT_ONCE = 2000
COLUMNS = {
    "number": "会员编号",
    "name": "单位名称",
    "name_en": "英文名称",
    "type": "单位类型",
    "region": "地区",
    "direction": "主方向",
    "chain": "产业链位置",
    "scale": "规模",
    "post": "理事会职务",
    "admitted_on": "入会日期",
}
MARK = "\ufeff"  # by which Excel knows UTF-8
ALONGSIDE = ("unit__number", "unit__organisation__name", "unit__organisation__name_en")


class Line:
    """A writer's file: what is written is what comes back."""

    def write(self, text: str) -> str:
        return text


def rows() -> Iterator[dict[str, str]]:
    """In Chinese, whoever asks: the alliance's own names for things."""
    seats = {unit: held.seat.tier for unit, held in MemberUnit.objects.posts_held(clock.today()).items()}
    words = in_chinese()
    found = Listing.objects.running().order_by("admitted_on", "pk").values_list("pk", *ALONGSIDE, "mix", "place", "admitted_on")
    for key, number, name, name_en, mix, place, admitted_on in found.iterator(chunk_size=AT_ONCE):
        says = told(mix)
        yield {
            "number": number, "name": name, "name_en": name_en, "type": words.get(says.unit_type, ""), "region": words.get(f"{place:06d}", ""),
            "direction": words.get(says.main_direction, ""), "chain": "、".join(words[each] for each in says.chain), "scale": words.get(says.scale, ""),
            "post": words.get(str(seats.get(key)), ""), "admitted_on": admitted_on.isoformat(),
        }  # fmt: skip


def in_chinese() -> dict[str, str]:
    """The words of all facets; no value stands in two of them."""
    with translation.override(CHINESE):
        return {value: str(word) for facet in FACETS for value, word in facet.words.items() if value not in GROUPS}


def lines(found: Iterable[dict[str, str]]) -> Iterator[str]:
    """CSV that Excel opens rightly, and in which nothing is worked out."""
    write = csv.writer(Line()).writerow
    yield MARK + write(COLUMNS.values())
    for row in found:
        yield write([harmless(row[name]) for name in COLUMNS])


def members(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One object: the day, and a list of members."""
    yield f'{{"on": "{clock.today().isoformat()}", "members": ['
    for number, row in enumerate(found):
        yield (", " if number else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"
