"""The plan as it stands: for everybody what is public, for the desk the papers as well."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alliance.facts.choices import StageNumber
from alliance.facts.models import FoundingStage, plan
from alliance.stages.models import Activity, Milestone
from alliance.stages.papers import Line, lines
from alliance.stages.querysets import stated

if TYPE_CHECKING:
    from alliance.stages.querysets import MilestoneQuerySet

MOST_SHOWN = 200  # milestones of all stages on one page; the admin's list has every one


def public_plan() -> list[FoundingStage]:
    """The five stages with their public milestones; the first also with its figures."""
    stages = with_milestones(Milestone.objects.public())
    figures = list(stated(Activity.objects.all()))
    for stage in stages:
        stage.figures = figures if stage.number == stages[0].number else []
    return stages


def with_milestones(rows: MilestoneQuerySet) -> list[FoundingStage]:
    found, known = defaultdict(list), {}
    for milestone in rows.select_related("stage").in_order()[:MOST_SHOWN]:
        found[milestone.stage_id].append(milestone)
        known[milestone.stage_id] = milestone.stage
    stages = plan(known.values() if len(known) == len(StageNumber) else ())
    for stage in stages:
        stage.reached = found[stage.pk]
    return stages


@dataclass
class AtTheDesk:
    """A stage as the desk sees it."""

    stage: FoundingStage
    milestones: list[Milestone]
    papers: list[Line] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(each.done_on is not None for each in self.milestones)

    @property
    def overdue(self) -> list[Milestone]:
        return [each for each in self.milestones if each.is_overdue]

    @property
    def next(self) -> Milestone | None:
        """The first that is not done."""
        return next((each for each in self.milestones if each.done_on is None), None)

    @property
    def made(self) -> int:
        return sum(each.is_made for each in self.papers)

    @property
    def missing(self) -> list[Line]:
        return [each for each in self.papers if not each.is_made]


def at_the_desk() -> list[AtTheDesk]:
    """All milestones, and each paper of the plan made or missing."""
    papers = lines()
    return [AtTheDesk(stage, stage.reached, papers.get(stage.number, [])) for stage in with_milestones(Milestone.objects.all())]
