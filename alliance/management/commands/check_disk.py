"""`manage.py check_disk [PLACE …]`: whether a disk is nearly full; the timer of deploy/systemd asks every hour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliance.files import space

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Fails where one is, so that a timer or a monitor notices."""

    help = "Fail with a sentence when the disk of a PLACE, by default PORTAL_HOME, is nearly full."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("places", nargs="*", type=Path, metavar="PLACE")

    def handle(self, *args: Any, places: list[Path], **options: Any) -> None:
        places = places or [Path(settings.PORTAL_HOME)]
        if missing := [place for place in places if not place.exists()]:
            raise CommandError(f"{missing[0]} is not there.")
        if said := space.tight(*places):
            raise CommandError("\n".join(said))
        self.stdout.write(f"There is room at {', '.join(map(str, places))}.")
