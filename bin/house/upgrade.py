"""`bin/bundle upgrade FILE` and `bin/bundle rollback`: from one release to the next, and back.

Everything that can be refused is refused before anything is touched; everything that fails later is put back as it was.
"""

import contextlib
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from house import ROOT, environment, keepsake, parcel, release, upgrades
from house.home import Home, remove
from house.keeper import HURRIED, Keeper
from house.prepare import do, last_line
from house.run import PRODUCTION_ONLY
from house.say import Refusal, say

# PostgreSQL: who else is connected to this database
OTHERS = """
import django; django.setup()
from django.db import connection
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        (others,) = cursor.fetchone()
    raise SystemExit(f"{others} other connections to the database" if others else 0)
"""
# the home page of the release, with the data as it now is
PAGE = """
import django; django.setup()
from django.conf import settings
from django.test import Client
host = "localhost" if settings.EMBEDDED else settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
status = Client(headers={"host": host}).get("/", secure=settings.HTTPS).status_code
raise SystemExit(f"the home page answers {status}" if status != 200 else 0)
"""


def upgrade(file: Path, home: Home, told: dict[str, str]) -> None:
    """Check, unpack, keep, migrate, look, switch."""
    where = release.demand_place()
    with held(home, told) as keeper:
        take_back_unfinished(home, keeper, told)
        where, before = release.demand_place(), release.version()
        sheet = refuse_unfit(file, where, home, before)
        environment.ensure("run", offline=True)
        quiet(keeper, home, told)
        after = sheet["version"]
        target = unpack(file, where, after)
        prepare(keeper, target, home)
        kept = home / "upgrades" / f"{before}-{after}-{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"  # noqa: DTZ005 - a name for people
        with room_on_disk():
            keepsake.take(home, keeper, ROOT, kept, told)
            upgrades.begin(home, before=before, after=after, kept=kept)
        try:
            move_on(home, keeper, target, told, kept / "log")
            release.point(where, after)
            upgrades.finish(home)
        except BaseException as failure:  # noqa: BLE001 - whatever it was, it is put back, and said
            put_back(home, keeper, told, failure)
        tidy(where, home, kept, {before, after})
    say(f"已升级到 {after}。", f"Upgraded from {before} to {after}; the state before is kept in {kept}. Start it: {where / 'current'}.")


def refuse_unfit(file: Path, where: Path, home: Home, before: str) -> dict[str, Any]:
    """Every byte compared, and everything asked that could stand in the way."""
    say("正在核对安装包……", "Checking every file of the bundle.")
    sheet = parcel.verify(file)
    parcel.refuse_misfit(sheet, before)
    parcel.refuse_full(where, 2 * sheet["bytes"] + parcel.VENV_TAKES)
    lies = home / keepsake.DATABASE
    data = lies.stat().st_size if lies.exists() else 0
    data += sum(path.stat().st_size for path in (home / "files").rglob("*") if path.is_file())
    parcel.refuse_full(home.path, 3 * data)
    return sheet


def quiet(keeper: Keeper, home: Home, told: dict[str, str]) -> None:
    """Nobody else works on the data; an embedded home is locked, PostgreSQL is asked."""
    if keepsake.is_embedded(home):
        return
    log = home / "upgrades/log"
    try:
        do(keeper, log, "检查数据库连接", "is nobody else there?", [release.python(ROOT), "-c", OTHERS], cwd=ROOT, env=told)
    except Refusal:
        raise Refusal(
            "门户仍在运行或数据库无法连接：请先停止 portal-web、portal-worker、portal-beat。",
            f"Stop the portal first (systemctl stop portal-web portal-worker portal-beat): {last_line(log)}. Nothing was touched.",
        ) from None


def unpack(file: Path, where: Path, version: str) -> Path:
    """The new release beside the old one; one that an earlier attempt left is taken away first."""
    say("正在展开……", f"Unpacking {version}.")
    half, target = where / "releases/.coming", where / "releases" / version
    with room_on_disk():
        try:
            remove(half)
            remove(target)
            half.mkdir(parents=True)
            parcel.read(file, half)
            half.rename(target)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
    return target


def prepare(keeper: Keeper, target: Path, home: Home) -> None:
    """The new release makes its own `.venv` from its own wheels."""
    say("正在准备新版本的运行环境……", "Making its .venv from its wheels.")
    command = [environment.base_python(), target / "bin/house", "environment", "run", "--offline"]
    do(keeper, home / "upgrades/log", "运行环境", "making .venv", command, cwd=target, env=dict(os.environ))


def move_on(home: Home, keeper: Keeper, target: Path, told: dict[str, str], log: Path) -> None:
    """Tables, reference data, and a look whether it holds."""
    say("正在更新数据……", "Migrating the data.")
    checks = [] if keepsake.is_embedded(home) else ["--deploy", "--fail-level", "WARNING"]
    for words in (["migrate", "--noinput"], ["reference"], ["check", *checks]):
        keepsake.manage(keeper, target, log, told, *words)
    do(keeper, log, "首页", "serving the home page", [release.python(target), "-c", PAGE], cwd=target, env=told)


def put_back(home: Home, keeper: Keeper, told: dict[str, str], failure: BaseException) -> NoReturn:
    """What failed is said, after everything is again as before."""
    for hurry in HURRIED:
        signal.signal(hurry, signal.SIG_IGN)
    say("升级未成功，正在恢复……", "The upgrade did not succeed: putting everything back.")
    upgrades.undo(home, keeper, told)
    what = str(failure) if isinstance(failure, (Refusal, OSError)) else "已中断 interrupted"
    raise Refusal(
        f"升级未成功，已恢复到升级前的版本和数据：{what}",
        "The upgrade did not succeed; release and data are as they were before.",
    ) from failure


