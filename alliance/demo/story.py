"""The story of the province, told by the real steps: from the call to a council in office and a batch that is open today.

Everything is anchored to today, so that the current batch is always open and the public notice long over. What happens when
is drawn first, by a seed and the day; then it is lived in the order of its moments.
"""

from __future__ import annotations

import gc
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from alliance import clock
from alliance.accounts.models import User
from alliance.demo import announcing, electing, founding, lives, moments, office, post, reviews, sittings, steps, yearly
from alliance.demo.days import DAY, Days, at, midnight_after
from alliance.demo.diary import Diary
from alliance.demo.journeys import FIRST, SECOND, THIRD, journeys
from alliance.demo.postman import Postman
from alliance.demo.sheet import Samples
from alliance.demo.units import LEAST, province
from alliance.facts.models import Facts
from alliance.files import shelf
from alliance.history import chain
from alliance.letters.write import bag
from applications import batches
from applications.choices import State
from applications.models import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from alliance.demo.journeys import Journey
    from alliance.demo.units import Part

UNITS, SEED = 240, 864  # the default province; the seed is the notice's own number


@dataclass
class Story:
    """The story as it is told: its units, their journeys, the people of the office, and what is still to come."""

    units: int
    seed: int
    today: date = field(default_factory=clock.today)
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    applicants: dict[int, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.units < LEAST:
            message = f"A province has at least {LEAST} units: with fewer, some of what it shows would be missing."
            raise ValueError(message)
        self.rng = Random(f"{self.seed}:{self.today.isoformat()}")  # noqa: S311 — the same province for the same seed and day
        self.hasher, self.hashes = ThreadPoolExecutor(1), {}
        self.samples = Samples([*announcing.FIRST_SHEETS, *steps.TITLES.values(), *announcing.SHEETS, *lives.SHEETS])  # as they are needed
        self.postman = Postman()
        self.days, self.diary = Days(self.today), Diary(partial(post.evening, self.postman))
        self.journeys = journeys(province(self.units, self.rng), self.rng)

    def ending(self, batch: int, *ends: str) -> list[Journey]:
        """Those of a batch that are going to stand there in the end."""
        return [journey for journey in self.journeys if journey.batch == batch and journey.end in ends]

    def playing(self, role: str) -> Journey:
        return next(journey for journey in self.journeys if journey.part.role == role)

    def account(self, key: str, name: str, *, email: str = "") -> User:
        """A person who can sign in with the password that `accounts.json` tells, once the story is told."""
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(email or f"{key}@example.com", None, name=name)
        verified(user)
        self.accounts[key] = {"email": user.email, "password": password}
        self.hashes[user.pk] = self.hasher.submit(make_password, password)
        return user

    def hand_out_keys(self) -> None:
        """The accounts get their passwords, whose slow hashes were made beside the story."""
        for user, hashed in self.hashes.items():
            User.objects.filter(pk=user).update(password=hashed.result())

    def applicant(self, part: Part) -> User:
        """Who applies for a unit, its representative to be: with a password if the cast names an account."""
        if part.account:
            return self.account(part.account, part.people[0], email=part.email)
        user = User.objects.create_user(part.email, None, name=part.people[0])
        verified(user)
        return user

    def acting(self, journey: Journey) -> User:
        """Whoever applies for the unit."""
        return self.applicants[journey.user]

    def end(self) -> None:
        """Whatever happened: nobody works beside it any more."""
        self.hasher.shutdown(cancel_futures=True)
        self.samples.checker.shutdown(cancel_futures=True)


def verified(user: User) -> None:
    """The address counts as confirmed."""
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)


@transaction.atomic
def tell(progress: Callable[[str], Any] = print, *, units: int = UNITS, seed: int = SEED) -> dict[str, dict[str, str]]:
    """Make the whole province, in one transaction; returns the accounts that can sign in. Each chapter is announced to `progress`."""
    story = Story(units, seed)
    try:
        with story.postman, shelf.settling_together(), bag(), seldom_looking_for_rubbish():  # a day's letters are posted in its evening
            return told(story, progress)
    finally:
        story.end()


