"""QR codes (ISO/IEC 18004), error correction M: as a picture in a page, and as one in a PDF."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.safestring import SafeString


def on_screen(text: str, *, scale: int) -> SafeString:
    """Black on white whatever the page's colours: a camera reads it in the dark as well."""
    return SafeString(made(text).svg_inline(scale=scale, border=2, light="#fff", dark="#000"))


def on_paper(text: str, *, mask: int | None = None) -> str:
    """As typst takes it in. `mask` fixes the pattern, where choosing the best takes longer than the page."""
    drawn = BytesIO()
    made(text, mask).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def made(text: str, mask: int | None = None) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, mask=mask)
