"""Looking into a Word or Excel file: a package of XML and pictures, and nothing that runs, fetches or carries."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from .limits import MEMBERS, RATIO, RATIO_FROM, UNPACKED
from .refusal import Bad

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}
XML = {"xml", "rels", "vml"}
HARMLESS = XML | {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "odttf"}
MACROS = re.compile(r"vba(project|data)|macrosheets|/activex/|customui", re.IGNORECASE)
CARRIED = re.compile(r"/embeddings/|oleobject", re.IGNORECASE)
LINKED = re.compile(r"/externallinks/|/connections\.xml|/querytables/|/webextensions/", re.IGNORECASE)
PRINTER = re.compile(r"xl/printersettings/printersettings\d+\.bin", re.IGNORECASE)  # Excel writes one for every sheet
FETCHING = re.compile(r"\b(DDE(AUTO)?|INCLUDETEXT|INCLUDEPICTURE|LINK)\b|\|'", re.IGNORECASE)
FIELDS = {"instrText", "fldSimple", "f", "ddeLink", "definedName"}  # where Word and Excel say what to work out
WEB = ("http://", "https://", "mailto:")
END, END_SIZE = b"PK\x05\x06", 22
ENCRYPTED = 0x1
COMPOUND = b"\xd0\xcf\x11\xe0"
PACKED = (COMPOUND, b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"%PDF")


def look(path: Path, kind: str) -> dict[str, object]:
    """A refusal where the package is not exactly what its name says."""
    raw = path.read_bytes()
    if raw[-END_SIZE:][:4] != END or raw[-2:] != b"\0\0":
        raise Bad("foreign" if raw.rfind(END) >= 0 else "broken")
    with zipfile.ZipFile(path) as package:
        members = package.infolist()
        refuse_bomb(members, len(raw))
        refuse_other(package, kind)
        for member in members:
            refuse_name(member.filename)
        for member in members:
            read(package, member)
    return {"kind": kind, "pages": 1, "signed": False}


def refuse_bomb(members: list[zipfile.ZipInfo], size: int) -> None:
    """Counted by the directory, before anything is unpacked; what unpacks to more than it says is broken."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or (unpacked > RATIO_FROM and unpacked > RATIO * size):
        raise Bad("bomb")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Bad("encrypted")
    if len({member.filename.lower() for member in members}) < len(members) or min((m.header_offset for m in members), default=1) != 0:
        raise Bad("foreign")


def refuse_name(name: str) -> None:
    """Parts have plain paths and known endings."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise Bad("foreign")
    for pattern, code in ((MACROS, "macros"), (CARRIED, "embedded"), (LINKED, "outside")):
        if pattern.search(f"/{name}"):
            raise Bad(code)
    if ending(name) not in HARMLESS and not name.endswith("/") and not PRINTER.fullmatch(name):
        raise Bad("embedded")


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def refuse_other(package: zipfile.ZipFile, kind: str) -> None:
    """The package says itself what it is, and its main part is there."""
    part, content_type = MAIN[kind]
    if not {"[Content_Types].xml", part} <= set(package.namelist()):
        raise Bad("mismatch")
    said: dict[str, str] = {}

    def note(_name: str, attributes: dict[str, str]) -> None:
        said[attributes.get("PartName", "")] = attributes.get("ContentType", "")
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise Bad("macros")

    parse(package.read("[Content_Types].xml"), note)
    if said.get(f"/{part}") != content_type:
        raise Bad("mismatch")


def read(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Every part is read to its end, so that its checksum is tried; XML is parsed."""
    contents = package.read(member)
    if (kind := ending(member.filename)) in XML:
        parse(contents, refuse_relation if kind == "rels" else ignore, fields=True)
    elif contents.startswith(PACKED):
        raise Bad("embedded")


def ignore(name: str, attributes: dict[str, str]) -> None:
    """Nothing to see in a start tag."""


def refuse_relation(name: str, attributes: dict[str, str]) -> None:
    """A link that a reader may click is ordinary; anything else that lies outside would be fetched by itself."""
    kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
    if kind in ("oleObject", "package", "aFChunk", "control"):
        raise Bad("embedded")
    if attributes.get("TargetMode") == "External" and not (kind == "hyperlink" and target.lower().startswith(WEB)):
        raise Bad("outside")


def parse(contents: bytes, started: Callable[[str, dict[str, str]], None], *, fields: bool = False) -> None:
    """Parse without keeping: no document type, hence no entities; and no field that fetches."""
    parser = expat.ParserCreate()
    told: list[str] = []
    inside: list[bool] = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        inside.append(tag in FIELDS)
        told.extend(value for key, value in attributes.items() if key.endswith("instr"))
        if tag == "ddeLink":
            raise Bad("outside")
        started(tag, attributes)

    def no_document_type(*_declared: Any) -> None:
        raise Bad("foreign")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.CharacterDataHandler = lambda text: told.append(text) if inside[-1] else None
    parser.StartDoctypeDeclHandler = no_document_type
    parser.Parse(contents, True)
    if fields and FETCHING.search("".join(told)):
        raise Bad("outside")
