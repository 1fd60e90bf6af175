"""What may be typed in of a tally: the ballots, three counts for each candidate, and the other names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.text import PlainText
from council.election import PARTS as CELLS
from council.election import Figures, Votes, faults
from council.models import Candidate, Contest
from council.workflow import sheet_differs

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {
    "in_favour": pgettext_lazy("votes", "for"),
    "against": pgettext_lazy("votes", "against"),
    "abstaining": pgettext_lazy("votes", "abstaining"),
}
BALLOTS = ("issued", "returned", "invalid", "overvoted")
NAME_AND_VOTES = re.compile(r"^(?P<name>.+?)[\s:：,，、]+(?P<votes>\d{1,6})$")
LONGEST_NAME, MOST = 120, 1_000_000


class NamesField(forms.CharField):
    """A name and its votes, a line each: 张示一 3."""

    default_error_messages: ClassVar = {
        "line": _("“%(line)s”: please write a name and its votes on each line, such as 张示一 3."),
        "twice": _("“%(name)s” stands there twice: please add the votes up."),
        "long": _("“%(name)s” is longer than 120 characters."),
    }

    def clean(self, value: Any) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            name, votes = self.read(line)
            if name in found:
                raise forms.ValidationError(self.error_messages["twice"] % {"name": name}, code="twice")
            found[name] = votes
        return {name: votes for name, votes in found.items() if votes}

    def read(self, line: str) -> tuple[str, int]:
        match = NAME_AND_VOTES.match(unicodedata.normalize("NFKC", line))
        if not match:
            raise forms.ValidationError(self.error_messages["line"] % {"line": line[:40]}, code="line")
        name = " ".join(match["name"].split())
        if len(name) > LONGEST_NAME:
            raise forms.ValidationError(self.error_messages["long"] % {"name": name[:40]}, code="long")
        return name, int(match["votes"])


def number(label: object, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **options)


class TallyForm(PlainText, forms.Form):
    """The tellers' figures: ballots, three counts for each candidate, and who was written in; sums that cannot be are told at their field."""

    wants_things: ClassVar[bool] = True
    laid_out: ClassVar[str] = "admin/council/contest/tally.html"
    issued = number(_("Ballots issued"))
    returned = number(_("Ballots returned"))
    invalid = number(_("Invalid ballots"), initial=0)
    overvoted = number(_("Of these with too many chosen"), initial=0, required=False)
    write_ins = NamesField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A name and its votes on each line, such as 张示一 3. Another name counts only beside a vote against."),
    )

    def __init__(self, data: Any = None, *, things: list[Contest]) -> None:
        super().__init__(data)
        self.contest = things[0]
        frozen = self.contest.snapshot or {"candidates": [], "present": 0, "seats": 0}
        self.candidates = list(Candidate.objects.filter(pk__in=[each["candidate"] for each in frozen["candidates"]]).order_by("place"))
        self.present, self.seats = frozen["present"], frozen["seats"]
        for candidate in self.candidates:
            for part, label in PARTS.items():
                self.fields[f"{part}_{candidate.pk}"] = number(label)
                self.fields[f"{part}_{candidate.pk}"].widget.attrs["aria-label"] = f"{candidate} — {label}"

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """Each candidate with its three fields."""
        for candidate in self.candidates:
            cells = [self[f"{part}_{candidate.pk}"] for part in PARTS]
            yield {"candidate": candidate, "cells": cells, "errors": [error for cell in cells for error in cell.errors]}

    @property
    def ballots(self) -> list[Any]:
        return [self[name] for name in BALLOTS]

    @property
    def others(self) -> list[Any]:
        """What is asked for besides ballots and votes."""
        return [self[name] for name in ("write_ins", "reason") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """The step's inputs: the ballots, and the votes by candidate."""
        super().clean()
        data = self.cleaned_data
        votes = dict(self.votes())
        ballots = {name: data.get(name) for name in BALLOTS}
        ballots["overvoted"] = ballots["overvoted"] or 0
        write_ins = data.get("write_ins") or {}
        if None not in ballots.values():
            self.compare(Figures(**ballots, votes=votes, write_ins=write_ins))
        said = {"reason": data["reason"]} if "reason" in data else {}
        return {**ballots, "votes": votes, "write_ins": write_ins, **said}

    def votes(self) -> Iterator[tuple[int, Votes]]:
        for candidate in self.candidates:
            counts = {part: self.cleaned_data.get(f"{part}_{candidate.pk}") for part in CELLS}
            if None not in counts.values():
                yield candidate.pk, Votes(**counts)

    def compare(self, figures: Figures) -> None:
        for name, sentence in faults(figures, present=self.present, seats=self.seats):
            self.add_error(name, sentence)
        if "issued" not in self.errors and (sentence := sheet_differs(self.contest, figures)):
            self.add_error("issued", sentence)


class ReasonedTallyForm(TallyForm):
    """The same, with why it is entered once more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was found when the ballots were counted again."),
    )


TALLY_STEP_FORMS: dict[str, type[forms.Form]] = {
    "count": TallyForm,
    "count_again": TallyForm,
    "agree_tally": ReasonedTallyForm,
    "propose_correction": ReasonedTallyForm,
}
