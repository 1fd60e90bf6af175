"""Telephone numbers in international form (E.164), as people of the four jurisdictions write them."""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "CN"
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
