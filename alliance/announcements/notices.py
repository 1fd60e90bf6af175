"""Which letter goes with an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.announcements.choices import Kind
from alliance.letters.kinds import kind
from alliance.letters.write import bag
from members.models import MemberUnit
from members.notices import UNIT, unit_told

if TYPE_CHECKING:
    from alliance.announcements.models import Announcement

AT_ONCE = 500  # units written to in one go

ANNOUNCED = kind(
    "announced",
    _("An announcement"),
    **UNIT,
    title=_("the title of the announcement"),
    what=_("what it is: call, notice of a meeting, news"),
)


def announced(announcement: Announcement) -> None:
    """Every member unit is told once that there is something to read; the text itself stands on its page."""
    said = {"title": announcement.title, "what": Kind(announcement.kind).label, "link": announcement.get_absolute_url()}
    with bag():
        for unit in MemberUnit.objects.running().with_readers().iterator(chunk_size=AT_ONCE):
            unit_told(ANNOUNCED, unit, key=f"announced:{announcement.pk}:{unit.pk}", about=announcement, **said)
