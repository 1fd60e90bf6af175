"""`manage.py backup FILE`: every row and every file in one archive, with digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from alliance.backup import archive

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Write an archive, or with --verify read one again against its own manifest."""

    help = "Write every row and every file into FILE, or verify one that was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--verify", action="store_true", help="read FILE again and compare it with its manifest")

    def handle(self, *args: Any, file: Path, verify: bool, **options: Any) -> None:
        manifest = archive.verify(file) if verify else archive.write(file)
        for line in archive.figures(manifest):
            self.stdout.write(f"{'Verified' if verify else 'Kept'}: {line}.")
