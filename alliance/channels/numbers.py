"""Telephone numbers in international form (E.164), as people of the four jurisdictions write them."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "CN"
EXTENSION = re.compile(r"\s*(?:转|轉|分机|分機|ext\.?|x|#|-)\s*(\d{1,6})$", re.IGNORECASE)
FORMS = {
    "CN": _(
        "This is no telephone number of the mainland: area code and number, such as 020-0000 0000, or a mobile number of eleven digits."
    ),
    "HK": _("This is no telephone number of Hong Kong: eight digits, with or without +852. Numbers from elsewhere carry their prefix."),
    "MO": _("This is no telephone number of Macao: eight digits, with or without +853. Numbers from elsewhere carry their prefix."),
    "TW": _(
        "This is no telephone number of Taiwan: area code and number, such as 02-0000 0000, or 09 and eight digits. Numbers from elsewhere carry their prefix."
    ),
}
MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def international(text: str) -> str:
    """A number such as 138 0000 0000 as +8613800000000; one of Hong Kong, Macao or Taiwan carries its prefix. Raises a ValidationError."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or phonenumbers.number_type(number) not in MOBILE:
        raise ValidationError(_("This is no mobile number. Outside the mainland it begins with +852, +853 or +886."), code="invalid_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def reachable(text: str) -> str:
    """The same for a number that was typed long ago, or nothing where it is none."""
    try:
        return international(text)
    except ValidationError:
        return ""


def refuse_telephone(text: str, home: str) -> None:
    """Raise a ValidationError where `text` cannot be a telephone number as people of `home` (CN, HK, MO, TW) write one; extensions are kept."""
    if not is_written_in(text, home):
        raise ValidationError(FORMS[home], code="invalid_phone")


def refuse_unreachable(text: str) -> None:
    """Raise a ValidationError where nobody could be called: for whoever writes without saying from which of the four they are."""
    if not any(is_written_in(text, home) for home in FORMS):
        raise ValidationError(
            _("This is no telephone number: area code and number, or a mobile number. Numbers from elsewhere carry their prefix."),
            code="invalid_phone",
        )


def is_written_in(text: str, home: str) -> bool:
    """Whether people of `home` write a number like that, with an extension or without."""
    plain = unicodedata.normalize("NFKC", text)
    return any(is_possible(written, home) for written in (plain, EXTENSION.sub("", plain)))


def is_possible(text: str, home: str) -> bool:
    """Whether it has the length of a whole number; whether anybody has it is not asked."""
    try:
        found = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(text, home))
    except phonenumbers.NumberParseException:
        return False
    return found == phonenumbers.ValidationResult.IS_POSSIBLE
