"""Which units to remind of the yearly confirmation, and when.

A reminder is a letter whose key names its occasion, so it goes once, however many schedulers ask and however often. After a
standstill only the reminder that holds now goes out.
"""

from __future__ import annotations

from alliance import clock
from alliance.letters.write import bag
from members.models import Campaign, MemberUnit
from members.notices import confirming as notices

CONFIRMATION = (30, 14, 7, 1, 0)  # days before a confirmation is due
FRESH = 2  # days after the letter that opened it, in which nobody is reminded
AT_ONCE = 1000


def remind() -> None:
    """Write to every unit that has not confirmed, where today has an occasion; twice does no harm."""
    for campaign in Campaign.objects.running():
        if (days := occasion(campaign)) is not None:
            remind_units(campaign, days)


def occasion(campaign: Campaign) -> int | None:
    """Which reminder holds today: the smallest that is not below the days left. None before the first, within two days of opening, and once it is over."""
    today = clock.today()
    left = (campaign.due_on - today).days
    is_fresh = campaign.opened_at is not None and (clock.now() - campaign.opened_at).days < FRESH
    return None if left < 0 or is_fresh else min((days for days in CONFIRMATION if left <= days), default=None)


def remind_units(campaign: Campaign, days: int) -> None:
    units = MemberUnit.objects.filter(confirmations__in=campaign.confirmations.awaited()).with_readers().order_by("pk")
    with bag():
        for unit in units.iterator(chunk_size=AT_ONCE):
            notices.near(campaign, unit, days)
