"""Making a paper: its number, its words and its bytes, in one transaction, and never changed again."""

from __future__ import annotations

import re
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alliance.documents import word
from alliance.documents.kinds import PDF, ZIP, Kind, kinds_of
from alliance.documents.models import DELIVERED, Paper, template_of
from alliance.documents.typesetting import typeset
from alliance.documents.words import day, office
from alliance.facts.models import facts
from alliance.history.models import kind_of
from alliance.history.record import Code, record
from alliance.workflow import NotAllowed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model

CHINESE = "zh-hans"  # the language of papers, whoever makes them
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what some file system refuses in a name
LONGEST_NAME = 60
ENDINGS = {word.MEDIA_TYPE: "docx", PDF: "pdf", ZIP: "zip"}


def open_kinds(thing: Model, by: Model) -> list[Kind]:
    """The papers that `by` may make about `thing` as it stands, by a button."""
    return [kind for kind in kinds_of(thing) if not kind.page and kind.open_to(by, thing)]


@transaction.atomic
def make(kind: Kind, thing: Model, *, by: Model) -> Paper:
    """The paper about `thing` as it stands, with its number; made anew for the same occasion it keeps the number it has."""
    locked = type(thing).objects.select_for_update().get(pk=thing.pk)
    if not kind.open_to(by, locked):
        raise NotAllowed(_("This paper cannot be made now, or not by you."), thing=locked)
    return keep(kind, locked, by=by, draw=partial(drawn_of, kind, locked))


def drawn_of(kind: Kind, thing: Model, number: str, issue: int) -> tuple[str, bytes, int]:
    """Whose the paper is, its bytes, and the version of its template."""
    moment = kind.moment(thing)
    with translation.override(CHINESE):
        words = kind.words(thing) | headed(number, moment, issue)
        return words["subject"], *drawn(kind, words, moment)


def headed(number: str, moment: datetime, issue: int) -> dict[str, Any]:
    """What stands at the head and the foot of every paper."""
    return {"number": number, "date": day(moment), "issued_by": facts().name_hans, "office": office(moment), "issue": issue}


def keep(kind: Kind, locked: Model, *, by: Model, draw: Callable[[str, int], tuple[str, bytes, int]], occasion: str = "") -> Paper:
    """Number a paper about a thing that is locked, have it drawn with that number, and keep it.

    Lock order: the thing, then the counter, then the event.
    """
    occasion, moment = occasion or kind.occasion(locked), kind.moment(locked)
    earlier = Paper.objects.of_occasion(kind.name, locked, occasion).first()
    number, issue = (earlier.number, earlier.issue + 1) if earlier else (kind.numbered(locked, moment), 1)
    subject, content, version = draw(number, issue)
    paper = Paper.objects.create(
        kind=kind.name,
        kind_of_thing=kind_of(locked),
        thing_id=locked.pk,
        occasion=occasion,
        number=number,
        issue=issue,
        title=kind.title,
        file_name=file_name(kind, subject),
        media_type=kind.media_type,
        content=content,
        sha256=sha256(content).hexdigest(),
        template_version=version,
        made_by=by,
    )
    record(locked, "make_paper", by=by, inputs={"kind": Code(kind.name), "paper": paper.pk})
    return paper


def drawn(kind: Kind, words: dict[str, Any], moment: datetime) -> tuple[bytes, int]:
    """The bytes, and the version of the template they were made with."""
    if not kind.is_word:
        return typeset(kind.name, words, moment=moment), DELIVERED
    template, version = template_of(kind.name)
    try:
        return word.fill(template, words, title=kind.title, moment=moment), version
    except word.BROKEN as error:
        raise Refused(
            _(
                "The paper was not made: version %(version)d of its template is broken (%(error)s). Please put an earlier version in force or upload a corrected one, under Templates. Nothing was lost."
            )
            % {"version": version, "error": error}
        ) from error


def file_name(kind: Kind, subject: str) -> str:
    """补正通知书_深圳某某公司.docx: what it is and whose, fit for every file system."""
    ending = ENDINGS[kind.media_type]
    return f"{kind.title}_{UNFIT.sub('', subject)[:LONGEST_NAME]}.{ending}"
