"""Taking a portal down to nothing, whatever shape it is in, so that an archive can be brought back in its place.

Asked for by name only (`restore --anew`): when an upgrade is taken back, tables may be of the release that is left, or
half of each. Doing it twice is doing it once, so a kill on the way is mended by doing it again.
"""

from __future__ import annotations

import shutil
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from alliance.files import shelf

# PostgreSQL: the functions of our migrations; those of an extension are not ours
FUNCTIONS = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""


def take_down(manifest: dict[str, Any]) -> None:
    """Drop every table, make them again, and take the files away: only for an archive that this release can bring back."""
    refuse_foreign(manifest)
    with transaction.atomic(), connection.cursor() as cursor:
        drop(cursor)
    call_command("migrate", interactive=False, verbosity=0)
    shutil.rmtree(shelf.root(), ignore_errors=True)


def refuse_foreign(manifest: dict[str, Any]) -> None:
    """Asked before anything goes: whether the archive has the shape that this release gives its tables."""
    last = dict(sorted(MigrationLoader(None).graph.leaf_nodes()))
    if differing := sorted(app for app, name in manifest["migrations"].items() if last.get(app) != name):
        app = differing[0]
        there = manifest["migrations"][app]
        raise CommandError(
            f"The backup was made with another version ({app}: {there}, here {last.get(app, 'nothing')}). Nothing was touched."
        )


def drop(cursor: Any) -> None:
    """Tables with all that hangs on them; on PostgreSQL the functions of our triggers too."""
    tables = connection.introspection.table_names(cursor)
    if connection.vendor != "postgresql":
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table in tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
        return
    if tables:
        cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, tables))} CASCADE")
    cursor.execute(FUNCTIONS)
    for (function,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {function} CASCADE")
