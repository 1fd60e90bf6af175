"""What can happen to a letter by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.accounts.models import User
from alliance.letters.models import Letter, State
from alliance.letters.nudge import nudge_once
from alliance.workflow import Actor, Workflow

if TYPE_CHECKING:
    from typing import Any

workflow = Workflow(State)


def is_secretariat(by: Actor, letter: Any) -> bool:
    return isinstance(by, User) and by.holds(*SECRETARIAT)


@workflow.step(_("Send again"), State.FAILED, to=State.QUEUED, allow=is_secretariat, tone="go")
def send_again(letter: Letter, *, by: Actor) -> None:
    """The cause is mended: the letter waits again, with the same Message-ID."""
    letter.tries, letter.error = 0, ""
    nudge_once()
