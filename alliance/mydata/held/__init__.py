"""What is held on a person, by their account or by an address that they have confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from alliance.mydata.held.account import account, acts_for
from alliance.mydata.held.elected import candidacies, meetings, nominations
from alliance.mydata.held.named import named
from alliance.mydata.held.said import consents, enquiries, objections, reviews
from alliance.mydata.held.traces import calls, files, for_units, invitations, letters, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from alliance.accounts.models import User
    from alliance.mydata.group import Group

GROUPS: tuple[Callable[[User, list[str]], Group], ...] = (
    account, acts_for, named, nominations, candidacies, reviews, consents, enquiries, objections, letters, invitations, calls, meetings, for_units, files, steps,
)  # fmt: skip


def held_on(user: User) -> list[Group]:
    """Every group that concerns `user`, by account or by an address that they have confirmed; empty ones too: nothing is an answer."""
    addresses = [
        user.email,
        *EmailAddress.objects.filter(user=user, verified=True).exclude(email=user.email).values_list("email", flat=True),
    ]
    return [each(user, addresses) for each in GROUPS]
