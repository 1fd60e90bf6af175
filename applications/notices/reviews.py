"""Who is told when the experts review a batch. A letter to an expert names no application: a conflict may be found after it went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.channels.numbers import reachable
from alliance.letters.kinds import kind
from alliance.letters.words import deadline, listed
from alliance.letters.write import write
from applications.notices import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from alliance.letters.kinds import Kind
    from applications.models import Assignment, Batch
    from members.models import Expert

CONDUCTING = (Office.OFFICER, Office.SECRETARY)

TO_EXPERT = {"name": _("the expert's name"), "batch": _("the batch"), "until": _("until when the sheets are due")}
REVIEWS_ASSIGNED = kind("reviews_assigned", _("To an expert: applications to review"), **TO_EXPERT)
REVIEWS_NEAR = kind("reviews_near", _("Reminder to an expert: sheets are due"), **TO_EXPERT, n=_("how many are outstanding"))
REVIEWS_LATE = kind(
    "reviews_late",
    _("To the secretary-general: experts two days late"),
    n=_("how many sheets are outstanding"),
    experts=_("a line for each expert"),
)
REVIEWS_PROPOSED = kind(
    "reviews_proposed", _("To the office: an assignment of experts is proposed"), batch=_("the batch"), n=_("how many reviews are proposed")
)
REVIEWS_DONE = kind(
    "reviews_done", _("To the office: the expert review is complete"), batch=_("the batch"), n=_("how many sheets were handed in")
)
EXPERT_RECUSED = kind(
    "expert_recused",
    _("To the office: an expert recused"),
    name=_("the expert's name"),
    number=_("the application's number"),
    batch=_("the batch"),
)


def room() -> str:
    """The experts' personal way in: a code to their address, and then their list."""
    return f"{reverse('account_request_login_code')}?next={reverse('reviews')}"


def to_expert(kind: Kind, expert: Expert, batch: Batch, *, key: str, due: datetime | None, **values: Any) -> None:
    language = expert.user.language if expert.user else settings.LANGUAGE_CODE
    told = {"name": expert.name, "batch": batch, "until": deadline(due), "link": room(), **values}
    key = f"{kind.name}:{batch.pk}:{expert.pk}:{key}"
    write(kind, about=batch, to=expert.email, mobile=reachable(expert.mobile), key=key, language=language, recipient=expert.user, **told)


def assigned(expert: Expert, batch: Batch, due: datetime) -> None:
    """Applications wait for the expert: one letter a batch and due date, however many they are."""
    to_expert(REVIEWS_ASSIGNED, expert, batch, key=date_of(due), due=due)


def near(expert: Expert, batch: Batch, due: datetime | None, count: int, occasion: str) -> None:
    """Sheets are due, or late."""
    to_expert(REVIEWS_NEAR, expert, batch, key=occasion, due=due, n=count)


def late(lines: Iterable[tuple[Any, ...]], count: int) -> None:
    """Two days after the date the secretary-general hears of it, once a day."""
    told = {"n": count, "experts": listed(lines), "link": reverse("admin:applications_assignment_changelist") + "?state__exact=assigned"}
    for user in User.objects.of_offices([Office.SECRETARY]):
        to_office(REVIEWS_LATE, user, user, key=clock.today().isoformat(), **told)


def proposed(batch: Batch, count: int) -> None:
    """A proposal waits to be confirmed."""
    for user in User.objects.of_offices(CONDUCTING):
        to_office(REVIEWS_PROPOSED, batch, user, key="", batch=batch, n=count, link=page_of(batch))


def done(batch: Batch, count: int) -> None:
    """Everything is handed in, and the summary stands."""
    for user in User.objects.of_offices(CONDUCTING):
        to_office(REVIEWS_DONE, batch, user, key="", batch=batch, n=count, link=page_of(batch))


def recused(assignment: Assignment) -> None:
    """A place is free again."""
    told = {"name": assignment.expert.name, "number": assignment.application.number, "batch": assignment.batch}
    for user in User.objects.of_offices([Office.OFFICER]):
        to_office(EXPERT_RECUSED, assignment, user, key="", link=page_of(assignment.batch), **told)


def to_office(kind: Kind, about: Model, user: User, *, key: str, **values: Any) -> None:
    key = f"{kind.name}:{about.pk}:{user.pk}:{key}"
    write(kind, about=about, to=user.email, key=key, language=user.language, recipient=user, **values)


def page_of(batch: Batch) -> str:
    """The expert review of a batch, in the office."""
    return reverse("admin:applications_batch_reviews", args=[batch.pk])
