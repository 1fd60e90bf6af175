"""A table that was sent: opened apart, in a process that is bounded, and given back as texts under the heads of its columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from alliance.exchange.words import MOST_BYTES, refusal
from alliance.files import bounded, checking, shelf
from alliance.sheets.reading import as_text

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KINDS = {"xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "csv": b""}
MACROS = ("xlsm", "xlsb", "xltm", "xlam")
EXACT = 10**15  # whole numbers beyond it have lost digits in Excel


@dataclass(frozen=True)
class Table:
    """Its head, and its lines: each with the number of its row in the file, and what could not be taken as it stands."""

    name: str
    digest: str
    heads: list[str]
    lines: list[tuple[int, list[str]]]
    cut: set[tuple[int, int]]  # (row, column) of numbers that have lost digits


def read(upload: UploadedFile) -> Table:
    """Raises a ValidationError of one sentence where it is no table, or one that nobody should open."""
    kind = promised(upload)
    path = shelf.coming()
    try:
        checking.write(upload, path)
        refuse_other(path.read_bytes()[:8], kind)
        found = bounded.ask("table", path, None, kind)
        digest = sha256(path.read_bytes()).hexdigest()
    finally:
        path.unlink(missing_ok=True)
    if "refused" in found:
        raise refusal(found["refused"], row=found.get("row", 1))
    return under_heads(PurePath(upload.name).name[:120], digest, found["rows"])


def promised(upload: UploadedFile) -> str:
    """What the ending says, and whether it may come in at all."""
    kind = PurePath(upload.name).suffix[1:].lower()
    if kind in MACROS:
        raise refusal("macros")
    if kind not in KINDS:
        raise refusal("kind")
    if not upload.size:
        raise refusal("empty")
    if upload.size > MOST_BYTES:
        raise refusal("large")
    return kind


def refuse_other(head: bytes, kind: str) -> None:
    """The first bytes are those of the kind that the name promises; a package with a password looks like the older format."""
    if not head.startswith(KINDS[kind]):
        raise refusal("encrypted" if kind == "xlsx" and head == KINDS["xls"] else "mismatch")
    if kind == "csv" and head.startswith((KINDS["xlsx"], KINDS["xls"])):
        raise refusal("mismatch")


def under_heads(name: str, digest: str, rows: list[list[Any]]) -> Table:
    heads = [head_of(said(value)) for value in rows[0]] if rows else []
    if not any(heads):
        raise refusal("empty")
    while heads and not heads[-1]:
        heads.pop()
    lines, cut = [], set()
    for number, row in enumerate(rows[1:], start=2):
        texts = [said(value) for value in row]
        if any(texts):
            lines.append((number, texts + [""] * (len(heads) - len(texts))))
            cut |= {(number, column) for column, value in enumerate(row) if isinstance(value, float) and abs(value) >= EXACT}
    return Table(name, digest, heads, lines, cut)


def said(value: Any) -> str:
    """A cell as somebody would type it, composed (NFC)."""
    if isinstance(value, list):
        value = datetime.fromisoformat(value[0])
    return unicodedata.normalize("NFC", as_text(value))


def head_of(text: str) -> str:
    """The head of a column without its star, and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).replace("*", "").split())
