"""The expert review of the batch that is closed: who gets which application, what they write, and one who recuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alliance.demo import cast, words
from alliance.demo.days import at
from alliance.demo.journeys import SECOND
from applications import reviewing
from applications.choices import Advice, Criterion, State
from applications.models import Application, Assignment, Batch
from applications.reviewing import assigning, sheets

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.demo.journeys import Journey
    from alliance.demo.story import Story
    from members.models import Expert

SOON = timedelta(seconds=20)
THIRD = 3  # of those whose review runs every third has been handed in


def set_terms(batch: Batch) -> None:
    """Both experts look at each; the capacity to undertake work weighs double."""
    Batch.objects.filter(pk=batch.pk).update(expert_review=True, reviewers=len(cast.EXPERTS), weight_capacity=2)


def note(story: Story, journey: Journey, step: str, moment: datetime) -> None:
    """What the experts do around a step of the office: they get what was screened, and have handed in before the review is concluded."""
    if journey.batch != SECOND or journey.end not in (State.SCREENED, State.EXPERT_REVIEWED):
        return
    days, runs = story.days, journey.end == State.SCREENED
    if step == "screen":
        given = max(moment, at(days.second_meeting, 16)) if runs else moment
        story.diary.note(given + SOON, assign, story, journey)
        if runs:
            place = story.ending(SECOND, State.SCREENED).index(journey)
            evening = at(days.last, 17) + timedelta(minutes=place % 50)
            if act := recuse if place == 1 else hand_in if place % THIRD == THIRD - 1 else None:
                story.diary.note(evening, act, story, journey)
    elif step == "conclude":
        story.diary.note(moment - SOON, hand_in, story, journey)


def assign(story: Story, journey: Journey) -> None:
    """The officer gives it to each."""
    application = Application.objects.get(pk=journey.application)
    for key in cast.EXPERTS:
        reviewing.assign(application, expert_of(story, key), by=story.people["officer"])


def expert_of(story: Story, key: str) -> Expert:
    return story.people[key].expert


def hand_in(story: Story, journey: Journey) -> None:
    """Each fills in the sheet and hands it in."""
    for n, key in enumerate(cast.EXPERTS):
        assignment = Assignment.objects.get(application=journey.application, expert=expert_of(story, key))
        points = {criterion.value: 3 + (journey.part.serial + n + place) % 3 for place, criterion in enumerate(Criterion)}
        sheets.write(assignment, points | {"advice": Advice.ADMIT, "opinion": words.FOUND[(journey.part.serial + n) % len(words.FOUND)]})
        assigning.hand_in(assignment, by=story.people[key])


def recuse(story: Story, journey: Journey) -> None:
    """The second expert has to do with one unit; the others are still to do."""
    mine = Assignment.objects.get(application=journey.application, expert=expert_of(story, "expert2"))
    assigning.recuse(mine, by=story.people["expert2"], reason=words.RECUSED)
