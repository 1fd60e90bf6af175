"""System checks: every view of ours says whom it lets in; a database is of a version that can be brought up to this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OURS = ("alliance", "applications", "members", "council")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site with its route."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


@register()
def every_view_has_its_rule(**_options: object) -> list[Error]:
    """A view of ours without a declared rule is an error."""
    return [
        Error(
            f"{route}: the view {pattern.callback.__module__}.{pattern.callback.__name__} declares no rule",
            hint="decorate it with open_to(…)",
            id="alliance.E001",
        )
        for route, pattern in patterns(get_resolver())
        if pattern.callback.__module__.split(".")[0] in OURS and not hasattr(pattern.callback, "rule") and not route.startswith("admin/")
    ]


@register(Tags.database)
def no_database_is_half_way(databases: Sequence[str] | None = None, **_options: object) -> list[Error]:
    """Where only some of the steps were taken that one migration stands for, Django would leave it out without a word (decision 43)."""
    return [
        Error(
            f"The database is of an earlier version: of the migrations that {app}.{name} stands for only some were applied. "
            "Install commit 7712dd1 first, migrate there, and come back.",
            id="alliance.E002",
        )
        for database in databases or ()
        for app, name in half_way(set(MigrationRecorder(connections[database]).applied_migrations()))
    ]


def half_way(applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the migrations that stand for earlier ones, those of which some were applied and some not."""
    stand_for = {key: set(map(tuple, each.replaces)) for key, each in MigrationLoader(None).disk_migrations.items() if each.replaces}
    return sorted(key for key, earlier in stand_for.items() if earlier & applied and earlier - applied)
