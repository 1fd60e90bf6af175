"""The meetings that decide a batch, and what follows from them: the published list, objections, approval, admission."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import steps
from alliance.demo.days import at
from alliance.demo.journeys import FIRST, SECOND
from applications.choices import State
from council.models import UnitTenure
from members import workflow as members
from members.choices import Assembly
from members.models import Meeting, Resolution, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

GROUP = 9  # of the preparatory working group
TO_ADMISSION, TO_APPROVAL = (State.ADMITTED,), (State.ADMITTED, State.APPROVED)
EARLY, RECENT = (*TO_APPROVAL, State.REJECTED, State.DEFERRED), (State.DELIBERATED, State.PUBLICITY, State.OBJECTION)
APART = timedelta(minutes=2)  # between two signatures


def plan(story: Story) -> None:
    """Three meetings: the preparatory group's on the first intake, and two of the council's on the batch under review."""
    days = story.days
    first = story.ending(FIRST, *EARLY)
    diary = story.diary
    diary.note(at(days.deliberation, 10), sit, story, Assembly.PREPARATORY, 1, "审议第二批入会申请", first)
    follow(story, first, days.after(days.deliberation, 1), days.admission)
    doubted = next(journey for journey in first if journey.end == State.ADMITTED and not journey.part.account)
    one_by_one(story, at(days.after(days.founding, 2), 9), steps.certify, ending(first, *TO_ADMISSION))
    story.diary.note(at(days.after(days.founding, 3), 9), steps.make_certificates, story)
    examined = days.after(days.deliberation, 3)
    diary.note(at(examined, 9), steps.object_to, story, doubted)
    diary.note(at(examined, 17), steps.clear, story, doubted)
    early, recent = story.ending(SECOND, *EARLY), story.ending(SECOND, *RECENT)
    diary.note(at(days.first_meeting, 10), sit, story, Assembly.COUNCIL, 1, "审议第三批入会申请（一）", early)
    follow(story, early, days.after(days.first_meeting, 1), days.admitted_lately)
    diary.note(at(days.second_meeting, 15), sit, story, Assembly.COUNCIL, 2, "审议第三批入会申请（二）", recent)
    one_by_one(story, at(days.admitted_lately, 9), steps.publicise, ending(recent, State.PUBLICITY, State.OBJECTION))
    one_by_one(story, at(days.last, 11), steps.object_to, ending(recent, State.OBJECTION))


def follow(story: Story, decided: list[Journey], published: date, admitted: date) -> None:
    """The list is published for its working days; the secretary-general approves, and on the day after the officer admits."""
    one_by_one(story, at(published, 9), steps.publicise, ending(decided, *TO_APPROVAL))
    one_by_one(story, at(story.days.before(admitted, 1), 9), steps.approve, ending(decided, *TO_APPROVAL))
    one_by_one(story, at(admitted, 9), steps.admit, ending(decided, *TO_ADMISSION))


def ending(journeys: Iterable[Journey], *ends: str) -> list[Journey]:
    return [journey for journey in journeys if journey.end in ends]


def one_by_one(story: Story, moment: object, act: Callable[[Story, Journey], None], journeys: list[Journey]) -> None:
    """The same for each, within the day."""
    apart = min(APART, timedelta(hours=7) / max(1, len(journeys)))
    for n, journey in enumerate(journeys):
        story.diary.note(moment + n * apart, act, story, journey)


def sit(story: Story, assembly: str, ordinal: int, subject: str, journeys: list[Journey]) -> None:
    """One meeting of the deciding body, and its resolution on everything that is ready."""
    officer, moment = story.people["officer"], clock.now()
    eligible = GROUP if assembly == Assembly.PREPARATORY else UnitTenure.objects.running().count()
    present = eligible - 1 - eligible // 8
    term = Term.objects.get(number=1)
    meeting = Meeting.objects.create(assembly=assembly, term=term, ordinal=ordinal, held_at=moment, place="广州市演示路1号会议室")
    members.convene(meeting, by=officer)
    members.open_meeting(meeting, by=officer)
    counts = {"eligible": eligible, "present": present, "in_favour": present - 1, "against": 0, "abstaining": 1}
    resolution = Resolution.objects.create(meeting=meeting, subject=subject, **counts)
    for journey in journeys:
        steps.decide(story, journey, resolution)
    members.close_meeting(meeting, by=officer)
