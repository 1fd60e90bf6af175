"""Lists seen by some offices and kept by others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliance.history.record import Code, record
from alliance.templatetags import portal
from alliance.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.contrib.admin.views.main import ChangeList
    from django.db.models import Field, Model, QuerySet
    from django.forms import Field as FormField
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise


@admin.display(description=_("state"), ordering="state")
def state(thing: Model) -> str:
    return portal.state(thing)


@admin.display(description=_("direction"), ordering="direction")
def direction(thing: Model) -> str:
    return portal.direction(thing.direction) or "–"


@admin.display(description=_("main direction"), ordering="main_direction")
def main_direction(thing: Model) -> str:
    return portal.direction(thing.main_direction) or "–"


def deadline(name: str, label: Promise) -> Callable[[Model], str]:
    """A last moment as the day it ends: midnight is the 24:00 of the day before."""

    @admin.display(description=label, ordering=name)
    def until(thing: Model) -> str:
        return portal.deadline(getattr(thing, name)) or "–"

    return until


DRAWN = {
    "state": state,
    "direction": direction,
    "main_direction": main_direction,
    "due_at": deadline("due_at", _("due")),
    "seal_due_at": deadline("seal_due_at", _("sealed form due")),
    "closes_at": deadline("closes_at", _("submission deadline")),
    "publicity_until": deadline("publicity_until", _("public notice until")),
}


LONGEST_SEARCH, MOST_WORDS = 100, 8
YEARS = range(2000, 2101)


def within_reason(moment: date) -> None:
    """Raise a ValidationError where the year cannot be meant."""
    if moment.year not in YEARS:
        raise ValidationError(_("Please check the year."))


class Chosen(AutocompleteSelect):
    """A row that is found by typing. Only what can be a key is shown again: Django would ask the database for anything, and fall."""

    def optgroups(self, name: str, value: list[Any], attr: dict[str, Any] | None = None) -> list[Any]:
        return super().optgroups(name, keys(value), attr)


def keys(chosen: Iterable[Any]) -> list[Any]:
    """Those that can be the key of a row."""
    return [each for each in chosen if key(str(each)) is not None]


class Choosing:
    """Where a row of another list is chosen by typing."""

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **options: Any) -> FormField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", Chosen(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **options)


class OfficeAdmin(Choosing, admin.ModelAdmin):
    """A list that is seen by some offices and kept by others; nothing is ever deleted here.

    `reached_through` leads from a row to the unit, organisation or application that it belongs to ("" where it is one): branch
    staff see what their branch's are. None: it belongs to the alliance as a whole, and is kept by the whole alliance's office.

    `named_by` are the fields that the history may call a row by: its number first, the name of a unit; nothing about people.
    Where the row's own words name nobody it is called by those: `calls_itself` are the rows beside it that they are read from.
    """

    reached_through: ClassVar[str | None] = None
    named_by: ClassVar[tuple[str, ...]] = ()
    calls_itself: ClassVar[tuple[str, ...] | None] = None

    seen_by: ClassVar[Iterable[str]] = ()
    kept_by: ClassVar[Iterable[str]] = ()
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """States and directions as shape and word, as everywhere."""
        return [name if hasattr(self, name) else DRAWN.get(name, name) for name in super().get_list_display(request)]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A first or last day that the database's clock cannot hold is no filter: the list says so, as of any other."""
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.admin_site.within_reach(super().get_queryset(request), self.reached_through, request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list is headed by what is in it; Django would say what one may do with it."""
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def may_keep(self, request: HttpRequest) -> bool:
        """Whether the reader's office keeps this list; what is the whole alliance's is not kept by a branch."""
        user = request.user
        return (
            user.is_authenticated
            and user.holds(*self.kept_by)
            and (self.reached_through is not None or not self.admin_site.is_of_branch(user))
        )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.seen_by, *self.kept_by)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **options: Any) -> FormField | None:
        """Units and applications are chosen from what the reader sees."""
        rows = options.get("queryset", db_field.remote_field.model.objects.all())
        if hasattr(rows, "within_reach"):
            options["queryset"] = rows.within_reach(request.user)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Rows are chosen by their keys; anything else chooses none."""
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, keys(request.POST.getlist(ACTION_CHECKBOX_NAME)))
        return super().response_action(request, queryset)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """A search is a few words; a whole page pasted in is cut, not searched."""
        return super().get_search_results(request, queryset, " ".join(search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> FormField | None:
        """Days and moments lie where the alliance lives: a slip of the year is told at its field."""
        found = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(found, forms.DateTimeField | forms.SplitDateTimeField | forms.DateField):
            found.validators.append(within_reason)
        return found

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Write what was changed and nothing else, so that what happened meanwhile stays; and who changed it."""
        fields = [field for field in obj._meta.concrete_fields if field.name in form.changed_data]
        obj.save(update_fields=[field.name for field in fields] if change else None)
        record(obj, "edit" if change else "add", by=request.user, inputs={field.name: put_in(obj, field) for field in fields})

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        record(obj, "delete", by=request.user)
        super().delete_model(request, obj)


def put_in(thing: Model, field: Field) -> object:
    """What a field was set to, as history may keep it: a choice by its value, anything typed only as a digest."""
    value = getattr(thing, field.name)
    return Code(value) if field.choices and isinstance(value, str) else value


class OfficeInline(admin.TabularInline):
    """Rows of another noun beside it, to read; they change by steps of their own."""

    template = "admin/inline.html"
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class WrittenRows(Choosing):
    """Rows that are written beside their record: as many at once as a person would write, whatever the request says."""

    extra = 0
    max_num = at_once = 500  # Django sets the first to 0 where no row may be added, and those that stand there are read all the same

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **options: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=self.at_once, **options)
