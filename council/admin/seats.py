"""What the secretariat sees of the seats of a council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin.acts import Act, act_page
from alliance.exchange.admin import ExportsAdmin
from council import resources, workflow
from council.forms import CoOptForm
from council.models import Seat

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

CO_OPT = Act(_("Co-opt a unit"), workflow.co_opt, CoOptForm)


@admin.register(Seat)
class SeatAdmin(ExportsAdmin):
    """The seats of a term, to read: its plan is changed on the page of the term."""

    sheet = resources.Table.name

    seen_by = SECRETARIAT
    change_form_template = "admin/council/seat/change_form.html"
    list_display = ("number", "term", "tier", "direction")
    list_display_links = ("number",)
    list_filter = ("term", "tier", "direction")
    list_select_related = ("term",)
    search_fields = ("=number", "tenures__unit__organisation__name", "tenures__unit__number")
    fields = ("term", "number", "tier", "direction", "planned_from", "planned_until")

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
