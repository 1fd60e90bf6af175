"""The application form, for the seal: the version last submitted, or the draft, marked as one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pypdfium2
from django.utils import translation

from alliance import clock
from alliance.documents import codes
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import day, was_founding
from alliance.facts.models import facts
from applications.choices import Body, Paper, SeatWanted, Section
from applications.models import Answers, Application, ConsentText
from applications.models.answers import CAPABILITIES, FIELDS, PERSONAL, called
from applications.models.mark import UNFROZEN, Mark, beginning
from applications.models.version import as_frozen, code_now
from members.amounts import AMOUNTS, unit_of
from members.choices import Jurisdiction

if TYPE_CHECKING:
    from datetime import datetime

    from applications.models import Version


GUESSES = (3, 4, 5)  # pages of nearly every form: it is then set only once
UNITS = {"registered_capital": "万元", "staff_total": "人", "staff_rd": "人"}
AMOUNTS_IN = dict.fromkeys(AMOUNTS, "万元")
WIDE = {
    "name", "name_en", "registered_address", "postal_address", "website", "main_business", "chain_position", "related_directions",
    *CAPABILITIES, "honours", "tasks", "planned_work",
}  # fmt: skip
TALL = {"main_business", *CAPABILITIES, "honours", "planned_work"}
HALF_LINE = 24  # letters of an address that fit beside another answer
MERGED = {"currency"}  # stands in another answer's cell
SEALED, SIGNED_OR_SEALED = "单位（盖章）", "单位签署及／或盖章（Signature and/or chop）"
SIGNER, SIGNER_ELSEWHERE = "法定代表人（签字）", "获授权签署人（签署）Authorised signatory"


def form(application: Application, version: Version | None = None) -> bytes:
    """The form as a PDF for the seal: this version, else the one last submitted, else the draft as it is, marked as one. Nothing is written."""
    version = version or application.version
    said = said_in(application, version)
    with translation.override(CHINESE):
        words = words_of_form(application, said, version) | {"issued_by": facts().name_hans}
        return set_whole(words, marks_of(application, version), moment=version.frozen_at if version else application.saved_at)


def set_whole(words: dict[str, Any], mark: Mark, *, moment: datetime) -> bytes:
    """Each page's mark says how many pages there are, which only the set form tells: it chooses among guesses, and is set again where none was right."""
    made = typeset("form", words | {"marks": {str(pages): pictures(mark, pages) for pages in GUESSES}}, moment=moment)
    pages = count(made)
    return made if pages in GUESSES else typeset("form", words | {"marks": {str(pages): pictures(mark, pages)}}, moment=moment)


def count(made: bytes) -> int:
    with pypdfium2.PdfDocument(made) as document:
        return len(document)


def marks_of(application: Application, version: Version | None) -> Mark:
    """What the marks on all its pages have in common."""
    number, code = (version.number, version.code) if version else (UNFROZEN, code_now(application))
    return Mark(beginning(application), number, code, 1, 1)


def answers_of(application: Application) -> Application:
    """What was last submitted, or the draft."""
    return said_in(application, application.version)


def said_in(application: Application, version: Version | None) -> Application:
    """What a version says, or the draft; persons that were blanked stay blank."""
    if version is None:
        return application
    persons = version.persons.answers or dict.fromkeys(PERSONAL, "")
    said = version.answers | persons
    return Application(**{field.name: field.to_python(said[field.name]) for field in Answers._meta.get_fields() if field.name in said})


def words_of_form(application: Application, said: Application, version: Version | None) -> dict[str, Any]:
    code = version.code if version else code_now(application)
    elsewhere = said.jurisdiction != Jurisdiction.MAINLAND
    return {
        "subject": said.name,
        "batch": str(application.batch),
        "number": application.number or "",
        "version": version.number if version else UNFROZEN,
        "settled": day(version.frozen_at) if version else "",
        "code": spaced(code),
        "sections": [*({"title": str(section.label), "rows": rows(said, section)} for section in PRINTED), *enclosed(application, version)],
        "declarations": promised(application, said),
        "seal": SIGNED_OR_SEALED if elsewhere else SEALED,
        "signer": SIGNER_ELSEWHERE if elsewhere else SIGNER,
        "opinions": opinions(application, said, version),
    }


def promised(application: Application, said: Application) -> list[dict[str, Any]]:
    """Each declaration with its words, which the seal stands under: in the version that was agreed to, else the one in force."""
    agreed = {each.text.declaration: each.text.version for each in application.consents.select_related("text").order_by("id")}
    chinese = list(ConsentText.objects.filter(language=CHINESE).order_by("version"))
    texts = {text.declaration: text for text in chinese} | {
        text.declaration: text for text in chinese if agreed.get(text.declaration) == text.version
    }
    return [
        {"words": Application.label(name), "yes": getattr(said, name), "text": texts[name].text if name in texts else ""}
        for name in FIELDS[Section.DECLARATIONS]
    ]


def spaced(code: str) -> str:
    """The short code as people compare it: four by four."""
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


PRINTED = [section for section in Section if section not in (Section.ATTACHMENTS, Section.DECLARATIONS)]


def enclosed(application: Application, version: Version | None) -> list[dict[str, Any]]:
    """Which papers go with the form, by name alone: adding or changing one does not make a sealed form void."""
    found = version.answers.get("attachments", []) if version else as_frozen(application.papers_there)
    kinds = Counter(Paper(each["kind"]) for each in found)
    named = "、".join(f"{kind.label} {kinds[kind]} 份" for kind in Paper if kinds[kind])
    row = {"label": str(Section.ATTACHMENTS.label), "value": named, "wide": True, "tall": False}
    return [{"title": str(Section.ATTACHMENTS.label), "rows": [row]}] if named else []


def rows(said: Application, section: Section) -> list[dict[str, Any]]:
    """The cells of a section: what was asked, and what was answered or left blank; a long answer gets the whole line."""
    answered = [(name, cell(said, name)) for name in FIELDS[section] if name not in MERGED]
    return [
        {"label": called(name, said), "value": value, "wide": name in WIDE or len(value) > HALF_LINE, "tall": name in TALL}
        for name, value in answered
    ]


def cell(said: Application, name: str) -> str:
    """An answer as the form prints it: with its unit, and a day as papers write one."""
    value = getattr(said, name)
    if isinstance(value, date):
        return day(value)
    words = said.in_words(name)
    if isinstance(value, Decimal):
        return f"{words} {unit_of(name, AMOUNTS_IN, said.currency)}"
    return f"{words} {UNITS[name]}" if words and name in UNITS else words


def opinions(application: Application, said: Application, version: Version | None) -> list[str]:
    """Whose opinion the paper form has room for: a recommender's only where a seat is in mind."""
    screening = screened_by(version.frozen_at if version else clock.now())
    deciding = "筹建工作组审议意见" if application.batch.deciding_body == Body.PREPARATORY else "理事会审议意见"
    recommended = ["推荐单位意见"] if said.seat_wanted != SeatWanted.MEMBER else []
    return [*recommended, screening, deciding]


def screened_by(moment: datetime) -> str:
    """Who screens: the secretariat, and before the founding the working group."""
    return "筹建工作组审核意见" if was_founding(moment) else "秘书处审核意见"


def pictures(mark: Mark, pages: int) -> list[str]:
    """The mark of each page as a QR code, drawn as SVG; no address in it."""
    return [codes.on_paper(str(replace(mark, page=page, pages=pages))) for page in range(1, pages + 1)]
