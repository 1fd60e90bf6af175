"""What stands beside the code for production names only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from alliance.accounts.codes import redeem
from alliance.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
EXAMPLE = (ROOT / ".env.example").read_text()
OURS = {"migrate", "web", "worker", "beat"}


def test_every_setting_of_the_environment_is_explained_in_the_example():
    read = set(re.findall(r'(?:env(?:\.\w+)?|demand)\(\s*"([A-Z_]+)"', (ROOT / "alliance/settings.py").read_text()))
    assert read - set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == set()


def test_compose_has_the_portal_its_servers_and_a_proxy():
    services = COMPOSE["services"]
    assert set(services) == OURS | {"db", "redis", "proxy"}
    assert {name for name in OURS if services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"]} == OURS
    assert "container_name" not in str(services)  # web and worker scale


def test_compose_holds_no_secret_and_names_what_is_missing():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert asked == {"DATABASE_PASSWORD"}
    assert all(re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE) for name in (*asked, "SECRET_KEY", "ALLOWED_HOSTS"))


def test_the_image_runs_as_nobody_in_particular_from_the_lock():
    image = (ROOT / "Dockerfile").read_text()
    assert "USER 10001" in image.partition("FROM python:3.12-slim-bookworm\n")[2]
    assert "--require-hashes -r requirements/run.txt" in image


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy/systemd").glob("portal-*.service")), ids=lambda path: path.stem)
def test_every_unit_is_closed_and_not_root(unit):
    words = unit.read_text()
    assert {"User=portal", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"} <= set(words.splitlines())


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy/systemd").glob("portal-*.service")), ids=lambda path: path.stem)
def test_every_unit_runs_the_current_release(unit):
    words = unit.read_text()
    assert "WorkingDirectory=/opt/portal/current\n" in words
    assert not re.search(r"/opt/portal/(?!current)", words)


@pytest.mark.parametrize("name", ["web", "worker", "beat", "backup"])
def test_nothing_starts_on_half_an_upgrade(name):
    from house import upgrades
    from house.home import Home

    page = upgrades.unfinished(Home(Path("/var/lib/portal")))
    assert f"ConditionPathExists=!{page}\n" in (ROOT / f"deploy/systemd/portal-{name}.service").read_text()


def test_the_target_wants_every_timer():
    words = (ROOT / "deploy/systemd/portal.target").read_text()
    assert all(timer.name in words for timer in (ROOT / "deploy/systemd").glob("*.timer"))


def test_the_proxy_takes_what_the_portal_takes():
    for name in ("compose.conf", "portal.conf"):
        assert "client_max_body_size 60m" in (ROOT / "deploy/nginx" / name).read_text()


@pytest.mark.django_db
def test_the_first_two_people_are_appointed_once_and_get_a_code(capsys):
    call_command("appoint", "sysadmin", "first@example.org", "张示一")
    code = re.search(r"(\d{8})$", capsys.readouterr().out.strip()).group(1)
    user = User.objects.get(email="first@example.org")
    assert (user.offices, redeem("first@example.org", code)) == ({"sysadmin"}, user)
    with pytest.raises(CommandError, match="already"):
        call_command("appoint", "sysadmin", "second@example.org", "李示二")
    with pytest.raises(CommandError, match="already"):
        call_command("appoint", "security", "first@example.org", "张示一")
    with pytest.raises(CommandError, match="no e-mail"):
        call_command("appoint", "security", "nobody", "李示二")
