"""The table of exceptional days, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin
from alliance.calendar import reading
from alliance.calendar.models import ExceptionalDay
from alliance.text import PlainText, posted

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


class ListForm(PlainText, forms.Form):
    """A year's days, as the office copies them from the State Council's notice or from a spreadsheet."""

    days = forms.CharField(
        label=_("Days"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField", "placeholder": "2027-01-01,休,元旦"}),
        help_text=_("A line a day: date, 班 or 休, note. Copied from a spreadsheet or as CSV. Only exceptions need to stand here."),
    )

    def clean_days(self) -> list[reading.Line]:
        return reading.read(self.cleaned_data["days"])


@admin.register(ExceptionalDay)
class ExceptionalDayAdmin(OfficeAdmin):
    """A holiday that was announced wrongly can be taken out again. Each change is an edition, by which limits are counted again."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("day", "is_workday", "note")
    list_filter = ("is_workday",)
    search_fields = ("note",)
    date_hierarchy = "day"
    change_list_template = "admin/calendar/exceptionalday/change_list.html"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One day at a time: each is an edition."""
        return {}

    def get_urls(self) -> list[Any]:
        return [path("list/", self.admin_site.admin_view(self.list_view), name="calendar_exceptionalday_list"), *super().get_urls()]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """Take a year's days over from a list."""
        if not self.has_change_permission(request):
            raise Http404
        form = ListForm(posted(request))
        if form.is_valid():
            count = reading.take_over(form.cleaned_data["days"], by=request.user)
            said = ngettext("%(count)d day has changed.", "%(count)d days have changed.", count) % {"count": count}
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:calendar_exceptionalday_changelist")
        context = {**self.admin_site.each_context(request), "title": _("Take days over from a list"), "form": form, "opts": self.opts}
        return render(request, "admin/calendar/exceptionalday/list.html", context)

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        super().save_model(request, obj, form, change)
        reading.new_edition(1 if form.changed_data else 0, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        reading.new_edition(1, by=request.user)
