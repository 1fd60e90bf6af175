"""What may be asked of another division of the seats; all of it stands in the address."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.allocation import Unfillable
from council.choices import Division
from council.dashboard.alternative import USUAL_GUARANTEE, Alternative, Asked, alternative, seats_of
from members.choices import Direction, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEMBERS, TYPED = "members", "typed"
TIERS = (Tier.DIRECTOR, Tier.VICE_CHAIR)
MOST_MEMBERS, MOST_SEATS = 1_000_000, 99
USUAL = {"method": Division.SAINTE_LAGUE, "tier": str(Tier.DIRECTOR), "base": MEMBERS} | {
    f"least_{d}": str(USUAL_GUARANTEE) for d in Direction.values
}
NUMBERS = {
    "count": (gettext_lazy("members"), MOST_MEMBERS),
    "least": (gettext_lazy("at least"), MOST_SEATS),
    "most": (gettext_lazy("at most"), MOST_SEATS),
}


class WhatIfForm(forms.Form):
    """Method, tier, by whose numbers; for each direction what it is guaranteed and the most it may have."""

    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Division)
    tier = forms.TypedChoiceField(label=gettext_lazy("Seats"), coerce=int, choices=[(int(tier), tier.label) for tier in TIERS])
    base = forms.ChoiceField(
        label=gettext_lazy("Members"),
        choices=[(MEMBERS, gettext_lazy("as they are today")), (TYPED, gettext_lazy("as typed below"))],
    )

    def __init__(self, data: Mapping[str, Any], *, plan: Counter[tuple[int, str]], members: Mapping[str, int]) -> None:
        super().__init__(data or USUAL)
        self.plan, self.members = plan, members
        for direction, word in Direction.choices:
            for name, (label, most) in NUMBERS.items():
                self.fields[f"{name}_{direction}"] = forms.IntegerField(
                    label=f"{word}{_(', ')}{label}",
                    min_value=0,
                    max_value=most,
                    required=False,
                    widget=forms.TextInput(
                        attrs={"inputmode": "numeric", "size": 4, "maxlength": 8, "class": "form-control form-control-sm"}
                    ),
                )
        for name in ("method", "tier", "base"):
            self.fields[name].widget.attrs["class"] = "form-select form-select-sm"

    def lines(self) -> Iterator[dict[str, Any]]:
        """For each direction its members today and its three fields."""
        for direction in Direction.values:
            fields = [self[f"{name}_{direction}"] for name in NUMBERS]
            yield {"direction": direction, "members": self.members.get(direction, 0), "fields": fields}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("base") == MEMBERS and any(data.get(f"count_{direction}") is not None for direction in Direction.values):
            self.add_error("base", _("Numbers of members are typed below: choose “as typed below”, or empty them."))
        if data.get("base") == TYPED:
            for direction in Direction.values:
                name = f"count_{direction}"
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("How many members? 0 is a number too."))
        if not self.errors:
            data["alternative"] = self.divided(data)
        return data

    def divided(self, data: dict[str, Any]) -> Alternative | None:
        """The other division; where none fits, that is said at the field with the numbers."""
        counts = {d: data[f"count_{d}"] if data["base"] == TYPED else self.members.get(d, 0) for d in Direction.values}
        least = {d: data[f"least_{d}"] or 0 for d in Direction.values}
        most = {d: data[f"most_{d}"] for d in Direction.values}
        asked = Asked(Division(data["method"]), data["tier"], counts, least, most)
        try:
            return alternative(self.plan, asked)
        except Unfillable as no_way:
            self.say(no_way, asked, seats_of(self.plan, asked.tier))
            return None

    def say(self, no_way: Unfillable, asked: Asked, seats: int) -> None:
        figures = {"seats": seats, "figure": no_way.figure}
        largest = max(asked.guarantees, key=lambda d: asked.guarantees[d])
        capped = [d for d in Direction.values if asked.caps[d] is not None]
        if no_way.reason == "crossed":
            said = figures | {"most": asked.caps[no_way.key]}
            self.add_error(f"most_{no_way.key}", _("At most %(most)d is less than the %(figure)d that are guaranteed.") % said)
        elif no_way.reason == "guarantees":
            self.add_error(f"least_{largest}", _("The guarantees make %(figure)d seats together; there are %(seats)d.") % figures)
        elif no_way.reason == "caps" and capped:
            said = _(
                "Within these limits only %(figure)d of %(seats)d seats find a place; a direction without members gets no more than its guarantee."
            )
            self.add_error(f"most_{min(capped, key=lambda d: asked.caps[d])}", said % figures)
        else:
            self.add_error(
                "base", _("No direction has members: %(figure)d of %(seats)d seats are guaranteed, the others go nowhere.") % figures
            )
