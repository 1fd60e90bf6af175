"""A home: the folder under which all data of an embedded portal lies, open to its owner only."""

import contextlib
import fcntl
import os
import secrets
import shutil
import time
from pathlib import Path

from house.say import Refusal, say

ROOMS = ("files", "letters", "broker/data", "broker/control", "broker/processed", "cache", "logs", "tmp")
BELONGINGS = {
    "embedded",
    "secret_key",
    "lock",
    "unfinished",
    "prepared.json",
    "accounts.json",
    "static",
    "files",
    "letters",
    "broker",
    "cache",
    "logs",
    "tmp",
    "upgrades",
}
MADE_ANEW = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "accounts.json", "files", "letters", "broker", "cache")
LOG_LIMIT = 5_000_000


class Home:
    """One folder, held by one `bin/run` at a time."""

    def __init__(self, path: Path) -> None:
        """Not touched before it is claimed."""
        self.path = path.expanduser().absolute()

    def __truediv__(self, name: str) -> Path:
        """What lies in it."""
        return self.path / name

    def claim(self) -> None:
        """Make the folder if need be, see that it may be used, and hold it until every process has ended."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.refuse_foreign()
            self.path.chmod(0o700)
            self.hold()
        except OSError as error:
            raise Refusal("数据目录无法使用。", f"The home cannot be used: {self.path}: {error.strerror}.") from error

    def refuse_foreign(self) -> None:
        """A folder full of something else is nobody's home: its rights are not changed and nothing is put in."""
        if (self / "embedded").exists() or {item.name for item in self.path.iterdir()} <= BELONGINGS:
            return
        raise Refusal(
            "该目录不是门户的数据目录，且不为空。", f"{self.path} is not empty and is not a portal's home: name another with --home."
        )

    def hold(self) -> None:
        """Take the lock; after a kill -9 the last run's keeper may need some seconds to let go of it."""
        self.lock = os.open(self / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + 12
        while not self.try_lock():
            holder = os.read(self.lock, 20).decode().strip()
            os.lseek(self.lock, 0, os.SEEK_SET)
            if running(holder) or time.monotonic() > deadline:
                raise Refusal(
                    "该数据目录正由另一个 bin/run 使用。", f"The home {self.path} is in use by another bin/run (process {holder})."
                )
            time.sleep(0.1)
        os.truncate(self.lock, 0)
        os.write(self.lock, str(os.getpid()).encode())

    def try_lock(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def furnish(self) -> None:
        """The marker that says embedded, the secret, the rooms; whatever an earlier run left in `tmp` goes."""
        try:
            shutil.rmtree(self / "tmp", ignore_errors=True)
            for room in ROOMS:
                (self / room).mkdir(mode=0o700, parents=True, exist_ok=True)
            self.keep_secret()
            self.turn_logs()
            (self / "embedded").touch(mode=0o600)
        except OSError as error:
            raise Refusal("数据目录无法写入。", f"The home cannot be written: {error.filename}: {error.strerror}.") from error

    def keep_secret(self) -> None:
        """Made once, in one move: a kill leaves none or a whole one."""
        if not (self / "secret_key").exists():
            draft = self / "tmp/secret_key"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64))
            draft.replace(self / "secret_key")

    def turn_logs(self) -> None:
        for log in (self / "logs").glob("*.log"):
            if log.stat().st_size > LOG_LIMIT:
                log.replace(log.with_suffix(".log.1"))

    def begin(self) -> bool:
        """Is the database to be born now? Whatever a killed first start has left is made anew; no one has used it yet."""
        unfinished = self / "unfinished"
        if (self / "db.sqlite3").exists() and not unfinished.exists():
            return False
        if not unfinished.exists() and self.was_lived_in():
            raise Refusal(
                "数据目录中缺少 db.sqlite3，但其他数据仍在：请恢复数据库，或另选目录。",
                f"{self} has no db.sqlite3, though its other data is there: put the database back, or name another home.",
            )
        if unfinished.exists():
            say("上次首次启动未完成，重新准备数据。", "The first start was cut short: its data is made anew.")
        unfinished.touch(mode=0o600)
        for name in MADE_ANEW:
            remove(self / name)
        self.furnish()
        return True

    def was_lived_in(self) -> bool:
        """Whether uploads, letters or a finished preparation are here: nothing that may be made anew."""
        return (self / "prepared.json").exists() or any(any((self / room).glob("*")) for room in ("files", "letters"))

    def finish(self) -> None:
        """From now on the data is somebody's."""
        (self / "unfinished").unlink(missing_ok=True)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def running(process: str) -> bool:
    """Is that process alive? One that may not be signalled is."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
