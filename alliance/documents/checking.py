"""Whether an uploaded Word template may be used: it opens, carries nothing that acts, names only known words, and fills."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document

from alliance import clock
from alliance.documents import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alliance.documents.kinds import Kind

MOST_PACKED, MOST_OPENED = 5 * 2**20, 50 * 2**20  # bytes
ACTING = ("vba", "activex", "oleobject", "embeddings/", "afchunk", "macro")  # parts that run, or bring another file along


def check_template(kind: Kind, content: bytes) -> None:
    """Raise a ValidationError that says what to mend in the template."""
    refuse_package(content)
    refuse_outside(content)
    refuse_unknown(kind, content)
    refuse_unfilled(kind, content)


def listed(names: Iterable[str]) -> str:
    return pgettext("list", ", ").join(names)


def refuse_package(content: bytes) -> None:
    """Not Word, too large once opened, or with parts that act."""
    if len(content) > MOST_PACKED:
        raise ValidationError(_("The file is larger than 5 MB. Please take large pictures out."))
    try:
        with ZipFile(BytesIO(content)) as package:
            names, opened = [name.lower() for name in package.namelist()], sum(part.file_size for part in package.infolist())
            types = package.read("[Content_Types].xml").lower() if opened <= MOST_OPENED else b""
    except (BadZipFile, KeyError) as error:
        raise ValidationError(_("This is no Word file. Please save it in Word as .docx and upload that.")) from error
    if opened > MOST_OPENED:
        raise ValidationError(_("The file unpacks to more than 50 MB. Please take large pictures out."))
    if b"macroenabled" in types or any(part in name for name in names for part in ACTING):
        raise ValidationError(_("The file contains macros or embedded objects. Please save it as .docx without them."))


def refuse_outside(content: bytes) -> None:
    """A paper that fetches something when it is opened tells somebody that it was opened."""
    try:
        relations = list(Document(BytesIO(content)).part.package.iter_rels())
    except word.BROKEN as error:
        raise ValidationError(_("This is no Word file. Please save it in Word as .docx and upload that.")) from error
    outside = sorted({relation.target_ref for relation in relations if relation.is_external})
    if outside:
        raise ValidationError(
            _("The file has links to other addresses: %(addresses)s. Please remove them.") % {"addresses": listed(outside)}
        )


def refuse_unknown(kind: Kind, content: bytes) -> None:
    """Names that nothing will fill; a slip of the pen is named, beside what there is."""
    try:
        unknown = word.variables(content) - kind.known
    except word.BROKEN as error:
        raise ValidationError(
            _("The marks in braces are not complete: %(error)s. Please compare them with the version in force.") % {"error": error}
        ) from error
    if unknown:
        raise ValidationError(
            _("Unknown names in the template: %(unknown)s. Known are: %(known)s.")
            % {"unknown": listed(sorted(unknown)), "known": listed(sorted(kind.known))}
        )


def refuse_unfilled(kind: Kind, content: bytes) -> None:
    """It has to make a paper of the sample."""
    words = dict.fromkeys(kind.known, "样例") | kind.sample
    try:
        word.fill(content, words, title=kind.title, moment=clock.now())
    except word.BROKEN as error:
        raise ValidationError(_("No paper can be made with this template: %(error)s.") % {"error": error}) from error
