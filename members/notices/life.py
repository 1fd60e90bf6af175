"""Who is told, and in which words, when something happens in the life of a membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.kinds import kind
from alliance.letters.words import day
from members.notices import UNIT, unit_told

if TYPE_CHECKING:
    from members.models import Change, Expulsion, MemberUnit, Resignation, Sanction, Succession

REASON = {"reason": _("the reason, in the office's words")}
ON = {"day": _("since when")}
OTHER = {"other": _("the other unit, with its number"), "document": _("the document")}

REPRESENTATIVE_CHANGED = kind(
    "representative_changed", _("Representative changed"), **UNIT, was=_("who it was"), becomes=_("who it is"), **ON
)
RENAMED = kind("renamed", _("Name changed"), **UNIT, was=_("the former name"), **ON)
WENT_INTO = kind("went_into", _("Merged or split into another unit"), **UNIT, **OTHER, **ON)
TOOK_OVER = kind("took_over", _("Another unit merged or split into this one"), **UNIT, **OTHER, **ON)
SUCCESSION_UNDONE = kind("succession_undone", _("Merger or split undone"), **UNIT, other=OTHER["other"], **REASON)
RESIGNATION_GIVEN = kind("resignation_given", _("Notice of resignation received"), **UNIT, day=_("from when on"))
RESIGNATION_WITHDRAWN = kind("resignation_withdrawn", _("Notice of resignation withdrawn"), **UNIT)
LAPSED = kind("membership_lapsed", _("Deemed to have resigned"), **UNIT, **REASON)
TERMINATED = kind("membership_terminated", _("Membership terminated"), **UNIT, ground=_("the ground"), **REASON)
SANCTIONED = kind("sanctioned", _("Sanction"), **UNIT, sanction=_("the sanction"), **REASON)
CHARGED = kind("charged", _("Charges notified"), **UNIT, charges=_("the charges"), day=_("until when it may defend itself"))
DEFENCE_NOTED = kind("defence_noted", _("Defence noted"), **UNIT, way=_("how it defended itself"), **ON)
CHARGES_DROPPED = kind("charges_dropped", _("Charges dropped"), **UNIT, **REASON)
EXPELLED = kind("expelled", _("Expelled"), **UNIT, resolution=_("the resolution"), reason=_("the charges"))


def at() -> str:
    """What tells two letters of a kind about one thing apart."""
    return f"{clock.now():%Y%m%d%H%M%S%f}"


def changed(change: Change) -> None:
    """The unit reads what the register says now, and since when."""
    values = {"was": change.was, "day": day(change.on)}
    if change.representative:
        unit_told(REPRESENTATIVE_CHANGED, change.unit, key=f"changed:{change.pk}", about=change, becomes=change.becomes, **values)
    else:
        unit_told(RENAMED, change.unit, key=f"changed:{change.pk}", about=change, **values)


def succeeded(succession: Succession) -> None:
    """Both units read it, each of the other."""
    went, took = succession.predecessor, succession.successor
    for kind_, unit, other in ((WENT_INTO, went, took), (TOOK_OVER, took, went)):
        said = {"other": other, "document": succession.document, "day": day(succession.on)}
        unit_told(kind_, unit, key=f"{kind_.name}:{succession.pk}", about=succession, **said)


def succession_undone(succession: Succession) -> None:
    pair = (succession.predecessor, succession.successor)
    for unit, other in (pair, pair[::-1]):
        key = f"succession_undone:{succession.pk}:{unit.pk}"
        unit_told(SUCCESSION_UNDONE, unit, key=key, about=succession, other=other, reason=succession.undone_because)


def resignation_given(resignation: Resignation) -> None:
    """A receipt: what was given, and for which day."""
    key = f"resignation_given:{resignation.pk}"
    unit_told(RESIGNATION_GIVEN, resignation.unit, key=key, about=resignation, day=day(resignation.effective_on))


def resignation_withdrawn(resignation: Resignation) -> None:
    unit_told(RESIGNATION_WITHDRAWN, resignation.unit, key=f"resignation_withdrawn:{resignation.pk}", about=resignation)


def lapsed(unit: MemberUnit, reason: str) -> None:
    unit_told(LAPSED, unit, key=f"lapsed:{unit.pk}", reason=reason)


def terminated(unit: MemberUnit, reason: str) -> None:
    unit_told(TERMINATED, unit, key=f"terminated:{unit.pk}", ground=unit.get_ground_display(), reason=reason)


def sanctioned(sanction: Sanction) -> None:
    values = {"sanction": sanction.get_kind_display(), "reason": sanction.reason}
    unit_told(SANCTIONED, sanction.unit, key=f"sanctioned:{sanction.pk}", about=sanction, **values)


def charged(expulsion: Expulsion) -> None:
    values = {"charges": expulsion.charges, "day": day(expulsion.defend_by)}
    unit_told(CHARGED, expulsion.unit, key=f"charged:{expulsion.pk}", about=expulsion, **values)


def defence_noted(expulsion: Expulsion) -> None:
    """A correction is told again."""
    values = {"way": expulsion.get_defence_way_display(), "day": day(expulsion.defended_on or clock.today())}
    unit_told(DEFENCE_NOTED, expulsion.unit, key=f"defence_noted:{expulsion.pk}:{at()}", about=expulsion, **values)


def charges_dropped(expulsion: Expulsion) -> None:
    unit_told(CHARGES_DROPPED, expulsion.unit, key=f"charges_dropped:{expulsion.pk}", about=expulsion, reason=expulsion.dropped_because)


def expelled(expulsion: Expulsion) -> None:
    values = {"resolution": expulsion.resolution, "reason": expulsion.charges}
    unit_told(EXPELLED, expulsion.unit, key=f"expelled:{expulsion.pk}", about=expulsion, **values)
