"""Rows that are read very often, by their key or whose they are: the SQL is put together once, and only the keys are new each time.

Django puts a statement together anew at every reading, which for a row of a hundred columns takes far longer than the database
takes to find it (`bench/prepared.py`).
"""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet

A_KEY = 31_864  # this and the next numbers stand for the keys while a statement is put together: small enough for every column, and nothing else in one


class Prepared:
    """The rows of a queryset that depends on keys given later; with what it selects beside them, without what it prefetches."""

    def __init__(self, rows: Callable[..., QuerySet]) -> None:
        """`rows` makes the queryset of its keys: it is asked once for each kind of database.

        A key is a whole number or a word; the default of one that is neither, a day, stands for it while the statement is put together.
        """
        self.rows = rows
        asked = enumerate(signature(rows).parameters.values(), A_KEY)
        self.stand_ins = [number if each.default is each.empty else each.default for number, each in asked]
        self.statements: dict[str, Statement] = {}

    def all(self, *keys: int | str | None) -> list[Any]:
        """Every row with these keys, as objects of the model."""
        connection = connections[DEFAULT_DB_ALIAS]
        if (statement := self.statements.get(connection.vendor)) is None:
            statement = self.statements[connection.vendor] = Statement(self.rows, self.stand_ins)
        return statement.read(connection, keys)

    def first(self, *keys: int | str | None) -> Any | None:
        return next(iter(self.all(*keys)), None)

    def get(self, *keys: int | str | None) -> Any:
        """The row with these keys. Raises the model's DoesNotExist, as a queryset does."""
        if None in keys or (found := self.first(*keys)) is None:
            model = self.rows(*self.stand_ins).model
            message = f"There is no {model.__name__} with the key {keys}."
            raise model.DoesNotExist(message)
        return found


class Statement:
    """A SELECT put together, and what makes objects of its rows."""

    def __init__(self, rows: Callable[..., QuerySet], keys: list[Any]) -> None:
        compiler = rows(*keys).query.get_compiler(DEFAULT_DB_ALIAS)
        stand_ins = [str(key) for key in keys]  # a text is compared with a text, and SQLite keeps days as such
        self.sql, values = compiler.as_sql()
        self.values = list(values)
        self.places = [(place, stand_ins.index(str(value))) for place, value in enumerate(values) if str(value) in stand_ins]
        if {key for _place, key in self.places} != set(range(len(keys))):
            message = "A key does not stand in the statement as it is."
            raise ValueError(message)
        columns = [column for column, *_rest in compiler.select]
        self.converters = compiler.get_converters(columns).items()
        self.model, own = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        self.own = slice(own[0], own[-1] + 1)
        self.names = [column.target.attname for column in columns[self.own]]
        self.beside = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def read(self, connection: BaseDatabaseWrapper, keys: tuple[int | str | None, ...]) -> list[Any]:
        values = self.values.copy()
        for place, key in self.places:
            values[place] = keys[key]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return [self.made(list(row), connection) for row in cursor.fetchall()]

    def made(self, row: list[Any], connection: BaseDatabaseWrapper) -> Any:
        """What the database gave, as an object, with those that were selected beside it."""
        for place, (converters, column) in self.converters:
            for converter in converters:
                row[place] = converter(row[place], column, connection)
        thing = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for each in self.beside:
            each.populate(row, thing)
        return thing
