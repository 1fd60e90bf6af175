"""Who is told, when an application moves, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.letters.write import write
from applications.choices import Defect

if TYPE_CHECKING:
    from alliance.accounts.models import User
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


def deadline_near(application: Application, days: int) -> None:
    """The batch closes soon, and this is still a draft."""
    told("deadline_near", application, key=f"{application.batch_id}:{days}")


def correction_near(application: Application, days: int) -> None:
    """The correction is due soon; on the last day the proposed representative is told too."""
    told("correction_near", application, key=f"{application.corrections}:{days}")
    if days == 0 and application.representative_email:
        key = f"correction_near:{application.pk}:{application.corrections}:representative"
        language = application.started_by.language
        write(
            "correction_near", about=application, to=application.representative_email, key=key, language=language, application=application
        )


def review_due(user: User, applications: list[Application]) -> None:
    """One letter a day with all that is due on this person's desk."""
    today = clock.today()
    key = f"review_due:{user.pk}:{today.isoformat()}"
    write("review_due", about=user, to=user.email, key=key, language=user.language, recipient=user, applications=applications, today=today)
