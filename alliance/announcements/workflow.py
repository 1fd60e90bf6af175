"""What can happen to an announcement: published, put right in view of everybody, moved to another last day, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.announcements import notices, rules
from alliance.announcements.choices import State
from alliance.announcements.models import Announcement, Correction
from alliance.files.forms import keep
from alliance.workflow import Actor, Refused, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.files.checking import Checked

announcements = Workflow(State)
DRAFT, PUBLISHED = State.DRAFT, State.PUBLISHED


@announcements.step(_("Publish"), DRAFT, to=PUBLISHED, allow=rules.is_officer, tone="go")
def publish_announcement(announcement: Announcement, *, by: Actor, tell_members: bool) -> None:
    """It is in force from its first day, and not before now; member units get a letter where the office says so."""
    if why := hindrance(announcement, tell_members=tell_members):
        raise Refused(why)
    now = clock.now()
    announcement.published_at = now
    announcement.valid_from = max(announcement.valid_from or now, now)
    if tell_members:
        notices.announced(announcement)


def hindrance(announcement: Announcement, *, tell_members: bool) -> str:
    """Why it cannot be published as it stands, or nothing."""
    now = clock.now()
    if not announcement.body.strip() and not announcement.files.exists():
        return str(_("There is nothing to read in it: write a text or attach a file."))
    if announcement.valid_until and announcement.valid_until <= now:
        return str(_("Its last day is past: change it first."))
    if tell_members and announcement.valid_from and announcement.valid_from > now:
        return str(
            _(
                "It is in force only from a later day, and the letter would lead to nothing yet: publish it without the letter, or from today."
            )
        )
    return ""


@announcements.step(pgettext_lazy("announcement", "Correct"), PUBLISHED, to=PUBLISHED, allow=rules.is_officer)
def correct_announcement(announcement: Announcement, *, by: Actor, words: str, file: Checked | None = None) -> None:
    """What is put right stands above the text, with its moment; the text itself stays as it was read. A corrected file may come with it."""
    Correction.objects.create(announcement=announcement, words=words)
    if file:
        keep(file, about=announcement, by=by)


@announcements.step(_("Move the last day"), PUBLISHED, to=PUBLISHED, allow=rules.is_officer)
def move_end(announcement: Announcement, *, by: Actor, valid_until: datetime) -> None:
    """It holds longer, or ends earlier; never in the past."""
    if valid_until <= max(clock.now(), announcement.valid_from):
        raise Refused(_("The last day is today or later, and not before its first."))
    announcement.valid_until = valid_until


@announcements.step(_("Withdraw"), DRAFT, PUBLISHED, to=State.WITHDRAWN, allow=rules.is_officer, tone="stop")
def withdraw_announcement(announcement: Announcement, *, by: Actor, reason: str) -> None:
    """It is not in force any more; whoever had read it finds at its address that it was withdrawn, when and why. A draft goes unseen."""
    announcement.withdrawn_at, announcement.withdrawn_for = clock.now(), reason
