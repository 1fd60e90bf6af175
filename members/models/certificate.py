"""The certificate of membership."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.models import StoredFile
from alliance.history.fields import kept_history
from members.choices import CertificateEnd, CertificateState, MembershipState
from members.models.term import Term
from members.models.unit import MemberUnit
from members.querysets import CertificateQuerySet

if TYPE_CHECKING:
    from datetime import date

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # what cannot be taken for something else on paper
CODE_LENGTH = 10


NUMBER = re.compile(r"GBANEV-\d{8,}|湾新汽联会字〔\d{4}〕第\d{4,}号")  # the two forms (alliance/facts/choices.py)
BRACKETS = str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕")


def written(text: str) -> str:
    """A number as we write it, whatever width, case and brackets somebody typed."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split()).translate(BRACKETS)


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
    revised_at = models.DateTimeField(_("stands so since"), default=clock.now, editable=False)
    copies = models.PositiveSmallIntegerField(_("further copies"), default=0)
    reissued_on = models.DateField(_("last issued again on"), null=True, blank=True)
    reissue_reason = models.TextField(_("why it was issued again"), blank=True)
    sealed = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sealed elsewhere, as PDF")
    )
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=CertificateEnd, blank=True)
    end_reason = models.TextField(_("reason of the end"), blank=True)
    successor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessor", verbose_name=_("replaced by")
    )
    history = kept_history()

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
            models.CheckConstraint(
                condition=Q(copies=0, reissued_on=None) | Q(copies__gt=0, reissued_on__isnull=False),
                name="a_further_copy_of_a_certificate_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        """The last day on which it is good; none while the end of its term is not settled."""
        return self.valid_until or self.term.ends_on

    @property
    def standing(self) -> CertificateState:
        """How it stands today."""
        if self.end:
            return CertificateState(self.end)
        if self.last_day and self.last_day < clock.today():
            return CertificateState.EXPIRED
        return CertificateState.SUSPENDED if self.unit.state == MembershipState.SUSPENDED else CertificateState.VALID

    # ── a step moves what it calls the state: of a certificate that is its standing, which follows from its row and the day ──

    @property
    def state(self) -> CertificateState:
        return self.standing

    @state.setter
    def state(self, standing: str) -> None:
        """It follows: nothing is written."""

    def get_state_display(self) -> str:
        return str(self.standing.label)
