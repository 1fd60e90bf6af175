"""The expert committee, and the alliance that has a legal person behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.demo import cast

if TYPE_CHECKING:
    from alliance.demo.story import Story


def appoint(story: Story) -> None:
    """Two people of the expert committee can sign in. Their rows as experts are made here."""
    for key, name in cast.EXPERTS.items():
        story.people[key] = story.account(key, name)
