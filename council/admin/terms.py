"""What the secretariat sees of a term once there are seats: its plan, and how it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from alliance.admin import OfficeInline
from council import workflow
from council.forms import TermForm
from council.models import PlanChange
from members.admin.terms import TermAdmin
from members.choices import Direction, Tier
from members.models import Term

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest

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
