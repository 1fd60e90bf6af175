"""The numbers on papers: counted per series and year, without gaps or leading zeros (党政机关公文处理工作条例, article 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.numbering.models import take

if TYPE_CHECKING:
    from datetime import datetime

SERIES = "湾新汽联"


def document_number(thing: Any, moment: datetime) -> str:
    """湾新汽联〔2026〕1号: the next of the year the paper is dated, in the running transaction."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"{SERIES}〔{year}〕{take(f'document {SERIES} {year}')}号"
