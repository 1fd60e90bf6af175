"""The papers of an election that are kept: its method (选举办法), the report on a count (计票结果报告单), the notice of the results (选举结果公告)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from alliance import clock
from alliance.documents.kinds import PDF, Kind, declare, declare_beside
from alliance.documents.numbers import SERIES, document_number
from alliance.documents.words import day
from alliance.numbering.models import take
from council import rules
from council.choices import ContestState, RulingKind
from council.models import Candidate, Contest, Result
from council.papers.words import choice, fraction, meeting_named, of_base, office_of, post, signs_in_words
from members.choices import Matter
from members.models import Meeting
from members.papers.majorities import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from alliance.workflow import Actor
    from council.election import Key

COUNTED = (ContestState.ANNOUNCED, ContestState.SIGNED, ContestState.CERTIFIED, ContestState.CORRECTED)
RULED = {RulingKind.RUNOFF: "对得票相同的候选人再次投票", RulingKind.VACANT: "未选足的席位暂缺"}


# ── 计票结果报告单 ────────────────────────────────────────────────────────────────────────────────────────────────────


def count_report(contest: Contest) -> dict[str, Any]:
    """Everything that is reported of a count, on one page."""
    tally, snapshot = contest.tally, contest.snapshot
    found, figures = contest.outcome_of(tally), tally.figures
    quorum = contest.meeting.term.rule(Matter.QUORUM)
    return {
        "subject": post(contest),
        "meeting": meeting_named(contest.meeting),
        "seats": snapshot["seats"],
        "candidates": len(snapshot["candidates"]),
        "choice": choice(contest),
        "counted": counted(contest.meeting.assembly),
        "eligible": snapshot["eligible"],
        "present": snapshot["present"],
        "quorum": f"{fraction(quorum)}，至少{quorum.threshold.least(snapshot['eligible'])}{counted(contest.meeting.assembly)}，已达到",
        "issued": figures.issued,
        "returned": figures.returned,
        "valid": figures.valid,
        "invalid": figures.invalid,
        "overvoted": figures.overvoted,
        "unreadable": figures.invalid - figures.overvoted,
        "rows": rows(contest, figures.votes, set(found.elected), set(found.tied)),
        "write_ins": [
            [name + ("（待会议决定）" if name in found.write_ins else ""), n]
            for name, n in sorted(figures.write_ins.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "bar": f"{of_base(contest)}{fraction(contest)}，即{contest.least_of(tally.valid)}票",
        "elected": names(contest, found.elected),
        "open": found.unfilled,
        "rulings": [RULED[RulingKind(each.kind)] for each in contest.rulings.all() if each.kind in RULED],
    }


def rows(contest: Contest, votes: Any, elected: set[Key], tied: set[Key]) -> list[dict[str, Any]]:
    found = Candidate.objects.filter(contest=contest).order_by("place")
    return [
        {
            "place": each.place,
            "name": str(each),
            "in_favour": votes[each.pk].in_favour,
            "against": votes[each.pk].against,
            "abstaining": votes[each.pk].abstaining,
            "result": "当选" if each.pk in elected else "票数相同" if each.pk in tied else "未当选",
        }
        for each in found
    ]


def names(contest: Contest, keys: Iterable[Key]) -> list[str]:
    """Those elected, in the order of the outcome."""
    called = {each.pk: str(each) for each in Candidate.objects.filter(contest=contest)}
    return [called[key] if isinstance(key, int) else key for key in keys]


def may_report(by: Actor, contest: Contest) -> bool:
    return rules.is_officer(by, contest) and contest.state in COUNTED


def issue_of(contest: Contest) -> str:
    """A correction makes another report; the first stays as it was."""
    result = contest.result
    return f"result {result.number}" if result and result.supersedes_id else ""


def report_number(thing: Any, moment: datetime) -> str:
    """湾新汽联选〔2021〕3号: reports on counts have a series of their own."""
    year = moment.astimezone(clock.SHANGHAI).year
    return f"{SERIES}选〔{year}〕{take(f'count {SERIES} {year}')}号"


# ── 选举办法, 选举结果公告 ────────────────────────────────────────────────────────────────────────────────────────────


def election_method(meeting: Meeting) -> dict[str, Any]:
    """What the meeting votes by; posts and numbers from its contests, thresholds from the term's rules."""
    term, contests = (
        meeting.term,
        list(meeting.contests.exclude(state=ContestState.VOID).filter(runoff_of=None).select_related("body").order_by("pk")),
    )
    quorum, directors, leaders = term.rule(Matter.QUORUM), term.rule(Matter.DIRECTORS), term.rule(Matter.LEADERS)
    others = term.rule(Matter.OTHER_POSTS)
    return {
        "subject": str(meeting),
        "meeting": meeting_named(meeting),
        "posts": [
            {"n": n, "post": post(each), "seats": each.seats, "candidates": each.candidates.count(), "choice": choice(each)}
            for n, each in enumerate(contests, start=1)
        ],
        "quorum": fraction(quorum),
        "directors": f"{of_base(directors)}{fraction(directors)}",
        "leaders": f"{of_base(leaders)}{fraction(leaders)}",
        "others": f"{of_base(others)}{fraction(others)}",
        "signs": signs_in_words(),
        "two_steps": any(each.drawn_from_id for each in contests),
    }


