"""How a contest is counted: the tellers' figures entered twice, by two people apart, and compared cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.workflow import Actor, Refused
from council import rules
from council.choices import ContestState, Entry, SheetState
from council.election import Figures, Key, Votes, differences, faults
from council.models import Contest, Count, Tally, WriteIn
from council.workflow.electing import contests

if TYPE_CHECKING:
    from collections.abc import Mapping

VOTING, ENTERED, COUNTED = ContestState.VOTING, ContestState.ENTERED, ContestState.COUNTED


@contests.step(_("Enter the tally"), VOTING, to=ENTERED, allow=rules.is_secretariat, tone="go")
def count(
    contest: Contest,
    *,
    by: Actor,
    issued: int,
    returned: int,
    invalid: int,
    votes: Mapping[int, Votes],
    overvoted: int = 0,
    write_ins: Mapping[str, int] | None = None,
) -> None:
    """The tellers' figures, for the first time; `votes` maps a candidate's key to what was counted, `write_ins` a name to its votes."""
    enter(contest, Entry.FIRST, Figures(issued, returned, invalid, votes, overvoted, write_ins or {}), by=by)


@contests.step(_("Enter the tally a second time"), ENTERED, to=COUNTED, allow=rules.may_enter_second, tone="go")
def count_again(
    contest: Contest,
    *,
    by: Actor,
    issued: int,
    returned: int,
    invalid: int,
    votes: Mapping[int, Votes],
    overvoted: int = 0,
    write_ins: Mapping[str, int] | None = None,
) -> None:
    """The same paper, entered by another person who has not seen the first entry."""
    enter(contest, Entry.SECOND, Figures(issued, returned, invalid, votes, overvoted, write_ins or {}), by=by)


@contests.step(_("Enter what the recount agreed on"), COUNTED, to=COUNTED, allow=rules.may_agree, tone="go")
def agree_tally(
    contest: Contest,
    *,
    by: Actor,
    issued: int,
    returned: int,
    invalid: int,
    votes: Mapping[int, Votes],
    reason: str,
    overvoted: int = 0,
    write_ins: Mapping[str, int] | None = None,
) -> None:
    """Where the two entries differ, the ballots are counted again, and what everybody agrees on is entered once more."""
    enter(contest, Entry.AGREED, Figures(issued, returned, invalid, votes, overvoted, write_ins or {}), by=by, reason=reason)


def enter(contest: Contest, entry: Entry, figures: Figures, *, by: Actor, reason: str = "") -> Tally:
    """Write the figures down, all of them or none: refused where they cannot be."""
    if set(figures.votes) != {each["candidate"] for each in contest.snapshot["candidates"]}:
        raise Refused(_("The tally has to count every candidate, and nobody else."))
    for _field, sentence in faults(figures, present=contest.snapshot["present"], seats=contest.snapshot["seats"]):
        raise Refused(sentence)
    if sheet := sheet_differs(contest, figures):
        raise Refused(sheet)
    tally = Tally.objects.create(
        contest=contest,
        entry=entry,
        issued=figures.issued,
        returned=figures.returned,
        invalid=figures.invalid,
        overvoted=figures.overvoted,
        reason=reason,
        entered_by=by,
    )
    Count.objects.bulk_create(
        Count(tally=tally, candidate_id=key, in_favour=v.in_favour, against=v.against, abstaining=v.abstaining)
        for key, v in figures.votes.items()
    )
    WriteIn.objects.bulk_create(WriteIn(tally=tally, name=name, votes=n) for name, n in figures.write_ins.items() if n)
    return tally


def sheet_differs(contest: Contest, figures: Figures) -> str:
    """Ballots of one sheet are handed out once: whatever stands on it counts from the same number."""
    sheet = contest.sheet
    if sheet and sheet.state != SheetState.PREPARED and sheet.issued != figures.issued:
        sentence = _("%(issued)d ballots issued, but of the sheet “%(sheet)s” %(noted)d were.")
        return sentence % {"issued": figures.issued, "sheet": sheet, "noted": sheet.issued}
    return ""


def differing(contest: Contest) -> dict[tuple[str, Key], tuple[int, int]]:
    """The cells in which the two entries differ; none before both are there."""
    two = contest.tallies.two()
    return differences(two[0].figures, two[1].figures) if len(two) > 1 else {}
