"""What must be there before the portal can serve: messages, static files, tables, reference data, the demo province."""

import subprocess
from pathlib import Path
from typing import Any

from house import PYTHON, ROOT, catalogues, release
from house.home import Home
from house.keeper import Keeper
from house.say import Refusal, say
from house.stamps import Stamps, fingerprint

PACKAGES = ("alliance", "members", "applications", "council")
LOCK = ROOT / "requirements/run.txt"


class Preparation:
    """The steps before serving, each skipped while what it is made from is unchanged."""

    def __init__(self, home: Home, keeper: Keeper, environment: dict[str, str]) -> None:
        """Read what was prepared before."""
        self.home, self.keeper, self.environment = home, keeper, environment
        self.stamps = Stamps(home / "prepared.json")

    def all(self, *, empty: bool) -> None:
        """Every step in its order."""
        born = self.home.begin()
        if born:
            self.stamps.clear()
        catalogues.compiled()
        self.static()
        self.tables()
        self.reference()
        if born and not empty:
            say("正在生成演示数据……", "Loading the demo province.")
            self.manage("demo", "load", stdout=None)
        self.home.finish()

    def static(self) -> None:
        """Styles, scripts and pictures, ours and those of the packages in the lock; a bundle brought them along."""
        if release.sheet():
            return
        made_from = fingerprint([LOCK, ROOT / "alliance/settings.py", *(ROOT / "static").rglob("*")])
        if not self.stamps.fresh("static", made_from):
            say("正在收集静态文件……", "Collecting static files.")
            self.manage("collectstatic", "--noinput", "--clear")
            self.stamps.set(static=made_from)

    def tables(self) -> None:
        """Tables, when a migration or a package has changed."""
        made_from = fingerprint(
            [LOCK, ROOT / "alliance/settings.py", *(file for package in PACKAGES for file in (ROOT / package).rglob("migrations/*.py"))]
        )
        if not self.stamps.fresh("tables", made_from):
            say("正在建立数据表……", "Migrating the database.")
            self.manage("migrate", "--noinput")
            self.stamps.set(tables=made_from)

    def reference(self) -> None:
        """What the alliance itself says: asked again whenever the code has changed, it changes nothing twice."""
        made_from = fingerprint([LOCK, *(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))])
        if not self.stamps.fresh("reference", made_from):
            say("正在写入基础数据……", "Installing the reference data.")
            self.manage("reference")
            self.stamps.set(reference=made_from)

    def manage(self, *arguments: str, **options: Any) -> None:
        """A management command, its words into the log of the preparation."""
        self.do(f"步骤 {arguments[0]}", " ".join(arguments), [PYTHON, ROOT / "manage.py", *arguments], **options)

    def do(self, chinese: str, english: str, command: list[str | Path], **options: Any) -> None:
        """Run one step to its end; a failure is told by the last line it said."""
        given = {"cwd": ROOT, "env": self.environment} | options
        do(self.keeper, self.home / "logs/preparation.log", chinese, english, command, **given)


def do(keeper: Keeper, log: Path, chinese: str, english: str, command: list[str | Path], **options: Any) -> None:
    """Run a command to its end, its words into `log`; a failure is told by the last line it said."""
    with log.open("ab") as words:
        child = keeper.start(command, **({"stdin": subprocess.DEVNULL, "stdout": words, "stderr": words} | options))
        child.wait()
    keeper.bury(child)
    if child.returncode:
        raise Refusal(f"{chinese}失败。", f"The step “{english}” failed: {last_line(log)} (more in {log}).")


def last_line(log: Path) -> str:
    """What a log ends with."""
    with log.open("rb") as words:
        words.seek(max(0, log.stat().st_size - 4000))
        lines = words.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing"
