"""What may be typed in: questions to the office and answers to them, and the texts that applicants agree to."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.channels.numbers import refuse_unreachable
from alliance.text import PlainText
from applications.models import ConsentText, Enquiry, FrequentQuestion


class Reachable(PlainText):
    """A question whose answer finds its way."""

    def clean_phone(self) -> str:
        """A number that can be called, if there is one."""
        if phone := self.cleaned_data["phone"]:
            refuse_unreachable(phone)
        return phone

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not any(self.cleaned_data.get(name) or name in self.errors for name in ("email", "phone")):
            self.add_error("email", _("An e-mail address or a telephone number is needed, for the answer."))
        return self.cleaned_data


class EnquiryForm(Reachable, forms.ModelForm):
    """A question from whoever has one. The field that people do not see is for machines that fill in every field."""

    homepage = forms.CharField(required=False, max_length=200, label=_("Please leave this field empty"))

    class Meta:
        model = Enquiry
        fields = ("topic", "words", "name", "unit_name", "email", "phone")
        widgets = {"words": forms.Textarea(attrs={"rows": 7}), "topic": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self._meta.fields, Field("homepage", wrapper_class="visually-hidden"))
        self.fields["topic"].choices = [choice for choice in self.fields["topic"].choices if choice[0]]
        self.fields["email"].help_text = _("The answer goes here. Without an address the office calls the telephone number.")
        self.fields["homepage"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        for name, kept in (("name", "name"), ("unit_name", "organization"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = kept

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))


class FurtherForm(PlainText, forms.Form):
    """A further word in the same thread."""

    words = forms.CharField(label=_("Your further question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class NotedForm(Reachable, forms.ModelForm):
    """A question that came by telephone, at the counter or by mail, as the secretariat notes it."""

    class Meta:
        model = Enquiry
        fields = ("topic", "way", "name", "unit_name", "email", "phone", "language", "words")


class AnswerForm(PlainText, forms.Form):
    """What the desk answers."""

    words = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


ENQUIRY_STEP_FORMS: dict[str, type[forms.Form]] = {"answer": AnswerForm, "ask_further": FurtherForm}


class FrequentQuestionForm(PlainText, forms.ModelForm):
    """A question for everybody to read; where it came from an enquiry, that stays known to the office."""

    class Meta:
        model = FrequentQuestion
        fields = ("language", "topic", "question", "answer", "position", "is_shown", "came_from")
        widgets = {"came_from": forms.HiddenInput}
        labels = {"question": pgettext_lazy("frequent question", "Question")}
        help_texts = {
            "question": _("Everybody reads this: please take out names, units, numbers and whatever else tells who asked."),
            "position": _("Small numbers stand first."),
        }

    def clean_came_from(self) -> Enquiry | None:
        """Only what has been answered becomes an answer for everybody."""
        asked = self.cleaned_data["came_from"]
        if asked and not asked.answer:
            raise ValidationError(_("This enquiry is not answered yet."))
        return asked


class ConsentTextForm(PlainText, forms.ModelForm):
    """The next version of one text."""

    class Meta:
        model = ConsentText
        fields = ("declaration", "language", "text")
