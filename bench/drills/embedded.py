"""The suite on the embedded default's database: SQLite, one writer at a time. `bin/drills embedded`.

Browsers and races of threads are left out, for they ask PostgreSQL; whole portals (tests/house/test_serving.py) stand on
SQLite and the file-system broker in `bin/test` as well.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SUITE = ["-m", "pytest", "-q", "-p", "tests.workers", "-n", "auto", "--maxprocesses", "4", "-m", "not browser and not race and not whole"]


def main() -> int:
    """Everything that can be told of one process, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        told = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "PYTHONPATH": str(ROOT / "bin")}
        subprocess.run([sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"], env=told, cwd=ROOT, check=True)
        return subprocess.run([sys.executable, *SUITE], env=told, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
