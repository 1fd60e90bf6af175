"""`manage.py verify_history`: does the chain hold?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alliance.history.chain import verify


class Command(BaseCommand):
    """Recompute every link; name the first altered row; say how many events are not sealed yet."""

    help = "Verify the history's chain of seals."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if verdict.broken_at is not None:
            message = f"The chain breaks at position {verdict.broken_at}: event {verdict.event} was altered ({verdict.sound} links before it hold)."
            raise CommandError(message)
        self.stdout.write(f"{verdict.sound} links hold; {verdict.unsealed} events are not sealed yet.")
