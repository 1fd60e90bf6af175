"""Writing a letter down, in the language of whoever reads it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation

from alliance.channels.ways import Way, way_to
from alliance.facts.models import facts
from alliance.history.models import kind_of
from alliance.letters import texts
from alliance.letters.kinds import EVERY, SIGNATURE
from alliance.letters.models import Hold, Letter, State
from alliance.letters.nudge import nudge_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from alliance.accounts.models import User
    from alliance.facts.models import Facts
    from alliance.letters.kinds import Kind

AT_ONCE = 1000
LONGEST_SUBJECT = 200


class Bag:
    """Many letters written together: their words are looked up once, and they are posted by the thousand."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.words: dict[tuple[str, str], texts.Text] = {}
        self.held = set(Hold.objects.values_list("kind", flat=True))

    @cached_property
    def facts(self) -> Facts:
        return facts()

    def text(self, kind: str, language: str) -> texts.Text:
        if (kind, language) not in self.words:
            found = texts.all_running([kind, SIGNATURE.name], language)
            self.words |= {(each, language): text for each, text in found.items()}
        return self.words[kind, language]

    def prepare(self, language: str, *kinds: Kind) -> None:
        """Look the words of several kinds up at once."""
        found = texts.all_running([*(kind.name for kind in kinds), SIGNATURE.name], language)
        self.words |= {(kind, language): text for kind, text in found.items()}

    def renew(self) -> None:
        """Look the words and the facts up again: they may have changed since."""
        self.words.clear()
        self.__dict__.pop("facts", None)

    def take(self, letter: Letter) -> None:
        self.letters.append(letter)
        if len(self.letters) >= AT_ONCE:
            self.post()

    def post(self) -> None:
        """Put what is in the bag into the outbox; what was there already stays as it is."""
        letters, self.letters = self.letters, []
        if letters:
            with transaction.atomic():
                Letter.objects.bulk_create(letters, ignore_conflicts=True)
                nudge_once()


_open: ContextVar[Bag | None] = ContextVar("bag", default=None)


@contextmanager
def bag() -> Iterator[Bag]:
    """Inside, `write` collects instead of posting one by one; a bag within a bag is the same one."""
    if outer := _open.get():
        yield outer
        return
    opened = Bag()
    token = _open.set(opened)
    try:
        yield opened
        opened.post()
    finally:
        _open.reset(token)


def write(
    kind: Kind,
    *,
    about: Model,
    to: str,
    key: str,
    language: str,
    recipient: User | None = None,
    mobile: str = "",
    link: str = "/",
    **values: object,
) -> Letter:
    """Put a letter into the outbox, in the running transaction; the same `key` twice gives the letter that is there.

    `to` is an e-mail address, `mobile` a telephone number where there may be no mail; `link` a path of this site; `values` fill
    the variables that `kind` declares, lazily translated ones in `language`.
    """
    collecting = _open.get()
    letter = compose(collecting or Bag(), kind, way_to(to, mobile), language, {**values, "link": f"{settings.SITE_URL}{link}"})
    letter.key, letter.recipient, letter.kind_of_thing, letter.thing_id = key, recipient, kind_of(about), about.pk
    if collecting:
        collecting.take(letter)
        return letter
    fields = {field.attname: getattr(letter, field.attname) for field in Letter._meta.concrete_fields if field.name not in ("id", "key")}
    letter, _created = Letter.objects.get_or_create(key=key, defaults=fields)
    nudge_once()
    return letter


def compose(opened: Bag, kind: Kind, reached: tuple[str, str], language: str, values: dict[str, object]) -> Letter:
    """The letter's words and its way, before anybody has posted it."""
    way, address = reached
    if forgotten := kind.variables.keys() - values.keys() - EVERY.keys():
        raise KeyError(f"the letter {kind.name} is written without {sorted(forgotten)}")
    words = opened.text(kind.name, language)
    signed = opened.text(SIGNATURE.name, language)
    with translation.override(language):
        values = {"alliance": opened.facts.name, "office": opened.facts.office, **values}
        said = {name: str(values[name]) for name in texts.named(*words, *signed)}
    subject, body = (texts.fill(text, said) for text in words)
    signature = "\n".join(texts.fill(text, said) for text in signed).replace("\n\n", "\n")
    return Letter(
        template=kind.name,
        way=way,
        to=address,
        domain=address.rpartition("@")[2].lower() if way == Way.MAIL else "",
        language=language,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=f"{body}\n\n{signature}\n",
        state=State.DRAFT if kind.name in opened.held else State.TO_BE_TOLD if way == Way.HAND else State.QUEUED,
    )
