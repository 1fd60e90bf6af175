"""The application form to fill in by hand: the whole of it, with empty cells, boxes to tick and room for the seal; in Chinese."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import translation

from alliance import clock
from alliance.documents.making import CHINESE
from alliance.documents.typesetting import typeset
from alliance.facts.models import facts
from applications.blank.word import written
from applications.choices import Section
from applications.models import Application, ConsentText
from applications.models.answers import FIELDS, MANY
from applications.papers import MERGED, PRINTED, TALL, UNITS, WIDE, screened_by

if TYPE_CHECKING:
    from datetime import datetime

SEAL, SIGNER = "单位（盖章）；港澳台单位：签署及／或盖章", "法定代表人（签字）或获授权签署人（签署）"
AMOUNTS = {"registered_capital": "万元　币种：　　　", "revenue": "万元", "rd_spend": "万元", "patents": "项", "standards": "项"}
TICKED_ON_A_LINE = 2  # more options than that take the whole line
LONG = {"platforms", "recommender_opinion"}
MOST_OPTIONS = 20  # of a longer list, the answer is written


def pdf() -> bytes:
    """The form as the sealed one is set, marked 空白, without code and mark."""
    return set_in_type(*today())


def docx() -> bytes:
    """The same for Word."""
    words, moment = words_of(*today())
    return written(words, moment)


def today() -> tuple[str, str, datetime]:
    """What it depends on: the alliance's name, who decides, and the day."""
    stated = facts()
    deciding = "筹建工作组审议意见" if stated.is_founding else "理事会审议意见"
    return stated.name_hans, deciding, clock.midnight(clock.today())


@lru_cache(maxsize=2)
def set_in_type(issued_by: str, deciding: str, moment: datetime) -> bytes:
    """Once a day: anybody may ask for it as often as they like."""
    words, _moment = words_of(issued_by, deciding, moment)
    return typeset("form", words, moment=moment)


def words_of(issued_by: str, deciding: str, moment: datetime) -> tuple[dict[str, Any], datetime]:
    with translation.override(CHINESE):
        words = {
            "blank": True, "subject": "", "batch": "", "number": "", "version": 0, "settled": "", "code": "", "marks": [],
            "issued_by": issued_by,
            "sections": [{"title": str(section.label), "rows": [cell(name) for name in FIELDS[section] if name not in MERGED]} for section in PRINTED],
            "declarations": [{"words": text, "yes": False, "text": ""} for text in declarations()],
            "seal": SEAL, "signer": SIGNER,
            "opinions": ["推荐单位意见", screened_by(moment), deciding],
        }  # fmt: skip
    return words, moment


def cell(name: str) -> dict[str, Any]:
    """One empty cell: with boxes to tick where the answer is one of a few, with its unit where it is a number."""
    options = options_of(name)
    tall = name in TALL or name in LONG
    wide = tall or name in WIDE or len(options) > TICKED_ON_A_LINE
    unit = (UNITS | AMOUNTS).get(name, "")
    return {"label": Application.label(name), "value": "", "wide": wide, "tall": tall, "options": options, "unit": unit}


def options_of(name: str) -> list[str]:
    """The words to choose from; none where the list is long."""
    choices = MANY[name].choices if name in MANY else Application._meta.get_field(name).flatchoices
    words = [str(word) for value, word in choices if value]
    return words if len(words) <= MOST_OPTIONS else []


def declarations() -> list[str]:
    """The texts in force, which ticking agrees to."""
    texts = {text.declaration: text.text for text in ConsentText.objects.in_force(CHINESE)}
    return [texts.get(name, Application.label(name)) for name in FIELDS[Section.DECLARATIONS]]