def tidy(where: Path, home: Home, kept: Path, versions: set[str]) -> None:
    """Releases that are no longer gone back to can be unpacked again from their bundles."""
    with contextlib.suppress(OSError):  # the next upgrade tidies again
        keepsake.lighten(home, kept)
        for old in (where / "releases").iterdir():
            if old.name not in versions:
                shutil.rmtree(old, ignore_errors=True)


# ── and back ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def rollback(home: Home, told: dict[str, str], *, sure: bool) -> None:
    """To the release and the data before the last upgrade; what is there now is kept as an archive."""
    where = release.demand_place()
    with held(home, told) as keeper:
        if take_back_unfinished(home, keeper, told):
            return
        said = refuse_nothing(home, where)
        environment.ensure("run", offline=True)
        quiet(keeper, home, told)
        sure or ask(said)
        left = home / "upgrades" / f"left-{said['to']}-{datetime.now():%Y%m%d-%H%M%S}.tgz"  # noqa: DTZ005 - a name for people
        say("正在备份当前状态……", "Keeping the state that is left.")
        keepsake.manage(keeper, ROOT, home / "upgrades/log", told, "backup", left)
        for hurry in HURRIED:
            signal.signal(hurry, signal.SIG_IGN)
        upgrades.turn_back(home)
        upgrades.undo(home, keeper, told)
    say(f"已退回 {said['from']}。", f"Back at {said['from']} with the data of {said['at']}; what was left is kept in {left}.")


def refuse_nothing(home: Home, where: Path) -> dict[str, Any]:
    """The last upgrade, if it is this release's, and all it takes to go back is still there."""
    said = upgrades.page(upgrades.upgraded(home))
    whole = said and all(place.exists() for place in (where / "releases" / said["from"], home / "upgrades" / said["kept"]))
    if not said or not whole or said["to"] != release.version():
        raise Refusal(
            "没有可退回的版本。",
            f"There is nothing to go back to: {home.path} has seen no upgrade to {release.version()} that could be taken back.",
        )
    return said


def ask(said: dict[str, Any]) -> None:
    """Whoever goes back loses what came since, and says so."""
    say(
        f"退回 {said['from']} 后，{said['at']} 升级以来录入的内容将不再出现（仅保存在备份中）。",
        f"Going back to {said['from']} takes away everything entered since the upgrade at {said['at']}; it stays in an archive only.",
    )
    print("确认请输入 yes： Type yes to go back: ", end="", flush=True)
    if not sys.stdin.isatty() or sys.stdin.readline().strip().lower() not in ("yes", "是"):
        raise Refusal("未确认，未作任何改动。", "Nobody said yes (or --yes): nothing was touched.")


# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def held(home: Home, told: dict[str, str]) -> Iterator[Keeper]:
    """The home is ours until every process has ended; a home that holds no portal is not made one."""
    if not home.path.is_dir() or not (told.get("DATABASE_URL") or (home / keepsake.DATABASE).exists()):
        raise Refusal(
            "该目录没有门户数据。", f"{home.path} holds no portal: name its home with --home, or production's environment with --env FILE."
        )
    if (home / "unfinished").exists():
        raise Refusal("首次启动尚未完成，请先运行 bin/run。", f"The first start in {home.path} was cut short: let bin/run finish it.")
    os.umask(0o077)
    for hurry in HURRIED:
        signal.signal(hurry, interrupted)
    try:
        home.hold()
        (home / "upgrades").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refusal("数据目录无法使用。", f"The home cannot be used: {home.path}: {error.strerror}.") from error
    with Keeper() as keeper:
        yield keeper


def interrupted(number: int, frame: object) -> NoReturn:
    """Ctrl-C or SIGTERM: the way out of the block puts everything back."""
    raise Refusal("已中断。", "Interrupted.")


def take_back_unfinished(home: Home, keeper: Keeper, told: dict[str, str]) -> bool:
    """An upgrade that was killed, before anything else."""
    said = upgrades.undo(home, keeper, told)
    if said:
        say(
            "上次升级中断，已恢复到升级前。",
            f"An upgrade to {said['to']} was cut short: data and release are again as before it, {said['from']}.",
        )
    return said is not None


@contextlib.contextmanager
def room_on_disk() -> Iterator[None]:
    """A disk that fills up although there was room, or cannot be written."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            "磁盘无法写入，现有版本和数据未变。", f"{error.strerror}: {error.filename or 'the disk'}. Release and data are as they were."
        ) from error


def surroundings(home: Home, file: Path | None) -> dict[str, str]:
    """What every command is told: for an embedded home nothing of production, else production's environment."""
    told = {name: value for name, value in os.environ.items() if name not in environment.NOT_FOR_US | {"STATIC_ROOT"}}
    if keepsake.is_embedded(home):
        told = {name: value for name, value in told.items() if name not in PRODUCTION_ONLY}
    elif file:
        told |= read_environment(file)
    return told | {"PORTAL_HOME": str(home.path), "DJANGO_SETTINGS_MODULE": "alliance.settings", "PYTHONUNBUFFERED": "1"}


def read_environment(file: Path) -> dict[str, str]:
    """A file as systemd reads it: NAME=value, a line each."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
    except OSError as error:
        raise Refusal("环境文件无法读取。", f"{file} cannot be read: {error.strerror}.") from error
    pairs = [line.partition("=") for line in lines if line and not line.startswith(("#", ";"))]
    return {name.strip(): value.strip().strip("\"'") for name, _equals, value in pairs}
