"""A machine without a network: installed, upgraded, rolled back, and attacked on the way. `bin/drills offline`.

Four bundles are made of this tree: as it is, the next version with a migration and a changed page, one whose migration
breaks halfway, one whose migration never ends. Everything after that happens in a network namespace with nothing but its own
loopback, in a fresh folder, with no setting of this machine's pip or uv. What PostgreSQL does differently is then shown on one.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = "这一页属于下一版"
KEPT_TABLE = 'migrations.RunSQL("CREATE TABLE drill_note (id integer)")'
HALF = 'migrations.RunSQL("CREATE TABLE drill_half (id integer)"), migrations.RunSQL("ALTER TABLE members_organisation ADD COLUMN drill integer")'
BROKEN = f'{HALF}, migrations.RunSQL("SELECT nothing FROM nowhere")'
ENDLESS = f'{HALF}, migrations.RunPython(lambda apps, editor: __import__("time").sleep(300))'
ROWS = """
from alliance.accounts.models import User
from alliance.demo.sheet import sheet
from alliance.files.forms import keep
from applications.models import Batch
print(keep(sheet("演练"), about=Batch.objects.first(), by=User.objects.get(email="first@example.org")).sha256)
"""


def main() -> int:
    """Make the bundles, go offline, and then show PostgreSQL."""
    if sys.argv[1:2] == ["--inside"]:
        return inside(Path(sys.argv[2]))
    signal.signal(signal.SIGTERM, lambda *_why: sys.exit(1))  # so that the folder goes, and unshare takes everything inside along
    with tempfile.TemporaryDirectory(prefix="portal-offline-", dir="/tmp") as name:
        folder = Path(name)
        bundles(folder)
        alone = ["unshare", "--net", "--pid", "--fork", "--kill-child"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
        if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
            print("SKIPPED: this machine makes no network namespace (unshare --net); nothing was shown without a network")
        else:
            told = {
                "HOME": str(folder / "nobody"),
                "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
                "LC_ALL": "C.UTF-8",
                "PYTHONUNBUFFERED": "1",
            }
            command = [*alone, sys.executable, __file__, "--inside", folder]
            if subprocess.run(command, env=told, check=False).returncode:
                return 1
        return on_postgresql(folder)


# ── the bundles ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bundles(folder: Path) -> None:
    """one, two, broken and endless, each of a higher version; the first is whole, the others for this machine only."""
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    for step, (name, operations) in enumerate({"one": "", "two": KEPT_TABLE, "broken": BROKEN, "endless": ENDLESS}.items()):
        tree = folder / "trees" / name
        copy(tree)
        if step:
            change(tree, version, f"{version}.{step}", operations)
        began = time.monotonic()
        make = [ROOT / "bin/bundle", "--source", tree, "--out", folder / name, *(["--only-here"] if step else [])]
        done = subprocess.run(make, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"bin/bundle: {done.stderr}")
        made = next((folder / name).glob("*.tgz"))
        print(f"bundle {name}: {made.stat().st_size >> 20} MiB in {time.monotonic() - began:.0f} s")
        made.rename(folder / f"{name}.tgz")
    with tarfile.open(folder / "one.tgz") as archive:
        sheet = json.load(archive.extractfile(archive.next()))
    wheels = [name for name in sheet["files"] if name.startswith("wheels/")]
    targets = ", ".join(f"{each['machine']} Python {each['python']}" for each in sheet["targets"])
    print(f"{len(wheels)} wheels, each taken by pip against the lock's hash for {targets} (Arm: resolved, not run)")


def copy(tree: Path) -> None:
    """This checkout's code, committed or not."""
    told = os.environ | {"PYTHONPATH": str(ROOT / "bin")}
    code = "import sys; from pathlib import Path; from house import ROOT, pack; pack.copy_tree(ROOT, Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, tree], env=told, check=True)


def change(tree: Path, before: str, after: str, operations: str) -> None:
    """A higher version, a migration, and a sentence on every page."""
    replace(tree / "pyproject.toml", f'version = "{before}"', f'version = "{after}"')
    replace(tree / "templates/base.html", "</body>", f"<p>{MARK}</p></body>")
    last = (tree / "members/migrations/max_migration.txt").read_text().strip()
    (tree / "members/migrations/9001_drill.py").write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f'    atomic = False\n    dependencies = [("members", "{last}")]\n    operations = [{operations}]\n'
    )
    (tree / "members/migrations/max_migration.txt").write_text("9001_drill\n")


def replace(file: Path, before: str, after: str) -> None:
    words = file.read_text()
    if before not in words:
        raise SystemExit(f"{file} does not say {before!r}")
    file.write_text(words.replace(before, after, 1))


