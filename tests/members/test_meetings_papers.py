"""The papers of a meeting, as they read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.documents.making import make, open_kinds
from alliance.workflow import NotAllowed
from council.models import Contest, UnitTenure
from members import workflow
from members.choices import Assembly, Direction, MeetingMode, MeetingState, Tier
from members.models import Motion, Resolution, Teller
from tests import factories

pytestmark = pytest.mark.django_db

BEGINS, ENDS = datetime(2031, 3, 18, 9, 30, tzinfo=clock.SHANGHAI), datetime(2031, 3, 18, 11, 5, tzinfo=clock.SHANGHAI)
MADE = datetime(2031, 3, 1, 9, tzinfo=clock.SHANGHAI)


def text_of(paper) -> str:
    """Every paragraph and cell of a Word paper, line by line."""
    document = Document(BytesIO(bytes(paper.content)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(line for line in lines if line)


@pytest.fixture
def units():
    return [factories.unit() for _ in range(3)]


@pytest.fixture
def meeting(people, units):
    """Called for the 18th of March 2031 with two items, one of which is a motion, and a guest."""
    with clock.at(MADE):
        made = factories.meeting(
            MeetingState.PLANNED, held_at=BEGINS, ordinal=1, presides="王例三", minutes_by="周例七", mode=MeetingMode.PAPER
        )
        workflow.convene(made, by=people.officer)
    first = made.agenda.create(position=1, title="听取筹备工作报告", speaker="周例七", words="报告已经发给各位。")
    second = made.agenda.create(position=2, title="审议章程（草案）")
    Motion.objects.create(meeting=made, item=second, subject="通过章程（草案）", weight="weighty", way="named")
    made.observers.create(name="何列席", affiliation="省主管部门")
    assert first.position < second.position
    return made


def paper(kind: str, meeting, people) -> str:
    return text_of(make(KINDS[kind], meeting, by=people.officer))


def name_of(unit) -> str:
    return unit.organisation.name


def test_the_notice_says_when_where_what_and_how_to_be_represented(people, meeting):
    text = paper("meeting_notice", meeting, people)
    for words in (
        "关于召开\n广东省大湾区新能源汽车产业技术创新联盟\n第一届第一次准成员大会的通知", "各准成员单位：", "2031年3月18日9时30分", "广州市演示路1号（现场会议）",
        "1.听取筹备工作报告", "2.审议章程（草案）", "应到3家，须有2家以上到会方可举行", "不得委托其他单位",
    ):  # fmt: skip
        assert words in text, words
    assert "提前期限不足" not in text


def test_a_notice_that_was_late_says_why(people, units):
    made = factories.meeting(MeetingState.PLANNED, urgency="主管部门要求限期备案")
    workflow.convene(made, by=people.officer)
    assert "本次会议因下列原因提前期限不足：主管部门要求限期备案" in paper("meeting_notice", made, people)


def test_a_meeting_of_persons_speaks_of_persons_and_rests_on_no_charter_before_the_founding(people):
    made = factories.meeting(MeetingState.PLANNED, assembly=Assembly.PREPARATORY, invited="李范二\n王例三\n周例七")
    workflow.convene(made, by=people.officer)
    said, roll = paper("meeting_notice", made, people), paper("meeting_roll", made, people)
    assert "根据联盟筹建工作安排，定于" in said
    assert "应到3人，须有2人以上到会方可举行。每人一票，由本人行使，不得委托他人。" in said
    assert ("查看办理情况" in said, "单位" in said) == (False, False)
    assert "1 | 李范二 | 本人 | 1" in roll


def test_the_roll_and_the_sheet_name_every_unit_once(people, meeting, units):
    with clock.at(MADE):
        workflow.add_to_roll(meeting, by=people.officer, whom=factories.unit().number, reason="申诉成立")
        workflow.strike_from_roll(meeting, by=people.officer, whom=units[2].number, reason="重复登记")
    roll, sheet = paper("meeting_roll", meeting, people), paper("meeting_sheet", meeting, people)
    rows = [line for line in roll.splitlines() if line.endswith(" | 1")]
    assert [row.split(" | ")[1] for row in rows[:2]] == [name_of(unit) for unit in units[:2]]
    assert len(rows) == 3
    assert f"更正：删去{name_of(units[2])}（重复登记）。" in roll
    assert "（申诉成立）。" in roll
    assert "应到3家　　法定人数2家" in sheet
    assert "1 | 省主管部门 | 何列席 | 　" in sheet
    assert name_of(units[2]) not in sheet


def test_the_agenda_and_the_host_s_script_follow_the_items(people, meeting):
    agenda, script = paper("meeting_agenda", meeting, people), paper("meeting_script", meeting, people)
    assert "一、听取筹备工作报告（周例七）" in agenda
    assert "表决：通过章程（草案）（记名表决）" in agenda
    for words in (
        "我是本次会议的主持人王例三", "本次会议共有两项议程。", "下面进行第一项议程：听取筹备工作报告。请周例七作说明。", "报告已经发给各位。",
        "请对“通过章程（草案）”进行表决。下面唱名表决", "本项须有应到的2/3以上赞成方为通过。",
    ):  # fmt: skip
        assert words in script, words


def test_proxies_blank_and_for_one_unit(people, meeting, units):
    blank = paper("proxy_blank", meeting, people)
    assert "委托单位：" in blank
    line = meeting.attendances.get(unit=units[0])
    workflow.give_proxy(line, by=people.officer, name="陈示七", post="技术部长")
    text = paper("proxy", line, people)
    assert f"委托单位：{name_of(units[0])}（会员编号：{units[0].number}）" in text
    assert "兹委托本单位陈示七（技术部长）代表本单位出席" in text
    with pytest.raises(NotAllowed):
        make(KINDS["proxy"], line, by=people.clerk)


def hold(people, meeting, units) -> None:
    """Two come, one of them by proxy; the third is excused; the named motion passes with one vote against it."""
    first, second, third = (meeting.attendances.get(unit=unit) for unit in units)
    workflow.give_proxy(second, by=people.officer, name="陈示七", post="技术部长", paper_given=True)
    with clock.at(BEGINS):
        workflow.open_meeting(meeting, by=people.officer)
        workflow.sign_in(first, by=people.officer)
        workflow.enter_sheet(meeting, by=people.officer, signed={second.pk}, absent={third.pk: "出差"})
        Teller.objects.create(meeting=meeting, task="chief", attendance=first)
        motion = meeting.motions.get()
        workflow.open_motion(motion, by=people.officer)
        workflow.cast(motion, {first.pk: "favour", second.pk: "against"}, by=people.officer)
        workflow.close_vote(motion, by=people.officer)
    with clock.at(ENDS):
        workflow.close_meeting(meeting, by=people.officer)


def test_the_minutes_are_drafted_from_what_happened(people, meeting, units):
    hold(people, meeting, units)
    text = paper("meeting_minutes", meeting, people)
    first, second, third = map(name_of, units)
    person, other = units[0].representative.name, units[1].representative.name
    for words in (
        "第一届第一次准成员大会纪要", "时间：2031年3月18日9时30分至11时05分", "地点：广州市演示路1号（现场会议）", "主持：王例三　　记录：周例七",
        "通知：2031年3月1日9时发出会议通知", "应到3家，实到2家，到会率66.7%；法定人数2家（应到的2/3以上），达到法定人数。",
        f"出席：{first}（{person}）；{second}（陈示七，受{other}书面委托）", "列席：何列席（省主管部门）", f"缺席及原因：{third}（出差）",
        f"监票、计票：总监票人{person}（{first}）", "1.听取筹备工作报告（周例七）", "2.审议章程（草案）",
        "（一）通过章程（草案）：应到3家，实到2家，赞成1票，不赞成1票，弃权0票，通过条件为应到的2/3以上，记名表决未通过。", f"赞成：{first}。不赞成：{second}。",
        "4.授权委托书1份", "主持人（签字）：", "2031年3月18日",
    ):  # fmt: skip
        assert words in text, words


def test_the_minutes_name_who_was_elected_and_what_was_written_in(people, units):
    meeting = factories.meeting(units=units)
    contest = Contest.objects.create(meeting=meeting, term=meeting.term, tier=Tier.DIRECTOR, direction=Direction.HYDROGEN, seats=1)
    factories.seated(units[0], by=people.secretary)
    UnitTenure.objects.filter(unit=units[0]).update(contest=contest)
    Resolution.objects.create(meeting=meeting, subject="审议经费预算", eligible=3, present=3, in_favour=3, against=0, abstaining=0)
    workflow.close_meeting(meeting, by=people.officer)
    text = paper("meeting_minutes", meeting, people)
    assert f"（一）选举{contest}：{name_of(units[0])}（{units[0].representative.name}）当选。" in text
    assert "审议经费预算：应到3家，实到3家，赞成3票，不赞成0票，弃权0票，通过条件为实到的2/3以上，表决通过。" in text


def test_a_meeting_that_resolved_nothing_says_so(people):
    meeting = factories.meeting(units=[factories.unit()], present=0)
    workflow.close_meeting(meeting, by=people.officer)
    text = paper("meeting_minutes", meeting, people)
    assert "本次会议未形成表决事项。" in text
    assert "未达到法定人数" in text
    assert "主持：（待填）" in text


def test_each_paper_has_its_time(people, meeting):
    kinds = lambda: [kind.name for kind in open_kinds(meeting, people.officer)]  # noqa: E731 — asked three times
    called = ["meeting_notice", "meeting_roll", "meeting_sheet", "meeting_agenda", "meeting_script", "proxy_blank"]
    assert kinds() == [*called, "preparation_report"]
    workflow.open_meeting(meeting, by=people.officer)
    workflow.close_meeting(meeting, by=people.officer)
    assert kinds() == [*called, "meeting_minutes", "preparation_report"]
    assert open_kinds(meeting, people.clerk) == []


def test_a_paper_is_one_click_on_the_meeting_s_page(people, meeting):
    officer = Client()
    officer.force_login(people.officer)
    address = reverse("admin:members_meeting_change", args=[meeting.pk])
    said = officer.post(address, {"_paper": "meeting_roll"}, follow=True).content.decode()
    assert "会议材料〔2031〕1号 选举人名册" in said
    assert "选举人名册_广东省大湾区新能源汽车产业技术创新联盟第一届第一次准成员大会.docx" in said
