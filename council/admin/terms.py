"""What the secretariat sees of a term once there are seats: its plan, and how it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import Office
from alliance.admin import OfficeInline
from alliance.admin.acts import Act, act_page
from council import workflow
from council.forms import BeginForm, TermForm
from council.models import PlanChange
from members.admin.terms import TermAdmin
from members.choices import Direction, LimitKind, Matter, Tier
from members.models import Term

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

PLAN = ("plan", "resolution")


class PlanChangeInline(OfficeInline):
    """Earlier plans, the last change first."""

    model = PlanChange
    fields = readonly_fields = ("changed_at", "was", "became", "resolution")
    verbose_name_plural = _("How the plan was changed")

    @admin.display(description=_("before"))
    def was(self, change: PlanChange) -> str:
        return in_words(change.before)

    @admin.display(description=_("after"))
    def became(self, change: PlanChange) -> str:
        return in_words(change.after)


def in_words(plan: list[list[Any]]) -> str:
    """Tier by tier, in one line each."""
    rows = []
    for tier in Tier:
        parts = [f"{Direction(direction).label} {seats}" if direction else str(seats) for t, direction, seats in plan if t == tier]
        rows.append((tier.label, " · ".join(parts)))
    return format_html_join("", "<div>{}: {}</div>", rows)


admin.site.unregister(Term)


@admin.register(Term)
class PlannedTermAdmin(TermAdmin):
    """A term with the plan of its seats: the office's until it begins, then the council's by resolution."""

    form = TermForm
    inlines = (*TermAdmin.inlines, PlanChangeInline)
    change_form_template = "admin/council/term/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.turn_view)
        return [path("<int:pk>/turn/<str:act>/", view, name="members_term_turn"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        term = self.get_object(request, object_id) if object_id else None
        return super().changeform_view(
            request, object_id, form_url, {"turns": turns(term, request.user), "in_force": in_force(term), **(extra_context or {})}
        )

    def turn_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Plan the term after this one, or begin this one: on a page that says what it will do."""
        term = self.get_object(request, str(pk))
        if term is None or act not in TURNS or not request.user.holds(Office.SECRETARY):
            raise Http404
        return act_page(self, request, term, TURNS[act], "admin/council/term/turn.html", act=act)

    def get_fieldsets(self, request: HttpRequest, obj: Term | None = None) -> list[Any]:
        """Whoever may not change a term reads its plan in the table of seats."""
        own = ("begins_on", "ends_on", "governance", "hosts_vote_too")
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": own})]
        plan = PLAN if obj and obj.has_begun else PLAN[:1]
        return [(None, {"fields": own}), (_("Plan of the seats"), {"fields": plan})]

    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """The plan first, under the term as it stood: whether it has begun decides what the change needs."""
        if "plan" in form.changed_data:
            workflow.change_plan(obj, form.cleaned_data["plan"], by=request.user, resolution=form.cleaned_data.get("resolution"))
        if set(form.changed_data) - set(PLAN):
            super().save_model(request, obj, form, change)


TURNS = {
    "open_term": Act(_("Plan the next term"), workflow.open_term),
    "begin_term": Act(_("Begin this term"), workflow.begin_term, BeginForm),
}


def in_force(term: Term | None) -> dict[str, list[Any]]:
    """The rules and limits by which the term goes: its own, and the custom where it has none."""
    if term is None:
        return {}
    return {"rules": [term.rule(matter) for matter in Matter], "limits": [term.limit(kind) for kind in LimitKind]}


def turns(term: Term | None, user: Any) -> list[dict[str, Any]]:
    """What the secretary-general can do at the turn of a term; the first one begins with the founding."""
    if term is None or not user.holds(Office.SECRETARY):
        return []
    is_last = not Term.objects.filter(number__gt=term.number).exists()
    is_open = {"open_term": is_last and term.has_begun, "begin_term": term.begins_on is None and term.number > 1}
    return [{"name": name, "label": TURNS[name].label} for name, may in is_open.items() if may]
