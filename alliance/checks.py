"""System checks: every view of ours says whom it lets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

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
