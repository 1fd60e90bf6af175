"""Registration numbers that nobody has: the main part of a demo's credit code begins with XX, Taiwan's with four zeros."""

from members.identifiers import organisation_check, uscc_check

WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)


def uscc(pair: str, division: str, serial: int) -> str:
    """A synthetic credit code: `uscc("91", "440300", 1)` is 91440300XX0000019G."""
    main = f"XX{serial:06d}"
    body = f"{pair}{division}{main}{organisation_check(main)}"
    return body + uscc_check(body)


def hong_kong(serial: int) -> str:
    """A Business Registration number from the end of the series."""
    return f"{99_000_000 + serial:08d}"


def macao(serial: int) -> str:
    """A Commercial Registration number, in the form it is kept."""
    return f"{90_000 + serial}(SO)"


def taiwan(serial: int, *, new_rule: bool) -> str:
    """A Unified Business Number: its weighted digits sum to a multiple of five, of ten unless only the rule of 2023 allows it."""
    front = f"{serial // 9 * 10 + serial % 9 + (serial % 9 > 6):07d}"  # no 7 in the seventh place, which has a rule of its own
    rest = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(front, WEIGHTS[:7], strict=True)) + 5 * new_rule
    return front + str(-rest % 10)


def recognition(serial: int) -> str:
    """What we call an alliance by contract, which no register knows."""
    return f"LM-2020{serial:03d}"
