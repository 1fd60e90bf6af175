"""What a command tells the person at the keyboard: Chinese first, then English, one sentence each."""

import contextlib
import sys


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error in the program
    """The sentence with which a command ends that cannot do what was asked."""

    def __init__(self, chinese: str, english: str) -> None:
        """Both say the same."""
        super().__init__(f"{chinese} {english}")


def say(chinese: str, english: str = "") -> None:
    """One line of progress; a reader who has gone away is no reason to stop."""
    with contextlib.suppress(OSError):
        print(chinese, english, flush=True)


def speak_any_language() -> None:
    """A terminal that cannot show Chinese shows question marks rather than a stack trace."""
    sys.stdout.reconfigure(errors="replace")
    sys.stderr.reconfigure(errors="replace")
