"""One-time codes that an officer hands over: issued, recorded, and good for one log-in."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, SEPARATE, Office
from alliance.accounts.models import IssuedCode, User
from alliance.history.record import record

if TYPE_CHECKING:
    from django.db.models import Model

DIGITS, HOURS, TRIES = 8, 24, 5


def may_ask(by: Model, user: User) -> bool:
    """An account of the office is the system administrator's alone; nobody issues a code to themselves."""
    if not by.is_authenticated or by.pk == user.pk or not user.is_active:
        return False
    return by.holds(Office.SYSADMIN) or (not user.is_staff and by.holds(*SECRETARIAT))


def may_issue(by: Model, user: User) -> bool:
    """Nor is one issued for an account of the three posts: whoever did could log in as another of them, and hold two alone."""
    return may_ask(by, user) and not user.holds(*SEPARATE)


@transaction.atomic
def issue(user: User, *, by: User, handed_over: str) -> str:
    """The code, said this once; a former one ends."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    User.objects.select_for_update().get(pk=user.pk)
    withdraw(user)
    issued = IssuedCode.objects.create(user=user, code=make_password(code), issued_by=by, handed_over=handed_over)
    record(user, "issue_code", by=by, inputs={"code": issued.pk, "handed_over": handed_over})
    return code


def withdraw(user: User) -> None:
    """What was handed over no longer holds."""
    IssuedCode.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())


@transaction.atomic
def redeem(login: str, code: str) -> User | None:
    """Whose code this is, if it still holds; then it is used up. Somebody unknown costs the same time."""
    found = IssuedCode.objects.select_for_update(of=("self",)).select_related("user").filter(user__in=named(login), ended_at=None).first()
    if found is None or found.issued_at < clock.now() - timedelta(hours=HOURS):
        make_password(code)
        return None
    if not check_password(code, found.code):
        found.tries += 1
        found.ended_at = clock.now() if found.tries >= TRIES else None
        found.save(update_fields=["tries", "ended_at"])
        return None
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    record(found.user, "use_code", by=found.user, inputs={"code": found.pk})
    return found.user


def named(login: str) -> list[User]:
    """The account with this address or this mobile number."""
    from alliance.channels.numbers import reachable

    by_mobile = User.objects.filter(mobile=reachable(login)) if "@" not in login and reachable(login) else User.objects.none()
    return list(User.objects.filter(email__iexact=login, is_active=True) | by_mobile.filter(is_active=True))


BY_THE_SERVER = _(
    "System administrator, security administrator and auditor are kept apart: no code for their accounts is issued here. "
    "They set a new password by e-mail; where no mail reaches them, whoever runs the server prints a code with “manage.py give_code”."
)
WRONG = _("This code does not hold: it may be mistyped, used, or older than 24 hours.")
