"""The source pool as a table: out, and in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import translation

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.exchange.incoming import register
from alliance.exchange.outgoing import Outgoing, outgoing
from alliance.exchange.resource import AT_ONCE, Bulk, Column, Register, Words, flat
from alliance.sheets import Sheet, write
from applications.choices import Standing
from applications.models import Prospect
from members.choices import Direction, UnitType
from members.identifiers import check, normalise
from members.resources.organisations import BY_REGION, PLACES, REGIONS, Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAME = "单位名称"


@register
class ProspectRegister(Register):
    """Matched by the full name: of many a list knows no number."""

    name = Column(NAME, "name", must=True)
    number = Column("代码", "reg_no")
    unit_type = Column("类型", "unit_type", Words(UnitType))
    region = Column("地区", "region", REGIONS)
    main_direction = Column("主方向", "main_direction", Words(Direction))
    contact = Column("联系人", "contact_name")
    email = Column("邮箱", "contact_email", Address())
    phone = Column("电话", "contact_phone")
    source = Column("来源", "source")
    place = Column("注册地", "jurisdiction", PLACES)

    title = "征集对象名单"
    kept: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "reg_no",
            "unit_type",
            "region",
            "main_direction",
            "source",
            "jurisdiction",
            "contact_name",
            "contact_email",
            "contact_phone",
        }
    )

    class Meta(Bulk):
        model = Prospect
        fields = import_order = (
            "name", "number", "unit_type", "region", "main_direction", "contact", "email", "phone", "source", "place",
        )  # fmt: skip

    def key_of(self, row: Mapping[str, str]) -> str:
        return row.get(NAME, "").strip()

    def name_of(self, typed: Mapping[str, str]) -> str:
        return typed.get(NAME, "")

    def fetch(self, keys: Iterable[str]) -> dict[str, Prospect]:
        found: dict[str, Prospect] = {}
        wanted = sorted(keys)
        for first in range(0, len(wanted), AT_ONCE):
            rows = Prospect.objects.filter(name__in=wanted[first : first + AT_ONCE])
            if self.is_locked:
                rows = rows.select_for_update().order_by("pk")
            found |= {each.name: each for each in rows}
        return found

    def import_instance(self, instance: Prospect, row: Mapping[str, str], **kwargs: Any) -> None:
        """The number is checked by the place, which the region tells where no column does."""
        super().import_instance(instance, row, **kwargs)
        if not row.get("注册地"):
            instance.jurisdiction = BY_REGION.get(instance.region, instance.jurisdiction)
        instance.reg_no = normalise(instance.reg_no)
        try:
            if instance.reg_no:
                check(instance.jurisdiction, instance.reg_no)
        except ValidationError as wrong:
            raise ValidationError({"reg_no": wrong}) from None


@outgoing("prospects")
class ProspectSheet(Outgoing):
    """Under the heads by which it comes in, and how each stands."""

    what, title = "applications.prospect", ProspectRegister.title
    columns = (*(ProspectRegister.fields[name].column_name for name in ProspectRegister.Meta.fields), "进展")
    personal = ("联系人", "邮箱", "电话")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Prospect.objects.with_standing().in_bulk(keys)
        columns = ProspectRegister.fields.values()
        return [
            {column.column_name: column.widget.render(getattr(found[key], column.attribute)) for column in columns}
            | {"进展": str(Standing(found[key].standing).label)}
            for key in keys
            if key in found
        ]


GUIDANCE = (
    "填写说明",
    "1. 第一行是列名，不要改动；带 * 的列必须填写，其余可以留空。留空的单元格不会改动已有的内容。",
    "2. 每行一个单位，按单位全称识别：已有的更新，没有的新增；同一名称只能出现一次。",
    "3. 代码、地区、主方向等知道多少填多少；受邀单位凭邀请码开始申请时，这些内容已填入申请表，可以修改。",
    "4. 联系人须知情同意；没有邮箱的单位不能通过门户邀请。",
    "5. 进展（已邀请、已申请、已入会等）由门户得出，不能导入。",
)
ROWS = 500


def template() -> bytes:
    """The table to fill in: typed as text, lists to choose from, and how to fill it in."""
    columns = [*ProspectRegister.fields.values()]
    heads = [column.column_name for column in columns]
    with translation.override(CHINESE):
        lists = {
            column.column_name: [str(word) for value, word in flat(column.widget.choices) if value]
            for column in columns
            if isinstance(column.widget, Words)
        }
        named = [f"{column.column_name}*" if column.must else column.column_name for column in columns]
        choices = {heads.index(head): (head, ROWS) for head in lists}
        form = Sheet(ProspectRegister.title, [named], [40 if head == NAME else 20 for head in heads], columns_of_choices=choices)
        guide = Sheet("填写说明", [[line] for line in GUIDANCE], (110,), frozen=0, looks={0: ("group",)})
        return write([form, guide], moment=clock.midnight(clock.today()), lists=lists)
