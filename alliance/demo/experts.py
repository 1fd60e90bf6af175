"""The bodies beside the council: they are there from the founding, and the assembly elects the expert committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance import clock
from alliance.demo import cast
from members.choices import BodyKind, Direction, Post
from members.models import Body, BodyTenure, Expert, MemberUnit, Term

if TYPE_CHECKING:
    from datetime import date

    from alliance.demo.story import Story


def appoint(story: Story) -> None:
    """Two people of the think tank can sign in, and some more advise."""
    for (key, name), directions in zip(cast.EXPERTS.items(), KNOW, strict=True):
        story.people[key] = user = story.account(key, name)
        words = {"affiliation": "珠江演示理工大学", "post": "教授", "title": "教授", "expertise": "车辆工程（样例）"}
        days = {"listed_on": clock.today(), "consented_on": clock.today()}
        Expert.objects.create(name=name, directions=directions, email=user.email, user=user, **words, **days)
    for name, (affiliation, directions) in cast.ADVISERS.items():
        said = {"affiliation": affiliation, "post": "专家（样例）", "title": "教授级高级工程师", "consented_on": clock.today()}
        Expert.objects.create(name=name, directions=list(directions), is_national=len(directions) > 1, **said)


KNOW = ([Direction.ELECTRIC, Direction.INFRASTRUCTURE], [Direction.HYDROGEN, Direction.ICV])


def establish(story: Story) -> None:
    """Council, expert committee and secretariat begin; of the elected experts the head agrees to be named, and so does the secretary-general."""
    term, today = Term.objects.get(number=1), clock.today()
    Body.objects.filter(kind__in=[BodyKind.COUNCIL, BodyKind.EXPERTS, BodyKind.SECRETARIAT]).update(established_on=today)
    BodyTenure.objects.filter(post__in=[Post.HEAD, Post.SECRETARY_GENERAL]).update(consented_on=today)
    staff(term, today)
    Body.objects.update(is_public=True)


def staff(term: Term, today: date) -> None:
    """Each branch and working group has a host, a head and some members; every second head agrees to be named."""
    units = list(MemberUnit.objects.active().select_related("organisation").prefetch_related("representatives").order_by("number"))
    for n, body in enumerate(Body.objects.to_join().order_by("pk")):
        if not body.tasks:
            body.tasks, body.tasks_hant, body.tasks_en = OF_A_BRANCH
        body.established_on = today
        body.save(update_fields=["tasks", "tasks_hant", "tasks_en", "established_on"])
        near = [unit for unit in units if unit.organisation.region == body.region] if body.region else units[n::3]
        for post, unit in zip((Post.HEAD, Post.HOST, Post.MEMBER, Post.MEMBER, Post.MEMBER), near[n::2] or near, strict=False):
            person = getattr(unit.representative, "name", "") if post == Post.HEAD else ""
            consented = today if person and n % 2 == 0 else None
            BodyTenure.objects.create(body=body, post=post, term=term, unit=unit, person=person, begins_on=today, consented_on=consented)


OF_A_BRANCH = (
    "联系所在地区的会员单位，组织活动，反映需求。（样例）",
    "聯繫所在地區的會員單位，組織活動，反映需求。（樣例）",
    "Keeps in touch with the member units of its region, arranges events and passes on what they need. (Sample)",
)
