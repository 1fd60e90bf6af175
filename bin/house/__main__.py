"""`python bin/house COMMAND …`: every command of bin/ arrives here."""

import sys
from importlib import import_module
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # this folder is the package `house`, not a heap of modules

from house.say import Refusal, speak_any_language  # noqa: E402 - only now is there a package `house`

COMMANDS = ("run", "test", "drills", "environment", "catalogues", "bundle")


def main(name: str = "", *arguments: str) -> int:
    """Do what was asked; whatever cannot be done ends in one sentence."""
    speak_any_language()
    try:
        if name not in COMMANDS:
            raise Refusal("没有这个命令。", f"There is no such command: one of {', '.join(COMMANDS)}.")
        return import_module(f"house.{name}").main(list(arguments))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
