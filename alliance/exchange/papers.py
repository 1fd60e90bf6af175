"""The papers page of a record: what can be made now, what is not due yet and why, what was made, and which tables leave.

It asks as many questions for thirty papers as for one, and reads no paper's content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import KEEPERS
from alliance.documents.admin import PapersAdmin
from alliance.documents.kinds import beside, kinds_of, label_of
from alliance.documents.making import CHINESE, UNFIT, make, open_kinds
from alliance.documents.models import DELIVERED, Paper
from alliance.documents.serving import attached
from alliance.exchange import binding, outgoing
from alliance.exchange.formats import FORMATS
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from alliance.documents.kinds import Kind

A_PAGE = 50


@dataclass(frozen=True)
class Standing:
    """One kind of paper about the record itself: whether it may be made now, why not yet, and the last that was made."""

    kind: Kind
    is_open: bool
    page: str
    last: Paper | None


@dataclass(frozen=True)
class Many:
    """One kind of paper about what stands beside the record: of how many it is due, and of how many of these it was never made."""

    kind: Kind
    noun: str
    due: int
    missing: int

    @property
    def made(self) -> int:
        return self.due - self.missing


class PapersPage(PapersAdmin):
    """A noun with a papers page."""

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/papers/", self.admin_site.admin_view(self.papers_view), name=self.papers_name()), *super().get_urls()]

    def papers_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_papers"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        url = reverse(f"admin:{self.papers_name()}", args=[object_id]) if object_id and object_id.isdigit() else ""
        return super().changeform_view(request, object_id, form_url, {"papers_url": url} | (extra_context or {}))

    def papers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What there is; a POST makes one paper, the missing ones of a kind, or a table."""
        thing = self.get_queryset(request).filter(pk=pk).first()
        if thing is None or not self.has_view_permission(request, thing):
            raise Http404
        if request.method == "POST":
            return self.posted(request, thing)
        rows = self.beside(request, thing)
        page = Paginator(self.made(request, thing, rows), A_PAGE).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "thing": thing,
            "title": _("Papers"),
            "own": standing(thing, request.user),
            "many": many(rows) if self.may_make_many(request) else [],
            "tables": [(sheet.name, sheet.title) for sheet in outgoing.tables_of(thing, request.user)],
            "page": page,
            "made": [
                {"paper": paper, "label": label_of(paper.kind), "is_delivered": paper.template_version == DELIVERED} for paper in page
            ],
            "url": request.path,
        }
        return render(request, "admin/exchange/papers.html", context)

    def may_make_many(self, request: HttpRequest) -> bool:
        return request.user.holds(*KEEPERS)

    def seen(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """As far as the reader sees papers about them."""
        reach = self.admin_site.things_within_reach(request.user)
        return rows if reach is None else within(rows, reach)

    def beside(self, request: HttpRequest, thing: Model) -> list[QuerySet]:
        """What stands beside the record, as far as the reader sees it."""
        return [self.seen(request, rows) for rows in beside(thing)]

    def made(self, request: HttpRequest, thing: Model, rows: list[QuerySet]) -> QuerySet:
        """Every paper about the record and what stands beside it, the latest first."""
        own = self.seen(request, type(thing).objects.filter(pk=thing.pk))
        found = Paper.objects.about_any([own, *rows])
        return found.defer("content").select_related("made_by").order_by("-id")

    def posted(self, request: HttpRequest, thing: Model) -> HttpResponse:
        if "_paper" in request.POST:
            return self.make_paper(request, thing, request.POST["_paper"])
        if "_table" in request.POST:
            return self.hand_out_table(request, thing, request.POST["_table"])
        return self.make_missing(request, thing, request.POST.get("_missing", ""))

    def make_missing(self, request: HttpRequest, thing: Model, name: str) -> HttpResponse:
        """One is made at once; more are long work, and come in one ZIP."""
        kinds = [(kind, rows) for rows in self.beside(request, thing) for kind in kinds_of(rows.model) if kind.due and kind.name == name]
        if not kinds or not self.may_make_many(request):
            raise Http404
        kind, rows = kinds[0]
        missing = binding.without_paper(kind, rows).order_by("pk")
        keys = list(missing.values_list("pk", flat=True))
        if not keys:
            self.message_user(request, _("All of them were made already."), messages.INFO)
            return redirect(request.path)
        if len(keys) > 1:
            return redirect(binding.ask(kind, rows.model, keys, subject=called(thing), by=request.user))
        return self.make_one(request, kind, missing[0])

    def make_one(self, request: HttpRequest, kind: Kind, thing: Model) -> HttpResponse:
        try:
            paper = make(kind, thing, by=request.user)
        except Refused as refusal:
            self.message_user(request, refusal.why, messages.ERROR)
        else:
            self.message_user(request, _("Made: %(paper)s, issue %(issue)d.") % {"paper": paper, "issue": paper.issue}, messages.SUCCESS)
        return redirect(request.path)

    def hand_out_table(self, request: HttpRequest, thing: Model, name: str) -> HttpResponse:
        """The table as a workbook, 申请汇总表_第一批_20201212.xlsx, without mobile numbers and addresses; that it left is written down."""
        found = {sheet.name: (sheet, rows) for sheet, rows in outgoing.tables_of(thing, request.user).items()}
        if name not in found:
            raise Http404
        sheet, rows = found[name]
        file_name = "_".join([sheet.title, called(thing), f"{clock.today():%Y%m%d}"])
        note, content = outgoing.hand_out(sheet, list(rows.values_list("pk", flat=True)), by=request.user, file_name=file_name, form="xlsx")
        if content:
            return attached(content, FORMATS["xlsx"]().get_content_type(), note.file_name)
        return redirect(outgoing.make_later(note, back=reverse("admin:exchange_export_change", args=[note.pk])))


def called(thing: Model) -> str:
    """What a thing is called in the names of files, whatever the reader's language."""
    with translation.override(CHINESE):
        return UNFIT.sub("", str(thing))


def within(rows: QuerySet, reach: Sequence[QuerySet]) -> QuerySet:
    """Those of `rows` that lie within a reach; none of a kind of which nothing does."""
    seen = next((each for each in reach if each.model is rows.model), None)
    return rows.none() if seen is None else rows.filter(pk__in=seen.order_by().values("pk"))


def standing(thing: Model, user: Any) -> list[Standing]:
    """Each kind of paper about the record, in its order."""
    now_open = {kind.name for kind in open_kinds(thing, user)}
    newest = Paper.objects.about(thing).order_by().values("kind").annotate(last=Max("pk")).values("last")
    last = {paper.kind: paper for paper in Paper.objects.filter(pk__in=newest).defer("content")}
    return [
        Standing(kind, kind.name in now_open, kind.page(thing) if kind.page and kind.open_to(user, thing) else "", last.get(kind.name))
        for kind in kinds_of(thing)
    ]


def many(rows: list[QuerySet]) -> list[Many]:
    """Each kind about what stands beside the record of which papers may be made by the number; those of which none is due are left out."""
    found = [
        Many(kind, capfirst(str(each.model._meta.verbose_name_plural)), kind.due(each).count(), binding.without_paper(kind, each).count())
        for each in rows
        for kind in kinds_of(each.model)
        if kind.due
    ]
    return [each for each in found if each.due]
