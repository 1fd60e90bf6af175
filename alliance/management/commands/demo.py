"""`manage.py demo load`: the believable province, into a database born empty; `manage.py demo purge`: away with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from alliance.accounts.models import User
from alliance.demo import story
from alliance.demo.units import LEAST
from alliance.facts.models import facts
from alliance.files import shelf

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load the demo, or take it away. Both refuse where anything real stands: a demo bears its mark from its first row."""

    requires_system_checks = ()  # `migrate`, which comes before, made them
    help = "Load the demo's synthetic units into an empty database, or make the database anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["load", "purge"])
        parser.add_argument("--units", type=int, default=story.UNITS, help=f"how many; at least {LEAST}")
        parser.add_argument("--seed", type=int, default=story.SEED, help="the same seed on the same day gives the same province")

    def handle(self, *args: Any, action: str, units: int, seed: int, **options: Any) -> None:
        if action == "load":
            self.load(units, seed)
        else:
            self.purge()

    def load(self, units: int, seed: int) -> None:
        if facts().is_demo:
            self.stdout.write("The demo is loaded already.")
            return
        if User.objects.exists():
            raise CommandError("This database is not empty: the demo is loaded only into a database without accounts.")
        if not settings.EMBEDDED:
            raise CommandError("No demo account exists in a production start: the demo is for the embedded portal of bin/run.")
        if units < LEAST:
            raise CommandError(f"A province has at least {LEAST} units: with fewer, some of what it shows would be missing.")
        try:
            with transaction.atomic():  # the passwords are written down before the accounts are there
                told = story.tell(self.announce, units=units, seed=seed)
                keep(accounts(), told)
        except BaseException:
            empty_rooms()
            raise
        self.stdout.write(f"The demo is loaded; {len(told)} accounts are in {accounts()}.")

    def purge(self) -> None:
        """The database as it was born, with the reference data; files, letters and passwords go with it."""
        if not (settings.EMBEDDED and facts().is_demo):
            raise CommandError("This is no demo: nothing was touched.")
        bear_again()
        cache.clear()
        empty_rooms()
        self.stdout.write("The demo is gone: the portal is as empty as on its first day.")

    def announce(self, chapter: str) -> None:
        """Said as it happens: a first start is watched."""
        self.stdout.write(chapter)
        self.stdout.flush()


@transaction.atomic
def bear_again() -> None:
    """Every table as after the first migration, with the reference data, and counting from one."""
    connection.check_constraints()  # what is put off until the end is looked at now: tables with open questions cannot be emptied
    call_command("flush", interactive=False, reset_sequences=True, verbosity=0)
    call_command("reference")


def accounts() -> Path:
    return Path(settings.PORTAL_HOME) / "accounts.json"


def keep(file: Path, told: dict[str, dict[str, str]]) -> None:
    """Write the passwords where only their owner reads them."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def empty_rooms() -> None:
    """No upload, no letter, no password is left; the folders stay."""
    accounts().unlink(missing_ok=True)
    for room in (shelf.root(), Path(settings.PORTAL_HOME) / "letters"):
        for each in room.iterdir() if room.exists() else ():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
