"""What the office keeps of the stages: milestones, figures, and files of papers that the portal does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeAdmin
from alliance.files.forms import CheckedFileField, keep
from alliance.history.record import record
from alliance.stages.choices import STAGE_OF
from alliance.stages.models import Activity, Milestone, StagePaper
from alliance.stages.papers import source_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class OverdueFilter(admin.SimpleListFilter):
    """Milestones whose planned day is past."""

    title, parameter_name = _("overdue"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("late", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.overdue(clock.today()) if self.value() else queryset


@admin.register(Milestone)
class MilestoneAdmin(HistoryAdmin, OfficeAdmin):
    """The plan's own steps and the office's: when each is planned, and when it was reached."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "stage", "planned_on", "done_on", "is_public")
    list_filter = (OverdueFilter, "stage", ("done_on", admin.EmptyFieldListFilter), "is_public")
    list_select_related = ("stage",)
    search_fields = ("what", "what_en")
    fields = ("stage", "step", "what", "what_hant", "what_en", "planned_on", "done_on", "is_public")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).in_order()

    def get_readonly_fields(self, request: HttpRequest, obj: Milestone | None = None) -> tuple[str, ...]:
        """A step of the plan stays in its stage."""
        return ("step", "stage") if obj and obj.step else ("step",)

    def get_fields(self, request: HttpRequest, obj: Milestone | None = None) -> list[str]:
        return [name for name in self.fields if name != "step" or (obj and obj.step)]

    def has_delete_permission(self, request: HttpRequest, obj: Milestone | None = None) -> bool:
        """The office takes back what it has written itself; its history stays. The plan's own steps stay."""
        return self.may_keep(request) and (obj is None or not obj.step)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One by one."""
        return {}


class RowsOfTheFirstDay(HistoryAdmin, OfficeAdmin):
    """Rows that are there from the first day: changed by the office, never added."""

    seen_by, kept_by = SECRETARIAT, KEEPERS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_keep(request)


@admin.register(Activity)
class ActivityAdmin(RowsOfTheFirstDay):
    """The figures of the preparation, as the notice states them until the office knows better."""

    list_display = ("__str__", "figure")
    list_filter = ("roundness",)
    search_fields = ("kind",)
    fields = ("kind", "count", "roundness")
    readonly_fields = ("kind",)

    @admin.display(description=pgettext_lazy("activities", "how many"))
    def figure(self, activity: Activity) -> str:
        return activity.figure


class StagePaperForm(forms.ModelForm):
    """The file of a paper, with the number and the day that stand on it."""

    file = CheckedFileField(label=_("file"), required=False)

    class Meta:
        model = StagePaper
        fields = ("number", "dated_on")


@admin.register(StagePaper)
class StagePaperAdmin(RowsOfTheFirstDay):
    """The papers that the plan names. What the portal makes itself is made where it belongs; the rest is attached here."""

    form = StagePaperForm
    list_display = ("__str__", "stage_in_words", "number", "dated_on", "attached")
    search_fields = ("number",)
    readonly_fields = ("stage_in_words", "made_at_page", "attached")

    def get_fields(self, request: HttpRequest, obj: StagePaper | None = None) -> list[str]:
        """Who only reads is not asked for a file."""
        asked = ["file"] if self.may_keep(request) else []
        return ["stage_in_words", "made_at_page", "attached", *asked, "number", "dated_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_upload()

    @admin.display(description=pgettext_lazy("of the founding", "stage"))
    def stage_in_words(self, paper: StagePaper) -> Any:
        return STAGE_OF[paper.name].label

    @admin.display(description=_("made by the portal"))
    def made_at_page(self, paper: StagePaper) -> Any:
        source = source_of(paper.name)
        return format_html('<a href="{}">{}</a>', source.url, _("To where it is made")) if source else "–"

    @admin.display(description=pgettext_lazy("paper", "attached"))
    def attached(self, paper: StagePaper) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("file", args=[paper.upload]), paper.upload_name) if paper.upload else "–"

    def save_model(self, request: HttpRequest, obj: StagePaper, form: StagePaperForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        checked = form.cleaned_data.get("file")
        super().save_model(request, obj, form, change)
        if checked:
            stored = keep(checked, about=obj, by=request.user)
            record(obj, "attach", by=request.user, inputs={"file": stored.pk})
