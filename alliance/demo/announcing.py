"""What the office of the demo announces and keeps of the five stages, day by day; every text says that it is a demonstration."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.announcements.choices import Audience, Kind
from alliance.announcements.models import Announcement
from alliance.announcements.workflow import correct_announcement, publish_announcement, withdraw_announcement
from alliance.demo import electing
from alliance.demo.days import DAY, at, midnight_after
from alliance.documents.making import make, open_kinds
from alliance.files.forms import keep
from alliance.history.fields import acting
from alliance.history.record import record
from alliance.stages.choices import PaperName, PlanStep
from alliance.stages.models import Milestone, StagePaper
from alliance.stages.papers import SOURCES

if TYPE_CHECKING:
    from datetime import date, datetime

    from alliance.demo.story import Story

FORM, GUIDE, WORK_PLAN, BUILDING_PLAN, FOUNDING_REPORT, DECLARATION = (
    "入会申请材料清单",
    "会议须知",
    "工作方案",
    "联盟建设方案",
    "筹建方案报告",
    "申报书",
)
FIRST_SHEETS = (FORM, WORK_PLAN)  # on the day of the call
SHEETS = (GUIDE, BUILDING_PLAN, FOUNDING_REPORT, DECLARATION)

CALL = """本公告为演示，不具任何效力。

一、征集对象
企业、高校、科研院所、事业单位，以及知识产权、金融投资、宣传媒体、科技中介等服务机构，省内外和港澳台单位均可申请。

二、申请条件
- 依法注册登记的法人单位
- 具有较好的创新氛围，具备与新能源汽车相关的科研能力、服务能力或产业化条件
- 具备参与和承担联盟有关工作的实力

三、办理方式
长期受理、集中审核。请登录联盟平台在线填写申请，按材料清单上传附件；截止后提交的，计入下一批次。"""
MEETING = """本公告为演示，不具任何效力。

一、会议内容
审议选举办法，选举第一届理事会、专家委员会和秘书长。

二、参会人员
各会员单位代表一名；不能到会的，请在“本单位”的“会议”页面出具授权委托书。

三、其他事项
会议须知见附件。请各单位提前核对本单位的代表信息。"""
RESULT = """本公告为演示，不具任何效力。

联盟成立大会已选举产生第一届理事会：理事长单位1家、副理事长单位8家、理事单位16家。名单见“理事会”页面。"""
FORUM = """本公告为演示，不具任何效力。

联盟拟面向全社会征集氢燃料电池共性技术需求。

（一）征集范围
- 电堆与关键材料
- 车载储氢
- 加氢站装备

（二）提交方式
请在“咨询”页面提交，注明“技术需求”。"""
TRAINING = """本公告为演示，不具任何效力。

面向会员单位开展会员信息年度确认的操作说明。请各单位联络员登录“本单位”，在“年度确认”页面核对登记信息。"""


def plan(story: Story) -> None:
    """When each is published, and when a milestone is reached."""
    days, diary = story.days, story.diary
    diary.note(
        at(days.call, 9, 20),
        announce,
        story,
        Kind.CALL,
        "关于公开征集联盟成员单位的通知（演示）",
        CALL,
        {"last": days.deadline, "sheet": FORM},
    )
    diary.note(
        at(days.before(days.founding, 8), 10, 30),
        announce,
        story,
        Kind.MEETING,
        "关于召开联盟成立大会的通知（演示）",
        MEETING,
        {"last": days.founding, "sheet": GUIDE, "to": Audience.MEMBERS, "tells": True},
    )
    diary.note(at(days.founding, 17), announce, story, Kind.RESULT, "第一届理事会选举结果公告（演示）", RESULT, {})
    diary.note(at(days.after(days.founding, 3), 10), announce, story, Kind.NEWS, "氢燃料电池共性技术需求征集（演示）", FORUM, {})
    diary.note(at(days.after(days.founding, 4), 9), put_right, story)
    diary.note(at(days.before(days.today, 6), 15), announce, story, Kind.NEWS, "产业峰会报名通知（演示）", FORUM, {})
    diary.note(at(days.before(days.today, 5), 9), take_back, story)
    diary.note(
        at(days.before(days.today, 2), 10),
        announce,
        story,
        Kind.NEWS,
        "会员信息年度确认操作说明（演示）",
        TRAINING,
        {"to": Audience.MEMBERS},
    )
    diary.note(at(days.last, 16), draft, story, Kind.NEWS, "联盟年度报告征求意见（演示，草稿）", RESULT, {})
    diary.note(at(days.founding, 14, 30), make_papers, story)
    for step, day in steps(story):
        diary.note(at(day, 17, 30), reach, story, step)
    diary.note(at(days.call, 9, 40), attach, story, {PaperName.WORK_PLAN: WORK_PLAN})
    diary.note(at(days.deadline, 9), attach, story, {PaperName.BUILDING_PLAN: BUILDING_PLAN})
    diary.note(at(days.admission, 9), attach, story, {PaperName.FOUNDING_REPORT: FOUNDING_REPORT, PaperName.DECLARATION: DECLARATION})


def steps(story: Story) -> list[tuple[str, date]]:
    """The plan's steps, and the day on which each is reached."""
    days = story.days
    return [
        (PlanStep.RESEARCH, days.call),
        (PlanStep.CALL, days.call),
        (PlanStep.SELECTION, days.deliberation),
        (PlanStep.PROSPECTS, days.founding),
        (PlanStep.COUNCIL, days.nominations),
        (PlanStep.REPORT, days.nominations),
        (PlanStep.REVISION, days.admission),
        (PlanStep.DECLARATION, days.after(days.nominations, 2)),
        (PlanStep.SUBMISSION, days.after(days.nominations, 3)),
        (PlanStep.MEETING, days.before(days.founding, 1)),
        (PlanStep.ELECTION, days.founding),
        (PlanStep.UNVEILING, days.founding),
        (PlanStep.PLATFORM, days.after(days.founding, 5)),
    ]


