"""One kind of data that is held on a person, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.templatetags import portal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

SHOWN = 20  # rows of a group on the page; the exports have all


@dataclass(frozen=True)
class Group:
    """One kind of data: its rows, where they come from, why they are held, how long, and where they are put right."""

    name: str
    title: str | Promise
    source: str | Promise
    purpose: str | Promise
    kept: str | Promise
    labels: dict[str, str | Promise]
    rows: list[dict[str, Any]] = field(default_factory=list)
    change: tuple[str | Promise, str] | None = None

    @property
    def shown(self) -> list[list[tuple[str | Promise, str]]]:
        """The first rows in words, label by label."""
        return [[(self.labels[name], in_words(value)) for name, value in row.items()] for row in self.rows[:SHOWN]]

    @property
    def more(self) -> int:
        return max(len(self.rows) - SHOWN, 0)


def in_words(value: Any) -> str:
    """A value as a reader reads it."""
    match value:
        case None | "":
            return "–"
        case bool():
            return str(_("Yes") if value else _("No"))
        case _ if hasattr(value, "hour"):
            return portal.moment(value)
        case _ if hasattr(value, "year"):
            return portal.day(value)
    return str(value)


def of_address(name: str, addresses: Iterable[str]) -> Q:
    """One of `addresses`, however it was written."""
    found = Q(pk__in=())
    for address in addresses:
        found |= Q(**{f"{name}__iexact": address})
    return found


def asking(about: str) -> str:
    """The enquiry that asks for it, its first words written."""
    return f"{reverse('enquiries')}?about={about}"
