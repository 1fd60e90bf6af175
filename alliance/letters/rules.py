"""Who may act on letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.accounts.choices import SECRETARIAT
from alliance.accounts.models import User

if TYPE_CHECKING:
    from typing import Any

    from alliance.letters.models import Letter
    from alliance.workflow import Actor


def is_secretariat(by: Actor | Any, letter: Letter | None = None) -> bool:
    return isinstance(by, User) and by.holds(*SECRETARIAT)
