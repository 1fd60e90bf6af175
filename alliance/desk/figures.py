"""The office's figures: what the alliance is made of against what applied, and what the register does not say yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.facts.models import facts
from alliance.history.record import record
from alliance.sheets import Sheet, write
from alliance.sheets.writing import MEDIA_TYPE
from applications.models import Application
from members.choices import ChainPosition, Direction, Scale, UnitType
from members.models import MemberUnit, Organisation
from members.models.profile import SEVERAL
from members.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.admin import AdminSite
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

WHOLE = 100.0
KEPT = (  # what the register should say of every member unit
    "name_en", "short_name", "unit_type", "region", "main_direction", "chain_position", "specialities", "scale", "founded_on",
    "registered_capital", "registered_address", "postal_address", "website", "main_business", "staff_total", "staff_rd",
)  # fmt: skip
COMPARED: dict[str, Iterable[tuple[str, Any]]] = {
    "unit_type": UnitType.choices,
    "main_direction": Direction.choices,
    "scale": Scale.choices,
    "region": REGIONS.items(),
}


@dataclass(frozen=True)
class Pair:
    """One word: how many applied and how many belong, each with its share of all."""

    word: str
    received: int
    members: int
    received_share: float
    members_share: float


@dataclass(frozen=True)
class Comparison:
    title: str
    pairs: list[Pair]


@dataclass(frozen=True)
class Gap:
    """A field that some member units leave empty."""

    field: str
    empty: int
    of: int

    @property
    def share(self) -> float:
        return WHOLE * self.empty / self.of if self.of else 0.0

    @property
    def filled(self) -> float:
        return WHOLE - self.share


# ── members against applications ─────────────────────────────────────────────────────────────────────────────────────


def comparisons(user: Any) -> list[Comparison]:
    """By type, region, direction, scale and position on the chain: of all that was ever received, and of the members of today."""
    received, members = Application.objects.visible_in_office(user), belonging(user)
    found = [compared(Organisation.label(name), counted(received, name), counted(members, name), words) for name, words in COMPARED.items()]
    return [*found, compared(Organisation.label("chain_position"), on_chain(received), on_chain(members), ChainPosition.choices)]


def belonging(user: Any) -> QuerySet:
    """The organisations that belong, as far as `user` sees."""
    return Organisation.objects.within_reach(user).filter(pk__in=MemberUnit.objects.running().values("organisation"))


def counted(rows: QuerySet, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))


def on_chain(rows: QuerySet) -> dict[str, int]:
    return rows.aggregate(**{value: Count("pk", filter=Q(chain_position__icontains=f'"{value}"')) for value in ChainPosition.values})


def compared(title: str, received: Mapping[str, int], members: Mapping[str, int], words: Iterable[tuple[str, Any]]) -> Comparison:
    """Words that neither side has are left out; what was not answered comes last."""
    known = [(value, str(word)) for value, word in words if received.get(value) or members.get(value)]
    if received.get("") or members.get(""):
        known.append(("", _("not stated")))
    all_received, all_members = (sum(side.get(value, 0) for value, _word in known) or 1 for side in (received, members))
    pairs = [(word, received.get(value, 0), members.get(value, 0)) for value, word in known]
    return Comparison(title, [Pair(word, came, are, WHOLE * came / all_received, WHOLE * are / all_members) for word, came, are in pairs])


# ── what the register does not say ───────────────────────────────────────────────────────────────────────────────────


def gaps(user: Any) -> list[Gap]:
    """Field by field, the emptiest first: one question."""
    found = belonging(user).aggregate(of=Count("pk"), **{name: Count("pk", filter=empty(name)) for name in KEPT})
    every = [Gap(Organisation.label(name), found[name], found["of"]) for name in KEPT]
    return sorted(every, key=lambda gap: -gap.empty)


def empty(name: str) -> Q:
    field = Organisation._meta.get_field(name)
    return Q(**{name: []}) if name in SEVERAL else Q(**{f"{name}__isnull": True}) if field.null else Q(**{name: ""})


def lacking(user: Any) -> list[list[Any]]:
    """Unit by unit, those that lack most first: number, name, how many fields, and which."""
    rows = (
        MemberUnit.objects.running()
        .within_reach(user)
        .values_list("number", "organisation__name", *(f"organisation__{name}" for name in KEPT))
    )
    labels = [Organisation.label(name) for name in KEPT]
    found = []
    for number, name, *values in rows:
        missing = [label for label, value in zip(labels, values, strict=True) if value in (None, "", [])]
        if missing:
            found.append([number, name, len(missing), "、".join(missing)])
    return sorted(found, key=lambda row: (-row[2], row[0]))


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def figures(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What the secretariat sees; a branch's office, of its branch."""
    if not request.user.holds(*SECRETARIAT):
        raise Http404
    context = site.each_context(request) | {
        "title": _("Figures of the alliance"),
        "comparisons": comparisons(request.user),
        "gaps": gaps(request.user),
    }
    return render(request, "admin/figures.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, with the units that lack something; they name no person, and are written down as leaving all the same."""
    if request.method != "POST" or not request.user.holds(*SECRETARIAT):
        raise Http404
    with translation.override(CHINESE):
        sides = [
            [each.title, p.word, p.received, round(p.received_share, 1), p.members, round(p.members_share, 1)]
            for each in comparisons(request.user)
            for p in each.pairs
        ]
        holes = [[gap.field, gap.empty, gap.of, round(gap.filled, 1)] for gap in gaps(request.user)]
        units = lacking(request.user)
    sheets = [
        Sheet("构成对比", [["项目", "分类", "收到申请", "占比（%）", "会员单位", "占比（%）"], *sides], (20, 28, 12, 12, 12, 12)),
        Sheet("完整度", [["字段", "未填", "会员单位", "已填（%）"], *holes], (28, 10, 12, 12)),
        Sheet("待补单位", [["会员编号", "单位名称", "缺项数", "缺哪些"], *units], (16, 40, 10, 80)),
    ]
    record(facts(), "export", by=request.user, inputs={"rows": len(sides) + len(holes) + len(units)})
    return attached(write(sheets, moment=clock.now()), MEDIA_TYPE, f"联盟统计_{clock.today():%Y%m%d}.xlsx")
