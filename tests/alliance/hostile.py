"""Files that want to hurt, and files that do not: each made here, byte by byte, none of them kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter

# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = b"<< /Length 44 >>\nstream\nBT /F1 24 Tf 72 760 Td (A sheet of paper) Tj ET \nendstream"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(extra: bytes = b"", parent: int = 2) -> bytes:
    resources = b"/Resources << /Font << /F1 5 0 R >> >>"
    return b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s %s >>" % (parent, resources, extra)


def pdf(catalog: bytes = b"", page_extra: bytes = b"", *more: bytes, pages: bytes = b"", unlisted: bytes = b"", head: bytes = b"") -> bytes:
    """A PDF of one page; `more` objects are numbered from 6, `unlisted` stands in no table."""
    tree = pages or b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, tree, page(page_extra), TEXT, FONT, *more]
    out, places = b"%PDF-1.7\n" + head, []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    out += unlisted
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def packed(hidden: bytes, catalog: bytes = b"/OpenAction 7 0 R", data: bytes | None = None) -> bytes:
    """A PDF of version 1.5 whose object 7 lies packed in a stream, named by a table that is a stream as well."""
    inner = data if data is not None else b"7 0 " + hidden
    stream = zlib.compress(inner)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page(),
        TEXT,
        FONT,
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), (2, 6, 0), (1, len(out), 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    said = b"/Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode"
    at = len(out)
    out += b"8 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (said, len(table), table)
    return out + b"startxref\n%d\n%%%%EOF\n" % at


def many_pages(count: int) -> bytes:
    """One page, named `count` times over."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    return written(writer)


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signed() -> bytes:
    """A PDF with a signature field whose signature covers everything but itself."""
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal) /V 7 0 R /Rect [0 0 0 0] /P 3 0 R >>"
    value = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 900 1924 400] /Contents <%s> >>" % (
        b"30" * 512
    )
    return pdf(b"/AcroForm << /Fields [6 0 R] /SigFlags 3 >>", b"/Annots [6 0 R]", field, value)


def scanned() -> bytes:
    """What a scanner makes: each page a picture."""
    out = io.BytesIO()
    sheet().save(out, "PDF", save_all=True, append_images=[sheet(), sheet()])
    return out.getvalue()


def action(kind: str, extra: str = "") -> bytes:
    return f"<< /S /{kind} {extra} >>".encode()


SCRIPT = action("JavaScript", "/JS (app.alert\\(1\\))")
FILE = b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream"
SPEC = b"<< /Type /Filespec /F (x.exe) /EF << /F 6 0 R >> >>"


