"""How was the data before an upgrade, and how does it come back?

An archive of `manage.py backup`, always. An embedded home also keeps its database as it lay and a second name for every file,
and comes back by these, byte for byte. PostgreSQL comes back by the archive: everything is taken down, made anew by the
release of before, and filled again, as often as it takes.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from house import release
from house.home import Home, remove
from house.keeper import Keeper
from house.prepare import do
from house.say import Refusal, say

ARCHIVE, DATABASE, FILES = "before.tgz", "db.sqlite3", "files"
BESIDE = ("db.sqlite3-wal", "db.sqlite3-shm")  # what SQLite has not yet written into its file


def is_embedded(home: Home) -> bool:
    return (home / "embedded").exists()


def manage(keeper: Keeper, root: Path, log: Path, told: dict[str, str], *words: str | Path) -> None:
    """A management command of one release, in its own environment."""
    do(keeper, log, f"步骤 {words[0]}", str(words[0]), [release.python(root), root / "manage.py", *words], cwd=root, env=told)


def take(home: Home, keeper: Keeper, root: Path, kept: Path, told: dict[str, str]) -> None:
    """Keep everything, look at the archive again, and give it its name only when it is whole."""
    say("正在备份……", "Keeping everything as it is.")
    half = kept.with_name("taking")
    remove(half)
    half.mkdir(mode=0o700, parents=True)
    manage(keeper, root, half / "log", told, "backup", half / ARCHIVE)
    manage(keeper, root, half / "log", told, "backup", "--verify", half / ARCHIVE)
    if is_embedded(home):
        copy_database(home / DATABASE, half / DATABASE)
        copy_files(home / FILES, half / FILES)
    half.replace(kept)


def copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy: with everything that still lies beside the file."""
    with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(target)) as copy:
        database.backup(copy)
    target.chmod(0o600)


def copy_files(source: Path, target: Path) -> None:
    """Files are written once and never changed: a second name is as good as a copy, and takes no room."""
    shutil.copytree(source, target, copy_function=second_name)


def second_name(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # a disk that knows no second name
        shutil.copy2(source, target)
    return target


def bring_back(home: Home, keeper: Keeper | None, root: Path, kept: Path, told: dict[str, str]) -> None:
    """The data of before; what is kept stays until that is done, so that it can be done again."""
    if is_embedded(home):
        put_database(home, kept)
        put_files(home, kept)
    elif keeper is None:
        raise Refusal(
            "上次升级未完成：请先运行 bin/bundle rollback。", "An upgrade was cut short here: take it back with bin/bundle rollback."
        )
    else:
        manage(keeper, root, kept / "log", told, "restore", "--anew", kept / ARCHIVE)


def put_database(home: Home, kept: Path) -> None:
    draft = home / "db.sqlite3.new"
    draft.unlink(missing_ok=True)
    shutil.copyfile(kept / DATABASE, draft)
    draft.chmod(0o600)
    for name in BESIDE:
        (home / name).unlink(missing_ok=True)
    draft.replace(home / DATABASE)


def put_files(home: Home, kept: Path) -> None:
    draft, gone = home / "files.new", home / "files.gone"
    remove(draft)
    copy_files(kept / FILES, draft)
    remove(gone)
    if (home / FILES).exists():
        (home / FILES).rename(gone)
    draft.rename(home / FILES)
    remove(gone)


def lighten(home: Home, but: Path) -> None:
    """Of earlier upgrades the archive stays: their copies of the database and the files are no longer gone back to."""
    for kept in (home / "upgrades").iterdir():
        if kept.is_dir() and kept != but:
            for name in (DATABASE, FILES):
                remove(kept / name)
