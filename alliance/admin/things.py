"""What the things are called that the history keeps by their ids: numbers, units, batches and meetings, never people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest

    from alliance.history.models import Event


def named_by(site: AdminSite, model: type[Model]) -> list[list[str]]:
    """The fields that say what a row is called: its own, and those of the unit, organisation or application that it belongs to."""
    keeper, above = site.get_model_admin(model), model
    through = keeper.reached_through
    if not through:
        return [[*keeper.named_by]] if keeper.named_by else []
    for name in through.split("__"):
        above = above._meta.get_field(name).related_model
    theirs = site.get_model_admin(above).named_by if site.is_registered(above) else ()
    return [fields for fields in ([*keeper.named_by], [f"{through}__{name}" for name in theirs]) if fields]


def call(site: AdminSite, events: Iterable[Event], request: HttpRequest) -> None:
    """Each event gets to know what its thing is called and where it is looked at: one query for all things of a kind."""
    of_kind = defaultdict(list)
    for event in events:
        event.called = event.thing_id
        of_kind[event.kind].append(event)
    for kind, some in of_kind.items():
        model = model_of(kind)
        if model and site.is_registered(model):
            call_those(site, model, some, request)


def model_of(kind: str) -> type[Model] | None:
    """The nouns of this kind; nothing where the portal had them once and has them no more: the history outlives them."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def call_those(site: AdminSite, model: type[Model], events: list[Event], request: HttpRequest) -> None:
    names = names_of(site, model, {event.thing_id for event in events})
    may_look = site.get_model_admin(model).has_view_permission(request)
    for event in events:
        if event.thing_id not in names:
            continue
        words = names[event.thing_id]
        called = f"{words} ({event.thing_id})" if words else str(event.thing_id)
        url = reverse(f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change", args=[event.thing_id]) if may_look else ""
        event.called = format_html('<a href="{}">{}</a>', url, called) if url else called


def names_of(site: AdminSite, model: type[Model], ids: set[int]) -> dict[int, str]:
    """What each of the rows is called, by its id: "" where it has no name to tell."""
    rows, beside = model.objects.filter(pk__in=ids), site.get_model_admin(model).calls_itself
    if beside is not None:
        return {row.pk: str(row) for row in rows.select_related(*(beside or (None,)))}
    parts = named_by(site, model)
    return {row["pk"]: in_words(row, parts) for row in rows.values("pk", *(name for part in parts for name in part))}


def in_words(row: dict[str, Any], parts: list[list[str]]) -> str:
    """Number and name; what has no number yet was never handed in, and stays an id."""
    return " · ".join(str(row[name]) for part in parts if row[part[0]] for name in part if row[name])


def searched(site: AdminSite, words: list[str]) -> Q:
    """The events of whatever is called by all of `words`."""
    found = Q(pk=None)
    for model in apps.get_models():
        if site.is_registered(model):
            for part in named_by(site, model):
                found |= Q(kind=model._meta.label_lower, thing_id__in=called(model, part, words))
    return found


def called(model: type[Model], part: list[str], words: list[str]) -> Any:
    """The ids of the rows with each of the words in a number or name."""
    rows = model.objects.filter(**{f"{part[0]}__isnull": False})
    for word in words:
        said = Q()
        for name in part:
            said |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(said)
    return rows.values("pk")
