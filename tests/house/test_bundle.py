"""A bundle is believed when every byte of it is what its sheet says, and fits the machine; anything else is named, and nothing is touched."""

import gzip
import io
import json
import shutil
import tarfile
from collections import namedtuple
from pathlib import Path

import pytest

from house import ROOT, parcel, wheels
from house.say import Refusal
from tests.house.test_refusals import assert_one_sentence, command

SHEET = {"version": "1.2.0", "glibc": "2.28", "made_from": "a folder", "targets": [{"machine": "x86_64", "python": "3.11"}]}
MOMENT = 1_600_000_000
FILES = {"manage.py": b"print()\n", "docs/operations.md": "运行维护\n".encode(), "wheels/a-1-py3-none-any.whl": bytes(range(256)) * 40}


def tree(folder: Path) -> Path:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "manage.py").chmod(0o755)
    return folder


@pytest.fixture
def bundle(tmp_path) -> Path:
    parcel.write(tree(tmp_path / "tree"), tmp_path / "b.tgz", dict(SHEET), MOMENT)
    return tmp_path / "b.tgz"


def rewritten(bundle: Path, change) -> Path:
    """The same archive after `change(name, content)` has had its say on each member: None leaves it out."""
    target = bundle.with_name("other.tgz")
    with tarfile.open(bundle) as source, tarfile.open(target, "w:gz") as copy:
        for member in source:
            content = source.extractfile(member).read() if member.isfile() else b""
            changed = change(member.name, content)
            if changed is not None:
                member.size = len(changed)
                copy.addfile(member, io.BytesIO(changed))
    return target


def refusal(file: Path) -> str:
    with pytest.raises(Refusal) as refused:
        parcel.verify(file)
    return str(refused.value)


# ── is it whole ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_packed_comes_out_again(bundle, tmp_path):
    sheet = parcel.verify(bundle)
    assert (sheet["version"], sorted(sheet["files"]), sheet["bytes"]) == ("1.2.0", sorted(FILES), sum(map(len, FILES.values())))
    (tmp_path / "out").mkdir()
    parcel.read(bundle, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == FILES
    assert (tmp_path / "out/manage.py").stat().st_mode & 0o777 == 0o755
    parcel.refuse_altered(tmp_path / "out", sheet)


def test_an_administrator_unpacks_it_with_tar_and_finds_the_current_release(bundle, tmp_path):
    with tarfile.open(bundle) as archive:
        assert archive.getnames()[0] == "portal/releases/1.2.0/bundle.json"
        assert archive.getmember("portal/current").linkname == "releases/1.2.0"


def test_the_same_tree_gives_the_same_bytes(bundle, tmp_path):
    parcel.write(tree(tmp_path / "again"), tmp_path / "c.tgz", dict(SHEET), MOMENT)
    assert (tmp_path / "c.tgz").read_bytes() == bundle.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_named(bundle, name):
    changed = rewritten(bundle, lambda member, content: content + b"#" if member.endswith(name) else content)
    assert f"{name} differs from its checksum" in refusal(changed)
    assert "校验和不符" in refusal(changed)


def test_a_missing_file_is_named(bundle):
    assert "lacks manage.py" in refusal(rewritten(bundle, lambda name, content: None if name.endswith("manage.py") else content))


@pytest.mark.parametrize(
    "name", ["portal/releases/1.2.0/more.py", "portal/releases/1.2.0/../../out", "/etc/passwd", "portal/releases/9/manage.py"]
)
def test_what_the_sheet_does_not_name_is_refused(bundle, name):
    target = bundle.with_name("more.tgz")
    with tarfile.open(bundle) as source, tarfile.open(target, "w:gz") as copy:
        for member in source:
            copy.addfile(member, source.extractfile(member) if member.isfile() else None)
        copy.addfile(tarfile.TarInfo(name))
    assert f"holds {name}" in refusal(target)


def test_a_sheet_that_leads_elsewhere_is_refused(bundle):
    def lead_out(name: str, content: bytes) -> bytes:
        return content.replace(b'"manage.py"', b'"../../evil.py"') if name.endswith("bundle.json") else content

    assert "is not a bundle" in refusal(rewritten(bundle, lead_out))


@pytest.mark.parametrize("left", [0, 5, 0.5, -1])
def test_a_truncated_archive_is_said(bundle, left):
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[: int(len(whole) * left) if isinstance(left, float) else left])
    assert "Nothing was touched" in refusal(bundle)


@pytest.mark.parametrize("content", [b"%PDF-1.7 paper", gzip.compress(b"only text", mtime=0), b""], ids=["PDF", "gzip", "empty"])
def test_something_else_is_no_bundle(tmp_path, content):
    (tmp_path / "paper.tgz").write_bytes(content)
    assert "bundle" in refusal(tmp_path / "paper.tgz")


def test_another_archive_is_no_bundle(tmp_path):
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        archive.add(ROOT / "manage.py", "manage.py")
    assert "is not a bundle of the portal" in refusal(tmp_path / "a.tgz")


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert "cannot be read: No such file" in refusal(tmp_path / "none.tgz")


