"""The call for nominations: when units may be put forward, for a term or for its vacant seats, and the list that comes of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance import clock
from council.choices import RUNNING_CALLS, CallKind, CallState
from council.querysets import CallQuerySet
from members.models import Term


class Call(models.Model):
    """Nominations for the vacant seats of a term are taken from one day to another; then the list of candidates is drawn up and published."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="calls", verbose_name=_("term"))
    kind = models.CharField(_("kind"), max_length=10, choices=CallKind, default=CallKind.TERM)
    opens_on = models.DateField(_("nominations from"))
    closes_on = models.DateField(_("nominations until"), help_text=_("The last day, to its end."))
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.PLANNED)
    published_on = models.DateField(_("list published on"), null=True, blank=True, editable=False)
    published_until = models.DateField(_("list published until"), null=True, blank=True, editable=False)
    drawn_up_at = models.DateTimeField(_("list drawn up at"), null=True, blank=True, editable=False)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("call for nominations"), _("calls for nominations")
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(state__in=RUNNING_CALLS),
                name="one_running_call_a_term",
                violation_error_message=_("Another call for nominations runs in this term: bring it to its end first."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="a_call_opens_before_it_closes",
                violation_error_message=_("Nominations end on a later day than they begin, or on the same."),
            ),
            models.CheckConstraint(
                condition=Q(published_on=None, published_until=None) | Q(published_until__gte=F("published_on")),
                name="a_list_is_published_for_days",
            ),
        ]

    def __str__(self) -> str:
        return pgettext_lazy("call for nominations", "%(term)s: %(kind)s, from %(day)s") % {
            "term": self.term,
            "kind": self.get_kind_display(),
            "day": self.opens_on.isoformat(),
        }

    def get_absolute_url(self) -> str:
        return reverse("admin:council_call_change", args=[self.pk])

    @property
    def takes_nominations(self) -> bool:
        """Open, and today is one of its days."""
        return self.state == CallState.OPEN and self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        """Its last day for nominations has passed."""
        return clock.today() > self.closes_on
