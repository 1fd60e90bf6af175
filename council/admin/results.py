"""What the secretariat and the auditor see of certified results: each with its place in the chain."""

from __future__ import annotations

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin.records import RecordAdmin
from council.models import Result


@admin.register(Result)
class ResultAdmin(RecordAdmin):
    """Certified results: written once, in the order of their chain."""

    seen_by = (*SECRETARIAT, Office.AUDITOR)
    list_display = ("number", "contest", "first_signer", "second_signer", "certified_at", "supersedes")
    list_select_related = ("contest__body", "contest__meeting__term", "first_signer", "second_signer", "supersedes__contest__body")
    fields = (
        "number",
        "contest",
        "contents",
        "previous",
        "digest",
        ("first_signer", "second_signer", "certified_at"),
        "supersedes",
        "reason",
    )
    ordering = ("-number",)
