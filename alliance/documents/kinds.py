"""Which kinds of paper there are: each is declared by the app that owns what the paper is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alliance.documents import word

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model, QuerySet
    from django.utils.functional import Promise

PDF = "application/pdf"
ZIP = "application/zip"


def once(thing: Any) -> str:
    """The occasion of a paper that is made once about a thing."""
    return ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper: what stands in it, when it may be made, and how it is numbered.

    `words` takes the thing and gives what the template may name; `open_to` takes a person and the thing; `moment` is the
    decision's time, which dates the paper; `occasion` tells two papers of a kind about one thing apart (the second
    correction); `numbered` takes the thing and the moment and gives the next number, inside the running transaction.

    Of the papers page: `waits` says what has to happen before it is due; `due` takes things and gives those of which the paper
    is to be made, so that many are counted and made at once; `page` is where it is made, of a paper that is no button's work.
    """

    name: str
    label: str | Promise
    words: Callable[[Any], dict[str, Any]]
    open_to: Callable[[Any, Any], bool]
    moment: Callable[[Any], datetime]
    numbered: Callable[[Any, datetime], str]
    title: str
    sample: dict[str, Any]
    occasion: Callable[[Any], str] = once
    media_type: str = word.MEDIA_TYPE
    waits: str | Promise = ""
    due: Callable[[QuerySet], QuerySet] | None = None
    page: Callable[[Any], str] | None = None

    @property
    def is_word(self) -> bool:
        return self.media_type == word.MEDIA_TYPE

    @property
    def known(self) -> set[str]:
        """The names that a template of this kind may use."""
        return {*self.sample, "number", "date", "issued_by", "issue", "office"}


KINDS: dict[str, Kind] = {}
_OF: dict[str, list[Kind]] = {}
_BESIDE: dict[str, list[Callable[[Any], QuerySet]]] = {}


def declare(model: type[Model], *kinds: Kind) -> None:
    """These papers are made about things of `model`, in this order."""
    for kind in kinds:
        KINDS[kind.name] = kind
        _OF.setdefault(model._meta.label_lower, []).append(kind)


def kinds_of(thing: Model | type[Model]) -> list[Kind]:
    return _OF.get(thing._meta.label_lower, [])


def declare_beside(model: type[Model], *rows: Callable[[Any], QuerySet]) -> None:
    """The papers about these belong on the papers page of a thing of `model`: each takes the thing and gives things of one kind."""
    _BESIDE.setdefault(model._meta.label_lower, []).extend(rows)


def beside(thing: Model) -> list[QuerySet]:
    """What stands beside a thing, each kind by itself."""
    return [rows(thing) for rows in _BESIDE.get(thing._meta.label_lower, [])]


def label_of(name: str) -> str:
    """The words of a kind; its name, where nothing declares it any more."""
    return str(KINDS[name].label) if name in KINDS else name


def word_kinds() -> list[tuple[str, str]]:
    return [(kind.name, str(kind.label)) for kind in KINDS.values() if kind.is_word]
