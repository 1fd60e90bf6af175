"""What the secretariat sees of the expert review: assignments, sheets, conflicts, panels, and the whole of a batch on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin, OfficeInline, WorkflowAdmin, many
from alliance.admin.office import DRAWN, WrittenRows
from alliance.admin.records import RecordAdmin
from alliance.jobs.models import Round
from alliance.text import PlainText, key
from alliance.workflow import Refused
from applications import reviewing, rules
from applications.choices import Criterion
from applications.forms.scoring import ASSIGNMENT_STEP_FORMS, AssignForm, ConflictForm, GroupOpinionForm
from applications.models import Application, Assignment, Batch, Conflict, GroupOpinion, Panel, Review, Score
from applications.reviewing.panels import record_opinion

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

CONDUCTING = (Office.OFFICER, Office.SECRETARY)
LONGEST_SEED = 6


class OutstandingFilter(admin.SimpleListFilter):
    """The sheets that have not come, and of them those that are overdue."""

    title = _("sheets awaited")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("sheet", _("Sheets awaited")), ("late", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "sheet":
                return queryset.outstanding()
            case "late":
                return queryset.outstanding().filter(due_at__lte=clock.now())
        return queryset


@admin.register(Assignment)
class AssignmentAdmin(WorkflowAdmin):
    """Which expert reviews which application. Added by hand, an assignment is told to the expert at once."""

    reached_through = "application"
    workflow = reviewing.assignments
    step_forms = ASSIGNMENT_STEP_FORMS
    others_steps = ("hand_in", "recuse")
    seen_by, kept_by = SECRETARIAT, CONDUCTING
    list_display = ("application", "expert", "batch", "state", "assigned_at", "due_at")
    list_filter = (OutstandingFilter, "state", "batch")
    list_select_related = ("application", "expert", "batch")
    search_fields = ("application__number", "application__name", "expert__name")
    fields = ("application", "expert", "batch", DRAWN["state"], "assigned_at", DRAWN["due_at"], "assigned_by", "reason")

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        return AddAssignmentForm if obj is None else super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("number", "expert")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        made = reviewing.assign(form.cleaned_data["application"], form.cleaned_data["expert"], by=request.user)
        obj.__dict__.update(made.__dict__)


class AddAssignmentForm(PlainText, AssignForm, forms.ModelForm):
    """By hand: an application by its number, and who reviews it. What ties the two is said before anything is written."""

    class Meta:
        model = Assignment
        fields = ("expert",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("application") and cleaned.get("expert"):
            try:
                reviewing.refuse_unfit(cleaned["application"], cleaned["expert"])
            except Refused as refusal:
                self.add_error("expert", str(refusal.why))
        return cleaned

    def _post_clean(self) -> None:
        """What it becomes is made by a step, not from these fields."""


class ScoreInline(OfficeInline):
    model = Score
    fields = readonly_fields = ("criterion", "points")


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    """What the experts handed in."""

    reached_through = "assignment__application"
    seen_by = SECRETARIAT
    list_display = ("assignment", "advice", "handed_in_at", "entered_by")
    list_filter = ("advice", ("handed_in_at", admin.EmptyFieldListFilter))
    list_select_related = ("assignment__application", "assignment__expert", "entered_by")
    search_fields = ("assignment__application__number", "assignment__application__name", "assignment__expert__name")
    fields = ("assignment", "advice", "opinion", "handed_in_at", "entered_by")
    inlines = (ScoreInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A sheet that is not handed in is the expert's own."""
        return super().get_queryset(request).exclude(handed_in_at=None)