def may_write_method(by: Actor, meeting: Meeting) -> bool:
    return rules.is_officer(by, meeting) and meeting.contests.exclude(state=ContestState.VOID).exists()


def result_notice(meeting: Meeting) -> dict[str, Any]:
    """Post, unit and person of everybody who was elected and certified at the meeting."""
    results = Result.objects.filter(contest__meeting=meeting, superseded_by=None).select_related("contest__body").order_by("contest_id")
    found = [elected_in(result) for result in results]
    return {
        "subject": str(meeting),
        "meeting": meeting_named(meeting),
        "held_on": day(meeting.held_at),
        "elected": [{"n": n, **each} for n, each in enumerate(chain.from_iterable(found), start=1)],
    }


def elected_in(result: Result) -> list[dict[str, str]]:
    contest = result.contest
    called = {each.pk: each.printed for each in Candidate.objects.filter(contest=contest)}
    office = office_of(contest).replace("（", "\n（")  # in its column the direction stands below the post
    keys = result.contents["outcome"]["elected"]
    pairs = [called[key] if isinstance(key, int) else ("", key) for key in keys]
    return [{"post": office, "unit": unit, "person": person} for unit, person in pairs]


def may_publish(by: Actor, meeting: Meeting) -> bool:
    return rules.is_officer(by, meeting) and Result.objects.filter(contest__meeting=meeting).exists()


def last_result(meeting: Meeting) -> str:
    """A notice is of the results as they stand: further ones make a further notice."""
    last = Result.objects.filter(contest__meeting=meeting).last()
    return f"results up to {last.number}" if last else ""


declare(
    Contest,
    Kind(
        "count_report",
        pgettext_lazy("paper", "Report on the count"),
        count_report,
        may_report,
        lambda contest: contest.meeting.held_at,
        report_number,
        "计票结果报告单",
        {},
        occasion=issue_of,
        media_type=PDF,
        waits=gettext_lazy("Once the count is announced."),
        due=lambda rows: rows.filter(state__in=COUNTED),
    ),
)
declare(
    Meeting,
    Kind(
        "election_method",
        pgettext_lazy("paper", "Election method"),
        election_method,
        may_write_method,
        lambda meeting: meeting.held_at,
        document_number,
        "选举办法",
        {
            "subject": "第一届第一次会员大会",
            "meeting": "示范联盟第一届第一次会员大会",
            "posts": [{"n": 1, "post": "理事单位（氢燃料）", "seats": 4, "candidates": 5, "choice": "差额选举"}],
            "quorum": "2/3以上（含本数）",
            "directors": "实到会过半数",
            "leaders": "实到会2/3以上（含本数）",
            "others": "实到会过半数",
            "signs": "赞成的画“√”，不赞成的画“×”，弃权的画“○”",
            "two_steps": False,
        },
        waits=gettext_lazy("Once an election is prepared for the meeting."),
    ),
    Kind(
        "result_notice",
        pgettext_lazy("paper", "Notice of the election's results"),
        result_notice,
        may_publish,
        lambda meeting: meeting.held_at,
        document_number,
        "选举结果公告",
        {
            "subject": "第一届第一次会员大会",
            "meeting": "示范联盟第一届第一次会员大会",
            "held_on": "2021年3月18日",
            "elected": [{"n": 1, "post": "理事单位（氢燃料）", "unit": "深圳演示新能源科技有限公司", "person": "李范二"}],
        },
        occasion=last_result,
        waits=gettext_lazy("Once a result is certified."),
    ),
)
declare_beside(Meeting, lambda meeting: meeting.contests.all())
