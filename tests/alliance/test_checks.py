"""A database is brought up to this version, or told that it cannot be."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from alliance.checks import half_way

pytestmark = pytest.mark.django_db
WHOLE = ("council", "0009_the_council_whole")


def before() -> set[tuple[str, str]]:
    """The migrations that the council's one stands for."""
    return {tuple(each) for each in MigrationLoader(None).disk_migrations[WHOLE].replaces}


def test_a_new_database_and_one_that_had_every_earlier_step_are_not_half_way():
    assert half_way(set()) == []
    assert half_way(before()) == []
    assert half_way(before() | {WHOLE}) == []


def test_one_that_lacks_an_earlier_step_is_and_migrate_says_so():
    last = max(before())
    assert half_way(before() - {last}) == [WHOLE]
    MigrationRecorder(connection).migration_qs.filter(app=last[0], name__in=[last[1], WHOLE[1]]).delete()
    with pytest.raises(SystemCheckError, match="council.0009_the_council_whole"):
        call_command("migrate", verbosity=0, skip_checks=False)
