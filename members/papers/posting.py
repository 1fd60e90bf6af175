"""What goes on plaques and on parcels: the plaque's words, labels, and whom a parcel is for."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.redhead import HEI, SONG, set_font
from alliance.documents.typesetting import typeset
from alliance.documents.word import describe, settled
from alliance.facts.models import facts
from members.models import Certificate, Colleague, Dispatch, Representative
from members.papers.certificates import MEMBER, PROSPECTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_order(keys: Sequence[int]) -> list[Certificate]:
    """These certificates in this order, with whoever a parcel may be for."""
    persons = Prefetch("unit__representatives", Representative.objects.filter(until=None).select_related("user"), to_attr="now")
    colleagues = Prefetch(
        "unit__organisation__colleagues", Colleague.objects.filter(until=None).select_related("user").order_by("id"), to_attr="now"
    )
    sent = Prefetch("dispatches", Dispatch.objects.order_by("id"), to_attr="sent")
    rows = Certificate.objects.with_unit().select_related("unit__organisation__contact")
    found = rows.prefetch_related(persons, colleagues, sent).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def plaque(certificate: Certificate, post: str) -> list[str]:
    """A plaque has the name, the post and the term, and nothing else."""
    return [certificate.name, post, str(certificate.term)]


def post() -> str:
    return (PROSPECTIVE if facts().is_founding else MEMBER)[0]


def plaques(keys: Sequence[int]) -> list[list[str]]:
    """One plaque a line."""
    with override(CHINESE):
        return [plaque(each, post()) for each in in_order(keys)]


def plaques_in_word(keys: Sequence[int]) -> bytes:
    """One plaque a page of A4 across, to send to the workshop."""
    paper, now = Document(), clock.now()
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    alliance = facts().name_hans
    for n, (name, post_, term) in enumerate(plaques(keys)):
        lines = ((alliance, SONG, 22), (post_, HEI, 40), (name, SONG, 22), (term, SONG, 16))
        for m, (words, face, size) in enumerate(lines):
            line = paper.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.space_before = Pt(60 if m == 0 else 24)
            line.paragraph_format.page_break_before = m == 0 and n > 0
            run = line.add_run(words)
            run.font.size = Pt(size)
            set_font(run._r, face)  # noqa: SLF001 — python-docx gives Word's own elements under a leading underscore
    describe(paper.core_properties, "牌匾文字", now)
    written = BytesIO()
    paper.save(written)
    return settled(written.getvalue(), now)


def addressee(certificate: Certificate) -> dict[str, Any]:
    """Where a parcel goes and who takes it: the representative, or whom a list names; by the telephone of whoever has given one."""
    organisation = certificate.unit.organisation
    person = next(iter(certificate.unit.now), None)
    accounts = [person.user] if person and person.user else []
    accounts += [colleague.user for colleague in organisation.now]
    contact = getattr(organisation, "contact", None)
    return {
        "number": certificate.number,
        "unit": organisation.name,
        "postcode": organisation.postcode,
        "address": organisation.postal_address or organisation.registered_address,
        "person": person.name if person else getattr(contact, "liaison", ""),
        "post": person.post if person else "",
        "telephone": next((user.mobile for user in accounts if user.mobile), ""),
        "sent": certificate.sent[-1] if certificate.sent else None,
    }


def addressees(keys: Sequence[int]) -> list[dict[str, Any]]:
    return [addressee(each) for each in in_order(keys)]


def labels(keys: Sequence[int]) -> bytes:
    """A PDF of labels on the office's grid."""
    known, lines = facts(), addressees(keys)
    grid = {"columns": known.label_columns, "rows": known.label_rows, "top": float(known.label_top), "side": float(known.label_side)}
    said = [{name: value for name, value in line.items() if name != "sent"} for line in lines]
    return typeset("labels", grid | {"issued_by": known.name_hans, "labels": said}, moment=clock.now())
