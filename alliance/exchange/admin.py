"""The counter in the admin: a list that hands out what is seen, and one that takes tables in; and what went over it, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.decorators import reauthentication_required
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT, Office
from alliance.admin import OfficeAdmin
from alliance.admin.records import RecordAdmin, kind_in_words
from alliance.documents.serving import attached
from alliance.exchange import incoming, outgoing
from alliance.exchange.formats import FORMATS, media_type
from alliance.exchange.forms import ExportForm, TableForm
from alliance.exchange.models import Export, Import, Outcome
from alliance.sheets.writing import MEDIA_TYPE
from alliance.text import posted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

SHOWN = 50
CHOSEN = "export chosen"


@reauthentication_required
def ask_password(request: HttpRequest) -> None:
    """Whoever has not given the password within the last 15 minutes is asked for it (ACCOUNT_REAUTHENTICATION_TIMEOUT), and comes back to what they wanted."""


class Counter(OfficeAdmin):
    """What both ways share: pages beneath the list of the noun."""

    change_list_template = "admin/exchange/change_list.html"

    def page(self, request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
        every = self.admin_site.each_context(request) | {"opts": self.opts, "title": title}
        status = 422 if getattr(context.get("form"), "errors", None) else 200
        return render(request, f"admin/{template}.html", every | context, status=status)

    def page_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        ways = {"seen_as": request.GET.urlencode(), **self.ways(request)}
        return super().changelist_view(request, ways | (extra_context or {}))

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        """The addresses of what is open to whoever looks at the list."""
        return {}


class ExportsAdmin(Counter):
    """A list whose rows leave as they are seen: filtered, searched and sorted, in the columns of `sheet`."""

    sheet: ClassVar[str]
    internal_for: ClassVar[tuple[str, ...]] = KEEPERS

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [path("export/", view(self.export_view), name=self.page_name("export")), *super().get_urls()]

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        return super().ways(request) | {"export_url": reverse(f"admin:{self.page_name('export')}")}

    def keys_seen(self, request: HttpRequest) -> list[int]:
        """The keys of what the list shows under this address, in its order."""
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            raise Http404 from None
        return list(changelist.get_queryset(request).values_list("pk", flat=True))

    def file_name(self, request: HttpRequest) -> str:
        """申请汇总表_20201212, and in between what the list is narrowed to."""
        return "_".join(
            filter(None, [outgoing.SHEETS[self.sheet].title, self.narrowed(request), f"{self.day_of(request) or clock.today():%Y%m%d}"])
        )

    def narrowed(self, request: HttpRequest) -> str:
        return ""

    def day_of(self, request: HttpRequest) -> date | None:
        """The earlier day that the list shows, of a noun that knows its past."""
        return None

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Say what will leave; and then hand it out, and write it down."""
        if not self.has_view_permission(request):
            raise Http404
        sheet, keys = outgoing.SHEETS[self.sheet], self.keys_seen(request)
        has_internal = bool(sheet.personal) and request.user.holds(*self.internal_for)
        chosen = request.session.pop(CHOSEN, {})  # before the password was asked for
        form = ExportForm(posted(request), initial=chosen, has_internal=has_internal, has_more=bool(sheet.more))
        if form.is_valid():
            is_internal, is_whole = form.cleaned_data["version"], form.cleaned_data["extent"]
            if is_internal:
                request.session[CHOSEN] = {name: form.data.get(name) for name in form.fields}
                ask_password(request)
                del request.session[CHOSEN]
            heads = sheet().heads(is_internal=is_internal, is_whole=is_whole)
            return self.hand_out(request, sheet, keys, is_internal=is_internal, form=form.cleaned_data["form"], heads=heads)
        context = {
            "form": form,
            "count": len(keys),
            "heads": sheet().heads(is_internal=False),
            "more": [head for head in sheet.more if head not in sheet.personal],
            "personal": sheet.personal,
            "day": self.day_of(request),
            "back": reverse(f"admin:{self.page_name('changelist')}"),
        }
        return self.page(request, "exchange/export", _("Export"), query=request.GET.urlencode(), **context)

    def hand_out(self, request: HttpRequest, sheet: Any, keys: list[int], **how: Any) -> HttpResponse:
        note, content = outgoing.hand_out(sheet, keys, by=request.user, file_name=self.file_name(request), on=self.day_of(request), **how)
        if content:
            return attached(content, FORMATS[note.form]().get_content_type(), note.file_name)
        return redirect(outgoing.make_later(note, back=reverse("admin:exchange_export_change", args=[note.pk])))


