"""The ballot, and the sheet on which tellers count in a hall without network. Neither is kept: whoever needs one prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import day
from alliance.facts.models import facts
from alliance.history.canonical import digest
from council.choices import Colour
from council.papers.words import candidates, choice, meeting_named, post, signs, signs_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from council.models import Contest

PAPERS = {Colour.WHITE: "白色", Colour.PINK: "粉色", Colour.YELLOW: "黄色", Colour.GREEN: "绿色", Colour.BLUE: "蓝色"}
MOST_LINES = 4  # for other names


def ballot(contests: Sequence[Contest]) -> bytes:
    """The ballot of one sheet, with everything that stands on it."""
    with translation.override(CHINESE):
        first = contests[0]
        voted = [on_ballot(contest) for contest in contests]
        words = {
            "issued_by": facts().name_hans,
            "meeting": str(first.meeting),
            "sheet": first.sheet.name if first.sheet and len(contests) > 1 else post(first),
            "paper": PAPERS[Colour(first.sheet.colour if first.sheet else Colour.WHITE)],
            "day": day(first.meeting.held_at),
            "contests": voted,
            "signs": signs(),
            "rules": rules_of_filling(contests),
            "code": code(voted),
        }
    return typeset("ballot", words, moment=first.meeting.held_at)


def on_ballot(contest: Contest) -> dict[str, Any]:
    return {
        "post": post(contest),
        "seats": contest.seats,
        "choice": choice(contest),
        "candidates": candidates(contest),
        "lines": min(contest.seats, MOST_LINES),
    }


def code(voted: list[dict[str, Any]]) -> str:
    """Eight figures that tell one list of candidates from another: what was printed before a change shows it."""
    return digest(voted)[:8].upper()


def rules_of_filling(contests: Sequence[Contest]) -> list[str]:
    """What the voter has to know, in the words of the election method."""
    seats = contests[0].seats
    most = f"应选{seats}名，赞成人数与另选人数之和等于或少于{seats}名的有效，多于{seats}名的无效。"
    several = "每项选举的赞成人数与另选人数之和等于或少于该项应选名额的有效，多于的该项无效。"
    return [
        f"请在每位候选人对应的格内表示意见：{signs_in_words()}。",
        most if len(contests) == 1 else several,
        "只有对候选人表示不赞成的，才可以另选他人：在“另选人”栏写明其单位和姓名；弃权的不得另选。",
        "请用黑色或者蓝黑色墨水笔填写；无法辨认的无效。",
        "选票不记名；未加盖印章的选票无效。",
    ]


def tally_sheet(contest: Contest) -> bytes:
    """What the tellers write on: strokes of 正, sums, other names, and who signs."""
    with translation.override(CHINESE):
        voted = on_ballot(contest)
        words = {
            "issued_by": facts().name_hans,
            "meeting": meeting_named(contest.meeting),
            "day": day(contest.meeting.held_at),
            "present": contest.snapshot["present"] if contest.snapshot else "",
            "code": code([voted]),
            **voted,
        }
    return typeset("tally", words, moment=clock.now())
