"""The order by strokes of the surname (按姓氏笔画为序), in which candidates stand on lists and ballots.

`strokes.txt` has a line for every number of strokes, and in it the characters in their order: by the kinds of their strokes
(horizontal, vertical, left-falling, dot, turning) where these are known, then by radical. It is a table of our own, so that
no collation of a database or of an operating system changes an order that has been announced; where it comes from is told
in docs/decisions/.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("strokes.txt")
FIRST = 0x110000  # beyond every code point: who is not in the table stands after who is, in the order of the code points


@cache
def places() -> dict[str, tuple[int, int]]:
    """Each character's number of strokes, and its place among those with as many."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {character: (strokes, place) for strokes, line in enumerate(lines, start=1) for place, character in enumerate(line)}


def strokes_of(name: str) -> list[tuple[int, int]]:
    """The key by which names are sorted: character by character; a shorter name before a longer one that begins with it."""
    return [places().get(character, (FIRST, ord(character))) for character in name if not character.isspace()]
