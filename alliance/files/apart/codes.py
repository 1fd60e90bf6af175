"""Reading the QR codes on a paper that came back: however it lies, grey, pale, askew or photographed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from .limits import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = 40  # of a PDF that are looked at: a form has a handful
POINTS = 200 / 72  # a page at 200 dots an inch
LONGEST = 4000  # pixels of a side that are looked at
ENOUGH = SECONDS * 0.6  # seconds of the processor's time; what has not been read by then is left to somebody's eye
SHRINK = (1, 0.5, 1.6)  # a code is found best at one size, and no size is best for all


def read(source: Path) -> dict[str, object]:
    """What the codes on each page say."""
    return {"pages": [texts(picture) for picture in pictures(source)]}


def pictures(source: Path) -> Iterator[Image.Image]:
    """The pages in grey, one after the other."""
    with source.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    yield from sheets(source) if is_pdf else (opened(source),)


def sheets(source: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(source) as document:
        for number in range(min(len(document), PAGES)):
            sheet = document[number]
            scale = min(POINTS, LONGEST / max(sheet.get_size()))
            yield sheet.render(scale=scale, grayscale=True).to_pil().convert("L")


def opened(source: Path) -> Image.Image:
    with Image.open(source, formats=["JPEG", "PNG"]) as picture:
        picture.thumbnail((LONGEST, LONGEST))
        return on_white(picture).convert("L")


def on_white(picture: Image.Image) -> Image.Image:
    """What can be seen through lies on white paper."""
    if picture.mode not in ("RGBA", "LA", "PA"):
        return picture
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)


def texts(picture: Image.Image) -> list[str]:
    """What the codes of a page say; tried in other ways only while none is found."""
    for tried in ways(picture):
        if time.process_time() > ENOUGH:
            break
        if found := zxingcpp.read_barcodes(tried, formats=zxingcpp.BarcodeFormat.QRCode):
            return [code.text for code in found]
    return []


def ways(picture: Image.Image) -> Iterator[Image.Image]:
    """As it is; then with its contrast drawn out, smaller and larger."""
    yield picture
    clear = ImageOps.autocontrast(picture, cutoff=2)
    for factor in SHRINK:
        yield clear if factor == 1 else clear.resize((round(clear.width * factor), round(clear.height * factor)))
