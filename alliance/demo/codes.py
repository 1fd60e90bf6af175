"""Registration numbers that nobody has: the main part of a demo's credit code begins with XX."""

from members.identifiers import organisation_check, uscc_check


def uscc(pair: str, division: str, serial: int) -> str:
    """A synthetic credit code: `uscc("91", "440300", 1)` is 91440300XX0000019G."""
    main = f"XX{serial:06d}"
    body = f"{pair}{division}{main}{organisation_check(main)}"
    return body + uscc_check(body)
