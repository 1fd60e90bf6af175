"""The register as the secretariat sees it: today, or as it stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.admin.saved_views import ViewedList
from alliance.templatetags import portal
from members.choices import BodyKind, MembershipState
from members.models import Body
from members.register import entries

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from members.models import MemberUnit

ON = "on"


def day_asked(request: HttpRequest) -> date | None:
    """The earlier day of the address; nothing where it names none, or none that is over."""
    try:
        day = parse_date(request.GET.get(ON, ""))
    except ValueError:
        return None
    return day if day and day < clock.today() else None


class RegisterList(ViewedList):
    """The register, today or on a day; what stands under its columns is fetched for all rows of a page together."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """The day is asked for above the list, and is no filter beside it."""
        asked = super().get_filters_params(params)
        asked.pop(ON, None)
        return asked

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        found, day = super().get_queryset(request, *args, **kwargs), day_asked(request)
        return found.registered_on(day) if day else found

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = entries([unit.pk for unit in self.result_list], day_asked(request), self.result_list)
        for unit in self.result_list:
            unit.entry = found[unit.pk]
            unit.organisation = unit.entry.says


class BodyFilter(admin.SimpleListFilter):
    """Those that sit in a branch or a working group."""

    title, parameter_name = _("branch or working group"), "body"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(body.pk), body.called) for body in Body.objects.to_join()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        return (
            queryset.sitting_in(int(chosen), day_asked(request)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else queryset
        )


class Columns:
    """What may stand in a row of the register; each reads the entry that the page fetched."""

    @admin.display(description=_("name of the unit"), ordering="organisation__name")
    def name(self, unit: MemberUnit) -> str:
        """Its name, and beneath it what it was called before."""
        former = unit.entry.former_names
        if not former:
            return unit.entry.says.name
        was = pgettext("list", ", ").join(former)
        return format_html('{}<br><small class="gb-mute">{}</small>', unit.entry.says.name, _("formerly %(names)s") % {"names": was})

    @admin.display(description=_("type of unit"), ordering="organisation__unit_type")
    def unit_type(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("unit_type")

    @admin.display(description=_("place of registration"), ordering="organisation__jurisdiction")
    def jurisdiction(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("jurisdiction")

    @admin.display(description=_("registration number"), ordering="organisation__reg_no")
    def reg_no(self, unit: MemberUnit) -> str:
        return format_html('<span class="gb-code">{}</span>', unit.entry.says.reg_no)

    @admin.display(description=_("region"), ordering="organisation__region")
    def region(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("region")

    @admin.display(description=_("main direction"), ordering="organisation__main_direction")
    def direction(self, unit: MemberUnit) -> str:
        return portal.direction(unit.entry.says.main_direction) or "–"

    @admin.display(description=_("related directions"))
    def related_directions(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("related_directions") or "–"

    @admin.display(description=_("position on the industry chain"))
    def chain_position(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("chain_position") or "–"

    @admin.display(description=_("scale"), ordering="organisation__scale")
    def scale(self, unit: MemberUnit) -> str:
        return unit.entry.says.in_words("scale") or "–"

    @admin.display(description=_("branch"))
    def branch(self, unit: MemberUnit) -> str:
        return pgettext("list", ", ").join(unit.entry.of_kind(BodyKind.BRANCH)) or "–"

    @admin.display(description=_("working groups"))
    def groups(self, unit: MemberUnit) -> str:
        return pgettext("list", ", ").join(unit.entry.of_kind(BodyKind.WORKING_GROUP)) or "–"

    @admin.display(description=_("post on the council"))
    def post(self, unit: MemberUnit) -> str:
        return str(unit.entry.post.seat) if unit.entry.post else "–"

    @admin.display(description=_("member representative"))
    def representative(self, unit: MemberUnit) -> str:
        return unit.entry.representative.name if unit.entry.representative else "–"

    @admin.display(description=_("certificate"))
    def certificate(self, unit: MemberUnit) -> str:
        found = unit.entry.certificate
        return format_html('<span class="gb-code">{}</span>', found.number) if found else "–"

    @admin.display(description=_("state"), ordering="state")
    def standing(self, unit: MemberUnit) -> str:
        """The state; until the founding, that it is a prospective member."""
        entry = getattr(unit, "entry", None)  # the page of one unit fetches none
        if entry and entry.is_past:
            return portal.state(MembershipState(entry.unit.state))
        return portal.state(_("Prospective member"), "go") if unit.is_prospective else portal.state(unit)
