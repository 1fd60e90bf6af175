"""What was an upgrade doing when it ended, and what is there to go back to?

One page in the home's `upgrades/`. Named `unfinished.json` it says that data and release are on their way and have to be put
back as they were before; named `upgraded.json`, that they are whole, and can be put back on demand. The name changes in one
move, so whatever kills an upgrade leaves a page that says what to do.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from house import ROOT, keepsake, release
from house.home import Home
from house.keeper import Keeper
from house.say import Refusal, say


def unfinished(home: Home) -> Path:
    return home / "upgrades/unfinished.json"


def upgraded(home: Home) -> Path:
    return home / "upgrades/upgraded.json"


def page(file: Path) -> dict[str, Any] | None:
    """What it says: `from`, `to`, `at`, `kept`; None where there is none."""
    try:
        return dict(json.loads(file.read_text()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Refusal("升级记录无法读取。", f"{file} cannot be read: {error}.") from error


def begin(home: Home, *, before: str, after: str, kept: Path) -> None:
    """From here on whatever interrupts us is undone: the page is on the disk before anything changes."""
    said = {"from": before, "to": after, "at": datetime.now(UTC).isoformat(timespec="seconds"), "kept": kept.name}
    draft = home / "upgrades/page.new"
    with draft.open("w") as sheet:
        sheet.write(json.dumps(said))
        sheet.flush()
        os.fsync(sheet.fileno())
    settle_folder(draft.replace(unfinished(home)).parent)


def finish(home: Home) -> None:
    """The new release serves, and its page says what it can go back to."""
    settle_folder(unfinished(home).replace(upgraded(home)).parent)


def turn_back(home: Home) -> None:
    """A rollback is an upgrade that is found unfinished."""
    settle_folder(upgraded(home).replace(unfinished(home)).parent)


def settle_folder(folder: Path) -> None:
    """Wait until the disk has the new name."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def undo(home: Home, keeper: Keeper | None, told: dict[str, str]) -> dict[str, Any] | None:
    """Data and release as they were before; done again from the start where it was cut short. None where nothing is unfinished.

    Where even that fails (the database is gone, the disk is full) the page stays, and it is done once that is mended.
    """
    said = page(unfinished(home))
    if said is None:
        return None
    where = release.place() or ROOT
    try:
        keepsake.bring_back(home, keeper, where / "releases" / said["from"], home / "upgrades" / said["kept"], told)
        release.point(where, said["from"])
        unfinished(home).unlink()
    except (Refusal, OSError) as trouble:
        raise Refusal(
            f"尚未恢复到升级前，备份完好；排除故障后请运行 bin/bundle rollback：{trouble}",
            "Not yet put back as before; what was kept is whole. Mend that and call bin/bundle rollback.",
        ) from trouble
    return said


def settle(home: Home) -> None:
    """Before `bin/run` serves: an upgrade that was killed is undone, and a home that went on to a newer release is not served by an older."""
    if release.place() is None:
        return
    if said := undo(home, None, {}):
        say(
            "上次升级中断，已恢复到升级前。",
            f"An upgrade to {said['to']} was cut short: data and release are again as before it, {said['from']}.",
        )
    done = page(upgraded(home))
    serves = release.current(release.demand_place())
    if done and serves and release.order(done["to"]) > release.order(release.version(serves)):
        raise Refusal(
            f"该数据目录已升级到 {done['to']}。",
            f"The home {home.path} was upgraded to {done['to']}, and this is {release.version(serves)}: go back with bin/bundle rollback, or start that release.",
        )
