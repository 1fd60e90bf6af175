"""The text of an announcement as an office writes it: paragraphs, the heads of an official paper (GB/T 9704-2012), and lists.

There is no mark-up to learn and nothing to escape: what was typed is text, everywhere.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEAD = re.compile(r"[一二三四五六七八九十百]{1,4}、")
LOWER_HEAD = re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]")
ITEM = re.compile(r"[-*•·][ \u3000]+")
LONGEST_HEAD = 40
ENDS = "。；;.：:"  # a line that ends so is a sentence, not a head


class Block(NamedTuple):
    """A head (`head`, `lower`) or a paragraph (`text`) of one line, or a list (`list`) of several."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def blocks(text: str) -> list[Block]:
    """What was typed, block by block: each line is a paragraph, as offices type; lines of a list that follow each other are one."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        kind, words = kind_of(line)
        if kind == "lower" and not any(block.kind == "head" for block in found):
            kind = "head"  # nothing stands above it
        if found and kind == "list" and found[-1].kind == kind:
            found[-1] = Block(kind, (*found[-1].lines, words))
        else:
            found.append(Block(kind, (words,)))
    return found


def kind_of(line: str) -> tuple[str, str]:
    """What a line is, and its words without the mark of a list."""
    if mark := ITEM.match(line):
        return "list", line[mark.end() :]
    is_short = len(line) <= LONGEST_HEAD and line[-1] not in ENDS
    if is_short and HEAD.match(line):
        return "head", line
    if is_short and LOWER_HEAD.match(line):
        return "lower", line
    return "text", line


def beginning(text: str, most: int) -> str:
    """The first characters, cut where a sentence ends if there is one; what was cut is told by 「……」."""
    plain = "\n".join(block.text for block in blocks(text))
    if len(plain) <= most:
        return plain
    cut = plain[:most]
    end = max(cut.rfind(mark) for mark in "。！？\n")
    return (cut[: end + 1].rstrip() if end > most // 2 else cut) + "……"
