"""What may be typed in about a nomination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.text import PlainText
from council.models.nomination import refuse_minor
from members.choices import Assembly, Direction, Tier
from members.forms import ReasonForm
from members.models import MemberUnit, Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EARLIEST = 1900


class NominateForm(PlainText, forms.Form):
    """Whom, for which post, and why."""

    whom = forms.CharField(
        label=_("Member number or full name of the unit you recommend"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty to put your own unit forward."),
    )
    tier = forms.TypedChoiceField(label=_("Tier"), choices=Tier, coerce=int, widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Direction"), choices=[("", "—"), *Direction.choices], required=False, help_text=_("The chair has no direction.")
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth of the person"),
        min_value=EARLIEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Only for a chair or vice-chair, where the charter has an age limit; it is not published."),
    )
    reason = forms.CharField(label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "data-most": 500}))

    def __init__(self, data: Any = None, *, vacant: Sequence[Mapping[str, Any]] = ()) -> None:
        """`vacant`: the posts that are open, which alone can be chosen then; all of them where nothing is known."""
        super().__init__(data)
        if vacant:
            tiers, directions = {post["tier"] for post in vacant}, {post["direction"] for post in vacant}
            self.fields["tier"].choices = [choice for choice in Tier.choices if choice[0] in tiers]
            self.fields["direction"].choices = [("", "—"), *(choice for choice in Direction.choices if choice[0] in directions)]

    def clean_whom(self) -> MemberUnit | None:
        """The unit of this number or name, if one is named."""
        typed = self.cleaned_data["whom"].strip()
        if not typed:
            return None
        named = Q(number=typed.upper()) | Q(organisation__name=typed)
        found = MemberUnit.objects.active().filter(named).select_related("organisation")[:2]
        if len(found) != 1:
            raise forms.ValidationError(_("No active member unit has this number, or this name alone; the directory shows both."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        super().clean()
        refuse_minor(self.cleaned_data.get("birth_year"))
        if self.cleaned_data.get("tier") not in (None, Tier.CHAIR) and not self.cleaned_data.get("direction"):
            self.add_error("direction", _("Please choose a direction."))
        return self.cleaned_data


class StandForm(PlainText, forms.Form):
    """The person's own word; to be named in public is a consent apart, and never ticked beforehand."""

    be_named = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, text: str) -> None:
        super().__init__(data)
        self.fields["be_named"].label = text


class NoteForm(PlainText, forms.Form):
    """Which paper it is."""

    note = forms.CharField(label=_("The signed paper"), max_length=200, help_text=_("Its date, and who signed it."))


class PutForwardForm(forms.Form):
    """By which resolution."""

    resolution = forms.ModelChoiceField(Resolution.objects.none(), label=_("Resolution"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["resolution"].queryset = Resolution.objects.of_assemblies([Assembly.PREPARATORY, Assembly.COUNCIL])


NOMINATION_STEP_FORMS: dict[str, type[forms.Form]] = {"block": ReasonForm, "record_acceptance": NoteForm, "put_forward": PutForwardForm}
