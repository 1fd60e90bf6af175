"""Experts: who advises the alliance and reviews applications."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.choices import Direction
from members.models.organisation import Organisation
from members.querysets import ExpertQuerySet


class Expert(models.Model):
    """A person of the think tank (专家智库). Sitting on the expert committee is a tenure; reviewing needs an account."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    affiliation = models.CharField(_("works at"), max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("organisation known here"),
        help_text=_("An expert never reviews the application of this organisation, nor of one that it hosts."),
    )
    post = models.CharField(_("post"), max_length=60, blank=True)
    title = models.CharField(_("professional title"), max_length=60, blank=True)
    directions = models.JSONField(_("directions"), default=list)
    expertise = models.CharField(_("fields of expertise"), max_length=200, blank=True)
    is_national = models.BooleanField(_("leading expert at national level"), default=False)
    email = models.EmailField(_("e-mail"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="expert", verbose_name=_("account")
    )
    consented_on = models.DateField(
        _("agreed on"), null=True, blank=True, help_text=_("The day the person agreed to be kept here (PIPL, article 13).")
    )
    listed_on = models.DateField(_("listed since"), default=clock.today)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = ExpertQuerySet.as_manager()
    several = {"directions": Direction}

    class Meta:
        verbose_name, verbose_name_plural = _("expert"), _("experts")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on=None) | Q(retired_on__gte=F("listed_on")),
                name="an_expert_retires_after_being_listed",
                violation_error_message=_("An expert retires on or after the day of being listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.affiliation}"