# ── a machine ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Machine:
    """A folder in which a bundle was unpacked, and its data."""

    def __init__(self, folder: Path, home: Path, bundle: Path, **told: str) -> None:
        """Unpack as an administrator does."""
        folder.mkdir()
        subprocess.run(["tar", "-xzf", bundle, "-C", folder], check=True)
        self.place, self.home, self.told = folder / "portal", home, os.environ | told

    def bundle(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [self.place / "current/bin/bundle", *words, "--home", self.home]
        return subprocess.run(command, env=self.told, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    def upgrade(self, file: Path) -> None:
        began = time.monotonic()
        done = self.bundle("upgrade", file)
        expect(done.returncode == 0, f"upgrade: {done.stderr}")
        print(f"  upgraded in {time.monotonic() - began:.1f} s")

    def roll_back(self) -> None:
        refused = self.bundle("rollback")
        expect(refused.returncode == 1 and "--yes" in refused.stderr, f"a rollback nobody agreed to: {refused.stderr}")
        began = time.monotonic()
        done = self.bundle("rollback", "--yes")
        expect(done.returncode == 0, f"rollback: {done.stderr}")
        print(f"  rolled back in {time.monotonic() - began:.1f} s")

    def manage(self, *words: object) -> str:
        current = self.place / "current"
        told = self.told | {"PORTAL_HOME": str(self.home)}
        done = subprocess.run(
            [current / ".venv/bin/python", current / "manage.py", *map(str, words)], env=told, capture_output=True, text=True, check=False
        )
        expect(done.returncode == 0, f"{words[0]}: {done.stderr[-600:]}")
        return done.stdout

    def digests(self) -> dict:
        """What an archive made now says of every table and file, and of the shape of the tables."""
        target = self.home.parent / f"{time.monotonic_ns()}.tgz"
        self.manage("backup", target)
        with tarfile.open(target) as archive:
            manifest = json.load(archive.extractfile("manifest.json"))
        return {name: manifest[name] for name in ("rows", "files", "migrations")}

    def release(self) -> str:
        return (self.place / "current").resolve().name

    def kill_midway(self, file: Path) -> None:
        """Kill -9 while the migration of `file` is on its way."""
        child = subprocess.Popen(
            [self.place / "current/bin/bundle", "upgrade", file, "--home", self.home], env=self.told, stdout=subprocess.DEVNULL
        )
        page = self.home / "upgrades/unfinished.json"
        log = self.home / "upgrades"
        until(lambda: page.exists() and "Applying members.9001" in "".join(each.read_text() for each in log.glob("*/log")), 300)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        print("  killed with -9 in the middle of the migration")


def expect(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise SystemExit(f"FAILED: {otherwise}")


def until(true, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        expect(time.monotonic() < deadline, "waited in vain")
        time.sleep(0.1)


@contextlib.contextmanager
def served(machine: Machine):
    """`bin/run --offline` until it is alive, and to its end."""
    command = [machine.place / "current/bin/run", "--offline", "--empty", "--home", machine.home, "--port", "0"]
    began = time.monotonic()
    portal = subprocess.Popen(command, env=machine.told, stdout=subprocess.PIPE, text=True)
    said = ""
    for line in portal.stdout:
        said += line
        if found := re.search(r"http://localhost:\d+", line):
            break
    expect(found, f"bin/run: {said}")
    until(lambda: status(f"{found[0]}/healthz/") == 200, 60)
    print(f"  {machine.release()} served, /healthz/ 200 after {time.monotonic() - began:.1f} s")
    try:
        yield found[0]
    finally:
        portal.send_signal(signal.SIGTERM)
        portal.wait()


def status(address: str) -> int:
    with contextlib.suppress(OSError):
        return urllib.request.urlopen(address, timeout=10).status
    return 0


def text(address: str) -> str:
    return urllib.request.urlopen(address, timeout=10).read().decode()


# ── without a network ────────────────────────────────────────────────────────────────────────────────────────────────


def inside(folder: Path) -> int:
    """The embedded portal, from the unpacked bundle to the last refusal."""
    loopback()
    one = Machine(folder / "machine", folder / "home", folder / "one.tgz")
    print("embedded, without a network:")
    with served(one) as address:
        expect(MARK not in text(address), "the first release says what the second does")
        one.manage("appoint", "sysadmin", "first@example.org", "张示一")
        digest = one.manage("shell", "-v0", "-c", ROWS).split()[-1]
        busy = one.bundle("upgrade", folder / "two.tgz")
        expect(busy.returncode == 1 and "in use" in busy.stderr, f"an upgrade beside bin/run: {busy.stderr}")
    before = one.digests()
    expect(digest and len(before["files"]) == 1, "there is no file")
    one.upgrade(folder / "two.tgz")
    with served(one) as address:
        expect(MARK in text(address), "the second release does not say so")
        one.manage("appoint", "security", "second@example.org", "李示二")
    expect(one.digests()["rows"]["accounts.user"]["count"] == 2, "an account was lost")
    one.roll_back()
    same(one, before, "rolled back")
    attacks(one, folder, before)
    one.kill_midway(folder / "endless.tgz")
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that it puts back what it finds, and goes no further
        start = [one.place / "current/bin/run", "--offline", "--home", one.home, "--port", str(taken.getsockname()[1])]
        done = subprocess.run(start, env=one.told, capture_output=True, text=True, check=False)
    expect("cut short" in done.stdout, f"bin/run after the kill: {done.stdout}{done.stderr}")
    same(one, before, "put back by bin/run after the kill")
    with served(one) as address:
        expect(MARK not in text(address), "a killed upgrade went on")
    return 0


def loopback() -> None:
    """Up with it, and nothing beyond it answers."""
    import fcntl
    import struct

    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=2)
    except OSError as error:
        print(f"no network: {error.strerror}; interfaces: {', '.join(name for _index, name in socket.if_nameindex())}")
    else:
        raise SystemExit("FAILED: there is a network here")


def attacks(one: Machine, folder: Path, before: dict) -> None:
    """Every bad bundle is named and leaves release and data as they were."""
    refused(one, folder / "broken.tgz", "did not succeed", before)
    whole = (folder / "two.tgz").read_bytes()
    cut, other = folder / "cut.tgz", folder / "other.tgz"
    cut.write_bytes(whole[: len(whole) // 2])
    other.write_bytes(b"%PDF-1.7")
    refused(one, cut, "cut off", before)
    refused(one, other, "no bundle", before)
    refused(one, folder / "one.tgz", "no higher", before)
    refused(one, altered(folder, "manage.py", b"# altered\n"), "differs from its checksum", before)
    refused(one, altered(folder, "bundle.json", b""), "this machine is", before)
    done = one.bundle("rollback", "--yes")
    expect(done.returncode == 1 and "nothing to go back to" in done.stderr, f"a rollback of nothing: {done.stderr}")
    print("  refused, with everything as before: a second rollback")


def altered(folder: Path, name: str, more: bytes) -> Path:
    """The second bundle with one file longer, or made for another kind of machine; its gzip is whole."""
    target = folder / f"altered-{name}.tgz"
    with tarfile.open(folder / "two.tgz") as source, tarfile.open(target, "w:gz", compresslevel=1) as copy_:
        for member in source:
            content = source.extractfile(member) if member.isfile() else None
            if content and member.name.endswith(f"/{name}") and member.name.count("/") == 3:
                import io

                words = content.read() + more
                if name == "bundle.json":
                    words = re.sub(rb'"machine": "\w+"', b'"machine": "riscv64"', words)
                member.size, content = len(words), io.BytesIO(words)
            copy_.addfile(member, content)
    return target


def refused(machine: Machine, file: Path, words: str, before: dict) -> None:
    release = machine.release()
    done = machine.bundle("upgrade", file)
    expect(done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr, f"{file.name}: {done.stdout}{done.stderr}")
    expect(machine.release() == release, f"{file.name} changed the release")
    same(machine, before, f"refused: {file.name} ({words})")


def same(machine: Machine, before: dict, what: str) -> None:
    after = machine.digests()
    differing = [
        name for kind in before for name in before[kind].keys() | after[kind].keys() if before[kind].get(name) != after[kind].get(name)
    ]
    expect(not differing, f"{what}: {differing} differ")
    print(f"  {what}: {len(after['rows'])} tables and {len(after['files'])} files have the digests of before")


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────────────────


def on_postgresql(folder: Path) -> int:
    """Production: up, back, broken and killed; data comes back by the archive."""
    import psycopg2

    print("PostgreSQL:")
    server = os.environ["DATABASE_URL"]
    with contextlib.closing(psycopg2.connect(re.sub("^postgres:", "postgresql:", server).replace("/portal?", "/postgres?"))) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE offline")
    address = re.sub(r"/portal\?", "/offline?", server)
    told = {
        "DATABASE_URL": address,
        "SITE_URL": "https://portal.example.org",
        "ALLOWED_HOSTS": "portal.example.org",
        "SECOND_FACTOR": "true",
    }
    home = folder / "production"
    home.mkdir(mode=0o700)
    one = Machine(folder / "server", home, folder / "one.tgz", **told)
    shutil.rmtree(folder / "trees")
    subprocess.run([one.place / "current/bin/bootstrap", "environment", "run", "--offline"], env=one.told, check=True, capture_output=True)
    for words in (["migrate", "-v0"], ["reference"], ["appoint", "sysadmin", "first@example.org", "张示一"], ["shell", "-v0", "-c", ROWS]):
        one.manage(*words)
    before = one.digests()
    with contextlib.closing(psycopg2.connect(re.sub("^postgres:", "postgresql:", address))):
        refused(one, folder / "two.tgz", "Stop the portal first", before)
    one.upgrade(folder / "two.tgz")
    one.manage("appoint", "security", "second@example.org", "李示二")
    one.roll_back()
    same(one, before, "rolled back")
    refused(one, folder / "broken.tgz", "did not succeed", before)
    one.kill_midway(folder / "endless.tgz")
    done = one.bundle("rollback")
    expect(done.returncode == 0 and "cut short" in done.stdout, f"after the kill: {done.stdout}{done.stderr}")
    same(one, before, "taken back after the kill")
    one.manage("verify_history")
    return 0


if __name__ == "__main__":
    sys.exit(main())
