"""The outbox, to read."""

from __future__ import annotations

from django.contrib import admin

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.letters.models import Letter
from alliance.letters.workflow import workflow


@admin.register(Letter)
class LetterAdmin(RecordAdmin, WorkflowAdmin):
    """Every letter with its state; "did the mail go out?" is answered here, and one that failed is sent again."""

    workflow = workflow

    seen_by = SECRETARIAT
    list_display = ("subject", "to", "state", "written_at", "sent_at", "tries")
    list_filter = ("state",)
    search_fields = ("to", "subject")
    fields = ("subject", "to", "recipient", "body", "state", "written_at", "sent_at", "tries", "error")
