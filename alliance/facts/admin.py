"""The alliance's facts, desks and stages, kept by the secretary-general."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin, WorkflowAdmin
from alliance.facts.forms import FoundForm
from alliance.facts.models import ContactDesk, Facts, FoundingStage
from alliance.facts.workflow import founding
from alliance.templatetags import portal

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class KeptRowsAdmin(HistoryAdmin, OfficeAdmin):
    """Rows that are there from the first day: changed by the secretary-general, never added."""

    seen_by, kept_by = SECRETARIAT, (Office.SECRETARY,)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)


@admin.register(Facts)
class FactsAdmin(KeptRowsAdmin, WorkflowAdmin):
    """One row. Its phase moves by the step of founding alone."""

    workflow = founding
    formfield_overrides = {CharField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})}}  # names are long
    step_forms = {"found": FoundForm}
    list_display = ("__str__", "state", "founded_on")
    list_display_links = ("__str__",)
    readonly_fields = ("phase", "founded_on")
    fieldsets = (
        (_("Names"), {"fields": ("name_hans", "name_hant", "name_en", "short_hans", "short_hant", "short_en")}),
        (_("How it is run"), {"fields": ("phase", "founded_on", "governance", "term_years", "idle_days", "small_office")}),
        (
            _("Certificates and labels"),
            {
                "fields": (
                    ("certificates_from", "certificate_numbers", "certificate_validity"),
                    ("overlay_x", "overlay_y"),
                    ("label_columns", "label_rows", "label_top", "label_side"),
                )
            },
        ),
        (_("Elections"), {"fields": ("ballot_marks",)}),
        (_("Post and couriers"), {"fields": ("courier_address", "postcode", "addressee")}),
        (_("In the foot of every page"), {"fields": ("icp_number", "police_number")}),
    )

    @admin.display(description=_("phase"), ordering="phase")
    def state(self, found: Facts) -> str:
        return portal.state(found)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """There is only one: nothing is done to many."""
        return {}


@admin.register(ContactDesk)
class ContactDeskAdmin(KeptRowsAdmin):
    """The two desks."""

    list_display = ("__str__", "title", "telephone", "email", "hours")
    fields = ("kind", "title", "telephone", "email", "hours")
    readonly_fields = ("kind",)


@admin.register(FoundingStage)
class FoundingStageAdmin(KeptRowsAdmin):
    """The five stages' days, and which are done."""

    list_display = ("__str__", "begins_on", "ends_on", "is_done")
    fields = ("number", "begins_on", "ends_on", "is_done")
    readonly_fields = ("number",)
