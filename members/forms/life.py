"""What may be typed in at the steps of a membership's life."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.admin.office import within_reason
from alliance.files.forms import CheckedPapersField
from alliance.templatetags.portal import day as day_in_words
from alliance.text import PlainText
from members.choices import Assembly
from members.forms import ReasonForm
from members.identifiers import check, normalise
from members.models import DefenceWay, MemberUnit, Resignation, Resolution, SanctionKind, TerminationGround

MOST_RESOLUTIONS = 50  # offered at a step; a sanction follows its resolution soon


def day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), validators=[within_reason], **options)


def past(moment: Any) -> None:
    """Raise a ValidationError where a day lies ahead."""
    if moment and moment > clock.today():
        raise ValidationError(_("The day cannot lie ahead."))


def words(label: Any, most: int, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class NoticeForm(PlainText, forms.Form):
    """What the unit wrote: when, why, and the letter itself where it is at hand."""

    wants_files: ClassVar[bool] = True
    notice_on = day(_("Date of the unit's notice"))
    reason = words(_("Reason"), 500, 2, required=False)
    papers = CheckedPapersField(label=_("The letter and its enclosures"), required=False)

    def clean_notice_on(self) -> Any:
        past(self.cleaned_data["notice_on"])
        return self.cleaned_data["notice_on"]


class RepresentativeForm(NoticeForm):
    """Who represents the unit from today on."""

    name = forms.CharField(label=_("New representative"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=60)
    email = forms.EmailField(
        label=_("Their account, by its address"),
        required=False,
        help_text=_("Of somebody who acts for the unit in the portal already; otherwise leave it empty."),
    )
    field_order = ("name", "post", "email", "notice_on", "reason", "papers")


class RenameForm(NoticeForm):
    """As the new licence says."""

    name = forms.CharField(label=_("New name (in full)"), max_length=120, widget=forms.TextInput(attrs={"class": "vLargeTextField"}))
    name_en = forms.CharField(
        label=_("New English name"), max_length=200, required=False, widget=forms.TextInput(attrs={"class": "vLargeTextField"})
    )
    short_name = forms.CharField(label=_("New short name"), max_length=30, required=False)
    papers = CheckedPapersField(label=_("The new licence and the unit's letter"), required=False)
    field_order = ("name", "name_en", "short_name", "notice_on", "reason", "papers")


class SuspendForm(ReasonForm):
    """Why, and until when."""

    until = day(_("Rights again from"), required=False, help_text=_("Left empty, until somebody reinstates it."))


class ResignForm(PlainText, forms.Form):
    """By which notice a unit leaves today."""

    wants_files: ClassVar[bool] = True
    reason = words(_("Reason"), 1000)
    notice_on = day(_("Date of the unit's notice"), required=False)
    papers = CheckedPapersField(label=_("The letter and its enclosures"), required=False)


class ResignationForm(PlainText, forms.ModelForm):
    """A notice that came on paper, with the day it shall take effect."""

    class Meta:
        model = Resignation
        fields = ("unit", "notice_on", "effective_on", "reason")


class TerminateForm(ReasonForm):
    """On which ground."""

    ground = forms.ChoiceField(label=_("Ground"), choices=TerminationGround, widget=forms.RadioSelect)
    field_order = ("ground", "reason")


def passed() -> Any:
    """Resolutions of the council and the assembly, the latest first."""
    return Resolution.objects.of_assemblies([Assembly.COUNCIL, Assembly.MEMBERS])


class ResolutionField(forms.ModelChoiceField):
    """A resolution, with its meeting, day and result: subjects are alike."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Resolution.objects.none(), **{"label": _("Resolution"), "required": False} | options)

    def label_from_instance(self, resolution: Resolution) -> str:
        result = pgettext("resolution", "Passed") if resolution.passed else pgettext("resolution", "Not passed")
        return f"{resolution.subject} · {resolution.meeting} · {day_in_words(resolution.meeting.held_at)} · {result}"


class ResolvedForm(PlainText, forms.Form):
    """By which resolution, if any is there yet."""

    resolution = ResolutionField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [*passed().values_list("pk", flat=True)[:MOST_RESOLUTIONS]]
        self.fields["resolution"].queryset = passed().filter(pk__in=keys)


