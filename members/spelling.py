"""How names are spelled so that they are found: in either script, in any width, or by the initials of their pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from opencc import OpenCC

from members.regions import GUANGDONG, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACE = re.compile(r"\s+")
NUMBER = re.compile(r"([a-z]+)([0-9]+)")
SILENT = re.compile(r"[^0-9a-z]")
LONGEST = 160


@cache
def simplified() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """As it is compared: 聯盟 and 联盟, （ and (, ＡＢＣ and abc are the same."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return SPACE.sub(" ", simplified().convert(plain)).strip()


@lru_cache(maxsize=1000)
def syllables(name: str) -> tuple[str, ...]:
    """深圳A1 → shen, zhen, a, 1."""
    from pypinyin import lazy_pinyin  # its dictionary is read only by who writes a name

    return tuple(lazy_pinyin(folded(name), errors=list))


def initials(name: str) -> str:
    """深圳岭曜 → szly; Latin letters and figures stay."""
    return SILENT.sub("", "".join(each[0] for each in syllables(name)))


def spelled(name: str) -> str:
    """深圳岭曜 → shen zhen ling yao: by which names are put in order."""
    return " ".join(each for each in syllables(name) if each.isalnum())[:LONGEST]


def words_of(names: Iterable[str], others: Iterable[str] = ()) -> str:
    """Everything by which one is found, a line each: its names with their initials, and what else it is known by."""
    named = [name for name in names if name]
    lines = [*map(folded, named), *map(initials, named), *(folded(other) for other in others if other)]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def as_listed(word: str) -> list[str]:
    """A folded word as a listing may hold it: a number is typed without its hyphen, too."""
    number = NUMBER.fullmatch(word)
    return [word, "-".join(number.groups())] if number else [word]


def places_called(word: str) -> frozenset[int]:
    """The regions that a folded word names, in any language of the portal: foshan and 佛山 are one."""
    return places().get(word, frozenset())


@cache
def places() -> dict[str, frozenset[int]]:
    """By each word of their names; Guangdong is all of its cities."""
    named = [(name, [code]) for code, name in REGIONS.items()] + [(_("Guangdong"), list(GUANGDONG))]
    found: dict[str, set[int]] = defaultdict(set)
    for language, _name in settings.LANGUAGES:
        with override(language):
            for name, codes in named:
                for word in folded(str(name)).split():
                    found[word].update(map(int, codes))
    return {word: frozenset(codes) for word, codes in found.items()}
