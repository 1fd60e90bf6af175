"""What the secretariat and the auditor see of certified results: each with its place in the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin.records import RecordAdmin
from council.admin.counted import Certified
from council.models import Result

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin.register(Result)
class ResultAdmin(RecordAdmin):
    """Certified results: written once, in the order of their chain; in words, and beneath that as the digest covers them."""

    seen_by = (*SECRETARIAT, Office.AUDITOR)
    list_display = ("number", "contest", "first_signer", "second_signer", "certified_at", "supersedes")
    list_select_related = ("contest__body", "contest__meeting__term", "first_signer", "second_signer", "supersedes__contest__body")
    change_form_template = "admin/council/result/change_form.html"
    fieldsets = (
        (None, {"fields": (("number", "contest"), ("first_signer", "second_signer", "certified_at"), "supersedes", "reason")}),
        (_("What the digest covers"), {"classes": ("collapse",), "fields": ("digest", "previous", "contents")}),
    )
    ordering = ("-number",)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        result = self.get_object(request, object_id) if object_id else None
        shown = {"result": result, "certified": Certified(result)} if result else {}
        return super().changeform_view(request, object_id, form_url, {**shown, **(extra_context or {})})
