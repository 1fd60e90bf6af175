"""Several pictures of one paper, bound into one PDF."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from alliance.files import bounded, shelf
from alliance.files.apart.limits import MEGABYTE, MOST, MOST_PICTURES
from alliance.files.checking import PICTURES, Checked
from alliance.files.words import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def bind(pages: Sequence[Checked]) -> Checked:
    """One PDF of pictures that were checked, in this order; raises a ValidationError where they cannot be bound."""
    if any(page.kind not in PICTURES for page in pages):
        raise refusal("not_pictures")
    if len(pages) > MOST_PICTURES:
        raise refusal("many_pictures", most=MOST_PICTURES)
    bound = shelf.coming()
    try:
        refuse_failed(bounded.ask("bind", pages[0].path, bound, *(page.path for page in pages[1:])))
        refuse_large(bound)
        return Checked(f"{PurePath(pages[0].title).stem}.pdf", "pdf", bound.rename(shelf.coming()), pages=len(pages), signed=False)
    finally:
        bound.unlink(missing_ok=True)


def refuse_failed(found: dict[str, object]) -> None:
    if "refused" in found:
        raise refusal(str(found["refused"]))


def refuse_large(bound: Path) -> None:
    if bound.stat().st_size > MOST["pdf"]:
        raise refusal("large", most=MOST["pdf"] // MEGABYTE)
