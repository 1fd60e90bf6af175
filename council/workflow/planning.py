"""How the plan of a term changes: how many seats each tier has in each direction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused
from council import rules
from council.choices import UNDER_WAY, ContestKind
from council.models import Contest, PlanChange, Seat, UnitTenure
from members.choices import Direction, Tier
from members.models import Resolution, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

Post = tuple[int, str]  # tier and direction
ORDER = ["", *Direction.values]
APART = 10_000  # numbers no seat has, while seats are numbered anew


def plan_of(term: Term) -> Counter[Post]:
    """Seats as they are planned now."""
    return Counter(Seat.objects.filter(term=term).planned().order_by().values_list("tier", "direction"))


def faults_of_plan(term: Term, plan: Mapping[Post, int]) -> list[str]:
    """Why the term cannot have this plan: a seat that is held is never removed, nor one that is voted on."""
    held = Counter(UnitTenure.objects.running().filter(term=term).order_by().values_list("seat__tier", "seat__direction"))
    voted: Counter[Post] = Counter()
    for tier, direction, seats in Contest.objects.filter(term=term, kind=ContestKind.COUNCIL, state__in=UNDER_WAY).values_list(
        "tier", "direction", "seats"
    ):
        voted[tier, direction] += seats
    found = []
    for post in sorted({*held, *voted}, key=in_order):
        said = {"post": words(post), "held": held[post], "voted": voted[post], "planned": plan.get(post, 0)}
        if plan.get(post, 0) < held[post]:
            found.append(_("%(post)s: %(held)d seats are held and are not removed, so there cannot be %(planned)d.") % said)
        elif plan.get(post, 0) < held[post] + voted[post]:
            found.append(_("%(post)s: %(held)d seats are held and %(voted)d are being voted on, so there cannot be %(planned)d.") % said)
    return found


def fault_of_resolution(term: Term, resolution: Resolution | None) -> str:
    """Why this resolution does not carry a change of the plan: before a term begins none is needed."""
    if not term.has_begun:
        return ""
    if resolution is None:
        return _("The term has begun: its plan is changed by a resolution. Please choose the one that was passed.")
    if resolution.meeting.term_id != term.pk:
        return _("This resolution was passed in another term.")
    if not resolution.passed:
        return _("This resolution was not passed: %(in_favour)d of %(present)d present were for it.") % {
            "in_favour": resolution.in_favour,
            "present": resolution.present,
        }
    return ""


@transaction.atomic
def change_plan(term: Term, plan: Mapping[Post, int], *, by: Actor, resolution: Resolution | None = None) -> PlanChange | None:
    """The term has these seats from today on; None where it has them already. Vacant seats go, new ones come, held ones stay."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    if not rules.is_officer(by, term):
        raise NotAllowed(thing=term)
    seats = list(Seat.objects.select_for_update().filter(term=term).planned().order_by("number"))
    before = Counter((seat.tier, seat.direction) for seat in seats)
    after = Counter({post: count for post, count in plan.items() if count})
    if before == after:
        return None
    faults = [*faults_of_plan(term, after), fault_of_resolution(term, resolution)]
    if said := " ".join(filter(None, faults)):
        raise Refused(said, thing=term)
    remove(seats, before - after, term)
    add(after - before, term)
    number_in_order(term)
    change = PlanChange.objects.create(term=term, resolution=resolution, before=listed(before), after=listed(after))
    record(term, "change_plan", by=by, inputs={"before": sum(before.values()), "after": sum(after.values()), "resolution": resolution})
    return change


def remove(seats: list[Seat], surplus: Counter[Post], term: Term) -> None:
    """Vacant seats, the last first. One that has a past, or stood in a term that has begun, stays written: it is planned until today."""
    vacant = set(Seat.objects.vacant().filter(term=term).values_list("pk", flat=True))
    sat = set(UnitTenure.objects.filter(term=term).values_list("seat", flat=True))
    for seat in reversed(seats):
        post = (seat.tier, seat.direction)
        if not surplus[post] or seat.pk not in vacant:
            continue
        surplus[post] -= 1
        if term.has_begun or seat.pk in sat:
            seat.planned_until = clock.today()
            seat.save(update_fields=["planned_until"])
        else:
            seat.delete()


def add(lacking: Counter[Post], term: Term) -> None:
    """New seats, vacant, with the next numbers."""
    last = Seat.objects.filter(term=term).order_by("-number").values_list("number", flat=True).first() or 0
    since = clock.today() if term.has_begun else None
    posts = sorted(lacking.elements(), key=in_order)
    Seat.objects.bulk_create(
        Seat(term=term, number=last + n, tier=tier, direction=direction, planned_from=since)
        for n, (tier, direction) in enumerate(posts, start=1)
    )


def number_in_order(term: Term) -> None:
    """Until somebody has sat and the term has begun, seats are numbered from the chair outwards; later a number stays what it is."""
    if term.has_begun or UnitTenure.objects.filter(term=term).exists():
        return
    seats = sorted(Seat.objects.filter(term=term), key=lambda seat: (*in_order((seat.tier, seat.direction)), seat.number))
    Seat.objects.filter(term=term).update(number=F("number") + APART)
    for number, seat in enumerate(seats, start=1):
        seat.number = number
    Seat.objects.bulk_update(seats, ["number"])


def in_order(post: Post) -> tuple[int, int]:
    tier, direction = post
    return tier, ORDER.index(direction)


def listed(plan: Counter[Post]) -> list[list[int | str]]:
    """As it is kept: tier, direction and seats, from the chair outwards."""
    return [[*post, plan[post]] for post in sorted(plan, key=in_order)]


def words(post: Post) -> str:
    tier, direction = post
    return f"{Tier(tier).label} · {Direction(direction).label}" if direction else str(Tier(tier).label)
