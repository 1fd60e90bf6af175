"""The words of a letter: shipped with the portal, or as the office has put them since. Variables stand in double braces."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from alliance.letters.models import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alliance.letters.kinds import Kind

SHIPPED = settings.ROOT / "templates/mail"
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
GAP = re.compile(r"\n{3,}")

Text = tuple[str, str]  # subject and body


@cache
def shipped(kind: str, language: str) -> Text:
    """The words that come with the portal: a file's first line is the subject."""
    subject, _end, body = (SHIPPED / f"{kind}.{language}.txt").read_text().strip().partition("\n")
    return subject.strip(), body.strip()


def running(kind: str, language: str) -> Text:
    """The words in force: the office's last version, else those that came with the portal."""
    return all_running([kind], language)[kind]


def all_running(kinds: list[str], language: str) -> dict[str, Text]:
    """The same for several kinds, in one query."""
    edited = Wording.objects.in_force(kinds, language)
    return {kind: (edited[kind].subject, edited[kind].body) if kind in edited else shipped(kind, language) for kind in kinds}


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its variables filled in, once: a value that looks like a variable stays as it was typed."""
    return GAP.sub("\n\n", PLACE.sub(lambda place: values[place[1]], text)).strip()


@lru_cache(maxsize=256)
def named(*words: str) -> frozenset[str]:
    """The variables that `words` name."""
    return frozenset(name for text in words for name in PLACE.findall(text))


def unknown(kind: Kind, *texts: str) -> list[str]:
    """The variables named in `texts` that this kind of letter does not have."""
    return sorted(named(*texts) - set(kind.variables))


def strays(*texts: str) -> bool:
    """Whether braces are left that stand for no variable: one was mistyped."""
    return any(mark in PLACE.sub("", text) for text in texts for mark in ("{{", "}}", "{%"))
