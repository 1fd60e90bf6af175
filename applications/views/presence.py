"""Who else is writing at this moment, and in which section. It lives in the cache for half a minute, and blocks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.cache import cache

from alliance import clock
from applications.choices import Section

if TYPE_CHECKING:
    from applications.models import Application

STAYS = 40  # seconds


def key_of(user: Any) -> str:
    """A name for `user` that says nothing of them: under it the browser keeps what is not saved yet."""
    return signing.Signer(salt="local copy").signature(str(user.pk))[:16]


def place(application: Application) -> str:
    return f"here:{application.pk}"


def note(application: Application, user: Any, section: Section) -> None:
    """`user` is in `section` now."""
    here = {pk: said for pk, said in cache.get(place(application), {}).items() if is_fresh(said)}
    cache.set(place(application), here | {user.pk: (str(user), section.value, clock.now().timestamp())}, STAYS)


def others(application: Application, user: Any) -> list[dict[str, Any]]:
    """Everybody but `user` who was here lately."""
    here = cache.get(place(application), {})
    return [{"name": said[0], "section": Section(said[1]).label} for pk, said in here.items() if pk != user.pk and is_fresh(said)]


def is_fresh(said: tuple[str, str, float]) -> bool:
    return said[2] > clock.now().timestamp() - STAYS
