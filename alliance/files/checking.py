"""Is this upload what its name says, whole, and harmless? Its ending, its first bytes and a parser must all agree."""

from __future__ import annotations

import hashlib
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance.files import bounded, shelf, titles
from alliance.files.apart.limits import MEGABYTE, MOST, PAGES
from alliance.files.words import refusal

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SIGNATURES = {
    "pdf": ((0, b"%PDF-"),),
    "jpeg": ((0, b"\xff\xd8\xff"),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "webp": ((0, b"RIFF"), (8, b"WEBP")),
    "docx": ((0, b"PK\x03\x04"),),
    "xlsx": ((0, b"PK\x03\x04"),),
}
TOLD = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "encrypted"}  # a package with a password is wrapped in an older format
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
PICTURES = ("jpeg", "png", "webp")


@dataclass(eq=False)
class Checked:
    """An upload found harmless; its bytes lie apart until it is kept, and go when nobody keeps it."""

    title: str
    kind: str
    path: Path
    pages: int
    signed: bool

    def __post_init__(self) -> None:
        self.size = self.path.stat().st_size
        with self.path.open("rb") as contents:
            self.sha256 = hashlib.file_digest(contents, "sha256").hexdigest()
        weakref.finalize(self, self.path.unlink, missing_ok=True)

    def __str__(self) -> str:
        """What history keeps a digest of: the name and the bytes, not where they lie."""
        return f"{self.title} {self.sha256}"


def check(upload: UploadedFile) -> Checked:
    """Raises a ValidationError of one sentence where the upload is refused; then nothing of it is left."""
    promised = titles.promised(upload.name)
    title = titles.clean(upload.name)
    refuse_size(upload, promised)
    try:
        return opened(upload, promised, title)
    except OSError as failure:
        if failure.errno not in shelf.FULL:
            raise
        raise refusal("full") from failure


def refuse_size(upload: UploadedFile, promised: str) -> None:
    if getattr(upload, "has_no_room", False):
        raise refusal("full")
    if not upload.size:
        raise refusal("empty")
    if upload.size > MOST[promised]:
        raise refusal("large", most=MOST[promised] // MEGABYTE)


def opened(upload: UploadedFile, promised: str, title: str) -> Checked:
    """Write it down apart, have it opened there, and take what came out of it: a picture is another file than was sent."""
    received, drawn = shelf.coming(), shelf.coming()
    try:
        write(upload, received)
        refuse_signature(received, promised)
        found = examined(promised, received, drawn)
        path = (drawn if promised in PICTURES else received).rename(shelf.coming())
        return Checked(f"{title}.{found['kind']}", path=path, **found)
    finally:
        received.unlink(missing_ok=True)
        drawn.unlink(missing_ok=True)


def examined(promised: str, received: Path, drawn: Path) -> dict[str, Any]:
    """What the process apart found: kind, pages, and whether it is signed."""
    found = bounded.ask(promised, received, drawn)
    if found.get("refused") == "pages":
        raise refusal("pages", most=PAGES)
    if "refused" in found:
        raise refusal(found["refused"])
    return found


def write(upload: UploadedFile, path: Path) -> None:
    with shelf.create(path) as file:
        for chunk in upload.chunks():
            file.write(chunk)


def refuse_signature(path: Path, promised: str) -> None:
    """The first bytes are those of the kind that the name promises."""
    with path.open("rb") as file:
        head = file.read(16)
    if all(head[at : at + len(mark)] == mark for at, mark in SIGNATURES[promised]):
        return
    if head[4:12] in HEIC:
        raise refusal("heic")
    raise refusal(TOLD.get(head[:8], "mismatch") if promised in ("docx", "xlsx") else "mismatch")
