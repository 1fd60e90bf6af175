"""What the page of a unit shows, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members.choices import Audience, ChainPosition, Direction
from members.models import Organisation
from members.models.disclosure import ALWAYS, USUAL, audiences

if TYPE_CHECKING:
    from members.models import MemberUnit, Representative

APART = ("name", "name_en", "short_name", "main_business", "main_direction")  # they have places of their own on the page
ORDER = tuple(name for name in (*ALWAYS, *USUAL) if name not in APART)


@dataclass(frozen=True)
class Line:
    """One field as a reader reads it. `is_for_members`: others do not see it."""

    name: str
    label: str
    words: Any
    is_for_members: bool


@dataclass(frozen=True)
class Shown:
    """A unit as one audience sees it."""

    unit: MemberUnit
    audience: Audience

    @property
    def open(self) -> dict[str, bool]:
        """The fields that this audience sees, each with whether it is for members alone."""
        seen = (Audience.PUBLIC,) if self.audience == Audience.PUBLIC else (Audience.PUBLIC, Audience.MEMBERS)
        chosen = dict.fromkeys(ALWAYS, Audience.PUBLIC) | audiences(self.unit)
        return {name: audience == Audience.MEMBERS for name, audience in chosen.items() if audience in seen}

    @property
    def lines(self) -> list[Line]:
        """What the register says; what it does not say is left out."""
        is_open = self.open
        return [self.line(name, is_open[name]) for name in ORDER if name in is_open and self.in_words(name)]

    def line(self, name: str, is_for_members: bool) -> Line:  # noqa: FBT001 — the field's own word
        return Line(name, Organisation.label(name), self.in_words(name), is_for_members)

    def in_words(self, name: str) -> Any:
        organisation = self.unit.organisation
        if name == "founded_on":
            return organisation.founded_on
        if name == "chain_position":
            return pgettext("list", ", ").join(str(word) for value, word in ChainPosition.choices if value in organisation.chain_position)
        words = organisation.in_words(name)
        if name == "specialities" and organisation.specialities_other:
            return pgettext("list", ", ").join(filter(None, [words, organisation.specialities_other]))
        if name == "registered_capital" and words:
            return _("%(amount)s ×10,000 %(currency)s") % {"amount": words, "currency": organisation.get_currency_display()}
        return words

    @property
    def short_name(self) -> str:
        return self.unit.organisation.short_name if "short_name" in self.open else ""

    @property
    def business(self) -> Line | None:
        name, is_open = "main_business", self.open
        return self.line(name, is_open[name]) if name in is_open and self.unit.organisation.main_business else None

    @property
    def directions(self) -> list[str]:
        """The main one first."""
        told = self.unit.organisation
        related = told.related_directions if "related_directions" in self.open else []
        return [told.main_direction, *(value for value in Direction.values if value in related and value != told.main_direction)]

    @property
    def representative(self) -> Representative | None:
        """The person who represents the unit, if they agreed to be named; whoever reads."""
        person = self.unit.representative
        return person if person and any(each.taken_back_at is None for each in person.name_consents.all()) else None
