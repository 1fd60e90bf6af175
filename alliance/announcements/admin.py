"""What the secretariat sees of announcements: written as drafts, published, put right, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeInline, WorkflowAdmin
from alliance.announcements.choices import State
from alliance.announcements.forms import STEP_FORMS, AnnouncementForm
from alliance.announcements.models import Announcement, Correction
from alliance.announcements.workflow import announcements
from alliance.files.forms import keep
from alliance.files.sweeping import discard
from alliance.history.record import record
from alliance.templatetags import portal

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

WRITTEN = ("kind", "audience", "title", "body", "first_day", "last_day")


class InForceFilter(admin.SimpleListFilter):
    """Those that hold now."""

    title, parameter_name = pgettext_lazy("announcement", "in force"), "now"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", pgettext_lazy("announcement", "In force now"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.in_force(clock.now()) if self.value() else queryset


class CorrectionInline(OfficeInline):
    """What was put right."""

    model = Correction
    fields = readonly_fields = ("made_at", "words")


@admin.register(Announcement)
class AnnouncementAdmin(HistoryAdmin, WorkflowAdmin):
    """Drafts are written here; what was published changes by steps alone."""

    workflow = announcements
    form = AnnouncementForm
    step_forms = STEP_FORMS
    single_steps = tuple(announcements.steps)
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("title", "kind", "audience", "state", "valid_from", "until")
    list_filter = ("state", InForceFilter, "kind", "audience")
    search_fields = ("title", "body")
    inlines = [CorrectionInline]
    shown = ("pages", "attached")
    settled = ("kind", "audience", "title", "body", "valid_from", "until", "published_at", "withdrawn_at", "withdrawn_for", "state")

    def has_change_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state == State.DRAFT)

    def get_fields(self, request: HttpRequest, obj: Announcement | None = None) -> tuple[Any, ...]:
        if obj is None:
            return (*WRITTEN, "files")
        if not self.has_change_permission(request, obj):
            return (*self.shown, *self.settled)
        return (*self.shown, *WRITTEN, "files", *(("remove",) if obj.files.exists() else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Announcement | None = None) -> list[Any]:
        return [
            *super().get_readonly_fields(request, obj),
            *self.shown,
            "valid_from",
            "until",
            "published_at",
            "withdrawn_at",
            "withdrawn_for",
        ]

    def get_inlines(self, request: HttpRequest, obj: Announcement | None) -> list[Any]:
        return self.inlines if obj and obj.state != State.DRAFT else []

    @admin.display(description=_("look at"))
    def pages(self, announcement: Announcement) -> Any:
        """As its readers see it: a draft is seen by the office alone."""
        named = ((_("Page"), "announcement"), (_("Print view"), "announcement_print"), (_("Poster (PDF)"), "announcement_poster"))
        return format_html_join(" · ", '<a href="{}">{}</a>', ((reverse(name, args=[announcement.uuid]), word) for word, name in named))

    @admin.display(description=pgettext_lazy("announcement", "in force until"), ordering="valid_until")
    def until(self, announcement: Announcement) -> str:
        """Midnight is the 24:00 of the day before it."""
        return portal.deadline(announcement.valid_until) or "–"

    @admin.display(description=_("attached files"))
    def attached(self, announcement: Announcement) -> Any:
        files = [(file.get_absolute_url(), file) for file in announcement.files]
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', files) or "–"

    def save_model(self, request: HttpRequest, obj: Announcement, form: AnnouncementForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """The days are typed as days; files come and go while it is a draft."""
        form.changed_data.extend(
            {"first_day": "valid_from", "last_day": "valid_until"}[name]
            for name in form.changed_data[:]
            if name in ("first_day", "last_day")
        )
        super().save_model(request, obj, form, change)
        for checked in form.cleaned_data.get("files") or []:
            record(obj, "attach", by=request.user, inputs={"file": keep(checked, about=obj, by=request.user).pk})
        for file in form.cleaned_data.get("remove") or []:
            record(obj, "detach", by=request.user, inputs={"file": file.pk})
            discard(file)
