"""The mark on each page of a printed form: what its QR code holds, written and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from applications.models.application import Application

UNFROZEN = 0  # the number of the version on a paper that was printed as a draft
BEGINNING = 12  # hexadecimal digits of the application's uuid: enough to tell a paper of another one
WRITTEN = re.compile(r"([0-9A-F]{12})/(\d{1,4})/([0-9A-F]{12})/(\d{1,3})/(\d{1,3})")


@dataclass(frozen=True)
class Mark:
    """Which application, which version with which code, which page of how many. Capitals and figures alone: the picture stays coarse, and is read from a poor scan."""

    application: str
    version: int
    code: str
    page: int
    pages: int

    def __str__(self) -> str:
        return f"{self.application}/{self.version}/{self.code}/{self.page}/{self.pages}".upper()

    def is_of(self, application: Application) -> bool:
        return self.application == beginning(application)


def beginning(application: Application) -> str:
    return application.uuid.hex[:BEGINNING]


def read(text: str) -> Mark | None:
    """The mark that a QR code's text is; any other code that stands on a paper is none."""
    found = WRITTEN.fullmatch(text)
    return Mark(found[1].lower(), int(found[2]), found[3].lower(), int(found[4]), int(found[5])) if found else None
