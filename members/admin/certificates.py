"""What the secretariat sees of certificates."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin
from alliance.admin.records import RecordAdmin
from alliance.documents.admin import PapersAdmin
from members.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(HistoryAdmin, PapersAdmin, RecordAdmin):
    """Certificates: issued on the page of the member unit, made as papers here, replaced where they are true no more."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("number", "unit", "name", "term", "issued_on", "valid_until", "standing_in_words")
    list_filter = ("term", "end", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("unit__organisation", "term")
    search_fields = ("number", "name", "unit__number", "unit__organisation__name")
    fields = (
        "number",
        "unit",
        "name",
        "term",
        "issued_on",
        "valid_until",
        "issued_by",
        "standing_in_words",
        "ended_on",
        "end_reason",
        "successor",
    )

    @admin.display(description=_("state"))
    def standing_in_words(self, certificate: Certificate) -> str:
        return str(certificate.standing.label)
