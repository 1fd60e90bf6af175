"""The page on which a leaver's work is handed over, and the list of handovers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import Office
from alliance.admin.records import RecordAdmin
from alliance.documents.admin import PapersAdmin
from alliance.text import posted
from applications.forms.handover import HandOverForm, LeaverForm
from applications.handover import hand_over, open_things
from applications.models import Handover
from applications.papers.handover import COUNTED_ONLY, HANDED, handed_over

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

SHOWN = 20  # of a kind, by name; the rest is counted


@admin.register(Handover)
class HandoverAdmin(PapersAdmin, RecordAdmin):
    """Who handed over what to whom: begun here by the security administrator or the secretary-general, signed on paper."""

    seen_by, kept_by = (Office.AUDITOR,), (Office.SECURITY, Office.SECRETARY)
    list_display = ("leaver", "successor", "closes_account", "by", "at")
    list_select_related = ("leaver", "successor", "by")
    list_filter = ("closes_account", "at")
    search_fields = ("leaver__name", "leaver__email", "successor__name")
    fields = ("leaver", "successor", "closes_account", "by", "at", "handed_over")
    readonly_fields = ("handed_over",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)

    @admin.display(description=_("what is handed over"))
    def handed_over(self, handover: Handover) -> str:
        return "\n".join(f"{line['what']}：{line['count']}" for line in handed_over(handover))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """First who leaves; then everything that is in their hands, and to whom it goes."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = LeaverForm(request.GET or None, by=request.user)
        leaver = asked.cleaned_data["leaver"] if asked.is_valid() else None
        form = HandOverForm(posted(request), leaver=leaver) if leaver else None
        if form and form.is_valid():
            made = hand_over(leaver, form.cleaned_data["successor"], by=request.user, closes_account=form.cleaned_data["closes_account"])
            self.message_user(request, _("Handed over. The sheet to sign can be made below."), messages.SUCCESS)
            return redirect("admin:applications_handover_change", made.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Hand over"), "opts": self.opts, "asked": asked, "leaver": leaver, "form": form,
            "things": in_hands_of(leaver) if leaver else [],
        }  # fmt: skip
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
        return render(request, "admin/applications/handover/hand_over.html", context, status=status)


def in_hands_of(leaver: Any) -> list[dict[str, Any]]:
    """Every kind of thing, how many, and the first by name."""
    found = open_things(leaver)
    return [
        {"what": word, "count": found[name].count(), "rows": [] if name in COUNTED_ONLY else list(found[name][:SHOWN])}
        for name, word in HANDED.items()
        if name in found
    ]