class SanctionForm(ResolvedForm):
    """Which rung of the ladder, and why."""

    kind = forms.ChoiceField(label=_("Sanction"), choices=SanctionKind, widget=forms.RadioSelect)
    reason = words(_("Reason"), 1000)
    field_order = ("kind", "reason", "resolution")


class ChargeForm(PlainText, forms.Form):
    """What a unit is charged with."""

    charges = words(_("Charges, as the unit will read them"), 2000, 6)
    defend_by = day(_("Defence possible until"), help_text=_("In writing or at the meeting; the unit is told this day."))


class DefenceForm(PlainText, forms.Form):
    """What a unit said."""

    wants_files: ClassVar[bool] = True
    way = forms.ChoiceField(label=_("Defence"), choices=DefenceWay, widget=forms.RadioSelect)
    words = words(_("What the unit said"), 4000, 6, required=False, help_text=_("Its own words, or what was said at the meeting."))
    papers = CheckedPapersField(label=_("The written defence"), required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever defended itself said something."""
        super().clean()
        said = self.cleaned_data.get("words") or self.cleaned_data.get("papers")
        if self.cleaned_data.get("way") in (DefenceWay.WRITTEN, DefenceWay.SPOKEN) and not said:
            self.add_error("words", _("Please write down what the unit said, or add its paper."))
        return self.cleaned_data


class ExpelForm(ResolvedForm):
    """By which resolution."""

    resolution = ResolutionField(
        help_text=_("Of the council or the assembly. Without one, with charges not notified or a defence not heard, the step is refused.")
    )


class DocumentForm(PlainText, forms.Form):
    """On what document units were merged or split, and when."""

    wants_things: ClassVar[bool] = True
    on = day(_("Day of the merger or split"))
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Such as the registry's notice or the contract: its number and title."),
    )

    def __init__(self, data: Any = None, *, things: list[MemberUnit]) -> None:
        super().__init__(data)
        self.units = things

    def clean_on(self) -> Any:
        past(self.cleaned_data["on"])
        return self.cleaned_data["on"]


class MergeForm(DocumentForm):
    """Into which unit, by its number."""

    successor = forms.CharField(
        label=_("Into which unit"),
        max_length=20,
        help_text=_("Its member number. It continues the membership, and reads what was this unit's."),
    )
    field_order = ("successor", "on", "document")

    def clean_successor(self) -> MemberUnit:
        found = MemberUnit.objects.filter(number__iexact=self.cleaned_data["successor"].strip()).select_related("organisation").first()
        if found is None:
            raise ValidationError(_("No member unit has this number."))
        return found


class SplitForm(DocumentForm):
    """Who inherits, and who applies anew."""

    name = forms.CharField(label=_("Heir: name (in full)"), max_length=120, widget=forms.TextInput(attrs={"class": "vLargeTextField"}))
    reg_no = forms.CharField(label=_("Heir: registration number"), max_length=40)
    representative = forms.CharField(label=_("Heir: representative"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    others = words(
        _("Others that came of the split"), 500, 2, required=False, help_text=_("They are told to apply anew; separate them by commas.")
    )
    field_order = ("name", "reg_no", "representative", "post", "others", "on", "document")

    def clean_reg_no(self) -> str:
        number = normalise(self.cleaned_data["reg_no"])
        check(self.units[0].organisation.jurisdiction, number)
        return number


LIFE_STEP_FORMS: dict[str, type[forms.Form]] = {
    "change_representative": RepresentativeForm,
    "rename": RenameForm,
    "suspend": SuspendForm,
    "resign": ResignForm,
    "deem_resigned": ReasonForm,
    "terminate": TerminateForm,
    "sanction": SanctionForm,
    "charge": ChargeForm,
    "hear_defence": DefenceForm,
    "drop_charges": ReasonForm,
    "expel": ExpelForm,
    "merge": MergeForm,
    "split": SplitForm,
    "undo_succession": ReasonForm,
    "undo_succession_of_suspended": ReasonForm,
    "take_back": ReasonForm,
}
RESIGNATION_STEP_FORMS: dict[str, type[forms.Form]] = {}
