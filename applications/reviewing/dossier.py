"""What an expert reads: the version under review, section by section, and its papers; and the sheet on paper, to be signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import translation

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.documents.words import day, last_day
from alliance.facts.models import facts
from alliance.templatetags import portal
from applications.choices import POINTS, Advice, Criterion, Section
from applications.models.answers import FIELDS, applies, called
from applications.papers import said_in

if TYPE_CHECKING:
    from applications.models import Application, Assignment, Review, Version

READ = (Section.UNIT, Section.CONTACTS, Section.CAPABILITY, Section.INTENT)
PERSONS = (
    "representative_name",
    "representative_post",
    "representative_title",
)  # enough to notice an interest; how to reach people is the office's
MERGED = ("currency",)  # stands in another answer


def sections(application: Application, version: Version) -> list[dict[str, Any]]:
    """The answers as they were submitted, without telephone numbers and addresses of persons."""
    said = said_in(application, version)
    return [
        {"section": section, "rows": [{"label": called(name, said), "value": answer(said, name)} for name in names(section, said)]}
        for section in READ
    ]


def answer(said: Application, name: str) -> str:
    """An answer as it is read on screen: in the reader's language, with what a figure is counted in."""
    value = getattr(said, name)
    return portal.day(value) if isinstance(value, date) else said.with_unit(name)


def names(section: Section, said: Application) -> list[str]:
    """Which answers of a section an expert reads: those that are asked of such a unit."""
    chosen = PERSONS if section == Section.CONTACTS else FIELDS[section]
    return [name for name in chosen if name not in MERGED and applies(name, said)]


def printed(assignment: Assignment, review: Review) -> bytes:
    """The score sheet as a PDF for the signature, as far as it is filled in; empty boxes for what is not."""
    application, now = assignment.application, clock.now()
    given = review.points
    with translation.override(CHINESE):
        words = {
            "issued_by": facts().name_hans,
            "subject": application.name,
            "number": application.number or "",
            "batch": str(assignment.batch),
            "expert": assignment.expert.name,
            "affiliation": assignment.expert.affiliation,
            "due": last_day(assignment.due_at) if assignment.due_at else "",
            "criteria": [{"label": str(criterion.label), "points": given.get(criterion, 0)} for criterion in Criterion],
            "scale": [{"points": points, "words": str(said)} for points, said in POINTS.items()],
            "advice": [{"label": str(advice.label), "yes": advice == review.advice} for advice in Advice],
            "opinion": review.opinion,
            "handed_in": day(review.handed_in_at) if review.handed_in_at else "",
            "printed": day(now),
        }
        return typeset("scoresheet", words, moment=review.handed_in_at or now)
