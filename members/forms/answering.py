"""What the office types in to answer a change request, and to enter a confirmation that came on paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.text import PlainText, refuse_hidden
from members.models.request import emptied
from members.workflow.requesting import STAYS_ANSWERED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

    from members.models import ChangeRequest, RequestedChange

LONGEST = 300
YES, NO = "accept", "refuse"


class DecisionsWidget(forms.Widget):
    """A row a field: what stood there, what stands there now, what is asked for; accept or refuse, and words."""

    changes: Sequence[RequestedChange] = ()

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        given = value if isinstance(value, dict) else {}
        rows = [
            {"change": change, "seen": json.dumps(change.present, ensure_ascii=False), **given.get(change.field, {})}
            for change in self.changes
        ]
        return render_to_string("admin/members/changerequest/decisions.html", {"name": name, "rows": rows, "yes": YES, "no": NO})

    def value_from_datadict(self, data: Mapping[str, str], files: Any, name: str) -> dict[str, dict[str, str]]:
        parts = ("answer", "words", "seen")
        return {change.field: {part: data.get(f"{name}_{change.field}_{part}", "") for part in parts} for change in self.changes}


class DecisionsField(forms.Field):
    """Its cleaned value: for each field whether it is accepted, in which words, and what the register said when the page was opened."""

    widget = DecisionsWidget

    def clean(self, value: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
        answers = {change.field: self.one(change, value[change.field]) for change in self.widget.changes}
        self.refuse_emptied([change for change in self.widget.changes if answers[change.field]["accepted"]])
        return answers

    def refuse_emptied(self, accepted: Sequence[RequestedChange]) -> None:
        """Nothing that every such unit has to answer is emptied, whenever it was asked for."""
        if not accepted:
            return
        empty = emptied(accepted[0].request.unit.organisation, {change.field: change.new for change in accepted})
        told = [ValidationError(STAYS_ANSWERED, params={"field": change.label}) for change in accepted if change.field in empty]
        if told:
            raise ValidationError(told)

    def one(self, change: RequestedChange, said: dict[str, str]) -> dict[str, Any]:
        words = said["words"].strip()
        if said["answer"] not in (YES, NO):
            raise ValidationError(_("%(field)s: please accept or refuse it."), params={"field": change.label})
        if said["answer"] == NO and not words:
            raise ValidationError(_("%(field)s: please say why it is refused; the unit reads it."), params={"field": change.label})
        if len(words) > LONGEST:
            raise ValidationError(_("%(field)s: at most %(most)d characters."), params={"field": change.label, "most": LONGEST})
        refuse_hidden(words)
        return {"accepted": said["answer"] == YES, "words": words, "seen": seen(said["seen"])}


def seen(text: str) -> Any:
    """What the page showed; what cannot be read is nothing that stands anywhere."""
    try:
        return json.loads(text)
    except ValueError:
        return None


class DecisionsForm(forms.Form):
    """One request, answered field by field."""

    wants_things = True
    decisions = DecisionsField(label=_("Requested changes"))

    def __init__(self, data: Any = None, *, things: Sequence[ChangeRequest] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if len(things) == 1:
            self.fields["decisions"].widget.changes = list(things[0].changes.select_related("request__unit__organisation"))


class PaperForm(PlainText, forms.Form):
    """When a confirmation on paper came, and where it is filed."""

    received_on = forms.DateField(label=_("Received on"), initial=clock.today)
    note = forms.CharField(label=_("Where it is filed"), max_length=200)

    def clean_received_on(self) -> Any:
        if self.cleaned_data["received_on"] > clock.today():
            raise ValidationError(_("That day is still to come."))
        return self.cleaned_data["received_on"]


REQUEST_STEP_FORMS: dict[str, type[forms.Form]] = {"settle_request": DecisionsForm}
CONFIRMATION_STEP_FORMS: dict[str, type[forms.Form]] = {"record_confirmation": PaperForm}
CAMPAIGN_STEP_FORMS: dict[str, type[forms.Form]] = {}
