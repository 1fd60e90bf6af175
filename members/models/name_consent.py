"""Whether a representative's name may be shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.representative import Representative
from members.querysets import NameConsentQuerySet

TEXTS = {  # a version is never changed: a new one is added, and the last is in force
    1: _(
        "I agree that my name and my post are shown on the public page of the member unit that I represent, to everybody and without signing in. I may take this back at any time; from that moment they are no longer shown."
    ),
    2: _(
        "I agree that my name and my post are shown to everybody, without signing in: on the public page of the member unit that I represent and, where the unit stands for a seat of the council or holds one, on the list of candidates and on the roster of the council. I may take this back at any time; from that moment they are no longer shown."
    ),
}
IN_FORCE = max(TEXTS)


class NameConsent(models.Model):
    """A representative's separate consent (PIPL, article 25) to stand on the unit's public page by name: to which text, when, and until when."""

    COVERS_COUNCIL = 2  # the first version that speaks of the council's lists

    representative = models.ForeignKey(
        Representative, models.PROTECT, related_name="name_consents", verbose_name=_("member representative")
    )
    version = models.PositiveSmallIntegerField(_("version of the text"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="name_consents", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = NameConsentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("consent to be named"), _("consents to be named")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["representative"], condition=Q(taken_back_at=None), name="a_consent_to_be_named_is_given_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__gte=F("at")), name="a_consent_is_taken_back_after_it_was_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} · {self.version} · {self.at:%Y-%m-%d}"
