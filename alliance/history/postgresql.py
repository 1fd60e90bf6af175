"""What only PostgreSQL can promise: rows written once, periods that do not overlap. Migrations skip it on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.base import Operation, OperationCategory

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of % is written once and never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


class OnPostgresql(Operation):
    """A migration step that runs statements on PostgreSQL, and nothing elsewhere; no model is asked, so none is drawn."""

    category = OperationCategory.SQL
    reduces_to_sql = True

    def __init__(self, forwards: list[str], backwards: list[str]) -> None:
        """`backwards` takes back what `forwards` does."""
        self.forwards, self.backwards = forwards, backwards

    def state_forwards(self, app_label: str, state: object) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, before: object, after: object) -> None:
        run(self.forwards, editor)

    def database_backwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, before: object, after: object) -> None:
        run(self.backwards, editor)

    def describe(self) -> str:
        return "What only PostgreSQL can promise"


def run(statements: list[str], editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in statements:
            editor.execute(statement, params=None)  # a % is a % here


def frozen(table: str) -> OnPostgresql:
    """A migration step after which UPDATE and DELETE on `table` fail."""
    trigger = f"{table}_is_written_once"
    return OnPostgresql(
        [REFUSE, f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_to_change()"],
        [f"DROP TRIGGER {trigger} ON {table}"],
    )


def frozen_once(table: str, name: str, settled: str, changed: str) -> OnPostgresql:
    """A migration step after which an UPDATE of `table` fails where the row was `settled` and `changed` holds (SQL over OLD and NEW)."""
    when = f"({settled}) AND ({changed})"
    return OnPostgresql(
        [REFUSE, f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_to_change()"],
        [f"DROP TRIGGER {name} ON {table}"],
    )


def without_overlap(table: str, name: str, elements: str, *, deferred: bool = False) -> OnPostgresql:
    """A migration step after which no two rows of `table` agree in all `elements` (an exclusion constraint)."""
    when = "DEFERRABLE INITIALLY DEFERRED" if deferred else ""
    return OnPostgresql(
        ["CREATE EXTENSION IF NOT EXISTS btree_gist", f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({elements}) {when}"],
        [f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
    )


def guarded(table: str, name: str, operations: str, condition: str) -> OnPostgresql:
    """A migration step after which `operations` on `table` fail where `condition` holds: SQL over OLD and NEW that may look into other tables."""
    function = f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF {condition} THEN RAISE EXCEPTION 'a row of % is settled and does not change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
END $$
"""
    return OnPostgresql(
        [function, f"CREATE TRIGGER {name} BEFORE {operations} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"],
        [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"],
    )