class ImportsAdmin(Counter):
    """A list into which tables are taken: by those who keep the register, looked at first, as one or not at all."""

    takes: ClassVar[type[incoming.Register]]
    blank: ClassVar[Callable[[], bytes]]  # the template to fill in
    taken_by: ClassVar[tuple[str, ...]] = KEEPERS

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=self.page_name("import")),
            path("import/template.xlsx", view(self.template_view), name=self.page_name("template")),
            path("import/<uuid:uuid>/", view(self.staged_view), name=self.page_name("staged")),
            *super().get_urls(),
        ]

    def may_take(self, request: HttpRequest) -> bool:
        """Who keeps the register; a table speaks of the whole alliance, and is not a branch's to take in."""
        user = request.user
        return user.is_authenticated and user.holds(*self.taken_by) and not self.admin_site.is_of_branch(user)

    def ways(self, request: HttpRequest) -> dict[str, Any]:
        url = reverse(f"admin:{self.page_name('import')}")
        return super().ways(request) | ({"import_url": url} if self.may_take(request) else {})

    def template_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_take(request):
            raise Http404
        return attached(self.blank(), MEDIA_TYPE, f"{self.takes.title}_导入模板.xlsx")

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A file is read and compared; nothing of it is written into the register yet."""
        if not self.may_take(request):
            raise Http404
        form = TableForm(posted(request), request.FILES or None)
        if form.is_valid():
            try:
                return self.staged(request, incoming.stage(self.takes, form.cleaned_data["file"], by=request.user))
            except ValidationError as wrong:
                form.add_error("file", wrong)
        return self.page(
            request,
            "exchange/import",
            _("Import"),
            form=form,
            template_url=reverse(f"admin:{self.page_name('template')}"),
            columns=self.takes().get_import_fields(),
        )

    def staged(self, request: HttpRequest, found: Import) -> HttpResponse:
        there = found.address("staged")
        return redirect(incoming.look(found, by=request.user, back=there) or there)

    def staged_view(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """What would happen, line by line; a POST makes it happen."""
        found = get_object_or_404(Import, uuid=uuid, what=self.opts.label_lower, by=request.user)
        if not self.may_take(request):
            raise Http404
        if request.method == "POST":
            return self.take_over(request, found)
        only = request.GET.get("only", "")
        kinds = [Outcome.WRONG] if only == Outcome.WRONG or (not only and found.wrong) else [Outcome.NEW, Outcome.CHANGED]
        lines = found.lines.all() if only == "all" else found.lines.filter(outcome__in=kinds)
        return self.page(
            request, "exchange/staged", _("Import: %(file)s") % {"file": found.file_name}, staged=found, lines=Paginator(lines, SHOWN).get_page(request.GET.get("p")), only=only,
            shown="all" if only == "all" else kinds[0], counts=[(outcome, getattr(found, outcome.value)) for outcome in Outcome],
        )  # fmt: skip

    def take_over(self, request: HttpRequest, found: Import) -> HttpResponse:
        job = incoming.take_over(found, by=request.user, back=found.address("staged"))
        if job is None:
            said = ngettext("%(count)d row was taken over.", "%(count)d rows were taken over.", found.new + found.changed)
            self.message_user(request, said % {"count": found.new + found.changed}, messages.SUCCESS)
        return redirect(job or found.address("staged"))


class TradeAdmin(RecordAdmin):
    """What went over the counter."""

    seen_by = (*SECRETARIAT, Office.AUDITOR)
    list_select_related = ("by",)
    search_fields = ("file_name", "by__name")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Branch staff see their own."""
        rows = super().get_queryset(request)
        return rows.filter(by=request.user) if self.admin_site.is_of_branch(request.user) else rows

    @admin.display(description=_("kind of thing"), ordering="what")
    def noun(self, trade: Import | Export) -> str:
        return kind_in_words(trade.what)


class NounFilter(admin.SimpleListFilter):
    """Tables of one noun, by its words."""

    title = _("kind of thing")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = model_admin.model.objects.order_by().values_list("what", flat=True).distinct()
        return [(name, kind_in_words(name)) for name in names]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(what=self.value()) if self.value() else queryset


@admin.register(Import)
class ImportAdmin(TradeAdmin):
    """Tables that came in."""

    list_display = ("file_name", "noun", "by", "at", "new", "changed", "same", "wrong", "applied_at")
    list_filter = (NounFilter, ("applied_at", admin.EmptyFieldListFilter))
    fields = (*list_display, "looked_at", "digest")


@admin.register(Export)
class ExportAdmin(TradeAdmin):
    """Tables that went out. A long one waits here a day for whoever asked for it."""

    list_display = ("file_name", "noun", "count", "is_internal", "by", "at")
    list_filter = (NounFilter, "is_internal")
    fields = (*list_display, "columns")
    readonly_fields = ("columns",)
    change_form_template = "admin/exchange/export_change.html"

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/file/", self.admin_site.admin_view(self.file_view), name="exchange_export_file"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "rows", "things")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        waiting = Export.objects.filter(pk=object_id if object_id.isdigit() else None, by=request.user).exclude(content=None)
        url = reverse("admin:exchange_export_file", args=[quote(object_id)]) if waiting.exists() else ""
        return super().change_view(request, object_id, form_url, {"file_url": url, **(extra_context or {})})

    @admin.display(description=_("columns"))
    def columns(self, note: Export) -> str:
        return "、".join(note.heads)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Only whoever asked for it takes it; what is in it may name people."""
        note = get_object_or_404(Export.objects.exclude(content=None), pk=pk, by=request.user)
        return attached(bytes(note.content), media_type(note.form), note.file_name)
