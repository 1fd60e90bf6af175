"""What the secretariat sees of meetings and their rolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeAdmin, WorkflowAdmin
from alliance.admin.office import WrittenRows
from alliance.documents.admin import PapersAdmin
from alliance.exchange.papers import PapersPage
from alliance.history.record import Code, record
from alliance.text import key
from members import workflow
from members.forms.meetings import MEETING_STEP_FORMS, MeetingForm, TellerFormSet
from members.models import AgendaItem, Attendance, Meeting, Observer, Resolution, Teller

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class ResolutionInline(WrittenRows, admin.StackedInline):
    """What the meeting resolved: written in while it lasts, to read afterwards."""

    model = Resolution
    can_delete = False
    fields = (
        "subject",
        ("eligible", "present"),
        ("in_favour", "against", "abstaining"),
        ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"),
    )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return request.user.holds(*KEEPERS) and obj is not None and obj.state == "open"

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class UntilClosed(WrittenRows):
    """Rows beside a meeting: read by the secretariat, and written by its keepers while the meeting is in a state of `open_in`."""

    open_in: ClassVar[tuple[str, ...]] = ("planned", "convened", "open")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return request.user.holds(*KEEPERS) and (obj is None or obj.state in self.open_in)

    def has_change_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return self.has_add_permission(request, obj)


class AgendaInline(UntilClosed, admin.TabularInline):
    """What the meeting goes through, until it opens."""

    model = AgendaItem
    open_in = ("planned", "convened")
    fields = ("position", "title", "speaker", "words")
    formfield_overrides: ClassVar = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 36})},
        models.CharField: {"widget": forms.TextInput(attrs={"size": 32})},
    }


class ObserverInline(UntilClosed, admin.TabularInline):
    """Who attends without a vote."""

    model = Observer
    fields = ("name", "affiliation")


class TellerInline(UntilClosed, admin.TabularInline):
    """Who watches and counts: chosen from the roll, once there is one."""

    model = Teller
    formset = TellerFormSet
    open_in = ("convened", "open")
    fields = ("task", "attendance", "name")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("attendance__unit__organisation")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "attendance":
            meeting = key(request.resolver_match.kwargs.get("object_id") or "")
            options["queryset"] = Attendance.objects.called().filter(meeting=meeting).select_related("unit__organisation")
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Meeting)
class MeetingAdmin(PapersPage, WorkflowAdmin):
    """Meetings: planned, convened with a frozen roll, in session with sign-in, motions and resolutions, closed; and all their papers."""

    workflow = workflow.meetings
    form = MeetingForm
    step_forms = MEETING_STEP_FORMS
    single_steps = ("add_to_roll", "strike_from_roll")
    seen_by, kept_by = SECRETARIAT, KEEPERS
    calls_itself = ("term",)
    list_display = ("__str__", "held_at", "place", "mode", "state")
    list_filter = ("assembly", "state", "term")
    list_select_related = ("term",)
    search_fields = ("place", "=ordinal")
    date_hierarchy = "held_at"

    def get_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[Any]:
        """What says nothing any more is left out: why it was urgent, and who was typed in, where nothing was."""
        asked = [name for name in ("urgency", "invited") if obj is None or obj.state == "planned" or getattr(obj, name)]
        return [("assembly", "term", "ordinal"), "held_at", "place", "mode", ("presides", "minutes_by"), *asked, "state"]

    def get_inlines(self, request: HttpRequest, obj: Meeting | None = None) -> list[Any]:
        """A roll, and what is resolved, are there once the meeting is convened."""
        planned = obj is None or obj.state == "planned"
        return [AgendaInline] if planned else [AgendaInline, TellerInline, ObserverInline, ResolutionInline]

    def has_change_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != "closed")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """Who meets, when and how, is settled once the meeting is convened."""
        settled = (
            ["assembly", "term", "ordinal", "held_at", "place", "mode", "urgency", "invited"] if obj and obj.state != "planned" else []
        )
        return [*super().get_readonly_fields(request, obj), *settled]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """What is written beside a meeting is an event of it."""
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            record(form.instance, "edit", by=request.user, inputs={"rows": Code(formset.model._meta.model_name)})

    def dossier(self, thing: Meeting) -> dict[str, Any]:
        """What has been reached, the motions, the contests that the council holds at it, and the pages of the hall."""
        return {
            "meeting": thing,
            "roll_url": f"../../../attendance/?meeting__id__exact={thing.pk}",
            "motions": thing.motions.select_related("resolution", "item"),
            "contests": thing.contests.select_related("term", "body").annotate(standing=Count("candidates")).order_by("pk"),
            "struck": thing.attendances.exclude(struck_at=None).count(),
            "excused": thing.attendances.absent().exclude(absent_because="").count(),
        }


@admin.action(description=_("Sign in"))
def sign_in(model_admin: OfficeAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """The ticked units are there."""
    for attendance in queryset.called().select_related("meeting"):
        workflow.sign_in(attendance, by=request.user)


class MeetingFilter(admin.SimpleListFilter):
    """The roll of one meeting; the latest twenty are offered."""

    title = _("meeting")
    parameter_name = "meeting__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[int, str]]:
        return [(meeting.pk, str(meeting)) for meeting in Meeting.objects.select_related("term")[:20]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        meeting = key(str(self.value() or ""))  # the numbers beside the filter are asked for with the keys themselves
        return queryset.filter(meeting=meeting) if meeting else queryset


@admin.register(Attendance)
class AttendanceAdmin(PapersAdmin):
    """The roll of a meeting, and who has signed in."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("line", "voter", "proxy", "signed_in_at", "way", "absent_because", "struck_at", "meeting")
    list_filter = (MeetingFilter, ("signed_in_at", admin.EmptyFieldListFilter))
    list_select_related = ("unit__organisation", "meeting__term")
    search_fields = ("unit__number", "unit__organisation__name", "voter")
    actions = (sign_in,)
    list_per_page = 200
    fields = (
        "meeting", "unit", "voter", "proxy", "signed_in_at", "way", "came", "absent_because", "undone_because", "added_because", "struck_at", "struck_because",
    )  # fmt: skip
    readonly_fields = ("proxy",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("proxies")

    @admin.display(description=_("on the roll"), ordering="unit__number")
    def line(self, attendance: Attendance) -> str:
        return str(attendance)

    @admin.display(description=_("proxy"))
    def proxy(self, attendance: Attendance) -> str:
        return f"{attendance.proxy.name} · {attendance.proxy.post}" if attendance.proxy else "–"
