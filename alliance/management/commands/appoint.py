"""`manage.py appoint EMAIL NAME`: the first two people of a new installation, before anybody can appoint anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from alliance.accounts import codes
from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.history.models import TIMETABLE
from alliance.history.record import Code, record

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

FIRST = (Office.SYSADMIN, Office.SECURITY)


class Command(BaseCommand):
    """System administrator and security administrator, once each; all others are appointed in the admin."""

    help = "Open the first account of an office that nobody holds yet, and print a one-time code for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("office", choices=[office.value for office in FIRST])
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("name", metavar="NAME")

    @transaction.atomic
    def handle(self, *args: Any, office: str, email: str, name: str, **options: Any) -> None:
        if User.objects.of_offices([office]).exists():
            raise CommandError(f"Somebody is {office} already: the security administrator appoints, in the admin.")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is no e-mail address.") from None
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"There is an account with {email} already: the first offices are for people of their own.")
        user = User.objects.create_user(email, name=name)
        user.groups.add(Group.objects.get(name=office))
        record(user, "appoint", by=TIMETABLE, inputs={"office": Code(office)})
        code = codes.issue(user, by=user, handed_over="manage.py appoint")
        self.stdout.write(f"{name} is {office}. One-time code, for /accounts/given-code/ within {codes.HOURS} hours: {code}")
