"""Extensions: a later deadline for one applicant, with its reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.models.application import Application
from applications.models.batch import Batch


class Extension(models.Model):
    """One applicant may still submit for a batch until `until`, whatever its deadline; the last one granted holds."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="extensions", verbose_name=_("application"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="extensions", verbose_name=_("batch"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("granted by"))
    granted_at = models.DateTimeField(_("granted at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("extension"), _("extensions")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application} · {self.batch}"
