"""Objections: who objects to a unit on the published list, by name and in writing, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Examined
from applications.models.application import Application
from applications.querysets import ObjectionQuerySet


class Objection(models.Model):
    """One objection within the public notice period. It stops the clock of its unit alone, until it is examined."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections", verbose_name=_("application"))
    name = models.CharField(_("objector, by real name"), max_length=60)
    affiliation = models.CharField(_("for which unit"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    words = models.TextField(_("objection"), max_length=4000)
    received_on = models.DateField(_("received on"), default=clock.today)
    noted_at = models.DateTimeField(_("noted at"), default=clock.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    examined = models.CharField(_("result"), max_length=10, choices=Examined, default=Examined.OPEN)
    finding = models.TextField(_("what the examination found"), max_length=1000, blank=True)
    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("objection"), _("objections")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(examined=Examined.OPEN, examined_at=None) | (~Q(examined=Examined.OPEN) & Q(examined_at__isnull=False)),
                name="an_objection_is_open_or_examined",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="an_objection_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.noted_at.astimezone(clock.SHANGHAI):%Y-%m-%d}"
