"""The term (届): the span for which a council is elected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.fields import kept_history
from alliance.numbering.numerals import numeral
from members.choices import LimitKind, Matter
from members.querysets import TermQuerySet
from members.thresholds import LIMITS, RULES

if TYPE_CHECKING:
    from members.models.rule import Limit, Rule


class Term(models.Model):
    """A term of office, numbered from 1. It is planned until it begins: the founding meeting, or a change of term."""

    number = models.PositiveSmallIntegerField(_("term"), unique=True)
    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    hosts_vote_too = models.BooleanField(
        _("a host and the alliances it hosts each vote"),
        default=True,
        help_text=_("Otherwise a legal person votes once: by its own membership, or else by the first alliance that it hosts."),
    )
    history = kept_history()

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("term"), _("terms")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None, ends_on=None) | Q(begins_on__isnull=False, ends_on__gt=F("begins_on")),
                name="a_term_begins_before_it_ends",
                violation_error_message=_("A term has a first day and a later last day, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return _("Term %(number)s") % {"number": numeral(self.number)}

    @property
    def has_begun(self) -> bool:
        return self.begins_on is not None and self.begins_on <= clock.today()

    def rule(self, matter: str) -> Rule:
        """How many votes suffice in `matter` (a Matter): the rule of this term, or else the custom, unsaved."""
        if own := self.rules.filter(matter=matter).first():
            return own
        custom = RULES[Matter(matter)]
        return self.rules.model(
            term=self,
            matter=matter,
            rule_numerator=custom.threshold.fraction.numerator,
            rule_denominator=custom.threshold.fraction.denominator,
            rule_inclusive=custom.threshold.inclusive,
            rule_base=custom.base,
            source=custom.source,
        )

    def limit(self, kind: str) -> Limit:
        """What this term allows at most (notice: at least), or else the custom, unsaved; `.value` is a Fraction."""
        if own := self.limits.filter(kind=kind).first():
            return own
        custom = LIMITS[LimitKind(kind)]
        return self.limits.model(
            term=self, kind=kind, numerator=custom.value.numerator, denominator=custom.value.denominator, source=custom.source
        )
