"""Drawing one page of a kept file, so that nobody has to open the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from .limits import LONGEST_SIDE
from .refusal import Bad

if TYPE_CHECKING:
    from pathlib import Path

POINTS = 150 / 72  # a page at 150 dots an inch


def draw(source: Path, target: Path, number: int) -> dict[str, object]:
    """Write page `number` (the first is 1) of a PDF, or a picture itself, as a PNG no longer than `LONGEST_SIDE`."""
    picture = page(source, number) if source.suffix == ".pdf" else shrunk(source)
    picture.save(target, "PNG")
    return {"width": picture.width, "height": picture.height}


def page(source: Path, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(source) as document:
        if not 1 <= number <= len(document):
            raise Bad("pages")
        sheet = document[number - 1]
        scale = min(POINTS, LONGEST_SIDE / max(sheet.get_size()))
        return sheet.render(scale=scale).to_pil().convert("RGB")


def shrunk(source: Path) -> Image.Image:
    with Image.open(source, formats=["JPEG", "PNG"]) as picture:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return picture.copy()
