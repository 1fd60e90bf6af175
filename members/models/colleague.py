"""Colleagues: who acts for an organisation in the portal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.organisation import Organisation


class Role(models.TextChoices):
    """What a colleague may do: each role includes those before it."""

    FILLS_IN = "fills_in", _("Fills in")
    SUBMITS = "submits", _("Submits")
    OWNS = "owns", _("Owns")


class Colleague(models.Model):
    """A user who acts for an organisation, since when, until when."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="colleague_of", verbose_name=_("account"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="colleagues", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    department = models.CharField(_("participating department"), max_length=60, blank=True)
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("colleague"), _("colleagues")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], condition=Q(until=None), name="a_colleague_has_one_role_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="a_colleague_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
