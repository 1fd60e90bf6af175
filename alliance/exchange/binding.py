"""Many papers of one kind at once, as long work: each made and kept like any other, and all of them bound in one ZIP.

What comes out waits where exports wait, for a day, for whoever asked for it. A worker may die at any paper: what is made stays
made, and a paper that is there already is taken as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.kinds import KINDS
from alliance.documents.making import make
from alliance.documents.models import Paper
from alliance.documents.zipping import zipped
from alliance.exchange.models import Export
from alliance.history.models import kind_of
from alliance.history.record import Code, record
from alliance.jobs import working
from alliance.workflow import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model, QuerySet

    from alliance.accounts.models import User
    from alliance.documents.kinds import Kind
    from alliance.jobs.models import Job

MAKE = "make papers"
BIND = 0  # the last of the things of a job is none: with it, what was made is bound


def without_paper(kind: Kind, rows: QuerySet) -> QuerySet:
    """Those of `rows` of which the paper is due and was never made."""
    made = Paper.objects.filter(kind=kind.name, kind_of_thing=kind_of(rows.model)).values("thing_id")
    return kind.due(rows).exclude(pk__in=made)


@transaction.atomic
def ask(kind: Kind, model: type[Model], keys: Sequence[int], *, subject: str, by: User) -> Job:
    """Make this paper of each of these things, in this order."""
    note = Export.objects.create(
        what=model._meta.label_lower, sheet=kind.name, by=by, count=len(keys), form="zip", heads=[], things=list(keys),
        file_name=f"{kind.title}_{subject}_{clock.now().astimezone(clock.SHANGHAI):%Y%m%d_%H%M}.zip",
    )  # fmt: skip
    record(note, "export", by=by, inputs={"sheet": Code(kind.name), "rows": len(keys), "form": Code("zip")})
    back = reverse("admin:exchange_export_change", args=[note.pk])
    return working.ask(
        MAKE, [*keys, BIND], label=_("Make %(file)s") % {"file": note.file_name}, by=by, back=back, besides=1, of=note.pk, kind=kind.name
    )


@working.work(MAKE)
def make_one(job: Job, pk: int) -> None:
    """The next paper, unless it is there already; with the last, all that was made is bound."""
    note = Export.objects.select_for_update(of=("self",)).get(pk=job.inputs["of"])
    if pk == BIND:
        bind(job, note)
        return
    kind, thing = KINDS[job.inputs["kind"]], note.model.objects.get(pk=pk)
    if not Paper.objects.of_occasion(kind.name, thing, kind.occasion(thing)).exists():
        make(kind, thing, by=job.by)


def bind(job: Job, note: Export) -> None:
    keys = left(job, note.things)
    if not keys:
        raise Refused(_("None of the papers could be made."))
    note.content, note.count, note.things = bound(last_papers(job.inputs["kind"], note.model, keys)), len(keys), []
    note.save(update_fields=["content", "count", "things"])
    working.made(job, reverse("admin:exchange_export_file", args=[note.pk]))


def left(job: Job, keys: Sequence[int]) -> list[int]:
    """Those that were not passed over."""
    passed_over = set(job.skipped.values_list("thing_id", flat=True))
    return [key for key in keys if key not in passed_over]


def last_papers(kind: str, model: type[Model], keys: Sequence[int]) -> list[Paper]:
    """The last issue of the paper of each of these things, in this order."""
    found = Paper.objects.filter(kind=kind, kind_of_thing=model._meta.label_lower, thing_id__in=keys).order_by("id")
    last = {paper.thing_id: paper for paper in found}
    return [last[key] for key in keys if key in last]


def bound(papers: Iterable[Paper]) -> bytes:
    """Each under its number and name."""
    return zipped((f"{paper.number}_{paper.file_name}", bytes(paper.content), paper.made_at) for paper in papers)
