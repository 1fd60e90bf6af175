"""Binding pictures into one PDF: each page no larger than A4, in the order given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from .codes import on_white

if TYPE_CHECKING:
    from pathlib import Path

DOTS = 200  # an inch
A4 = (1654, 2339)  # pixels at so many dots
QUALITY = 80


def bind(sources: list[Path], target: Path) -> dict[str, object]:
    """Write one PDF with a page for each picture."""
    first, *others = sources
    page(first).save(target, "PDF", resolution=DOTS, quality=QUALITY, save_all=True, append_images=(page(each) for each in others))
    return {"pages": len(sources)}


def page(source: Path) -> Image.Image:
    """The picture as a page, upright or across as it lies: a smaller one stays as small as it is."""
    with Image.open(source, formats=["JPEG", "PNG"]) as picture:
        room = A4 if picture.height >= picture.width else A4[::-1]
        picture.thumbnail(room)
        return on_white(picture).convert("RGB" if picture.mode != "L" else "L")
