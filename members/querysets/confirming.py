"""Which change requests, and who has confirmed this year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from members.choices import CampaignState, ConfirmationState, RequestState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import Model

SAID = (ConfirmationState.CONFIRMED, ConfirmationState.CHANGED)


class ChangeRequestQuerySet(QuerySet):
    def to_decide(self) -> ChangeRequestQuerySet:
        """Open ones, the oldest first."""
        return self.filter(state=RequestState.OPEN).order_by("id")

    def with_all(self) -> ChangeRequestQuerySet:
        """Each with what it asks for and what the register says now."""
        return self.select_related("unit__organisation", "settled_by", "made_by").prefetch_related("changes", "unit__representatives")


class CampaignQuerySet(QuerySet):
    def running(self) -> CampaignQuerySet:
        return self.filter(state=CampaignState.OPEN)

    def to_open(self, today: date) -> CampaignQuerySet:
        """Planned ones whose day has come, the oldest first."""
        return self.filter(state=CampaignState.PLANNED, opens_on__lte=today).order_by("year")


class ConfirmationQuerySet(QuerySet):
    def awaited(self) -> ConfirmationQuerySet:
        """Units that still belong and have said nothing, while the campaign runs."""
        return self.filter(state=ConfirmationState.AWAITED, campaign__state=CampaignState.OPEN, unit__ended_on=None)

    def running(self) -> ConfirmationQuerySet:
        """Of the campaign that runs."""
        return self.filter(campaign__state=CampaignState.OPEN)

    def of_branch(self, branch: Model) -> Q:
        """Whether a unit is a branch's: by its place, or because it sits there."""
        place = branch.region[:2] if branch.region[2:] == "0000" else branch.region[:4]
        sits = branch.tenures.model.objects.filter(body=branch, ended_on=None, unit=OuterRef("unit"))
        return Q(unit__organisation__region__startswith=place) | Q(Exists(sits))

    def counted(self) -> dict[str, int]:
        """How many are asked, and what they have said."""
        return self.aggregate(asked=Count("pk"), **{state.value: Count("pk", filter=Q(state=state)) for state in ConfirmationState})

    def by_direction(self) -> dict[str, dict[str, int]]:
        """The same for each main direction."""
        counts = {state.value: Count("pk", filter=Q(state=state)) for state in ConfirmationState}
        rows = self.order_by().values("unit__organisation__main_direction").annotate(asked=Count("pk"), **counts)
        return {row.pop("unit__organisation__main_direction"): row for row in rows}

    def by_branch(self, branches: Iterable[Model]) -> list[tuple[Model, dict[str, int]]]:
        """The same for each branch, in one statement; a unit may be two branches'."""
        branches = list(branches)
        named = {f"{'asked' if state is None else state.value}_{branch.pk}": Count("pk", filter=self.of_branch(branch) & (Q(state=state) if state else Q())) for branch in branches for state in (None, *ConfirmationState)}  # fmt: skip
        found: dict[str, Any] = self.aggregate(**named) if named else {}
        names = ("asked", *ConfirmationState.values)
        return [(branch, {name: found[f"{name}_{branch.pk}"] for name in names}) for branch in branches]
