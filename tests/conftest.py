"""What every test may ask for. The servers come from `bin/test`, which puts their addresses into the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import coerce_node_id
from django.core.management import call_command
from hypothesis import settings
from pytest_django.plugin import blocking_manager_key
from whitenoise.base import WhiteNoise

from alliance.history.models import PUBLIC, TIMETABLE
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alliance.accounts.models import User
    from members.models import MemberUnit

HEAVY = ("browser", "race", "whole")

settings.register_profile("portal", deadline=None)  # how long an example takes says nothing on a machine that others use as well
settings.load_profile("portal")


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


class Units(dict[str, "MemberUnit"]):
    """The units of those who have one."""

    def __init__(self, people: People) -> None:
        super().__init__()
        self.people = people

    def __missing__(self, name: str) -> MemberUnit:
        getattr(self.people, name)
        return self[name]


class People:
    """One person a role, made when a test first names them: most tests need two, and a dozen cost more than what is tested.

    `expert` is of the think tank; `council` fills a seat; `member` represents a unit without one; `here` makes everybody.
    """

    timetable, public = TIMETABLE, PUBLIC

    def __init__(self) -> None:
        self.units = Units(self)

    def __getattr__(self, name: str) -> User:
        if name not in ROLES[1:]:
            raise AttributeError(name)
        person = factories.user(f"{name} 示", name) if name in OFFICES else factories.user(name)
        setattr(self, name, person)
        if name == "expert":
            factories.expert(user=person, email=person.email)
        elif name in ("member", "council"):
            self.units[name] = factories.unit(person)
        if name == "council":
            factories.seated(self.units[name], by=self.secretary)
        return person

    def here(self) -> People:
        """Everybody at once: for threads, and where it is counted what happens."""
        for role in ROLES[1:]:
            getattr(self, role)
        return self


@pytest.fixture
def people(db: None) -> People:
    """Everybody whom a test may name."""
    return People()
