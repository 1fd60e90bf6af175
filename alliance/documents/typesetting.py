"""PDF/A by typst. What people typed goes in as data, never as typst code, so that `#`, `$` and `*` stay what they are.

The fonts are those of a wheel, Source Han Serif and Sans (思源宋体, 思源黑体) under their Noto names, Regular only; the
machine's own are ignored, so that a paper looks alike wherever it is made. GB/T 9704 wants 仿宋 and 小标宋, for which there
is no free font in our lists: the Song stands in for both, and heads are told by the Hei and by size, not by a bold.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alliance.workflow import Refused

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = settings.ROOT / "templates" / "documents"
STANDARD = "a-2b"  # the archival form; and only under it does typst refuse what it has no glyph for, instead of printing boxes
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class MissingGlyphs(Refused):
    """Characters that the fonts do not have; the sentence names them with their code points."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        named = "  ".join(f"{each} (U+{ord(each):04X}{name_of(each)})" for each in characters)
        super().__init__(
            _(
                "The paper was not made: its fonts lack %(characters)s. Please write each of them in another form, and make the paper again. Nothing was lost."
            )
            % {"characters": named}
        )


def name_of(character: str) -> str:
    """What Unicode calls it, where that helps: every rare ideograph is called by its code point."""
    name = unicodedata.name(character, "")
    return f" {name}" if name and not name.startswith("CJK") else ""


@cache
def fonts() -> typst.Fonts:
    """The wheel's fonts, and typst's own Latin ones for letters such as ř; read once a process."""
    folder = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def typeset(form: str, data: dict[str, Any], *, moment: datetime) -> bytes:
    """The PDF of `templates/documents/<form>.typ` filled with `data`, dated `moment`: the same bytes for the same data.

    Raises MissingGlyphs, and RuntimeError where typst only warns: a form of ours that warns is a mistake of ours.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        made, warnings = typst.compile_with_warnings(
            str(FOLDER / f"{form}.typ"),
            root=str(FOLDER),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=STANDARD,
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        if lacking := characters_in(error.diagnostic):
            raise MissingGlyphs(lacking) from error
        raise
    if warnings:
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return made


def characters_in(diagnostic: str) -> list[str]:
    """The characters that typst could not draw, each once, in the order of the paper."""
    found = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in LACKING.findall(diagnostic))
    return list(dict.fromkeys(character for text in found for character in text))
