"""会员名册: the roll of members, as it stands or stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.exchange.outgoing import Outgoing, leaves_from, outgoing
from members import register
from members.choices import BodyKind
from members.models import Colleague, Contact, MemberUnit, Organisation, Term
from members.models.colleague import Role
from members.models.profile import SEVERAL, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from members.models import Certificate
    from members.register import Entry

STATE = MemberUnit._meta.get_field("state")
NOBODY = ("", "", "")
BETWEEN = "、"
ONE_OF = ("unit_type", "region", "main_direction", "jurisdiction", "service_kind", "scale")


@outgoing("members")
class Roll(Outgoing):
    """The office's roll; with `more` the rest of the register beside it. As many statements for any number of members."""

    what, title = "members.memberunit", "会员名册"
    columns = (
        "会员编号", "单位名称", "类型", "地区", "主方向", "届内职务", "代表", "入会日期", "届次", "证书编号", "证书有效期", "会员状态", "最近变更",
    )  # fmt: skip
    more = (
        "曾用名", "简称", "英文名称", "注册地", "统一社会信用代码/登记号", "服务机构类别", "相关方向", "产业链位置", "规模", "依托单位",
        "分支机构", "工作组", "代表职务", "退会日期", "联络员", "手机", "邮箱",
    )  # fmt: skip
    personal = ("联络员", "手机", "邮箱")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = register.entries(keys, self.on, is_brief=True)
        said = Words(str(Term.objects.current(self.on) or ""), Term.objects.all())
        changes = register.changed(found, self.on)
        reached = {} if self.on else liaisons(found.values())
        return [
            said.line(found[key]) | {"最近变更": day_of(changes.get(key))} | dict(zip(self.personal, reached.get(key, NOBODY), strict=True))
            for key in keys
            if key in found
        ]


class Words:
    """The words of every list of words, put together once for all rows."""

    def __init__(self, term: str, terms: Iterable[Term]) -> None:
        self.term = term
        self.ends = {each.pk: each.ends_on.isoformat() if each.ends_on else f"至{each}届满" for each in terms}
        self.states = words_of(STATE)
        self.one = {name: words_of(Organisation._meta.get_field(name)) for name in ONE_OF}
        self.several = {name: words_of(SEVERAL[name]) for name in ("related_directions", "chain_position")}

    def line(self, entry: Entry) -> dict[str, Any]:
        """What stands under each head of one unit."""
        unit, says, person, certificate = entry.unit, entry.says, entry.representative, entry.certificate
        one = {name: words.get(value := getattr(says, name), value) for name, words in self.one.items()}
        several = {name: BETWEEN.join(words.get(each, str(each)) for each in getattr(says, name)) for name, words in self.several.items()}
        return {
            "会员编号": unit.number,
            "单位名称": says.name,
            "类型": one["unit_type"],
            "地区": one["region"],
            "主方向": one["main_direction"],
            "届内职务": str(entry.post.seat) if entry.post else "会员单位",
            "代表": person.name if person else "",
            "入会日期": unit.admitted_on.isoformat(),
            "届次": str(entry.post.term) if entry.post else self.term,
            "证书编号": certificate.number if certificate else "",
            "证书有效期": self.until(certificate),
            "会员状态": self.states[unit.state],
            "曾用名": BETWEEN.join(entry.former_names),
            "简称": says.short_name,
            "英文名称": says.name_en,
            "注册地": one["jurisdiction"],
            "统一社会信用代码/登记号": says.reg_no,
            "服务机构类别": one["service_kind"],
            "相关方向": several["related_directions"],
            "产业链位置": several["chain_position"],
            "规模": one["scale"],
            "依托单位": entry.host,
            "分支机构": BETWEEN.join(entry.of_kind(BodyKind.BRANCH)),
            "工作组": BETWEEN.join(entry.of_kind(BodyKind.WORKING_GROUP)),
            "代表职务": person.post if person else "",
            "退会日期": unit.ended_on.isoformat() if unit.ended_on else "",
        }

    def until(self, certificate: Certificate | None) -> str:
        """The last day on which a certificate is good; to the end of a term that is not settled, in words."""
        if certificate is None:
            return ""
        return certificate.valid_until.isoformat() if certificate.valid_until else self.ends[certificate.term_id]


def day_of(moment: datetime | None) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d") if moment else ""


def liaisons(entries: Any) -> dict[int, tuple[str, str, str]]:
    """Who is reached for each unit: whoever owns it in the portal, else whom a list names."""
    by_organisation = {entry.unit.organisation_id: entry.unit.pk for entry in entries}
    listed = Contact.objects.filter(organisation__among=by_organisation).values_list("organisation", "liaison", "email")
    found = {by_organisation[key]: (name, "", email) for key, name, email in listed}
    owners = Colleague.objects.filter(organisation__among=by_organisation, until=None, role=Role.OWNS, user__is_active=True).order_by("-pk")
    for key, *reached in owners.values_list("organisation", "user__name", "user__mobile", "user__email"):
        found[by_organisation[key]] = tuple(each or "" for each in reached)
    return found


def belonging(term: Term, user: Any) -> QuerySet:
    """Those that belong today, whichever term the page is of."""
    return MemberUnit.objects.running().within_reach(user).order_by("number")


leaves_from(Term, "members", belonging)
