"""`bin/bundle`: what goes into the archive, and in which form.

The code as committed (the tree where there is no git), the wheels of the lock, the fonts, which are one of them, compiled
catalogues and collected static files, `docs/` and `deploy/`. Made in `.venv`, with a network or with the wheels of last time.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from house import PYTHON, ROOT, parcel, release, wheels
from house.prepare import last_line
from house.say import Refusal, say

NOT_CODE = (".git", ".venv", "var", "dist", "*.mo", "__pycache__", ".*_cache", ".hypothesis", ".coverage*", "htmlcov", "*.egg-info")
OURS = (release.WHEELS, release.STATIC, release.SHEET)
# the settings want names, and nothing real stands behind these
NOWHERE = {
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://nowhere",
    "SECRET_KEY": "only-while-the-bundle-is-made",
    "ALLOWED_HOSTS": "localhost",
    "DJANGO_SETTINGS_MODULE": "alliance.settings",
}


def make(*, out: Path, source: Path | None, only_here: bool) -> Path:
    """One archive and, beside it, its SHA-256 as `sha256sum -c` reads it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as folder:
        tree = Path(folder) / "tree"
        made_from, moment = copy_tree(source, tree) if source else copy_code(tree)
        version = release.version(tree)
        if not parcel.VERSION.fullmatch(version):
            raise Refusal("pyproject.toml 的版本号不是数字。", f"The version “{version}” in pyproject.toml is no number such as 1.2.3.")
        wanted = [wheels.here()] if only_here else wheels.targets()
        count = wheels.gather(wanted, ROOT / "dist/wheels", tree / release.WHEELS)
        finish(tree, Path(folder))
        say("正在打包……", f"Packing {count} wheels and the code.")
        sheet: dict[str, Any] = {
            "version": version,
            "made_from": made_from,
            "glibc": ".".join(map(str, wheels.GLIBC)),
            "targets": [target._asdict() for target in wanted],
        }
        target = out / f"portal-{version}.tgz"
        parcel.write(tree, target, sheet, moment)
    with target.open("rb") as content:
        total = hashlib.file_digest(content, "sha256").hexdigest()
    target.with_name(target.name + ".sha256").write_text(f"{total}  {target.name}\n")
    say("安装包：", f"{target} ({target.stat().st_size >> 20} MiB, version {version}, from {made_from})")
    return target


# ── the code ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def copy_code(tree: Path) -> tuple[str, int]:
    """As committed; what is not committed is left out, and said."""
    if git("rev-parse", "--show-toplevel").strip() != str(ROOT):
        return copy_tree(ROOT, tree)
    if git("status", "--porcelain", "--untracked-files=no"):
        say("注意：未提交的改动不会打包。", "What is not committed is not bundled.")
    packed = tree.with_suffix(".tar")
    git("archive", "--format=tar", f"--output={packed}", "HEAD")
    shutil.unpack_archive(packed, tree)
    return git("rev-parse", "--short=12", "HEAD").strip(), int(git("log", "-1", "--format=%ct"))


def git(*words: str) -> str:
    """What git says; nothing where there is no git, or no repository."""
    if not shutil.which("git"):
        return ""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout


def copy_tree(source: Path, tree: Path) -> tuple[str, int]:
    """A folder of code as it lies, without what is made from it or lived in it."""
    top = set(OURS)
    usual = shutil.ignore_patterns(*NOT_CODE)

    def left_out(folder: str, names: list[str]) -> set[str]:
        return usual(folder, names) | (top & set(names) if Path(folder) == source else set())

    shutil.copytree(source, tree, ignore=left_out)
    return "a folder", int(time.time())


# ── what is made from it ─────────────────────────────────────────────────────────────────────────────────────────────


def finish(tree: Path, room: Path) -> None:
    """Catalogues and static files, so that the machine that receives them makes nothing but its `.venv` and its tables."""
    code = "from house import catalogues; catalogues.compile_all()"
    run("译文", "compiling the catalogues", [PYTHON, "-c", code], room, PYTHONPATH=str(tree / "bin"))
    static = ["manage.py", "collectstatic", "--noinput"]
    given = {**NOWHERE, "PORTAL_HOME": str(room), "STATIC_ROOT": str(tree / release.STATIC), "PYTHONDONTWRITEBYTECODE": "1"}
    run("静态文件", "collecting the static files", [PYTHON, *static], room, cwd=tree, **given)
    for cache in sorted(tree.rglob("__pycache__")):
        shutil.rmtree(cache)


def run(chinese: str, english: str, command: list[str | Path], room: Path, cwd: Path = ROOT, **told: str) -> None:
    log = room / "log"
    with log.open("wb") as words:
        done = subprocess.run(command, cwd=cwd, env=os.environ | told, stdout=words, stderr=words, check=False)
    if done.returncode:
        raise Refusal(f"{chinese}无法准备。", f"The step “{english}” failed: {last_line(log)}.")
