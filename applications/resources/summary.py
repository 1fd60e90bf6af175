"""The table of applications (申请汇总表): a line an application, as the meeting has it on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.clock import SHANGHAI
from alliance.exchange.outgoing import Outgoing, outgoing
from alliance.history.models import Event
from applications.models import Application, Decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

DATED = ("accept", "screen", "approve")  # the steps whose day stands in the table


@outgoing("applications")
class Summary(Outgoing):
    """In four statements, whatever the number of lines."""

    what, title = "applications.application", "申请汇总表"
    columns = (
        "序号", "批次", "申请编号", "单位名称", "统一社会信用代码/登记号", "单位类型", "服务机构类别", "地区（省/市）", "产业链位置", "主方向", "相关方向", "法定代表人",
        "拟任代表", "代表职务", "联络员", "手机", "邮箱", "参与方式", "意向席位", "提名方式", "推荐单位", "提交时间", "受理时间", "状态", "初审意见", "专家平均分",
        "审议结果", "批准日期", "备注",
    )  # fmt: skip
    personal = ("手机", "邮箱")

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        found = Application.objects.with_average().select_related("batch").in_bulk(keys)
        steps = last_steps(keys)
        decisions = {each.application_id: each for each in Decision.objects.filter(application__in=keys).order_by("decided_at", "id")}
        there = [found[key] for key in keys if key in found]
        return [line(number, each, steps.get(each.pk, {}), decisions.get(each.pk)) for number, each in enumerate(there, start=first)]


def last_steps(keys: Sequence[int]) -> dict[int, dict[str, datetime]]:
    """When each of the dated steps was last taken on each application."""
    found: dict[int, dict[str, datetime]] = {}
    for pk, step, at in (
        Event.objects.of_kind(Application).filter(thing_id__in=keys, step__in=DATED).order_by("id").values_list("thing_id", "step", "at")
    ):
        found.setdefault(pk, {})[step] = at
    return found


def line(number: int, application: Application, steps: dict[str, datetime], decision: Decision | None) -> dict[str, Any]:
    said = application.in_words
    return {
        "序号": number,
        "批次": str(application.batch),
        "申请编号": application.number,
        "单位名称": application.name,
        "统一社会信用代码/登记号": application.reg_no,
        "单位类型": said("unit_type"),
        "服务机构类别": said("service_kind"),
        "地区（省/市）": said("region"),
        "产业链位置": said("chain_position"),
        "主方向": said("main_direction"),
        "相关方向": said("related_directions"),
        "法定代表人": application.legal_representative,
        "拟任代表": application.representative_name,
        "代表职务": application.representative_post,
        "联络员": application.contact_name,
        "手机": application.contact_phone,
        "邮箱": application.contact_email,
        "参与方式": said("intent"),
        "意向席位": said("seat_wanted"),
        "提名方式": said("nomination_kind"),
        "推荐单位": application.recommender,
        "提交时间": minute(application.submitted_at),
        "受理时间": minute(steps.get("accept")),
        "状态": application.get_state_display(),
        "初审意见": f"通过（{day(steps['screen'])}）" if "screen" in steps else "",
        "专家平均分": application.average if application.average is None else round(application.average, 2),
        "审议结果": decision.get_outcome_display() if decision else "",
        "批准日期": day(steps.get("approve")),
        "备注": remark(application, decision),
    }


def remark(application: Application, decision: Decision | None) -> str:
    """What the codes say beside the state: the ground of a refusal, and how often it was corrected."""
    grounds = decision.get_ground_display() if decision and decision.ground else ""
    return "；".join(filter(None, [grounds, f"补正{application.corrections}次" if application.corrections else ""]))


def minute(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else ""


def day(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d") if moment else ""
