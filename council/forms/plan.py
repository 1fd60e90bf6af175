"""What may be typed in as the plan of a term: a matrix of tiers and directions, each row with the sum it has to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from council import workflow
from members.choices import Direction, Tier
from members.models import Resolution, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = (Tier.VICE_CHAIR, Tier.DIRECTOR)  # the chair is one, and has no direction
PLANNED = "planned"
COLUMNS = (*Direction.values, PLANNED)
LONGEST, MOST = 4, 99
CHAIR = {(int(Tier.CHAIR), ""): 1}

Typed = dict[tuple[int, str], str]  # tier and column


class PlanWidget(forms.Widget):
    """A table of small fields; what was typed comes back as it was typed."""

    template_name = "council/plan_matrix.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return {(tier, column): data.get(f"{name}_{tier}_{column}", "").strip() for tier in ROWS for column in COLUMNS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{tier}_{column}" in data for tier in ROWS for column in COLUMNS)

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{ROWS[0]}_{COLUMNS[0]}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = typed_of(value)
        rows = [
            {
                "label": tier.label,
                "cells": [self.cell(f"{name}_{tier}_{c}", f"{tier.label} · {word}", typed[tier, c]) for c, word in words()],
            }
            for tier in ROWS
        ]
        total = sum(int(typed[tier, PLANNED]) for tier in ROWS if typed[tier, PLANNED].isdecimal()) + 1
        context = {"rows": rows, "columns": [word for _column, word in words()], "total": total, "directions": len(Direction)}
        return super().get_context(name, value, attrs) | context

    def cell(self, name: str, label: str, typed: str) -> dict[str, Any]:
        return {"name": name, "id": f"id_{name}", "label": label, "typed": typed, "is_planned": name.endswith(PLANNED)}


def words() -> list[tuple[str, Any]]:
    return [*Direction.choices, (PLANNED, _("planned"))]


def typed_of(value: Any) -> Typed:
    """What stands in the fields: what was typed, or a plan of seats with its sums."""
    if not value or isinstance(next(iter(value.values())), str):
        return {(tier, column): (value or {}).get((tier, column), "") for tier in ROWS for column in COLUMNS}
    sums = {(tier, PLANNED): sum(value.get((tier, d), 0) for d in Direction.values) for tier in ROWS}
    return {(tier, column): str({**value, **sums}.get((tier, column), 0)) for tier in ROWS for column in COLUMNS}


class PlanField(forms.Field):
    """A plan of seats, by tier and direction, the chair with it."""

    widget = PlanWidget

    def to_python(self, value: Any) -> dict[tuple[int, str], int]:
        typed, found, faults = typed_of(value), {}, []
        for (tier, column), text in typed.items():
            if not text.isdecimal() or len(text) > LONGEST or int(text) > MOST:
                place = f"{Tier(tier).label} · {dict(words())[column]}"
                faults.append(
                    _("%(place)s: “%(typed)s” is no number of seats from 0 to %(most)d.") % {"place": place, "typed": text, "most": MOST}
                )
            else:
                found[int(tier), column] = int(text)
        faults = faults or [fault for tier in ROWS if (fault := fault_of_sum(tier, found))]
        if faults:
            raise ValidationError(faults)
        return CHAIR | {post: seats for post, seats in found.items() if post[1] != PLANNED}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return typed_of(initial) != typed_of(data)


def fault_of_sum(tier: Tier, found: dict[tuple[int, str], int]) -> str:
    """Where a row does not make what is planned."""
    parts, planned = [found[tier, direction] for direction in Direction.values], found[tier, PLANNED]
    if sum(parts) == planned:
        return ""
    gap = planned - sum(parts)
    said = {"tier": tier.label, "parts": " + ".join(map(str, parts)), "sum": sum(parts), "planned": planned, "gap": abs(gap)}
    if gap > 0:
        return (
            ngettext(
                "%(tier)s: %(parts)s = %(sum)d, but %(planned)d are planned: %(gap)d seat is missing.",
                "%(tier)s: %(parts)s = %(sum)d, but %(planned)d are planned: %(gap)d seats are missing.",
                abs(gap),
            )
            % said
        )
    return (
        ngettext(
            "%(tier)s: %(parts)s = %(sum)d, but %(planned)d are planned: %(gap)d seat is too many.",
            "%(tier)s: %(parts)s = %(sum)d, but %(planned)d are planned: %(gap)d seats are too many.",
            abs(gap),
        )
        % said
    )


class TermForm(forms.ModelForm):
    """A term with its plan; once it has begun, the plan changes by a resolution that is named here."""

    plan = PlanField(
        label=gettext_lazy("Plan of the seats"),
        help_text=gettext_lazy("Each row makes the sum beside it. Vacant seats can be moved or removed; a seat that is held stays."),
    )
    resolution = forms.ModelChoiceField(
        label=gettext_lazy("Resolution on the plan"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=gettext_lazy("Once the term has begun, its plan changes by a passed resolution; it is recorded with the change."),
    )

    class Meta:
        model = Term
        fields = ("begins_on", "ends_on", "governance", "hosts_vote_too")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "plan" in self.fields:
            self.initial["plan"] = dict(workflow.plan_of(self.instance))
            self.fields["resolution"].queryset = Resolution.objects.filter(meeting__term=self.instance).select_related("meeting__term")
        if self.instance.pk and not self.instance.has_begun:
            self.fields.pop("resolution", None)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "plan" in self.changed_data and "plan" in data:
            for fault in workflow.faults_of_plan(self.instance, data["plan"]):
                self.add_error("plan", fault)
            if "resolution" in self.fields and (fault := workflow.fault_of_resolution(self.instance, data.get("resolution"))):
                self.add_error("resolution", fault)
        return data


class BeginForm(forms.Form):
    """The first day of a term."""

    begins_on = forms.DateField(label=_("begins on"), widget=forms.DateInput(attrs={"type": "date"}))
