"""The source pool (征集范围): units that the alliance would like to have, and the invitation to apply by code."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.fields import kept_history
from applications.choices import ProspectState
from applications.models.application import Application
from applications.models.behalf import ALPHABET
from applications.querysets import ProspectQuerySet
from members import regions
from members.choices import Direction, Jurisdiction, UnitType

LENGTH = 12  # of 25 letters and figures, about 56 bits


def digest_of_invitation(code: str) -> str:
    """What is kept of an invitation's code, 64 hexadecimal digits: useless without the portal's own key."""
    return salted_hmac("invitation to apply", code, algorithm="sha256").hexdigest()


class Prospect(models.Model):
    """One unit of the source pool, as far as a list knows it. What its number or its invitation has led to, `with_standing` says."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name (in full)"), max_length=120, unique=True)
    jurisdiction = models.CharField(_("place of registration"), max_length=12, choices=Jurisdiction, default=Jurisdiction.MAINLAND)
    reg_no = models.CharField(_("registration number"), max_length=40, blank=True)
    unit_type = models.CharField(_("type of unit"), max_length=20, choices=UnitType, blank=True)
    region = models.CharField(_("region"), max_length=6, choices=regions.CHOICES, blank=True)
    main_direction = models.CharField(_("main direction"), max_length=16, choices=Direction, blank=True)
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("The list it comes from, such as the institutions of the founding plan.")
    )
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProspectState, default=ProspectState.NEW)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True, editable=False)
    code_digest = models.CharField(_("digest of the code"), max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(_("code stands until"), null=True, blank=True, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("taken up by")
    )
    taken_at = models.DateTimeField(_("taken up at"), null=True, blank=True, editable=False)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, editable=False, related_name="prospects", verbose_name=_("application")
    )
    added_at = models.DateTimeField(_("added at"), default=clock.now, editable=False)
    history = kept_history(but=("contact_name", "contact_email", "contact_phone", "code_digest"))

    objects = ProspectQuerySet.as_manager()

    STANDS = timedelta(days=90)  # how long a code holds

    class Meta:
        verbose_name, verbose_name_plural = _("unit of the source pool"), _("source pool")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "reg_no"],
                condition=~Q(reg_no=""),
                name="a_prospect_s_number_stands_once",
                violation_error_message=_("This number is in the source pool already."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None, application=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False, application__isnull=False),
                name="who_takes_an_invitation_up_begins_an_application",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProspectState.INVITED) | Q(invited_at__isnull=False), name="who_is_invited_was_invited_once"
            ),
        ]
        indexes = [models.Index(fields=["code_digest"], condition=~Q(code_digest=""), name="invitations_by_code")]

    def __str__(self) -> str:
        return self.name

    def renew(self) -> str:
        """A new code, told this once; a former one ends. The row is not saved yet."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self.code_digest, self.code_until = digest_of_invitation(code), clock.now() + self.STANDS
        return code
