"""Writing the archive, reading it, and bringing it back.

A tar.gz: `rows/<model>.jsonl`, `files/…` as they lie, and last `manifest.json` with a SHA-256 for each. Whatever differs from
the manifest is refused before anything is touched.
"""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from alliance import clock
from alliance.accounts.models import User
from alliance.backup import rows
from alliance.files import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

MANIFEST, PIECE = "manifest.json", 1 << 20


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def write(target: Path) -> dict[str, Any]:
    """Write everything into `target`, whole or not at all; returns the manifest."""
    if target.exists():
        raise CommandError(f"{target} is there already: a backup overwrites nothing.")
    half = target.with_name(target.name + ".part")
    try:
        half.touch(mode=0o600, exist_ok=False)
        with tarfile.open(half, "w:gz", compresslevel=6) as archive:
            manifest = fill(archive)
        half.rename(target)
    except FileExistsError:
        raise CommandError(f"{half} is there: another backup runs, or one was interrupted. Take it away first.") from None
    except OSError as failure:
        half.unlink(missing_ok=True)
        raise CommandError(f"The backup could not be written ({failure.strerror}); nothing was left behind.") from failure
    return manifest


def fill(archive: tarfile.TarFile) -> dict[str, Any]:
    """Every row from one moment, then every file."""
    manifest: dict[str, Any] = {"made_at": clock.now().isoformat(), "migrations": migrations(), "rows": {}, "files": {}}
    with one_moment():
        for model in rows.models():
            manifest["rows"][model._meta.label_lower] = add_rows(archive, model)
    for path in stored():
        manifest["files"][path.relative_to(shelf.root()).as_posix()] = add_file(archive, path)
    add(archive, MANIFEST, BytesIO(json.dumps(manifest, indent=1, sort_keys=True).encode()))
    return manifest


def one_moment() -> Any:
    """A transaction that sees the database as it stands now, whatever happens meanwhile."""
    moment = transaction.atomic()
    if connection.vendor != "postgresql":
        return moment

    class Still:
        """PostgreSQL: REPEATABLE READ, said first of all."""

        def __enter__(self) -> None:
            moment.__enter__()
            with connection.cursor() as cursor:
                if not connection.savepoint_ids:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

        def __exit__(self, *why: object) -> None:
            moment.__exit__(*why)

    return Still()


def add_rows(archive: tarfile.TarFile, model: type[Model]) -> dict[str, Any]:
    """One model's rows, through a file on the disk: memory does not grow with them."""
    count, whole = 0, sha256()
    with tempfile.TemporaryFile() as room:
        for line in rows.lines(model):
            room.write(line)
            whole.update(line)
            count += 1
        add(archive, f"rows/{model._meta.label_lower}.jsonl", room)
    return {"count": count, "sha256": whole.hexdigest()}


def add_file(archive: tarfile.TarFile, path: Path) -> str:
    with path.open("rb") as content:
        found = digest(content)
        add(archive, f"files/{path.relative_to(shelf.root()).as_posix()}", content)
    return found


def add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = content.seek(0, 2), 0o600, int(clock.now().timestamp())
    content.seek(0)
    archive.addfile(member, content)


def stored() -> list[Path]:
    """Every file that is kept; pictures of pages are made again when somebody looks, and what is still coming is nobody's yet."""
    home, passing = shelf.root(), (shelf.PICTURES, shelf.COMING)
    return sorted(path for path in home.rglob("*") if path.is_file() and path.relative_to(home).parts[0] not in passing)


def digest(content: IO[bytes]) -> str:
    whole = sha256()
    while piece := content.read(PIECE):
        whole.update(piece)
    return whole.hexdigest()


