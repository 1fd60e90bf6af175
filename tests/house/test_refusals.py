"""Whatever the commands cannot do they say in one sentence on the error stream, and end with a failure."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from house import PYTHON, ROOT

PRODUCTION = {
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://localhost:6379/0",
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "portal.example.org",
}


def command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PORTAL_HOME"} | environment
    return subprocess.run(arguments, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=60)


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """A failure, told in one line that holds these words."""
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word in done.stderr


def test_a_taken_port_is_said(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        assert_one_sentence(command("bin/run", "--home", tmp_path / "home", "--port", number), f"Port {number}", "--port 0")


@pytest.mark.parametrize("arguments", [["--port", "eighty"], ["--port", "70000"], ["--port"], ["--quick"], ["--emp"], ["here"]])
def test_an_option_not_understood_is_said(arguments):
    assert_one_sentence(command("bin/run", *arguments), "did not understand", "--help")


def test_a_python_that_does_not_run_is_said(tmp_path):
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\necho 'version 3.12 is not installed' >&2\nexit 127\n")
    shim.chmod(0o755)
    for name in ("run", "test", "catalogues"):
        assert_one_sentence(command(f"bin/{name}", PORTAL_PYTHON=str(shim)), "No working Python", "3.11")


def test_a_python_that_is_not_there_is_said(tmp_path):
    assert_one_sentence(command("bin/run", PORTAL_PYTHON=str(tmp_path / "nothing")), "No working Python")


def test_a_broken_shim_is_passed_over_for_a_python_that_works(tmp_path):
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    (tmp_path / "python3.13").symlink_to(PYTHON)
    done = command("bin/run", "--help", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert "--home" in done.stdout


def test_a_home_that_is_a_file_is_said(tmp_path):
    (tmp_path / "home").touch()
    assert_one_sentence(command("bin/run", "--port", "0", "--home", tmp_path / "home"), "The home cannot be used")


def test_a_home_that_cannot_be_made_is_said():
    assert_one_sentence(command("bin/run", "--port", "0", "--home", "/proc/portal"), "The home cannot be used")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_home_is_said(tmp_path):
    home = tmp_path / "outer/home"
    home.mkdir(parents=True)
    home.parent.chmod(0)
    try:
        assert_one_sentence(command("bin/run", "--port", "0", "--home", home), "The home cannot be used", "Permission denied")
    finally:
        home.parent.chmod(0o700)


def test_a_folder_full_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").touch()
    tmp_path.chmod(0o755)
    assert_one_sentence(command("bin/run", "--port", "0", "--home", tmp_path), "not a portal's home")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("missing", PRODUCTION)
def test_a_missing_production_setting_is_said(missing, tmp_path):
    given = PRODUCTION | {missing: "", "PORTAL_HOME": str(tmp_path)}
    assert_one_sentence(command(PYTHON, "manage.py", "check", **given), f"{missing} is not set")


def test_an_unknown_word_to_the_catalogues_is_said():
    assert_one_sentence(command("bin/catalogues", "guess"), "update|compile|check")


# ── A half-made .venv ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A bare checkout in a path with a space, and a stand-in for uv that makes a `.venv` of links at once."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "bin", root / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", root / "requirements")
    uv = tmp_path / "tools/uv"
    uv.parent.mkdir()
    uv.write_text(
        "#!/bin/sh\n"
        f'echo "$1 $2" >> "{tmp_path}/asked"\n'
        'case "$1" in\n'
        f'venv) mkdir -p "{root}/.venv/bin"; ln -s "{Path(PYTHON).resolve()}" "{root}/.venv/bin/python" ;;\n'
        "esac\n"
    )
    uv.chmod(0o755)
    return root


def bootstrap(checkout: Path, which: str) -> list[str]:
    """What uv was asked for."""
    asked = checkout.parent / "asked"
    asked.unlink(missing_ok=True)
    path = f"{checkout.parent / 'tools'}:{os.environ['PATH']}"
    done = command(checkout / "bin/bootstrap", "environment", which, PATH=path)
    assert done.returncode == 0, done.stderr
    return [line for line in asked.read_text().splitlines() if not line.startswith("--version")] if asked.exists() else []


def test_an_environment_is_made_once(checkout):
    assert bootstrap(checkout, "run") == ["venv --quiet", "pip install"]
    assert bootstrap(checkout, "run") == []


def test_the_environment_of_the_tests_serves_the_portal_too(checkout):
    assert bootstrap(checkout, "run") == ["venv --quiet", "pip install"]
    assert bootstrap(checkout, "dev") == ["pip install"]
    assert bootstrap(checkout, "run") == []


def test_a_half_made_environment_is_made_anew(checkout):
    bootstrap(checkout, "run")
    (checkout / ".venv/portal-stamps.json").unlink()
    (checkout / ".venv/leftover").touch()
    assert bootstrap(checkout, "run") == ["venv --quiet", "pip install"]
    assert not (checkout / ".venv/leftover").exists()


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    bootstrap(checkout, "run")
    (checkout / ".venv/bin/python").unlink()
    assert bootstrap(checkout, "run") == ["venv --quiet", "pip install"]


def test_a_changed_lock_is_installed(checkout):
    bootstrap(checkout, "run")
    lock = checkout / "requirements/run.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    assert bootstrap(checkout, "run") == ["pip install"]


def test_a_moved_checkout_makes_its_environment_anew(checkout):
    bootstrap(checkout, "run")
    stamp = checkout / ".venv/portal-stamps.json"
    stamp.write_text(stamp.read_text().replace("a checkout", "another checkout"))
    assert bootstrap(checkout, "run") == ["venv --quiet", "pip install"]


def test_a_home_that_lost_its_database_is_not_made_anew(tmp_path):
    home = tmp_path / "home"
    (home / "letters").mkdir(parents=True)
    (home / "embedded").touch()
    letter = home / "letters/one.eml"
    letter.write_text("受理")
    assert_one_sentence(command("bin/run", "--home", home, "--port", "0"), "db.sqlite3", "put the database back")
    assert letter.read_text() == "受理"
