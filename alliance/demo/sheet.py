"""A sheet of paper with nothing on it but that it is a sample."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

FONTS = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
SHEET = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Noto Serif SC", size: 22pt, lang: "zh")
#align(center + horizon)[#text(size: 96pt, fill: luma(150))[样例]\\ \\ 本页为演示材料，不具任何效力。]
"""


@cache
def sample() -> bytes:
    """The sheet as a PDF."""
    return typst.compile(SHEET.encode(), font_paths=FONTS, ignore_system_fonts=True, pdf_standards="a-2b")
