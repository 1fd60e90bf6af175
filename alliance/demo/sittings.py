"""The meetings that decide a batch, and what follows from them: the published list, objections, approval, admission."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alliance.demo import steps
from alliance.demo.days import at
from alliance.demo.gatherings import CALLED, close, resolve, summon
from alliance.demo.journeys import FIRST, SECOND
from applications.choices import State
from members.choices import Assembly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story

SITTINGS = (  # which body, the ordinal of its meeting, the day and the hour, and on what
    (Assembly.PREPARATORY, 1, "deliberation", 10, "审议第二批入会申请"),
    (Assembly.COUNCIL, 1, "first_meeting", 10, "审议第三批入会申请（一）"),
    (Assembly.COUNCIL, 2, "second_meeting", 15, "审议第三批入会申请（二）"),
)
TO_ADMISSION, TO_APPROVAL = (State.ADMITTED,), (State.ADMITTED, State.APPROVED)
EARLY, RECENT = (*TO_APPROVAL, State.REJECTED, State.DEFERRED), (State.DELIBERATED, State.PUBLICITY, State.OBJECTION)
APART = timedelta(minutes=2)  # between two signatures


def plan(story: Story) -> None:
    """Three meetings: the preparatory group's on the first intake, and two of the council's on the batch under review."""
    days = story.days
    first = story.ending(FIRST, *EARLY)
    diary = story.diary
    for assembly, ordinal, on, hours, subject in SITTINGS:
        held_at = at(getattr(days, on), hours)
        diary.note(at(days.before(held_at.date(), CALLED), 9), summon, story, assembly, ordinal, held_at, subject)
    diary.note(at(days.deliberation, 10), sit, story, Assembly.PREPARATORY, 1, first)
    follow(story, first, days.after(days.deliberation, 1), days.admission)
    doubted = next(journey for journey in first if journey.end == State.ADMITTED and not journey.part.account)
    one_by_one(story, at(days.after(days.founding, 2), 9), steps.certify, ending(first, *TO_ADMISSION))
    story.diary.note(at(days.after(days.founding, 3), 9), steps.make_certificates, story)
    examined = days.after(days.deliberation, 3)
    diary.note(at(examined, 9), steps.object_to, story, doubted)
    diary.note(at(examined, 17), steps.clear, story, doubted)
    early, recent = story.ending(SECOND, *EARLY), story.ending(SECOND, *RECENT)
    diary.note(at(days.first_meeting, 10), sit, story, Assembly.COUNCIL, 1, early)
    follow(story, early, days.after(days.first_meeting, 1), days.admitted_lately)
    diary.note(at(days.second_meeting, 15), sit, story, Assembly.COUNCIL, 2, recent)
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


def sit(story: Story, assembly: str, ordinal: int, journeys: list[Journey]) -> None:
    """One meeting of the deciding body, and its resolution on everything that is ready."""
    resolution = resolve(story, assembly, ordinal)
    for journey in journeys:
        steps.decide(story, journey, resolution)
    close(story, resolution)
