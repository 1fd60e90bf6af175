"""What does a bundle hold, and is it whole?

A tar.gz whose first member is its sheet, `portal/releases/<version>/bundle.json`: everything after it stands there with its
SHA-256. The last is `portal/current`, a link to the release. The sums find damage, not malice: a bundle is believed as far
as the hand that brought it, or the `.sha256` beside it that came another way.
"""

import gzip
import hashlib
import json
import platform
import re
import shutil
import sys
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from house.release import SHEET, order
from house.say import Refusal

PIECE = 1 << 20
VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}")
TOP = re.compile(rf"portal/releases/({VERSION.pattern})/{re.escape(SHEET)}")
VENV_TAKES = 400 << 20  # bytes, with something left over


def digest(content: IO[bytes], copy: IO[bytes] | None = None) -> str:
    """The SHA-256 of what is read, written to `copy` on the way."""
    whole = hashlib.sha256()
    while piece := content.read(PIECE):
        whole.update(piece)
        if copy:
            copy.write(piece)
    return whole.hexdigest()


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def write(tree: Path, target: Path, sheet: dict[str, Any], moment: int) -> dict[str, Any]:
    """Pack `tree` as one release: the same tree and moment give the same bytes."""
    paths = sorted(path for path in tree.rglob("*") if path.is_file())
    if link := next((path for path in tree.rglob("*") if path.is_symlink()), None):
        raise Refusal("源码含符号链接，无法打包。", f"A link cannot be bundled: {link.relative_to(tree)}.")
    sums = {}
    for path in paths:
        with path.open("rb") as content:
            sums[path.relative_to(tree).as_posix()] = digest(content)
    sheet |= {"bytes": sum(path.stat().st_size for path in paths), "files": sums}
    page = tree / SHEET
    page.write_text(json.dumps(sheet, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    top = PurePosixPath("portal/releases") / sheet["version"]
    half = target.with_name(target.name + ".part")
    with squeezed(half, moment) as archive:
        for path in (page, *paths):
            member = tarfile.TarInfo(str(top / path.relative_to(tree).as_posix()))
            member.size, member.mtime = path.stat().st_size, moment
            member.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            with path.open("rb") as content:
                archive.addfile(member, content)
        link = tarfile.TarInfo("portal/current")
        link.type, link.linkname, link.mtime = tarfile.SYMTYPE, f"releases/{sheet['version']}", moment
        archive.addfile(link)
    half.replace(target)
    return sheet


@contextmanager
def squeezed(target: Path, moment: int) -> Iterator[tarfile.TarFile]:
    """A tar.gz that bears no name and no time but `moment`; level 1, for nearly all of it is wheels, which are packed already."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=moment) as inner,
        tarfile.open(fileobj=inner, mode="w") as archive,
    ):
        yield archive


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def verify(file: Path) -> dict[str, Any]:
    """The sheet, once every byte is found to be what it says; nothing is written."""
    return read(file, None)


def read(file: Path, into: Path | None) -> dict[str, Any]:
    """Go through the whole archive, comparing each file with the sheet, and writing it under `into` if that is given."""
    with readable(file), gzip.open(file) as whole, tarfile.open(fileobj=whole, mode="r|") as archive:
        members = iter(archive)
        sheet = first(file, archive, next(members, None), into)
        top, missing = f"portal/releases/{sheet['version']}/", dict(sheet["files"])
        for member in members:
            if member.issym() and (member.name, member.linkname) == ("portal/current", f"releases/{sheet['version']}"):
                continue
            name = member.name.removeprefix(top)
            if not member.isfile() or name not in missing or member.name == name:
                raise Refusal(
                    "安装包含有清单以外的内容，未作任何改动。",
                    f"{file} holds {member.name}, which its sheet does not name. Nothing was touched.",
                )
            if taken(archive, member, into / name if into else None) != missing.pop(name):
                raise Refusal(
                    f"安装包校验和不符：{name}。未作任何改动。", f"{file}: {name} differs from its checksum. Nothing was touched."
                )
        while whole.read(PIECE):  # to its very end, where gzip's own sum stands
            pass
        if missing:
            raise Refusal("安装包不完整，未作任何改动。", f"{file} lacks {min(missing)}. Nothing was touched.")
    return sheet


def first(file: Path, archive: tarfile.TarFile, member: tarfile.TarInfo | None, into: Path | None) -> dict[str, Any]:
    """The sheet, which comes before all else; a file that begins otherwise is no bundle."""
    named = TOP.fullmatch(member.name) if member and member.isfile() else None
    page = cast("IO[bytes]", archive.extractfile(member)).read() if member and named else b""
    try:
        sheet = dict(json.loads(page))
        good = named and named[1] == sheet["version"] and all(is_inside(name) for name in sheet["files"])
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise Refusal("这不是门户的安装包，未作任何改动。", f"{file} is not a bundle of the portal. Nothing was touched.")
    if into:
        (into / SHEET).write_bytes(page)
    return sheet


def is_inside(name: str) -> bool:
    """A name leads nowhere but into the release."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and name not in ("", SHEET)


def taken(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path | None) -> str:
    content = cast("IO[bytes]", archive.extractfile(member))
    if target is None:
        return digest(content)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as copy:
        found = digest(content, copy)
    target.chmod(0o755 if member.mode & 0o100 else 0o644)
    return found


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """What goes wrong with the file itself, in one sentence; a full disk is another matter."""
    try:
        with file.open("rb") as content:
            content.read(1)
    except OSError as error:
        raise Refusal("安装包无法读取。", f"{file} cannot be read: {error.strerror}.") from error
    try:
        yield
    except (EOFError, tarfile.TarError, zlib.error, gzip.BadGzipFile) as error:
        raise Refusal(
            "安装包不完整或已损坏，未作任何改动。", f"{file} is cut off or damaged, or is no bundle ({error}). Nothing was touched."
        ) from error


# ── does it fit ──────────────────────────────────────────────────────────────────────────────────────────────────────


def refuse_misfit(sheet: dict[str, Any], installed: str) -> None:
    """Another machine, another python, or a version that is no step forward."""
    machine, python = platform.machine(), f"{sys.version_info.major}.{sys.version_info.minor}"
    targets = {(each["machine"], each["python"]) for each in sheet["targets"]}
    if machine not in {each for each, _python in targets}:
        known = ", ".join(sorted({each for each, _python in targets}))
        raise Refusal(f"安装包不适用于本机架构 {machine}。", f"This bundle is for {known}; this machine is {machine}. Nothing was touched.")
    if (machine, python) not in targets:
        known = ", ".join(sorted({each for other, each in targets if other == machine}, key=order))
        raise Refusal(
            f"安装包不含 Python {python} 的软件包。",
            f"This bundle has wheels for Python {known}, and this is {python}: name another in PORTAL_PYTHON. Nothing was touched.",
        )
    refuse_old_libc(sheet)
    if order(sheet["version"]) <= order(installed):
        raise Refusal(
            f"安装包版本 {sheet['version']} 不高于现有版本 {installed}。",
            f"The bundle's version {sheet['version']} is no higher than {installed}, which is installed. Nothing was touched.",
        )


def refuse_old_libc(sheet: dict[str, Any]) -> None:
    """The wheels are built for a C library that the system must have at least."""
    name, number = platform.libc_ver()
    if name != "glibc" or order(number) < order(sheet["glibc"]):
        raise Refusal(
            f"本机的 C 运行库过旧或不同：需 glibc {sheet['glibc']} 以上。",
            f"The wheels need glibc {sheet['glibc']} or newer; this system has {name or 'another C library'} {number}. Nothing was touched.",
        )


def refuse_full(folder: Path, needed: int) -> None:
    """A disk that could not hold it is told before anything is written."""
    if (free := shutil.disk_usage(folder).free) < needed:
        raise Refusal(
            f"磁盘空间不足：{folder}。",
            f"{folder} has {free >> 20} MiB free, and {needed >> 20} MiB are needed. Nothing was touched.",
        )


def refuse_altered(tree: Path, sheet: dict[str, Any]) -> None:
    """An unpacked release is what its sheet says: asked before its first start."""
    for name, said in sheet["files"].items():
        try:
            with (tree / name).open("rb") as content:
                same = digest(content) == said
        except OSError:
            same = False
        if not same:
            raise Refusal(
                f"展开的文件与清单不符：{name}，请重新展开安装包。",
                f"{name} is missing or differs from its checksum: unpack the bundle again.",
            )
