"""What goes out to Excel, and comes in: the register of organisations, and the roll of members."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.exchange.incoming import register
from alliance.exchange.outgoing import Outgoing, outgoing
from alliance.exchange.resource import AT_ONCE, Bulk, Column, Day, Plain, Register, Words, flat
from alliance.sheets import Sheet, write
from members.choices import Direction, Jurisdiction, LegalForm, NumberKind, Scale, ServiceKind, UnitType
from members.identifiers import check, kind_of, normalise
from members.models import Contact, Organisation
from members.regions import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NUMBER, PLACE, REGION, NAME, HOST, HOST_NO = "代码", "注册地", "地区", "单位名称", "依托单位", "依托单位代码"
BY_REGION = {"810000": Jurisdiction.HONG_KONG, "820000": Jurisdiction.MACAO, "710000": Jurisdiction.TAIWAN}
BESIDE = ("representative", "liaison", "email")  # what a contact says
OF_ALLIANCES = (NumberKind.CN_RECOGNITION, NumberKind.CN_OTHER)  # numbers of what no register of legal persons knows


class Places(Words):
    """Regions, also as they are written out: 广州市, 广东省广州市, 湖南省, 广西壮族自治区 and so on."""

    ENDS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "地区", "省", "市")

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        short = value.removeprefix("广东省") or value
        end = next((end for end in self.ENDS if short.endswith(end)), "")
        return super().clean(short.removesuffix(end) or value)


PLACES, REGIONS = Words(Jurisdiction), Places(CHOICES)


class Address(Plain):
    """An e-mail address."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        try:
            validate_email(value)
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from None
        return value.lower()


