"""Joining papers into one PDF: the pages of PDFs as they are, a picture as a page of its own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2

from .binding import DOTS, QUALITY, page

if TYPE_CHECKING:
    from pathlib import Path


def join(sources: list[Path], target: Path) -> dict[str, object]:
    """Write one PDF of all `sources`, in this order; says how many pages each has."""
    joined, pages = pypdfium2.PdfDocument.new(), []
    for source in sources:
        with opened(source) as document:
            joined.import_pages(document)
            pages.append(len(document))
    joined.save(target)
    return {"pages": pages}


def opened(source: Path) -> pypdfium2.PdfDocument:
    if source.suffix == ".pdf":
        return pypdfium2.PdfDocument(source)
    drawn = BytesIO()
    page(source).save(drawn, "PDF", resolution=DOTS, quality=QUALITY)
    return pypdfium2.PdfDocument(drawn.getvalue())
