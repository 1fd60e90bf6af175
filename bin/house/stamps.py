"""What has changed since the last time? A step is repeated only when what it was made from is different."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """One digest over the names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(f"{path}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Stamps:
    """A small file of steps done and of what they were made from; unreadable means nothing was done."""

    def __init__(self, path: Path) -> None:
        """Read what was done before."""
        self.path = path
        try:
            self.done = dict(json.loads(path.read_text()))
        except (OSError, ValueError):
            self.done = {}

    def fresh(self, step: str, made_from: str) -> bool:
        """Was the step done, and from this?"""
        return self.done.get(step) == made_from

    def clear(self) -> None:
        """Nothing counts as done: said before changing what the stamps vouch for."""
        self.done = {}
        self.path.unlink(missing_ok=True)

    def set(self, **done: str) -> None:
        """Write the steps down in one move, so that a kill leaves the old page or the new one."""
        self.done |= done
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(self.done, indent=1))
        draft.replace(self.path)
