"""What stands in the tables of the stages on the first day: the plan's steps, the figures of the notice, and its papers."""

from __future__ import annotations

from alliance.facts.choices import StageNumber
from alliance.facts.models import FoundingStage
from alliance.stages.choices import FIGURES, STEPS, PaperName
from alliance.stages.models import Activity, Milestone, StagePaper


def install() -> None:
    """Fill the tables that are empty; what the office has edited since stays."""
    if not Milestone.objects.exists():
        stages = {stage.number: stage for stage in FoundingStage.objects.all()}
        Milestone.objects.bulk_create(Milestone(stage=stages[number], step=step) for number in StageNumber for step in STEPS[number])
    if not Activity.objects.exists():
        Activity.objects.bulk_create(Activity(kind=kind, count=count, roundness=roundness) for kind, (count, roundness) in FIGURES.items())
    if not StagePaper.objects.exists():
        StagePaper.objects.bulk_create(StagePaper(name=name) for name in PaperName)
