"""The listing: what the directory finds a member unit by, and counts it under."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from members.choices import Audience, ChainPosition, Direction, Scale, UnitType
from members.models.disclosure import Disclosure, usual
from members.models.former_name import FormerName
from members.models.unit import MemberUnit
from members.querysets import ListingQuerySet
from members.spelling import LONGEST, spelled, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AT_ONCE, DIGIT = 1000, 8
POSITIONS = {value: 1 << place for place, value in enumerate(ChainPosition.values)}  # several may be named
COUNTED_BY: dict[str, list[str]] = {  # the place of a word in its list, from 1; new words come last
    "main_direction": Direction.values,
    "unit_type": UnitType.values,
    "scale": Scale.values,
}
PLACES = {part: place for place, part in enumerate(reversed([*COUNTED_BY, "chain"]))}  # of the octal digits, from the last
HIDEABLE = ("short_name", "scale", "chain_position")  # listed only where the unit shows it to everybody


class Listing(models.Model):
    """One row a membership. It repeats what the register says in few letters, public columns only; whoever changes the register lists the unit again.

    Whether the unit still belongs, the membership says: that is not repeated here. The rows are narrow and are counted by numbers,
    so that looking through all of them costs less than an index of two characters would (docs/decisions/0032).
    """

    unit = models.OneToOneField(MemberUnit, models.CASCADE, primary_key=True, related_name="listing", verbose_name=_("member unit"))
    words = models.TextField(_("words it is found by"))
    sort_as = models.CharField(_("name in pinyin"), max_length=LONGEST)
    admitted_on = models.DateField(_("admitted on"))
    mix = models.PositiveSmallIntegerField(_("direction, type, scale and positions on the chain"))
    place = models.PositiveIntegerField(_("region"))

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("listing"), _("listings")
        indexes = [
            models.Index(fields=["admitted_on", "unit"], name="listed_by_admission"),
            models.Index(fields=["sort_as", "unit"], name="listed_by_name"),
            models.Index(fields=["mix", "admitted_on"], name="listed_by_mix"),
            models.Index(fields=["mix", "place", "unit"], name="listed_to_be_counted"),
            models.Index(fields=["place", "admitted_on"], name="listed_by_place"),
        ]

    def __str__(self) -> str:
        return self.words.partition("\n")[0]

    @property
    def told(self) -> Told:
        return told(self.mix)

    @property
    def scale_in_words(self) -> str:
        return str(Scale(self.told.scale).label) if self.told.scale else ""

    @property
    def chain_in_words(self) -> str:
        return pgettext("list", ", ").join(str(ChainPosition(each).label) for each in self.told.chain)


class Told(NamedTuple):
    """What the directory counts a unit under: a word of each list, or nothing; of the chain, any number."""

    main_direction: str
    unit_type: str
    scale: str
    chain: tuple[str, ...]


def mixed(words: Mapping[str, str], chain: Iterable[str]) -> int:
    """Direction, type, scale and positions as one number of four octal digits."""
    number = 0
    for name, values in COUNTED_BY.items():
        number = number * DIGIT + (values.index(words[name]) + 1 if words[name] in values else 0)
    return number * DIGIT + sum(POSITIONS.get(each, 0) for each in set(chain))


@cache
def told(mix: int) -> Told:
    """The same number as words."""
    rest, positions = divmod(mix, DIGIT)
    found = []
    for values in reversed(COUNTED_BY.values()):
        rest, place = divmod(rest, DIGIT)
        found.append(values[place - 1] if 0 < place <= len(values) else "")
    return Told(*reversed(found), tuple(each for each, bit in POSITIONS.items() if positions & bit))


def list_again(units: Iterable[MemberUnit]) -> None:
    """What the directory says of these units is what the register says now."""
    found = {unit.pk: unit for unit in units}
    if not found:
        return
    hidden = Disclosure.objects.hidden_from_public(found, HIDEABLE)
    names = former_names(found.values())
    rows = [listing(unit, names.get(key, ()), hidden.get(key, {})) for key, unit in found.items()]
    fields = [field.name for field in Listing._meta.concrete_fields if not field.primary_key]
    Listing.objects.bulk_create(rows, AT_ONCE, update_conflicts=True, unique_fields=["unit"], update_fields=fields)


def former_names(units: Iterable[MemberUnit]) -> dict[int, list[str]]:
    """What each was called before, while it was a member."""
    found: dict[int, list[str]] = defaultdict(list)
    by_organisation = {unit.organisation_id: unit for unit in units}
    for borne in FormerName.objects.filter(organisation__in=by_organisation):
        unit = by_organisation[borne.organisation_id]
        if borne.until > unit.admitted_on:
            found[unit.pk] += [name for name in (borne.name, borne.short_name) if name]
    return found


def listing(unit: MemberUnit, former: Iterable[str], chosen: Mapping[str, str]) -> Listing:
    says = unit.organisation
    shown = {name: (chosen.get(name) or usual(name)) == Audience.PUBLIC for name in HIDEABLE}
    words = {name: getattr(says, name) for name in COUNTED_BY} | ({} if shown["scale"] else {"scale": ""})
    return Listing(
        unit=unit,
        words=words_of([says.name, says.short_name if shown["short_name"] else "", *former], [says.name_en, unit.number]),
        sort_as=spelled(says.name),
        admitted_on=unit.admitted_on,
        mix=mixed(words, says.chain_position if shown["chain_position"] else ()),
        place=int(says.region or 0),
    )
