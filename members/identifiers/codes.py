"""The arithmetic of the numbers that check themselves."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # GB 11714: all letters
USCC_LENGTH = 18


def uscc_check(body: str) -> str:
    """The 18th character for the first 17: C18 = 31 − ΣCi·3^(i−1) mod 31 (GB 32100-2015, 5)."""
    return ALPHABET[-sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


def organisation_check(main: str) -> str:
    """The 9th character of an organisation code for its first eight (GB 11714): C9 = 11 − ΣCi·Wi mod 11."""
    rest = 11 - sum(ORGANISATION.index(c) * w for c, w in zip(main, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def is_ubn(digits: str) -> bool:
    """Whether eight digits are a Unified Business Number (Taiwan, since 2023-04-01).

    The digits of each product by 1 2 1 2 1 2 4 1 are added up, and the sum is divisible by 5 (before that day: by 10). Where the
    seventh digit is 7, its product 28 counts as 10, then as 1 or 0: the sum or the sum and one will do.
    """
    total = sum(sum(divmod(int(c) * w, 10)) for c, w in zip(digits, (1, 2, 1, 2, 1, 2, 4, 1), strict=True))
    return total % 5 == 0 or (digits[6] == "7" and (total + 1) % 5 == 0)
