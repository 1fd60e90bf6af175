"""Taking a picture in: only its pixels, upright, written anew by us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import Image, ImageFile, ImageOps

from .limits import LONGEST, PIXELS, SHORTEST
from .refusal import Bad

if TYPE_CHECKING:
    from pathlib import Path

Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
ImageFile.LOAD_TRUNCATED_IMAGES = False

FOREIGN = re.compile(
    rb"<\?php|<script|<html|<!doctype|%PDF-|#!/bin/|This program cannot be run in DOS mode|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|PK\x03\x04.*PK\x05\x06",
    re.IGNORECASE | re.DOTALL,
)
SEEN_THROUGH = ("RGBA", "LA", "PA")
QUALITY = 90


def take(source: Path, target: Path, kind: str) -> dict[str, object]:
    """Read `source` as `kind` and nothing else; write a JPEG or PNG with its pixels alone: no place, no camera, no comment."""
    if FOREIGN.search(source.read_bytes()):
        raise Bad("foreign")
    with Image.open(source, formats=[kind.upper()]) as picture:
        refuse_size(*picture.size)
        if getattr(picture, "n_frames", 1) > 1:
            raise Bad("animated")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    return write(upright, target, kind)


def refuse_size(width: int, height: int) -> None:
    if width * height > PIXELS or max(width, height) > LONGEST:
        raise Bad("pixels")
    if min(width, height) < SHORTEST:
        raise Bad("small")


def write(picture: Image.Image, target: Path, kind: str) -> dict[str, object]:
    """Photographs as JPEG; what was a PNG, or can be seen through, as PNG."""
    is_clear = picture.mode in SEEN_THROUGH or "transparency" in picture.info
    kind = "png" if kind == "png" or is_clear else "jpeg"
    picture = picture.convert("RGBA" if is_clear else "L" if picture.mode in ("1", "L") else "RGB")
    picture.info.clear()
    picture.save(target, kind.upper(), **({"quality": QUALITY} if kind == "jpeg" else {}))
    return {"kind": kind, "pages": 1, "signed": False}
