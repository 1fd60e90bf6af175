"""Taking a table over: staged line by line, looked at without a write, and applied as one or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from alliance import clock, locks
from alliance.exchange.models import Import, Line, Outcome
from alliance.exchange.resource import Found, Register
from alliance.history.record import record
from alliance.jobs import working
from alliance.text import refuse_hidden
from alliance.workflow import Actor, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alliance.exchange.table import Table
    from alliance.jobs.models import Job

REGISTERS: dict[str, type[Register]] = {}
TOGETHER = 500  # lines that are compared in one transaction; more is long work, with a bar
LONGEST_CELL = 1000
LOOK, APPLY = "look at an import", "apply an import"


def register(resource: type[Register]) -> type[Register]:
    """Declare that tables of this noun may come in."""
    REGISTERS[resource.Meta.model._meta.label_lower] = resource
    return resource


# ── Staging ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def stage(resource: type[Register], table: Table, *, by: Actor) -> Import:
    """Keep the table's lines as they were typed, with what is wrong with any of them by itself. Raises a ValidationError where its head is wrong."""
    refuse_heads(resource, table.heads)
    staged = Import.objects.create(what=resource.Meta.model._meta.label_lower, file_name=table.name, digest=table.digest, by=by)
    reader, seen = resource(), {}
    lines = [line_of(staged, reader, table, each, seen) for each in table.lines]
    if not lines:
        raise ValidationError(_("There is no row under the head."))
    Line.objects.bulk_create(lines, batch_size=1000)
    return staged


def refuse_heads(resource: type[Register], heads: list[str]) -> None:
    """The first row names the columns: each once, none unknown, none missing that has to be there."""
    columns = {column.column_name: column for column in resource().get_import_fields()}
    wrong = [_("column %(number)d has no name") % {"number": n} for n, head in enumerate(heads, start=1) if not head]
    wrong += [
        _("“%(head)s” is no column of this table, or cannot be taken over") % {"head": head[:40]}
        for head in heads
        if head and head not in columns
    ]
    wrong += [_("“%(head)s” stands there twice") % {"head": head} for head in dict.fromkeys(heads) if head and heads.count(head) > 1]
    wrong += [_("“%(head)s” is missing") % {"head": head} for head, column in columns.items() if column.must and head not in heads]
    if wrong:
        raise ValidationError(_("Row 1 has to name the columns as in the template: %(wrong)s.") % {"wrong": "; ".join(map(str, wrong))})


def line_of(staged: Import, reader: Register, table: Table, each: tuple[int, list[str]], seen: dict[Any, int]) -> Line:
    number, texts = each
    typed = dict(zip(table.heads, texts, strict=False))
    against = [*shape(table, number, texts)]
    key = reader.key_of(typed)
    if not against and (first := seen.setdefault(key, number)) != number:
        against.append(_("The same number stands in row %(row)d.") % {"row": first})
    said = [str(each) for each in against]
    return Line(
        of=staged,
        row=number,
        name=reader.name_of(typed)[:200],
        typed=typed if not said else {},
        outcome=Outcome.WRONG if said else "",
        said=said,
    )


def shape(table: Table, number: int, texts: list[str]) -> Iterator[str]:
    """What is wrong with a row whatever its columns mean."""
    if any(texts[len(table.heads) :]):
        yield _("There is something beside the last column.")
    for column, (head, text) in enumerate(zip(table.heads, texts, strict=False)):
        if (number, column) in table.cut:
            yield _(
                "%(head)s: Excel has taken it for a number and cut its last digits. Please set the column to text and type it in again."
            ) % {"head": head}
        elif len(text) > LONGEST_CELL:
            yield _("%(head)s: at most %(most)d characters.") % {"head": head, "most": LONGEST_CELL}
        else:
            yield from hidden(head, text)


def hidden(head: str, text: str) -> Iterator[str]:
    try:
        refuse_hidden(text)
    except ValidationError as wrong:
        yield f"{head}: {wrong.messages[0]}"


# ── Looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def look(staged: Import, *, by: Actor, back: str = "") -> Job | None:
    """Compare every line with the register: a short table at once, a long one as long work."""
    chunks = range((staged.lines.count() + TOGETHER - 1) // TOGETHER)
    if len(chunks) > 1:
        label = _("Compare %(file)s with the register") % {"file": staged.file_name}
        return working.ask(LOOK, [*chunks], label=label, by=by, back=back, of=staged.pk)
    look_at(staged, staged.lines.all())
    finish(staged)
    return None


@working.work(LOOK)
def look_at_chunk(job: Job, chunk: int) -> None:
    staged = Import.objects.waiting().get(pk=job.inputs["of"])
    look_at(staged, staged.lines.all()[chunk * TOGETHER : (chunk + 1) * TOGETHER])
    if chunk == job.things[-1]:
        finish(staged)


def look_at(staged: Import, lines: Iterable[Line]) -> None:
    """Write beside each line what would come of it; nothing else is written."""
    open_lines = [line for line in lines if line.outcome != Outcome.WRONG]
    found = compared(REGISTERS[staged.what](), open_lines, dry_run=True)
    for line in open_lines:
        line.outcome, line.said = found[line.row].outcome, found[line.row].said
    Line.objects.bulk_create(open_lines, update_conflicts=True, unique_fields=["id"], update_fields=["outcome", "said"])


def finish(staged: Import) -> None:
    """Every line was looked at: how many there are of each kind."""
    counts = dict(staged.lines.order_by().values_list("outcome").annotate(n=Count("pk")))
    staged.new, staged.changed, staged.same, staged.wrong = (counts.get(outcome, 0) for outcome in Outcome.values)
    staged.looked_at = clock.now()
    staged.save(update_fields=["new", "changed", "same", "wrong", "looked_at"])


def compared(resource: Register, lines: list[Line], *, dry_run: bool) -> dict[int, Found]:
    """What comes of each line: in memory alone on a dry run, else written as well."""
    lines = sorted(lines, key=lambda line: resource.comes_after(line.typed))
    heads = ["#", *dict.fromkeys(head for line in lines[:1] for head in line.typed)]
    table = tablib.Dataset(*([line.row, *line.typed.values()] for line in lines), headers=heads)
    result = resource.import_data(table, dry_run=dry_run, rollback_on_validation_errors=True)
    failures = [error.error for error in result.base_errors] + [error.error for row in result.error_rows for error in row.errors]
    if failures:
        raise failures[0]
    for row in result.invalid_rows:
        resource.outcomes[lines[row.number - 1].row] = Found(Outcome.WRONG, told(resource, row.error))
    return resource.outcomes


def told(resource: Register, error: ValidationError) -> list[str]:
    """What is wrong with a line, by the heads of its columns."""
    heads = {column.attribute: column.column_name for column in resource.fields.values()}
    if not hasattr(error, "error_dict"):
        return error.messages
    return [": ".join(filter(None, [heads.get(name, ""), words])) for name, words_ in error.message_dict.items() for words in words_]


# ── Taking over ──────────────────────────────────────────────────────────────────────────────────────────────────────


def take_over(staged: Import, *, by: Actor, back: str = "") -> Job | None:
    """Write what was looked at: few rows at once, many as long work; as one transaction either way."""
    refuse_unready(staged)
    if staged.new + staged.changed > TOGETHER:
        label = _("Take over %(count)d rows of %(file)s, all or none") % {"count": staged.new + staged.changed, "file": staged.file_name}
        return working.ask(APPLY, [staged.pk], label=label, by=by, back=back)
    apply(staged, by=by)
    return None


@working.work(APPLY)
def apply_one(job: Job, pk: int) -> None:
    apply(Import.objects.get(pk=pk), by=job.by)


def refuse_unready(staged: Import) -> None:
    if staged.applied_at:
        raise Refused(_("This table was taken over already."), thing=staged)
    if not staged.looked_at:
        raise Refused(_("This table has not been compared with the register yet."), thing=staged)
    if staged.wrong:
        raise Refused(_("Rows are refused: mend them in the file and send it again. Nothing is taken over by halves."), thing=staged)


@transaction.atomic
def apply(staged: Import, *, by: Actor) -> Import:
    """The whole table, or nothing of it: the register is compared again, and what is written is what was shown."""
    locks.hold(f"import {staged.what}")
    staged = Import.objects.select_for_update().get(pk=staged.pk)
    refuse_unready(staged)
    lines = list(staged.lines.values_list("row", "typed", "outcome", "said", named=True))
    resource = REGISTERS[staged.what](by=by, is_locked=True)
    try:
        found = compared(resource, lines, dry_run=False)
    except IntegrityError as clash:
        raise Refused(
            _("A row clashes with what was entered meanwhile: nothing was taken over. Please send the file again."), thing=staged
        ) from clash
    if any((found[line.row].outcome, found[line.row].said) != (line.outcome, line.said) for line in lines):
        raise Refused(_("The register has changed since the comparison: nothing was taken over. Please send the file again."), thing=staged)
    staged.applied_at = clock.now()
    staged.save(update_fields=["applied_at"])
    staged.lines.all().delete()
    record(staged, "import", by=by, inputs={"new": staged.new, "changed": staged.changed, "unchanged": staged.same})
    return staged
