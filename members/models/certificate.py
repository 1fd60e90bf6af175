"""The certificate of membership."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.choices import CertificateEnd, CertificateState
from members.models.term import Term
from members.models.unit import MemberUnit
from members.querysets import CertificateQuerySet

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # what cannot be taken for something else on paper
CODE_LENGTH = 10


def new_code() -> str:
    """What stands in the address that verifies a certificate: 10 characters of 31, about 50 bits."""
    return "".join(secrets.choice(READABLE) for _place in range(CODE_LENGTH))


class Certificate(models.Model):
    """One certificate of one member unit. Its number is given once; another copy keeps it, and a replacement has a number of its own.

    Whether it has expired is a question of the day, so it is no column.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="certificates", verbose_name=_("member unit"))
    number = models.CharField(_("certificate number"), max_length=40, unique=True)
    code = models.CharField(_("code to verify it with"), max_length=12, unique=True, default=new_code, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, related_name="certificates", verbose_name=_("term"))
    name = models.CharField(_("name on the certificate"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Empty: to the end of the term, whenever that will be.")
    )
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=CertificateEnd, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)
    successor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessor", verbose_name=_("replaced by")
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("certificate"), _("certificates")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_on=None), name="a_unit_has_one_running_certificate"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end="") | (Q(ended_on__isnull=False) & ~Q(end="")), name="a_certificate_says_how_it_ended"
            ),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("issued_on")), name="a_certificate_ends_after_its_issue"),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(end=CertificateEnd.REPLACED), name="only_a_replaced_certificate_has_a_successor"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")), name="a_certificate_is_valid_from_its_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> CertificateState:
        """How it stands today."""
        if self.end:
            return CertificateState(self.end)
        last_day = self.valid_until or self.term.ends_on
        return CertificateState.EXPIRED if last_day and last_day < clock.today() else CertificateState.VALID
