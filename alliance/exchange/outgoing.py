"""Handing rows out: what was seen, in its order and columns; each time written down with who, what and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tablib
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alliance.documents.making import CHINESE
from alliance.exchange.formats import FORMATS
from alliance.exchange.models import Export
from alliance.history.record import Code, record
from alliance.jobs import working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.db.models import Model, QuerySet

    from alliance.jobs.models import Job

SHEETS: dict[str, type[Outgoing]] = {}
TABLES: dict[str, list[tuple[str, Callable[[Any, Any], QuerySet | None]]]] = {}
AT_ONCE = 10_000  # what is made so far is kept after each
IN_ONE_REQUEST = 2000  # more is long work, with a bar
EXPORT = "export"


class Outgoing:
    """A table of one noun that may leave: its heads, and what stands under them for some of its rows."""

    what: str  # the noun, in the words of the app registry
    title: str
    personal: tuple[str, ...] = ()  # the heads that only the internal version has

    columns: tuple[str, ...] = ()
    more: tuple[str, ...] = ()  # what can leave besides, where somebody asks for all of it

    def __init__(self, on: date | None = None) -> None:
        """`on`: an earlier day whose rows leave, of a noun that knows its past."""
        self.on = on

    def heads(self, *, is_internal: bool, is_whole: bool = False) -> list[str]:
        every = (*self.columns, *self.more) if is_whole else self.columns
        return [head for head in every if is_internal or head not in self.personal]

    def rows(self, keys: Sequence[int], first: int) -> list[dict[str, Any]]:
        """Under each head what is said of the rows with these keys, in their order; the first is numbered `first`."""
        raise NotImplementedError

    def rows_among(self, keys: Sequence[int], first: int, among: Sequence[int]) -> list[dict[str, Any]]:
        """The same, where what is said of one depends on all that leave."""
        return self.rows(keys, first)


def outgoing(name: str) -> Any:
    """Declare a table under this name."""

    def declare(sheet: type[Outgoing]) -> type[Outgoing]:
        SHEETS[name] = sheet
        sheet.name = name
        return sheet

    return declare


def leaves_from(model: type[Model], name: str, rows: Callable[[Any, Any], QuerySet | None]) -> None:
    """A table leaves from the papers page of a thing of `model`: `rows` takes the thing and the reader; None where there is no such table."""
    TABLES.setdefault(model._meta.label_lower, []).append((name, rows))


def tables_of(thing: Model, user: Any) -> dict[type[Outgoing], QuerySet]:
    """Which tables leave from a thing's papers page for this reader, each with its rows in their order."""
    found = {SHEETS[name]: rows(thing, user) for name, rows in TABLES.get(thing._meta.label_lower, [])}
    return {sheet: rows for sheet, rows in found.items() if rows is not None}


@transaction.atomic
def hand_out(
    sheet: type[Outgoing],
    keys: Sequence[int],
    *,
    by: Model,
    file_name: str,
    form: str,
    is_internal: bool = False,
    heads: Sequence[str] = (),
    on: date | None = None,
) -> tuple[Export, bytes]:
    """The file, and the note that it left; of a long one the note alone, and the worker makes the file.

    `heads`: where it is not the columns of the table that leave; `on`: the day whose rows leave, where it is an earlier one.
    """
    note = Export.objects.create(
        what=sheet.what, sheet=sheet.name, file_name=f"{file_name}.{form}", by=by, count=len(keys), form=form, is_internal=is_internal,
        heads=list(heads) or sheet().heads(is_internal=is_internal), on=on,
    )  # fmt: skip
    record(note, "export", by=by, inputs={"sheet": Code(sheet.name), "rows": len(keys), "internal": is_internal, "form": Code(form)})
    if len(keys) > IN_ONE_REQUEST:
        note.things = list(keys)
        note.save(update_fields=["things"])
        return note, b""
    return note, written(note, cells(note, keys, 1, keys))


def make_later(note: Export, back: str = "") -> Job:
    chunks = range(-(-note.count // AT_ONCE))
    return working.ask(EXPORT, [*chunks], label=_("Export %(file)s") % {"file": note.file_name}, by=note.by, back=back, of=note.pk)


@working.work(EXPORT)
def make_chunk(job: Job, chunk: int) -> None:
    """The next rows; with the last ones the file is written, and what it was made of goes."""
    note = Export.objects.select_for_update(of=("self",)).get(pk=job.inputs["of"])
    note.rows += cells(note, note.things[chunk * AT_ONCE : (chunk + 1) * AT_ONCE], chunk * AT_ONCE + 1, note.things)
    if chunk == job.things[-1]:
        note.content, note.rows, note.things = written(note, note.rows), [], []
        working.made(job, reverse("admin:exchange_export_file", args=[note.pk]))
    note.save(update_fields=["rows", "things", "content"])


def cells(note: Export, keys: Sequence[int], first: int, among: Sequence[int]) -> list[list[Any]]:
    with translation.override(CHINESE):
        rows = SHEETS[note.sheet](note.on).rows_among(keys, first, among)
        return [[value if type(value := row.get(head, "")) is str else plain(value) for head in note.heads] for row in rows]


def plain(value: Any) -> Any:
    """A cell as JSON keeps it until the file is written."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else "" if value is None else str(value)


def written(note: Export, rows: list[list[Any]]) -> bytes:
    table = tablib.Dataset(*rows, headers=note.heads, title=SHEETS[note.sheet].title)
    return FORMATS[note.form]().export_data(table)
