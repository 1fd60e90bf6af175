"""What stands in the register, or stood in it on a day: of each unit all that the roll says, in as many statements for a thousand as for one."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db.models import Max

from alliance import clock
from alliance.history.as_of import as_of
from alliance.history.models import Event
from members.choices import BodyKind
from members.models import Body, BodyTenure, Certificate, FormerName, MemberUnit, Organisation, Representative, Term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import Model, QuerySet

    Thing = TypeVar("Thing", bound=Model)

DAY = timedelta(days=1)


class Entry(NamedTuple):
    """One unit as it stood on a day. `post` is its tenure on the council, `seats` its places in other bodies."""

    unit: MemberUnit
    says: Organisation
    state: str
    representative: Representative | None
    certificate: Certificate | None
    post: Model | None
    seats: list[BodyTenure]
    former_names: list[str]
    host: str
    changed_at: datetime | None
    is_past: bool

    def of_kind(self, kind: BodyKind) -> list[str]:
        """The names of the bodies of one kind that it sits in."""
        return [seat.body.name for seat in self.seats if seat.body.kind == kind]


def entries(keys: Sequence[int], on: date | None = None) -> dict[int, Entry]:
    """The entries of these units, by key: of today, or of an earlier day those that were members then."""
    today = clock.today()
    day = min(on or today, today)
    is_past = day < today
    units = (MemberUnit.objects.on_date(day) if is_past else MemberUnit.objects.all()).select_related("organisation").in_bulk(keys)
    says = past(Organisation, {unit.organisation_id for unit in units.values()}, day) if is_past else {}
    persons = first_by_unit(Representative.objects.on_date(day).filter(unit__in=units))
    certificates = certificates_of(units, day, is_past=is_past)
    posts = MemberUnit.objects.filter(pk__in=units).posts_held(day)
    seats = seats_of(units, day, is_past=is_past)
    names = former_names({unit.organisation_id for unit in units.values()}, day)
    changes = changed(units, day)
    hosts = hosts_of([says.get(unit.organisation_id, unit.organisation) for unit in units.values()], day, is_past=is_past)
    return {
        key: Entry(
            unit=unit,
            says=says.get(unit.organisation_id, unit.organisation),
            state=unit.state_on if is_past else unit.state,
            representative=persons.get(key),
            certificate=certificates.get(key),
            post=posts.get(key),
            seats=seats[key],
            former_names=names[unit.organisation_id],
            host=hosts.get(says.get(unit.organisation_id, unit.organisation).host_id, ""),
            changed_at=changes.get(key),
            is_past=is_past,
        )
        for key, unit in units.items()
    }


def past(model: type[Thing], keys: set[int], day: date) -> dict[int, Thing]:
    """Rows as they stood at the end of a day."""
    return as_of(model, keys, clock.midnight(day + DAY))


def first_by_unit(rows: QuerySet) -> dict[int, Model]:
    """Of several of one day the one that came last."""
    return {row.unit_id: row for row in rows.order_by("since", "pk")}


def certificates_of(units: dict[int, MemberUnit], day: date, *, is_past: bool) -> dict[int, Certificate]:
    """The certificate that ran on the day, with its term, both as they stood then."""
    found = {each.pk: each for each in Certificate.objects.on_date(day).filter(unit__in=units).select_related("term").order_by("pk")}
    if is_past:
        terms = {each.term_id: each.term for each in found.values()} | past(Term, {each.term_id for each in found.values()}, day)
        found |= past(Certificate, set(found), day)
        for each in found.values():
            each.term = terms[each.term_id]
    return {each.unit_id: each for each in found.values()}


def seats_of(units: dict[int, MemberUnit], day: date, *, is_past: bool) -> dict[int, list[BodyTenure]]:
    """Where each sat besides the council."""
    found: dict[int, list[BodyTenure]] = defaultdict(list)
    rows = list(BodyTenure.objects.on_date(day).filter(unit__in=units).select_related("body").order_by("body_id", "pk"))
    bodies = past(Body, {row.body_id for row in rows}, day) if is_past and rows else {}
    for row in rows:
        row.body = bodies.get(row.body_id, row.body)
        found[row.unit_id].append(row)
    return found


def former_names(organisations: set[int], day: date) -> dict[int, list[str]]:
    """What each had been called until then, the last first."""
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in FormerName.objects.filter(organisation__in=organisations, until__lte=day).values_list("organisation", "name"):
        found[key].append(name)
    return found


def hosts_of(organisations: list[Organisation], day: date, *, is_past: bool) -> dict[int, str]:
    """What the hosts of hosted alliances were called."""
    keys = {each.host_id for each in organisations if each.host_id}
    found = past(Organisation, keys, day) if is_past else Organisation.objects.in_bulk(keys)
    return {key: each.name for key, each in found.items()}


def changed(units: dict[int, MemberUnit], day: date) -> dict[int, datetime]:
    """When something last happened to each."""
    seen = Event.objects.of_kind(MemberUnit).filter(thing_id__in=units, at__lt=clock.midnight(day + DAY))
    return dict(seen.order_by().values_list("thing_id").annotate(Max("at")))
