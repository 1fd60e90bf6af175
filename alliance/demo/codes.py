"""Registration numbers that nobody has: the main part of a demo's credit code begins with XX."""

from members.identifiers import uscc_check

ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def organisation_check(main: str) -> str:
    """The 9th character of an organisation code for its first eight (GB 11714)."""
    rest = 11 - sum(ORGANISATION.index(c) * w for c, w in zip(main, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def uscc(pair: str, division: str, serial: int) -> str:
    """A synthetic credit code: `uscc("91", "440300", 1)` is 91440300XX0000019G."""
    main = f"XX{serial:06d}"
    body = f"{pair}{division}{main}{organisation_check(main)}"
    return body + uscc_check(body)
