"""Which wheels does the lock name, for which machines, and is each of them here?

Every package of `requirements/run.txt` has a wheel for each of these; pip takes none without the lock's hash. pip would ask
the markers of the python that it runs in, so they are asked here, of the python that the wheels are for.
"""

import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from house import PYTHON, ROOT
from house.prepare import last_line
from house.say import Refusal, say

PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
GLIBC = (2, 28)  # openEuler 20.03, Kylin V10, UOS 20, Debian 10 and whatever is newer
BLOCK = re.compile(
    r"^(?P<pin>[\w.\[\]-]+==[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?: +--hash=\S+(?: \\)?\n?)+)", re.MULTILINE
)
LEGACY = {(2, 17): "manylinux2014", (2, 12): "manylinux2010", (2, 5): "manylinux1"}


class Target(NamedTuple):
    """One kind of machine with one python."""

    machine: str
    python: str

    def platforms(self) -> Iterator[str]:
        """Every platform whose wheels run there, the newest first."""
        for minor in range(GLIBC[1], 4, -1):
            yield f"manylinux_2_{minor}_{self.machine}"
            if (2, minor) in LEGACY:
                yield f"{LEGACY[2, minor]}_{self.machine}"
        yield f"linux_{self.machine}"

    def holds(self, marker: str) -> bool:
        """Whether a requirement counts there; a limit within the python's own releases counts as met."""
        from packaging.markers import Marker

        told = {"python_version": self.python, "sys_platform": "linux", "platform_system": "Linux", "platform_machine": self.machine}
        asked = Marker(marker)
        return any(asked.evaluate({**told, "python_full_version": f"{self.python}.{patch}"}) for patch in (0, 99))


def targets() -> list[Target]:
    return [Target(machine, python) for machine in MACHINES for python in PYTHONS]


def here() -> Target:
    """This machine, with the python that is asking."""
    return Target(platform.machine(), f"{sys.version_info.major}.{sys.version_info.minor}")


def lock_for(target: Target) -> str:
    """The lock without markers: what this target needs, and pip itself, for a machine whose python came without it."""
    run, dev = ((ROOT / "requirements" / name).read_text() for name in ("run.txt", "dev.txt"))
    needed = [block for block in BLOCK.finditer(run) if not block["marker"] or target.holds(block["marker"])]
    needed += [block for block in BLOCK.finditer(dev) if block["pin"].startswith("pip==")]
    return "".join(f"{block['pin']} \\\n{block['hashes'].rstrip()}\n" for block in needed)


def gather(wanted: list[Target], store: Path, into: Path) -> int:
    """Every wheel of these targets into `into`, by way of a store that keeps what was fetched before; returns how many."""
    store.mkdir(parents=True, exist_ok=True)
    into.mkdir(parents=True, exist_ok=True)
    for target in wanted:
        say(
            f"正在收集 {target.machine} / Python {target.python} 的软件包……",
            f"Gathering wheels for {target.machine}, Python {target.python}.",
        )
        if take(target, into, "--no-index", "--find-links", str(store)) is not None:
            trouble = take(target, store) or take(target, into, "--no-index", "--find-links", str(store))
            if trouble:
                raise Refusal(
                    f"软件包不齐：{target.machine} / Python {target.python}。",
                    f"Not every wheel of the lock could be had for {target.machine}, Python {target.python}: {trouble}.",
                )
    return sum(1 for _wheel in into.glob("*.whl"))


def take(target: Target, into: Path, *where: str) -> str | None:
    """Let pip resolve and take the target's wheels, each against its hash; None, or what it said last."""
    lock, log = into / "lock.txt", into / "pip.log"
    lock.write_text(lock_for(target))
    platforms = [part for name in target.platforms() for part in ("--platform", name)]
    options = [
        "--only-binary=:all:",
        "--no-deps",
        "--require-hashes",
        "--python-version",
        target.python,
        "--implementation",
        "cp",
        *platforms,
    ]
    manners = ["--quiet", "--no-input", "--disable-pip-version-check"]
    with log.open("wb") as words:
        done = subprocess.run(
            [PYTHON, "-m", "pip", "download", *manners, *options, *where, "-d", into, "-r", lock], stdout=words, stderr=words, check=False
        )
    trouble = last_line(log) if done.returncode else None
    for scrap in (lock, log):
        scrap.unlink()
    return trouble
