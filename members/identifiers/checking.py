"""Which number it is, and whether it can be one: what is wrong is said, and what it may have been."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.choices import Jurisdiction, NumberKind
from members.identifiers.codes import ALPHABET, USCC_LENGTH, is_ubn, organisation_check, uscc_check

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise as Promise

LONGEST = 40  # characters of a number as it is kept
CHINESE = re.compile("[〇\u3400-\u9fff\U00020000-\U0003ffff]")
WORDS = re.compile(rf"{CHINESE.pattern}|[^\W\d_]{{3}}")
RECOGNITION = re.compile(r"LM-[0-9]{7}")  # LM-, the year, a serial number of three digits
COMMERCIAL = re.compile(r"[0-9]{1,6}\((SO|CO)\)")
ORDINANCE = re.compile(r"^CAP\.[0-9]{1,4}[A-Z]{0,2}$|第.+章|[條条]例|ORDINANCE")
DEPARTMENTS = "123456789ANY"  # GB 32100, table 1: the first character
CLAIMED = re.compile(
    rf"信用代[码碼]:?([0-9A-Z]+)|(?<![0-9A-Z])([{DEPARTMENTS}][0-9A-Z]{{{USCC_LENGTH - 1}}})(?![0-9A-Z])"
)  # called a code, or as long as one
MISREAD = str.maketrans("IOSVZ", "105U2")


def kind_of(jurisdiction: str, number: str) -> NumberKind:
    """Which kind a normalised number is, or claims to be; whether it can be one is another question."""
    match Jurisdiction(jurisdiction):
        case Jurisdiction.MAINLAND if RECOGNITION.fullmatch(number):
            return NumberKind.CN_RECOGNITION
        case Jurisdiction.MAINLAND:
            return (
                NumberKind.CN_OTHER if CHINESE.search(number) and not (code_within(number) or code_claimed(number)) else NumberKind.CN_USCC
            )
        case Jurisdiction.HONG_KONG if re.fullmatch(r"[0-9]{1,7}", number):
            return NumberKind.HK_CR
        case Jurisdiction.HONG_KONG:
            return NumberKind.HK_ORDINANCE if ORDINANCE.search(number) else NumberKind.HK_BRN
        case Jurisdiction.MACAO:
            return NumberKind.MO_OTHER if WORDS.search(number) and not code_within(number) else NumberKind.MO_SO
        case Jurisdiction.TAIWAN:
            return NumberKind.TW_UBN


def check(jurisdiction: str, number: str) -> None:
    """Raise a ValidationError where the normalised `number` cannot be one of `jurisdiction`, or is not a legal person's."""
    check_form(jurisdiction, number)
    if reason := stop(jurisdiction, number):
        raise ValidationError(reason, code="stop")


def check_form(jurisdiction: str, number: str) -> None:
    """Raise a ValidationError that says what is wrong with the number, and of which other place it could be one."""
    if len(number) > LONGEST:
        raise ValidationError(_("At most %(most)d characters."), params={"most": LONGEST}, code="length")
    try:
        CHECKS.get(kind_of(jurisdiction, number), by_hand)(number)
    except ValidationError as wrong:
        places = [place for place in Jurisdiction if place != jurisdiction and fits(place, number)]
        raise ValidationError([wrong, *map(elsewhere, places)]) if places else wrong from None


def stop(jurisdiction: str, number: str) -> str | Promise | None:
    """Why whoever has this number cannot join, and which way there is; nothing where the number does not say so."""
    if jurisdiction == Jurisdiction.MAINLAND and len(number) == USCC_LENGTH and number.startswith("92"):
        return _(
            "Not a lawfully registered legal person (ground J01): a code that begins with 92 is that of an individual business. Please apply through the legal person behind it, under that one's code."
        )
    if jurisdiction == Jurisdiction.MACAO and number.endswith("(CO)"):
        return _(
            "Not a lawfully registered legal person (ground J01): a number with (CO) is that of an individual trader. Please apply through the legal person behind it, under that one's number with (SO)."
        )
    return None


def fits(jurisdiction: str, number: str) -> bool:
    """Whether the number is unmistakably shaped like one of this place; what is only looked at by hand is not."""
    check_one = CHECKS.get(kind_of(jurisdiction, number))
    try:
        return check_one is not None and check_one(number) is None
    except ValidationError:
        return False


def elsewhere(place: Jurisdiction) -> ValidationError:
    sentence = _("It would fit as a number of this place: {place}. Is the place of registration right?")
    return ValidationError(format_lazy(sentence, place=place.label), code="elsewhere")


def code_within(text: str) -> str:
    """The credit code that stands in a text, if one does that passes its check."""
    runs = re.findall(rf"[{ALPHABET}]{{{USCC_LENGTH},}}", text)
    return next((code for run in runs for at in range(len(run) - USCC_LENGTH + 1) if is_uscc(code := run[at : at + USCC_LENGTH])), "")


