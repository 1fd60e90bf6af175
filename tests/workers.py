"""When several processes share the suite, each has its own of what `bin/test` gave; pytest-django gives each its database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Before Django reads its settings: a number in Redis and a home."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], int(worker.removeprefix("gw")))
        os.environ["PORTAL_HOME"] = str(Path(os.environ["PORTAL_HOME"], worker))
        Path(os.environ["PORTAL_HOME"]).mkdir(mode=0o700)
    return (yield)


def numbered(redis: str, worker: int) -> str:
    """The address of the database so many after this one."""
    parts = urlsplit(redis)
    return parts._replace(path=f"/{int(parts.path.strip('/') or 0) + worker}").geturl()
