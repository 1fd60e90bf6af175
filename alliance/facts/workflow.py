"""What can happen to the alliance as a whole. The founding itself begins a term, so `members/workflow.py` adds that step here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance.facts.choices import Phase, StageNumber
from alliance.facts.models import FoundingStage
from alliance.workflow import Workflow

if TYPE_CHECKING:
    from datetime import date

founding = Workflow(Phase)


def reach_operation(on: date) -> None:
    """The alliance is founded on this day: four stages are done, the fourth just now, and the fifth begins."""
    for stage in FoundingStage.objects.select_for_update().all():
        if stage.number < StageNumber.OPERATION:
            stage.is_done = True
        if stage.number == StageNumber.FOUNDING:
            stage.ends_on = on
            stage.begins_on = min(stage.begins_on, on) if stage.begins_on else None
        if stage.number == StageNumber.OPERATION:
            stage.begins_on = on
            stage.ends_on = stage.ends_on if stage.ends_on and stage.ends_on >= on else None
        stage.save()
