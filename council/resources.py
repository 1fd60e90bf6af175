"""What goes out to Excel: the roll of members with their posts in the council, and the table of seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, outgoing
from alliance.history.models import Event
from council.models import Seat, UnitTenure
from members.models import Certificate, MemberUnit, Representative, Term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@outgoing("members")
class Roll(Outgoing):
    """会员名册: in six statements, whatever the number of members."""

    what, title = "members.memberunit", "会员名册"
    columns = (
        "会员编号",
        "单位名称",
        "类型",
        "地区",
        "主方向",
        "届内职务",
        "代表",
        "入会日期",
        "届次",
        "证书编号",
        "证书有效期",
        "会员状态",
        "最近变更",
    )

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        units = MemberUnit.objects.select_related("organisation").in_bulk(keys)
        posts = {each.unit_id: each for each in UnitTenure.objects.running().filter(unit__in=keys).select_related("seat", "term")}
        persons = dict(Representative.objects.filter(unit__in=keys, until=None).values_list("unit", "name"))
        certificates = {each.unit_id: each for each in Certificate.objects.running().filter(unit__in=keys).select_related("term")}
        changes = dict(Event.objects.of_kind(MemberUnit).filter(thing_id__in=keys).order_by("id").values_list("thing_id", "at"))
        term = str(Term.objects.current() or "")
        said = (
            line(units[key], posts.get(key), persons.get(key, ""), certificates.get(key)) | {"最近变更": day_of(changes.get(key))}
            for key in keys
            if key in units
        )
        return [{"届次": term} | each for each in said]


def line(unit: MemberUnit, post: UnitTenure | None, person: str, certificate: Certificate | None) -> dict[str, Any]:
    said = unit.organisation.in_words
    return {
        "会员编号": unit.number,
        "单位名称": unit.organisation.name,
        "类型": said("unit_type"),
        "地区": said("region"),
        "主方向": said("main_direction"),
        "届内职务": str(post.seat) if post else "会员单位",
        "代表": person,
        "入会日期": unit.admitted_on.isoformat(),
        "证书编号": certificate.number if certificate else "",
        "证书有效期": until(certificate),
        "会员状态": unit.get_state_display(),
    } | ({"届次": str(post.term)} if post else {})


def day_of(moment: datetime | None) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d") if moment else ""


def until(certificate: Certificate | None) -> str:
    """The last day on which a certificate is good; to the end of a term that is not settled, in words."""
    if certificate is None:
        return ""
    last = certificate.valid_until or certificate.term.ends_on
    return last.isoformat() if last else f"至{certificate.term}届满"


@outgoing("seats")
class Table(Outgoing):
    """理事会席位表: every seat, held or vacant."""

    what, title = "council.seat", "理事会席位表"
    columns = ("序号", "职务", "方向", "单位", "代表", "职务/职称", "届次", "当选日期", "任期至", "状态")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Seat.objects.select_related("term").with_holders(clock.today()).in_bulk(keys)
        return [seat_line(number, found[key]) for number, key in enumerate(keys, start=first) if key in found]


def seat_line(number: int, seat: Seat) -> dict[str, Any]:
    held = seat.holders[0] if seat.holders else None
    person = held.in_person[0].representative if held and held.in_person else None
    return {
        "序号": number,
        "职务": seat.get_tier_display(),
        "方向": seat.get_direction_display(),
        "单位": held.unit.organisation.name if held else "",
        "代表": person.name if person else "",
        "职务/职称": person.post if person else "",
        "届次": str(seat.term),
        "当选日期": held.begins_on.isoformat() if held else "",
        "任期至": seat.term.ends_on.isoformat() if held and seat.term.ends_on else "",
        "状态": "在任" if held else "空缺",
    }
