"""How the papers of an election call meetings, posts, rules and candidates: in official Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance.facts.choices import BallotMarks
from alliance.facts.models import facts
from council.choices import Choice
from members.choices import Base
from members.papers.majorities import fraction as share

if TYPE_CHECKING:
    from council.models import Contest
    from members.models import Meeting, Passing

SIGNS = {BallotMarks.TICK: ("√", "×", "○"), BallotMarks.CIRCLE: ("○", "×", "")}
OPINIONS = ("赞成", "不赞成", "弃权")
CHOICES = {Choice.EQUAL: "等额选举", Choice.MORE: "差额选举", Choice.FEWER: "候选人少于应选名额"}
BASES = {Base.ELIGIBLE: "应到会", Base.PRESENT: "实到会", Base.VALID: "有效票"}


def meeting_named(meeting: Meeting) -> str:
    """The alliance and the meeting: ××联盟第一届第一次会员大会."""
    return f"{facts().name_hans}{meeting}"


def signs() -> list[list[str]]:
    """What each sign on a ballot means, as the office has settled it; an empty sign is none at all."""
    return [list(pair) for pair in zip(SIGNS[BallotMarks(facts().ballot_marks)], OPINIONS, strict=True)]


def signs_in_words() -> str:
    """What to draw for which opinion, in a clause."""
    return "，".join(f"{opinion}的画“{sign}”" if sign else f"{opinion}的不画任何符号" for sign, opinion in signs())


def fraction(rule: Passing) -> str:
    """2/3以上（含本数），过半数: a rule that includes its number says so, in an election."""
    return f"{share(rule)}（含本数）" if rule.rule_inclusive else share(rule)


def of_base(rule: Passing) -> str:
    """Of what the fraction is taken."""
    return BASES[Base(rule.rule_base)]


def candidates(contest: Contest) -> list[dict[str, object]]:
    """In the order of the ballot, the unit and the person apart."""
    return [
        {"place": place, "unit": candidate.printed[0], "person": candidate.printed[1]}
        for place, candidate in enumerate(contest.candidates.in_order().with_names(), start=1)
    ]


def post(contest: Contest) -> str:
    """What is voted on as papers name it: the post, and that it is a further vote."""
    return f"{office_of(contest)}（再次投票）" if contest.runoff_of_id else office_of(contest)


def office_of(contest: Contest) -> str:
    """The post as papers name it: 理事单位（电动）, 专家委员会主任委员."""
    return contest.title.replace(" · ", "") if contest.body_id else re.sub(" · (.+)", r"（\1）", contest.title)


def choice(contest: Contest) -> str:
    return CHOICES[contest.choice]
