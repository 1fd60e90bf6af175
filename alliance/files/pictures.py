"""Pictures of pages, drawn by us: what is looked at in the browser is never the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.files import bounded, shelf

if TYPE_CHECKING:
    from pathlib import Path

    from alliance.files.models import StoredFile


def place(file: StoredFile, number: int) -> str:
    """Where the picture of a page lies under `files/`."""
    name = file.uuid.hex
    return f"{shelf.PICTURES}/{name[:2]}/{name[2:4]}/{name}/{number}.png"


def picture(file: StoredFile, number: int) -> Path | None:
    """The picture of page `number`, drawn the first time it is asked for; nothing where there is no such page, or it cannot be drawn.

    A picture is no record: it can be drawn again, so it may come into being while somebody reads.
    """
    if not file.is_served or number not in file.numbers:
        return None
    path = shelf.root() / place(file, number)
    return path if path.exists() or draw(file, number, path) else None


def draw(file: StoredFile, number: int, path: Path) -> bool:
    drawn = shelf.coming()
    try:
        found = bounded.ask("page", file.path, drawn, number)
        if "refused" in found:
            return False
        shelf.put(drawn, path)
    except OSError as failure:
        if failure.errno not in shelf.FULL:
            raise
        return False
    finally:
        drawn.unlink(missing_ok=True)
    return True
