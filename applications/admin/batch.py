"""What the secretariat sees of batches: dates, terms, and the ways to what happens in each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxValueValidator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin.office import DRAWN
from alliance.workflow import Refused
from applications import batches, pack  # noqa: F401 — the pack declares itself
from applications.admin.board import BoardPages
from applications.admin.deliberation import DeliberationViews
from applications.admin.reviewing import ReviewsOfBatch
from applications.models import (
    Batch,
)
from applications.models.terms import TERMS

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class BatchForm(forms.ModelForm):
    """A batch's dates. The deadline is typed as its last day."""

    last_day = forms.DateField(
        label=_("Last day for submissions"),
        required=False,
        help_text=_(
            "Submissions count until 24:00 of this day, Beijing time; the next batch opens at that moment. A fixed day does not move, even if it is a rest day."
        ),
        validators=[MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2020-12-12"}),
    )

    class Meta:
        model = Batch
        fields = ("last_day", "grace_minutes", "seal_days", "deciding_body", "review_planned_on", "publicity_days", *TERMS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.closes_at:
            self.initial["last_day"] = (self.instance.deadline - timedelta(microseconds=1)).astimezone(clock.SHANGHAI).date()

    @property
    def deadline(self) -> Any:
        """The instant the last day ends."""
        day = self.cleaned_data.get("last_day")
        return clock.midnight(day + timedelta(days=1)) if day else None

    @property
    def is_moved(self) -> bool:
        """Whether the batch is to close at another instant than before."""
        before = Batch.objects.get(pk=self.instance.pk)
        return bool(self.deadline) and (self.deadline, self.cleaned_data.get("grace_minutes")) != (before.deadline, before.grace_minutes)

    def clean_grace_minutes(self) -> int:
        """Refused before the deadline is reckoned with it: a number can be more than any calendar holds."""
        return Batch._meta.get_field("grace_minutes").clean(self.cleaned_data["grace_minutes"], self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "last_day" in self.cleaned_data and self.is_moved:
            try:
                batches.refuse_impossible(
                    self.instance, self.instance.next, self.deadline + timedelta(minutes=self.cleaned_data.get("grace_minutes") or 0)
                )
            except Refused as refusal:
                self.add_error("last_day", str(refusal.why))
        return self.cleaned_data


closing = DRAWN["closes_at"]


@admin.register(Batch)
class BatchAdmin(ReviewsOfBatch, DeliberationViews, BoardPages):
    """Batches follow each other by themselves; what is edited is the deadline and who decides."""

    form = BatchForm
    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    calls_itself = ()
    list_display = ("__str__", "opens_at", "closes_at", "closed_at", "deciding_body", "received", "admitted", "pages")
    readonly_fields = ("number", "opens_at", "closed_at")
    fields = (
        "number",
        "opens_at",
        "last_day",
        "grace_minutes",
        "closed_at",
        "seal_days",
        "deciding_body",
        "review_planned_on",
        "publicity_days",
        *TERMS,
    )
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "deciding_body")
    search_fields = ("=number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_figures(request.user)

    @admin.display(description=_("board and statistics"))
    def pages(self, batch: Batch) -> str:
        """Its board and its statistics, from the list."""
        addresses = (reverse(f"admin:applications_batch_{name}", args=[batch.pk]) for name in ("board", "statistics"))
        return format_html('<a href="{}">{}</a> · <a href="{}">{}</a>', next(addresses), _("Batch board"), next(addresses), _("Statistics"))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The deadline is typed as a day, and read as the moment it is."""
        return [closing if name == "last_day" and not self.has_change_permission(request) else name for name in self.fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*self.readonly_fields, closing]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)

    @admin.display(description=_("received"), ordering="received")
    def received(self, batch: Batch) -> int:
        return batch.received

    @admin.display(description=_("admitted"), ordering="admitted")
    def admitted(self, batch: Batch) -> int:
        return batch.admitted

    def save_model(self, request: HttpRequest, obj: Batch, form: BatchForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        is_moved, grace = form.is_moved, obj.grace_minutes
        obj.grace_minutes = Batch.objects.get(pk=obj.pk).grace_minutes  # it moves together with the deadline, under the lock
        super().save_model(request, obj, form, change)
        if is_moved:
            batches.schedule(obj, form.deadline, by=request.user, grace=grace)
            self.message_user(request, _("The deadline is set; the next batch opens at that moment."), messages.SUCCESS)
