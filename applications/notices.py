"""Who is told, when an application moves, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.letters.write import write
from applications.choices import Defect

if TYPE_CHECKING:
    from applications.models import Application, Batch


def told(template: str, application: Application, *, key: object = "", **context: Any) -> None:
    """Write to whoever started the application and to its liaison officer, once an occasion."""
    starter = application.started_by
    letter: dict[str, Any] = {"about": application, "language": starter.language, "application": application, **context}
    occasion = f"{template}:{application.pk}:{key}"
    write(template, to=starter.email, key=f"{occasion}:starter", recipient=starter, **letter)
    if application.contact_email and application.contact_email.lower() != starter.email.lower():
        write(template, to=application.contact_email, key=f"{occasion}:liaison", **letter)


def submitted(application: Application) -> None:
    told("submitted", application)


def accepted(application: Application) -> None:
    told("accepted", application)


def not_accepted(application: Application, reason: str, ground: str) -> None:
    told("not_accepted", application, reason=reason, ground=ground)


def correction_asked(application: Application, defects: list[str], words: str) -> None:
    """All defects at once (Administrative Licensing Law, article 32: told once, in full)."""
    told("correction", application, key=application.corrections, defects=[Defect(code).label for code in defects], words=words)


def resubmitted(application: Application) -> None:
    told("resubmitted", application, key=application.corrections)


def lapsed(application: Application) -> None:
    told("lapsed", application)


def deferred(application: Application) -> None:
    told("deferred", application, key=application.batch_id)


def rejected(application: Application, reason: str) -> None:
    """The reason, that applying again is possible, and whom to ask; no scores."""
    told("rejected", application, reason=reason)


def publicised(application: Application) -> None:
    told("publicity", application)


def admitted(application: Application) -> None:
    told("admitted", application, unit=application.unit)


def withdrawn(application: Application) -> None:
    told("withdrawn", application)


def draft_moved(application: Application, batch: Batch) -> None:
    """The batch closed while this was still a draft: it is kept, and counts for the next."""
    told("draft_moved", application, key=batch.pk, closed=batch)