@register
class OrganisationRegister(Register):
    """The organisations, matched by place of registration and number. What a contact says lies beside the register, and in no history."""

    name = Column(NAME, "name", must=True)
    number = Column(NUMBER, "reg_no", must=True)
    unit_type = Column("类型", "unit_type", Words(UnitType), must=True)
    region = Column(REGION, "region", REGIONS, must=True)
    main_direction = Column("主方向", "main_direction", Words(Direction), must=True)
    representative = Column("代表", "representative")
    liaison = Column("联络员", "liaison")
    email = Column("邮箱", "email", Address())
    place = Column(PLACE, "jurisdiction", PLACES)
    host = Column(HOST, "host_name")
    host_no = Column(HOST_NO, "host_no")
    short_name = Column("简称", "short_name")
    name_en = Column("英文名称", "name_en")
    service_kind = Column("服务类别", "service_kind", Words(ServiceKind))
    scale = Column("规模", "scale", Words(Scale))
    founded_on = Column("成立日期", "founded_on", Day())

    title = "单位名单"
    in_template = (NAME, NUMBER, "类型", REGION, "主方向", "代表", "联络员", "邮箱", HOST, HOST_NO)
    kept: ClassVar[frozenset[str]] = frozenset(
        {"name", "reg_no", "jurisdiction", "unit_type", "region", "main_direction", "short_name", "name_en", "service_kind", "scale", "founded_on", "legal_form", "host"}
    )  # fmt: skip

    class Meta(Bulk):
        model = Organisation
        fields = import_order = (
            "name", "number", "unit_type", "region", "main_direction", "representative", "liaison", "email", "place", "host", "host_no", "short_name",
            "name_en", "service_kind", "scale", "founded_on",
        )  # fmt: skip

    # ── which one ──

    def key_of(self, row: Mapping[str, str]) -> tuple[str, str]:
        return key_from(row.get(PLACE, ""), row.get(REGION, ""), row.get(NUMBER, ""))

    def name_of(self, typed: Mapping[str, str]) -> str:
        return typed.get(NAME, "") or typed.get(NUMBER, "")

    def comes_after(self, typed: Mapping[str, str]) -> int:
        """A host may stand in the same table: it is there before what it hosts."""
        return 1 if typed.get(HOST_NO) else 0

    def fetch(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Organisation]:
        found: dict[tuple[str, str], Organisation] = {}
        wanted = sorted(keys)
        for first in range(0, len(wanted), AT_ONCE):
            rows = Organisation.objects.under_numbers(wanted[first : first + AT_ONCE]).select_related("contact", "host")
            if self.is_locked:
                rows = rows.select_for_update(of=("self",)).order_by("pk")
            found |= {(each.jurisdiction, each.reg_no): with_contact(each) for each in rows}
        return found

    def init_instance(self, row: Any = None) -> Organisation:
        return with_contact(Organisation(), NOBODY)

    # ── what it would be ──

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """The hosts that are named, as far as they are known."""
        numbers = {normalise(row[HOST_NO]) for row in dataset.dict if row.get(HOST_NO)} if HOST_NO in dataset.headers else set()
        self.hosts = {number: each for (_place, number), each in self.fetch((Jurisdiction.MAINLAND.value, n) for n in numbers).items()}

    def import_instance(self, instance: Organisation, row: Mapping[str, str], **kwargs: Any) -> None:
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as wrong:
            errors = wrong.error_dict
        instance.jurisdiction, instance.reg_no = self.key_of(row)
        instance.host_no = normalise(instance.host_no)
        try:
            check(instance.jurisdiction, instance.reg_no)
        except ValidationError as wrong:
            errors.setdefault("reg_no", wrong)
        errors |= self.settle_host(instance) if not errors else {}
        if errors:
            raise ValidationError(errors)

    def settle_host(self, instance: Organisation) -> dict[str, ValidationError]:
        """An alliance under a number of no register has a host that signs for it; nothing else has one (R11, R21)."""
        is_contract = instance.unit_type == UnitType.ALLIANCE and kind_of(instance.jurisdiction, instance.reg_no) in OF_ALLIANCES
        if not is_contract:
            instance.legal_form = instance.legal_form or LegalForm.LEGAL_PERSON
            return {"host_no": ValidationError(_("only an alliance without legal personality has a host unit"))} if instance.host_no else {}
        instance.legal_form = LegalForm.UNINCORPORATED
        if not instance.host_no or not (instance.host_name or instance.host_no in self.hosts):
            return {"host_no": ValidationError(_("an alliance without legal personality needs its host unit, with name and code"))}
        try:
            check(Jurisdiction.MAINLAND, instance.host_no)
        except ValidationError as wrong:
            return {"host_no": wrong}
        return {}

    # ── writing ──

    def create(self, instances: list[Organisation]) -> None:
        """Those without a host first: among them may be hosts of the others."""
        alone = [each for each in instances if not each.host_no]
        super().create(alone)
        self.hosts |= {each.reg_no: each for each in alone if each.jurisdiction == Jurisdiction.MAINLAND}
        hosted = [each for each in instances if each.host_no]
        self.give_hosts(hosted)
        super().create(hosted)

    def update(self, instances: list[Organisation]) -> None:
        self.give_hosts([each for each in instances if each.host_no])
        super().update(instances)

    def attributes(self, instance: Organisation) -> set[str]:
        found = super().attributes(instance)
        return found | {"host", "legal_form"} if "host_no" in found or "unit_type" in found else found

    def give_hosts(self, hosted: list[Organisation]) -> None:
        """Hosts that nobody knew are known from now on, by name and number."""
        unknown = {each.host_no: each.host_name for each in hosted if each.host_no not in self.hosts}
        made = [
            Organisation(jurisdiction=Jurisdiction.MAINLAND, reg_no=no, name=name, legal_form=LegalForm.LEGAL_PERSON)
            for no, name in unknown.items()
        ]
        super().create(made)
        self.hosts |= {each.reg_no: each for each in made}
        for each in hosted:
            each.host = self.hosts[each.host_no]

    def write_beside(self, instances: Sequence[Organisation]) -> None:
        told = [
            each for each in instances if set(BESIDE).intersection(self.attributes(each)) and any(getattr(each, name) for name in BESIDE)
        ]
        rows = [Contact(organisation=each, **{name: getattr(each, name) for name in BESIDE}) for each in told]
        Contact.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["organisation"], update_fields=list(BESIDE)
        )


