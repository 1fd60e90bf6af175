"""`manage.py recount [CONTEST]`: does every certified result recount to the same, and is their chain whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from alliance.history.canonical import digest
from council.models import Result
from council.workflow import as_written, outcome

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Recompute each outcome from its frozen rule and its tally, compare it with what was certified, and follow the chain of digests."""

    help = "Recount certified results from snapshot and tally, and check their chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contest", type=int, nargs="?", help="only this contest's results; the chain is checked all the same")

    def handle(self, *args: Any, **options: Any) -> None:
        results = list(Result.objects.select_related("contest__body", "tally"))
        wanted = [result for result in results if options["contest"] in (None, result.contest_id)]
        if options["contest"] is not None and not wanted:
            message = f"There is no certified contest {options['contest']}."
            raise CommandError(message)
        follow(results)
        for result in wanted:
            recount(result)
            self.stdout.write(f"{result}: recounted to the same.")
        self.stdout.write(f"{len(results)} results, the chain is whole{f': {results[-1].digest}' if results else ''}")


def follow(results: list[Result]) -> None:
    """Every result takes in the digest of the one before it, and nobody is missing between them."""
    previous = ""
    for number, result in enumerate(results, start=1):
        if result.number != number or result.previous != previous:
            message = f"The chain of results is broken before number {result.number}."
            raise CommandError(message)
        if digest({"previous": previous, "contents": result.contents}) != result.digest:
            message = f"Result {result.number} has been altered since it was certified."
            raise CommandError(message)
        previous = result.digest


def recount(result: Result) -> None:
    contest = result.contest
    if digest(contest.snapshot) != contest.snapshot_digest or result.contents["snapshot"] != contest.snapshot_digest:
        message = f"{contest}: what was frozen when voting started has been altered."
        raise CommandError(message)
    found = as_written(outcome(contest, result.tally))
    if found != result.contents["outcome"]:
        message = f"{contest}: recounted {found}, certified {result.contents['outcome']}."
        raise CommandError(message)
