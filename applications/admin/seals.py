"""What the secretariat sees of sealed forms: scans, and originals as they come by courier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import OfficeAdmin, WorkflowAdmin
from alliance.templatetags import portal
from applications import papers, sealing
from applications.forms.sealing import COPY_STEP_FORMS, OriginalForm
from applications.models import (
    Original,
    SealedCopy,
)

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class LookFilter(admin.SimpleListFilter):
    """The scans that wait for the clerk's eye."""

    title = _("to look at")
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To look at"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.to_look_at() if self.value() else queryset


class OfVersion:
    """A paper of one version of the form, told by its number."""

    @admin.display(description=_("version"), ordering="version__number")
    def numbered(self, thing: SealedCopy | Original) -> int:
        return thing.version.number


@admin.register(SealedCopy)
class SealedCopyAdmin(OfVersion, WorkflowAdmin):
    """Scans of sealed forms: read by the portal, and by a clerk where it could not."""

    reached_through = "application"
    workflow = sealing.copies
    step_forms = COPY_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("application", "numbered", "state", "pages_read", "came_at", "looked_by", "remark")
    list_filter = (LookFilter, "reading")
    list_select_related = ("application", "version", "looked_by")
    search_fields = ("application__number", "application__name")
    fields = ("application", "version", "pages_read", "came_at", "looked_by", "looked_at", "remark")

    @admin.display(description=_("state"), ordering="reading")
    def state(self, copy: SealedCopy) -> str:
        return portal.state(copy)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A draft is nobody's but the applicant's, and so are its scans; one that was replaced is history."""
        return super().get_queryset(request).running().exclude(application__submitted_at=None)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*self.fields]

    def dossier(self, thing: SealedCopy) -> dict[str, Any]:
        """The scan itself, page by page, beside the code that it should carry."""
        return {"copy": thing, "code": papers.spaced(thing.version.code), "submitted": thing.application.version}

    @admin.display(description=_("note"))
    def remark(self, copy: SealedCopy) -> str:
        return copy.remark or "–"


@admin.register(Original)
class OriginalAdmin(OfVersion, OfficeAdmin):
    """Sealed papers as they come by courier: logged once, with where they are filed; one that was noted wrongly is logged again."""

    reached_through = "application"
    seen_by = kept_by = SECRETARIAT
    form = OriginalForm
    list_display = ("application", "numbered", "received_on", "courier", "filed", "is_complete", "noted_by")
    list_filter = ("is_complete", "received_on")
    list_select_related = ("application", "version", "noted_by")
    search_fields = ("application__number", "application__name", "courier", "filed")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Logged by the application's number, as it stands on the paper."""
        what = ("application", "version") if obj else ("number",)
        return (*what, "received_on", "courier", "filed", "is_complete", *(("noted_by", "noted_at") if obj else ()))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Original | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        """The form knows who logs: branch staff log what is their branch's."""
        return type("OriginalForm", (super().get_form(request, obj, change, **options),), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: Original, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        sealing.log_original(obj, by=request.user)
