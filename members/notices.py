"""Who is told, when a membership or a meeting moves, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.letters.write import write

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import Meeting, MemberUnit


def unit_told(template: str, unit: MemberUnit, *, key: str, about: Model | None = None, **context: Any) -> None:
    """Write to everyone who acts for `unit`, each in their own language."""
    for colleague in unit.organisation.colleagues.filter(until=None).select_related("user"):
        user = colleague.user
        write(
            template,
            about=about or unit,
            to=user.email,
            key=f"{key}:{user.pk}",
            language=user.language,
            recipient=user,
            unit=unit,
            **context,
        )


def convened(meeting: Meeting) -> None:
    """Call every unit on the roll to the meeting."""
    for attendance in meeting.attendances.select_related("unit__organisation"):
        unit_told(
            "meeting_convened", attendance.unit, key=f"meeting_convened:{meeting.pk}:{attendance.unit_id}", about=meeting, meeting=meeting
        )
