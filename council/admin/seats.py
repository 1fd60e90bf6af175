"""What the secretariat sees of the seats of a council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin.acts import Act, act_page
from alliance.exchange.admin import ExportsAdmin
from alliance.templatetags import portal
from council import resources, workflow
from council.dashboard.seats import sitting
from council.forms import CoOptForm
from council.models import Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

NOW_HELD = {"held": _("Held"), "vacant": _("Vacant")}


class HeldFilter(admin.SimpleListFilter):
    """Seats that somebody holds, or that wait for somebody."""

    title = _("held or vacant")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterator[tuple[str, Any]]:
        yield from NOW_HELD.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        vacant = Seat.objects.vacant().order_by().values("pk")
        match self.value():
            case "vacant":
                return queryset.filter(pk__in=vacant)
            case "held":
                return queryset.planned().exclude(pk__in=vacant)
        return queryset


CO_OPT = Act(_("Co-opt a unit"), workflow.co_opt, CoOptForm)


@admin.register(Seat)
class SeatAdmin(ExportsAdmin):
    """The seats of a term, to read: its plan is changed on the page of the term."""

    sheet = resources.Table.name

    seen_by = SECRETARIAT
    calls_itself = ()
    change_form_template = "admin/council/seat/change_form.html"
    list_display = ("number", "term", "tier", "direction", "holder", "person", "since")
    list_display_links = ("number",)
    list_filter = ("term", HeldFilter, "tier", "direction")
    list_select_related = ("term",)
    search_fields = ("=number", "tenures__unit__organisation__name", "tenures__unit__number")
    fields = (("term", "number"), ("tier", "direction"), ("holder", "person", "since"), ("planned_from", "planned_until"))
    readonly_fields = ("holder", "person", "since")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each with whoever holds it, in as many questions as for one."""
        return super().get_queryset(request).with_tenures(clock.today())

    @admin.display(description=_("held now by"))
    def holder(self, seat: Seat) -> str:
        """The unit, with the way to its time on the seat; or that there is none, and why."""
        found = sitting(seat, clock.today())
        if found.is_vacant:
            tone, word = ("off", _("No longer planned")) if seat.planned_until else ("todo", NOW_HELD["vacant"])
            return format_html('<span class="gb-state is-{}">{}</span>', tone, word)
        address = reverse("admin:council_unittenure_change", args=[found.tenure.pk])
        acting = format_html(" · {}", _("acting chair")) if found.acting else ""
        return format_html('<a href="{}">{}</a>{}', address, found.organisation.name, acting)

    @admin.display(description=_("in the person of"))
    def person(self, seat: Seat) -> str:
        return sitting(seat, clock.today()).person or "–"

    @admin.display(description=_("since"))
    def since(self, seat: Seat) -> str:
        """Since when the unit holds it."""
        found = sitting(seat, clock.today())
        return "–" if found.is_vacant else portal.day(found.tenure.begins_on)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.co_opt_view)
        return [path("<int:pk>/co-opt/", view, name="council_seat_co_opt"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        seat = self.get_object(request, object_id) if object_id else None
        is_open = seat is not None and request.user.holds(*KEEPERS) and Seat.objects.vacant().filter(pk=seat.pk).exists()
        counted = workflow.co_options(seat.term) if is_open else None
        return super().changeform_view(request, object_id, form_url, {"seat": seat, "counted": counted, **(extra_context or {})})

    def co_opt_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fill this vacant seat by a resolution of the council."""
        seat = self.get_object(request, str(pk))
        if seat is None or not request.user.holds(*KEEPERS):
            raise Http404
        return act_page(self, request, seat, CO_OPT, "admin/council/seat/co_opt.html", counted=workflow.co_options(seat.term))
