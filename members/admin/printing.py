"""Printing what is seen in the list of certificates: papers in one ZIP or PDF, on stock, plaques, labels, addressees; and the test sheet for stock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import KEEPERS
from alliance.documents.serving import attached
from alliance.documents.typesetting import typeset
from alliance.documents.word import MEDIA_TYPE as WORD
from alliance.exchange.admin import ExportsAdmin, ask_password
from alliance.exchange.formats import FORMATS, media_type
from alliance.exchange.models import Export
from alliance.exchange.outgoing import SHEETS, hand_out, make_later
from alliance.facts.models import Facts, facts
from alliance.history.record import Code, record
from alliance.text import posted
from members.forms.certificates import OffsetsForm, PrintForm
from members.papers import posting, printing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class Way(NamedTuple):
    """One thing that is made of the certificates that are seen."""

    words: Any
    is_personal: bool = False


PRINTS = {
    printing.ZIP: Way(_("The papers, each a PDF, in one ZIP")),
    printing.MERGED: Way(_("The papers in one PDF, to print")),
    printing.OVERLAY: Way(_("For stock that is stamped already: one PDF without border and head")),
}
SHEETS_OF = {"plaques": Way(_("Plaque texts, as a table (Excel)"))}
MADE_AT_ONCE: dict[str, tuple[Way, str, str, Callable[[Sequence[int]], bytes]]] = {
    "plaques_word": (Way(_("Plaque texts, a page each (Word)")), "牌匾文字", "docx", posting.plaques_in_word),
    "labels": (Way(_("Labels for parcels (PDF)"), is_personal=True), "邮寄标签", "pdf", posting.labels),
}
ADDRESSEES = {"addressees": Way(_("List of addressees (Excel), to be filled in with courier numbers"), is_personal=True)}
WAYS = PRINTS | SHEETS_OF | {name: way for name, (way, *_rest) in MADE_AT_ONCE.items()} | ADDRESSEES


def print_ticked(model_admin: PrintsAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
    """The page of printing, for what is ticked alone."""
    ids = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
    return redirect(reverse(f"admin:{model_admin.page_name('print')}") + f"?id__in={ids}")


class PrintsAdmin(ExportsAdmin):
    """A list of certificates that are printed as they are seen."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("print/", view(self.print_view), name=self.page_name("print")),
            path("stock/", view(self.stock_view), name=self.page_name("stock")),
            path("stock/<slug:which>.pdf", view(self.sheet_view), name=self.page_name("stock_sheet")),
            *super().get_urls(),
        ]

    def may_print(self, request: HttpRequest) -> bool:
        return request.user.holds(*KEEPERS)

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        pages = {"print_url": "print", "stock_url": "stock"} if self.may_print(request) else {}
        return super().ways(request) | {name: reverse(f"admin:{self.page_name(page)}") for name, page in pages.items()}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Besides the steps: what is ticked may be printed."""
        ticked = {"print_ticked": (print_ticked, "print_ticked", _("Print, label, post …"))} if self.may_print(request) else {}
        return super().get_actions(request) | ticked

    def print_view(self, request: HttpRequest) -> HttpResponse:
        """What is seen, and what may be made of it; what names persons asks for the password again."""
        if not self.may_print(request):
            raise Http404
        keys = self.keys_seen(request)
        form = PrintForm(posted(request), choices=[(name, way.words) for name, way in WAYS.items()])
        if form.is_valid() and keys:
            how = form.cleaned_data["how"]
            if WAYS[how].is_personal:
                ask_password(request)
            return self.made(request, how, keys)
        back = reverse(f"admin:{self.page_name('changelist')}")
        query = request.GET.urlencode()
        personal = [way.words for way in WAYS.values() if way.is_personal]
        context = {"form": form, "count": len(keys), "back": back, "query": query, "personal": personal}
        return self.page(request, "members/certificate/print", _("Print, label, post …"), **context)

    def made(self, request: HttpRequest, how: str, keys: list[int]) -> HttpResponse:
        if how in PRINTS:
            return redirect(printing.ask(keys, how, by=request.user))
        if how in MADE_AT_ONCE:
            return self.made_at_once(request, how, keys)
        file_name = f"{SHEETS[how].title}_{clock.today():%Y%m%d}"
        note, content = hand_out(SHEETS[how], keys, by=request.user, file_name=file_name, form="xlsx", is_internal=WAYS[how].is_personal)
        if content:
            return attached(content, FORMATS["xlsx"]().get_content_type(), note.file_name)
        return redirect(make_later(note, back=reverse("admin:exchange_export_change", args=[note.pk])))

    @transaction.atomic
    def made_at_once(self, request: HttpRequest, how: str, keys: list[int]) -> HttpResponse:
        """A file that needs no long work; that it left is written down like any other."""
        way, title, ending, write = MADE_AT_ONCE[how]
        content = write(keys)
        note = Export.objects.create(
            what="members.certificate", sheet=how, file_name=f"{title}_{clock.today():%Y%m%d}.{ending}", by=request.user, count=len(keys),
            form=ending, is_internal=way.is_personal,
        )  # fmt: skip
        record(note, "export", by=request.user, inputs={"sheet": Code(how), "rows": len(keys), "internal": way.is_personal})
        return attached(content, WORD if ending == "docx" else media_type(ending), note.file_name)

    def stock_view(self, request: HttpRequest) -> HttpResponse:
        """The offsets, to be read off the test sheet; kept among the office's facts, with their history."""
        if not self.may_print(request) or self.admin_site.is_of_branch(request.user):
            raise Http404
        form = OffsetsForm(posted(request), instance=facts())
        if form.is_valid():
            if form.changed_data:
                with transaction.atomic():
                    form.instance.save(update_fields=form.changed_data)
                    record(form.instance, "edit", by=request.user, inputs={name: form.cleaned_data[name] for name in form.changed_data})
            self.message_user(request, _("Kept. Please print the test sheet once more and lay it over the stock."), messages.SUCCESS)
            return redirect(request.path)
        sheets = {which: reverse(f"admin:{self.page_name('stock_sheet')}", args=[which]) for which in ("calibration", "stock")}
        return self.page(request, "members/certificate/stock", _("Stock that is stamped already"), form=form, sheets=sheets)

    def sheet_view(self, request: HttpRequest, which: str) -> HttpResponse:
        """The test sheet, or what a printing house prints beforehand."""
        names = {"calibration": "套打测试页", "stock": "会员证书底版"}
        if not self.may_print(request) or which not in names or not Facts.objects.exists():
            raise Http404
        return attached(typeset(which, printing.on_stock(), moment=clock.now()), "application/pdf", f"{names[which]}.pdf")
