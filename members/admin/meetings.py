"""What the secretariat sees of terms, meetings and their rolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeAdmin, WorkflowAdmin
from alliance.documents.admin import PapersAdmin
from alliance.text import key
from members import workflow
from members.admin.keeping import KEEPERS
from members.forms import MEETING_STEP_FORMS
from members.models import Attendance, Meeting, Resolution, Term

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


@admin.register(Term)
class TermAdmin(HistoryAdmin, OfficeAdmin):
    """A term's dates. Terms come with their seats, so none is added here."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "begins_on", "ends_on", "hosts_vote_too")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)


class ResolutionInline(admin.StackedInline):
    """What the meeting resolved: written in while it lasts, to read afterwards."""

    model = Resolution
    extra = 0
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


@admin.register(Meeting)
class MeetingAdmin(PapersAdmin, WorkflowAdmin):
    """Meetings: planned, convened with a frozen roll, in session with sign-in and resolutions, closed."""

    workflow = workflow.meetings
    step_forms = MEETING_STEP_FORMS
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "held_at", "place", "state")
    list_filter = ("assembly", "state", "term")
    list_select_related = ("term",)
    search_fields = ("place", "=ordinal")
    date_hierarchy = "held_at"
    fields = ("assembly", "term", "ordinal", "held_at", "place", "state")
    inlines = (ResolutionInline,)

    def has_change_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != "closed")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """Who meets, and when, is settled once the meeting is convened."""
        settled = ["assembly", "term", "ordinal", "held_at", "place"] if obj and obj.state != "planned" else []
        return [*super().get_readonly_fields(request, obj), *settled]

    def dossier(self, thing: Meeting) -> dict[str, Any]:
        return {"meeting": thing, "roll_url": f"../../../attendance/?meeting__id__exact={thing.pk}"}


@admin.action(description=_("Sign in"))
def sign_in(model_admin: OfficeAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """The ticked units are there."""
    for attendance in queryset.select_related("meeting"):
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
class AttendanceAdmin(OfficeAdmin):
    """The roll of a meeting, and who has signed in."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("unit", "voter", "signed_in_at", "meeting")
    list_filter = (MeetingFilter, ("signed_in_at", admin.EmptyFieldListFilter))
    list_select_related = ("unit__organisation", "meeting__term")
    search_fields = ("unit__number", "unit__organisation__name", "voter")
    actions = (sign_in,)
    list_per_page = 200
