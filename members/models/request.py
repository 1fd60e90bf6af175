"""Change requests: what a unit asks to have changed in the register, field by field, and what the office answers to each."""

from __future__ import annotations

import uuid
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from members.choices import Answer, RequestState
from members.models.demand import LABELS, REPRESENTATIVE
from members.models.organisation import Organisation
from members.models.profile import must
from members.models.unit import MemberUnit
from members.querysets import ChangeRequestQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping


class ChangeRequest(models.Model):
    """What a unit asks for at once: one that is open at a time, decided as a whole and field by field."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="change_requests", verbose_name=_("member unit"))
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    words = models.TextField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    made_at = models.DateTimeField(pgettext_lazy("of a change request", "asked at"), default=clock.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    settled_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("change request"), _("change requests")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(state=RequestState.OPEN), name="a_unit_has_one_open_change_request"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, settled_at=None, settled_by=None)
                | (~Q(state=RequestState.OPEN) & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="who_settles_a_change_request_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.made_at.astimezone(clock.SHANGHAI):%Y-%m-%d}"


class RequestedChange(models.Model):
    """One field: what stood there when it was asked, what should, and the office's answer with its words."""

    request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="changes", verbose_name=_("change request"))
    field = models.CharField(pgettext_lazy("of a unit's data", "field"), max_length=24, choices=[*LABELS.items()])
    old = models.JSONField(_("stood there"))
    new = models.JSONField(_("asked for"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    words = models.CharField(_("words to the unit"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("requested change"), _("requested changes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["request", "field"], name="a_request_asks_for_a_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return capfirst(str(LABELS[self.field]))

    @property
    def before(self) -> str:
        """What stood there, in words."""
        return in_words(self.field, self.old)

    @property
    def after(self) -> str:
        return in_words(self.field, self.new)

    @property
    def present(self) -> Any:
        """What stands in the register now, as it would be kept here."""
        return value_in(self.request.unit, self.field)

    @property
    def now(self) -> str:
        return in_words(self.field, self.present)

    @property
    def is_stale(self) -> bool:
        """Whether something else stands there meanwhile."""
        return self.present != self.old


def value_in(unit: MemberUnit, name: str) -> Any:
    """What the register says of a unit, as JSON: texts, numbers as they are written, lists; of its representative, name and post."""
    if name == REPRESENTATIVE:
        now = unit.representative
        return {"name": now.name, "post": now.post} if now else {}
    return as_json(name, getattr(unit.organisation, name))


def as_json(name: str, value: Any) -> Any:
    """A value of a field as JSON keeps it; empty ones alike."""
    if name in Organisation.several:
        return sorted(value or ())  # ticked together: none comes first
    return "" if value in (None, "") else Organisation._meta.get_field(name).value_to_string(SimpleNamespace(**{name: value}))


def from_json(name: str, value: Any) -> Any:
    """The same back, as the register keeps it."""
    if name in Organisation.several:
        return value
    field = Organisation._meta.get_field(name)
    return None if value == "" and field.null else field.to_python(value)


def emptied(organisation: Organisation, new: Mapping[str, Any]) -> list[str]:
    """Of what would be taken over together, the fields that would then be empty though such a unit has to answer them."""
    then = copy(organisation)
    for name, value in new.items():
        if name != REPRESENTATIVE:
            setattr(then, name, from_json(name, value))
    return [name for name, value in new.items() if value in ("", []) and must(name, then)]


def in_words(name: str, value: Any) -> str:
    """A kept value as a reader reads it."""
    if name == REPRESENTATIVE:
        return " · ".join(filter(None, [value.get("name"), value.get("post"), value.get("email")]))
    return Organisation(**{name: from_json(name, value)}).in_words(name)
