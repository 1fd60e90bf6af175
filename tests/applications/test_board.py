"""A batch as a board and in figures: what is seen, kept, exported and counted; and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.accounts.models import SavedView
from alliance.exchange import table
from alliance.exchange.models import Export
from alliance.history.models import Event
from applications import reviewing
from applications.choices import State
from applications.dashboard import board, statistics
from applications.dashboard.board import View
from applications.models import Application, Batch, Conflict, Proposal, Score
from tests import factories

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def batch() -> Batch:
    return Batch.objects.get(number=1)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def signed_in(people, role: str = "officer") -> Client:
    client = Client()
    client.force_login(getattr(people, role))
    return client


def url(batch: Batch, page: str = "board") -> str:
    return reverse(f"admin:applications_batch_{page}", args=[batch.pk])


def seen(batch: Batch, asked: str = "") -> list[str]:
    return [each.name for each in board.seen(batch, View.of(QueryDict(asked)))]


def scored(people, application: Application, points: int) -> None:
    Score.objects.filter(review=factories.review(people.officer, application)).update(points=points)


# ── What is seen ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_board_shows_what_was_submitted_ranked_by_the_mean_of_its_sheets(people, batch):
    best, second, none = (
        factories.application(state, name=name)
        for state, name in ((State.SCREENED, "甲单位"), (State.SCREENED, "乙单位"), (State.ACCEPTED, "丙单位"))
    )
    factories.draft(name="草稿单位", batch=batch)
    scored(people, best, 5)
    scored(people, best, 4)
    scored(people, second, 3)
    rows = {each.name: each for each in board.seen(batch, View.of(QueryDict("o=rank")))}
    assert list(rows) == ["甲单位", "乙单位", "丙单位"]
    assert [(each.rank, each.average, each.spread) for each in rows.values()] == [(1, 4.5, 1), (2, 3, 0), (3, None, None)]
    page = signed_in(people).get(url(batch)).content.decode()
    assert "甲单位" in page
    assert "草稿单位" not in page
    assert none.name in page


def test_criteria_count_by_their_weights(people, batch):
    application = factories.application(State.SCREENED)
    review = factories.review(people.officer, application)
    review.scores.filter(criterion="research").update(points=1)
    assert Application.objects.with_average().get(pk=application.pk).average == pytest.approx(3.5)
    weights = dict.fromkeys(("climate", "service", "industry", "capacity", "representative"), 0) | {"research": 3}
    Batch.objects.filter(pk=application.batch_id).update(**{f"weight_{name}": value for name, value in weights.items()})
    assert Application.objects.with_average().get(pk=application.pk).average == 1
    batch.refresh_from_db()
    assert reviewing.summary(batch)[0].mean == 1  # the meeting reads the same


def test_a_sheet_that_is_not_handed_in_and_one_of_another_batch_do_not_count(people, batch):
    application = factories.application(State.SCREENED)
    review = factories.review(people.officer, application)
    type(review).objects.filter(pk=review.pk).update(handed_in_at=None)
    assert Application.objects.with_average().get(pk=application.pk).average is None


def test_it_is_narrowed_searched_and_sorted(people, batch):
    first = factories.application(State.SUBMITTED, name="甲单位", main_direction="hydrogen", region="440600")
    factories.application(State.ACCEPTED, name="乙单位", unit_type="institute")
    assert seen(batch, "state=submitted") == ["甲单位"]
    assert seen(batch, "main_direction=hydrogen&region=440600") == ["甲单位"]
    assert seen(batch, "unit_type=institute") == ["乙单位"]
    assert seen(batch, f"q={first.reg_no.lower()}") == ["甲单位"]
    assert seen(batch, "q=单位&o=name") == ["乙单位", "甲单位"]
    assert seen(batch, "o=nonsense&state=&q=") == ["甲单位", "乙单位"]
    for odd in ("state=%00", "region=999999", "p=1000000000", "q=" + "x" * 5000, "c=password"):
        assert signed_in(people).get(url(batch) + "?" + odd).status_code == 200, odd


def test_what_is_missing_recused_and_decided_stands_beside_each(people, batch):
    application = factories.application(State.SUBMITTED, sealed=False)
    application.attachments.filter(kind="certificate").update(removed_at=clock.now())
    Application.objects.filter(pk=application.pk).update(seal_due_at=clock.now() + timedelta(days=3))
    factories.assignment(people.officer, application, state="recused", reason="同一单位")
    factories.assignment(people.officer, application, state="assigned")
    Conflict.objects.create(expert=factories.expert(), organisation=application.organisation, noted_by=people.officer)
    Proposal.objects.create(application=application, batch=batch, outcome="passed", proposed_by=people.officer)
    row = board.filled(list(board.seen(batch, View.of(QueryDict("")))), batch)[0]
    assert (row.missing, row.reviews, row.recused, row.conflicts) == (["登记证书", "盖章申请表"], "0/1", 1, 1)
    assert (row.text("proposal"), row.text("outcome")) == ("通过", "")


# ── What is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_are_kept_for_the_person_and_views_under_their_names(people, batch):
    factories.application(State.SUBMITTED, name="甲单位")
    client = signed_in(people)
    client.post(url(batch), {"c": ["state", "number"], "query": ""})
    heads = [head["name"] for head in client.get(url(batch)).context["heads"]]
    assert heads == ["number", "name", "state"]
    assert [head["name"] for head in signed_in(people, "clerk").get(url(batch)).context["heads"]] == list(board.in_order(board.USUAL))
    client.post(url(batch), {"c": ["average"], "query": "state=screened&p=3", "name": "初审后"})
    kept = SavedView.objects.get(name="初审后")
    assert (kept.user, kept.query, kept.columns) == (people.officer, "state=screened&c=name&c=average", ["name", "average"])
    assert "初审后" in client.get(url(batch)).content.decode()
    client.post(url(batch), {"forget": "1", "name": "初审后", "query": ""})
    assert not SavedView.objects.exclude(name="").exists()


def test_what_is_exported_is_what_is_seen_and_it_is_written_down(people, batch):
    factories.application(State.SUBMITTED, name="甲单位")
    factories.application(State.ACCEPTED, name="乙单位")
    answer = signed_in(people, "clerk").post(
        reverse("admin:applications_batch_board_export", args=[batch.pk]) + "?state=accepted&c=name&c=state"
    )
    read = table.read(SimpleUploadedFile("a.xlsx", answer.content))
    assert (read.heads, [texts for _row, texts in read.lines]) == (["单位名称", "状态"], [["乙单位", "已受理"]])
    note = Export.objects.get()
    assert (note.by, note.count, note.heads, note.content) == (people.clerk, 1, ["单位名称", "状态"], None)
    event = Event.objects.get(step="export")
    assert (event.actor, event.details) == (people.clerk, {"sheet": "board", "rows": 1, "internal": False, "form": "xlsx"})


def test_what_is_ticked_takes_a_step_by_the_page_of_the_step(people, batch):
    applications = [factories.application(State.ACCEPTED), factories.application(State.ACCEPTED)]
    page = signed_in(people).get(url(batch)).content.decode()
    assert 'value="step_screen"' in page
    answer = signed_in(people).post(
        reverse("admin:applications_application_changelist"),
        {"action": "step_screen", "_selected_action": [each.pk for each in applications]},
    )
    assert answer.status_code == 302
    assert "steps/screen/" in answer.url


def test_whoever_ticked_nothing_stays_on_the_board_as_it_was_seen_and_is_told(people, batch):
    factories.application(State.ACCEPTED, name="甲单位")
    factories.application(State.ACCEPTED, name="乙单位")
    client = signed_in(people)
    page = client.get(f"{url(batch)}?q=甲单位")
    assert f'name="_board" value="{batch.pk}"' in page.content.decode()
    said = {"action": "step_screen", "_board": batch.pk, "_seen": page.context["query"]}
    answer = client.post(reverse("admin:applications_application_changelist"), said, follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(url(batch))
    assert ("甲单位" in shown, "乙单位" in shown, "没有勾选" in shown) == (True, False, True)


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_batch_is_counted_by_everything_that_is_asked(people, batch):
    factories.application(State.SUBMITTED, chain_position=["upstream", "midstream"], scale="large")
    factories.application(State.ACCEPTED, main_direction="hydrogen", unit_type="institute", seat_wanted="director", nomination_kind="self")
    found = {chart.title: [(bar.label, bar.count) for bar in chart.bars] for chart in statistics.charts(batch)}
    assert found == {
        "单位类型": [("企业", 1), ("科研院所", 1)],
        "地区": [("深圳", 2)],
        "主方向": [("电动", 1), ("氢燃料", 1)],
        "产业链位置（可多选）": [("中游", 2), ("上游", 1)],
        "企业规模": [("大型", 1), ("未填写", 1)],
        "参与方式": [("参与联盟", 2)],
        "意向席位": [("会员单位", 1), ("理事单位", 1)],
    }


def test_time_in_each_state_is_told_in_working_days_against_its_limit(people, batch):
    from datetime import UTC, datetime

    monday = datetime(2020, 11, 2, 2, tzinfo=UTC)
    made = [factories.application(State.SUBMITTED) for _ in range(3)]
    for number, each in enumerate(made):
        Event.objects.create(
            kind="applications.application",
            thing_id=each.pk,
            step="submit",
            before="draft",
            after="submitted",
            actor=people.applicant,
            at=monday,
        )
        days = (1, 4, 14)[number]
        Event.objects.create(
            kind="applications.application",
            thing_id=each.pk,
            step="accept",
            before="submitted",
            after="accepted",
            actor=people.clerk,
            at=monday + timedelta(days=days),
        )
    Event.objects.create(
        kind="applications.application",
        thing_id=made[0].pk,
        step="screen",
        before="accepted",
        after="screened",
        actor=people.officer,
        at=monday + timedelta(days=3),
    )
    found = {stay.state: stay for stay in statistics.stays(batch)}
    submitted = found[State.SUBMITTED]
    assert (submitted.count, submitted.limit, submitted.median, submitted.longest, submitted.over, submitted.still) == (3, 5, 4, 10, 1, 0)
    assert (found[State.ACCEPTED].count, found[State.ACCEPTED].still) == (3, 2)
    assert found[State.SCREENED].limit is None


def test_the_figures_leave_as_a_workbook(people, batch):
    factories.application(State.SUBMITTED)
    client = signed_in(people)
    assert client.get(url(batch, "statistics")).status_code == 200
    answer = client.post(reverse("admin:applications_batch_statistics_export", args=[batch.pk]))
    assert table.read(SimpleUploadedFile("a.xlsx", answer.content)).lines[0][1][:3] == ["单位类型", "企业", "1"]


# ── What it costs, and who may ───────────────────────────────────────────────────────────────────────────────────────


def grown(to: int, batch: Batch) -> None:
    """As many applications as said: copies of one, with its events."""
    model = (
        factories.application(State.SUBMITTED)
        if not batch.applications.exclude(submitted_at=None).exists()
        else batch.applications.exclude(submitted_at=None).first()
    )
    fields = [field.attname for field in Application._meta.concrete_fields if field.attname not in ("id", "uuid", "number", "reg_no")]
    there = batch.applications.exclude(submitted_at=None).count()
    made = [
        Application(number=f"SQ2020-C{n}", reg_no=f"COPY{n}", **{name: getattr(model, name) for name in fields}) for n in range(there, to)
    ]
    Application.objects.bulk_create(made, batch_size=500)
    Event.objects.bulk_create(
        Event(kind="applications.application", thing_id=each.pk, step=step, before=before, after=after, actor_id=model.applicant_id)
        for each in made
        for step, before, after in (("submit", "draft", "submitted"), ("accept", "submitted", "accepted"))
    )


@pytest.mark.parametrize("page", ["board", "statistics"])
def test_a_batch_of_three_thousand_asks_no_more_than_one_of_one(page, people, batch, settings):
    client, asked, rows = signed_in(people), [], []
    client.get(url(batch, page))
    for size in (1, 30, 3000):
        grown(size, batch)
        loaded = []

        def counted(execute, *asked_with, loaded=loaded):
            answer = execute(*asked_with)
            loaded.append(asked_with[-1]["cursor"].rowcount)
            return answer

        with CaptureQueriesContext(connection) as captured, connection.execute_wrapper(counted):
            assert client.get(url(batch, page)).status_code == 200
        asked.append(len(captured))
        rows.append(sum(n for n in loaded if n > 0))
    assert asked[0] == asked[1] == asked[2] <= MOST, asked
    assert rows[2] <= rows[1] + 60, rows


@pytest.mark.parametrize("page", ["board", "statistics", "board_export", "statistics_export"])
def test_the_secretariat_sees_a_batch_and_nobody_else(page, people, batch):
    factories.application(State.SUBMITTED)
    for role in ("stranger", "member", "clerk", "officer", "secretary", "sysadmin", "security", "auditor"):
        client = signed_in(people, role)
        answer = client.post(url(batch, page)) if page.endswith("export") else client.get(url(batch, page))
        expected = 200 if role in ("clerk", "officer", "secretary") else 302 if role in ("stranger", "member") else 404
        assert answer.status_code == expected, role


def test_what_waits_for_approval_has_no_date_of_the_notice_that_ended_before(people, batch):
    """The last day of the public notice stays with an application; it is no limit of what comes after."""
    over = clock.now() - timedelta(days=30)
    factories.application(State.APPROVED, publicity_from=over - timedelta(days=7), publicity_until=over)
    Application.objects.filter(state=State.APPROVED).update(publicity_until=over, due_at=None)
    factories.application(State.PUBLICITY)
    notes = {str(each["label"]): each["note"] for each in signed_in(people).get(url(batch)).context["stations"]}
    assert notes["批准"] == ""
    assert notes["公示"] != ""
