"""Numbers of batches, terms and meetings as each language writes them."""

from __future__ import annotations

from django.utils.translation import get_language

FIGURES = "〇一二三四五六七八九"
TEN, MOST = 10, 99


def numeral(number: int) -> str:
    """Chinese numerals in Chinese, up to ninety-nine: 第十二批; figures elsewhere."""
    if number > MOST or not (get_language() or "").startswith("zh"):
        return str(number)
    tens, ones = divmod(number, TEN)
    ten = "" if not tens else "十" if tens == 1 else FIGURES[tens] + "十"
    return ten + (FIGURES[ones] if ones or not tens else "")
