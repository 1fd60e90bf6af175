"""What a prepared reading saves: the row that a step holds, by its queryset and prepared. Run: `.venv/bin/python bench/prepared.py`.

On SQLite in memory; the application comes with its batch, its applicant and how it came in. Median of three hundred.
"""

import statistics
import time
from collections.abc import Callable

from applying import ready_portal

TIMES = 300


def main() -> None:
    ready_portal()
    from alliance.workflow import to_hold
    from applications.models import Application
    from tests import factories

    key = factories.draft().pk
    prepared = to_hold(Application)
    measure("by its queryset", lambda: Application.objects.for_steps().get(pk=key))
    measure("prepared", lambda: prepared.get(key))


def measure(name: str, read: Callable[[], object]) -> None:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        read()
        taken.append(time.perf_counter() - began)
    print(f"{name}: {1000 * statistics.median(taken):.2f} ms")


if __name__ == "__main__":
    main()
