"""What stands in the lists: announcements, and the alliance's own procedures that are public anyway.

A batch that takes applications is a call, a list under public notice is a public notice, and the council's roster a result. They
are not typed in a second time: each stands in the lists with its own page as its link, and goes when its time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance import clock
from alliance.announcements.choices import Audience, Kind
from alliance.announcements.models import Announcement
from applications.models import Batch
from council.models import Call, UnitTenure
from members.models import Term

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

DAY = timedelta(days=1)
MOST_BATCHES = 10  # lists under public notice at the same time


@dataclass(frozen=True)
class Entry:
    """One line: what it is, since when and until when, and where it is read."""

    key: str
    kind: str
    title: str
    url: str
    since: datetime
    until: datetime | None = None
    audience: str = Audience.PUBLIC
    note: str = ""

    @property
    def kind_in_words(self) -> Any:
        return Kind(self.kind).label

    @property
    def is_for_members(self) -> bool:
        return self.audience == Audience.MEMBERS


def entry(announcement: Announcement) -> Entry:
    return Entry(
        str(announcement.uuid),
        announcement.kind,
        announcement.title,
        announcement.get_absolute_url(),
        announcement.valid_from,
        announcement.valid_until,
        announcement.audience,
    )


def procedures(kind: str = "") -> list[Entry]:
    """The calls, public notices and results that the alliance's procedures are now, the latest first."""
    found = [*calls(), *publicities(), *candidates(), *rosters()]
    return sorted((each for each in found if kind in ("", each.kind)), key=lambda each: each.since, reverse=True)


def calls() -> list[Entry]:
    """The batch that takes applications now."""
    return [
        Entry(
            f"batch-{batch.number}",
            Kind.CALL,
            _("%(batch)s: applications for membership are taken") % {"batch": batch},
            reverse("batches"),
            batch.opens_at,
            batch.deadline,
        )
        for batch in Batch.objects.accepting(clock.now())
    ]


def publicities() -> list[Entry]:
    """Batches with units in their public notice period."""
    return [
        Entry(
            f"publicity-{batch.number}",
            Kind.PUBLICITY,
            _("%(batch)s: units to be admitted, under public notice") % {"batch": batch},
            reverse("batches") + "#published",
            batch.published_from,
            batch.published_until,
            note=_("Units: %(count)d") % {"count": batch.published},
        )
        for batch in Batch.objects.under_publicity()[:MOST_BATCHES]
    ]


def candidates() -> list[Entry]:
    """Lists of candidates in their days of public notice."""
    return [
        Entry(
            f"candidates-{call.pk}",
            Kind.PUBLICITY,
            _("%(term)s: candidates for the council, under public notice") % {"term": call.term},
            reverse("council:candidates"),
            clock.midnight(call.published_on),
            clock.midnight(call.published_until + DAY),
        )
        for call in Call.objects.under_publicity(clock.today()).select_related("term")
    ]


def rosters() -> list[Entry]:
    """The council of the running term, once seats are filled."""
    term = Term.objects.current()
    if term is None or term.begins_on is None or not UnitTenure.objects.running().filter(term=term).exists():
        return []
    title = _("%(term)s: the council") % {"term": term}
    return [Entry(f"council-{term.number}", Kind.RESULT, title, reverse("council:roster"), clock.midnight(term.begins_on))]


def latest(user: Any, most: int) -> list[Entry]:
    """For the home page: announcements meant for this reader, and what runs, the latest first."""
    rows = Announcement.objects.in_force(clock.now()).addressed_to(user).latest()[:most]
    return sorted([*procedures(), *map(entry, rows)], key=lambda each: each.since, reverse=True)[:most]


def for_members(most: int) -> list[Entry]:
    """The latest that are for member units alone."""
    return [entry(row) for row in Announcement.objects.in_force(clock.now()).for_members().latest()[:most]]
