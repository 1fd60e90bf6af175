"""Ballots are counted from the press to the shredder, and every paper of an election is made of what the rows say."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from alliance.facts.models import Facts
from alliance.workflow import NotAllowed, Refused
from council import papers, workflow
from council.forms import SHEET_STEP_FORMS
from council.models import BallotSheet, Contest
from tests import factories
from tests.council.test_certifying import announced
from tests.council.test_contest import contest, counted, prepared  # noqa: F401 — a fixture


def text(pdf: bytes) -> str:
    """All words of a PDF, without the breaks that a line makes."""
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


# ── issued, left over, destroyed ──

DESTROYED = {"destroyed_by": "张示一", "witness": "陈示七"}


def test_every_ballot_is_accounted_for(people):
    sheet = factories.sheet()
    with pytest.raises(Refused, match=r"4.*3"):
        workflow.issue_ballots(sheet, by=people.officer, printed=10, issued=4)
    with pytest.raises(Refused, match=r"3.*2"):
        workflow.issue_ballots(sheet, by=people.officer, printed=2, issued=3)
    workflow.issue_ballots(sheet, by=people.officer, printed=10, issued=3)
    with pytest.raises(Refused, match=r"3.*6.*9.*10"):
        workflow.destroy_unused(sheet, by=people.officer, unused=6, destroyed_at=clock.now(), **DESTROYED)
    with pytest.raises(Refused):
        workflow.destroy_unused(sheet, by=people.officer, unused=7, destroyed_at=clock.now(), destroyed_by="张示一", witness="张示一")
    with pytest.raises(Refused):
        workflow.destroy_unused(sheet, by=people.officer, unused=7, destroyed_at=clock.now() + timedelta(days=1), **DESTROYED)
    workflow.destroy_unused(sheet, by=people.officer, unused=7, destroyed_at=clock.now(), **DESTROYED)
    assert (sheet.state, sheet.unused, sheet.witness) == ("accounted", 7, "陈示七")


def test_what_was_issued_is_settled_once_a_tally_has_it(contest, people):  # noqa: F811
    counted(contest, 8, 7, 3)
    with pytest.raises(Refused):
        workflow.issue_ballots(contest.sheet, by=people.officer, printed=12, issued=9)


@pytest.mark.parametrize(
    ("step", "typed", "where"),
    [
        ("issue_ballots", {"printed": 10, "issued": 4}, "issued"),
        ("issue_ballots", {"printed": 2, "issued": 3}, "issued"),
        ("destroy_unused", {"unused": 3, "destroyed_at": "2026-01-01 10:00", **DESTROYED}, "unused"),
        ("destroy_unused", {"unused": 2, "destroyed_at": "2026-01-01 10:00", "destroyed_by": "张示一", "witness": "张示一"}, "witness"),
        ("destroy_unused", {"unused": 2, "destroyed_at": "2090-01-01 10:00", **DESTROYED}, "destroyed_at"),
    ],
)
def test_numbers_that_do_not_add_up_are_told_at_their_field(step, typed, where, people):
    sheet = factories.sheet("issued" if step == "destroy_unused" else "prepared")
    assert where in SHEET_STEP_FORMS[step](typed, things=[sheet]).errors


# ── the ballot, the tally sheet ──


def test_a_ballot_says_what_a_voter_needs(contest, people):  # noqa: F811
    said = text(papers.ballot([contest]))
    for words in ("应选2名", "差额选举", "赞成", "不赞成", "弃权", "另选人", "填写说明", "加盖印章处", "√", "×", "○", "名单校验码"):
        assert words in said, words
    for candidate in contest.candidates.all():
        assert candidate.nomination.unit.organisation.name in said


def test_the_signs_are_those_that_the_office_has_settled(contest, people):  # noqa: F811
    Facts.objects.update_or_create(pk=1, defaults={"ballot_marks": "circle"})
    said = text(papers.ballot([contest]))
    assert "赞成的画“○”" in said
    assert "√" not in said


def test_several_contests_stand_on_one_sheet(contest, people, client):  # noqa: F811
    other = prepared(people, seats=1, candidates=1)
    sheet = BallotSheet.objects.create(meeting=contest.meeting, name="理事单位选票", colour="pink")
    type(contest).objects.filter(pk__in=[contest.pk, other.pk]).update(sheet=sheet, meeting=contest.meeting)
    client.force_login(people.officer)
    answer = client.get(reverse("admin:council_contest_ballot", args=[contest.pk]))
    assert answer["Content-Type"] == "application/pdf"
    said = text(answer.content)
    assert "应选2名" in said
    assert "应选1名" in said
    assert "用纸：粉色" in said


def test_a_long_ballot_and_its_tally_sheet_stay_readable(people):
    long = prepared(people, seats=9, candidates=9)
    assert pages(papers.ballot([long])) == 1
    assert pages(papers.tally_sheet(long)) <= 2


def test_a_tally_sheet_has_room_for_strokes_and_signatures(contest, people):  # noqa: F811
    said = text(papers.tally_sheet(contest))
    for words in ("计票单", "赞成（正字）", "唱票人", "监票人", "另选人", "收回选票"):
        assert words in said, words


def test_there_is_no_ballot_without_candidates(people, client):
    client.force_login(people.officer)
    made = prepared(people, seats=1, candidates=0)
    assert client.get(reverse("admin:council_contest_ballot", args=[made.pk])).status_code == 404
    assert client.get(reverse("admin:council_contest_tally_sheet", args=[made.pk])).status_code == 404


# ── papers that are kept ──


def test_the_report_on_the_count_is_one_page_with_everything(contest, people):  # noqa: F811
    kind = KINDS["count_report"]
    with pytest.raises(NotAllowed):
        make(kind, contest, by=people.officer)
    announced(contest, people, 6, 4, 3, write_ins={"张示一": 2}, invalid=0)
    paper = make(kind, contest, by=people.officer)
    said = text(bytes(paper.content))
    assert pages(bytes(paper.content)) == 1
    for words in (
        "应到/实到9家/9家",
        "发出选票9",
        "收回选票9",
        "有效票9",
        "多选0",
        "实到会过半数，即5票",
        "张示一2票",
        "总监票人",
        "空缺名额1",
    ):
        assert words in said, words


def test_the_method_and_the_notice_are_of_the_meeting(contest, people):  # noqa: F811
    method, notice = KINDS["election_method"], KINDS["result_notice"]
    assert make(method, contest.meeting, by=people.officer).title == "选举办法"
    with pytest.raises(NotAllowed):
        make(notice, contest.meeting, by=people.officer)
    factories.certified(counted(contest, 8, 7, 3), people.officer, people.secretary)
    paper = make(notice, contest.meeting, by=people.officer)
    from io import BytesIO

    from docx import Document

    document = Document(BytesIO(bytes(paper.content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert contest.candidates.get(place=1).unit.organisation.name in cells
    assert "理事单位\n（氢燃料）" in cells
    assert contest.candidates.get(place=3).unit.organisation.name not in cells


def test_the_papers_are_one_click_away_on_both_pages(contest, people, client):  # noqa: F811
    announced(contest, people, 8, 7, 3)
    client.force_login(people.officer)
    page = client.get(contest.get_absolute_url()).content.decode()
    assert "count_report" in page
    assert reverse("admin:council_contest_ballot", args=[contest.pk]) in page
    meeting = client.get(contest.meeting.get_absolute_url()).content.decode()
    assert "election_method" in meeting


def test_the_meeting_s_page_leads_to_each_contest_and_to_what_is_printed_of_it(contest, people, client):  # noqa: F811
    """One click from the meeting; of a contest in which nobody stands yet there is nothing to print."""
    empty = Contest.objects.create(meeting=contest.meeting, term=contest.term, kind="units", seats=1)
    client.force_login(people.officer)
    page = client.get(reverse("admin:members_meeting_change", args=[contest.meeting_id])).content.decode()
    links = [reverse(f"admin:council_contest_{name}", args=[contest.pk]) for name in ("change", "ballot", "tally_sheet")]
    assert [link in page for link in links] == [True, True, True]
    assert reverse("admin:council_contest_change", args=[empty.pk]) in page
    assert reverse("admin:council_contest_ballot", args=[empty.pk]) not in page
    assert f"{reverse('admin:council_contest_add')}?meeting={contest.meeting_id}&amp;term={contest.term_id}" in page
