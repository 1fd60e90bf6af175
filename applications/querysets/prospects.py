"""Which ones, of the source pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from applications.choices import Standing
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime


class ProspectQuerySet(QuerySet):
    def within_reach(self, user: Any) -> ProspectQuerySet:
        """All of them; for branch staff those of their place."""
        reach = reach_of(user)
        return self if reach is None else self.filter(reach.of_place("region"))

    def with_standing(self) -> ProspectQuerySet:
        """Each with `standing`: a member under its number or through its invitation, one that has applied, or what the office did."""
        application = self.model.application.field.related_model
        unit = application.unit.field.related_model
        same = Q(jurisdiction=OuterRef("jurisdiction"), reg_no=OuterRef("reg_no")) & ~Q(reg_no="")
        belongs = unit.objects.running().filter(
            organisation__jurisdiction=OuterRef("jurisdiction"), organisation__reg_no=OuterRef("reg_no")
        )
        through = unit.objects.running().filter(application=OuterRef("application"))
        applied = application.objects.exclude(submitted_at=None).filter(same | Q(pk=OuterRef("application")))
        return self.annotate(
            standing=Case(
                When(Exists(belongs) | Exists(through), then=Value(Standing.MEMBER.value)),
                When(Exists(applied), then=Value(Standing.APPLIED.value)),
                default=F("state"),
                output_field=CharField(),
            )
        )

    def standing(self, standing: str) -> ProspectQuerySet:
        return self.with_standing().filter(standing=standing)

    def counted(self, by: str = "source") -> list[dict[str, Any]]:
        """How many stand where, for each value of a column: in one statement."""
        counts = {standing.value: Count("pk", filter=Q(standing=standing)) for standing in Standing}
        return list(self.with_standing().order_by(by).values(by).annotate(all=Count("pk"), **counts))

    def under_code(self, digest: str, moment: datetime) -> ProspectQuerySet:
        """Whom the code of this digest invites, while it holds."""
        return self.filter(code_digest=digest, code_until__gt=moment).exclude(code_digest="")
