"""Certificates that were sealed elsewhere and come back as PDF, many at once."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.models import StoredFile
from members.choices import SealedOutcome
from members.models.certificate import Certificate
from members.querysets import SealedItemQuerySet, SealedLotQuerySet


class SealedLot(models.Model):
    """PDFs that were sent together: looked at first, then kept beside their certificates."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    at = models.DateTimeField(_("sent at"), default=clock.now)
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)

    objects = SealedLotQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sealed certificates, sent together"), _("sealed certificates, sent together")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("admin:members_sealedlot_change", args=[self.pk])


class SealedItem(models.Model):
    """One PDF of a lot: which certificate it belongs to, or why to none."""

    lot = models.ForeignKey(SealedLot, models.CASCADE, related_name="items", verbose_name=_("sent together with"))
    file_name = models.CharField(_("file name"), max_length=200)
    place = models.CharField(max_length=40, blank=True, editable=False)  # where its bytes wait to be looked at
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file"))
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="sealed_items", verbose_name=_("certificate")
    )
    outcome = models.CharField(_("what would happen"), max_length=10, choices=SealedOutcome, default=SealedOutcome.WAITING)
    why = models.CharField(_("why not"), max_length=300, blank=True)

    objects = SealedItemQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sealed certificate"), _("sealed certificates")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file_name
