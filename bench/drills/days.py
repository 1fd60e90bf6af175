"""The demo loads on any day: a small province as of each of the coming days, the default one as of some of them. `bin/drills days`.

The story counts its days back from today in working days, among weekends and holidays that lie elsewhere each time, and draws
its people anew; whatever does not fit a limit of the office stops it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from province import furnish, manage

DAYS, EACH = 60, 12  # a small one of every day, a whole one of every twelfth
SMALL, WHOLE = 42, 240  # units


def main() -> int:
    """How many could be told, and of which days not."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty"
        furnish(empty)
        manage(empty, "migrate", "-v0")
        manage(empty, "reference")
        for ahead in range(DAYS):
            for units in (SMALL, *([] if ahead % EACH else [WHOLE])):
                home = shutil.copytree(empty, Path(folder) / "home")
                failed += is_refused(home, ahead, units)
                shutil.rmtree(home)
    print(f"the demo as of {DAYS} days, {DAYS // EACH} of them with {WHOLE} units: {failed} not told")
    return bool(failed)


def is_refused(home: Path, ahead: int, units: int) -> bool:
    """Whether it cannot be told as of a day ahead; then the day and the reason are printed."""
    surroundings = os.environ | {"PORTAL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "alliance.settings"}
    asked = [sys.executable, __file__, str(ahead), str(units)]
    done = subprocess.run(asked, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"in {ahead} days, {units} units: {done.stderr.strip().splitlines()[-1]}", flush=True)
    return bool(done.returncode)


def load(ahead: int, units: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from alliance import clock

    with clock.at(clock.now() + timedelta(days=ahead)):
        call_command("demo", "load", units=units)


if __name__ == "__main__":
    if sys.argv[1:]:
        load(*map(int, sys.argv[1:]))
    else:
        raise SystemExit(main())
