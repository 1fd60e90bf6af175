"""The rules of a term: how many votes suffice for what, and the limits that custom sets a council."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.history.fields import kept_history
from members.choices import LimitKind, Matter
from members.models.meeting import Passing
from members.models.term import Term


class Rule(Passing):
    """How many votes suffice in a matter, in one term. Where a term has none of its own, `Term.rule` answers with the custom."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="rules", verbose_name=_("term"))
    matter = models.CharField(_("matter"), max_length=12, choices=Matter)
    source = models.CharField(_("source"), max_length=120, help_text=_("The charter's article, the resolution or the custom it rests on."))
    history = kept_history()

    class Meta:
        verbose_name, verbose_name_plural = _("rule of a term"), _("rules of a term")
        ordering = ["term", "id"]
        constraints = [
            *Passing.Meta.constraints,
            models.UniqueConstraint(
                fields=["term", "matter"],
                name="a_term_has_one_rule_a_matter",
                violation_error_message=_("This term has a rule for this matter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} · {self.get_matter_display()}"


class Limit(models.Model):
    """The most (for a period of notice, the least) that custom or the charter allows, in one term; overstepping it is a warning."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="limits", verbose_name=_("term"))
    kind = models.CharField(_("limit"), max_length=24, choices=LimitKind)
    numerator = models.PositiveSmallIntegerField(_("numerator"))
    denominator = models.PositiveSmallIntegerField(_("denominator"), default=1, help_text=_("1 for a whole number."))
    source = models.CharField(_("source"), max_length=120, help_text=_("The charter's article, the resolution or the custom it rests on."))
    history = kept_history()

    class Meta:
        verbose_name, verbose_name_plural = _("limit of a term"), _("limits of a term")
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "kind"],
                name="a_term_has_one_limit_a_kind",
                violation_error_message=_("This term has a limit of this kind."),
            ),
            models.CheckConstraint(
                condition=Q(denominator__gt=0), name="a_limit_is_a_number", violation_error_message=_("The denominator is at least 1.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} · {self.get_kind_display()}"

    @property
    def value(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)
