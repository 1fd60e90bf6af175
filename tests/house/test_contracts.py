"""The build fails when the house's order is broken: each violation is planted into a copy, and the tool must say no."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from house import PYTHON, ROOT

PACKAGES = ("alliance", "applications", "council", "members")
LINT_IMPORTS = [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
NO_CODE = shutil.ignore_patterns("__pycache__", "locale")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code and of the tools' settings."""
    copy = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=NO_CODE)
    shutil.copy2(ROOT / "pyproject.toml", copy)
    return copy


def contracts(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINT_IMPORTS, cwd=house, capture_output=True, text=True, check=False)


def ruff(house: Path, file: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PYTHON, "-m", "ruff", "check", "--no-cache", file], cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture
def plant(house: Path):
    """Add a line to a file of the copy; the file is as it was when the test is over."""
    before: dict[Path, str | None] = {}

    def add(file: str, line: str) -> None:
        path = house / file
        before[path] = path.read_text() if path.exists() else None
        path.write_text((before[path] or "") + line + "\n")

    yield add
    for path, content in before.items():
        if content is None:
            path.unlink()
        else:
            path.write_text(content)


def test_the_three_contracts_are_kept(house):
    kept = contracts(house)
    assert kept.returncode == 0, kept.stdout
    assert "3 kept, 0 broken" in kept.stdout


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        pytest.param("members/models/__init__.py", "import members.workflow", "members.models -> members.workflow", id="a cycle"),
        pytest.param(
            "members/workflow/states.py",
            "import council.models",
            "members.workflow.states -> council.models",
            id="members know the council",
        ),
        pytest.param(
            "council/workflow/seating.py",
            "import applications.models",
            "council.workflow.seating -> applications.models",
            id="council knows applications",
        ),
        pytest.param("alliance/clock.py", "import members.models", "alliance.clock -> members.models", id="a foundation knows an app"),
        pytest.param("members/utils.py", "", "members.utils", id="a drawer in an app"),
        pytest.param("alliance/utils.py", "", "alliance.utils", id="a drawer in the project"),
    ],
)
def test_a_planted_import_fails_the_build(house, plant, file, line, told):
    plant(file, line)
    refused = contracts(house)
    assert refused.returncode != 0
    assert told in refused.stdout.replace("\n    ", " ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("from datetime import UTC, datetime\n\nMOMENT = datetime.now(UTC)", "only clock", id="a second clock"),
        pytest.param("from django.utils import timezone\n\nMOMENT = timezone.now()", "only clock", id="Django's clock"),
        pytest.param("import time\n\nMOMENT = time.time()", "only clock", id="the machine's clock"),
        pytest.param("from datetime import date\n\nDAY = date.today()", "only calendar", id="the machine's calendar"),
        pytest.param("from django.db.models.signals import post_save\n\nSIGNAL = post_save", "don't listen", id="a model's signal"),
        pytest.param("from django.dispatch import receiver\n\nRECEIVER = receiver", "don't listen", id="a receiver"),
    ],
)
def test_a_second_clock_or_a_signal_fails_the_build(house, plant, line, told):
    plant("members/planted.py", f'"""Planted."""\n\n{line}')
    refused = ruff(house, "members/planted.py")
    assert refused.returncode != 0
    assert "TID251" in refused.stdout
    assert told in refused.stdout


def test_no_field_fills_itself_with_the_machine_s_clock():
    found = [str(file) for package in PACKAGES for file in (ROOT / package).rglob("*.py") if "auto_now" in file.read_text()]
    assert found == []


def test_no_module_listens():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    banned = settings["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert {"django.dispatch", "django.db.models.signals", "django.core.signals", "datetime.datetime.now"} <= banned.keys()


def test_the_locks_carry_hashes_and_name_no_index():
    for name in ("run", "dev"):
        lock = (ROOT / f"requirements/{name}.txt").read_text()
        pins = [line for line in lock.splitlines() if line and line[0].isalpha()]
        assert all("==" in pin and pin.endswith("\\") for pin in pins)
        assert "://" not in lock
        assert "--index" not in lock


def test_the_commands_need_nothing_installed():
    """Everything that `bin/run` imports is python's own: it runs before there is a `.venv`."""
    alone = "import sys; sys.path.insert(0, sys.argv[1]); import house.run, house.test; print('alone')"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", alone, str(ROOT / "bin")], capture_output=True, text=True, check=False)
    assert done.stdout == "alone\n", done.stderr
