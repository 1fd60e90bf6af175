"""Which kinds of letters there are, and which variables their texts may name. Each app declares its own in `notices.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its name, what the office calls it, and each variable with what it stands for."""

    name: str
    label: str | Promise
    variables: Mapping[str, str | Promise]


KINDS: dict[str, Kind] = {}


EVERY = {
    "alliance": _("the alliance's name"),
    "office": _("who conducts its business: the working group, after the founding the secretariat"),
}


def kind(name: str, label: str | Promise, /, **variables: str | Promise) -> Kind:
    """Declare a kind of letter. A link is a variable of every one, and so is who writes."""
    KINDS[name] = Kind(name, label, {**variables, "link": _("the page to go to"), **EVERY})
    return KINDS[name]


SIGNATURE = KINDS["signature"] = Kind("signature", _("What stands beneath every letter"), EVERY)


def label_of(name: str) -> str:
    """What the office calls a kind of letter."""
    return str(KINDS[name].label) if name in KINDS else name
