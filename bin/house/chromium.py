"""The browser of the browser tests: found on the system, installed where that is allowed, else gone without, visibly."""

import os
import shutil
import subprocess
from pathlib import Path

from house import VENV
from house.say import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
TRIED = VENV / "portal-chromium-tried"
INSTALL_PATIENCE = 300


def find(*, may_install: bool) -> str | None:
    """The path of a Chromium that runs."""
    browser = found() or (install() if may_install else None)
    if browser:
        say("浏览器：", browser)
    else:
        say(
            "浏览器测试将被略过。",
            "Browser tests are skipped: no Chromium was found (apt-get install chromium, or name one in PORTAL_CHROMIUM).",
        )
    return browser


def found() -> str | None:
    names = [given] if (given := os.environ.get("PORTAL_CHROMIUM")) else [*NAMES, *ELSEWHERE, *downloaded()]
    return next((path for name in names if (path := shutil.which(name)) and runs(path)), None)


def downloaded() -> list[str]:
    """Playwright keeps its own here."""
    return sorted(map(str, Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")))


def runs(path: str) -> bool:
    """A name may be a stub that only asks to install a package."""
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def install() -> str | None:
    """Once, by root, on a system with apt: a machine that could not then is not asked every time."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or TRIED.exists():
        return None
    TRIED.touch()
    say("正在安装 Chromium……", "Installing Chromium for the browser tests, this once.")
    quiet = {
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        "stdin": subprocess.DEVNULL,
        "capture_output": True,
        "timeout": INSTALL_PATIENCE,
    }
    try:
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True, **quiet)
    except (OSError, subprocess.SubprocessError):
        return None
    return found()
