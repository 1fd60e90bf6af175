"""Kept files, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT
from alliance.admin.records import RecordAdmin, kind_in_words
from alliance.files.models import StoredFile

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(StoredFile)
class StoredFileAdmin(RecordAdmin):
    """The files of what the office may read: the site knows which those are. A draft's files are nobody's but the applicant's."""

    seen_by = SECRETARIAT
    list_display = ("title", "kind", "bytes_in_words", "pages", "state", "what", "uploaded_at")
    list_filter = ("state", "kind")
    search_fields = ("title",)
    fields = (
        "title", "kind", "bytes_in_words", "pages", "signed", "sha256", "state", "virus", "scanned_at", "what", "thing_id", "uploaded_by", "uploaded_at", "open",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).about(*self.admin_site.readable(request.user))

    @admin.display(description=_("size"), ordering="size")
    def bytes_in_words(self, file: StoredFile) -> str:
        return filesizeformat(file.size)

    @admin.display(description=_("about what"), ordering="kind_of_thing")
    def what(self, file: StoredFile) -> str:
        return kind_in_words(file.kind_of_thing)

    @admin.display(description=_("open"))
    def open(self, file: StoredFile) -> str:
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), _("Download")) if file.is_served else "–"
