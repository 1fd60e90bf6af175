"""Registration numbers: cleaned, and checked as far as they can be.

Mainland: the 18-character Unified Social Credit Code of GB 32100-2015.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.choices import Jurisdiction

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
USCC_LENGTH = 18


def normalise(text: str) -> str:
    """The number as it is kept: half width, upper case, without spaces and hyphens."""
    cleaned = re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper()
    return re.sub(r"^([0-9]{1,6})\(?(SO|CO)\)?$", r"\1(\2)", cleaned)  # Macao's, in one form


def uscc_check(body: str) -> str:
    """The 18th character for the first 17: C18 = 31 − ΣCi·3^(i−1) mod 31 (GB 32100-2015, 5)."""
    return ALPHABET[-sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


def check_uscc(number: str) -> None:
    """Raise a ValidationError that says what is wrong with a normalised code, and what it may have been."""
    if wrong := sorted(set(number) - set(ALPHABET)):
        raise ValidationError(
            _("The code cannot contain %(characters)s: it has no letters I, O, S, V, Z. Is it 1, 0, 5, U or 2?"),
            params={"characters": "、".join(wrong)},
            code="alphabet",
        )
    if len(number) != USCC_LENGTH:
        raise ValidationError(_("The code has 18 characters; this one has %(count)d."), params={"count": len(number)}, code="length")
    if not number[2:8].isdigit():
        raise ValidationError(_("Characters 3 to 8 are the digits of the registering authority's division."), code="division")
    if uscc_check(number[:-1]) != number[-1]:
        raise ValidationError(
            _("The check character does not match: please compare the code with the certificate, character by character."), code="check"
        )


FORMATS = {
    Jurisdiction.HONG_KONG: (r"[0-9]{8}", _("The Business Registration number has 8 digits.")),
    Jurisdiction.MACAO: (r"[0-9]{1,6}\((SO|CO)\)", _("The Commercial Registration number is digits followed by (SO).")),
    Jurisdiction.TAIWAN: (r"[0-9]{8}", _("The Unified Business Number has 8 digits.")),
}


def check(jurisdiction: str, number: str) -> None:
    """Raise a ValidationError where the normalised `number` cannot be one of `jurisdiction`."""
    if jurisdiction == Jurisdiction.MAINLAND:
        check_uscc(number)
        return
    pattern, sentence = FORMATS[Jurisdiction(jurisdiction)]
    if not re.fullmatch(pattern, number):
        raise ValidationError(sentence, code="format")
