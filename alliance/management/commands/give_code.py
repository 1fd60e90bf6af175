"""`manage.py give_code EMAIL`: a way back in for whoever holds one of the three posts, which nobody at the desk can give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from alliance.accounts import codes
from alliance.accounts.choices import SEPARATE
from alliance.accounts.models import User

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """For system administrator, security administrator and auditor; a code for anybody else is issued on the page of the account."""

    help = "Print a one-time code for an account of the system administrator, the security administrator or the auditor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.of_offices(SEPARATE).filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"{email!r} is no active account of {', '.join(sorted(SEPARATE))}: other codes are issued in the admin.")
        code = codes.issue(user, by=user, handed_over="manage.py give_code")
        self.stdout.write(f"One-time code for {user}, for /accounts/given-code/ within {codes.HOURS} hours: {code}")