def test_an_unpacked_release_that_was_altered_is_named(bundle, tmp_path):
    sheet = parcel.verify(bundle)
    (tmp_path / "tree/docs/operations.md").write_text("别的")
    with pytest.raises(Refusal, match=r"docs/operations\.md is missing or differs"):
        parcel.refuse_altered(tmp_path / "tree", sheet)


def test_a_link_is_not_packed(tmp_path):
    (tree(tmp_path / "tree") / "link").symlink_to("/etc/passwd")
    with pytest.raises(Refusal, match="cannot be bundled"):
        parcel.write(tmp_path / "tree", tmp_path / "b.tgz", dict(SHEET), MOMENT)


# ── does it fit ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def machine(monkeypatch):
    """An x86-64 machine with Python 3.11 and glibc 2.36."""
    Version = namedtuple("Version", "major minor")  # noqa: PYI024 - as sys has it
    monkeypatch.setattr("house.parcel.platform.machine", lambda: "x86_64")
    monkeypatch.setattr("house.parcel.platform.libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr("house.parcel.sys.version_info", Version(3, 11))


@pytest.mark.parametrize(
    ("change", "installed", "words"),
    [
        ({"targets": [{"machine": "aarch64", "python": "3.11"}]}, "1.1.0", "This bundle is for aarch64; this machine is x86_64"),
        ({"targets": [{"machine": "x86_64", "python": "3.13"}]}, "1.1.0", "has wheels for Python 3.13, and this is 3.11"),
        ({"glibc": "2.39"}, "1.1.0", "need glibc 2.39"),
        ({}, "1.2.0", "no higher than 1.2.0"),
        ({}, "1.10.0", "no higher than 1.10.0"),
    ],
)
def test_what_does_not_fit_is_said(machine, change, installed, words):
    with pytest.raises(Refusal, match=words):
        parcel.refuse_misfit(SHEET | change, installed)


def test_what_fits_is_taken(machine):
    assert parcel.refuse_misfit(SHEET, "1.1.9") is None


def test_a_disk_without_room_is_said_beforehand(tmp_path):
    with pytest.raises(Refusal, match=r"MiB are needed\. Nothing was touched"):
        parcel.refuse_full(tmp_path, shutil.disk_usage(tmp_path).total * 2)
    assert parcel.refuse_full(tmp_path, 1) is None


# ── which wheels ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", wheels.targets(), ids="-".join)
def test_each_machine_gets_every_package_of_the_lock_once(target):
    lock = (ROOT / "requirements/run.txt").read_text()
    names = [line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith(" ")]
    pins = [line.split()[0] for line in wheels.lock_for(target).splitlines() if not line.startswith(" ")]
    assert sorted(pin.split("==")[0] for pin in pins) == sorted(
        {*names, "pip"} - {"colorama"} - ({"async-timeout"} if target.python != "3.11" else set())
    )
    assert ("puremagic==1.30" in pins) == (target.python == "3.11")
    assert wheels.lock_for(target).count("--hash=sha256:") > len(pins)


def test_no_wheel_asks_for_a_newer_system_than_is_said():
    platforms = list(wheels.Target("aarch64", "3.12").platforms())
    assert platforms[0] == "manylinux_2_28_aarch64"
    assert "manylinux2014_aarch64" in platforms


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [["upgrade", "b.tgz"], ["rollback", "--yes"]])
def test_a_checkout_is_not_upgraded_from_a_bundle(tmp_path, words):
    assert_one_sentence(command("bin/bundle", *words, "--home", tmp_path), "This is a checkout")


@pytest.mark.parametrize("words", [["guess"], ["upgrade"], ["rollback", "--ye"], ["--quick"]])
def test_an_option_not_understood_is_said(words):
    assert_one_sentence(command("bin/bundle", *words), "did not understand")


def test_check_says_what_a_bundle_is_for(bundle):
    done = command("bin/bundle", "check", bundle)
    assert (done.returncode, done.stdout.count("x86_64/Python 3.11")) == (0, 1), done.stderr
    bundle.write_bytes(bundle.read_bytes()[:-9])
    assert_one_sentence(command("bin/bundle", "check", bundle), "damaged")
    assert_one_sentence(command("bin/bundle", "check"), "no unpacked bundle")


def test_offline_without_wheels_is_said_and_asks_nobody(tmp_path):
    for name in ("bin", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    assert_one_sentence(command(tmp_path / "bin/run", "--offline", "--port", "0", "--home", tmp_path / "home"), "There are no wheels here")
    assert_one_sentence(command(tmp_path / "bin/bootstrap", "environment", "run", "--offline"), "unpack a bundle")


def test_an_altered_release_makes_no_environment(bundle, tmp_path):
    release = tmp_path / "portal/releases/1.2.0"
    for name in ("bin", "requirements"):
        shutil.copytree(ROOT / name, release / name, ignore=shutil.ignore_patterns("__pycache__"))
    (release / "wheels").mkdir()
    (release / "bundle.json").write_text(json.dumps(SHEET | {"files": {"manage.py": "0" * 64}}))
    assert_one_sentence(command(release / "bin/bootstrap", "environment", "run", "--offline"), "manage.py", "unpack the bundle again")
