"""What the secretariat sees of seats, nominations and contests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.workflow import typed
from alliance.exchange.admin import ExportsAdmin
from alliance.text import posted
from alliance.workflow import Refused
from council import resources, workflow
from council.choices import ContestState, NominationState
from council.forms import CONTEST_STEP_FORMS, NOMINATION_STEP_FORMS
from council.models import Candidate, Contest, Count, HonoraryChair, Nomination, PersonTenure, Seat, UnitTenure
from members.choices import MembershipState
from members.forms import ReasonForm

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

KEEPERS = (Office.OFFICER, Office.SECRETARY)


@admin.register(Seat)
class SeatAdmin(ExportsAdmin):
    """The plan of a term: a seat's direction can be moved until the term begins."""

    sheet = resources.Table.name

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("number", "term", "tier", "direction")
    list_display_links = ("number",)
    list_filter = ("term", "tier", "direction")
    list_select_related = ("term",)
    search_fields = ("=number", "tenures__unit__organisation__name", "tenures__unit__number")
    fields = ("term", "number", "tier", "direction")
    readonly_fields = ("term", "number", "tier")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        return self.may_keep(request) and (obj is None or not obj.term.has_begun)


class PersonInline(OfficeInline):
    model = PersonTenure
    fields = readonly_fields = ("representative", "begins_on", "ended_on", "end_reason")


class SettleFilter(admin.SimpleListFilter):
    """What became of a unit or of its person, and has to be settled here."""

    title, parameter_name = _("to do"), "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("settle", _("To settle"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.to_settle() if self.value() else queryset


@admin.register(UnitTenure)
class UnitTenureAdmin(OfficeAdmin):
    """Who has held which seat, since when, until when; and what becomes of a seat whose unit or person changes."""

    reached_through = "unit"
    seen_by = SECRETARIAT
    list_display = ("seat", "unit", "term", "begins_on", "ended_on", "contest")
    list_filter = (SettleFilter, "term", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("seat", "unit__organisation", "term", "contest")
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
        label, verb, form_class = ACTS[act]
        form = form_class(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                verb(tenure, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                refusal.typed = typed(form)
                raise
            self.message_user(request, gettext("%(step)s: done for %(thing)s.") % {"step": label, "thing": tenure}, messages.SUCCESS)
            return redirect("admin:council_unittenure_change", pk)
        context = self.admin_site.each_context(request) | {"title": label, "form": form, "tenure": tenure, "opts": self.opts, "act": act}
        return render(request, "admin/council/unittenure/seat.html", context)


ACTS = {
    "hand_on": (_("Hand the seat on"), workflow.hand_on, forms.Form),
    "hand_back": (_("Hand the seat back"), workflow.hand_back, forms.Form),
    "change_person": (_("Change the person on the seat"), workflow.change_person, forms.Form),
    "leave_seat": (_("Leave the seat"), workflow.leave_seat, ReasonForm),
}


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
        "leave_seat": runs,
    }
    return [{"name": name, "label": ACTS[name][0]} for name, may in is_open.items() if may]


@admin.register(HonoraryChair)
class HonoraryChairAdmin(HistoryAdmin, OfficeAdmin):
    """Honorary chairs, appointed by resolution; neither seat nor vote."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("name", "affiliation", "term", "begins_on", "ended_on")
    list_filter = ("term", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("term",)
    search_fields = ("name", "affiliation")
    fields = ("term", "name", "name_en", "affiliation", "resolution", "begins_on", "ended_on", "end_reason")


class NominationForm(forms.ModelForm):
    """A nomination handed in on paper."""

    class Meta:
        model = Nomination
        fields = ("term", "tier", "direction", "unit", "recommender", "reason")


@admin.register(Nomination)
class NominationAdmin(WorkflowAdmin):
    """Nominations, examined and shortlisted here."""

    reached_through = "unit"
    workflow = workflow.nominations
    step_forms = NOMINATION_STEP_FORMS
    others_steps = ("accept_nomination", "decline_nomination")
    form = NominationForm
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("unit", "person", "tier", "direction", "kind", "recommender", "state")
    list_filter = ("term", "state", "tier", "direction", "kind")
    list_select_related = ("unit__organisation", "person", "recommender__organisation")
    search_fields = ("unit__number", "unit__organisation__name", "person__name")
    autocomplete_fields = ("unit", "recommender")
    readonly_fields = ("person", "kind", "nominated_at")
    fields = ("term", "tier", "direction", "unit", "person", "kind", "recommender", "reason", "nominated_at", "state")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else NominationForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: Nomination, form: NominationForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        try:
            nomination = workflow.nominate(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.typed = typed(form)
            raise
        obj.__dict__.update(nomination.__dict__)


class CandidateInline(admin.TabularInline):
    """Who stands: chosen from the shortlist until voting starts."""

    model = Candidate
    extra = 0
    fields = ("nomination",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Nomination.objects.filter(state=NominationState.SHORTLISTED).select_related("unit__organisation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return request.user.holds(*KEEPERS) and (obj is None or obj.state == ContestState.PREPARED)

    has_change_permission = has_add_permission

    def has_delete_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        return self.has_add_permission(request, obj)


@admin.register(Contest)
class ContestAdmin(WorkflowAdmin):
    """Contests: prepared with their candidates, voted, counted, certified."""

    workflow = workflow.contests
    step_forms = CONTEST_STEP_FORMS
    others_steps = ("count",)  # a tally is one contest's
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "meeting", "seats", "state")
    list_filter = ("state", "term", "tier", "direction")
    list_select_related = ("meeting__term", "term")
    search_fields = ("candidates__nomination__unit__organisation__name", "candidates__nomination__unit__number")
    fields = (
        "meeting",
        "term",
        "tier",
        "direction",
        "seats",
        ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"),
        "state",
    )
    inlines = (CandidateInline,)

    def has_change_permission(self, request: HttpRequest, obj: Contest | None = None) -> bool:
        """What is voted on does not change any more."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == ContestState.PREPARED)

    def dossier(self, thing: Contest) -> dict[str, Any]:
        """The digest of what is frozen, the tally, and the outcome as it is counted."""
        counts = Count.objects.filter(candidate__contest=thing).select_related(
            "candidate__nomination__unit__organisation", "candidate__nomination__person"
        )
        found = workflow.outcome(thing) if thing.state in (ContestState.COUNTED, ContestState.CERTIFIED, ContestState.RUNOFF) else None
        return {"contest": thing, "counts": counts, "outcome": found}
