"""The term (届): the span for which a council is elected."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.numbering.numerals import numeral
from members.querysets import TermQuerySet


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
