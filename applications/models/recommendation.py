"""A recommender's word, given with a code instead of a scan."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alliance import clock
from applications.choices import Paper, RecommendationState, SeatWanted
from applications.models.application import Application
from applications.models.behalf import ALPHABET, LENGTH
from applications.querysets import RecommendationQuerySet
from members import regions
from members.models import Organisation


def digest_of_code(code: str) -> str:
    """What is kept of a recommender's code, 64 hexadecimal digits: useless without the portal's own key."""
    return salted_hmac("recommendation code", code, algorithm="sha256").hexdigest()


class Recommendation(models.Model):
    """The recommender named in an application is asked, by letter, to confirm its opinion with a code; it needs no account.

    What is confirmed is three things at once: who recommends, for which seat, in which words. Where the application says
    another of them, the confirmation does not stand for it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations", verbose_name=_("application"))
    recommender = models.CharField(_("recommending unit"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("known here as"))
    bureau = models.CharField(_("bureau of the city"), max_length=6, choices=list(regions.BUREAUX.items()), blank=True)
    seat_wanted = models.CharField(_("seat in mind"), max_length=12, choices=SeatWanted)
    opinion = models.TextField(_("its opinion"), max_length=500)
    email = models.EmailField(_("e-mail of the recommender"))
    state = models.CharField(_("state"), max_length=10, choices=RecommendationState, default=RecommendationState.ASKED)
    code_digest = models.CharField(_("digest of the code"), max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(_("code stands until"))
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    name = models.CharField(_("confirmed by"), max_length=60, blank=True)
    post = models.CharField(_("post"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("recommendation by code"), _("recommendations by code")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state=RecommendationState.ASKED), name="one_recommender_is_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state=RecommendationState.CONFIRMED) & ~Q(name="") & ~Q(digest="") & Q(answered_at__isnull=False))
                | (~Q(state=RecommendationState.CONFIRMED) & Q(name="", digest="")),
                name="who_confirms_gives_a_name",
            ),
        ]

    STANDS, TRIES = timedelta(days=14), 5  # how long a code holds, and how many wrong ones end it
    kind = Paper.RECOMMENDATION  # among the papers of an application

    def __str__(self) -> str:
        return f"{self.recommender} · {self.application}"

    def get_absolute_url(self) -> str:
        return reverse("applications:recommender", args=[self.uuid])

    @property
    def known_as(self) -> object:
        """What the office knows of the recommender: an organisation, a city's bureau, or nothing but the name."""
        return self.organisation or (_("Bureau of a city") if self.bureau else _("Not known here"))

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state == RecommendationState.ASKED and self.code_holds

    @property
    def code_holds(self) -> bool:
        return bool(self.code_digest) and self.code_until > clock.now()

    @property
    def said(self) -> tuple[str, str, str]:
        """Who recommends, for which seat, in which words."""
        return self.recommender, self.seat_wanted, self.opinion

    @property
    def frozen(self) -> dict[str, str]:
        """What a version keeps of it: which, and the digest of what was confirmed."""
        return {"kind": self.kind.value, "uuid": str(self.uuid), "sha256": self.digest}

    def contents(self) -> dict[str, Any]:
        """What the digest covers; the uuid keeps a name from being guessed by it."""
        said = dict(zip(("recommender", "seat", "opinion"), self.said, strict=True))
        return said | {"uuid": self.uuid, "name": self.name, "post": self.post, "at": self.answered_at}

    def renew(self) -> str:
        """A new code, told this once. The row is not saved yet."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self.code_digest, self.code_until, self.tries = digest_of_code(code), clock.now() + self.STANDS, 0
        return code
