"""What may be typed in at the steps of a contest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from council.models import Candidate, Contest
from council.workflow import Votes
from members.forms import ReasonForm

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {"in_favour": _("for (赞成)"), "against": _("against (不赞成)"), "abstaining": _("abstaining (弃权)")}


class TallyForm(forms.Form):
    """The tellers' figures: ballots, and three counts for each candidate."""

    wants_things: ClassVar[bool] = True
    issued = forms.IntegerField(label=_("Ballots issued"), min_value=0)
    returned = forms.IntegerField(label=_("Ballots returned"), min_value=0)
    invalid = forms.IntegerField(label=_("Invalid ballots"), min_value=0, initial=0)

    def __init__(self, data: Any = None, *, things: list[Contest]) -> None:
        super().__init__(data)
        self.candidates = list(
            Candidate.objects.filter(pk__in=[key for key, *_who in things[0].snapshot["candidates"]]).select_related(
                "nomination__unit__organisation", "nomination__person"
            )
        )
        for candidate in self.candidates:
            for part, label in PARTS.items():
                self.fields[f"{part}_{candidate.pk}"] = forms.IntegerField(label=f"{candidate} — {label}", min_value=0)

    def clean(self) -> dict[str, Any]:
        """The step's inputs: the ballots, and the votes by candidate; sums that cannot be are told at once."""
        data = self.cleaned_data
        votes = dict(self.votes())
        ballots = {name: data.get(name) for name in ("issued", "returned", "invalid")}
        if None not in ballots.values():
            self.compare(ballots, votes)
        return {**ballots, "votes": votes}

    def votes(self) -> Iterator[tuple[int, Votes]]:
        for candidate in self.candidates:
            counts = {part: self.cleaned_data.get(f"{part}_{candidate.pk}") for part in PARTS}
            if None not in counts.values():
                yield candidate.pk, Votes(**counts)

    def compare(self, ballots: dict[str, int], votes: dict[int, Votes]) -> None:
        if ballots["returned"] > ballots["issued"]:
            self.add_error("returned", _("More ballots returned than issued: this vote is void and has to be held again."))
        valid = ballots["returned"] - ballots["invalid"]
        for key, counted in votes.items():
            if counted.total != valid:
                self.add_error(
                    f"in_favour_{key}",
                    _("For, against and abstaining make %(sum)d; the valid ballots are %(valid)d.")
                    % {"sum": counted.total, "valid": valid},
                )


CONTEST_STEP_FORMS: dict[str, type[forms.Form]] = {"count": TallyForm, "declare_void": ReasonForm}
