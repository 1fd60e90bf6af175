"""The chain of seals: one sealer links new events, and anyone can verify the links.

A chain head inside every step would make the whole portal wait in one line, so steps only insert events, and this sealer
chains them afterwards, within a minute.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from alliance import locks
from alliance.history.models import Event, Seal

START = "0" * 64
AT_ONCE = 1000  # events a transaction; what is left waits for the next


def digest(previous: str, event: Event) -> str:
    """SHA-256 over the seal before and the event's contents as canonical JSON; 64 hexadecimal digits."""
    text = json.dumps(event.contents(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """Chain the events that have no seal yet; returns how many."""
    locks.hold("history chain")
    last = Seal.objects.order_by("position").last()
    position, previous = (last.position, last.digest) if last else (0, START)
    seals = []
    for event in Event.objects.unsealed()[:AT_ONCE]:
        position, previous = position + 1, digest(previous, event)
        seals.append(Seal(position=position, event=event, digest=previous))
    Seal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many links hold, the first that does not (its position, its event), and the unsealed tail."""

    sound: int
    broken_at: int | None
    event: int | None
    unsealed: int


def verify() -> Verdict:
    """Recompute the chain from its start, and stop at the first link that does not hold."""
    return verify_from(0, START)


def verify_last(links: int) -> Verdict:
    """Recompute so many links at the end of the chain; `sound` counts those."""
    before = Seal.objects.order_by("-position")[links : links + 1].first()
    return verify_from(before.position, before.digest) if before else verify()


def verify_from(position: int, previous: str) -> Verdict:
    """Recompute what follows a link."""
    at, unsealed = position, Event.objects.unsealed().count()
    for link in Seal.objects.filter(position__gt=position).order_by("position").select_related("event").iterator(chunk_size=2000):
        if link.position != at + 1 or link.digest != digest(previous, link.event):
            return Verdict(at - position, at + 1, link.event_id, unsealed)
        at, previous = link.position, link.digest
    return Verdict(at - position, None, None, unsealed)
