"""A leaver's work, handed to a successor."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock


class Handover(models.Model):
    """Who handed over to whom, when, and what: by ids and counts, no text. Written once; what was handed over wrongly is handed over again."""

    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers", verbose_name=_("who hands over"))
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("successor"))
    closes_account = models.BooleanField(
        _("close the account"), default=True, help_text=_("The offices end, and nobody can log in with it any more. It is never deleted.")
    )
    items = models.JSONField(_("what is handed over"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("supervised by"))
    at = models.DateTimeField(_("handed over at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("handover"), _("handovers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(leaver=F("successor")), name="nobody_succeeds_themselves"),
            models.CheckConstraint(condition=~Q(leaver=F("by")), name="nobody_supervises_their_own_handover"),
        ]

    def __str__(self) -> str:
        return f"{self.leaver} → {self.successor}"
