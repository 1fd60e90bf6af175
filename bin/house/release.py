"""Which release is this, where do its sisters lie, and which one serves?

A bundle unpacks as one folder, the place: `releases/<version>/` with code, wheels and static files, `current`, which points to
the release that serves, and `var/`, the data of an embedded portal. A checkout is no release: everything lies in it.
"""

import contextlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

from house import ROOT
from house.say import Refusal

SHEET = "bundle.json"  # at the root of a release: version, what it runs on, and a SHA-256 for each file
WHEELS, STATIC = "wheels", "collected"


def sheet(root: Path = ROOT) -> dict[str, Any] | None:
    """What the bundle said of itself; None in a checkout."""
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads((root / SHEET).read_text()))
    return None


def version(root: Path = ROOT) -> str:
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])


def order(number: str) -> tuple[int, ...]:
    """Versions are compared as numbers: 0.10 comes after 0.9."""
    return tuple(int(part) for part in number.split("."))


def place() -> Path | None:
    """The folder with all releases; None in a checkout."""
    return ROOT.parents[1] if ROOT.parent.name == "releases" and sheet() else None


def usual_home() -> Path:
    """Where data lies unless somebody says otherwise: never inside a release, which an upgrade leaves behind."""
    return Path(os.environ.get("PORTAL_HOME") or (place() or ROOT) / "var")


def static(home: Path) -> Path:
    """The static files that came with the release, else those collected into the home."""
    return ROOT / STATIC if sheet() else home / "static"


def python(root: Path) -> Path:
    """The python of a release's own `.venv`."""
    return root / ".venv/bin/python"


def current(where: Path) -> Path | None:
    """The release that serves."""
    link = where / "current"
    return link.resolve() if link.is_symlink() else None


def point(where: Path, to: str) -> None:
    """From now on `to` serves: in one move, so that a kill leaves the one or the other."""
    draft = where / "current.new"
    draft.unlink(missing_ok=True)
    draft.symlink_to(Path("releases") / to)
    draft.replace(where / "current")


def demand_place() -> Path:
    """The place, for what only an unpacked bundle can do; the release at hand must be the one that serves."""
    where = place()
    if where is None:
        raise Refusal(
            "此处不是由安装包展开的门户：源码目录请用 git 更新。",
            "This is a checkout and no unpacked bundle: update it with git, or unpack a bundle and call its current/bin/bundle.",
        )
    if current(where) is None:
        point(where, ROOT.name)
    if current(where) != ROOT:
        raise Refusal("这不是当前版本。", f"This release does not serve here: call {where / 'current/bin/bundle'}.")
    return where
