"""What came on paper, by e-mail, WeChat or over the counter, and was entered here on the unit's behalf."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Channel
from applications.models.application import Application
from applications.querysets import OnBehalfQuerySet

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"  # what no handwriting mixes up: no I, L, O, S, Z, 0, 1, 2, 5, 8, B
LENGTH = 10


def digest(code: str) -> str:
    """What is kept of a claim code, 64 hexadecimal digits: useless without the portal's own key."""
    return salted_hmac("claim code", code, algorithm="sha256").hexdigest()


class OnBehalf(models.Model):
    """How and when an application reached the office, and who entered it; the day of receipt counts for the batch.

    The unit takes it over with a code that is told once; only its digest is kept.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="on_behalf", verbose_name=_("application"))
    channel = models.CharField(_("came in by"), max_length=10, choices=Channel)
    received_at = models.DateTimeField(_("received at"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)
    code_digest = models.CharField(_("digest of the claim code"), max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(_("claim code stands until"), null=True, blank=True, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken over by")
    )
    claimed_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    objects = OnBehalfQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("entry on behalf"), _("entries on behalf")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_at=None, claimed_by=None) | Q(claimed_at__isnull=False, claimed_by__isnull=False),
                name="who_takes_over_says_when",
            ),
        ]

    STANDS = timedelta(days=60)  # how long a claim code holds

    def __str__(self) -> str:
        return f"{self.application} · {self.get_channel_display()}"

    def renew(self) -> str:
        """A new code, told this once; a former one ends. The row is not saved yet."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self.code_digest, self.code_until = digest(code), clock.now() + self.STANDS
        return code
