"""Which unit an address means, and what stands around its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import rules
from members.models import MemberUnit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TABS = (
    ("overview", pgettext_lazy("of a unit", "Overview")),
    ("data", _("Data")),
    ("people", _("Representative and colleagues")),
    ("groups", _("Branches and working groups")),
    ("meetings", _("Meetings")),
    ("papers", _("Letters and papers")),
    ("confirmation", _("Yearly confirmation")),
)


def mine(request: HttpRequest, number: str) -> MemberUnit:
    """One of my units; anybody else's is not found."""
    rows = MemberUnit.objects.of(request.user).with_standing().select_related("organisation").prefetch_related("representatives")
    return get_object_or_404(rows, number=number)


def page(request: HttpRequest, unit: MemberUnit, here: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the unit, beneath its name and tabs."""
    tabs = [(name, word, reverse(f"myunit:{name}", args=[unit.number])) for name, word in TABS]
    frame: dict[str, Any] = {"unit": unit, "organisation": unit.organisation, "tabs": tabs, "tab": here}
    frame["speaks"] = rules.speaks_for_unit(request.user, unit)
    template = context.pop("template", here)
    return render(request, f"myunit/{template}.html", frame | context, status=status)
