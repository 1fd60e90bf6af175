"""From tallies to names: which figures can be, who is elected, and what a meeting has to decide.

Nothing here knows of a database. Sources of the sums: the custom of the report on the count (returned ≤ issued ≤ present; valid
and invalid are the returned; a candidate's three counts are the valid ballots); another name only beside a vote against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.utils.functional import _StrPromise

    Sentence = str | _StrPromise

Key = int | str  # a candidate's key, or the name of a write-in whom the meeting admitted
PARTS = ("in_favour", "against", "abstaining")


@dataclass(frozen=True)
class Votes:
    """What was counted for one candidate."""

    in_favour: int
    against: int
    abstaining: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstaining


@dataclass(frozen=True)
class Figures:
    """One entry of a tally: ballots, votes by candidate, and write-ins by name; `overvoted` are those of the invalid that chose too many."""

    issued: int
    returned: int
    invalid: int
    votes: Mapping[int, Votes]
    overvoted: int = 0
    write_ins: Mapping[str, int] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        return self.returned - self.invalid

    def cells(self) -> dict[tuple[str, Key], int]:
        """Every figure under its name, to be compared one by one."""
        ballots: dict[tuple[str, Key], int] = {(name, ""): getattr(self, name) for name in ("issued", "returned", "invalid", "overvoted")}
        counts: dict[tuple[str, Key], int] = {(part, key): getattr(v, part) for key, v in self.votes.items() for part in PARTS}
        named: dict[tuple[str, Key], int] = {("write_in", name): n for name, n in self.write_ins.items()}
        return ballots | counts | named


def differences(one: Figures, other: Figures) -> dict[tuple[str, Key], tuple[int, int]]:
    """The cells in which two entries differ, with both figures; what one of them lacks counts as none."""
    first, second = one.cells(), other.cells()
    both = {cell: (first.get(cell, 0), second.get(cell, 0)) for cell in [*first, *(cell for cell in second if cell not in first)]}
    return {cell: pair for cell, pair in both.items() if pair[0] != pair[1]}


def faults(figures: Figures, *, present: int, seats: int) -> Iterator[tuple[str, Sentence]]:
    """Why these figures cannot be, each with the field at which to say it; with the numbers, so that whoever counts can look again."""
    if impossible := list(faults_of_ballots(figures, present)):
        yield from impossible
        return
    valid = figures.valid
    for key, counted in figures.votes.items():
        if counted.total != valid:
            yield (
                f"in_favour_{key}",
                said(_("For, against and abstaining make %(sum)d; the valid ballots are %(valid)d."), sum=counted.total, valid=valid),
            )
    chosen = sum(each.in_favour for each in figures.votes.values()) + sum(figures.write_ins.values())
    if chosen > valid * seats:
        sentence = _("All votes for make %(chosen)d, but %(valid)d valid ballots choose at most %(seats)d each: %(most)d.")
        yield "invalid", said(sentence, chosen=chosen, valid=valid, seats=seats, most=valid * seats)
    against, named = sum(each.against for each in figures.votes.values()), sum(figures.write_ins.values())
    if named > against:
        sentence = _("Other names make %(named)d votes, votes against %(against)d: another name counts only beside a vote against.")
        yield "write_ins", said(sentence, named=named, against=against)


def faults_of_ballots(figures: Figures, present: int) -> Iterator[tuple[str, Sentence]]:
    if figures.issued > present:
        yield "issued", said(_("%(issued)d ballots issued, but %(present)d voters are present."), issued=figures.issued, present=present)
    if figures.returned > figures.issued:
        sentence = _("%(returned)d ballots returned, %(issued)d issued: more than were issued. This vote is void and has to be held again.")
        yield "returned", said(sentence, returned=figures.returned, issued=figures.issued)
    if figures.invalid > figures.returned:
        sentence = _("%(invalid)d ballots invalid, but only %(returned)d returned.")
        yield "invalid", said(sentence, invalid=figures.invalid, returned=figures.returned)
    if figures.overvoted > figures.invalid:
        sentence = _("%(overvoted)d ballots chose too many, but only %(invalid)d are invalid: the former are among the latter.")
        yield "overvoted", said(sentence, overvoted=figures.overvoted, invalid=figures.invalid)


def said(sentence: Sentence, **numbers: int) -> Sentence:
    return sentence % numbers


@dataclass(frozen=True)
class Outcome:
    """The elected, by votes; those tied at the edge of the last seat; how many seats stay open.

    `outvoted` reached the bar and found the seats taken by more votes; `write_ins` reached it and wait for the meeting's word;
    `margins` gives by how many votes each is above the bar, or below it.
    """

    elected: tuple[Key, ...]
    tied: tuple[Key, ...]
    unfilled: int
    outvoted: tuple[Key, ...] = ()
    write_ins: tuple[str, ...] = ()
    margins: tuple[tuple[Key, int], ...] = ()


def outcome(
    seats: int,
    votes: Mapping[Key, int],
    least: int,
    *,
    write_ins: Mapping[str, int] | None = None,
    admitted: Collection[str] = (),
    passed_over: Collection[str] = (),
) -> Outcome:
    """Elect by votes for.

    `votes` maps a candidate's key to the votes for them, `least` is the number that suffices. Of those who reach it, the
    strongest take the seats; where several with equal votes reach for fewer seats than they are, none of them is elected
    and all are tied: a tie is shown, never settled silently. A write-in who reaches the bar takes part once the meeting has
    `admitted` the name, is out once it has `passed_over` it, and until then is told apart. The order in which ballots or
    candidates came plays no part.
    """
    named = dict(write_ins or {})
    standing: dict[Key, int] = {**votes, **{name: named[name] for name in admitted if name in named}}
    waiting = tuple(sorted(name for name, n in named.items() if n >= least and name not in admitted and name not in passed_over))
    margins = tuple((key, standing[key] - least) for key in sorted(standing, key=rank))
    elected, tied, outvoted = filled(seats, {key: n for key, n in standing.items() if n >= least})
    return Outcome(tuple(elected), tuple(tied), seats - len(elected), tuple(outvoted), waiting, margins)


def filled(seats: int, passed: Mapping[Key, int]) -> tuple[list[Key], list[Key], list[Key]]:
    """Of those who reach the bar: the elected, the tied for the last seats, and the outvoted."""
    elected: list[Key] = []
    tied: list[Key] = []
    outvoted: list[Key] = []
    for count in sorted(set(passed.values()), reverse=True):
        level = sorted((key for key, mine in passed.items() if mine == count), key=rank)
        left = seats - len(elected)
        if tied or left == 0:
            outvoted += level
        elif len(level) > left:
            tied = level
        else:
            elected += level
    return elected, tied, outvoted


def rank(key: Key) -> tuple[int, int, str]:
    """Candidates by their keys, then write-ins by their names."""
    return (0, key, "") if isinstance(key, int) else (1, 0, key)