def draft(story: Story, kind: str, title: str, body: str, more: dict[str, Any]) -> Announcement:
    """As the office writes it: its words, its days, its files."""
    officer = story.people["officer"]
    with acting(officer, "add"):
        made = Announcement.objects.create(
            kind=kind, title=title, body=body, audience=more.get("to", Audience.PUBLIC), valid_until=ends(more.get("last"))
        )
    record(made, "add", by=officer)
    if sheet := more.get("sheet"):
        keep(story.samples.one(sheet), about=made, by=officer)
    return made


def ends(last: date | None) -> datetime | None:
    return midnight_after(last) if last else None


def announce(story: Story, kind: str, title: str, body: str, more: dict[str, Any]) -> None:
    publish_announcement(draft(story, kind, title, body, more), by=story.people["officer"], tell_members=more.get("tells", False))


def put_right(story: Story) -> None:
    """A correction, as readers see it."""
    found = Announcement.objects.published().latest().first()
    correct_announcement(found, by=story.people["officer"], words="征集范围增列“电解水制氢”。（演示）")


def take_back(story: Story) -> None:
    found = Announcement.objects.published().latest().first()
    withdraw_announcement(found, by=story.people["officer"], reason="峰会改期，另行通知。（演示）")


FIRST_LIST = {
    "what": "发布首批技术需求清单（演示）",
    "what_hant": "發布首批技術需求清單（演示）",
    "what_en": "The first list of technical needs is published (demonstration)",
}


def reach(story: Story, step: str) -> None:
    """A step of the plan is done; the next three months of the last stage are planned."""
    officer, today = story.people["officer"], clock.today()
    with acting(officer, "edit"):
        milestone = Milestone.objects.get(step=step)
        milestone.done_on = today
        milestone.save()
        if step == PlanStep.PLATFORM:
            Milestone.objects.create(stage=milestone.stage, planned_on=story.today + 30 * DAY, **FIRST_LIST)
    record(milestone, "edit", by=officer, inputs={"done_on": today})


def make_papers(story: Story) -> None:
    """The papers of the founding meeting, as the portal makes them."""
    assembly, officer = electing.assembly(), story.people["officer"]
    for kind in open_kinds(assembly, officer):
        if kind.name in {source.kind for source in SOURCES.values()}:
            make(kind, assembly, by=officer)


def attach(story: Story, papers: dict[str, str]) -> None:
    """Papers that the office has: samples, with a number and a day."""
    officer = story.people["officer"]
    for name, sheet in papers.items():
        with acting(officer, "attach"):
            paper = StagePaper.objects.get(name=name)
            paper.number, paper.dated_on = f"演示〔{clock.today().year}〕{paper.pk}号", clock.today() - timedelta(days=1)
            paper.save()
        record(paper, "attach", by=officer, inputs={"file": keep(story.samples.one(sheet), about=paper, by=officer).pk})