def migrations() -> dict[str, str]:
    """The last migration of each app: what shape the rows have."""
    applied = MigrationRecorder(connection).applied_migrations()
    return dict(sorted(applied))  # of one app's names the last stays


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def verify(source: Path) -> dict[str, Any]:
    """The manifest, once every member is found to be what it says."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            found, manifest = {}, None
            for member in archive:
                if not member.isfile() or not is_ours(member.name):
                    raise CommandError(f"{source} holds {member.name!r}, which is none of ours.")
                content = opened(archive, member)
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = digest(content)
    except (OSError, EOFError, tarfile.TarError, ValueError) as failure:
        raise CommandError(f"{source} cannot be read as a backup: {failure}.") from failure
    if manifest is None:
        raise CommandError(f"{source} has no manifest: it is no backup, or was cut off.")
    wanted = {f"rows/{name}.jsonl": said["sha256"] for name, said in manifest["rows"].items()}
    wanted |= {f"files/{name}": said for name, said in manifest["files"].items()}
    if differing := sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)):
        raise CommandError(f"{source} differs from its own manifest: {differing[0]}. Nothing was touched.")
    return manifest


def is_ours(name: str) -> bool:
    """A member's name leads nowhere but into rows/ and files/."""
    parts = Path(name).parts
    return name == MANIFEST or (len(parts) > 1 and parts[0] in ("rows", "files") and ".." not in parts and not name.startswith("/"))


def opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise CommandError(f"{member.name!r} has no content.")
    return content


# ── bringing it back ─────────────────────────────────────────────────────────────────────────────────────────────────


def restore(source: Path) -> dict[str, Any]:
    """Bring everything back into an empty portal, or leave it as it was; returns the manifest."""
    manifest = verify(source)
    refuse(manifest)
    home = shelf.root()
    home.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix="restoring-", dir=home.parent))
    try:
        with transaction.atomic(), tarfile.open(source, "r:gz") as archive:
            rows.clear()
            for member in archive:
                bring(archive, member, room)
            rows.count_on()
            compare(manifest)
            replace(home, room)
    except OSError as failure:
        raise CommandError(f"The files could not be brought back ({failure.strerror}); nothing was changed.") from failure
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return manifest


def refuse(manifest: dict[str, Any]) -> None:
    """Only an empty portal of the same shape takes an archive."""
    if User.objects.exists() or any(True for _path in stored()):
        raise CommandError("This portal is not empty: a backup is brought back only where there is no account and no file.")
    here = migrations()
    if differing := sorted(app for app in here.keys() | manifest["migrations"].keys() if here.get(app) != manifest["migrations"].get(app)):
        app = differing[0]
        there = manifest["migrations"].get(app, "nothing")
        raise CommandError(
            f"The backup was made with another version ({app}: {there}, here {here.get(app, 'nothing')}). Bring it back there, and upgrade."
        )


def bring(archive: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    """One member: rows into their table, a file into the room beside."""
    kind, _slash, name = member.name.partition("/")
    if kind == "rows":
        known = {model._meta.label_lower: model for model in rows.models()}
        rows.put(known[name.removesuffix(".jsonl")], opened(archive, member))
    elif kind == "files":
        target = room / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with target.open("xb") as copy:
            shutil.copyfileobj(opened(archive, member), copy, PIECE)
        target.chmod(0o600)


def compare(manifest: dict[str, Any]) -> None:
    """Every table says what it said."""
    for model in rows.models():
        count, found = rows.digest(model)
        said = manifest["rows"].get(model._meta.label_lower, {})
        if (said.get("count"), said.get("sha256")) != (count, found):
            raise CommandError(f"{model._meta.label_lower} came back differently; nothing was changed.")


def replace(home: Path, room: Path) -> None:
    """The files take their place, all at once."""
    if home.exists():
        shutil.rmtree(home)
    room.chmod(0o700)
    room.rename(home)


def figures(manifest: dict[str, Any]) -> Iterator[str]:
    """What an archive holds, in words."""
    counts = [said["count"] for said in manifest["rows"].values()]
    yield f"{sum(counts)} rows of {sum(map(bool, counts))} tables and {len(manifest['files'])} files, as of {manifest['made_at']}"
