"""What whoever objected in a public notice period is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.letters.kinds import kind
from alliance.letters.words import day
from alliance.letters.write import write

if TYPE_CHECKING:
    from alliance.letters.kinds import Kind
    from applications.models import Objection

ABOUT = {"unit": _("the unit that is objected to"), "name": _("who objects")}
OBJECTION_RECEIVED = kind("objection_received", _("Objection received"), **ABOUT, day=_("the day it came in"))
OBJECTION_EXAMINED = kind(
    "objection_examined", _("Objection examined"), **ABOUT, result=_("the result"), finding=_("what the examination found")
)


def objection_received(objection: Objection) -> None:
    answered(OBJECTION_RECEIVED, objection, day=day(objection.received_on))


def objection_examined(objection: Objection) -> None:
    answered(OBJECTION_EXAMINED, objection, result=objection.get_examined_display(), finding=objection.finding)


def answered(letter: Kind, objection: Objection, **values: Any) -> None:
    """Only where the objector left an address; the office tells others by telephone."""
    if objection.email:
        write(
            letter, about=objection, to=objection.email, key=f"{letter.name}:{objection.pk}", language=settings.LANGUAGE_CODE,
            link=reverse("batches"), unit=objection.application, name=objection.name, **values,
        )  # fmt: skip
