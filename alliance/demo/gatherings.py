"""Meetings of the demo: called in time, opened, signed in at, and resolving by a show of hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members import workflow as members
from members.choices import Assembly, Weight
from members.models import AgendaItem, Meeting, Motion, Resolution, Term

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.demo.story import Story

GROUP = "\n".join(f"筹建组成员{stem}" for stem in "甲乙丙丁戊己庚辛壬")
CALLED = 5  # working days before a meeting of a board
PLACE = "广州市演示路1号会议室"


def summon(story: Story, assembly: str, ordinal: int, held_at: datetime, subject: str) -> None:
    """The meeting is planned with its agenda and a motion, and its roll is called."""
    officer, term = story.people["officer"], Term.objects.get(number=1)
    said = {"invited": GROUP} if assembly == Assembly.PREPARATORY else {}
    meeting = Meeting.objects.create(
        assembly=assembly, term=term, ordinal=ordinal, held_at=held_at, place=PLACE, presides="王例三", minutes_by="周例七", **said
    )
    item = AgendaItem.objects.create(meeting=meeting, position=1, title=subject, speaker="周例七")
    Motion.objects.create(meeting=meeting, item=item, subject=subject, weight=Weight.WEIGHTY if "除名" in subject else Weight.ORDINARY)
    members.convene(meeting, by=officer)


def resolve(story: Story, assembly: str, ordinal: int, against: int = 0) -> Resolution:
    """Seven of eight come; all but one who abstains, and who is against, are for it."""
    officer = story.people["officer"]
    meeting = Meeting.objects.get(assembly=assembly, ordinal=ordinal)
    members.open_meeting(meeting, by=officer)
    lines = list(meeting.attendances.called().order_by("pk"))
    absent = 1 + len(lines) // 8
    for line in lines[: len(lines) - absent]:
        members.sign_in(line, by=officer)
    motion = meeting.motions.get()
    members.open_motion(motion, by=officer)
    counts = {"in_favour": meeting.present - 1 - against, "against": against, "abstaining": 1}
    members.count_hands(motion, by=officer, **counts)
    return motion.resolution


def close(story: Story, resolution: Resolution) -> None:
    members.close_meeting(resolution.meeting, by=story.people["officer"])
