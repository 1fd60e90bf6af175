"""Who works for a branch, and what units would like to do in which body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.accounts.models import User
from alliance.admin import OfficeAdmin, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from members import workflow
from members.forms import WISH_STEP_FORMS
from members.models import Body, BranchPost, Wish

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest


@admin.register(BranchPost)
class BranchPostAdmin(OfficeAdmin):
    """Whose offices reach a branch's units alone: appointed by the security administrator, as to the offices themselves."""

    seen_by, kept_by = (Office.AUDITOR, Office.SECRETARY), (Office.SECURITY,)
    list_display = ("user", "branch", "since", "until", "appointed_by")
    list_filter = (("until", admin.EmptyFieldListFilter), ("branch", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("user", "branch", "appointed_by")
    search_fields = ("user__name", "user__email", "branch__name")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("user", "branch", "since", "until", "appointed_by") if obj else ("user", "branch")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Who works where is settled; it ends, and is begun anew elsewhere."""
        return ("user", "branch", "since", "appointed_by") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: BranchPost | None = None) -> bool:
        return self.may_keep(request) and (obj is None or obj.until is None)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Somebody of the secretariat, and not oneself; a branch that is there or planned."""
        if db_field.name == "user":
            options["queryset"] = User.objects.of_offices(SECRETARIAT).exclude(pk=request.user.pk).order_by("name")
        if db_field.name == "branch":
            options["queryset"] = Body.objects.branches()
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: BranchPost, form: ModelForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        if not change:
            obj.appointed_by = request.user
        super().save_model(request, obj, form, change)


class WishFilter(admin.SimpleListFilter):
    """What waits to be decided."""

    title, parameter_name = _("to decide"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To decide"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.to_decide() if self.value() else queryset


@admin.register(Wish)
class WishAdmin(RecordAdmin, WorkflowAdmin):
    """The work list of wishes: to join a branch or working group, to host one, to help run the secretariat."""

    reached_through = "unit"
    workflow = workflow.wishes
    step_forms = WISH_STEP_FORMS
    others_steps = ("withdraw_wish",)
    seen_by = SECRETARIAT
    list_display = ("unit", "body", "kind", "state", "made_at", "decided_by", "decided_at")
    list_filter = (WishFilter, "body", "kind", "state")
    list_select_related = ("unit__organisation", "body", "decided_by")
    search_fields = ("unit__number", "unit__organisation__name", "body__name")
    fields = ("unit", "body", "kind", "state", "made_at", "words", "decided_by", "decided_at")
