"""Who has an application in hand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import State
from applications.models.application import Application
from applications.querysets import HandlingQuerySet


class Handling(models.Model):
    """Somebody of the office has taken an application up, so that nobody else opens the same file. It ends with the state it was taken up in."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="handlings", verbose_name=_("application"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handlings", verbose_name=_("in hand of"))
    state = models.CharField(_("taken up when it was"), max_length=16, choices=State)
    since = models.DateTimeField(_("since"), default=clock.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("application in hand"), _("applications in hand")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(until=None), name="an_application_is_in_one_hand"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="a_file_is_let_go_after_it_was_taken_up"),
        ]

    def __str__(self) -> str:
        return f"{self.by} · {self.application}"
