"""What every test may ask for. The servers come from `bin/test`, which puts their addresses into the environment."""

import os

import pytest


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a machine without one skips, visibly."""
    path = os.environ.get("PORTAL_CHROMIUM")
    if not path:
        pytest.skip("no Chromium on this machine")
    return path
