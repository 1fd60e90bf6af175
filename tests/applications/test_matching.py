"""The assignment of experts is exact: against every possible one on small cases, by its promises on large ones."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as some

from applications.matching import COSTS, Wish, match

EXPERTS = "abcd"
wishes = some.lists(
    some.tuples(some.integers(0, 3), some.dictionaries(some.sampled_from(EXPERTS), some.sampled_from(COSTS), max_size=4)), max_size=4
).map(lambda rows: [Wish(n, lacks, costs) for n, (lacks, costs) in enumerate(rows)])
loads = some.fixed_dictionaries({expert: some.integers(0, 3) for expert in EXPERTS})
caps = some.fixed_dictionaries({expert: some.none() | some.integers(0, 4) for expert in EXPERTS})


def worth(wishes, loads, pairs):
    """How good an assignment is, the best smallest: how equal the loads are, then what it costs."""
    carried = dict(loads)
    for experts in pairs.values():
        for expert in experts:
            carried[expert] += 1
    return sum(load**2 for load in carried.values()), sum(wish.costs[expert] for wish in wishes for expert in pairs[wish.key])


def possible(wishes, loads, caps):
    """Every assignment that no cap forbids."""
    choices = [[each for n in range(wish.lacks + 1) for each in combinations(sorted(wish.costs), n)] for wish in wishes]
    for chosen in product(*choices):
        gained = {expert: sum(expert in experts for experts in chosen) for expert in EXPERTS}
        if all(caps[expert] is None or not more or loads[expert] + more <= caps[expert] for expert, more in gained.items()):
            yield {wish.key: list(experts) for wish, experts in zip(wishes, chosen, strict=True)}


def filled(pairs):
    return {key: len(experts) for key, experts in pairs.items()}


@given(wishes, loads, caps, some.integers(0, 9))
@settings(max_examples=400, deadline=None)
def test_no_other_assignment_fills_more_or_fills_the_same_places_better(wishes, loads, caps, seed):
    made = match(wishes, loads, caps, seed=seed)
    for wish in wishes:
        given_ = made.pairs[wish.key]
        assert set(given_) <= set(wish.costs)
        assert len(set(given_)) == len(given_) == wish.lacks - made.short[wish.key]
    others = list(possible(wishes, loads, caps))
    assert sum(filled(made.pairs).values()) == max(sum(filled(pairs).values()) for pairs in others)
    alike = [pairs for pairs in others if filled(pairs) == filled(made.pairs)]
    assert worth(wishes, loads, made.pairs) == min(worth(wishes, loads, pairs) for pairs in alike)


@given(wishes, loads, caps, some.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_the_same_seed_gives_the_same_whatever_the_order(wishes, loads, caps, seed):
    shuffled = dict(reversed(loads.items()))
    assert match(wishes, loads, caps, seed=seed) == match(wishes[::-1], shuffled, caps, seed=seed)


def province(applications, experts, rng):
    """Applications of four directions; each conflicts with one expert of twenty."""
    know = {expert: set(rng.sample(range(4), rng.choice((1, 1, 2)))) for expert in range(experts)}
    for n in range(applications):
        main, related = rng.choices(range(4), (45, 18, 22, 15))[0], rng.randrange(4)
        costs = {e: 0 if main in know[e] else 1 if related in know[e] else 2 for e in know if rng.random() > 0.05}
        yield Wish(n, 3, costs)


def test_loads_differ_by_one_at_most_where_caps_allow():
    for seed in range(4):
        rng = Random(seed)
        wishes = list(province(97, 13, rng))
        made = match(wishes, dict.fromkeys(range(13), 0), {0: 5}, seed=seed)
        free = [made.loads[expert] for expert in range(1, 13)]
        assert made.loads[0] == 5
        assert max(free) - min(free) <= 1
        assert not made.short


def test_where_there_are_too_few_everybody_gets_a_first_before_anybody_a_second():
    wishes = [Wish(n, 3, {"a": 0, "b": 0}) for n in range(4)]
    made = match(wishes, {"a": 0, "b": 0}, {"a": 3, "b": 3})
    assert sorted(map(len, made.pairs.values())) == [1, 1, 2, 2]
    assert sum(made.short.values()) == 6