@lru_cache(maxsize=50_000)
def key_from(place: str, region: str, number: str) -> tuple[str, str]:
    """Where it is registered, as the table says, else by the region; and its number. What is no place at all is told at its column."""
    found = Jurisdiction.MAINLAND.value
    with suppress(ValueError):
        found = PLACES.clean(place) if place else BY_REGION.get(REGIONS.clean(region), Jurisdiction.MAINLAND).value
    return found, normalise(number)


NOBODY = Contact()


def with_contact(organisation: Organisation, contact: Contact | None = None) -> Organisation:
    """The organisation with its contact's words as attributes of its own, which the columns compare and set."""
    contact = contact or getattr(organisation, "contact", None) or NOBODY
    for name in BESIDE:
        setattr(organisation, name, getattr(contact, name))
    host = organisation.host if organisation.host_id else None
    organisation.host_name, organisation.host_no = (host.name, host.reg_no) if host else ("", "")
    return organisation


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@outgoing("organisations")
class OrganisationSheet(Outgoing):
    """The register under the heads by which it comes in: what was exported and is sent back changes nothing."""

    what, title = "members.organisation", OrganisationRegister.title
    columns = tuple(OrganisationRegister.fields[name].column_name for name in OrganisationRegister.Meta.fields)
    personal = ("代表", "联络员", "邮箱")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Organisation.objects.select_related("contact", "host").in_bulk(keys)
        columns = OrganisationRegister.fields.values()
        return [
            {column.column_name: column.widget.render(getattr(each, column.attribute)) for column in columns}
            for each in (with_contact(found[key]) for key in keys if key in found)
        ]


# ── The template ─────────────────────────────────────────────────────────────────────────────────────────────────────

GUIDANCE = (
    "填写说明",
    "1. 第一行是列名，不要改动；带 * 的列必须填写，其余可以留空。留空的单元格不会改动登记簿里已有的内容。",
    "2. 每行一个单位；同一代码只能出现一次。登记簿按“注册地＋代码”识别单位：已有的更新，没有的新增。",
    "3. 单元格已设为文本：统一社会信用代码请直接录入，不要改成数字（Excel 会把18位数字截成15位），也不要使用公式、合并单元格。",
    "4. 类型、地区、主方向请从下拉列表中选；广东填地级市，其他填省、自治区、直辖市或者香港、澳门、台湾。",
    "5. 没有法人资格的契约型联盟：代码填本联盟的认定编号（LM-…）或认定文件文号，并填写依托单位及其统一社会信用代码。",
    "6. 上传后先比对：逐行列出新增、变更（逐项对照）和不变；有一行不能接收，整个文件都不写入。",
    "7. 状态、会员编号等不能导入：12家已认定联盟导入后，在“单位”列表中勾选，由秘书长办理“认定入会”。",
)
WIDTHS = {NAME: 40, NUMBER: 26, "类型": 18, HOST: 36, HOST_NO: 26, "邮箱": 28}
ROWS = 500


def template() -> bytes:
    """The table of §5.4 as a workbook: typed as text, lists to choose from, and how to fill it in."""
    columns = {column.column_name: column for column in OrganisationRegister.fields.values()}
    heads = OrganisationRegister.in_template
    with translation.override(CHINESE):
        lists = {
            head: [str(word) for value, word in flat(column.widget.choices) if value]
            for head, column in columns.items()
            if head in heads and isinstance(column.widget, Words)
        }
        named = [f"{head}*" if columns[head].must else head for head in heads]
        form = Sheet(
            OrganisationRegister.title,
            [named],
            [WIDTHS.get(head, 14) for head in heads],
            columns_of_choices={heads.index(head): (head, ROWS) for head in lists},
        )
        guide = Sheet("填写说明", [[line] for line in GUIDANCE], (110,), frozen=0, looks={0: ("group",)})
        return write([form, guide], moment=clock.midnight(clock.today()), lists=lists)
