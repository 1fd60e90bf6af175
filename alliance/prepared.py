"""Rows that are read very often, by their key or whose they are: the SQL is put together once, and only the keys are new each time.

Django puts a statement together anew at every reading, which for a row of a hundred columns takes far longer than the database
takes to find it (`bench/prepared.py`).
"""

from __future__ import annotations

from datetime import timedelta
from inspect import signature
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet

A_KEY, APART = 31_864, 100  # these and the next numbers stand for the keys while a statement is put together: small enough for every column


class Prepared:
    """The rows of a queryset that depends on keys given later; with what it selects beside them, without what it prefetches."""

    def __init__(self, rows: Callable[..., QuerySet]) -> None:
        """`rows` makes the queryset of its keys: it is asked twice for each kind of database, with other keys the second time.

        A key is a whole number or a word; the default of one that is neither, a day, stands for it while the statement is put together.
        """
        self.rows = rows
        self.statements: dict[str, Statement] = {}

    def stand_ins(self, apart: int = 0) -> list[Any]:
        """What stands for the keys while a statement is put together; other ones, `apart` from them."""
        asked = enumerate(signature(self.rows).parameters.values(), A_KEY + apart)
        return [number if each.default is each.empty else each.default + timedelta(apart) for number, each in asked]

    def all(self, *keys: int | str | None) -> list[Any]:
        """Every row with these keys, as objects of the model."""
        connection = connections[DEFAULT_DB_ALIAS]
        if (statement := self.statements.get(connection.vendor)) is None:
            statement = self.statements[connection.vendor] = Statement(self.rows, self.stand_ins(), self.stand_ins(APART))
        return statement.read(connection, keys)

    def first(self, *keys: int | str | None) -> Any | None:
        return next(iter(self.all(*keys)), None)

    def get(self, *keys: int | str | None) -> Any:
        """The row with these keys. Raises the model's DoesNotExist, as a queryset does."""
        if None in keys or (found := self.first(*keys)) is None:
            model = self.rows(*self.stand_ins()).model
            message = f"There is no {model.__name__} with the key {keys}."
            raise model.DoesNotExist(message)
        return found


class Statement:
    """A SELECT put together, and what makes objects of its rows.

    It is put together twice: whatever follows the keys is one of them, whatever stays is its own, be it the same number.
    """

    def __init__(self, rows: Callable[..., QuerySet], keys: list[Any], others: list[Any]) -> None:
        compiler = rows(*keys).query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, values = compiler.as_sql()
        self.values = list(values)
        again = rows(*others).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        self.places = places_of(keys, others, (self.sql, self.values), again)
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


def places_of(keys: list[Any], others: list[Any], once: tuple[str, Any], again: tuple[str, Any]) -> list[tuple[int, int]]:
    """Where which key stands, in a statement put together with `keys` and again with `others`.

    Raises a ValueError where the statement itself depends on a key, or a key does not stand in it as it is.
    """
    # a text is compared with a text: SQLite keeps days as such
    pairs = [(str(key), str(other)) for key, other in zip(keys, others, strict=True)]
    values = [(str(value), str(other)) for value, other in zip(once[1], again[1], strict=False)]
    places = [(place, pairs.index(pair)) for place, pair in enumerate(values) if pair in pairs]
    following = {place for place, (value, other) in enumerate(values) if value != other}
    if once[0] != again[0] or following != {place for place, _key in places} or {key for _place, key in places} != set(range(len(keys))):
        message = "A key does not stand in the statement as it is."
        raise ValueError(message)
    return places
