"""`manage.py restore FILE`: an archive brought back into an empty portal, or with --anew in the place of one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from alliance.backup import archive
from alliance.backup.anew import take_down

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """All of it, or nothing: the digests of rows and files are compared before anything counts."""

    help = "Bring FILE back into a migrated and otherwise empty portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--anew", action="store_true", help="take down first everything that is there: what FILE does not hold is lost")

    def handle(self, *args: Any, file: Path, anew: bool, **options: Any) -> None:
        if anew:
            take_down(archive.verify(file))
        manifest = archive.restore(file)
        for line in archive.figures(manifest):
            self.stdout.write(f"Brought back: {line}. Every digest equals the manifest's.")
