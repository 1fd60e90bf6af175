"""Which words there are, for kept files."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What is kept; the value is the ending of our name for it."""

    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("JPEG picture")
    PNG = "png", _("PNG picture")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITTEN = (Kind.DOCX, Kind.XLSX)  # what can still be written on
DRAWN = (Kind.PDF, Kind.JPEG, Kind.PNG)  # of these we make page pictures


class State(TextChoices):
    """What a virus scanner said."""

    PENDING = "pending", _("Being checked for viruses")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found: locked")
    UNSCANNED = "unscanned", _("Not checked for viruses")


SERVED = (State.CLEAN, State.UNSCANNED)
