"""The yearly confirmation (年度信息确认): every unit says once a year that what the register holds of it is right."""

from __future__ import annotations

import uuid
from hashlib import sha256
from json import dumps

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.choices import CampaignState, ConfirmationState, Way
from members.models.demand import LABELS
from members.models.request import ChangeRequest, value_in
from members.models.unit import MemberUnit
from members.querysets import CampaignQuerySet, ConfirmationQuerySet

FIRST_YEAR, LAST_YEAR = 2020, 2100


class Campaign(models.Model):
    """One year's confirmation: it opens with a row for every unit that belongs then, and is due on a day."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    state = models.CharField(_("state"), max_length=10, choices=CampaignState, default=CampaignState.PLANNED)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("to be confirmed by"))
    is_yearly = models.BooleanField(
        _("again next year"), default=True, help_text=_("When it opens, the next one is planned for the same days a year later.")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(pgettext_lazy("campaign", "closed at"), null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("yearly confirmation"), _("yearly confirmations")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("opens_on")),
                name="a_campaign_is_due_after_it_opens",
                violation_error_message=_("It is due after it opens."),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=CampaignState.OPEN),
                name="one_campaign_runs_at_a_time",
                violation_error_message=_("Another yearly confirmation is running: close it first."),
            ),
        ]

    def __str__(self) -> str:
        return _("Confirmation of the year %(year)d") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("admin:members_campaign_change", args=[self.pk])


class Confirmation(models.Model):
    """One unit's word in one year. `digest` covers what the register held when the unit said that it is right."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="confirmations", verbose_name=_("yearly confirmation"))
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="confirmations", verbose_name=_("member unit"))
    state = models.CharField(_("state"), max_length=10, choices=ConfirmationState, default=ConfirmationState.AWAITED)
    way = models.CharField(_("way"), max_length=8, choices=Way, blank=True)
    request = models.ForeignKey(
        ChangeRequest, models.PROTECT, null=True, blank=True, related_name="confirmations", verbose_name=_("change request")
    )
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed or entered by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("confirmation of a unit"), _("confirmations of units")
        ordering = ["campaign", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="a_unit_confirms_once_a_year"),
            models.CheckConstraint(
                condition=Q(state=ConfirmationState.AWAITED, confirmed_at=None, way="")
                | (~Q(state=ConfirmationState.AWAITED) & Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(way="")),
                name="who_confirms_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConfirmationState.CHANGED) | Q(request__isnull=False), name="changes_are_asked_for_by_a_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.campaign.year}"


def digest_of(unit: MemberUnit) -> str:
    """64 hexadecimal digits over all that the register holds of a unit and may be changed on request."""
    held = {name: value_in(unit, name) for name in LABELS}
    return sha256(dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
