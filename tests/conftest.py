"""What every test may ask for. The servers come from `bin/test`, which puts their addresses into the environment."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import coerce_node_id
from django.core.management import call_command
from pytest_django.plugin import blocking_manager_key
from whitenoise.base import WhiteNoise

from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAVY = ("browser", "race", "whole")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browsers, races and whole portals are many processes or threads each: of several workers one takes them all, one by one.

    The group stands behind a test's name, where xdist looks for it; xdist 3.8 itself writes it where pytest 9.2 no longer reads.
    """
    if not hasattr(config, "workerinput"):
        return
    for item in items:
        group = (
            "heavy" if any(map(item.get_closest_marker, HEAVY)) else next((mark.args[0] for mark in item.iter_markers("xdist_group")), "")
        )
        if group:
            item._id = coerce_node_id(f"{item.nodeid}@{group}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a machine without one skips, visibly."""
    path = os.environ.get("PORTAL_CHROMIUM")
    if not path:
        pytest.skip("no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Every test begins with what `manage.py reference` installs."""
    with django_db_blocker.unblock():
        call_command("reference")


@pytest.fixture
def committed(transactional_db: None) -> None:
    """A database whose transactions are real, for threads that race. It is emptied afterwards; the next test finds the reference data again."""


EMPTIED = pytest.StashKey[bool]()  # whether the last test has left an empty database


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A test with real transactions clears every table at its end."""
    if "transactional_db" in item.fixturenames:
        item.config.stash[EMPTIED] = True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Reference data again, once and for all tests that follow: before a test's own transaction begins."""
    if item.config.stash.get(EMPTIED, default=False):
        item.config.stash[EMPTIED] = False
        with item.config.stash[blocking_manager_key].unblock():
            call_command("reference")


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client loads the middleware, which lists all static files: a third of the suite's time, were it not remembered."""
    listed: dict[str, dict[str, object]] = {}
    list_files = WhiteNoise.update_files_dictionary

    def remember(self: WhiteNoise, root: str, prefix: str) -> None:
        if root not in listed:
            list_files(self, root, prefix)
            listed[root] = dict(self.files)
        self.files.update(listed[root])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", remember)
        yield


@pytest.fixture(autouse=True)
def _language() -> None:
    """A page leaves its reader's language behind in the thread: every test begins in the portal's own."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_cache_between_tests(settings: object) -> None:
    """Rate limits and sessions of one test are not another's."""
    from django.core.cache import cache

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


ROLES = (
    "anonymous",
    "stranger",
    "applicant",
    "member",
    "council",
    "expert",
    "clerk",
    "officer",
    "secretary",
    "sysadmin",
    "security",
    "auditor",
)
OFFICES = ROLES[6:]


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """One person a role. `expert` is of the think tank; `council` fills a seat; `member` represents a unit without one."""
    from alliance.history.models import PUBLIC, TIMETABLE
    from council import workflow
    from members.choices import Tier

    made = {office: factories.user(f"{office} 示", office) for office in OFFICES}
    made |= {name: factories.user(name) for name in ("stranger", "applicant", "member", "council", "expert")}
    factories.expert(user=made["expert"], email=made["expert"].email)
    units = {name: factories.unit(made[name]) for name in ("member", "council")}
    seat = {"term": factories.term(), "tier": Tier.CHAIR, "direction": ""}
    workflow.take_office(units["council"], units["council"].representative, by=made["secretary"], **seat)
    return SimpleNamespace(**made, timetable=TIMETABLE, public=PUBLIC, units=units)
