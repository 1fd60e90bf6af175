"""A portal as it is served, and people at browsers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from alliance.accounts.models import User
from house import ROOT
from house.serve import answers
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

SHOTS = os.environ.get("PORTAL_SHOTS")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PASSWORD = "Correct-horse-42"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOLD = re.compile(
    r"status of (401|404|409|422)|ERR_INTERNET_DISCONNECTED"
)  # Chromium's own word on a page that refuses, and on a line that is cut


@dataclass
class Portal:
    """Where it is served, and where its letters are."""

    address: str
    letters: Path

    def code_sent_to(self, address: str) -> str:
        """The code in the last letter to this address."""
        letters = [path.read_text() for path in sorted(self.letters.iterdir(), key=lambda path: path.stat().st_mtime_ns)]
        (letter,) = [text for text in letters if f"To: {address}" in text]
        return re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4})$", letter, re.MULTILINE).group(1)


@pytest.fixture
def portal(committed: None, tmp_path: Path) -> Iterator[Portal]:
    """The portal on the tests' own database: a server of its own, since the browser's threads are not the test's."""
    (tmp_path / "letters").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as entrance, (tmp_path / "log").open("w") as log:
        port = entrance.getsockname()[1]
        told = surroundings(f"http://127.0.0.1:{port}", tmp_path / "letters")
        gunicorn = ["gunicorn", "alliance.wsgi", "--bind", f"fd://{entrance.fileno()}", "--threads", "4", "--no-control-socket"]
        command = [sys.executable, "-m", *gunicorn]
        server = subprocess.Popen(command, cwd=ROOT, env=told, pass_fds=[entrance.fileno()], stdout=log, stderr=log)
        try:
            wait_until(lambda: answers(port), tmp_path / "log")
            yield Portal(told["SITE_URL"], tmp_path / "letters")
        finally:
            server.terminate()
            server.wait(10)


def surroundings(address: str, letters: Path) -> dict[str, str]:
    """As `bin/test` gave them, with the database that the tests see, and letters as files."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {"DATABASE_URL": database.geturl(), "SITE_URL": address, "EMAIL_URL": f"filemail:///{letters}"}


def wait_until(ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def browser(chromium: str, django_db_setup: None) -> Iterator[Browser]:
    """One Chromium. While it runs, Django takes the test's own thread for an asynchronous one: allowed, it is the only one."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as started:
            yield started


@dataclass
class Visitor:
    """Somebody at a browser. Whatever the console complains of is kept, and fails the test."""

    page: Page
    portal: Portal
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not TOLD.search(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def opens(self, path: str) -> None:
        self.page.goto(self.portal.address + path)

    def goes(self, way: Locator) -> None:
        """Press what leads to another page, and be there."""
        with self.page.expect_navigation():
            way.click()

    def follows(self, words: str) -> None:
        """A link, by what it says."""
        self.goes(self.page.get_by_role("link", name=words).first)

    def presses(self, words: str) -> None:
        """A button of the page's own, by what it says."""
        self.goes(self.page.locator("main, #main").get_by_role("button", name=words, exact=True))

    def takes(self, step: str) -> None:
        """A step's button in the office."""
        self.goes(self.page.locator(f"button[name=_step][value={step}]"))

    def confirms(self) -> None:
        self.goes(self.page.locator("button[name=_confirm]"))

    def saves(self, how: str = "_save") -> None:
        self.goes(self.page.locator(f"[name={how}]"))

    def fills(self, typed: dict[str, object]) -> None:
        """Answer the fields that the page has, each as its kind wants it."""
        for name, value in typed.items():
            self.answer(self.page.locator(f"main [name='{name}'], #main [name='{name}']"), value)

    def answer(self, inputs: Locator, value: object) -> None:
        kind = inputs.first.evaluate("input => input.type")
        if kind in ("radio", "checkbox") and value is not True:
            for each in value if isinstance(value, list) else [value]:
                inputs.and_(self.page.locator(f"[value='{each}']")).check()
        elif kind == "checkbox":
            inputs.check()
        elif kind == "select-one":
            inputs.select_option(str(value))
        else:
            inputs.fill(str(value))

    def keeps(self, cookie: str, value: str) -> None:
        self.page.context.add_cookies([{"name": cookie, "value": value, "url": self.portal.address}])

    def becomes(self, user: User) -> None:
        """Logged in, without the page."""
        self.keeps(settings.SESSION_COOKIE_NAME, session_of(user))

    def logs_in(self, email: str) -> None:
        self.opens("/accounts/login/")
        self.fills({"login": email, "password": PASSWORD})
        self.presses("登录")

    def sees(self, *words: str) -> None:
        shown = self.page.inner_text("body")
        for each in words:
            assert each in shown, (self.page.url, each)

    def stops_at(self, station: str) -> None:
        """Look at the page as it is at a desk and on a phone, where it does not scroll sideways."""
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            assert self.page.evaluate(SIDEWAYS) <= 0, (self.page.url, size)
            if SHOTS:
                self.page.screenshot(path=Path(SHOTS) / f"{station}-{size['width']}.png", full_page=True)


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """Somebody new at a browser of their own; at the end nobody's console has complained."""
    contexts, visitors = [], []

    def arrive(language: str = "zh-hans", **habits: object) -> Visitor:
        habits = {"viewport": WIDE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | habits
        contexts.append(browser.new_context(**habits))
        contexts[-1].set_default_timeout(10_000)
        visitors.append(Visitor(contexts[-1].new_page(), portal))
        visitors[-1].keeps(settings.LANGUAGE_COOKIE_NAME, language)
        return visitors[-1]

    yield arrive
    for context in contexts:
        context.close()
    assert [complaint for one in visitors for complaint in one.complaints] == []


def session_of(user: User) -> str:
    """The key of a session as the log-in would have made it, where the portal's server looks for it."""
    session = SessionStore()
    session._cache = RedisCache(os.environ["REDIS_URL"], {})
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return session.session_key


@pytest.fixture
def account() -> Callable[..., User]:
    """A person who can sign in with `PASSWORD`."""

    def open_account(name: str, *offices: str) -> User:
        user = factories.user(name, *offices)
        user.set_password(PASSWORD)
        user.save()
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    return open_account
