"""A home and a draft for whoever uploads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import factories


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    """A home of its own for every test."""
    settings.PORTAL_HOME = tmp_path
    return tmp_path / "files"


@pytest.fixture
def draft(client):
    """The draft of the person at the browser."""
    application = factories.draft(papers=False)
    client.force_login(application.applicant)
    return application
