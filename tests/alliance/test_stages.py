"""The five stages: milestones with their history, the preparation's figures, papers made or missing; what is public and what is the desk's."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.facts.choices import StageNumber
from alliance.facts.models import FoundingStage
from alliance.files.models import StoredFile
from alliance.history.models import Event
from alliance.stages.choices import FIGURES, NAMED_IN, STEPS, PaperName, PlanStep, Roundness
from alliance.stages.models import Activity, Milestone, StagePaper
from alliance.stages.overview import at_the_desk, public_plan
from alliance.stages.papers import lines, source_of
from members.choices import Assembly, MeetingState
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db

DESK = "/admin/stages/plan/"
CHANGE, ADD, LIST = "admin:stages_milestone_change", "admin:stages_milestone_add", "admin:stages_milestone_changelist"


@pytest.fixture
def home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def of(client, user):
    client.force_login(user)
    return client


def stage(number):
    return FoundingStage.objects.get(number=number)


def typed(**changes):
    return {"stage": stage(2).pk, "what": "发布首批需求清单", "planned_on": "", "done_on": "", "is_public": "on"} | changes


# ── Reference data ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_plan_s_steps_figures_and_papers_are_there_once(people):
    assert Milestone.objects.count() == sum(map(len, STEPS.values())) == len(PlanStep)
    assert {number: len(names) for number, names in NAMED_IN.items()} == {1: 4, 2: 2, 3: 3, 4: 4, 5: 0}
    assert sum(NAMED_IN.values(), ()) == tuple(PaperName) == tuple(StagePaper.objects.values_list("name", flat=True))
    Activity.objects.filter(kind="visits").update(count=12)
    call_command("reference")
    assert Milestone.objects.count() == len(PlanStep)
    assert Activity.objects.get(kind="visits").count == 12


@pytest.mark.parametrize(("roundness", "said"), [(Roundness.EXACT, "9"), (Roundness.OVER, "9余"), (Roundness.NEARLY, "近9")])
def test_a_figure_is_quoted_as_it_is_meant(roundness, said):
    assert Activity(kind="visits", count=9, roundness=roundness).figure == said


def test_the_notice_page_quotes_the_figures_and_leaves_out_what_is_not_stated(client):
    shown = re.sub(r"\s", "", client.get("/notice/").content.decode())
    for words in ("<dt>网络会议（次）</dt><dd>20余</dd>", "<dt>专家评审（次）</dt><dd>近10</dd>", "<dt>形成材料（套）</dt><dd>18</dd>"):
        assert words in shown
    assert "调研（次）" not in shown
    assert FIGURES["surveys"][0] is None
    assert shown.count("gb-counted") == 1


# ── Milestones ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_milestones_are_written_and_changed_by_officers_with_their_history(people, client):
    of(client, people.officer)
    assert client.post(reverse(ADD), typed(planned_on="2026-05-20")).status_code == 302
    made = Milestone.objects.get(what="发布首批需求清单")
    with clock.at(clock.midnight(date(2026, 6, 2))):
        assert client.post(reverse(CHANGE, args=[made.pk]), typed(planned_on="2026-05-20", done_on="2026-06-01")).status_code == 302
    made.refresh_from_db()
    assert (made.planned_on, made.done_on) == (date(2026, 5, 20), date(2026, 6, 1))
    assert [row.done_on for row in made.history.order_by("history_id")] == [None, date(2026, 6, 1)]
    assert {row.history_user for row in made.history.all()} == {people.officer}
    assert [event.step for event in Event.objects.of(made)] == ["add", "edit"]
    assert "需求" not in str(Event.objects.of(made).first().details)
    assert client.get(reverse("admin:stages_milestone_history", args=[made.pk])).status_code == 200


def test_a_milestone_is_read_in_the_reader_s_language_as_far_as_it_is_written(people, client):
    of(client, people.officer)
    words = {"what_hant": "發佈首批需求清單", "what_en": "The first list of needs is published"}
    client.post(reverse(ADD), typed(**words))
    made, only_chinese = Milestone.objects.get(step=""), Milestone(what="自拟")
    given = Milestone.objects.get(step=PlanStep.CALL)
    said = {}
    for language in ("zh-hans", "zh-hant", "en"):
        with override(language):
            said[language] = str(made), str(only_chinese), str(given) == given.get_step_display()
    assert said == {
        "zh-hans": ("发布首批需求清单", "自拟", True),
        "zh-hant": ("發佈首批需求清單", "自拟", True),
        "en": ("The first list of needs is published", "自拟", True),
    }
    client.cookies["django_language"] = "en"
    assert "The first list of needs is published" in client.get("/notice/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": ""}, "what"),
        ({"done_on": "2026-05-21"}, "done_on"),
        ({"planned_on": "明天"}, "planned_on"),
        ({"planned_on": "1026-05-20"}, "planned_on"),
        ({"what": "长" * 121}, "what"),
        ({"what": "隐\u202e藏"}, "what"),
        ({"stage": "99"}, "stage"),
    ],
)
def test_bad_input_is_told_at_its_field(changes, field, people, client):
    with clock.at(clock.midnight(date(2026, 5, 20))):
        answer = of(client, people.officer).post(reverse(ADD), typed(**changes))
    assert list(answer.context["adminform"].form.errors) == [field]
    assert not Milestone.objects.filter(step="").exists()


def test_a_step_of_the_plan_stays_and_the_office_s_own_may_be_taken_back(people, client):
    of(client, people.officer)
    own, given = Milestone.objects.create(stage=stage(5), what="自拟"), Milestone.objects.get(step=PlanStep.CALL)
    assert client.post(reverse("admin:stages_milestone_delete", args=[given.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:stages_milestone_delete", args=[own.pk]), {"post": "yes"}).status_code == 302
    assert not Milestone.objects.filter(pk=own.pk).exists()
    assert Milestone.history.filter(id=own.pk, history_type="-").exists()
    assert of(client, people.clerk).post(reverse("admin:stages_milestone_delete", args=[given.pk]), {"post": "yes"}).status_code == 403
    client.post(reverse(CHANGE, args=[given.pk]), typed(stage=stage(5).pk))
    given.refresh_from_db()
    assert given.stage.number == StageNumber.CALL


def test_the_office_may_put_a_step_of_the_plan_in_its_own_words(people, client):
    given = Milestone.objects.get(step=PlanStep.CALL)
    assert str(given) == "发布征集通知"
    of(client, people.secretary).post(
        reverse(CHANGE, args=[given.pk]), {"what": "发布第一批征集通知", "is_public": "on", "planned_on": "", "done_on": ""}
    )
    given.refresh_from_db()
    assert str(given) == "发布第一批征集通知"


def test_milestones_stand_in_the_order_of_their_days_those_without_last():
    Milestone.objects.all().delete()
    for what, days in (("丙", {}), ("乙", {"planned_on": "2026-06-01"}), ("甲", {"planned_on": "2026-07-01", "done_on": "2026-05-01"})):
        Milestone.objects.create(stage=stage(5), what=what, **days)
    Milestone.objects.create(stage=stage(2), what="前", planned_on="2027-01-01")
    assert list(map(str, Milestone.objects.in_order())) == ["前", "甲", "乙", "丙"]


@pytest.mark.parametrize(("days", "done", "late"), [(-1, None, True), (0, None, False), (1, None, False), (-1, 0, False)])
def test_a_milestone_is_overdue_after_its_day_until_it_is_reached(days, done, late, people, client):
    today = clock.today()
    milestone = Milestone.objects.create(
        stage=stage(2), what="自拟", planned_on=today + timedelta(days=days), done_on=today if done is not None else None
    )
    assert milestone.is_overdue == late
    assert (milestone in Milestone.objects.overdue(today)) == late
    listed = of(client, people.clerk).get(reverse(LIST) + "?waits=late").context["cl"].result_list
    assert (milestone in listed) == late


def test_earlier_values_are_written_once():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL promises it")
    Milestone.objects.create(stage=stage(2), what="自拟")
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.history.update(what="别的")


# ── Papers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def line(name):
    return next(each for found in lines().values() for each in found if each.name == name)


def test_a_paper_that_the_portal_makes_is_missing_until_it_is_made(people):
    missing = line(PaperName.AGENDA)
    assert (missing.is_made, missing.url) == (False, "/admin/members/meeting/?assembly__exact=members")
    factories.paper(factories.meeting(MeetingState.PLANNED, assembly=Assembly.COUNCIL), by=people.officer, kind="meeting_agenda")
    assert not line(PaperName.AGENDA).is_made
    paper = factories.paper(factories.meeting(MeetingState.PLANNED), by=people.officer, kind="meeting_agenda", number="会材〔2026〕1号")
    made = line(PaperName.AGENDA)
    assert (made.is_made, made.is_attached, made.url, made.number) == (True, False, f"/papers/{paper.uuid}/", "会材〔2026〕1号")
    later = factories.paper(
        factories.meeting(MeetingState.PLANNED, ordinal=9), by=people.officer, kind="meeting_agenda", number="会材〔2026〕2号"
    )
    assert line(PaperName.AGENDA).url == f"/papers/{later.uuid}/"


def test_where_a_paper_is_made_is_a_list_of_the_desk(people, client):
    of(client, people.officer)
    made_here = {name for name in PaperName if source_of(name)}
    assert made_here >= {PaperName.ELECTION_METHOD, PaperName.AGENDA, PaperName.SCRIPT}
    for name in made_here:
        assert client.get(source_of(name).url).status_code == 200, name


def test_a_kind_that_is_not_there_leaves_the_paper_to_the_office(monkeypatch):
    monkeypatch.delitem(KINDS, "meeting_agenda")
    assert line(PaperName.AGENDA).url == StagePaper.objects.get(name=PaperName.AGENDA).get_absolute_url()


def test_the_office_attaches_what_the_portal_does_not_make(people, client, home):
    row = StagePaper.objects.get(name=PaperName.WORK_PLAN)
    assert line(row.name).url == row.get_absolute_url()
    url = reverse("admin:stages_stagepaper_change", args=[row.pk])
    sent = {"number": "粤新汽筹〔2020〕1号", "dated_on": "2020-06-01", "file": SimpleUploadedFile("工作方案.png", hostile.picture("PNG"))}
    assert of(client, people.officer).post(url, sent).status_code == 302
    made = line(row.name)
    assert (made.is_made, made.is_attached, made.number, made.dated) == (True, True, "粤新汽筹〔2020〕1号", date(2020, 6, 1))
    for user, status in ((people.clerk, 200), (people.member, 404), (people.stranger, 404), (people.auditor, 404)):
        answer = of(client, user).get(made.url)
        if answer.streaming:
            b"".join(answer.streaming_content)
        assert answer.status_code == status, user
    client.logout()
    assert client.get(made.url).status_code == 302
    assert [event.step for event in Event.objects.of(row)] == ["edit", "attach"]
    client.force_login(people.officer)
    client.post(url, {"number": "", "dated_on": "", "file": SimpleUploadedFile("修订.png", hostile.picture("PNG"))})
    assert StoredFile.objects.get(uuid=line(row.name).url.split("/")[2]).title == "修订.png"


def test_a_file_that_is_refused_says_why_and_a_clerk_only_reads(people, client, home):
    row = StagePaper.objects.get(name=PaperName.WORK_PLAN)
    url = reverse("admin:stages_stagepaper_change", args=[row.pk])
    answer = of(client, people.officer).post(url, {"number": "留着", "dated_on": "", "file": SimpleUploadedFile("a.exe", b"MZ")})
    assert list(answer.context["adminform"].form.errors) == ["file"]
    assert answer.context["adminform"].form["number"].value() == "留着"
    assert of(client, people.clerk).get(url).status_code == 200
    assert client.post(url, {"number": "x"}).status_code == 403
    assert not StoredFile.objects.exists()


def test_a_paper_of_the_portal_counts_before_an_attached_one(people, client, home):
    row = StagePaper.objects.get(name=PaperName.SCRIPT)
    sent = {"number": "", "dated_on": "", "file": SimpleUploadedFile("稿.png", hostile.picture("PNG"))}
    of(client, people.officer).post(reverse("admin:stages_stagepaper_change", args=[row.pk]), sent)
    assert line(row.name).is_attached
    factories.paper(factories.meeting(MeetingState.PLANNED), by=people.officer, kind="meeting_script")
    assert not line(row.name).is_attached


# ── What is public, and what is the desk's ───────────────────────────────────────────────────────────────────────────


def test_visitors_see_public_milestones_and_no_paper(client, people):
    Milestone.objects.create(stage=stage(2), what="内部事项", is_public=False)
    Milestone.objects.create(stage=stage(2), what="公开事项", planned_on="2026-05-20")
    for url in ("/", "/notice/"):
        shown = client.get(url).content.decode()
        assert ("公开事项" in shown, "内部事项" in shown) == (True, False), url
        assert "计划 2026年5月20日" in shown or "2026年5月20日" in shown
        assert "工作手册" not in shown
    assert [each.number for each in public_plan() if each.figures] == [1]


def test_of_a_stage_that_is_done_a_step_without_a_day_says_so(client):
    shown = client.get("/notice/").content.decode()
    assert shown.count("未记日期") == len(STEPS[StageNumber.PREPARATION])
    assert shown.count(">未完成<") == len(PlanStep) - len(STEPS[StageNumber.PREPARATION])


@pytest.mark.parametrize("role", ["clerk", "officer", "secretary"])
def test_the_desk_shows_every_milestone_and_paper_made_or_missing(role, people, client):
    Milestone.objects.create(stage=stage(2), what="内部事项", is_public=False, planned_on=clock.today() - timedelta(days=1))
    factories.paper(factories.meeting(MeetingState.PLANNED), by=people.officer, kind="election_method", number="联字〔2026〕7号")
    shown = of(client, getattr(people, role)).get(DESK).content.decode()
    for words in ("内部事项", "仅工作台可见", "已逾期", "联字〔2026〕7号", "工作手册", "缺", "工作计划在本阶段未列文件"):
        assert words in shown, words
    desk = client.get("/admin/").content.decode()
    for words in ("筹备与论证", "1/4", "逾期 1 项", DESK):
        assert words in desk, words
    found = {each.stage.number: each for each in at_the_desk()}
    assert (found[4].made, [each.name for each in found[4].missing]) == (1, ["agenda", "script", "preparation_report"])
    assert found[2].next == found[2].milestones[0]


@pytest.mark.parametrize("role", ["stranger", "member", "expert", "sysadmin", "security", "auditor"])
def test_nobody_else_sees_the_desk_s_page(role, people, client):
    answer = of(client, getattr(people, role)).get(DESK)
    assert (answer.status_code, "工作手册" in answer.content.decode()) == (404 if getattr(people, role).is_staff else 302, False)


@pytest.mark.parametrize("url", ["/", "/notice/", DESK, "/admin/stages/milestone/"])
def test_a_page_costs_the_same_with_one_three_and_thirty_milestones(url, people, client):
    of(client, people.officer)
    Milestone.objects.all().delete()
    seen = set()
    for more in (1, 2, 27):
        for n in range(more):
            Milestone.objects.create(stage=stage(2), what=f"事项{n}")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        seen.add(len(queries))
    assert len(seen) == 1
