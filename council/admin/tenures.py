"""What the secretariat sees of who holds which seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeInline
from alliance.admin.acts import Act, act_page
from alliance.documents.admin import PapersAdmin
from council import papers, workflow  # noqa: F401 — papers declares which there are
from council.forms import LeaveForm, MayResolveForm
from council.models import ActingChair, PersonTenure, Seat, UnitTenure
from members.choices import MembershipState, Tier
from members.forms import ReasonForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class PersonInline(OfficeInline):
    model = PersonTenure
    fields = readonly_fields = ("representative", "begins_on", "ended_on", "end_reason")
    show_change_link = True


class SettleFilter(admin.SimpleListFilter):
    """What became of a unit or of its person, and has to be settled here."""

    title, parameter_name = _("to do"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("settle", _("To settle"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.to_settle() if self.value() else queryset


@admin.register(UnitTenure)
class UnitTenureAdmin(PapersAdmin):
    """Who has held which seat, since when, until when; and what becomes of a seat whose unit or person changes."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("seat", "unit", "term", "begins_on", "ended_on", "cause", "contest", "resolution")
    list_filter = (SettleFilter, "term", "cause", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("seat", "unit__organisation", "term", "contest", "resolution")
    search_fields = ("unit__number", "unit__organisation__name")
    inlines = (PersonInline,)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.seat_view)
        return [path("<int:pk>/seat/<str:act>/", view, name="council_unittenure_seat"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        thing = self.get_object(request, object_id) if object_id else None
        offered = acts(thing, request.user) if thing else []
        return super().changeform_view(request, object_id, form_url, {"tenure": thing, "acts": offered, **(extra_context or {})})

    def seat_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """One act on a page of its own, which says what it will do; leaving a seat asks for the reason."""
        tenure = self.get_object(request, str(pk))
        if tenure is None or act not in ACTS or not request.user.holds(*KEEPERS):
            raise Http404
        return act_page(self, request, tenure, ACTS[act], "admin/council/unittenure/seat.html", act=act)


ACTS = {
    "hand_on": Act(_("Hand the seat on"), workflow.hand_on),
    "hand_back": Act(_("Hand the seat back"), workflow.hand_back),
    "change_person": Act(_("Change the person on the seat"), workflow.change_person),
    "act_for_chair": Act(_("Act for the chair"), workflow.act_for_chair, MayResolveForm),
    "end_acting": Act(_("End the acting for the chair"), workflow.end_acting, ReasonForm),
    "leave_seat": Act(_("Leave the seat"), workflow.leave_seat, LeaveForm),
}


def chair_is_vacant(tenure: UnitTenure) -> bool:
    """And nobody acts for it yet."""
    acting = ActingChair.objects.filter(term=tenure.term, ended_on=None)
    return Seat.objects.vacant().filter(term=tenure.term, tier=Tier.CHAIR).exists() and not acting.exists()


def acts(tenure: UnitTenure, user: Any) -> list[dict[str, Any]]:
    """What the office can do about a seat as it stands."""
    if not user.holds(*KEEPERS):
        return []
    person, sits = tenure.unit.representative, tenure.persons.filter(ended_on=None).first()
    runs = tenure.ended_on is None and tenure.unit.is_running
    is_open = {
        "hand_on": tenure.unit.state == MembershipState.MERGED and not UnitTenure.objects.on_the_seat_left_by(tenure.unit).exists(),
        "hand_back": runs and UnitTenure.objects.handed_on_to(tenure).exists(),
        "change_person": runs and person is not None and (sits is None or sits.representative_id != person.pk),
        "act_for_chair": runs and tenure.seat.tier == Tier.VICE_CHAIR and chair_is_vacant(tenure),
        "end_acting": ActingChair.objects.filter(tenure=tenure, ended_on=None).exists(),
        "leave_seat": runs,
    }
    return [{"name": name, "label": ACTS[name].label} for name, may in is_open.items() if may]


@admin.register(PersonTenure)
class PersonTenureAdmin(PapersAdmin):
    """Who has filled which seat, and their certificates of post."""

    reached_through = "unit_tenure__unit"
    seen_by = SECRETARIAT
    list_display = ("representative", "unit_tenure", "begins_on", "ended_on")
    list_filter = ("unit_tenure__term", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("representative", "unit_tenure__seat", "unit_tenure__unit__organisation")
    search_fields = ("representative__name", "unit_tenure__unit__number", "unit_tenure__unit__organisation__name")
