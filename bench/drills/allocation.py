"""Whether the division of seats is right, and hides no tie: 100,000 random councils against a reference written another way. Run: `bin/drills allocation`.

The reference divides nothing. It looks at every division that guarantees and caps allow and keeps those that its criterion finds best: where
several are, their common part is what is beyond doubt and the rest is a tie. Everything is multiplied out to whole numbers; nothing is rounded.
"""

import os
import sys
import time
from collections import Counter
from itertools import combinations
from math import lcm
from random import Random

import django

ROUNDS, MOST_SEATS = 100_000, 16
KEYS = ("electric", "hydrogen", "icv", "infrastructure")


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alliance.settings"
    django.setup()
    from council.allocation import Unfillable, allocate
    from council.choices import Division

    rng, found, began = Random(864), Counter(), time.monotonic()
    for _round in range(int(os.environ.get("ROUNDS", ROUNDS))):
        seats, claims = council(rng)
        for method in Division:
            expected = reference(
                str(method), seats, [(c.count, c.guarantee, seats if c.cap is None else min(c.cap, seats)) for c in claims]
            )
            try:
                answer = allocate(method, seats, claims)
            except Unfillable:
                found["unfillable"] += 1
                found["differences"] += expected is not None
                continue
            if expected is None:
                found["differences"] += 1
                continue
            sure, tied, left = expected
            said = (list(answer.given.values()), set(answer.tie.among) if answer.tie else set(), answer.tie.seats if answer.tie else 0)
            found["ties"] += bool(tied)
            found["hidden ties"] += bool(tied) and not answer.tie
            found["differences"] += said != (sure, {claims[n].key for n in tied}, left)
            found["answers"] += 1
    for name in ("answers", "ties", "unfillable", "differences", "hidden ties"):
        print(f"{name}: {found[name]}")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if found["differences"] or found["hidden ties"] or not found["ties"] else 0


def council(rng: Random):
    """Members of the directions, often alike or none, with guarantees and caps that now and then leave no way."""
    from council.allocation import Claim

    seats = rng.randint(1, MOST_SEATS)
    most = rng.choice((3, 12, 100, 100_000))
    counts = [rng.randint(0, most) for _key in KEYS]
    if rng.random() < 0.2:
        counts[1] = counts[0]
    claims = []
    for key, count in zip(KEYS, counts, strict=True):
        guarantee = rng.choice((0, 0, 0, 1, 2)) if seats > 4 else rng.choice((0, 0, 1))
        cap = rng.choice((None, None, guarantee + rng.randint(0, seats)))
        claims.append(Claim(key, count, guarantee, cap))
    return seats, claims


def reference(method: str, seats: int, claims: list[tuple[int, int, int]]):
    """(seats beyond doubt, who ties, for how many), or None where no division fits; claims are (members, guarantee, cap)."""
    bounds = [(low, high if count or method == "equal" else low) for count, low, high in claims]
    if any(low > high for low, high in bounds):
        return None
    allowed = list(divisions(seats, bounds))
    if not allowed:
        return None
    counts = [count for count, _low, _high in claims]
    best = nearest_to_quota(seats, counts, bounds, allowed) if method == "hare" else cheapest(method, counts, allowed)
    sure = [min(each) for each in zip(*best, strict=True)]
    tied = {n for n, each in enumerate(zip(*best, strict=True)) if min(each) < max(each)}
    return sure, tied, seats - sum(sure)


def divisions(seats: int, bounds: list[tuple[int, int]]):
    """Every way to give `seats` within the bounds."""
    (low, high), *rest = bounds
    if not rest:
        if low <= seats <= high:
            yield (seats,)
        return
    for given in range(low, min(high, seats) + 1):
        for more in divisions(seats - given, rest):
            yield (given, *more)


def cheapest(method: str, counts: list[int], allowed: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Sainte-Laguë's criterion: the squares of seats over members add up to the least. Equal: with as many members everywhere."""
    whole = lcm(*(count or 1 for count in counts))
    weight = [1 if method == "equal" else whole // (count or 1) for count in counts]
    costs = [sum(w * s * s for w, s in zip(weight, each, strict=True)) for each in allowed]
    least = min(costs)
    return [each for each, cost in zip(allowed, costs, strict=True) if cost == least]


def nearest_to_quota(seats: int, counts: list[int], bounds: list[tuple[int, int]], allowed: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Hare's criterion: quotas rounded down or up, such that those rounded up leave the most behind. Quotas as (numerator, denominator)."""
    quotas = bounded_quotas(seats, counts, bounds)
    whole = lcm(*(below for _above, below in quotas))
    exact = [above * (whole // below) for above, below in quotas]
    down = [each // whole for each in exact]
    rest = [each - d * whole for each, d in zip(exact, down, strict=True)]
    left = seats - sum(down)
    ways = [set(way) for way in combinations([n for n, r in enumerate(rest) if r], left)]
    gains = [sum(rest[n] for n in way) for way in ways]
    best = [tuple(d + (n in way) for n, d in enumerate(down)) for way, gain in zip(ways, gains, strict=True) if gain == max(gains)]
    assert set(best) <= set(allowed)
    return best


def bounded_quotas(seats: int, counts: list[int], bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Everybody by members; whoever falls out of the bounds is set to theirs and the others share what is left, until all fit.

    Of too little and too much only the graver side is set at a time: the other may yet come right.
    """
    fixed = {n: low for n, (count, (low, high)) in enumerate(zip(counts, bounds, strict=True)) if low == high or not count}
    while True:
        free = [n for n in range(len(counts)) if n not in fixed]
        left, members = seats - sum(fixed.values()), sum(counts[n] for n in free)
        under = {n: bounds[n][0] for n in free if left * counts[n] < bounds[n][0] * members}
        over = {n: bounds[n][1] for n in free if left * counts[n] > bounds[n][1] * members}
        lacking = sum(low * members - left * counts[n] for n, low in under.items())
        spare = sum(left * counts[n] - high * members for n, high in over.items())
        if not under and not over:
            return [(fixed[n], 1) if n in fixed else (left * counts[n], members) for n in range(len(counts))]
        if lacking == spare:
            fixed |= under | over
        else:
            fixed |= under if lacking > spare else over


if __name__ == "__main__":
    sys.exit(main())
