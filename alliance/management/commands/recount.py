"""`manage.py recount CONTEST`: does a certified result recount to the same?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from council.models import Contest
from council.workflow import digest, outcome

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Recompute the outcome of a contest from its frozen rule and its tally, and compare it with what was certified."""

    help = "Recount a contest from its snapshot and tally."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contest", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        contest = Contest.objects.filter(pk=options["contest"]).first()
        if contest is None or contest.result is None:
            message = f"There is no certified contest {options['contest']}."
            raise CommandError(message)
        if digest(contest.snapshot) != contest.snapshot_digest:
            message = "What was frozen when voting started has been altered."
            raise CommandError(message)
        found = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(outcome(contest)).items()}
        if found != contest.result:
            message = f"Recounted {found}, certified {contest.result}."
            raise CommandError(message)
        self.stdout.write(f"{contest}: recounted to the same: {found}")
