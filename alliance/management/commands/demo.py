"""`manage.py demo load`: the believable province, into a database born empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from alliance.accounts.models import User
from alliance.demo import story
from alliance.facts.models import facts

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load the demo. It refuses where anybody has an account already, and marks the database as a demo."""

    help = "Load the demo's synthetic units into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        if facts().is_demo:
            self.stdout.write("The demo is loaded already.")
            return
        if User.objects.exists():
            message = "This database is not empty: the demo is loaded only into a database without accounts."
            raise CommandError(message)
        if not settings.EMBEDDED:
            message = "No demo account exists in a production start: the demo is for the embedded portal of bin/run."
            raise CommandError(message)
        accounts = Path(settings.PORTAL_HOME) / "accounts.json"
        with transaction.atomic():  # the passwords are written down before the accounts are there
            told = story.tell(self.announce)
            keep(accounts, told)
        self.stdout.write(f"The demo is loaded; {len(told)} accounts are in {accounts}.")

    def announce(self, chapter: str) -> None:
        """Said as it happens: a first start is watched."""
        self.stdout.write(chapter)
        self.stdout.flush()


def keep(file: Path, accounts: dict[str, dict[str, str]]) -> None:
    """Write the passwords where only their owner reads them."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(accounts, ensure_ascii=False, indent=2) + "\n")