@contextmanager
def seldom_looking_for_rubbish() -> Iterator[None]:
    """Python looks through all that lives each time some hundred things were made; here nearly everything made is soon gone by itself."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def told(story: Story, progress: Callable[[str], Any]) -> dict[str, dict[str, str]]:
    """Chapter by chapter."""
    reverse("home")  # every address is read now, while the first sheets are still being checked
    Facts.objects.update_or_create(pk=1, defaults={"is_demo": True})
    plan(story)
    book = chapters(story)
    for n, (until, words) in enumerate(book, start=1):
        progress(f"{n}/{len(book)} {words}")
        story.diary.live(until)
    story.hand_out_keys()
    story.postman.come_home()
    while chain.seal():
        pass
    return story.accounts


def plan(story: Story) -> None:
    """Note down what is going to happen, and when."""
    days, diary = story.days, story.diary
    diary.note(at(days.call, 9), office.open_doors, story)
    for last in (days.deadline, days.closed):
        diary.note(midnight_after(last) + timedelta(minutes=1), close, story)
    for number, day, last in (
        (FIRST, days.call, days.deadline),
        (SECOND, days.after(days.deadline, 1), days.closed),
        (THIRD, days.after(days.closed, 1), days.ahead),
    ):
        diary.note(at(day, 9, 30), schedule, story, number, last)
    for batch in (FIRST, SECOND, THIRD):
        for journey, submitted in moments.submissions(batch, story.journeys, days, story.rng):
            note(story, journey, submitted)
    for journey in story.journeys:
        if journey.end == State.DRAFT:
            begun = at(days.last, 15) if journey.part.account else moments.draft_begun(days, story.rng)
            diary.note(begun, steps.begin, story, journey)
    sittings.plan(story)
    founding.plan(story)
    lives.plan(story)
    yearly.plan(story)
    announcing.plan(story)


def note(story: Story, journey: Journey, submitted: Any) -> None:
    """An application from its first word to where only a meeting moves it on."""
    story.diary.note(moments.begun(submitted, story.rng), steps.begin, story, journey)
    story.diary.note(submitted, steps.submit, story, journey)
    for step, moment in moments.answers(journey, submitted, story.days, story.rng):
        story.diary.note(moment, steps.ACTS[step], story, journey)
        reviews.note(story, journey, step, moment)


def schedule(story: Story, number: int, last: date) -> None:
    """The batch that is open gets its last day; the second of the story is reviewed by experts."""
    batch = Batch.objects.get(number=number)
    if number == SECOND:
        reviews.set_terms(batch)
    batches.schedule(batch, midnight_after(last), by=story.people["officer"])


def close(story: Story) -> None:
    """What the timetable does each minute."""
    batches.close_due()


def chapters(story: Story) -> list[tuple[Any, str]]:
    """Until when each chapter goes, and how it is announced."""
    days, batch, ends = story.days, Counter(journey.batch for journey in story.journeys), Counter()
    ends.update((journey.batch, journey.end) for journey in story.journeys)
    corrected = sum("ask" in journey.road for journey in story.journeys if journey.batch == FIRST)
    members, lately = ends[FIRST, State.ADMITTED], ends[SECOND, State.ADMITTED]
    seeking, drafts = len(electing.seekers(story)), ends[THIRD, State.DRAFT]
    return [
        (at(days.call, 10), f"公布征集，安排批次；全省 {story.units} 个单位 · the call is published; {story.units} units in the province"),
        (midnight_after(days.deadline), f"首批 {batch[FIRST]} 个单位提交申请 · {batch[FIRST]} units apply for the first intake"),
        (at(days.deliberation, 9), f"形式审查与初审，{corrected} 件补正 · they are checked and screened, {corrected} corrected"),
        (midnight_after(days.admission), f"审议、公示、批准，{members} 个单位入会 · deliberated, published, approved: {members} admitted"),
        (at(days.founding, 8), f"{seeking} 个单位被提名或自荐 · {seeking} units are nominated"),
        (midnight_after(days.founding), "成立大会选举理事会 1/8/16 · the assembly elects a council of 1/8/16"),
        (midnight_after(days.closed), f"下一批 {batch[SECOND]} 件申请 · {batch[SECOND]} applications for the next batch"),
        (
            midnight_after(days.last + DAY),
            f"理事会审议，新入会 {lately} 个；当前批次 {batch[THIRD]} 件，其中草稿 {drafts} 件 · the council decides, {lately} more admitted; {batch[THIRD]} in the batch of today, {drafts} of them drafts",
        ),
    ]
