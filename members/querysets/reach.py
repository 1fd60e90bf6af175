"""How far branch staff see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from django.db.models import Model


class Reach(NamedTuple):
    """What branch staff may see by: where their branches are, as beginnings of division codes, and which branches."""

    places: tuple[str, ...]
    branches: tuple[Model, ...]

    def of_place(self, field: str) -> Q:
        """Whether a region lies in one of the places (GB/T 2260: province in two digits, city in four)."""
        found = Q(pk__in=())
        for place in self.places:
            found |= Q(**{f"{field}__startswith": place})
        return found


def reach_of(user: Any) -> Reach | None:
    """The reach of somebody of the office whose work is a branch's; nothing where it is the whole alliance's. Asked for once a request."""
    if user is None or not user.is_authenticated:
        return None
    if "reach" not in user.__dict__:
        branches = tuple(post.branch for post in user.branch_posts.running().select_related("branch"))
        places = tuple(branch.region[:2] if branch.region[2:] == "0000" else branch.region[:4] for branch in branches)
        user.__dict__["reach"] = Reach(places, branches) if branches else None
    return user.__dict__["reach"]


class BranchPostQuerySet(QuerySet):
    def running(self) -> BranchPostQuerySet:
        return self.filter(until=None)
