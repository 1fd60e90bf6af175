"""The random province: which units there are, and what is true of each before it applies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log
from typing import TYPE_CHECKING

from alliance.demo import cast, codes, names, places, shares, words
from applications.choices import Intent, SeatWanted
from members.choices import Direction, Jurisdiction, UnitType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from alliance.demo.places import Place

LEAST = 42  # units, with which every scenario still has its own
PILLAR = "pillar"  # the part of those who will sit on the council, but for the leader's
PILLARS = {SeatWanted.VICE_CHAIR: 2, SeatWanted.DIRECTOR: 4}  # seats of each direction, the leader's among them; the chair's comes before
STRONG = (UnitType.ENTERPRISE, UnitType.UNIVERSITY, UnitType.INSTITUTE)
JURISDICTIONS = {
    places.HONG_KONG: (Jurisdiction.HONG_KONG, "HKD"),
    places.MACAO: (Jurisdiction.MACAO, "MOP"),
    places.TAIWAN: (Jurisdiction.TAIWAN, "TWD"),
}
PAIRS = {
    UnitType.ENTERPRISE: "91",
    UnitType.SERVICE_BODY: "91",
    UnitType.UNIVERSITY: "12",
    UnitType.PUBLIC_INSTITUTION: "12",
    UnitType.ALLIANCE: "51",
}
NEW_RULE = 0.3  # of Taiwan's numbers hold only by the rule of 2023
SERIAL_OF_OTHERS = 14  # those before play a part by name or have an odd one
CAPITALS, PERSONS_NAMED = (500, 1000, 2000, 5000, 10_000), 3
MEDIAN_STAFF, USUAL_STAFF = {UnitType.ENTERPRISE: 180, UnitType.SERVICE_BODY: 60, UnitType.ALLIANCE: 12}, 540  # an alliance has an office
FIRMS, SINCE = (2000, 2020), (1952, 2019)
FOUNDED = {UnitType.ENTERPRISE: FIRMS, UnitType.SERVICE_BODY: FIRMS, UnitType.ALLIANCE: (2008, 2020)}  # years


@dataclass(slots=True)
class Part:
    """One unit of the province. `role` says which part it plays, if any; `serial` stands in its number and addresses."""

    serial: int
    role: str = ""
    name: str = ""
    short: str = ""
    region: str = ""
    direction: str = ""
    unit_type: str = ""
    service_kind: str = ""
    english: str = ""
    reg_no: str = ""
    business: str = ""
    seat_wanted: str = SeatWanted.MEMBER
    recommended: bool = False
    operates: bool = False
    host: tuple[str, str] = ("", "")  # name and number of the legal person behind an alliance by contract
    recommender: str = ""
    founded_on: date | None = None
    capital: int | None = None
    staff: int = 0
    staff_rd: int = 0
    people: tuple[str, ...] = field(default_factory=tuple)  # representative, liaison officer, legal representative

    @property
    def place(self) -> Place:
        return places.PLACES[self.region]

    @property
    def jurisdiction(self) -> str:
        return JURISDICTIONS.get(self.place, (Jurisdiction.MAINLAND, "CNY"))[0]

    @property
    def currency(self) -> str:
        return JURISDICTIONS.get(self.place, (Jurisdiction.MAINLAND, "CNY"))[1]

    @property
    def account(self) -> str:
        return cast.ACCOUNTS.get(self.role, "")

    @property
    def email(self) -> str:
        return f"unit{self.serial}@example.com"

    @property
    def intent(self) -> str:
        return Intent.OPERATE if self.operates else Intent.JOIN


def province(count: int, rng: Random) -> list[Part]:
    """`count` units: those who play a part by name, those with odd names, those who will sit on the council, and all others."""
    parts = [Part(0, role, **cast.PARTS[role]) for role in cast.PARTS]
    parts += [Part(0, PILLAR, *named, seat_wanted=SeatWanted.DIRECTOR) for named in odd(names.ODD_ON_THE_COUNCIL)]
    parts += [Part(0, "", *named) for named in odd(names.ODD)]
    parts += [Part(0) for _each in range(count - len(parts))]
    for serial, part in enumerate(parts, start=1):
        part.serial = serial
    deal_types(parts, rng)
    deal_regions(parts, rng)
    appoint_pillars(parts)
    deal_directions(parts, rng)
    deal_wishes(parts, rng)
    call(parts, rng)
    for part in parts:
        describe(part, rng)
    relate(parts, rng)
    return parts


def odd(named: Iterable[tuple[str, str, str, str]]) -> Iterator[tuple[str, ...]]:
    """Odd names are those of firms."""
    return ((*each, UnitType.ENTERPRISE) for each in named)


def left(wanted: dict, given: list) -> dict:
    """What is still to be dealt of `wanted` once `given` has been; the largest gives way where too much was."""
    counts = {key: count - given.count(key) for key, count in wanted.items()}
    return shares.at_least(counts, dict.fromkeys(counts, 0))


def deal_types(parts: list[Part], rng: Random) -> None:
    counts = left(shares.apportion(shares.TYPES, len(parts)), [part.unit_type for part in parts])
    cards = iter(shares.dealt(counts, rng))
    for part in parts:
        part.unit_type = part.unit_type or next(cards)
    services = [part for part in parts if part.unit_type == UnitType.SERVICE_BODY and not part.service_kind]
    for part, kind in zip(services, shares.dealt(shares.apportion(shares.SERVICES, len(services)), rng), strict=True):
        part.service_kind = kind


def deal_regions(parts: list[Part], rng: Random) -> None:
    """Whoever comes from outside the province is a company; its alliances, universities and institutions are at home."""
    cards = shares.dealt(left(shares.apportion(places.SHARES, len(parts)), [part.region for part in parts]), rng)
    cards.sort(key=places.IN_GUANGDONG.__contains__)
    waiting = [part for part in parts if not part.region]
    rng.shuffle(waiting)
    waiting.sort(key=lambda part: part.unit_type != UnitType.ENTERPRISE)
    outside = sum(region not in places.IN_GUANGDONG for region in cards)
    at_home = cards[outside:]
    rng.shuffle(at_home)
    for part, region in zip(waiting, cards[:outside] + at_home, strict=True):
        part.region = region


def appoint_pillars(parts: list[Part]) -> None:
    """Those who will stand for the council and be elected: the chair, two vice-chairs and four directors of every direction."""
    posts = [(SeatWanted.CHAIR, Direction.ELECTRIC)]
    posts += [(tier, direction) for tier, count in PILLARS.items() for direction in Direction for _each in range(count)]
    for part in parts:
        if part.role in (PILLAR, cast.LEADER):
            posts.remove((part.seat_wanted, part.direction))
    strong = (part for part in parts if not part.name and part.unit_type in STRONG)
    for (tier, direction), part in zip(posts, strong, strict=False):
        part.role, part.seat_wanted, part.direction = PILLAR, tier, direction


def deal_directions(parts: list[Part], rng: Random) -> None:
    """As many of each direction as its share says; whose turn it is, the region's tilt decides."""
    counts = left(shares.apportion(shares.DIRECTIONS, len(parts)), [part.direction for part in parts])
    waiting = [part for part in parts if not part.direction]
    rng.shuffle(waiting)
    waiting.sort(key=lambda part: part.region not in {region for region, _direction in shares.TILTS})
    for part in waiting:
        weights = [counts[each] * shares.TILTS.get((part.region, each), 1) for each in Direction]
        part.direction = rng.choices(list(Direction), weights)[0]
        counts[part.direction] -= 1


