"""What the secretariat sees of objections and of pending outcomes."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin.records import RecordAdmin
from alliance.files.models import StoredFile
from applications.models import Objection, Proposal


@admin.register(Objection)
class ObjectionAdmin(RecordAdmin):
    """Who objected in a public notice period, with their papers, and what became of it; noted by a step on the application."""

    seen_by = SECRETARIAT
    list_display = ("application", "name", "affiliation", "received_on", "examined", "examined_at")
    list_filter = ("examined", "application__batch")
    list_select_related = ("application",)
    search_fields = ("application__number", "application__name", "name")
    fields = (
        "application", "name", "affiliation", "telephone", "email", "received_on", "words", "papers", "noted_by", "noted_at", "examined", "finding", "examined_at",
    )  # fmt: skip
    readonly_fields = ("papers",)

    @admin.display(description=_("papers"))
    def papers(self, objection: Objection) -> str:
        files = StoredFile.objects.about(Objection.objects.filter(pk=objection.pk))
        return format_html_join(" · ", '<a href="{}">{}</a>', ((file.get_absolute_url(), file.title) for file in files)) or "–"


@admin.register(Proposal)
class ProposalAdmin(RecordAdmin):
    """The outcomes that were proposed for the meeting: pending, replaced or released."""

    seen_by = SECRETARIAT
    list_display = ("application", "batch", "outcome", "ground", "proposed_by", "proposed_at", "replaced_at", "decision")
    list_filter = ("outcome", "batch", ("replaced_at", admin.EmptyFieldListFilter), ("decision", admin.EmptyFieldListFilter))
    list_select_related = ("application", "batch", "proposed_by", "decision__application")
    search_fields = ("application__number", "application__name")
    fields = ("application", "batch", "outcome", "ground", "reason", "proposed_by", "proposed_at", "replaced_at", "decision")
