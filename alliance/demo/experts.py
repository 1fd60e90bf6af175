"""The bodies beside the council: they are there from the founding, and the assembly elects the expert committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import cast
from members.choices import BodyKind, Direction, Post
from members.models import Body, BodyTenure, Expert, Term

if TYPE_CHECKING:
    from alliance.demo.story import Story


def appoint(story: Story) -> None:
    """Two people of the think tank can sign in."""
    for (key, name), directions in zip(cast.EXPERTS.items(), KNOW, strict=True):
        story.people[key] = user = story.account(key, name)
        words = {"affiliation": "珠江演示理工大学", "post": "教授", "title": "教授", "expertise": "车辆工程（样例）"}
        days = {"listed_on": clock.today(), "consented_on": clock.today()}
        Expert.objects.create(name=name, directions=directions, email=user.email, user=user, **words, **days)


KNOW = ([Direction.ELECTRIC, Direction.INFRASTRUCTURE], [Direction.HYDROGEN, Direction.ICV])


def elect(story: Story) -> None:
    """Council, expert committee and secretariat begin; the experts sit, and the secretary-general is elected."""
    term, today = Term.objects.get(number=1), clock.today()
    Body.objects.filter(kind__in=[BodyKind.COUNCIL, BodyKind.EXPERTS, BodyKind.SECRETARIAT]).update(established_on=today)
    committee, secretariat = Body.objects.get(kind=BodyKind.EXPERTS), Body.objects.get(kind=BodyKind.SECRETARIAT)
    for post, expert in zip((Post.HEAD, Post.MEMBER), Expert.objects.order_by("pk"), strict=True):
        BodyTenure.objects.create(body=committee, post=post, term=term, expert=expert, begins_on=today)
    person = cast.OFFICE["secretary"][0]
    BodyTenure.objects.create(body=secretariat, post=Post.SECRETARY_GENERAL, term=term, person=person, begins_on=today)
