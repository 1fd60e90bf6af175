"""Looking into a PDF: whole, readable by two libraries, and without anything that acts."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from typing import TYPE_CHECKING, Any

from .limits import NODES, OBJECTS, PAGES
from .refusal import Bad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

ACTIVE = {"/JavaScript", "/JS", "/AA", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute"}
EMBEDDED = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
KEYS = dict.fromkeys(("/JavaScript", "/JS", "/AA"), "active") | {"/EmbeddedFiles": "embedded", "/EF": "embedded", "/XFA": "xfa"}
VALUES = dict.fromkeys(ACTIVE, "active") | dict.fromkeys(EMBEDDED, "embedded")  # of /S, /Type and /Subtype
UNMISTAKABLE = {name: code for name, code in VALUES.items() if len(name) > 5 and name not in ("/Screen", "/Sound", "/Movie")}
UNMISTAKABLE |= {"/Encrypt": "encrypted"}  # wherever they stand; /Screen is also a way of mixing colours
TYPED = ("/S", "/Type", "/Subtype")
BLANK = b"\0\t\n\f\r "
HEAD = 1024  # bytes in which a browser looks for what a file is

STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME = re.compile(rb"/[A-Za-z0-9]+")


def look(path: Path) -> dict[str, object]:
    """How many pages it has, and whether it is signed; a refusal where it could do anything but be read."""
    raw = path.read_bytes()
    refuse_foreign(raw)
    refuse_names(plain(raw))  # most of what is refused is refused here, before a library is even loaded
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        raise Bad("encrypted")
    signed = walk(reader)
    pages = len(reader.pages)
    if pages > PAGES:
        raise Bad("pages")
    if pages < 1 or pages != drawn(raw):
        raise Bad("broken")
    return {"kind": "pdf", "pages": pages, "signed": signed}


def refuse_foreign(raw: bytes) -> None:
    """Nothing before it, nothing after it, and nothing else at the same time: an archive has its own directory at the end."""
    end = raw.rfind(b"%%EOF")
    if end < 0:
        raise Bad("broken")
    if (
        raw[end + 5 :].strip(BLANK)
        or zipfile.is_zipfile(io.BytesIO(raw))
        or re.search(rb"<(?:html|script|\?php)", raw[:HEAD], re.IGNORECASE)
    ):
        raise Bad("foreign")


def plain(raw: bytes) -> bytes:
    """The PDF's own words: without the contents of its streams and texts, names spelled out."""
    return ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), STRING.sub(b"()", STREAM.sub(b"stream endstream", raw)))


def refuse_names(words: bytes) -> None:
    """What stands anywhere, even where no table of contents leads: another reader may find it."""
    for name in set(NAME.findall(words)):
        if (found := name.decode()) in UNMISTAKABLE:
            raise Bad(UNMISTAKABLE[found])


def walk(reader: PdfReader) -> bool:
    """Look at every object that the tables name, packed ones too; returns whether one is a signature."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, entries in reader.xref.items() for number in entries}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > OBJECTS:
        raise Bad("complex")
    signed, left = False, NODES
    for number, generation in numbers:
        for node in nodes(reader.get_object(IndirectObject(number, generation, reader))):
            left -= 1
            signed = judge(node, reader) or signed
        if left < 0:
            raise Bad("complex")
    judge(reader.trailer, reader)
    return signed


def nodes(thing: Any) -> Iterator[DictionaryObject]:
    """Every dictionary in an object, without following references: what they lead to has its own turn."""
    from pypdf.generic import DictionaryObject

    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(dict.values(each))
        elif isinstance(each, list):
            waiting.extend(list.__iter__(each))


def judge(node: DictionaryObject, reader: PdfReader) -> bool:
    """Refuse a dictionary that acts or carries; returns whether it is a signature."""
    for key in dict.keys(node):
        if key in KEYS:
            raise Bad(KEYS[key])
    for key in TYPED:
        if str(found := resolved(node, key)) in VALUES:
            raise Bad(VALUES[str(found)])
    opening = resolved(node, "/OpenAction")
    if isinstance(opening, dict) and resolved(opening, "/S") != "/GoTo":
        raise Bad("active")
    if hasattr(node, "get_data") and resolved(node, "/Type") == "/ObjStm":
        refuse_names(plain(node.get_data()))
    return "/ByteRange" in node and "/Contents" in node


def resolved(node: DictionaryObject, key: str) -> Any:
    found = dict.get(node, key)
    return found.get_object() if found is not None else None


def drawn(raw: bytes) -> int:
    """How many pages the library finds that will draw them: where two readers disagree, one is being deceived."""
    import pypdfium2

    with pypdfium2.PdfDocument(raw) as document:
        return len(document)
