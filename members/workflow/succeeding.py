"""How one unit goes into another, by merger or by a split, and how that is undone within a day.

Nothing is moved: what the predecessor applied for, held and was told stays with it, and is read through the successor
(`MemberUnit.objects.lineage`). What rests on members may know more that stands against it, and declares it by `hindrance`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.workflow import Actor, Refused
from members import rules
from members.choices import UNDONE_WITHIN, MembershipState
from members.identifiers import normalise
from members.models import MemberUnit, Organisation, Succession, SuccessionKind
from members.models.profile import DESCRIBES
from members.notices import life
from members.workflow.admitting import admit
from members.workflow.ending import end_membership, open_again
from members.workflow.states import ACTIVE, SUSPENDED, membership

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    Hindrance = Callable[[MemberUnit, MemberUnit, Actor], str | Promise]

MERGED = MembershipState.MERGED
AGAINST_MERGING: list[Hindrance] = []
AGAINST_UNDOING: list[Hindrance] = []


def against_merging(why: Hindrance) -> Hindrance:
    """Declare what forbids that one unit goes into another: asked with predecessor, successor and who acts; returns a sentence, or nothing."""
    AGAINST_MERGING.append(why)
    return why


def against_undoing(why: Hindrance) -> Hindrance:
    """The same, of what forbids that it is undone."""
    AGAINST_UNDOING.append(why)
    return why


def hindered(hindrances: list[Hindrance], predecessor: MemberUnit, successor: MemberUnit, by: Actor) -> None:
    for why in hindrances:
        if said := why(predecessor, successor, by):
            raise Refused(said)


def hold_both(unit: MemberUnit, successor: MemberUnit) -> MemberUnit:
    """The successor as it stands, both rows locked in the order of their keys."""
    rows = {row.pk: row for row in MemberUnit.objects.select_for_update().filter(pk__in=[unit.pk, successor.pk]).order_by("pk")}
    return rows[successor.pk]


@membership.step(_("Merge into another unit"), ACTIVE, SUSPENDED, to=MERGED, allow=rules.is_officer, tone="stop")
def merge(unit: MemberUnit, *, by: Actor, successor: MemberUnit, on: date, document: str) -> None:
    """The legal person was merged into another member unit, which continues its membership (合并由承继单位继承)."""
    successor = hold_both(unit, successor)
    if successor.pk == unit.pk:
        raise Refused(_("A unit is not merged into itself."))
    if not successor.is_running:
        raise Refused(_("%(unit)s is not a member any more: nothing can be merged into it.") % {"unit": successor})
    hindered(AGAINST_MERGING, unit, successor, by)
    succeed(unit, successor, SuccessionKind.MERGER, by=by, on=on, document=document)


@membership.step(_("Split into others"), ACTIVE, SUSPENDED, to=MERGED, allow=rules.is_officer, tone="stop")
def split(
    unit: MemberUnit,
    *,
    by: Actor,
    name: str,
    reg_no: str,
    representative: str,
    on: date,
    document: str,
    post: str = "",
    others: str = "",
) -> None:
    """The legal person was split and is no more: one heir continues its membership under a number of its own, the others apply anew."""
    organisation = heir(unit.organisation, name, normalise(reg_no))
    if running := organisation.memberships.running().first():
        raise Refused(_("%(unit)s is a member already: record a merger into it instead.") % {"unit": running})
    successor = admit(organisation, on=clock.today(), by=by, representative=representative, post=post)
    hindered(AGAINST_MERGING, unit, successor, by)
    succeed(unit, successor, SuccessionKind.SPLIT, by=by, on=on, document=document, others=others)


def heir(of: Organisation, name: str, reg_no: str) -> Organisation:
    """The organisation under this number; where it is not known yet, it begins as what it came of."""
    said = {field: getattr(of, field) for field in DESCRIBES} | {"name": name, "short_name": "", "name_en": "", "legal_representative": ""}
    return Organisation.objects.get_or_create(jurisdiction=of.jurisdiction, reg_no=reg_no, defaults=said)[0]


def succeed(unit: MemberUnit, successor: MemberUnit, kind: SuccessionKind, *, by: Actor, on: date, document: str, others: str = "") -> None:
    """The predecessor's membership ends today, and what ended with it is noted for an undoing."""
    if on > clock.today():
        raise Refused(_("That day is still to come."))
    was = MemberUnit.objects.values_list("state", flat=True).get(pk=unit.pk)  # the row is saved at the end of the step
    ended = end_membership(unit, f"{kind.label}: {document}")
    said = {"kind": kind, "on": on, "document": document, "others": others, "was": was, "ended": ended}
    life.succeeded(Succession.objects.create(predecessor=unit, successor=successor, by=by, **said))


@membership.step(
    _("Undo the merger or split"), MERGED, to=ACTIVE, allow=rules.may_undo_succession, tone="stop", clash=_("It was admitted anew since.")
)
def undo_succession(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """It was a mistake, found within a day: everything is as it was before."""
    undo(unit, by, reason)


@membership.step(
    _("Undo the merger or split"),
    MERGED,
    to=SUSPENDED,
    allow=rules.may_undo_succession_of_suspended,
    tone="stop",
    clash=_("It was admitted anew since."),
)
def undo_succession_of_suspended(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """The same, of a unit whose rights rested."""
    undo(unit, by, reason)


def undo(unit: MemberUnit, by: Actor, reason: str) -> None:
    succession = unit.went_into.in_force().get()
    if clock.now() - succession.taken_at >= UNDONE_WITHIN:
        raise Refused(_("A merger or split can be undone within a day. This one was registered longer ago: the unit may apply again."))
    hindered(AGAINST_UNDOING, unit, succession.successor, by)
    open_again(unit, succession.ended)
    succession.undone_at, succession.undone_because = clock.now(), reason
    succession.save(update_fields=["undone_at", "undone_because"])
    if succession.kind == SuccessionKind.SPLIT and succession.successor.is_running:
        take_back(succession.successor, by=by, reason=reason)
    life.succession_undone(succession)


@membership.step(_("Take the heir back"), ACTIVE, SUSPENDED, to=MembershipState.TERMINATED, allow=rules.may_take_back, tone="stop")
def take_back(unit: MemberUnit, *, by: Actor, reason: str) -> None:
    """It came to belong by a split alone, and that was undone."""
    end_membership(unit, reason)
