"""`bin/drills [NAME]`: the long proofs, against a real PostgreSQL and a real Redis; each prints its figures and fails where a promise breaks.

A drill is a script in `bench/drills/`. It gets an empty database of its own, and everything it started ends with it.
"""

import signal
import tempfile
from pathlib import Path

from house import PYTHON, ROOT, catalogues, environment, services
from house.keeper import HURRIED, Keeper
from house.say import Refusal, say
from house.test import environment_of, stop

DRILLS = ROOT / "bench/drills"


def main(arguments: list[str]) -> int:
    """All of them, or the one that is named."""
    known = sorted(path.stem for path in DRILLS.glob("*.py"))
    if len(arguments) > 1 or not set(arguments) <= set(known):
        raise Refusal(f"没有这个演练：{'、'.join(known)}。", f"There is no such drill: one of {', '.join(known)}.")
    environment.ensure("dev")
    catalogues.compiled()
    for hurry in HURRIED:
        signal.signal(hurry, stop)
    return max(drill(name) for name in arguments or known)


def drill(name: str) -> int:
    """One drill, in surroundings of its own."""
    say(f"演练 {name}：", f"drill {name}")
    with Keeper() as keeper:
        folder = Path(tempfile.mkdtemp(prefix="portal-drill-", dir="/tmp"))
        keeper.remove_at_end(folder)
        folder.chmod(0o755)
        surroundings = environment_of(folder) | services.find_or_start(keeper, folder) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'bench'}"}
        child = keeper.start([PYTHON, DRILLS / f"{name}.py"], alone=False, cwd=ROOT, env=surroundings)
        ended = child.wait()
    return ended if ended >= 0 else 128 - ended
