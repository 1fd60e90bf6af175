"""What the secretariat sees of who asks to be let in, and of who got longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin, WorkflowAdmin
from applications import limits
from applications.forms.joining import JOIN_STEP_FORMS
from applications.forms.lengthening import ExtensionForm
from applications.joining import joining
from applications.models import (
    Extension,
    JoinRequest,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(JoinRequest)
class JoinRequestAdmin(WorkflowAdmin):
    """Who asks to act for a unit that is known already: where it has no owner, the clerk decides; on a sealed letter a unit is re-bound."""

    reached_through = ""
    named_by = ("organisation__name",)
    workflow = joining
    step_forms = JOIN_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("reg_no", "unit", "user", "department", "state", "asked_at", "decided_by")
    list_filter = ("state", "jurisdiction")
    list_select_related = ("organisation", "user", "decided_by")
    search_fields = ("reg_no", "user__email", "user__name", "organisation__name")
    fields = ("jurisdiction", "reg_no", "organisation", "user", "department", "asked_at", "state", "decided_by", "decided_at", "reason")
    readonly_fields = fields

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def unit(self, request: JoinRequest) -> str:
        return str(request.organisation or _("a draft"))


@admin.register(Extension)
class ExtensionAdmin(OfficeAdmin):
    """Longer deadlines for single applicants, each with its reason; granted once, never changed."""

    reached_through = "application"
    form = ExtensionForm
    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("application_no", "batch", "until", "reason", "granted_by", "granted_at")
    list_filter = ("batch",)
    list_select_related = ("application", "batch", "granted_by")
    search_fields = ("application__reg_no", "reason")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Extension | None = None) -> Any:
        """What is typed; and of one that was granted, what it says."""
        return ("batch", "until", "reason", "granted_by", "granted_at") if obj else ("reg_no", "email", "batch", "last_day", "reason")

    def save_model(self, request: HttpRequest, obj: Extension, form: ExtensionForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        made = limits.lengthen(form.cleaned_data["application"], obj.batch, form.cleaned_data["until"], obj.reason, by=request.user)
        obj.__dict__.update(made.__dict__)

    @admin.display(description=_("registration number"), ordering="application__reg_no")
    def application_no(self, extension: Extension) -> str:
        """The number alone: what a draft says is its applicant's."""
        return extension.application.reg_no
