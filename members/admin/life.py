"""What the secretariat sees of the life of memberships: changes, suspensions, sanctions, expulsions, resignations, successions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.admin.workflow import keeping_typed
from alliance.documents.admin import PapersAdmin
from alliance.files.models import StoredFile
from alliance.templatetags import portal
from members import workflow
from members.forms.life import RESIGNATION_STEP_FORMS, ResignationForm
from members.models import Change, Expulsion, FormerName, Resignation, Sanction, Succession, Suspension

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


class WithFiles(OfficeAdmin):
    """A record with the papers that the unit sent."""

    change_form_template = "admin/members/record.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        thing = self.get_object(request, object_id) if object_id else None
        files = StoredFile.objects.about(self.model.objects.filter(pk=thing.pk)) if thing else []
        return super().changeform_view(request, object_id, form_url, {"files": files, **(extra_context or {})})


class LifeAdmin(PapersAdmin, RecordAdmin):
    """Rows that the steps of a unit write, and the papers made about them."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display_links = ("unit",)
    list_select_related = ("unit__organisation",)
    search_fields = ("unit__number", "unit__organisation__name", "unit__organisation__former_names__name")


@admin.register(Change)
class ChangeAdmin(WithFiles, LifeAdmin):
    """Changes that units told, of who represents them and of what they are called."""

    list_display = ("unit", "kind", "before", "after", "on", "by")
    list_filter = ("kind",)
    list_select_related = ("unit__organisation", "representative", "former_name__organisation", "by")
    date_hierarchy = "on"
    fields = ("unit", "kind", "before", "after", "notice_on", "reason", "on", "by", "registered_at")
    readonly_fields = ("before", "after")

    @admin.display(description=_("before"))
    def before(self, change: Change) -> str:
        return change.was or "–"

    @admin.display(description=_("since then"))
    def after(self, change: Change) -> str:
        return change.becomes


@admin.register(FormerName)
class FormerNameAdmin(RecordAdmin):
    """What organisations were called before."""

    reached_through = "organisation"
    seen_by = SECRETARIAT
    list_display = ("name", "organisation", "since", "until")
    list_select_related = ("organisation",)
    list_filter = ("organisation__unit_type",)
    search_fields = ("name", "name_en", "organisation__name", "organisation__reg_no")
    fields = ("name", "name_en", "short_name", "organisation", "since", "until")


@admin.register(Suspension)
class SuspensionAdmin(LifeAdmin):
    """When units had no vote."""

    list_display = ("unit", "begins_on", "until", "ended_on", "by")
    list_filter = (("ended_on", admin.EmptyFieldListFilter),)
    list_select_related = ("unit__organisation", "by")
    fields = ("unit", "reason", "begins_on", "until", "ended_on", "by")


@admin.register(Sanction)
class SanctionAdmin(LifeAdmin):
    """Criticisms, warnings and advice to resign."""

    list_display = ("unit", "kind", "imposed_on", "resolution", "by")
    list_filter = ("kind",)
    list_select_related = ("unit__organisation", "resolution", "by")
    fields = ("unit", "kind", "reason", "resolution", "imposed_on", "by")


class OpenFilter(admin.SimpleListFilter):
    """What waits for the office."""

    title, parameter_name = _("to do"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        return queryset.to_confirm() if queryset.model is Resignation else queryset.open()


@admin.register(Expulsion)
class ExpulsionAdmin(WithFiles, LifeAdmin):
    """Procedures of expulsion: the charges, the defence, the resolution, and the two papers."""

    list_display = ("unit", "charged_on", "defend_by", "defence_way", "decided_on", "dropped_on")
    list_filter = (OpenFilter, "defence_way", ("decided_on", admin.EmptyFieldListFilter))
    fieldsets = (
        (None, {"fields": ("unit",)}),
        (_("Charges"), {"fields": ("charges", "charged_on", "charged_by", "defend_by")}),
        (_("Defence"), {"fields": ("defence_way", "defence", "defended_on")}),
        (_("Outcome"), {"fields": ("resolution", "decided_on", "dropped_on", "dropped_because")}),
    )


@admin.register(Resignation)
class ResignationAdmin(WithFiles, WorkflowAdmin):
    """Notices of units that leave: confirmed here, or entered where they came on paper."""

    reached_through = "unit"
    workflow = workflow.resignations
    step_forms = RESIGNATION_STEP_FORMS
    form = ResignationForm
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("unit", "notice_on", "effective_on", "state", "given_by")
    list_filter = (OpenFilter, "state")
    list_select_related = ("unit__organisation", "given_by")
    search_fields = ("unit__number", "unit__organisation__name")
    autocomplete_fields = ("unit",)
    fields = ("unit", "notice_on", "effective_on", "reason", "state", "given_by", "given_at", "decided_at")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ResignationForm.Meta.fields

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Resignation, form: ResignationForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        with keeping_typed(form):
            given = workflow.give_notice(by=request.user, **form.cleaned_data)
        obj.__dict__.update(given.__dict__)


@admin.register(Succession)
class SuccessionAdmin(LifeAdmin):
    """Which unit went into which. It is undone on the page of the predecessor, within a day."""

    reached_through = "predecessor"
    list_display = ("predecessor", "successor", "kind", "on", "taken_at", "undone_at")
    list_display_links = ("predecessor",)
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("predecessor__organisation", "successor__organisation")
    search_fields = (
        "predecessor__number", "predecessor__organisation__name", "successor__number", "successor__organisation__name", "document",
    )  # fmt: skip
    fields = ("predecessor", "successor", "kind", "on", "document", "others", "taken_at", "by", "undone_at", "undone_because")


class ChangeInline(OfficeInline):
    model = Change
    fields = readonly_fields = ("kind", "before", "after", "notice_on", "on")
    show_change_link = True
    before, after = ChangeAdmin.before, ChangeAdmin.after

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("unit", "representative", "former_name__organisation")


class SuspensionInline(OfficeInline):
    model = Suspension
    fields = readonly_fields = ("begins_on", "until", "ended_on", "reason")
    show_change_link = True


class SanctionInline(OfficeInline):
    model = Sanction
    fields = readonly_fields = ("kind", "imposed_on", "reason")
    show_change_link = True


class ExpulsionInline(OfficeInline):
    model = Expulsion
    fields = readonly_fields = ("charged_on", "defend_by", "defence_way", "decided_on", "dropped_on")
    show_change_link = True


class ResignationInline(OfficeInline):
    model = Resignation
    fields = readonly_fields = ("notice_on", "effective_on", "stands", "reason")
    show_change_link = True

    @admin.display(description=_("state"))
    def stands(self, resignation: Resignation) -> str:
        return portal.state(resignation)


LIFE_INLINES = (ChangeInline, SuspensionInline, SanctionInline, ExpulsionInline, ResignationInline)
