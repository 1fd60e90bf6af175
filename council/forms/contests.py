"""What may be typed in at the steps of a contest and of a ballot sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText
from council import workflow
from council.models import Contest
from members.forms import ReasonForm
from members.models import Expert, MemberUnit, Resolution

if TYPE_CHECKING:
    from council.models import BallotSheet


class OfContest(PlainText, forms.Form):
    """A form that follows from the contest it is for."""

    wants_things: ClassVar[bool] = True

    def __init__(self, data: Any = None, *, things: list[Contest]) -> None:
        super().__init__(data)
        self.contest = things[0]
        if "resolution" in self.fields:
            self.fields["resolution"].queryset = Resolution.objects.filter(meeting=self.contest.meeting_id)


class VacantForm(OfContest):
    """On whose decision seats stay vacant, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    resolution = forms.ModelChoiceField(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("If the meeting resolved it by counted votes."),
    )


class WriteInForm(OfContest):
    """Which name, whether it takes part, and as whom."""

    name = forms.ChoiceField(label=_("Name written in"), choices=())
    takes_part = forms.TypedChoiceField(
        label=_("The meeting decides"),
        choices=[("1", _("The name takes part in the outcome")), ("0", _("The name does not take part"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    unit = forms.ModelChoiceField(
        label=_("The name is this member unit's"), queryset=MemberUnit.objects.active().select_related("organisation"), required=False
    )
    expert = forms.ModelChoiceField(label=_("Or this expert's"), queryset=Expert.objects.filter(retired_on=None), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    resolution = forms.ModelChoiceField(label=_("Resolution"), queryset=Resolution.objects.none(), required=False)

    def __init__(self, data: Any = None, *, things: list[Contest]) -> None:
        super().__init__(data, things=things)
        waiting = workflow.outcome(self.contest).write_ins if self.contest.tally else ()
        self.fields["name"].choices = [(name, name) for name in waiting]


class DirectionsForm(OfContest):
    """For each unit that holds no post yet, the direction in which it becomes director."""

    def __init__(self, data: Any = None, *, things: list[Contest]) -> None:
        super().__init__(data, things=things)
        self.rest = workflow.without_seat(self.contest)
        self.vacant = workflow.vacant_by_direction(self.contest)
        choices = [("", "—"), *((key, f"{label} ({free})") for key, label, free in self.vacant)]
        for each in self.rest:
            self.fields[f"direction_{each.unit.pk}"] = forms.ChoiceField(
                label=each.unit.organisation.name, choices=choices, initial=each.unit.organisation.main_direction
            )

    def clean(self) -> dict[str, Any]:
        """The step's input; more than are vacant in a direction is told at the field of the one too many."""
        super().clean()
        found = {each.unit.pk: self.cleaned_data.get(f"direction_{each.unit.pk}", "") for each in self.rest}
        for key, label, free in self.vacant:
            wanted = [unit for unit, direction in found.items() if direction == key]
            for unit in wanted[free:]:
                sentence = _("%(direction)s has %(free)d vacant seats of directors, and %(wanted)d units are to sit there.")
                self.add_error(f"direction_{unit}", sentence % {"direction": label, "free": free, "wanted": len(wanted)})
        return {"directions": found}


class IssueForm(forms.Form):
    """How many ballots there are, and how many voters got one."""

    wants_things: ClassVar[bool] = True
    printed = forms.IntegerField(label=_("Ballots printed"), min_value=0, max_value=100_000)
    issued = forms.IntegerField(label=_("Ballots issued"), min_value=0, max_value=100_000)

    def __init__(self, data: Any = None, *, things: list[BallotSheet]) -> None:
        super().__init__(data)
        self.present = things[0].meeting.present
        self.fields["issued"].help_text = _("Voters present: %(present)d") % {"present": self.present}

    def clean(self) -> dict[str, Any]:
        super().clean()
        printed, issued = self.cleaned_data.get("printed"), self.cleaned_data.get("issued")
        if issued is not None and issued > self.present:
            sentence = _("%(issued)d ballots issued, but %(present)d voters are present.")
            self.add_error("issued", sentence % {"issued": issued, "present": self.present})
        if None not in (printed, issued) and issued > printed:
            sentence = _("%(issued)d ballots issued, but only %(printed)d printed.")
            self.add_error("issued", sentence % {"issued": issued, "printed": printed})
        return self.cleaned_data


class DestroyForm(PlainText, forms.Form):
    """How many were left over; who destroyed them, before whom, and when."""

    wants_things: ClassVar[bool] = True
    unused = forms.IntegerField(label=_("Unused ballots"), min_value=0, max_value=100_000)
    destroyed_by = forms.CharField(label=_("Destroyed by"), max_length=60)
    witness = forms.CharField(label=_("Before the witness"), max_length=60)
    destroyed_at = forms.DateTimeField(label=_("When"), initial=clock.now)

    def __init__(self, data: Any = None, *, things: list[BallotSheet]) -> None:
        super().__init__(data)
        self.sheet = things[0]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data, sheet = self.cleaned_data, self.sheet
        if sheet.issued is not None and data.get("unused") is not None and sheet.issued + data["unused"] != sheet.printed:
            sentence = _("%(issued)d issued and %(unused)d unused make %(sum)d; %(printed)d were printed.")
            numbers = {"issued": sheet.issued, "unused": data["unused"], "sum": sheet.issued + data["unused"], "printed": sheet.printed}
            self.add_error("unused", sentence % numbers)
        if data.get("destroyed_by") and data["destroyed_by"] == data.get("witness"):
            self.add_error("witness", _("The witness is another person than whoever destroys the ballots."))
        if data.get("destroyed_at") and data["destroyed_at"] > clock.now():
            self.add_error("destroyed_at", _("This moment has not come yet."))
        return data


SHEET_STEP_FORMS: dict[str, type[forms.Form]] = {"issue_ballots": IssueForm, "destroy_unused": DestroyForm}
CONTEST_STEP_FORMS: dict[str, type[forms.Form]] = {
    "declare_void": ReasonForm,
    "take_signature_back": ReasonForm,
    "drop_correction": ReasonForm,
    "leave_vacant": VacantForm,
    "decide_write_in": WriteInForm,
    "seat_directors": DirectionsForm,
}
