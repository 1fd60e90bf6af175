"""Asking the process apart: whatever happens to it, there is an answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from alliance.files.apart.limits import PATIENCE

# The package is reached as `apart`: by its full name the portal would be loaded with it, settings, secrets and all.
START = "import sys; sys.path.append(sys.argv.pop(1)); from apart.main import main; main()"
HERE = str(Path(__file__).parent)
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG")
AT_ONCE = BoundedSemaphore(2)  # each may take a gigabyte


def ask(job: str, source: Path, target: Path | None = None, *which: int | Path) -> dict[str, Any]:
    """What the process found in `source`; a process that died or dawdled found it too complicated."""
    words = [job, str(source), str(target or source), *map(str, which)]
    around = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", START, HERE, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
                env=around,
                cwd="/",
            )
        except subprocess.TimeoutExpired:
            return {"refused": "complex"}
    return json.loads(done.stdout) if done.returncode == 0 else {"refused": "complex"}