def annotation(kind: str, extra: str) -> bytes:
    return f"<< /Type /Annot /Subtype /{kind} /Rect [0 0 9 9] {extra} >>".encode()


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheet(size: tuple[int, int] = (300, 400), mode: str = "RGB") -> Image.Image:
    """A sheet of paper whose upper half is darker."""
    picture = Image.new(mode, size, "white" if mode != "RGBA" else (255, 255, 255, 120))
    picture.paste(Image.new(mode, (size[0], size[1] // 2), "navy"), (0, 0))
    return picture


@cache
def picture(kind: str, **options) -> bytes:
    return saved(sheet(), kind, **options)


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(**tags) -> Image.Exif:
    made = Image.Exif()
    for name, value in tags.items():
        made[{"orientation": 0x0112, "description": 0x010E, "software": 0x0131}[name]] = value
    return made


def phone() -> bytes:
    """A photograph held sideways, with the place where it was taken."""
    told = exif(orientation=6, software="camera")
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (23.0, 7.0, 30.0)
    return saved(sheet(), "JPEG", exif=told)


def chunk(name: bytes, data: bytes, crc: int | None = None) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data) if crc is None else crc)


def png(width: int, height: int, data: bytes = b"", *more: bytes, crc: int | None = None) -> bytes:
    """A PNG that claims this size, whatever is in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0), crc)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose head claims another size than it has."""
    raw = bytearray(picture("JPEG"))
    at = raw.index(b"\xff\xc0")
    raw[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(raw)


def moving(kind: str) -> bytes:
    return saved(sheet(), kind, save_all=True, append_images=[sheet((300, 400)).rotate(180)], duration=100)


HEIC = struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + bytes(64)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
EXE = b"MZ" + bytes(76) + b"This program cannot be run in DOS mode.\r\r\n$" + bytes(64)

# ── Word and Excel ───────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def word() -> bytes:
    """What a Word processor makes."""
    document = Document()
    document.add_heading("样例", 1)
    document.add_paragraph("演示单位的一份材料。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*rows: tuple[str, str, str]) -> bytes:
    rows_in_words = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>' for n, (kind, target, mode) in enumerate(rows)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows_in_words}</Relationships>'.encode()


EXTERNAL = ' TargetMode="External"'


@cache
def excel(formula: str = "1+1") -> bytes:
    """The smallest workbook."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{RELATIONS}"><sheets><sheet name="1" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><f>{formula}</f><v>2</v></c></row></sheetData></worksheet>',
    }
    return package(parts)


def package(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return out.getvalue()


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(raw: bytes, **parts: bytes) -> bytes:
    """The same package, with these parts besides."""
    return package(parts_of(raw) | {name.replace("__", "."): contents for name, contents in parts.items()})


def plus(raw: bytes, name: str, contents: bytes | str) -> bytes:
    return package(parts_of(raw) | {name: contents})


def changed(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(raw)
    assert old in parts[part], part
    return package(parts | {part: parts[part].replace(old, new, 1)})


def related(kind: str, target: str, mode: str = EXTERNAL) -> bytes:
    """A Word file whose document names something outside."""
    row = f'<Relationship Id="rX" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    return changed(word(), "word/_rels/document.xml.rels", b"</Relationships>", row)


def with_body(xml: str) -> bytes:
    return changed(word(), "word/document.xml", b"<w:body>", b"<w:body>" + xml.encode())


def instruction(*runs: str) -> str:
    told = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{told}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def with_flag() -> bytes:
    """The first member claims to be encrypted."""
    raw = bytearray(word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(mark) + at
        raw[place] |= 1
    return bytes(raw)


def twice() -> bytes:
    """Two parts of one name: which one is read?"""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return out.getvalue()


def commented() -> bytes:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = HTML
    return out.getvalue()


def damaged() -> bytes:
    """A part whose contents do not give its checksum."""
    raw = bytearray(excel())
    at = raw.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml") + 5
    raw[at] ^= 0xFF
    return bytes(raw)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
MEGABYTE = 2**20
STORED_ZIP = package({"x.txt": "x"})

# ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────────────

# name of the case: the file's name, how it is made, the code of its refusal
BAD = {
    # PDF that acts
    "pdf: script when opened": ("a.pdf", lambda: pdf(b"/OpenAction 6 0 R", b"", SCRIPT), "active"),
    "pdf: script among names": ("a.pdf", lambda: pdf(b"/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", b"", SCRIPT), "active"),
    "pdf: script, its name in hexadecimal": ("a.pdf", lambda: pdf(b"/OpenAction 6 0 R", b"", b"<< /S /J#61v#61Script /#4aS (1) >>"), "active"),
    "pdf: script packed away": ("a.pdf", lambda: packed(SCRIPT), "active"),
    "pdf: script in no table": ("a.pdf", lambda: pdf(unlisted=b"9 0 obj\n%s\nendobj\n" % SCRIPT), "active"),
    "pdf: script on a link": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Link", "/A << /S /JavaScript /JS (1) >>")), "active"),
    "pdf: starts a program": ("a.pdf", lambda: pdf(b"/OpenAction 6 0 R", b"", action("Launch", "/F (cmd.exe)")), "active"),
    "pdf: starts a program, packed away": ("a.pdf", lambda: packed(action("Launch", "/F (cmd.exe)")), "active"),
    "pdf: action on a page": ("a.pdf", lambda: pdf(b"", b"/AA << /O 6 0 R >>", action("Named", "/N /Print")), "active"),
    "pdf: action on the document": ("a.pdf", lambda: pdf(b"/AA << /WC 6 0 R >>", b"", action("Named", "/N /Print")), "active"),
    "pdf: opens an address": ("a.pdf", lambda: pdf(b"/OpenAction 6 0 R", b"", action("URI", "/URI (http://example.com)")), "active"),
    "pdf: opens another file": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Link", "/A << /S /GoToR /F (x.pdf) >>")), "active"),
    "pdf: opens a file inside": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Link", "/A << /S /GoToE >>")), "active"),
    "pdf: sends a form": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Widget", "/A << /S /SubmitForm /F (http://example.com) >>")), "active"),
    "pdf: takes data in": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Widget", "/A << /S /ImportData /F (x.fdf) >>")), "active"),
    "pdf: plays": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Link", "/A << /S /Rendition >>")), "active"),
    # PDF that carries
    "pdf: embedded file": ("a.pdf", lambda: pdf(b"/Names << /EmbeddedFiles << /Names [(x) 7 0 R] >> >>", b"", FILE, SPEC), "embedded"),
    "pdf: embedded file, its name in hexadecimal": ("a.pdf", lambda: pdf(b"/Names << /Embedded#46iles << /Names [(x) 7 0 R] >> >>", b"", FILE, SPEC), "embedded"),
    "pdf: file pinned to a page": ("a.pdf", lambda: pdf(b"", b"/Annots [8 0 R]", FILE, SPEC, annotation("FileAttachment", "/FS 7 0 R")), "embedded"),
    "pdf: rich media": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("RichMedia", "")), "embedded"),
    "pdf: film": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Movie", "")), "embedded"),
    "pdf: sound": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Sound", "")), "embedded"),
    "pdf: screen": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("Screen", "")), "embedded"),
    "pdf: model in space": ("a.pdf", lambda: pdf(b"", b"/Annots [6 0 R]", annotation("3D", "")), "embedded"),
    "pdf: dynamic form": ("a.pdf", lambda: pdf(b"/AcroForm << /Fields [] /XFA (x) >>"), "xfa"),
    # PDF that is no proper PDF
    "pdf: password": ("a.pdf", encrypted, "encrypted"),
    "pdf: 301 pages": ("a.pdf", lambda: many_pages(301), "pages"),
    "pdf: no page": ("a.pdf", lambda: pdf(pages=b"<< /Type /Pages /Kids [] /Count 0 >>"), "broken"),
    "pdf: pages that contain themselves": ("a.pdf", lambda: pdf(pages=b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), "broken"),
    "pdf: cut off": ("a.pdf", lambda: scanned()[:-900], "broken"),
    "pdf: head only": ("a.pdf", lambda: b"%PDF-1.7\n", "broken"),
    "pdf: head and tail only": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", "broken"),
    "pdf: arrays nested without end": ("a.pdf", lambda: pdf(b"", b"", b"[" * 50_000 + b"]" * 50_000), None),
    "pdf: packed bomb": ("a.pdf", lambda: packed(b"", data=b"7 0 " + bytes(80 * MEGABYTE)), None),
    "pdf: page before it": ("a.pdf", lambda: HTML + pdf(), "mismatch"),
    "pdf: archive before it": ("a.pdf", lambda: STORED_ZIP + pdf(), "mismatch"),
    "pdf: program before it": ("a.pdf", lambda: EXE + pdf(), "mismatch"),
    "pdf: archive behind it": ("a.pdf", lambda: pdf() + STORED_ZIP, "foreign"),
    "pdf: archive behind it, dressed up": ("a.pdf", lambda: pdf() + STORED_ZIP[:-2] + b"\x06\0%%EOF\n", "foreign"),
    "pdf: page behind it": ("a.pdf", lambda: pdf() + HTML, "foreign"),
    "pdf: program behind it": ("a.pdf", lambda: pdf() + EXE, "foreign"),
    "pdf: page in its head": ("a.pdf", lambda: pdf(head=b"%" + HTML + b"\n"), "foreign"),
    "pdf: too large": ("a.pdf", lambda: pdf() + bytes(20 * MEGABYTE), "large"),
    "pdf: text in truth": ("a.pdf", lambda: b"hello", "mismatch"),
    "pdf: page in truth": ("a.pdf", lambda: HTML, "mismatch"),
    "pdf: program in truth": ("a.pdf", lambda: EXE, "mismatch"),
    "pdf: picture in truth": ("a.pdf", lambda: picture("PNG"), "mismatch"),
    "pdf: empty": ("a.pdf", lambda: b"", "empty"),
    # pictures
    "jpeg: archive behind it": ("a.jpg", lambda: picture("JPEG") + STORED_ZIP, "foreign"),
    "jpeg: php behind it": ("a.jpg", lambda: picture("JPEG") + b"<?php system($_GET['c']); ?>", "foreign"),
    "jpeg: page behind it": ("a.jpg", lambda: picture("JPEG") + HTML, "foreign"),
    "jpeg: program behind it": ("a.jpg", lambda: picture("JPEG") + EXE, "foreign"),
    "jpeg: pdf behind it": ("a.jpg", lambda: picture("JPEG") + pdf(), "foreign"),
    "jpeg: php in what the camera noted": ("a.jpg", lambda: picture("JPEG", exif=exif(description="<?php echo 1 ?>").tobytes()), "foreign"),
    "jpeg: script in its comment": ("a.jpg", lambda: picture("JPEG", comment=b"<script>alert(1)</script>"), "foreign"),
    "jpeg: cut off": ("a.jpg", lambda: picture("JPEG")[:1200], "broken"),
    "jpeg: claims 65,000 by 65,000": ("a.jpg", lambda: jpeg_claiming(65_000, 65_000), "pixels"),
    "jpeg: claims no height": ("a.jpg", lambda: jpeg_claiming(300, 0), None),
    "jpeg: too large": ("a.jpg", lambda: picture("JPEG") + bytes(10 * MEGABYTE), "large"),
    "jpeg: png in truth": ("a.jpg", lambda: picture("PNG"), "mismatch"),
    "jpeg: gif in truth": ("a.jpg", lambda: picture("GIF"), "mismatch"),
    "jpeg: heic in truth": ("a.jpg", lambda: HEIC, "heic"),
    "jpeg: drawing with a script in truth": ("a.jpg", lambda: SVG, "mismatch"),
    "jpeg: head only": ("a.jpg", lambda: b"\xff\xd8\xff\xe0", "broken"),
    "png: bomb": ("a.png", lambda: png(19_000, 19_000, bytes(19_000 * 2376)), "pixels"),
    "png: one long line": ("a.png", lambda: png(30_000, 60), "pixels"),
    "png: one dot": ("a.png", lambda: saved(sheet((2, 2)), "PNG"), "small"),
    "png: cut off": ("a.png", lambda: picture("PNG")[:-60], "broken"),
    "png: wrong checksum": ("a.png", lambda: png(100, 100, bytes(1300 + 100), crc=1), "broken"),
    "png: less than it claims": ("a.png", lambda: png(2000, 2000, b"\0" * 10), "broken"),
    "png: moving": ("a.png", lambda: moving("PNG"), "animated"),
    "png: script in its text": ("a.png", lambda: png(100, 100, bytes(1400), chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")), "foreign"),
    "png: jpeg in truth": ("a.png", lambda: picture("JPEG"), "mismatch"),
    "webp: moving": ("a.webp", lambda: moving("WEBP"), "animated"),
    "webp: cut off": ("a.webp", lambda: picture("WEBP")[:60], "broken"),
    "webp: sound in truth": ("a.webp", lambda: b"RIFF\x24\0\0\0WAVEfmt ", "mismatch"),
    # Word and Excel
    "docx: macros": ("a.docx", lambda: plus(word(), "word/vbaProject.bin", b"x"), "macros"),
    "docx: macros by its own account": ("a.docx", lambda: changed(word(), "[Content_Types].xml", b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "docx: control": ("a.docx", lambda: plus(word(), "word/activeX/activeX1.xml", "<x/>"), "macros"),
    "docx: template from elsewhere": ("a.docx", lambda: related("attachedTemplate", "http://example.com/x.dotm"), "outside"),
    "docx: picture from elsewhere": ("a.docx", lambda: related("image", "http://example.com/x.png"), "outside"),
    "docx: link to a program": ("a.docx", lambda: related("hyperlink", "file:///c:/windows/cmd.exe"), "outside"),
    "docx: object from elsewhere": ("a.docx", lambda: related("oleObject", "http://example.com/x"), "embedded"),
    "docx: object inside": ("a.docx", lambda: plus(word(), "word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"), "embedded"),
    "docx: workbook inside": ("a.docx", lambda: plus(word(), "word/embeddings/sheet.xlsx", excel()), "embedded"),
    "docx: archive inside": ("a.docx", lambda: plus(word(), "word/media/x.zip", STORED_ZIP), "embedded"),
    "docx: archive called a picture": ("a.docx", lambda: plus(word(), "word/media/x.png", STORED_ZIP), "embedded"),
    "docx: program called a picture": ("a.docx", lambda: plus(word(), "word/media/x.png", EXE), "embedded"),
    "docx: page inside": ("a.docx", lambda: plus(related("aFChunk", "x.html", ""), "word/x.html", HTML), "embedded"),
    "docx: asks a program for data": ("a.docx", lambda: with_body(instruction("DDEAUTO c:\\\\windows\\\\cmd.exe")), "outside"),
    "docx: asks a program for data, in pieces": ("a.docx", lambda: with_body(instruction("D", "DE", "AUTO cmd")), "outside"),
    "docx: asks a program for data, in short": ("a.docx", lambda: with_body('<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>'), "outside"),
    "docx: takes a picture in by its field": ("a.docx", lambda: with_body(instruction('INCLUDEPICTURE "http://example.com/x.png"')), "outside"),
    "docx: entities": ("a.docx", lambda: plus(word(), "word/x.xml", LAUGHS), "foreign"),
    "docx: entities in UTF-16": ("a.docx", lambda: plus(word(), "word/x.xml", LAUGHS.encode("utf-16")), "foreign"),
    "docx: document type only": ("a.docx", lambda: plus(word(), "word/x.xml", '<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><x/>'), "foreign"),
    "docx: bomb": ("a.docx", lambda: plus(word(), "word/x.xml", bytes(101 * MEGABYTE)), "bomb"),
    "docx: bomb within the size": ("a.docx", lambda: plus(word(), "word/x.xml", bytes(40 * MEGABYTE)), "bomb"),
    "docx: thousands of parts": ("a.docx", lambda: package(parts_of(word()) | {f"word/x{n}.xml": b"<x/>" for n in range(2000)}), "bomb"),
    "docx: way out of its folder": ("a.docx", lambda: plus(word(), "../../x.xml", "<x/>"), "foreign"),
    "docx: absolute path": ("a.docx", lambda: plus(word(), "/etc/x.xml", "<x/>"), "foreign"),
    "docx: password on a part": ("a.docx", with_flag, "encrypted"),
    "docx: password on the whole": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "encrypted"),
    "docx: two parts of one name": ("a.docx", twice, "foreign"),
    "docx: workbook in truth": ("a.docx", excel, "mismatch"),
    "docx: archive in truth": ("a.docx", lambda: STORED_ZIP, "mismatch"),
    "docx: cut off": ("a.docx", lambda: word()[:-300], "broken"),
    "docx: page behind it": ("a.docx", lambda: word() + HTML, "foreign"),
    "docx: page in the archive's comment": ("a.docx", commented, "foreign"),
    "docx: archive before it": ("a.docx", lambda: STORED_ZIP + word(), "foreign"),
    "docx: broken XML": ("a.docx", lambda: plus(word(), "word/x.xml", "<x><y></x>"), "broken"),
    "xlsx: macros": ("a.xlsx", lambda: plus(excel(), "xl/vbaProject.bin", b"x"), "macros"),
    "xlsx: macros of the old kind": ("a.xlsx", lambda: plus(excel(), "xl/macrosheets/sheet1.xml", "<x/>"), "macros"),
    "xlsx: link to another workbook": ("a.xlsx", lambda: plus(excel(), "xl/externalLinks/externalLink1.xml", "<x/>"), "outside"),
    "xlsx: connection": ("a.xlsx", lambda: plus(excel(), "xl/connections.xml", "<x/>"), "outside"),
    "xlsx: asks a program for data": ("a.xlsx", lambda: excel("cmd|' /c calc'!A0"), "outside"),
    "xlsx: wrong checksum": ("a.xlsx", damaged, "broken"),
    "xlsx: Word file in truth": ("a.xlsx", word, "mismatch"),
    # other kinds
    **{f"{ending}: not accepted": (f"a.{ending}", lambda: EXE, "kind") for ending in ("exe", "scr", "bat", "cmd", "js", "vbs", "hta", "lnk", "php", "jar", "txt", "gif", "tiff")},
    "svg: not accepted": ("a.svg", lambda: SVG, "kind"),
    "html: not accepted": ("a.html", lambda: HTML, "kind"),
    "no ending": ("certificate", pdf, "kind"),
    **{f"{ending}: each paper on its own": (f"a.{ending}", lambda: STORED_ZIP, "archive") for ending in ("zip", "rar", "7z", "iso", "tar.gz")},
    "doc: older format": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_office"),
    "docm: macros": ("a.docm", word, "macros"),
    "heic: save as JPEG": ("a.heic", lambda: HEIC, "heic"),
    # names
    "name: program behind it": ("a.pdf.exe", pdf, "kind"),
    "name: program before it": ("a.exe.pdf", pdf, "title"),
    "name: php before it": ("a.php.jpg", lambda: picture("JPEG"), "title"),
    "name: cut by a zero": ("a.php\0.pdf", pdf, "title"),
    "name: turned round": ("gnp\u202efdp.exe", lambda: EXE, "kind"),
    "name: 300 characters": ("字" * 300 + ".pdf", pdf, "title_long"),
    "name: of a device": ("CON.pdf", pdf, "title"),
    "name: of a stream": ("a.pdf:x.pdf", pdf, "title"),
    "name: nothing but dots": ("....pdf", pdf, "title"),
    "name: a path to a program": ("../../x.exe", lambda: EXE, "kind"),
}  # fmt: skip

# name of the case: the file's name, how it is made, what is kept
GOOD = {
    "a plain PDF": ("章程.pdf", pdf, "pdf"),
    "a scanned PDF": ("扫描件.PDF", scanned, "pdf"),
    "a signed PDF": ("已签章.pdf", signed, "pdf"),
    "a PDF with links, opening at its first page": (
        "a.docx.pdf",
        lambda: pdf(
            b"/OpenAction [3 0 R /Fit]", b"/Annots [6 0 R]", annotation("Link", "/A << /S /URI /URI (https://example.com/JS/Launch) >>")
        ),
        "pdf",
    ),
    "a PDF with packed objects": ("a.pdf", lambda: packed(action("GoTo", "/D [3 0 R /Fit]")), "pdf"),
    "a JPEG": ("执照.jpg", lambda: picture("JPEG"), "jpeg"),
    "a PNG": ("seal.png", lambda: saved(sheet(mode="RGBA"), "PNG"), "png"),
    "a photograph from a telephone": ("IMG_0001.JPEG", phone, "jpeg"),
    "a WebP": ("a.webp", lambda: picture("WEBP"), "jpeg"),
    "a Word file": ("推荐意见.docx", word, "docx"),
    "a Word file with a link": ("a.docx", lambda: related("hyperlink", "https://example.com/"), "docx"),
    "an Excel file": ("清单.xlsx", excel, "xlsx"),
}
