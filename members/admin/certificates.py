"""What the secretariat sees of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.documents.admin import PapersAdmin
from alliance.templatetags import portal
from members import workflow
from members.admin.couriers import CouriersAdmin
from members.admin.printing import PrintsAdmin
from members.forms import CERTIFICATE_STEP_FORMS
from members.models import Certificate, Dispatch

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class DispatchInline(OfficeInline):
    """How it went to its unit."""

    model = Dispatch
    fields = readonly_fields = ("courier", "number", "sent_on", "noted_by")


class StandingFilter(admin.SimpleListFilter):
    """How certificates stand today."""

    title, parameter_name = _("state"), "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("good", _("Good today")),
            ("expired", _("Expired")),
            ("last-term", _("Of an earlier term, to renew")),
            ("unsent", _("Good today, not sent yet")),
            ("unsealed", _("Good today, no sealed PDF")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.standing(self.value()) if self.value() else queryset


@admin.register(Certificate)
class CertificateAdmin(HistoryAdmin, PrintsAdmin, CouriersAdmin, PapersAdmin, RecordAdmin, WorkflowAdmin):
    """Certificates: issued on the page of the member unit; issued again, extended, renewed, made void, printed and sent here."""

    reached_through = "unit"
    named_by = ("number",)
    sheet = "certificates"
    workflow = workflow.certificates
    step_forms = CERTIFICATE_STEP_FORMS
    single_steps = ("dispatch",)
    seen_by = SECRETARIAT
    change_list_template = "admin/members/certificate/change_list.html"
    list_display = ("number", "state", "name", "member_number", "term", "issued_on", "last_day", "copies")
    list_filter = (StandingFilter, "term", "end")
    list_select_related = ("unit__organisation", "term")
    search_fields = ("number", "name", "unit__number", "unit__organisation__name")
    fields = (
        "number", "unit", "name", "term", "issued_on", "issued_by", "valid_until", "state", "copies", "reissued_on", "reissue_reason",
        "sealed_file", "verification", "ended_on", "end_reason", "successor",
    )  # fmt: skip
    readonly_fields = ("sealed_file", "verification")
    inlines = (DispatchInline,)

    @admin.display(description=_("member number"), ordering="unit__number")
    def member_number(self, certificate: Certificate) -> str:
        return certificate.unit.number

    @admin.display(description=_("good until"), ordering="valid_until")
    def last_day(self, certificate: Certificate) -> str:
        return portal.day(certificate.last_day) or "–"

    @admin.display(description=_("state"))
    def state(self, certificate: Certificate) -> str:
        return portal.state(certificate)

    @admin.display(description=_("sealed elsewhere, as PDF"))
    def sealed_file(self, certificate: Certificate) -> str:
        file = certificate.sealed
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), file) if file else "–"

    @admin.display(description=_("verification page"))
    def verification(self, certificate: Certificate) -> str:
        address = reverse("verify_code", args=[certificate.code])
        return format_html('<a href="{}">{}</a>', address, address)
