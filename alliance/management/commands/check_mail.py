"""Whether letters can go out: a trial letter, sent at once, and what the server answered."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from alliance.channels.message import Bounced, Deferred, Message, Undelivered, Unreachable
from alliance.channels.ways import Way, channel, has_mail

WHY = {
    Unreachable: "The mail server was not reached, or refused the log-in. EMAIL_URL is where it is set: {answer}",
    Deferred: "The mail server answers, and asks to try again later: {answer}",
    Bounced: "The mail server answers, and refuses this address or this sender (MAIL_FROM): {answer}",
}


class Command(BaseCommand):
    help = "Send a trial letter to ADDRESS and say what the mail server answered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *args: object, address: str, **options: object) -> None:
        if not has_mail():
            raise CommandError("EMAIL_URL is none: this installation sends no mail; letters wait to be told by hand.")
        try:
            validate_email(address)
        except Exception as wrong:
            raise CommandError(f"{address!r} is no e-mail address.") from wrong
        self.send(Message(address, "联盟网站测试邮件 / Trial letter of the alliance portal", f"{settings.SITE_URL}\n"))
        self.stdout.write(f"The mail server took a trial letter to {address}, from {settings.DEFAULT_FROM_EMAIL}. Look whether it arrived.")

    def send(self, trial: Message) -> None:
        opened = channel(Way.MAIL)
        try:
            opened.send(trial)
        except Undelivered as refusal:
            raise CommandError(WHY[type(refusal)].format(answer=refusal.answer)) from refusal
        finally:
            opened.close()
