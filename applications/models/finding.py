"""Findings: what the formal check said, in its own words, and on which version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Ground
from applications.models.application import Application
from applications.models.version import Version


class Finding(models.Model):
    """One result of the formal check that asks for something: what to put right and until when, or why it is not accepted; written once."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="findings", verbose_name=_("application"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="findings", verbose_name=_("version"))
    defects = models.JSONField(_("defects"), default=list)
    places = models.JSONField(
        _("what is to be put right, and where"), default=list
    )  # [{"code", "field", "words"}]; a field or a kind of paper
    ground = models.CharField(_("ground"), max_length=3, choices=Ground, blank=True)
    words = models.TextField(_("in own words"))
    due_at = models.DateTimeField(_("due"), null=True)
    found_at = models.DateTimeField(_("found at"), default=clock.now)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("found by"))

    class Meta:
        verbose_name, verbose_name_plural = _("finding"), _("findings")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground="", due_at__isnull=False) | (~Q(ground="") & Q(due_at=None)),
                name="a_finding_asks_for_a_correction_or_refuses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.pk}"
