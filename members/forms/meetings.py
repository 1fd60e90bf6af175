"""What may be typed in about a meeting: its plan, corrections of its roll, proxies, tellers, and the count of a show of hands."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.models import User
from alliance.files.forms import CheckedFileField
from alliance.text import PlainText
from alliance.workflow import Refused
from members import workflow
from members.choices import Assembly, MeetingState
from members.models import Attendance, Meeting, Motion


class MeetingForm(PlainText, forms.ModelForm):
    """A meeting that is planned: in time for its notice, or with the reason for urgency."""

    class Meta:
        model = Meeting
        fields = ("assembly", "term", "ordinal", "held_at", "place", "mode", "presides", "minutes_by", "urgency", "invited")
        widgets: ClassVar = {"invited": forms.Textarea(attrs={"rows": 6})}

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = {name: self.cleaned_data.get(name, getattr(self.instance, name, None)) for name in ("assembly", "held_at", "urgency")}
        term = self.cleaned_data.get("term") or (self.instance.term if self.instance.term_id else None)
        if self.instance.state == MeetingState.PLANNED and term and typed["assembly"] and typed["held_at"] and "held_at" in self.fields:
            day = typed["held_at"].astimezone(clock.SHANGHAI).date()
            if why := workflow.late(typed["assembly"], term, day, typed["urgency"] or ""):
                self.add_error("held_at", why)
        if self.cleaned_data.get("invited") and typed["assembly"] != Assembly.PREPARATORY:
            self.add_error(
                "invited", _("This body's roll comes from the register: names are typed in for the preparatory working group alone.")
            )
        return self.cleaned_data


class RollForm(PlainText, forms.Form):
    """Who was left out, or stands on the roll by mistake, and why."""

    wants_things: ClassVar[bool] = True
    whom = forms.CharField(
        label=_("Who"), max_length=60, help_text=_("The member number; where persons are called, the name as it stands on the roll.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Such as the complaint that was right, and who decided on it."))

    def __init__(self, data: Any = None, *, things: list[Meeting]) -> None:
        super().__init__(data)
        self.meetings = things


class AddToRollForm(RollForm):
    def clean_whom(self) -> str:
        """What the step would refuse is said at the field."""
        whom = self.cleaned_data["whom"].strip()
        for meeting in self.meetings:
            try:
                workflow.new_line(meeting, whom)
            except Refused as refusal:
                raise ValidationError(refusal.why) from refusal
        return whom


class StrikeForm(RollForm):
    def clean_whom(self) -> str:
        whom = self.cleaned_data["whom"].strip()
        for meeting in self.meetings:
            if not workflow.lines_of(meeting, whom).exists():
                raise ValidationError(_("%(whom)s does not stand on the roll.") % {"whom": whom})
        return whom


MEETING_STEP_FORMS: dict[str, type[forms.Form]] = {"add_to_roll": AddToRollForm, "strike_from_roll": StrikeForm}


class HandsForm(PlainText, forms.Form):
    """The tellers' figures of a show of hands."""

    wants_things: ClassVar[bool] = True
    in_favour = forms.IntegerField(label=_("For"), min_value=0)
    against = forms.IntegerField(label=_("Against"), min_value=0)
    abstaining = forms.IntegerField(label=_("Abstaining"), min_value=0)

    def __init__(self, data: Any = None, *, things: list[Motion]) -> None:
        super().__init__(data)
        self.motions = things

    def clean(self) -> dict[str, Any]:
        """They add up to those present."""
        super().clean()
        typed = [self.cleaned_data.get(name) for name in ("in_favour", "against", "abstaining")]
        for motion in self.motions if None not in typed else ():
            if why := workflow.unbalanced(motion.meeting.present, *typed):
                self.add_error("abstaining", why)
        return self.cleaned_data


class WithdrawForm(PlainText, forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


MOTION_STEP_FORMS: dict[str, type[forms.Form]] = {"count_hands": HandsForm, "withdraw_motion": WithdrawForm}


class ProxyForm(PlainText, forms.Form):
    """Another person of the same unit."""

    name = forms.CharField(label=_("Name of the proxy"), max_length=60)
    post = forms.CharField(label=_("Post in the unit"), max_length=60)
    email = forms.EmailField(
        label=_("Their account, by its address"),
        required=False,
        help_text=_("Of somebody who acts for the unit in the portal already: they can then sign in by phone. Otherwise leave it empty."),
    )
    paper_given = forms.BooleanField(label=_("The written proxy, sealed by the unit, is at hand"), required=False)
    paper = CheckedFileField(label=_("Scan of the written proxy"), required=False)
    is_of_unit = forms.BooleanField(
        label=_("This person works at the unit"), help_text=_("A unit does not vote for another: nobody else can be its proxy.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, attendance: Attendance, by_office: bool) -> None:
        super().__init__(data, files)
        self.attendance = attendance
        if not by_office:
            del self.fields["paper_given"]

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        self.account = User.objects.filter(email__iexact=typed, is_active=True).first() if typed else None
        if typed and self.account is None:
            raise ValidationError(self.not_of_unit())
        return typed

    def not_of_unit(self) -> str:
        """The same for an account of another unit and for none: who has an account is nobody's business."""
        return _("This account does not act for %(unit)s: a proxy is another person of the same unit.") % {"unit": self.attendance.unit}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "name" in self.cleaned_data and "email" in self.cleaned_data:
            try:
                workflow.against_strangers(self.attendance, self.cleaned_data["name"], self.account)
            except Refused as refusal:
                self.add_error("email" if refusal.about == "account" else "name", str(refusal.why))
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What goes into the record."""
        typed = self.cleaned_data
        given = {"paper_given": typed.get("paper_given", False), "paper": typed["paper"]}
        return {"name": typed["name"], "post": typed["post"], "account": self.account, **given}


class TellerFormSet(BaseInlineFormSet):
    """Scrutineers and tellers: nobody who stands in an election of the meeting, nor of a unit that does."""

    def clean(self) -> None:
        super().clean()
        stand = workflow.candidates_of(self.instance) if self.instance.pk else set()
        for form in self.forms:
            typed = form.cleaned_data if not form.errors else {}
            attendance = typed.get("attendance")
            if attendance and not typed.get("DELETE") and attendance.unit_id and attendance.unit_id in stand:
                form.add_error(
                    "attendance",
                    _("%(unit)s stands in an election of this meeting: it neither watches nor counts.") % {"unit": attendance.name},
                )


class UndoForm(PlainText, forms.Form):
    """Why a sign-in was none."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
