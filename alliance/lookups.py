"""Rows by very many keys: all of them in one parameter, where `in` makes a parameter of each, and Django takes a second for some ten thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey, IntegerField, Lookup

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


@ForeignKey.register_lookup
@IntegerField.register_lookup
class Among(Lookup):
    """`pk__among=keys`: whose key is one of these whole numbers."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s::bigint[])", [*params, f"{{{self.listed}}}"]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        key, params = self.process_lhs(compiler, connection)
        return f"{key} IN (SELECT value FROM json_each(%s))", [*params, f"[{self.listed}]"]  # noqa: S608 — nothing typed: the column of a field

    @property
    def listed(self) -> str:
        return ",".join(str(int(key)) for key in self.rhs)
