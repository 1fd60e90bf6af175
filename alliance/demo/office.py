"""The office of the province: its people, and what it says about itself. No telephone number in it can exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from alliance.accounts.models import User
from alliance.demo import cast, experts
from alliance.demo.household import change
from alliance.facts.choices import DeskKind
from alliance.facts.models import ContactDesk, facts

if TYPE_CHECKING:
    from alliance.demo.story import Story

HOURS = "9:00–12:00 / 14:30–17:30"
DESKS = {  # a local number never begins with 0
    DeskKind.JOINING: {"telephone": "020-0086 4001", "email": "joining@example.com", "hours": HOURS},
    DeskKind.POLICY: {"telephone": "020-0086 4002", "email": "policy@example.com", "hours": HOURS},
}
POST = {"courier_address": "广州市越秀区演示路864号", "postcode": "510000", "addressee": "材料接收窗口"}


def open_doors(story: Story) -> None:
    """The office's people, each in their office, and the experts; then where the office is reached."""
    for key, (name, office) in cast.OFFICE.items():
        user = story.account(key, name)
        user.groups.add(Group.objects.get(name=office))
        story.people[key] = User.objects.get(pk=user.pk)
    experts.appoint(story)
    say_where(by=story.people["secretary"])


def say_where(by: User) -> None:
    """Both desks of the notice, and the address for couriers."""
    for desk in ContactDesk.objects.filter(kind__in=DESKS):
        change(desk, by, **DESKS[DeskKind(desk.kind)])
    change(facts(), by, **POST)
