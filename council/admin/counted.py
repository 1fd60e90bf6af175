"""What a contest's page shows of its count: nothing of one entry before the other is there, differences cell by cell, then the outcome."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from council import workflow
from council.choices import ContestState, RulingKind
from council.election import differences
from council.forms import PARTS
from council.models import Candidate, Contest

if TYPE_CHECKING:
    from council.election import Key, Outcome
    from council.models import Result, Tally

OF_BALLOTS = {
    "issued": _("Ballots issued"),
    "returned": _("Ballots returned"),
    "invalid": _("Invalid ballots"),
    "overvoted": _("Of these with too many chosen"),
    "write_in": _("Written in"),
}
BEFORE_THE_SECOND = (ContestState.PREPARED, ContestState.VOTING, ContestState.ENTERED)


@dataclass
class Counted:
    """The count of one contest, as its page shows it."""

    contest: Contest

    @cached_property
    def candidates(self) -> dict[int, Candidate]:
        return Candidate.objects.filter(contest=self.contest).in_order().with_names().in_bulk()

    @cached_property
    def entries(self) -> list[Tally]:
        return list(self.contest.tallies.with_figures().order_by("pk"))

    @cached_property
    def tally(self) -> Tally | None:
        """What counts, once both entries are there."""
        return None if self.contest.state in BEFORE_THE_SECOND else self.contest.tally

    @cached_property
    def proposed(self) -> Tally | None:
        """The correction that waits for the second person."""
        return self.entries[-1] if self.contest.state == ContestState.CORRECTED else None

    @cached_property
    def least(self) -> int:
        return self.contest.least_of(self.tally.valid)

    @cached_property
    def outcome(self) -> Outcome | None:
        return self.contest.outcome_of(self.tally) if self.tally else None

    @cached_property
    def results(self) -> list[Result]:
        return list(self.contest.results.select_related("first_signer", "second_signer", "supersedes"))

    @cached_property
    def rulings(self) -> list[Any]:
        return list(self.contest.rulings.select_related("unit__organisation", "expert", "resolution", "by"))

    @property
    def is_decided(self) -> bool:
        """Whether the meeting has said what becomes of the seats that the votes left open."""
        return any(ruling.kind in (RulingKind.RUNOFF, RulingKind.VACANT) for ruling in self.rulings)

    @property
    def idle_steps(self) -> list[str]:
        """What the votes leave nobody to announce or to decide: the step would be refused."""
        found = self.outcome
        settled = {
            "announce": found is None,
            "call_runoff": found is None or not found.tied or self.is_decided,
            "leave_vacant": found is None or not found.unfilled or self.is_decided,
            "decide_write_in": found is None or not found.write_ins,
        }
        return [step for step, is_idle in settled.items() if is_idle]

    @property
    def differences(self) -> list[dict[str, Any]]:
        """Each figure in which the two entries differ, in words, with both."""
        if self.contest.state in BEFORE_THE_SECOND or self.tally:
            return []
        return [self.in_words(cell, pair) for cell, pair in workflow.differing(self.contest).items()]

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """Each figure that the proposed correction changes."""
        if self.proposed is None or self.tally is None:
            return []
        return [self.in_words(cell, pair) for cell, pair in differences(self.tally.figures, self.proposed.figures).items()]

    def in_words(self, cell: tuple[str, Key], pair: tuple[int, int]) -> dict[str, Any]:
        part, key = cell
        whose = self.candidates.get(key) if isinstance(key, int) else key
        return {"what": OF_BALLOTS.get(part) or PARTS[part], "whose": whose or "", "first": pair[0], "second": pair[1]}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each candidate with the three counts, the votes above the bar or missing to it, and what follows."""
        if self.tally is None:
            return [{"candidate": each} for each in self.candidates.values()]
        votes, margins = self.tally.figures.votes, dict(self.outcome.margins)
        return [
            {"candidate": each, "votes": votes[key], "margin": margins[key], "fate": self.fate(key)}
            for key, each in self.candidates.items()
        ]

    @property
    def write_ins(self) -> list[dict[str, Any]]:
        if self.tally is None:
            return []
        named = self.tally.figures.write_ins
        return [
            {"name": name, "votes": n, "margin": n - self.least, "fate": self.fate(name)}
            for name, n in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))
        ]

    def fate(self, key: Key) -> str:
        return fate_in(asdict(self.outcome), key)


@dataclass
class Certified:
    """A certified result in words: read from what was signed, whatever was corrected since."""

    result: Result

    @property
    def contents(self) -> dict[str, Any]:
        return self.result.contents

    @property
    def seats(self) -> int:
        return len(self.contents["outcome"]["elected"]) + self.contents["outcome"]["unfilled"]

    @property
    def ballots(self) -> list[tuple[Any, int]]:
        """Each number of ballots, by its word."""
        issued, returned, invalid, overvoted = self.contents["ballots"]
        of_votes = [(OF_BALLOTS["issued"], issued), (OF_BALLOTS["returned"], returned), (_("Valid ballots"), returned - invalid)]
        return [
            *of_votes,
            (OF_BALLOTS["invalid"], invalid),
            (OF_BALLOTS["overvoted"], overvoted),
            (_("Votes that elect"), self.contents["least"]),
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each candidate as the ballot had them, then each name written in: the votes, and what follows."""
        stood = Candidate.objects.filter(contest=self.result.contest_id).in_order().with_names().in_bulk()
        votes = {key: counts for key, *counts in self.contents["votes"]}
        rows = [self.row(each, key, votes[key]) for key, each in stood.items() if key in votes]
        return rows + [self.row(name, name, [n, None, None]) for name, n in self.contents["write_ins"]]

    def row(self, who: Candidate | str, key: Key, votes: list[int | None]) -> dict[str, Any]:
        return {"who": who, "place": getattr(who, "place", ""), "votes": votes, "fate": fate_in(self.contents["outcome"], key)}


def fate_in(outcome: dict[str, Any], key: Key) -> str:
    """elected, tied, outvoted (enough votes, but others had more), waiting (for the meeting's word), missed: of an outcome as it is written down."""
    for name in ("elected", "tied", "outvoted"):
        if key in outcome[name]:
            return name
    return "waiting" if key in outcome["write_ins"] else "missed"