@admin.register(Conflict)
class ConflictAdmin(OfficeAdmin):
    """Between whom there is a conflict of interest: what the expert has of the organisation's is taken back at once. One that has passed is ended, not deleted."""

    form = ConflictForm
    reached_through = "organisation"
    seen_by, kept_by = SECRETARIAT, CONDUCTING
    list_display = ("expert", "organisation", "kind", "note", "noted_by", "noted_at", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("expert", "organisation", "noted_by")
    search_fields = ("expert__name", "organisation__name", "organisation__reg_no")
    autocomplete_fields = ("organisation",)
    actions = ("end_chosen",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.list_display if obj else ("expert", "organisation", "note")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Conflict, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        made = reviewing.pin(obj.expert, obj.organisation, by=request.user, note=obj.note)
        obj.__dict__.update(made.__dict__)

    @admin.action(description=_("End the chosen conflicts"), permissions=["add"])
    def end_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        for conflict in queryset:
            reviewing.end_conflict(conflict, by=request.user)
        self.message_user(request, _("Ended."), messages.SUCCESS)


class OpinionForm(GroupOpinionForm):
    """One line of the minutes."""

    class Meta(GroupOpinionForm.Meta):
        fields = ("application", "advice", "opinion")
        widgets = {"opinion": forms.Textarea(attrs={"rows": 3, "cols": 50})}


class GroupOpinionInline(WrittenRows, admin.TabularInline):
    """What the panel said, as the office records it from the minutes."""

    model = GroupOpinion
    form = OpinionForm
    extra = 1
    can_delete = False
    readonly_fields = ("recorded_by", "recorded_at")

    def get_formset(self, request: HttpRequest, obj: Panel | None = None, **options: Any) -> Any:
        """Of the applications of its batch that the experts have before them."""
        made = super().get_formset(request, obj, **options)
        made.form.base_fields["application"].queryset = (
            obj.batch.applications.awaiting_experts().order_by("number") if obj else Application.objects.none()
        )
        return made

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is not None and request.user.holds(*CONDUCTING)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Panel)
class PanelAdmin(OfficeAdmin):
    """Panel sessions: the experts of a batch together, with a leader, who records the group's opinions in the experts' room."""

    seen_by, kept_by = SECRETARIAT, CONDUCTING
    list_display = ("batch", "leader", "held_on")
    list_filter = ("held_on",)
    list_select_related = ("batch", "leader")
    search_fields = ("leader__name",)
    fields = ("batch", "leader", "held_on")
    inlines = (GroupOpinionInline,)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Each by the same door that the leader uses."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for line in formset.forms:
            if line.has_changed() and (said := line.cleaned_data):
                inputs = {"advice": said["advice"], "opinion": said["opinion"]}
                record_opinion(form.instance, said["application"], by=request.user, **inputs)


class ReviewsOfBatch:
    """Added to the admin of batches: the expert review of one on a page of its own."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.reviews_view)
        return [path("<int:pk>/reviews/", view, name="applications_batch_reviews"), *super().get_urls()]

    def reviews_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The proposal before it is written, the loads, who is left out and why; and the summary that goes to the meeting."""
        if not self.has_view_permission(request) or self.admin_site.is_of_branch(request.user):  # the whole alliance's business
            raise Http404
        batch = get_object_or_404(Batch, pk=pk)
        if request.method == "POST":
            return act(self, request, batch)
        seed = key(request.GET.get("seed", "")[:LONGEST_SEED]) or 0
        may = rules.may_publish(request.user, batch)
        context = self.admin_site.each_context(request) | {
            "title": _("Expert review of %(batch)s") % {"batch": batch},
            "opts": self.opts,
            "batch": batch,
            "found": reviewing.summary(batch),
            "weights": [(Criterion(name).label, weight) for name, weight in batch.weights.items()],
            "proposed": batch.assignments.proposed().count(),
            "outstanding": batch.assignments.outstanding().count(),
            "may": may,
            "seed": seed,
            "plan": reviewing.plan(batch, seed) if may and "seed" in request.GET else None,
            "round": Round.objects.filter(process=reviewing.REVIEWING, kind_of_thing="applications.batch", thing_id=batch.pk).first(),
            "panel": Panel.objects.filter(batch=batch).select_related("leader").first(),
        }
        return render(request, "admin/applications/batch/reviews.html", context)


def act(model_admin: Any, request: HttpRequest, batch: Batch) -> HttpResponse:
    """Write the proposal that was looked at; or confirm what is proposed, as long work that says what it passed over."""
    back = reverse("admin:applications_batch_reviews", args=[batch.pk])
    if "confirm" in request.POST:
        things = list(Assignment.objects.proposed().filter(batch=batch).order_by("pk"))
        keeper = model_admin.admin_site.get_model_admin(Assignment)
        return redirect(many.take_all(keeper, reviewing.assignments.steps["confirm"], things, request)) if things else redirect(back)
    count = reviewing.propose(batch, by=request.user, seed=key(request.POST.get("seed", "")[:LONGEST_SEED]) or 0)
    said = ngettext("%(count)d review proposed.", "%(count)d reviews proposed.", count) % {"count": count}
    model_admin.message_user(request, said, messages.SUCCESS)
    return redirect(back)
