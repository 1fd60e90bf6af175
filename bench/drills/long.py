"""What takes minutes: a founding, a batch, a membership and the whole path in real browsers; every main page under axe; a first start killed. `bin/drills long`.

One after the other, by `bin/test`, which leaves them out where the whole suite is asked for.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    return subprocess.run([ROOT / "bin/test", "-m", "long"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
