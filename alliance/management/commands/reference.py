"""`manage.py reference`: what every portal has from its first day. Running it again changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

from alliance import clock
from alliance.accounts.choices import Office
from alliance.calendar.filling import fill
from alliance.facts.choices import DeskKind, StageNumber
from alliance.facts.models import ContactDesk, Facts, FoundingStage
from alliance.management import first_questions, first_rows
from alliance.stages import first_rows as stages
from applications.models import Batch
from council.allocation import plan
from council.models import Seat
from members.models import Term

CALL_PUBLISHED = datetime(2020, 11, 10, tzinfo=UTC)  # the notice carries no date; it was out before its first deadline
FIRST_DEADLINE = clock.midnight(date(2020, 12, 13))  # "12 December 2020" is over when the 13th begins, Beijing time


class Command(BaseCommand):
    """The office's groups, the facts, the working days, the notice's first batch and the open one, and term 1 with its 25 seats."""

    requires_system_checks = ()  # `migrate`, which comes before, made them
    help = "Install the reference data: offices, facts and stages, working days, the notice's first batch, the open batch, term 1 and its seats, and the secretariat's own tables."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for office in Office.values:
            Group.objects.get_or_create(name=office)
        install_facts()
        fill()
        install_batches()
        install_first_term()
        first_rows.install(since=CALL_PUBLISHED)
        stages.install()
        first_questions.install()


def install_facts() -> None:
    """The facts, two desks that are still empty, and the five stages; the notice says that the first is done."""
    Facts.objects.get_or_create(pk=1)
    for kind in DeskKind:
        ContactDesk.objects.get_or_create(kind=kind)
    for number in StageNumber:
        FoundingStage.objects.get_or_create(number=number, defaults={"is_done": number == StageNumber.PREPARATION})


def install_batches() -> None:
    """The notice's first batch as history, and the one that is open since."""
    if not Batch.objects.exists():
        Batch.objects.create(number=1, opens_at=CALL_PUBLISHED, closes_at=FIRST_DEADLINE, closed_at=FIRST_DEADLINE)
        Batch.objects.create(number=2, opens_at=FIRST_DEADLINE)


def install_first_term() -> None:
    """Term 1, planned, with its seats: 1 + 8 + 16, all vacant."""
    term, is_new = Term.objects.get_or_create(number=1)
    if is_new:
        Seat.objects.bulk_create(
            Seat(term=term, number=number, tier=tier, direction=direction) for number, (tier, direction) in enumerate(plan(), start=1)
        )
