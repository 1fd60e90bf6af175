"""`bin/bundle`: the portal for a machine without a network, in one archive.

bin/bundle                   make dist/portal-<version>.tgz
bin/bundle check [FILE]      compare an archive, or the release that was unpacked here, with its checksums
bin/bundle upgrade FILE      go over to the release in FILE, or stay exactly as it was
bin/bundle rollback          go back to the release and the data before the last upgrade
"""

import argparse
import subprocess
import sys
from pathlib import Path

from house import PYTHON, ROOT, VENV, environment, parcel, release
from house.home import Home
from house.run import Parser
from house.say import Refusal, say


def main(arguments: list[str]) -> int:
    """Do the one thing asked for; without a word, make a bundle."""
    asked = options(arguments)
    match asked.action:
        case "upgrade" | "rollback":
            move(asked)
        case "check":
            check(asked.file)
        case _:
            return make(asked, arguments)
    return 0


def options(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="bin/bundle", description="One archive for a machine without a network.", allow_abbrev=False)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where the archive goes; default dist/")
    parser.add_argument("--source", type=Path, metavar="DIR", help="bundle this folder of code instead of what is committed here")
    parser.add_argument("--only-here", action="store_true", help="wheels for this machine and this python only: a smaller archive")
    parts = parser.add_subparsers(dest="action", metavar="check | upgrade | rollback")
    check = parts.add_parser("check", allow_abbrev=False, help="compare with the checksums")
    check.add_argument("file", type=Path, nargs="?", metavar="FILE")
    upgrade = parts.add_parser("upgrade", allow_abbrev=False, help="go over to the release in FILE")
    upgrade.add_argument("file", type=Path, metavar="FILE")
    rollback = parts.add_parser("rollback", allow_abbrev=False, help="go back to before the last upgrade")
    rollback.add_argument("--yes", action="store_true", help="do not ask")
    for part in (upgrade, rollback):
        part.add_argument("--home", type=Path, default=release.usual_home(), metavar="DIR", help="where all data lies")
        part.add_argument("--env", type=Path, metavar="FILE", help="production's environment, as systemd reads it")
    return parser.parse_args(arguments)


def make(asked: argparse.Namespace, arguments: list[str]) -> int:
    """In `.venv`, where pip, Babel and Django are."""
    if release.sheet():
        raise Refusal("请在源码目录制作安装包。", "A bundle is made in a checkout, not out of another bundle.")
    if Path(sys.prefix).resolve() != VENV.resolve():
        environment.ensure("dev")
        return subprocess.run([PYTHON, ROOT / "bin/house", "bundle", *arguments], check=False).returncode
    from house import pack

    try:
        pack.make(out=asked.out.absolute(), source=asked.source and asked.source.absolute(), only_here=asked.only_here)
    except OSError as error:
        raise Refusal("安装包无法写入。", f"The bundle cannot be written: {error.filename}: {error.strerror}.") from error
    return 0


def check(file: Path | None) -> None:
    """Every file against its sum."""
    sheet = parcel.verify(file) if file else release.sheet()
    if sheet is None:
        raise Refusal("此处不是由安装包展开的门户。", "This is no unpacked bundle: name one, bin/bundle check FILE.")
    if not file:
        parcel.refuse_altered(ROOT, sheet)
    targets = ", ".join(f"{each['machine']}/Python {each['python']}" for each in sheet["targets"])
    say("校验通过：", f"version {sheet['version']}, {len(sheet['files'])} files equal their checksums; for {targets}.")


def move(asked: argparse.Namespace) -> None:
    """Forward or back; what both need is told them."""
    from house import upgrade

    home = Home(asked.home)
    told = upgrade.surroundings(home, asked.env)
    if asked.action == "upgrade":
        upgrade.upgrade(asked.file.absolute(), home, told)
    else:
        upgrade.rollback(home, told, sure=asked.yes)
