"""Why a file is refused: one sentence each, that says what is wrong and what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WHY = {
    "kind": _(
        "This kind of file is not accepted: please upload a PDF, a picture (JPEG, PNG, WebP), a Word file (docx) or an Excel file (xlsx)."
    ),
    "heic": _("Photos in HEIC format cannot be read here: please save the photo as JPEG and upload that."),
    "old_office": _("The older formats of Word and Excel are not accepted: please save the file as docx or xlsx, or as PDF."),
    "archive": _("Archives are not accepted: please upload each paper on its own."),
    "title": _("The file's name cannot be used: please give the file a plain name, such as “certificate.pdf”, and upload it again."),
    "title_long": _("The file's name is too long: please shorten it to %(most)d characters at most."),
    "empty": _("The file is empty: please choose another."),
    "large": _("The file is too large: at most %(most)d MB. Please save it with a lower resolution, or in parts."),
    "mismatch": _("What is in the file is not what its name says: please open it, save it again in the right format and upload that."),
    "broken": _("The file is damaged or incomplete: please open it, save it again and upload that copy."),
    "complex": _("The file is too complicated to be checked: please print it to a new PDF, or scan it, and upload that."),
    "foreign": _("Something that does not belong there is attached to the file: please save or scan it again and upload that copy."),
    "encrypted": _("The file is protected by a password: please remove the protection and upload it again."),
    "active": _("The PDF holds a script or an action of its own: please print it to a new PDF and upload that."),
    "xfa": _("The PDF is a form that builds itself when it is opened (XFA): please print it to a new PDF and upload that."),
    "embedded": _("The file carries another file inside: please take it out and upload it on its own, or save as PDF."),
    "pages": _("The PDF has too many pages: at most %(most)d. Please upload it in parts."),
    "pixels": _("The picture is too large: at most 60 million pixels. Please save it smaller and upload that."),
    "small": _("The picture is too small to be read: please photograph or scan the paper again."),
    "animated": _("Moving pictures are not accepted: please upload a still one."),
    "macros": _("The file holds macros: please save it without them, or as PDF, and upload that."),
    "outside": _("The file takes in contents from elsewhere: please break its links to other files, or save it as PDF, and upload that."),
    "bomb": _("The file unpacks to far more than such a file should: please save it as PDF and upload that."),
    "not_pictures": _(
        "Several files at once become the pages of one PDF, and so have to be pictures: please upload every other file on its own."
    ),
    "many_pictures": _("Too many pictures for one PDF: at most %(most)d. Please upload the paper in parts, or as a PDF."),
    "no_scan": _(
        "A scan is a PDF, or pictures of its pages (JPEG, PNG, WebP): please print the form, have it sealed, scan or photograph it and upload that."
    ),
    "full": _("There is no room to keep files at the moment: nothing was saved. Please try again later."),
}


def refusal(code: str, **named: int) -> ValidationError:
    """The refusal to raise, in the reader's language."""
    return ValidationError(WHY[code], code=code, params=named)
