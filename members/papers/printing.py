"""Many certificates at once, as long work: each paper made and kept, and all of them in one ZIP or one PDF; or on stock, with the office's offsets.

What comes out waits where exports wait, for a day, for whoever asked for it. A worker may die at any certificate: what is made stays made.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance import clock
from alliance.documents.typesetting import MissingGlyphs, typeset
from alliance.exchange.binding import BIND, bound, last_papers, left
from alliance.exchange.models import Export
from alliance.facts.models import facts
from alliance.history.record import Code, record
from alliance.jobs import working
from alliance.workflow import Refused
from members.models import Certificate
from members.papers import certificates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance.accounts.models import User
    from alliance.documents.models import Paper
    from alliance.jobs.models import Job

PRINT = "print certificates"
ZIP, MERGED, OVERLAY = "zip", "merged", "overlay"
NAMES = {ZIP: ("会员证书", "zip"), MERGED: ("会员证书", "pdf"), OVERLAY: ("会员证书套打", "pdf")}


@transaction.atomic
def ask(keys: Sequence[int], how: str, *, by: User) -> Job:
    """Make the papers of these certificates, in this order; how they are bound: `zip`, `merged`, or `overlay` on stock."""
    name, form = NAMES[how]
    note = Export.objects.create(
        what="members.certificate", sheet=how, file_name=f"{name}_{clock.now().astimezone(clock.SHANGHAI):%Y%m%d_%H%M}.{form}",
        by=by, count=len(keys), form=form, heads=[], things=list(keys),
    )  # fmt: skip
    record(note, "export", by=by, inputs={"sheet": Code(how), "rows": len(keys), "form": Code(form)})
    back = reverse("admin:exchange_export_change", args=[note.pk])
    return working.ask(
        PRINT, [*keys, BIND], label=_("Printing %(file)s") % {"file": note.file_name}, by=by, back=back, besides=1, of=note.pk, how=how
    )


@working.work(PRINT)
def print_one(job: Job, pk: int) -> None:
    """The next certificate's paper, unless it is there already; with the last, all that was made is bound."""
    if pk == BIND:
        bind(job)
        return
    certificate = Certificate.objects.with_unit().get(pk=pk)
    if not certificates.may_make(job.by, certificate):
        raise Refused(_("It counts no more, or its unit does not have its rights: no paper is made of it."), thing=certificate)
    if job.inputs["how"] == OVERLAY:
        typeset(
            "overlay", sheets([certificate]), moment=clock.midnight(certificate.issued_on)
        )  # a character without a glyph is told at its unit
    else:
        certificates.made(certificate, by=job.by)


def bind(job: Job) -> None:
    note = Export.objects.select_for_update(of=("self",)).get(pk=job.inputs["of"])
    note.content = BOUND[job.inputs["how"]](job, note.things)
    note.count, note.things = len(left(job, note.things)), []
    note.save(update_fields=["content", "count", "things"])
    working.made(job, reverse("admin:exchange_export_file", args=[note.pk]))


def papers(keys: Sequence[int]) -> list[Paper]:
    """The last paper of each certificate, in this order."""
    return last_papers(certificates.KIND.name, Certificate, keys)


def zipped(job: Job, keys: Sequence[int]) -> bytes:
    return bound(papers(left(job, keys)))


def merged(job: Job, keys: Sequence[int]) -> bytes:
    """One PDF of all of them, a page each, to print."""
    whole = pypdfium2.PdfDocument.new()
    for paper in papers(left(job, keys)):
        one = pypdfium2.PdfDocument(bytes(paper.content))
        whole.import_pages(one)
        one.close()
    written = BytesIO()
    whole.save(written)
    whole.close()
    return written.getvalue()


def overlaid(job: Job, keys: Sequence[int]) -> bytes:
    """One PDF for stock that is printed and sealed beforehand; whose name has a character without a glyph is passed over, and said."""
    found = Certificate.objects.with_unit().in_bulk(left(job, keys))
    while True:
        here = [found[key] for key in left(job, keys)]
        try:
            return typeset("overlay", sheets(here), moment=clock.now())
        except MissingGlyphs as lacking:
            theirs = [each for each in here if set(lacking.characters) & set(each.name + each.unit.organisation.name_en)]
            if not theirs:
                raise
            for each in theirs:
                working.skip(job, each.pk, str(each), str(lacking.why))


def sheets(found: Sequence[Certificate]) -> dict[str, object]:
    known = facts()
    return {**on_stock(), "sheets": [certificates.face(each, known) for each in found]}


def on_stock() -> dict[str, object]:
    """Who issues, and by how many millimetres what is printed is moved."""
    known = facts()
    return {"issued_by": known.name_hans, "x": float(known.overlay_x), "y": float(known.overlay_y)}


BOUND = {ZIP: zipped, MERGED: merged, OVERLAY: overlaid}
