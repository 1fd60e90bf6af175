"""The `.venv`: made from the lock by whatever this machine has, remade when it was left half-made.

Debian splits venv, ensurepip and pip off its python, so there are four ways, tried in turn. No index address is named
anywhere: pip and uv go where the machine is set up to go, and the hashes in the lock decide what is let in. Where a bundle
was unpacked its wheels are all that is asked: nothing goes to a network.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from house import PYTHON, ROOT, VENV, parcel, release
from house.say import Refusal, say
from house.stamps import Stamps

LOCKS = ("run", "dev")  # dev holds everything that run holds
NOT_FOR_US = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
BUNDLED = ROOT / release.WHEELS  # where a bundle was unpacked
Command = list[str | Path]


def main(arguments: list[str]) -> int:
    """Make or complete `.venv` and do no more."""
    if arguments not in (["run"], ["dev"], ["run", "--offline"]):
        raise Refusal("用法：bin/bootstrap environment run|dev [--offline]。", "Say which: bin/bootstrap environment run [--offline]|dev.")
    ensure(arguments[0], offline="--offline" in arguments)
    return 0


def ensure(which: str, *, offline: bool = False) -> None:
    """`.venv` holds what `requirements/<which>.txt` names: at once if it already does."""
    with one_at_a_time():
        stamps = Stamps(VENV / "portal-stamps.json")
        if whole() and stamps.fresh("place", str(VENV)) and stamps.fresh(which, lock_digest(which)):
            return
        if offline and not BUNDLED.is_dir():
            raise Refusal(
                "此处没有安装包的软件包（wheels/），离线无法准备运行环境。",
                f"There are no wheels here ({BUNDLED}), so nothing can be installed without a network: unpack a bundle and start it there.",
            )
        if which == "run" and (sheet := release.sheet()):
            parcel.refuse_altered(ROOT, sheet)
        fill(which, stamps)


def fill(which: str, stamps: Stamps) -> None:
    """Complete a `.venv` that was whole before, make any other anew; the stamp is written last."""
    keep = whole() and stamps.fresh("place", str(VENV))
    with writable():
        stamps.clear()
        way = complete(which) if keep else None
        way = way or make(which)
        stamps.set(place=str(VENV), **{lock: lock_digest(lock) for lock in LOCKS if lock in (which, "run")})
    say("运行环境已备好。", f"The environment is ready ({way}).")


def whole() -> bool:
    """Does its python run? It may be half-made, moved, or rest on a python that has been removed."""
    return attempt([PYTHON, "-c", "import ssl, sqlite3"]) is None


def lock_digest(which: str) -> str:
    return hashlib.sha256(lock_file(which).read_bytes()).hexdigest()


def lock_file(which: str) -> Path:
    return ROOT / "requirements" / f"{which}.txt"


# ── The ways ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def make(which: str) -> str:
    """A new `.venv` by the first way that works."""
    say("正在准备运行环境（首次约半分钟）……", "Making .venv from the lock; the first time takes up to half a minute.")
    trouble = []
    for way, create, install in ways():
        shutil.rmtree(VENV, ignore_errors=True)
        failure = create() or install(which)
        if failure is None:
            return way
        trouble.append(f"{way}: {failure}")
    shutil.rmtree(VENV, ignore_errors=True)
    raise Refusal(
        "无法建立 .venv：请安装 python3-venv，并确认软件包可以取得。",
        f"The .venv could not be made: install python3-venv and see that packages can be reached ({'; '.join(trouble)}).",
    )


def complete(which: str) -> str | None:
    """Install over what is there, in the way it was made; None when that fails."""
    say("正在补充运行环境……", "Completing .venv from the lock.")
    uv = find_uv()
    failure = uv_install(uv, which) if uv else pip_install([PYTHON, "-m", "pip"], which)
    return None if failure else "completed"


def ways() -> Iterator[tuple[str, Callable[[], str | None], Callable[[str], str | None]]]:
    """Name, how to create, how to install: each answers None, or what went wrong."""
    python = base_python()
    if uv := find_uv():
        yield "uv", lambda: attempt([uv, "venv", "--quiet", "--python", python, VENV]), lambda which: uv_install(uv, which)
    yield "venv", lambda: attempt([python, "-m", "venv", VENV]), lambda which: pip_install([PYTHON, "-m", "pip"], which)

    def bare() -> str | None:
        return attempt([python, "-m", "venv", "--without-pip", VENV])

    if pip := shutil.which("pip3") or shutil.which("pip"):
        yield "the system's pip", bare, lambda which: pip_install([pip, "--python", PYTHON], which)
    yield "pip's own wheel", bare, pip_wheel_install


def base_python() -> str:
    """The python beneath: never the one inside the `.venv` that may be about to go."""
    return getattr(sys, "_base_executable", "") or sys.executable


def find_uv() -> str | None:
    """A uv that runs; it is often installed where a non-interactive PATH does not look."""
    for place in (shutil.which("uv"), Path.home() / ".local/bin/uv", Path.home() / ".cargo/bin/uv"):
        if place and attempt([place, "--version"]) is None:
            return str(place)
    return None


def uv_install(uv: str, which: str) -> str | None:
    options = ["--quiet", "--python", PYTHON, *where(which), "--require-hashes", "-r", lock_file(which)]
    return attempt([uv, "pip", "install", *options], alone=bundled(which))


def pip_install(pip: Command, which: str) -> str | None:
    # the lock is complete: nothing to resolve
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r"]
    return attempt([*pip, "install", *where(which), *options, lock_file(which)], alone=bundled(which))


def where(which: str) -> Command:
    """Out of the bundle's wheels alone, where they are."""
    return ["--no-index", "--find-links", BUNDLED] if bundled(which) else []