def code_claimed(text: str) -> str:
    """What stands in a text as its credit code, right or wrong: a slip in it is told as in a code alone."""
    found = CLAIMED.search(text)
    return (found[1] or found[2]) if found else ""


def is_uscc(number: str) -> bool:
    try:
        check_uscc(number)
    except ValidationError:
        return False
    return True


def check_uscc(number: str) -> None:
    """Raise a ValidationError that says what is wrong with a normalised code of GB 32100-2015, and what it may have been.

    `code` of the error: old, words, alphabet, length, department, division or check. Only a letter that no code has is put right by a
    guess, and only where the check character bears it out: for any other character there would be thirty guesses.
    """
    refuse_old(number)
    refuse_characters(number)
    if len(number) != USCC_LENGTH:
        raise ValidationError(_("The code has 18 characters; this one has %(count)d."), params={"count": len(number)}, code="length")
    if number[0] not in DEPARTMENTS:
        raise ValidationError(_("The first character names the registering department: 1 to 9, A, N or Y."), code="department")
    if not number[2:8].isdigit():
        raise ValidationError(_("Characters 3 to 8 are the digits of the registering authority's division."), code="division")
    if uscc_check(number[:-1]) != number[-1]:
        raise ValidationError(
            _("The check character does not match: please compare the code with the certificate, character by character."), code="check"
        )


def refuse_old(number: str) -> None:
    """Numbers that the credit code has replaced since 2015."""
    if re.fullmatch(r"[0-9]{15}", number):
        raise ValidationError(
            _(
                "This looks like an old business licence number of 15 digits. The certificate now shows a code of 18 characters: please take that one."
            ),
            code="old",
        )
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number) and organisation_check(number[:8]) == number[8]:
        raise ValidationError(
            _(
                "This is an organisation code of 9 characters. It stands in the Unified Social Credit Code, at places 9 to 17: please take the whole code of 18 characters."
            ),
            code="old",
        )


def refuse_characters(number: str) -> None:
    """Letters that are taken for digits, and whatever else a code does not have."""
    wrong = sorted(set(number) - set(ALPHABET))
    if not wrong:
        return
    if inner := code_within(number):
        raise ValidationError(_("Please type the code alone: %(code)s"), params={"code": inner}, code="words")
    if (claimed := code_claimed(number)) and claimed != number:
        check_uscc(claimed)
    if not set(wrong) <= set("IOSVZ"):
        raise ValidationError(
            _("The code has digits and capital letters only; it cannot contain %(characters)s."),
            params={"characters": " ".join(wrong)},
            code="alphabet",
        )
    if is_uscc(meant := number.translate(MISREAD)):
        raise ValidationError(
            _("The code cannot contain %(characters)s: it has no letters I, O, S, V, Z. Is it %(meant)s?"),
            params={"characters": " ".join(wrong), "meant": meant},
            code="alphabet",
        )
    raise ValidationError(
        _("The code cannot contain %(characters)s: it has no letters I, O, S, V, Z. Is it 1, 0, 5, U or 2?"),
        params={"characters": " ".join(wrong)},
        code="alphabet",
    )


def check_ubn(number: str) -> None:
    """Taiwan: eight digits that pass the rule in force since 2023-04-01."""
    if not re.fullmatch(r"[0-9]{8}", number):
        raise ValidationError(_("The Unified Business Number has 8 digits."), code="format")
    if not is_ubn(number):
        raise ValidationError(
            _("The check digit does not match: please compare the number with the certificate, digit by digit."), code="check"
        )


def check_brn(number: str) -> None:
    """Hong Kong: the first eight digits of the Business Registration number, which has no published check digit."""
    if not re.fullmatch(r"[0-9]{8}", number):
        raise ValidationError(
            _(
                "The Business Registration number has 8 digits: the first 8 of the long number on the certificate. A body set up by an ordinance states that ordinance, for example Cap. 1053."
            ),
            code="format",
        )


def check_old_company_number(number: str) -> None:
    """Hong Kong: a company has both numbers, and only one of them may be its key here."""
    raise ValidationError(
        _("This is an old company number (CR No.). Please take the 8 digits of the Business Registration number, which every company has."),
        code="old",
    )


def check_commercial(number: str) -> None:
    """Macao: the number of the commercial register; the numbers of the taxpayer and of the place of business are others."""
    if not COMMERCIAL.fullmatch(number):
        raise ValidationError(
            _(
                "The Commercial Registration number is up to 6 digits followed by (SO), not that of the taxpayer or of the place of business. An association states the certificate of the identification authority in words."
            ),
            code="format",
        )


def by_hand(number: str) -> None:
    """Whatever the certificate says: people compare it."""
    if not number:
        raise ValidationError(_("The number is missing."), code="format")


CHECKS: dict[NumberKind, Callable[[str], None]] = {
    NumberKind.CN_USCC: check_uscc,
    NumberKind.HK_BRN: check_brn,
    NumberKind.HK_CR: check_old_company_number,
    NumberKind.MO_SO: check_commercial,
    NumberKind.TW_UBN: check_ubn,
}
