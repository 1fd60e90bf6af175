"""What may be typed in about letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.documents.models import Paper
from alliance.letters import texts
from alliance.letters.kinds import KINDS
from alliance.letters.models import Wording
from alliance.text import PlainText

if TYPE_CHECKING:
    from typing import Any

    from alliance.letters.kinds import Kind

LONG = {"rows": 14, "class": "vLargeTextField"}


class EditForm(PlainText, forms.Form):
    """The words of one draft."""

    wants_things = True
    subject = forms.CharField(label=_("Subject"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    body = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs=LONG))

    def __init__(self, data: Any = None, *, things: list[Any]) -> None:
        initial = {"subject": things[0].subject, "body": things[0].body} if len(things) == 1 else None
        super().__init__(data, initial=initial)


class EncloseForm(PlainText, forms.Form):
    """Which of the papers made about the same thing."""

    wants_things = True
    papers = forms.ModelMultipleChoiceField(
        label=_("Papers"),
        queryset=Paper.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are made on the page of what the letter is about."),
    )

    def __init__(self, data: Any = None, *, things: list[Any]) -> None:
        super().__init__(data)
        about = {"kind_of_thing": things[0].kind_of_thing, "thing_id": things[0].thing_id}
        papers = cast("forms.ModelMultipleChoiceField", self.fields["papers"])
        papers.queryset = Paper.objects.filter(**about).defer("content").order_by("-id")


class ToldForm(PlainText, forms.Form):
    """Whom somebody told, how, and when."""

    whom = forms.CharField(label=_("Whom"), max_length=100)
    how = forms.CharField(label=_("How"), max_length=200, help_text=_("By telephone, by courier with its number, in person …"))
    when = forms.SplitDateTimeField(label=_("When"), initial=clock.now, widget=AdminSplitDateTime)


class CancelForm(PlainText, forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class WordingForm(PlainText, forms.ModelForm):
    """The next version of a letter's words. What it may name stands beside it; anything else is told at its field."""

    class Meta:
        model = Wording
        fields = ("kind", "language", "subject", "body")
        widgets = {
            "kind": forms.HiddenInput,
            "language": forms.HiddenInput,
            "subject": forms.TextInput(attrs={"class": "vTextField"}),
            "body": forms.Textarea(attrs=LONG),
        }

    def clean_kind(self) -> str:
        if self.cleaned_data["kind"] not in KINDS:
            raise ValidationError(_("There is no such kind of letter."))
        return self.cleaned_data["kind"]

    def clean(self) -> dict[str, Any]:
        """A version with words has a subject, and names only what this kind of letter knows."""
        said = super().clean()
        kind = KINDS.get(said.get("kind", ""))
        for name in ("subject", "body"):
            if kind and name in said:
                self.check(kind, name, said[name])
        if said.get("body") and not said.get("subject") and "subject" not in self.errors:
            self.add_error("subject", _("A letter has a subject. To go back to the words shipped, leave both empty."))
        if said.get("subject") and not said.get("body") and "body" not in self.errors:
            self.add_error("body", _("A letter has a text. To go back to the words shipped, leave both empty."))
        return said

    def check(self, kind: Kind, name: str, text: str) -> None:
        if unknown := texts.unknown(kind, text):
            message = _("This kind of letter knows nothing called %(names)s. It may name: %(known)s.")
            self.add_error(name, ValidationError(message, params={"names": ", ".join(unknown), "known": ", ".join(kind.variables)}))
        elif texts.strays(text):
            self.add_error(name, _("Braces are left over: a variable stands as {{ name }}, with its name in plain letters."))
