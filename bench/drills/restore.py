"""A demo portal on SQLite, kept, brought back into an empty home and into an empty PostgreSQL, and kept again from both.

Every row's and every file's digest must be the same in all three archives. `bin/drills restore`.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stage import ROOT, prepare


def main() -> int:
    """Make, keep, bring back twice, compare."""
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / name for name in ("first", "second", "third"))
        for home in (first, second):
            embedded(home)
            manage(home, "migrate", "-v0")
            manage(home, "reference")
        manage(first, "demo", "load")
        kept, seconds = timed(first, "backup", first / "b.tgz")
        print(f"kept in {seconds:.1f} s: {kept} {(first / 'b.tgz').stat().st_size // 1024} KiB")
        _said, seconds = timed(second, "restore", first / "b.tgz")
        manage(second, "verify_history")
        print(f"brought back into an empty SQLite home in {seconds:.1f} s")
        prepare(PORTAL_HOME=str(third))
        _said, seconds = timed(third, "restore", first / "b.tgz")
        manage(third, "verify_history")
        print(f"brought back into an empty PostgreSQL in {seconds:.1f} s")
        digests = [again(home) for home in (first, second, third)]
    same = digests[0] == digests[1] == digests[2]
    print(f"digests of {len(digests[0]['rows'])} tables and {len(digests[0]['files'])} files are {'equal' if same else 'NOT equal'}")
    return 0 if same and digests[0]["files"] else 1


def embedded(home: Path) -> None:
    """A home as bin/run leaves it."""
    import secrets

    home.mkdir(mode=0o700)
    (home / "embedded").touch()
    (home / "secret_key").write_text(secrets.token_urlsafe(64))


def manage(home: Path, *words: object) -> str:
    """A command in `home`: embedded where its marker lies, else with the drill's own PostgreSQL."""
    command = [sys.executable, ROOT / "manage.py", *map(str, words)]
    done = subprocess.run(command, env=os.environ | {"PORTAL_HOME": str(home)}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{words[0]}: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


def timed(home: Path, *words: object) -> tuple[str, float]:
    began = time.monotonic()
    return manage(home, *words), time.monotonic() - began


def again(home: Path) -> dict:
    """What an archive made now says of rows and files."""
    import json
    import tarfile

    target = home / "again.tgz"
    manage(home, "backup", target)
    with tarfile.open(target) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    return {name: manifest[name] for name in ("rows", "files")}


if __name__ == "__main__":
    sys.exit(main())
