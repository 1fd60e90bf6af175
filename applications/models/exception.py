"""Exceptions from the separation of duties, as the history has them."""

from django.utils.translation import gettext_lazy as _

from alliance.history.models import Event
from applications.querysets import DutyExceptionQuerySet


class DutyException(Event):
    """An event that says: this step was taken by somebody whose earlier step on the application would forbid it elsewhere."""

    objects = DutyExceptionQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("exception from the separation of duties"), _("exceptions from the separation of duties")
        ordering = ["-id"]
