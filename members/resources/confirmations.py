"""Who has confirmed this year and who has not, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, outgoing
from members.models import Confirmation
from members.models.colleague import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


@outgoing("confirmations")
class ConfirmationSheet(Outgoing):
    """One line a unit; whom to call about it stands in the internal version alone."""

    what, title = "members.confirmation", "年度信息确认"
    columns = (
        "序号",
        "年度",
        "会员编号",
        "单位名称",
        "类型",
        "地区",
        "主方向",
        "确认状态",
        "方式",
        "确认时间",
        "代表",
        "联系人",
        "邮箱",
        "手机",
    )
    personal = ("代表", "联系人", "邮箱", "手机")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        rows = Confirmation.objects.select_related("unit__organisation__contact", "campaign")
        found = rows.prefetch_related("unit__representatives", "unit__organisation__colleagues__user").in_bulk(keys)
        return [line(found[key], first + n) for n, key in enumerate(keys) if key in found]


def line(confirmation: Confirmation, number: int) -> dict[str, Any]:
    unit = confirmation.unit
    told = unit.organisation
    name, email, mobile = reached(unit)
    at = confirmation.confirmed_at
    values = (
        number, confirmation.campaign.year, unit.number, told.name, told.get_unit_type_display(), told.get_region_display(),
        told.get_main_direction_display(), confirmation.get_state_display(), confirmation.get_way_display(),
        f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if at else "", getattr(unit.representative, "name", ""), name, email, mobile,
    )  # fmt: skip
    return dict(zip(ConfirmationSheet.columns, values, strict=True))


def reached(unit: Any) -> tuple[str, str, str]:
    """Whom to call: who owns the organisation's account; without one, whom a list names."""
    colleagues = [each for each in unit.organisation.colleagues.all() if each.until is None]
    if colleagues:
        user = min(colleagues, key=lambda each: (each.role != Role.OWNS, each.pk)).user
        return user.name, user.email, user.mobile or ""
    contact = getattr(unit.organisation, "contact", None)
    return (contact.liaison or contact.representative, contact.email, "") if contact else ("", "", "")
