"""What assigning costs: 1,000 applications, 60 experts, three for each; caps, conflicts and directions. Run: `.venv/bin/python bench/assigning.py`."""

import statistics
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
APPLICATIONS, EXPERTS, EACH, TIMES = 1000, 60, 3, 5
SHARES = (45, 18, 22, 15)  # of the four directions


def main() -> None:
    sys.path[:0] = [str(ROOT)]
    from applications.matching import match

    for name, caps in (
        ("no caps", {}),
        ("caps of 50", dict.fromkeys(range(EXPERTS), 50)),
        ("half of them capped at 20", dict.fromkeys(range(30), 20)),
    ):
        wishes, spent, made = province(), [], None
        for _ in range(TIMES):
            began = time.monotonic()
            made = match(wishes, dict.fromkeys(range(EXPERTS), 0), caps, seed=1)
            spent.append(time.monotonic() - began)
        loads = [load for expert, load in made.loads.items() if caps.get(expert) != 20]
        matching = sum(wish.costs[expert] < 2 for wish in wishes for expert in made.pairs[wish.key])
        said = f"loads {min(loads)} to {max(loads)} where no cap holds, {matching} of {APPLICATIONS * EACH} in a direction of the expert's"
        print(f"{APPLICATIONS} x {EXPERTS} x {EACH}, {name}: {statistics.median(spent):.2f} s, {sum(made.short.values())} short, {said}")


def province() -> list:
    """Each application conflicts with one expert of twenty."""
    from applications.matching import Wish

    rng = Random(864)
    know = {expert: set(rng.sample(range(4), rng.choice((1, 1, 2)))) for expert in range(EXPERTS)}
    made = []
    for n in range(APPLICATIONS):
        main_, related = rng.choices(range(4), SHARES)[0], rng.randrange(4)
        costs = {e: 0 if main_ in know[e] else 1 if related in know[e] else 2 for e in know if rng.random() > 1 / 20}
        made.append(Wish(n, EACH, costs))
    return made


if __name__ == "__main__":
    main()