def deal_wishes(parts: list[Part], rng: Random) -> None:
    """Which seat each has in mind, who was recommended for it, and who would help to run the alliance."""
    given = [part.seat_wanted for part in parts if part.role]
    waiting = [part for part in parts if not part.role]
    for part, seat in zip(waiting, shares.dealt(left(shares.apportion(shares.SEATS, len(parts)), given), rng), strict=True):
        part.seat_wanted = seat
    seekers = [part for part in parts if part.seat_wanted != SeatWanted.MEMBER and part.role != cast.RIVAL]
    for part in rng.sample(seekers, round(len(seekers) * shares.RECOMMENDED)):
        part.recommended = True
    for part in rng.sample(parts, round(len(parts) * shares.OPERATES)):
        part.operates = True


def call(parts: list[Part], rng: Random) -> None:
    """A name for whoever has none: no two the same."""
    taken = {part.name for part in parts}
    for part in parts:
        while part.name in taken and not part.short:
            named = names.called(rng, part.unit_type, part.place, part.direction, part.service_kind)
            if named.full not in taken:
                part.name, part.short, part.english = named
        taken.add(part.name)


def describe(part: Part, rng: Random) -> None:
    """Its number, age, size and people."""
    is_firm = part.unit_type in (UnitType.ENTERPRISE, UnitType.SERVICE_BODY)
    part.reg_no = number(part, rng)
    part.founded_on = date(rng.randint(*FOUNDED.get(part.unit_type, SINCE)), 1, 1) + timedelta(days=rng.randrange(365))
    part.capital = round(rng.choice(CAPITALS) * rng.uniform(0.9, 1.2)) if is_firm else None
    part.staff = max(8, round(rng.lognormvariate(log(MEDIAN_STAFF.get(part.unit_type, USUAL_STAFF)), 1.1)))
    part.staff_rd = round(part.staff * rng.uniform(0.08, 0.45))
    part.people = tuple(cast.person(rng) for _each in range(PERSONS_NAMED))
    usual = words.OTHER_BUSINESS.get(part.unit_type)
    part.business = part.business or usual or rng.choice(words.BUSINESS[part.direction])


def relate(parts: list[Part], rng: Random) -> None:
    """Who signs for the alliance by contract, and by whom others are recommended."""
    leader = next(part for part in parts if part.role == cast.LEADER)
    for part in parts:
        if part.role == cast.HOSTED:
            part.host = (leader.name, leader.reg_no)
        if part.recommended:
            part.recommender = rng.choice([each for each in parts[:SERIAL_OF_OTHERS] if each is not part]).name


def number(part: Part, rng: Random) -> str:
    """A registration number of its jurisdiction that nobody has."""
    match part.jurisdiction:
        case Jurisdiction.HONG_KONG:
            return codes.hong_kong(part.serial)
        case Jurisdiction.MACAO:
            return codes.macao(part.serial)
        case Jurisdiction.TAIWAN:
            return codes.taiwan(part.serial, new_rule=rng.random() < NEW_RULE)
    if part.role == cast.HOSTED:
        return codes.recognition(part.serial)
    pair = PAIRS.get(part.unit_type) or rng.choice(("12", "52"))
    return codes.uscc(pair, places.PROVINCE if part.unit_type == UnitType.ALLIANCE else part.place.division, part.serial)
