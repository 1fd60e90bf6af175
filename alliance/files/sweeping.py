"""What nobody keeps any more: bytes without a row, rows whose thing is gone, pictures of either."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db import transaction

from alliance import clock
from alliance.files import pictures, shelf
from alliance.files.models import StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGE = timedelta(days=1)  # what is younger may belong to a step that is just being taken


def sweep_orphans() -> int:
    """Take away what has been nobody's for a day; returns how many files went."""
    before = clock.now() - AGE
    drop_ownerless(before)
    kept = set(StoredFile.objects.values_list("uuid", flat=True))
    gone = [path for path in lying(before) if owner(path) not in kept]
    for path in gone:
        shelf.remove(path)
    return len(gone)


def drop_ownerless(before: datetime) -> None:
    """Rows about a thing that does not exist any more; their bytes then have no row."""
    old = StoredFile.objects.filter(uploaded_at__lt=before)
    for kind in old.order_by().values_list("kind_of_thing", flat=True).distinct():
        things = apps.get_model(kind).objects.values("pk")
        old.filter(kind_of_thing=kind).exclude(thing_id__in=things).delete()


def lying(before: datetime) -> Iterator[Path]:
    """Every file on the shelf that was last written before this moment."""
    for path in shelf.root().rglob("*"):
        if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
            yield path


def owner(path: Path) -> UUID | None:
    """Which kept file it is, or is a page of; nothing for what was only coming in."""
    parts = path.relative_to(shelf.root()).parts
    name = path.parent.name if parts[0] == shelf.PICTURES else path.stem if parts[0] != shelf.COMING else ""
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def discard(file: StoredFile) -> None:
    """The row goes in the running transaction; its bytes and pictures when that has committed."""
    bytes_at, pictures_in = file.path, (shelf.root() / pictures.place(file, 1)).parent
    file.delete()
    transaction.on_commit(lambda: remove_all(bytes_at, pictures_in))


def remove_all(path: Path, folder: Path) -> None:
    for each in (path, *(folder.iterdir() if folder.exists() else ())):
        shelf.remove(each)