def bundled(which: str) -> bool:
    """A bundle has no wheels for the tests."""
    return which == "run" and BUNDLED.is_dir()


def pip_wheel_install(which: str) -> str | None:
    """Run pip out of its wheel, which is let in only by the hash that the dev lock pins."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = fetch_pip(Path(folder))
        except (OSError, LookupError, ValueError) as error:
            return str(error)
        return pip_install([PYTHON, wheel / "pip"], which)


def fetch_pip(folder: Path) -> Path:
    """The pinned wheel of pip, out of the bundle, else from wherever pip itself would look."""
    version, hashes = pinned_pip()
    name = f"pip-{version}-py3-none-any.whl"
    if (bundled := BUNDLED / name).exists():
        return bundled
    listing = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    links = re.findall(r'href="([^"]+)"', get(listing).decode())
    address = next((urljoin(listing, link) for link in links if urldefrag(link).url.endswith(f"/{name}")), None)
    content = get(urldefrag(address).url) if address else b""
    if hashlib.sha256(content).hexdigest() not in hashes:
        message = f"{name} was not found with the pinned hash"
        raise LookupError(message)
    wheel = folder / name
    wheel.write_bytes(content)
    return wheel


def pinned_pip() -> tuple[str, list[str]]:
    pin = re.search(r"^pip==(\S+)((?:\s*\\\n\s+--hash=sha256:\w+)+)", lock_file("dev").read_text(), re.MULTILINE)
    if pin is None:
        message = "requirements/dev.txt pins no pip"
        raise LookupError(message)
    return pin[1], re.findall(r"sha256:(\w+)", pin[2])


def get(address: str) -> bytes:
    if not address.startswith("https://"):
        message = f"{address} is not https"
        raise ValueError(message)
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


# ── Trying, and not in each other's way ──────────────────────────────────────────────────────────────────────────────


def attempt(command: Command, *, alone: bool = False) -> str | None:
    """Run it quietly: None when it went well, else the last line it said. `alone`: whatever else the machine's pip or uv is set up to ask."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_US}
    if alone:
        environment = {name: value for name, value in environment.items() if not name.startswith(("PIP_", "UV_"))}
        environment |= {"PIP_CONFIG_FILE": os.devnull, "UV_OFFLINE": "1", "UV_NO_CONFIG": "1"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return None
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit {done.returncode}"


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands begun together: the second waits. The lock is on the folder, so nothing is left behind."""
    folder = os.open(ROOT / "requirements", os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network disks lock nothing: then as if alone
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def writable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal("无法写入 .venv。", f"The .venv cannot be written: {error}.") from error
