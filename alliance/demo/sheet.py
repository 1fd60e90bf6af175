"""Sheets of paper with nothing on them but that they are samples; each is made once, and lies once on the disk."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from alliance.files import shelf
from alliance.files.checking import Checked, check

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
SHEET = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Noto Serif SC", size: 22pt, lang: "zh")
#align(center + horizon)[#text(size: 96pt, fill: luma(150))[样例]\\ \\ %s \\ \\ 本页为演示材料，不具任何效力。]
"""
DATED = 1_604_966_400  # 10 November 2020, so that the same sheet is the same bytes


@cache
def sample(title: str = "") -> bytes:
    """The sheet as a PDF."""
    source = (SHEET % title).encode()
    return typst.compile(source, font_paths=FONTS, ignore_system_fonts=True, pdf_standards="a-2b", timestamp=DATED)


class Samples:
    """A pile of sheets, each checked as every upload is, and then handed out as often as somebody needs one.

    They are checked beside the story, which begins meanwhile. On the shelf each is a name of its own for the same bytes: no
    file is written twice, and taking one away leaves the others.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self.checker = ThreadPoolExecutor(max_workers=2)
        self.checked = {title: self.checker.submit(sheet, title) for title in titles}

    def one(self, title: str) -> Checked:
        """A sheet that says `title`, as a file of its own; one that nobody announced is checked now."""
        if title not in self.checked:
            self.checked[title] = self.checker.submit(sheet, title)
        first = self.checked[title].result()
        return Checked(first.title, first.kind, same_bytes(first.path), first.pages, first.signed)


def sheet(title: str) -> Checked:
    """One sheet, checked."""
    return check(SimpleUploadedFile(f"{title}（样例）.pdf", sample(title)))


def same_bytes(path: Path) -> Path:
    """Another name for the file; a copy where the disk knows no second name."""
    other = shelf.coming()
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)
    return other
