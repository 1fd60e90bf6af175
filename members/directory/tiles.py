"""Guangdong's 21 cities as tiles that keep their neighbours, with Hong Kong, Macao, Taiwan and the other provinces beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from members.directory.asked import ELSEWHERE, REGIONS

if TYPE_CHECKING:
    from members.directory.found import Found

SIDE, GAP = 60, 4
NOWHERE = "000000"  # a region that the register does not say
WIDE = 3  # tiles that the other provinces take together
TILES = {  # column and row, read as a map: north at the top
    ELSEWHERE: (0, 0),
    "440200": (4, 0), "441600": (5, 0), "441400": (6, 0), "445100": (7, 0),
    "441200": (2, 1), "441800": (3, 1), "440100": (4, 1), "441300": (5, 1), "445200": (6, 1), "440500": (7, 1),
    "445300": (2, 2), "440600": (3, 2), "441900": (4, 2), "440300": (5, 2), "441500": (6, 2),
    "440900": (1, 3), "441700": (2, 3), "440700": (3, 3), "442000": (4, 3), "810000": (5, 3), "710000": (7, 3),
    "440800": (0, 4), "440400": (4, 4), "820000": (5, 4),
}  # fmt: skip
BEYOND = frozenset({"810000", "820000", "710000", ELSEWHERE})
WIDTH, HEIGHT = 8 * (SIDE + GAP), 5 * (SIDE + GAP) + 2


@dataclass(frozen=True)
class Tile:
    """A place on the map: where it is drawn, how many units it has, and the address that finds them."""

    region: str
    word: Any
    count: int
    share: float
    shade: int  # none, few, more, most: a quarter and a half of the fullest
    address: str
    x: int
    y: int
    width: int
    has_branch: bool
    is_beyond: bool
    is_chosen: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def tiles(found: Found, branches: set[str]) -> list[Tile]:
    """In reading order, each with a link: to its units, or, where it is chosen, to all places again."""
    counts, chosen = found.by_word["region"], found.asked.chosen.get("region", ())
    most = max((counts[region] for region in TILES if region != ELSEWHERE), default=0)
    total = sum(found.counts["region"].values()) or 1
    drawn = []
    for region, (column, row) in TILES.items():
        count, is_chosen = counts[region], region in chosen
        drawn.append(
            Tile(
                region=region,
                word=REGIONS[region],
                count=count,
                share=100 * count / total,
                shade=shade(count, most),
                address=found.asked.without("region") if is_chosen else found.asked.with_only("region", region),
                x=column * (SIDE + GAP) + GAP // 2,
                y=row * (SIDE + GAP) + GAP // 2,
                width=WIDE * (SIDE + GAP) - GAP if region == ELSEWHERE else SIDE,
                has_branch=region in branches,
                is_beyond=region in BEYOND,
                is_chosen=is_chosen,
            )
        )
    return drawn


def shade(count: int, most: int) -> int:
    return 0 if not count else 3 if 2 * count > most else 2 if 4 * count > most else 1


def places(found: Found) -> list[tuple[Any, int, float, str]]:
    """The same as a table, every province by itself: its word, how many, their share, and the address."""
    total = sum(found.counts["region"].values()) or 1
    rows = [
        (REGIONS[region], n, 100 * n / total, found.asked.with_only("region", region))
        for region, n in found.counts["region"].items()
        if region != NOWHERE
    ]
    return sorted(rows, key=lambda row: -row[1])
