"""The round of a batch's expert review: proposal, confirmation, letters, sheets, conclusion, and word to the office; every stage can be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.history.models import TIMETABLE
from alliance.jobs import rounds, working
from alliance.jobs.rounds import WAITING, Waiting
from alliance.letters.write import bag
from applications.models import Application, Assignment, Batch
from applications.notices import reviews as notices
from applications.reviewing.proposing import propose
from applications.reviewing.summing import rounded, weighted
from applications.workflow import conclude_reviews

if TYPE_CHECKING:
    from alliance.jobs.models import Job

CONCLUDE = "conclude the reviews"


def begin_rounds() -> None:
    """Every closed batch that the experts review has its round."""
    for batch in Batch.objects.reviewed_by_experts():
        rounds.begin(REVIEWING, batch)


def propose_reviews(batch: Batch) -> Waiting | None:
    """Once the preliminary review is through: a proposal, unless there is one already or everything was assigned by hand."""
    if batch.applications.on_the_way_to_experts().exists():
        return WAITING
    if not batch.assignments.standing().exists():
        notices.proposed(batch, propose(batch, by=TIMETABLE))
    return None


def await_confirmation(batch: Batch) -> Waiting | None:
    """Somebody of the office looks at the proposals, and confirms them or takes them back."""
    return WAITING if batch.assignments.proposed().exists() else None


def write_to_experts(batch: Batch) -> None:
    """Whoever has something to review and has not been written to."""
    rows = batch.assignments.outstanding().select_related("expert__user", "batch").order_by("expert", "-due_at")
    with bag():
        for each in {(row.expert_id, row.due_at): row for row in rows}.values():
            notices.assigned(each.expert, each.batch, each.due_at)


def await_sheets(batch: Batch) -> Waiting | None:
    """Until every sheet is handed in, entered from paper, or taken back."""
    return WAITING if batch.assignments.outstanding().exists() else None


def conclude(batch: Batch) -> Job | None:
    """What was reviewed goes on to the meeting, one by one."""
    ready = list(batch.applications.awaiting_experts().reviewed().order_by("pk").values_list("pk", flat=True))
    label = f"{conclude_reviews.label} · {batch}"
    return working.ask(CONCLUDE, ready, label=label) if ready else None


@working.work(CONCLUDE)
def conclude_one(job: Job, pk: int) -> None:
    """One application: its sheets in one line stand for the opinion. One that was concluded or withdrawn meanwhile is passed over."""
    application = Application.objects.select_related("batch").get(pk=pk)
    sheets = Assignment.objects.filter(application=application, batch=application.batch, state="reviewed").prefetch_related(
        "review__scores"
    )
    means = [weighted(each.review.points, application.batch.weights) for each in sheets]
    conclude_reviews(application, by=TIMETABLE, opinion=f"{len(means)}: {rounded(sum(means) / len(means)) if means else '–'}")


def tell_complete(batch: Batch) -> None:
    """The summary is ready for the meeting."""
    notices.done(batch, batch.assignments.filter(state="reviewed").count())


REVIEWING = rounds.process(
    "reviewing",
    propose_reviews,
    await_confirmation,
    write_to_experts,
    await_sheets,
    conclude,
    tell_complete,
    words={
        "reviewing": _("Expert review of a batch"),
        "propose_reviews": _("Propose who reviews what"),
        "await_confirmation": _("Wait until the proposal is confirmed"),
        "write_to_experts": _("Write to the experts"),
        "await_sheets": _("Wait for the sheets"),
        "conclude": _("Conclude the reviews"),
        "tell_complete": _("Tell the office that the summary is ready"),
    },
)
