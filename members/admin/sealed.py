"""Certificates that came back sealed: sent, looked at, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin.records import RecordAdmin
from alliance.exchange.admin import Counter
from alliance.text import posted
from members import workflow
from members.choices import SealedOutcome
from members.forms.certificates import SealedForm
from members.models import SealedLot

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


@admin.register(SealedLot)
class SealedLotAdmin(RecordAdmin, Counter):
    """PDFs that were sent together. They are the whole alliance's office's to keep."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "by", "count", "to_keep", "kept_at")
    list_filter = (("kept_at", admin.EmptyFieldListFilter),)
    list_select_related = ("by",)
    search_fields = ("items__file_name", "items__certificate__number")
    fields = ("by", "at", "kept_at")
    change_list_template = "admin/members/sealedlot/change_list.html"
    change_form_template = "admin/members/sealedlot/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_counts()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("send/", view(self.send_view), name="members_sealedlot_send"),
            path("<int:pk>/keep/", view(require_POST(self.keep_view)), name="members_sealedlot_keep"),
            *super().get_urls(),
        ]

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        return super().ways(request) | ({"send_url": "send/"} if self.may_keep(request) else {})

    def send_view(self, request: HttpRequest) -> HttpResponse:
        """The files come in; nothing is kept beside a certificate yet."""
        if not self.may_keep(request):
            raise Http404
        form = SealedForm(posted(request), request.FILES or None)
        if form.is_valid():
            try:
                lot = workflow.receive(form.cleaned_data["files"], by=request.user)
            except ValidationError as wrong:
                form.add_error("files", wrong)
            else:
                return redirect(workflow.look_at(lot, by=request.user))
        return self.page(request, "members/sealedlot/send", _("Sealed certificates"), form=form)

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        lot = get_object_or_404(SealedLot, pk=pk)
        if not self.may_keep(request):
            raise Http404
        kept = workflow.keep_sealed(lot, by=request.user)
        said = ngettext("%(count)d sealed certificate is kept.", "%(count)d sealed certificates are kept.", kept) % {"count": kept}
        self.message_user(request, said, messages.SUCCESS)
        return redirect(lot)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        lot = self.get_object(request, object_id)
        items = list(lot.items.select_related("certificate__unit__organisation", "file")) if lot else []
        counted = {outcome: sum(item.outcome == outcome for item in items) for outcome in SealedOutcome}
        context = {
            "items": items,
            "counts": [(outcome, count) for outcome, count in counted.items() if count],
            "may_keep": self.may_keep(request) and lot and not lot.kept_at and not counted[SealedOutcome.WAITING] and lot.to_keep,
            "waits": counted[SealedOutcome.WAITING],
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=_("files"))
    def count(self, lot: SealedLot) -> int:
        return lot.count

    @admin.display(description=_("to keep"))
    def to_keep(self, lot: SealedLot) -> int:
        return lot.to_keep
