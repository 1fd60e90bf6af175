"""Rows as lines of canonical JSON, the same on SQLite and PostgreSQL, and lines as rows again."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Field, Model

# Made anew by migrate, over with the process, or names rows of those: everything else is kept.
LEFT_OUT = {
    "admin.logentry",
    "auth.permission",
    "auth.group_permissions",
    "accounts.user_user_permissions",
    "contenttypes.contenttype",
    "sessions.session",
    "account.emailconfirmation",
}
AT_ONCE = 2000


def models() -> list[type[Model]]:
    """Every model whose rows are kept, by its name."""
    kept = (model for model in apps.get_models(include_auto_created=True) if model._meta.label_lower not in LEFT_OUT)
    return sorted((model for model in kept if model._meta.managed and not model._meta.proxy), key=lambda model: model._meta.label_lower)


def lines(model: type[Model]) -> Iterator[bytes]:
    """The rows of `model` in the order of their keys, a line each."""
    fields = model._meta.concrete_fields
    rows = model.objects.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=AT_ONCE):
        said = {field.attname: plain(value) for field, value in zip(fields, row, strict=True)}
        yield json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def plain(value: Any) -> Any:
    """A value as JSON may hold it; every moment in UTC."""
    match value:
        case None | bool() | int() | str() | dict() | list():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(bytes(value)).decode()
        case _:
            return str(value)


def digest(model: type[Model]) -> tuple[int, str]:
    """How many rows, and the SHA-256 of their lines."""
    count, whole = 0, sha256()
    for line in lines(model):
        count += 1
        whole.update(line)
    return count, whole.hexdigest()


def clear() -> None:
    """Empty every table that is going to be filled: what migrations and `reference` put there comes back from the archive.

    PostgreSQL's triggers against changing rows look at rows, not at whole tables.
    """
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            return
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 — names of our own tables


def put(model: type[Model], found: Iterable[bytes]) -> None:
    """Lines as rows again, with their own keys."""
    fields, batch = {field.attname: field for field in model._meta.concrete_fields}, []
    for line in found:
        batch.append(model(**{name: read(fields[name], value) for name, value in json.loads(line).items()}))
        if len(batch) >= AT_ONCE:
            model.objects.bulk_create(batch)
            batch = []
    model.objects.bulk_create(batch)


def read(field: Field, value: Any) -> Any:
    """A value of JSON as the field holds it."""
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def count_on() -> None:
    """The database's own counters go on after the highest key."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
