"""What the secretariat sees of nominations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import WorkflowAdmin
from alliance.admin.workflow import keeping_typed
from council import eligibility, workflow
from council.forms import NOMINATION_STEP_FORMS
from council.models import Nomination

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class NominationForm(forms.ModelForm):
    """A nomination handed in on paper."""

    class Meta:
        model = Nomination
        fields = ("term", "tier", "direction", "unit", "recommender", "birth_year", "reason")


@admin.register(Nomination)
class NominationAdmin(WorkflowAdmin):
    """Nominations, examined and shortlisted here."""

    reached_through = "unit"
    workflow = workflow.nominations
    step_forms = NOMINATION_STEP_FORMS
    others_steps = ("accept_nomination", "agree_to_stand", "decline_nomination", "withdraw_nomination", "take_back_recommendation")
    form = NominationForm
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("unit", "person", "tier", "direction", "kind", "recommender", "put_forward_by", "place", "state")
    list_filter = ("call", "state", "tier", "direction", "kind")
    list_select_related = ("unit__organisation", "person", "recommender__organisation", "put_forward_by")
    search_fields = ("unit__number", "unit__organisation__name", "person__name")
    autocomplete_fields = ("unit", "recommender")
    readonly_fields = ("call", "person", "kind", "put_forward_by", "place", "nominated_at")
    fields = (
        "call",
        "tier",
        "direction",
        "unit",
        "person",
        "birth_year",
        "kind",
        "recommender",
        "reason",
        "put_forward_by",
        "place",
        "nominated_at",
        "state",
    )

    def dossier(self, thing: Nomination) -> dict[str, Any]:
        """What whoever examines it should know."""
        return {"warnings": eligibility.warnings(thing)}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else NominationForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: Nomination, form: NominationForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        with keeping_typed(form):
            nomination = workflow.nominate(by=request.user, **form.cleaned_data)
        obj.__dict__.update(nomination.__dict__)
