"""Several files in one ZIP: names are UTF-8 and marked as such, which Explorer reads since Windows 8."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alliance import clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

READABLE = 0o644 << 16


def zipped(files: Iterable[tuple[str, bytes, datetime]]) -> bytes:
    """Each under its name, dated its moment."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, content, moment in files:
            info = ZipInfo(name, moment.astimezone(clock.SHANGHAI).timetuple()[:6])
            info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE
            package.writestr(info, content)
    return written.getvalue()
