"""The course of an application, in the applicant's words: what is done, what is now, what comes and when it is expected."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance import clock
from alliance.calendar.days import due_after, is_announced
from alliance.history.models import Event
from alliance.templatetags.portal import deadline
from applications import workflow
from applications.choices import Defect, Ground, Outcome, Paper, Section, State
from applications.models import Application, Batch
from applications.models.answers import FIELDS, called


def told(application: Application) -> list[dict[str, Any]]:
    """What happened, in the applicant's words: states reached and when; who in the office acted stays inside."""
    events = Event.objects.of(application).exclude(after="")
    return [{"state": event.after, "label": reached(event), "at": event.at} for event in events]


def reached(event: Event) -> Any:
    """The state that was reached; a step that leaves the state as it is goes by its own name."""
    return workflow.workflow.steps[event.step].label if event.before == event.after else State(event.after).label


MEETING_DAYS, APPROVAL_DAYS = 10, 3  # working days: the custom of comparable associations
PATH = (State.SUBMITTED, State.ACCEPTED, State.SCREENED, State.DELIBERATED, State.PUBLICITY, State.APPROVED, State.ADMITTED)
RANK = {State.DRAFT: -1, State.CORRECTION: -1, State.RESUBMITTED: 0, State.EXPERT_REVIEWED: 2, State.DEFERRED: 1, State.OBJECTION: 4} | {
    state: n for n, state in enumerate(PATH)
}


AWAITED: dict[str, tuple[Any, Any]] = {
    State.DRAFT: (
        gettext_lazy("Your submission"),
        gettext_lazy("A draft may stay incomplete; it counts for the batch that is open when it is submitted."),
    ),
    State.SUBMITTED: (gettext_lazy("Formal check"), gettext_lazy("If something has to be corrected, everything is told at once.")),
    State.RESUBMITTED: (
        gettext_lazy("Formal check of the correction"),
        gettext_lazy("If something has to be corrected, everything is told at once."),
    ),
    State.CORRECTION: (gettext_lazy("Your correction"), gettext_lazy("The corrected application is then checked again.")),
    State.ACCEPTED: (gettext_lazy("Preliminary review"), gettext_lazy("Reviewed by the notice's criteria, with experts where needed.")),
    State.SCREENED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.EXPERT_REVIEWED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.DEFERRED: (gettext_lazy("Review with the next batch"), gettext_lazy("Number and materials stay; nothing has to be done now.")),
    State.DELIBERATED: (gettext_lazy("Public notice"), gettext_lazy("The list of the units that passed is published.")),
    State.PUBLICITY: (gettext_lazy("Public notice period"), gettext_lazy("Anyone may object in writing and by real name.")),
    State.OBJECTION: (gettext_lazy("Examination of an objection"), gettext_lazy("The public notice period rests until it is decided.")),
    State.APPROVED: (gettext_lazy("Admission"), gettext_lazy("The unit receives its membership number.")),
}


def asked(application: Application) -> list[dict[str, Any]]:
    """What has to be put right: in which section, which field or paper, why; each a link away."""
    finding = application.asked_for
    sections = {name: section for section, names in FIELDS.items() for name in names}
    places = finding.places if finding else []
    return [
        {
            "name": place["field"],
            "section": sections.get(place["field"], Section.ATTACHMENTS),
            "label": Paper(place["field"]).label if place["field"] in Paper.values else called(place["field"], application),
            "defect": Defect(place["code"]).label,
            "words": place["words"],
        }
        for place in places
    ]


def outcome(application: Application) -> dict[str, Any] | None:
    """How it ended where it ended without admission: on which ground, and why; no scores and no votes."""
    if application.state not in AGAIN:
        return None
    finding = application.findings.exclude(ground="").last()
    decision = application.decisions.filter(outcome=Outcome.REJECTED).last()
    said = decision if application.state == State.REJECTED else finding if application.state == State.NOT_ACCEPTED else None
    grounds = {State.LAPSED: Ground.J07.label, State.WITHDRAWN: Ground.J10.label}
    if said is None:
        return {"ground": grounds.get(State(application.state), ""), "reason": ""}
    return {"ground": Ground(said.ground).label, "reason": getattr(said, "reason", "") or getattr(said, "words", "")}


AGAIN = (State.NOT_ACCEPTED, State.LAPSED, State.REJECTED, State.WITHDRAWN)  # after these the unit may apply again


def in_one_line(application: Application, now: dict[str, Any] | None) -> str:
    """Where it stands, to copy into a message: number, unit, state, what is awaited and until when; in the reader's language."""
    number = application.number or _("no number yet")
    parts = [str(application.batch), number, str(application), application.get_state_display()]
    if now:
        until = _("%(what)s by %(until)s") % {"what": now["label"], "until": deadline(now["until"])} if now["until"] else str(now["label"])
        parts.append(until)
    return " · ".join(str(part) for part in parts)


def awaited(application: Application) -> dict[str, Any] | None:
    """What is under way now, with its last day where it has one; nothing once it has ended."""
    if application.state not in AWAITED:
        return None
    label, note = AWAITED[application.state]
    until = (
        application.publicity_until
        if application.state == State.PUBLICITY
        else application.due_at
        if application.state != State.OBJECTION
        else None
    )
    return {"label": label, "note": note, "until": until, "guessed": until and not is_announced(until.astimezone(clock.SHANGHAI).year)}


COMING = {  # the stations, each with the working days it takes by rule or custom; the meeting is on its own day
    State.ACCEPTED: (gettext_lazy("Formal check"), workflow.CHECK_DAYS),
    State.SCREENED: (gettext_lazy("Preliminary review"), workflow.SCREENING_DAYS),
    State.DELIBERATED: (gettext_lazy("Deliberation"), MEETING_DAYS),
    State.PUBLICITY: (gettext_lazy("Public notice"), 0),
    State.ADMITTED: (gettext_lazy("Admission"), APPROVAL_DAYS),
}


def ahead(application: Application, now: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The stations after the one under way, each with the day by which it is expected; none once it has ended.

    Expected, not promised: counted in working days from the limit that runs, the meeting not before its planned day.
    """
    if application.state not in RANK:
        return []
    rank = RANK[State(application.state)]
    moment = (now and now["until"]) or clock.now()
    found = []
    for state, (label, days) in COMING.items():
        if state not in PATH[rank + 2 :]:
            continue
        if state == State.DELIBERATED:
            moment = max(moment, meeting_day(application.batch))
        moment = due_after(moment - INSTANT, days or application.batch.publicity_days)
        found.append({"label": label, "until": moment})
    return found


INSTANT = timedelta(microseconds=1)  # a limit ends at midnight: the day before it is its last


def meeting_day(batch: Batch) -> datetime:
    """Not before the day that is planned, nor before the batch closes."""
    planned = clock.midnight(batch.review_planned_on) if batch.review_planned_on else clock.now()
    return max(planned, batch.closes_at or clock.now())
