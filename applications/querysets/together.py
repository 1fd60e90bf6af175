"""Which ones, of those who write, invite, ask to be let in, enter on behalf and recommend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.choices import InvitationState, JoinState, RecommendationState
from members.querysets import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model


class WriterQuerySet(QuerySet):
    def running(self) -> WriterQuerySet:
        """Who works on a draft today."""
        return self.filter(until=None)


class InvitationQuerySet(QuerySet):
    def open_to(self, addresses: Iterable[str], moment: datetime) -> InvitationQuerySet:
        """Those that whoever has confirmed one of `addresses` may take."""
        still = self.filter(state=InvitationState.OPEN, invited_at__gt=moment - self.model.STANDS)
        return still.filter(email__in=[address.lower() for address in addresses])

    def sent_for(self, user: Model) -> InvitationQuerySet:
        """Those to an application or an organisation for which `user` acts."""
        applications = self.model.application.field.related_model.objects.of(user)
        organisations = self.model.organisation.field.related_model.objects.of(user)
        return self.filter(Q(application__in=applications.values("pk")) | Q(organisation__in=organisations.values("pk")))


class JoinRequestQuerySet(QuerySet):
    def within_reach(self, user: Any) -> JoinRequestQuerySet:
        """All of them; for branch staff those for units and applications within it."""
        if reach_of(user) is None:
            return self
        units = self.model.organisation.field.related_model.objects.within_reach(user)
        applications = self.model.application.field.related_model.objects.within_reach(user)
        return self.filter(Q(organisation__in=units.values("pk")) | Q(application__in=applications.values("pk")))

    def to_decide(self) -> JoinRequestQuerySet:
        """Not decided yet, the oldest first."""
        return self.filter(state=JoinState.ASKED).order_by("id")

    def without_owner(self) -> JoinRequestQuerySet:
        """Those that nobody but the clerk can decide: whoever owned what is asked for has gone."""
        colleagues = self.model.organisation.field.related_model.colleagues.rel.related_model.objects
        writers = self.model.application.field.related_model.writers.rel.related_model.objects
        owns = {"role": "owns", "until": None, "user__is_active": True}
        return self.filter(
            ~Exists(colleagues.filter(organisation=OuterRef("organisation"), **owns)),
            ~Exists(writers.filter(application=OuterRef("application"), **owns)),
        )

    def about(self, application: Model) -> JoinRequestQuerySet:
        """Those that ask for this application, or for its organisation."""
        asked = Q(application=application)
        return self.filter(asked | Q(organisation=application.organisation_id) if application.organisation_id else asked)


class RecommendationQuerySet(QuerySet):
    def open(self) -> RecommendationQuerySet:
        """Asked for, and not answered yet."""
        return self.filter(state=RecommendationState.ASKED)

    def confirmed(self) -> RecommendationQuerySet:
        """Those that a recommender stands by, the latest first."""
        return self.filter(state=RecommendationState.CONFIRMED).order_by("-id")


class OnBehalfQuerySet(QuerySet):
    def to_claim(self, digest: str, moment: datetime) -> OnBehalfQuerySet:
        """What the code of this digest takes over, while it holds."""
        return self.filter(code_digest=digest, code_until__gt=moment, claimed_at=None)
