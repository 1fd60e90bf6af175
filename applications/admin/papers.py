"""What the secretariat sees of papers and consents, and the table of those that are demanded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin
from alliance.admin.records import RecordAdmin
from applications.forms.enquiring import ConsentTextForm
from applications.models import (
    Attachment,
    Consent,
    ConsentText,
    RequiredPaper,
)

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


@admin.register(Attachment)
class AttachmentAdmin(RecordAdmin):
    """The papers that came with submitted applications."""

    reached_through = "application"
    seen_by = SECRETARIAT
    list_display = ("application", "kind", "file", "added_by", "added_at", "removed_at")
    list_filter = ("kind", ("removed_at", admin.EmptyFieldListFilter))
    list_select_related = ("application", "file", "added_by")
    search_fields = ("application__number", "application__name")
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A draft is nobody's but the applicant's, and so are its papers."""
        return super().get_queryset(request).exclude(application__submitted_at=None)


@admin.register(ConsentText)
class ConsentTextAdmin(OfficeAdmin):
    """What applicants agree to, in each language; a change is a further version."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    form = ConsentTextForm
    list_display = ("declaration", "language", "version", "since")
    list_filter = ("declaration", "language")
    search_fields = ("text",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        obj.version = ConsentText.objects.next_version(obj.declaration, obj.language)
        super().save_model(request, obj, form, change)


@admin.register(Consent)
class ConsentAdmin(RecordAdmin):
    """Who agreed to which text, when, from where."""

    reached_through = "application"
    seen_by = SECRETARIAT
    list_display = ("application", "declaration", "text", "by", "at")
    list_filter = ("text__declaration",)
    list_select_related = ("application", "text", "by")
    search_fields = ("application__number", "application__name")
    fields = ("application", "text", "by", "at", "address")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(application__submitted_at=None)

    @admin.display(description=_("declaration"))
    def declaration(self, consent: Consent) -> str:
        return consent.text.get_declaration_display()


@admin.register(RequiredPaper)
class RequiredPaperAdmin(HistoryAdmin, OfficeAdmin):
    """The table of papers, by place of registration and type of unit."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("paper", "jurisdiction_in_words", "unit_type_in_words", "what", "is_must")
    list_filter = ("jurisdiction", "unit_type", "paper", "is_must")
    search_fields = ("what", "what_en")
    fields = ("jurisdiction", "unit_type", "paper", "what", "what_hant", "what_en", "is_must")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A line of the table may go: nothing refers to it."""
        return self.has_change_permission(request, obj)

    @admin.display(description=_("place of registration"), ordering="jurisdiction")
    def jurisdiction_in_words(self, line: RequiredPaper) -> Any:
        return line.get_jurisdiction_display() or _("all")

    @admin.display(description=_("type of unit"), ordering="unit_type")
    def unit_type_in_words(self, line: RequiredPaper) -> Any:
        return line.get_unit_type_display() or _("all")
