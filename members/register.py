"""What stands in the register, or stood in it on a day: of each unit all that the roll says, in as many statements for a thousand as for one."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db.models import F, Max

from alliance import clock
from alliance.history.as_of import as_of
from alliance.history.models import Event
from members.choices import BodyKind
from members.models import BodyTenure, Certificate, FormerName, MemberUnit, Organisation, Representative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import Model

    Thing = TypeVar("Thing", bound=Model)

DAY = timedelta(days=1)
OF_A_UNIT = ("number", "state", "admitted_on", "ended_on")
ROLLED = (
    "name", "name_en", "short_name", "jurisdiction", "reg_no", "unit_type", "service_kind", "region", "main_direction",
    "related_directions", "chain_position", "scale", "host_id",
)  # fmt: skip


class Entry(NamedTuple):
    """One unit as it stood on a day. `post` is its tenure on the council, `seats` its places in other bodies."""

    unit: MemberUnit
    says: Organisation
    representative: Representative | None
    certificate: Certificate | None
    post: Model | None
    seats: list[BodyTenure]
    former_names: list[str]
    host: str
    is_past: bool

    def of_kind(self, kind: BodyKind) -> list[str]:
        """The names of the bodies of one kind that it sits in."""
        return [seat.body.name for seat in self.seats if seat.body.kind == kind]


def entries(keys: Sequence[int], on: date | None = None, known: Iterable[MemberUnit] = (), *, is_brief: bool = False) -> dict[int, Entry]:
    """The entries of these units, by key: of today, or of an earlier day those that the register named as members at its end.

    `known`: the units of today with their organisations, where somebody has fetched them already. `is_brief`: of today only what
    the roll says, as rows in place of objects, for very many.
    """
    today = clock.today()
    day = min(on or today, today)
    at = Then(day) if day < today else Brief(day) if is_brief else Now(day)
    units = at.units(keys, known)
    says = at.organisations(units.values())
    hosts = at.rows(Organisation, {each.host_id for each in says.values() if each.host_id})
    persons = {each.unit_id: each for each in at.persons(units)}
    certificates = {each.unit_id: each for each in at.certificates(units) if runs(each.issued_on, each.ended_on, day)}
    posts = MemberUnit.objects.posts_held(day)
    seats = defaultdict(list)
    for each in at.of_units(BodyTenure, "body", units):
        if runs(each.begins_on, each.ended_on, day):
            seats[each.unit_id].append(each)
    names = former_names(says, day)
    return {
        key: Entry(
            unit=unit,
            says=says[unit.organisation_id],
            representative=persons.get(key),
            certificate=certificates.get(key),
            post=posts.get(key),
            seats=seats[key],
            former_names=names[unit.organisation_id],
            host=str(hosts.get(says[unit.organisation_id].host_id, "")),
            is_past=at.is_past,
        )
        for key, unit in units.items()
    }


class Now:
    """Where rows are read of today: as they stand."""

    is_past = False

    def __init__(self, day: date) -> None:
        self.day = day

    def units(self, keys: Sequence[int], known: Iterable[MemberUnit]) -> dict[int, MemberUnit]:
        return {unit.pk: unit for unit in known} or MemberUnit.objects.select_related("organisation").in_bulk(keys)

    def organisations(self, units: Iterable[MemberUnit]) -> dict[int, Organisation]:
        return {unit.organisation_id: unit.organisation for unit in units}

    def rows(self, model: type[Thing], keys: Iterable[int]) -> dict[int, Thing]:
        return model.objects.in_bulk([*keys]) if keys else {}

    def persons(self, units: Iterable[int]) -> Iterable[Representative]:
        """Who represented them; the last of one unit counts."""
        return Representative.objects.on_date(self.day).filter(unit__among=units).order_by("since", "pk")

    def certificates(self, units: Iterable[int]) -> Iterable[Certificate]:
        """All that they had; the last that runs counts."""
        return self.of_units(Certificate, "term", units)

    def of_units(self, model: type[Thing], beside: str, units: Iterable[int]) -> list[Thing]:
        """The rows of one kind that these units have, each with what stands beside it."""
        rows = model.objects.filter(unit__among=units).select_related(beside).order_by()
        return sorted(rows, key=lambda row: (getattr(row, f"{beside}_id"), row.pk))


class Brief(Now):
    """Where very many are read of today: named rows with what the roll says of a unit."""

    def units(self, keys: Sequence[int], known: Iterable[MemberUnit]) -> dict[int, Any]:
        """Each with what its organisation says, in one row."""
        says = {name: F(f"organisation__{name}") for name in ROLLED}
        rows = MemberUnit.objects.filter(pk__among=keys).annotate(**says).order_by()
        return {row.pk: row for row in rows.values_list("pk", "organisation_id", *OF_A_UNIT, *ROLLED, named=True)}

    def organisations(self, units: Iterable[Any]) -> dict[int, Any]:
        return {row.organisation_id: row for row in units}

    def persons(self, units: Iterable[int]) -> Iterable[Any]:
        return super().persons(units).values_list("unit_id", "name", "post", named=True)

    def certificates(self, units: Iterable[int]) -> Iterable[Any]:
        rows = Certificate.objects.filter(unit__among=units).order_by("term_id", "pk")
        return rows.values_list("unit_id", "number", "term_id", "valid_until", "issued_on", "ended_on", named=True)


class Then(Now):
    """Where rows are read of an earlier day: as their kept history says that they stood at its end, whatever was registered since."""

    is_past = True

    def units(self, keys: Sequence[int], known: Iterable[MemberUnit]) -> dict[int, MemberUnit]:
        return {key: unit for key, unit in self.rows(MemberUnit, keys).items() if unit.is_running}

    def organisations(self, units: Iterable[MemberUnit]) -> dict[int, Organisation]:
        return self.rows(Organisation, {unit.organisation_id for unit in units})

    def rows(self, model: type[Thing], keys: Iterable[int]) -> dict[int, Thing]:
        """What was there before histories were kept stands as it stands."""
        found = as_of(model, keys, clock.midnight(self.day + DAY)) if keys else {}
        return found | super().rows(model, {*keys} - {*found})

    def of_units(self, model: type[Thing], beside: str, units: Iterable[int]) -> list[Thing]:
        found = as_of(model, [each.pk for each in super().of_units(model, beside, units)], clock.midnight(self.day + DAY))
        others = self.rows(model._meta.get_field(beside).related_model, {getattr(each, f"{beside}_id") for each in found.values()})
        for each in found.values():
            setattr(each, beside, others[getattr(each, f"{beside}_id")])
        return sorted(found.values(), key=lambda each: (getattr(each, f"{beside}_id"), each.pk))


def runs(begins_on: date, ended_on: date | None, day: date) -> bool:
    return begins_on <= day and (ended_on is None or ended_on > day)


def former_names(organisations: Iterable[int], day: date) -> dict[int, list[str]]:
    """What each had been called until then, the last first."""
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in FormerName.objects.filter(organisation__among=organisations, until__lte=day).values_list("organisation", "name"):
        found[key].append(name)
    return found


def changed(units: Iterable[int], on: date | None = None) -> dict[int, datetime]:
    """When something last happened to each: until now, or by the end of a day."""
    seen = Event.objects.of_kind(MemberUnit).filter(thing_id__among=units, at__lt=clock.midnight((on or clock.today()) + DAY))
    return dict(seen.order_by().values_list("thing_id").annotate(Max("at")))
