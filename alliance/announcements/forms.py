"""What may be typed in about an announcement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.announcements.models import LONGEST_WORDS, Announcement
from alliance.announcements.workflow import hindrance
from alliance.files.forms import CheckedFileField, CheckedPapersField
from alliance.files.models import StoredFile
from alliance.text import PlainText

LATEST = MaxValueValidator(date(2100, 1, 1))
DAY = timedelta(days=1)


def day_field(label: Any, help_text: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2026-05-20"})
    return forms.DateField(label=label, help_text=help_text, required=required, validators=[LATEST], widget=widget)


def last_day_of(moment: Any) -> date | None:
    """The day that ends at this instant."""
    return (moment - timedelta(microseconds=1)).astimezone(clock.SHANGHAI).date() if moment else None


class AnnouncementForm(PlainText, forms.ModelForm):
    """A draft: its words, whom it is for, its days as days, and its files."""

    first_day = day_field(_("First day"), _("Empty: from the moment it is published."))
    last_day = day_field(_("Last day"), _("It holds until 24:00 of this day, Beijing time. Empty: until it is withdrawn."))
    files = CheckedPapersField(label=_("Attach files"), required=False)
    remove = forms.ModelMultipleChoiceField(
        StoredFile.objects.none(), label=_("Take away"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Announcement
        fields = ("kind", "title", "body", "audience")
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "body": forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        if draft.valid_from:
            self.initial.setdefault("first_day", draft.valid_from.astimezone(clock.SHANGHAI).date())
        self.initial.setdefault("last_day", last_day_of(draft.valid_until))
        if draft.pk and "remove" in self.fields:
            self.fields["remove"].queryset = draft.files

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("first_day"), said.get("last_day")
        if last and last < max(first or last, clock.today()):
            self.add_error("last_day", _("The last day lies before the first, or in the past."))
        else:
            self.instance.valid_from = clock.midnight(first) if first else None
            self.instance.valid_until = clock.midnight(last + DAY) if last else None
        return said


class PublishForm(forms.Form):
    """Whether a letter goes out as well."""

    wants_things = True

    tell_members = forms.BooleanField(
        label=_("Tell every member unit by letter"),
        required=False,
        help_text=_("One letter to whoever acts for each unit, with the title and the link; it cannot be called back."),
    )

    def __init__(self, *args: Any, things: list[Announcement], **options: Any) -> None:
        super().__init__(*args, **options)
        self.things = things

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        tells = bool(said.get("tell_members"))
        for announcement in self.things:
            if why := hindrance(announcement, tell_members=tells):
                self.add_error("tell_members" if tells and not hindrance(announcement, tell_members=False) else None, why)
        return said


class CorrectForm(PlainText, forms.Form):
    """What was wrong and what is right, in words; a corrected file may come with it."""

    wants_files = True

    words = forms.CharField(
        label=_("What is put right"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by everybody above the text, with the moment: say what stood there and what is right."),
    )
    file = CheckedFileField(label=_("Corrected file"), required=False)


class MoveEndForm(forms.Form):
    """The new last day; the verb takes the instant at which it is over."""

    valid_until = day_field(_("Last day"), _("It holds until 24:00 of this day, Beijing time."), required=True)

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day < clock.today():
            raise forms.ValidationError(_("That day is past."))
        return clock.midnight(day + DAY)


class WithdrawForm(PlainText, forms.Form):
    """Why."""

    reason = forms.CharField(
        label=pgettext_lazy("announcement", "Why it is withdrawn"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Of a published one, whoever comes to its address reads this."),
    )


STEP_FORMS: dict[str, type[forms.Form]] = {
    "publish_announcement": PublishForm,
    "correct_announcement": CorrectForm,
    "move_end": MoveEndForm,
    "withdraw_announcement": WithdrawForm,
}
