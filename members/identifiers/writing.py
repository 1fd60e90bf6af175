"""How a number is written: many ways of typing it, one of keeping it."""

from __future__ import annotations

import re
import unicodedata

LEFT_OUT = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}  # spaces, line ends, what has no width, hyphens and dashes of all kinds
MINUS = "\u2212"
CERTIFICATE = re.compile(r"\s*([0-9]{8})(?:[\s\-]+[0-9]{3})(?:[\s\-]+[0-9]{2}){2}[\s\-]+[0-9A-Z]\s*")  # Hong Kong: 8-3-2-2-1
FORMS = (
    (re.compile(r"0*([0-9]{1,6})\(?(SO|CO)\)?"), r"\1(\2)"),  # Macao's commercial register, without leading zeros
    (re.compile(r"LM([0-9]{7})"), r"LM-\1"),  # a recognition number of ours
    (re.compile(r"(?:CAP\.?|第)([0-9]{1,4}[A-Z]{0,2})章?"), r"CAP.\1"),  # an ordinance of Hong Kong
)


def normalise(text: str) -> str:
    """The number as it is kept: half width, upper case, without spaces, hyphens and what cannot be seen; cleaned twice, it is the same."""
    wide = widened(text)
    if long := CERTIFICATE.fullmatch(re.sub(f"[{MINUS}‐-―]", "-", wide)):
        return long[1]
    cleaned = widened("".join(c for c in wide if unicodedata.category(c) not in LEFT_OUT and c != MINUS))  # what stood apart may join
    for form, kept in FORMS:
        if form.fullmatch(cleaned):
            return form.sub(kept, cleaned)
    return cleaned


def widened(text: str) -> str:
    """Half width and upper case; an upper case may itself have a simpler form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())


def recognition_number(year: int, serial: int) -> str:
    """Our own number for an alliance by contract that no register knows: LM-2020001 is the first of 2020."""
    return f"LM-{year}{serial:03d}"
