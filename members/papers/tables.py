"""What goes out to Excel about certificates and bodies: the list of certificates, plaque texts, addressees, and who holds which post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.exchange.outgoing import Outgoing, outgoing
from members.models import BodyTenure
from members.papers import posting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from members.models import Certificate

PARCEL = ("快递公司", "快递单号", "寄出日期")


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def parcel(certificate: Certificate) -> dict[str, str]:
    """How it went last."""
    last = certificate.sent[-1] if certificate.sent else None
    return dict(zip(PARCEL, (last.courier, last.number, iso(last.sent_on)) if last else ("", "", ""), strict=True))


@outgoing("certificates")
class Certificates(Outgoing):
    """证书清单: as the list shows them."""

    what, title = "members.certificate", "证书清单"
    columns = (
        "序号",
        "证书编号",
        "证书所载名称",
        "会员编号",
        "届次",
        "发证日期",
        "有效期至",
        "状态",
        "补发次数",
        "失效日期",
        "失效原因",
        *PARCEL,
    )

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        return [
            {
                "序号": n,
                "证书编号": each.number,
                "证书所载名称": each.name,
                "会员编号": each.unit.number,
                "届次": str(each.term),
                "发证日期": iso(each.issued_on),
                "有效期至": iso(each.last_day) or f"至{each.term}届满",
                "状态": each.get_state_display(),
                "补发次数": each.copies,
                "失效日期": iso(each.ended_on),
                "失效原因": each.end_reason,
                **parcel(each),
            }
            for n, each in enumerate(posting.in_order(keys), start=first)
        ]


@outgoing("plaques")
class Plaques(Outgoing):
    """牌匾文字: name, post and term, and nothing else."""

    what, title = "members.certificate", "牌匾文字"
    columns = ("序号", "单位名称", "职务", "届次")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        return [
            {"序号": n, "单位名称": name, "职务": post, "届次": term}
            for n, (name, post, term) in enumerate(posting.plaques(keys), start=first)
        ]


@outgoing("addressees")
class Addressees(Outgoing):
    """邮寄名单: to whom parcels go; filled in with courier numbers it comes back."""

    what, title = "members.certificate", "邮寄名单"
    columns = ("序号", "证书编号", "单位名称", "邮编", "地址", "收件人", "职务", "电话", *PARCEL)
    personal = ("收件人", "职务", "电话")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        return [
            {
                "序号": n,
                "证书编号": said["number"],
                "单位名称": said["unit"],
                "邮编": said["postcode"],
                "地址": said["address"],
                "收件人": said["person"],
                "职务": said["post"],
                "电话": said["telephone"],
                **parcel(each),
            }
            for n, each in enumerate(posting.in_order(keys), start=first)
            for said in [posting.addressee(each)]
        ]


@outgoing("holders")
class Holders(Outgoing):
    """机构任职表: who holds, and held, which post of which body."""

    what, title = "members.bodytenure", "机构任职表"
    columns = ("序号", "机构", "类别", "职务", "单位", "人员", "届次", "任职日期", "离任日期", "离任原因", "同意公示姓名")
    personal = ("人员",)

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = BodyTenure.objects.named().in_bulk(keys)
        return [
            {
                "序号": n,
                "机构": each.body.name,
                "类别": each.body.get_kind_display(),
                "职务": each.title,
                "单位": each.unit.organisation.name if each.unit else each.expert.affiliation if each.expert else "",
                "人员": each.named,
                "届次": str(each.term) if each.term else "",
                "任职日期": iso(each.begins_on),
                "离任日期": iso(each.ended_on),
                "离任原因": each.end_reason,
                "同意公示姓名": iso(each.consented_on),
            }
            for n, each in enumerate((found[key] for key in keys if key in found), start=first)
        ]
