"""Who is told, when an application moves, and in which words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.channels.numbers import reachable
from alliance.facts.models import facts
from alliance.letters.kinds import kind
from alliance.letters.words import day, deadline, listed
from alliance.letters.write import bag, write
from applications.choices import Defect, Paper
from applications.models.answers import called

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.accounts.models import User
    from alliance.letters.kinds import Kind
    from applications.models import Application, Batch, Extension, OnBehalf, Recommendation, SealedCopy
    from members.models import MemberUnit

APPLICATION = {
    "number": _("the application's number"),
    "name": _("the organisation's name"),
    "batch": _("the batch it is decided with"),
    "due": _("until when whoever is next has to act"),
}
REASON = {"reason": _("the reason, in the office's words")}
GROUND = {"ground": _("the ground, from the list")}

SUBMITTED = kind("submitted", _("Application received"), **APPLICATION)
NAMED = kind(
    "named", _("Named as a contact by somebody else"), **APPLICATION, by=_("who named the person"), role=_("as what the person was named")
)
CLAIM_CODE = kind(
    "claim_code",
    _("Claim code of an application entered by the office"),
    **APPLICATION,
    code=_("the code"),
    until=_("the last day of the code"),
)
NAMED_AS = {"contact": _("liaison officer"), "representative": _("proposed representative")}
ACCEPTED = kind("accepted", _("Accepted for review"), **APPLICATION)
NOT_ACCEPTED = kind("not_accepted", _("Not accepted"), **APPLICATION, **REASON, **GROUND)
CORRECTION = kind(
    "correction", _("Correction required"), **APPLICATION, defects=_("all defects, a line each"), words=_("the office's own words on them")
)
RESUBMITTED = kind("resubmitted", _("Correction received"), **APPLICATION)
LAPSED = kind("lapsed", _("Lapsed"), **APPLICATION)
DEFERRED = kind("deferred", _("Deferred to the next batch"), **APPLICATION, **REASON)
REJECTED = kind("rejected", _("Not passed"), **APPLICATION, **REASON, **GROUND)
PUBLICITY = kind("publicity", _("On public notice"), **APPLICATION, until=_("the end of the public notice"))
ADMITTED = kind(
    "admitted",
    _("Admitted as a member unit"),
    **APPLICATION,
    unit=_("the member number"),
    day=_("the day of admission"),
    standing=_("what it became: member unit, before the founding prospective member"),
)
WITHDRAWN = kind("withdrawn", _("Withdrawn"), **APPLICATION)
DRAFT_MOVED = kind("draft_moved", _("Draft moved to the next batch"), **APPLICATION, closed=_("the batch that closed"))
DEADLINE_NEAR = kind("deadline_near", _("Reminder: a batch closes soon"), **APPLICATION, until=_("the submission deadline"))
CORRECTION_NEAR = kind("correction_near", _("Reminder: a correction is due"), **APPLICATION, until=_("until when it is due"))
SEAL_NEAR = kind("seal_near", _("Reminder: the sealed form is due"), **APPLICATION, until=_("until when it is due"))
SEAL_MISSED = kind(
    "seal_missed",
    _("No sealed form came: moved to the batch now open"),
    **APPLICATION,
    closed=_("the batch it counted for before"),
    until=_("until when it is due now"),
)
SEAL_UNUSABLE = kind(
    "seal_unusable", _("A sealed scan is not usable"), **APPLICATION, words=_("what is wrong with it"), until=_("until when it is due now")
)
LIMIT_MOVED = kind("limit_moved", _("A date has moved"), **APPLICATION, before=_("the date as it was"), until=_("the new date"))
PUBLICITY_OVER = kind("publicity_over", _("Public notice over"), **APPLICATION)
DRAFT_OLD = kind("draft_old", _("Reminder: an old draft will be discarded"), **APPLICATION, until=_("the day it is discarded"))
DISCARDED = kind("discarded", _("Old draft discarded"), **APPLICATION)
BATCH_CLOSED = kind(
    "batch_closed",
    _("To the office: a batch has closed"),
    batch=_("the batch"),
    received=_("how many were received"),
    moved=_("how many drafts moved to the next"),
)
LENGTHENED = kind("lengthened", _("A longer deadline"), **APPLICATION, **REASON, until=_("the new deadline"))
RECOMMENDER = {
    "name": _("the organisation's name"),
    "recommender": _("the recommending unit"),
    "seat": _("the seat in mind"),
}
RECOMMENDER_ASKED = kind(
    "recommender_asked", _("To a recommender: please confirm"), **RECOMMENDER, code=_("the code"), until=_("the last day of the code")
)
RECOMMENDED = kind("recommended", _("The recommender has confirmed"), **RECOMMENDER)
NOT_RECOMMENDED = kind("not_recommended", _("The recommender has declined"), **RECOMMENDER)
REVIEW_DUE = kind("review_due", _("Reminder to the office: due today"), n=_("how many are due"), applications=_("a line for each"))


def told(kind: Kind, application: Application, *, key: object = "", **values: Any) -> None:
    """Write to whoever started the application and to its liaison officer, once an occasion; of one entered by the office, to the latter alone."""
    starter, is_entered = application.applicant, application.is_entered
    letter: dict[str, Any] = {"about": application, "language": language_of(application), **said(application), **values}
    occasion = f"{kind.name}:{application.pk}:{key}"
    with bag():
        if not is_entered:
            write(kind, to=starter.email, mobile=starter.mobile or "", key=f"{occasion}:starter", recipient=starter, **letter)
        if is_entered or (application.contact_email and application.contact_email.lower() != starter.email.lower()):
            phone = reachable(application.contact_phone)
            write(kind, to=application.contact_email, mobile=phone, key=f"{occasion}:liaison", **letter)


def language_of(application: Application) -> str:
    """The applicant's; the language of a clerk is not the unit's."""
    return settings.LANGUAGE_CODE if application.is_entered else application.applicant.language


def said(application: Application) -> dict[str, Any]:
    """What every letter about an application may name."""
    return {
        "number": application.number or "",
        "name": application,
        "batch": application.batch,
        "due": deadline(application.due_at),
        "link": application.get_absolute_url(),
    }


def submitted(application: Application) -> None:
    with bag() as opened:
        opened.prepare(language_of(application), SUBMITTED, NAMED)
        told(SUBMITTED, application)
        told_they_are_named(application)


def told_they_are_named(application: Application) -> None:
    """Whoever somebody else named hears of it once: who named them, as what, and how to object (PIPL, articles 17 and 23)."""
    by = str(application) if application.is_entered else application.applicant.name
    known = {"", application.applicant.email.lower()}
    for role, label in NAMED_AS.items():
        address = getattr(application, f"{role}_email")
        if address.lower() in known:
            continue
        known.add(address.lower())
        key = f"named:{application.pk}:{sha256(address.lower().encode()).hexdigest()[:16]}"
        values: dict[str, Any] = {**said(application), "by": by, "role": label, "link": f"{reverse('enquiries')}?about=named"}
        write(NAMED, about=application, to=address, key=key, language=language_of(application), **values)


def to_take_over(entry: OnBehalf, code: str) -> None:
    """The code with which the unit takes over what the office entered; to the liaison officer."""
    application = entry.application
    values: dict[str, Any] = {
        **said(application),
        "code": spelt(code),
        "until": day(entry.code_until),
        "link": reverse("applications:claim"),
    }
    to, phone = application.contact_email, reachable(application.contact_phone)
    key = f"claim_code:{application.pk}:{entry.code_digest[:16]}"
    write(CLAIM_CODE, about=application, to=to, mobile=phone, key=key, language=settings.LANGUAGE_CODE, **values)


def recommender_asked(recommendation: Recommendation, code: str) -> None:
    """Link and code, to the address that the applicant gave."""
    values = recommending(recommendation) | {"code": spelt(code), "until": day(recommendation.code_until)}
    key, link = f"recommender_asked:{recommendation.pk}", recommendation.get_absolute_url()
    write(RECOMMENDER_ASKED, about=recommendation, to=recommendation.email, key=key, language=settings.LANGUAGE_CODE, link=link, **values)


def recommending(recommendation: Recommendation) -> dict[str, Any]:
    """What every letter about a recommendation may name; nothing of persons."""
    seat = recommendation.get_seat_wanted_display
    return {"name": recommendation.application, "recommender": recommendation.recommender, "seat": lazy(seat, str)()}


def recommended(recommendation: Recommendation) -> None:
    told(RECOMMENDED, recommendation.application, key=recommendation.pk, **recommending(recommendation))


def not_recommended(recommendation: Recommendation) -> None:
    told(NOT_RECOMMENDED, recommendation.application, key=recommendation.pk, **recommending(recommendation))


def spelt(code: str) -> str:
    """In two halves, as people read it out."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"


def accepted(application: Application) -> None:
    told(ACCEPTED, application)


def not_accepted(application: Application, reason: str, ground: str) -> None:
    told(NOT_ACCEPTED, application, reason=reason, ground=ground)


def correction_asked(application: Application, places: list[dict[str, str]], words: str) -> None:
    """All defects at once, each with its place (Administrative Licensing Law, article 32: told once, in full)."""
    lines = listed(place_in_words(application, place) for place in places)
    told(CORRECTION, application, key=application.corrections, defects=lines, words=words)


def place_in_words(application: Application, place: dict[str, str]) -> tuple[Any, ...]:
    """Where, what, and the office's own words; each in the language of whoever reads it."""
    name = place["field"]
    where = Paper(name).label if name in Paper.values else lazy(lambda: called(name, application), str)()
    return tuple(part for part in (where, Defect(place["code"]).label, place["words"]) if part)


def lengthened(extension: Extension) -> None:
    """One applicant has longer: until when, for which batch, and why."""
    values = {"until": deadline(extension.until), "reason": extension.reason}
    told(LENGTHENED, extension.application, key=extension.pk, **values)


def resubmitted(application: Application) -> None:
    with bag():
        told(RESUBMITTED, application, key=application.corrections)
        told_they_are_named(application)


def lapsed(application: Application) -> None:
    told(LAPSED, application)


def deferred(application: Application, reason: str) -> None:
    told(DEFERRED, application, key=application.decisions.count(), reason=reason)


def rejected(application: Application, reason: str, ground: str) -> None:
    """The ground and the reason, that applying again is possible, and whom to ask; no scores."""
    told(REJECTED, application, reason=reason, ground=ground)


def publicised(application: Application) -> None:
    told(PUBLICITY, application, until=deadline(application.publicity_until))


def admitted(application: Application, unit: MemberUnit) -> None:
    told(ADMITTED, application, unit=unit.number, day=day(unit.admitted_on), standing=facts().standing_on(unit.admitted_on))


def withdrawn(application: Application) -> None:
    told(WITHDRAWN, application)


def draft_moved(application: Application, batch: Batch) -> None:
    """The batch closed while this was still a draft: it is kept, and counts for the next."""
    told(DRAFT_MOVED, application, key=batch.pk, closed=batch)


def deadline_near(application: Application, days: int) -> None:
    """The batch closes soon, and this is still a draft. A deadline that was moved is reminded of anew."""
    until = application.batch.deadline
    told(DEADLINE_NEAR, application, key=f"{date_of(until)}:{days}", until=deadline(until))


def correction_near(application: Application, days: int) -> None:
    """The correction is due soon; on the last day the proposed representative is told too."""
    until, occasion = deadline(application.due_at), date_of(application.due_at)
    told(CORRECTION_NEAR, application, key=f"{occasion}:{days}", until=until)
    if days == 0 and application.representative_email:
        key = f"correction_near:{application.pk}:{occasion}:representative"
        to, language = application.representative_email, application.applicant.language
        write(CORRECTION_NEAR, about=application, to=to, key=key, language=language, until=until, **said(application))


def date_of(moment: datetime | None) -> str:
    """The day that a reminder's key names: one row a kind, thing and date."""
    return moment.astimezone(clock.SHANGHAI).date().isoformat() if moment else ""


def seal_near(application: Application, days: int) -> None:
    """The sealed form is due soon."""
    told(SEAL_NEAR, application, key=f"{application.seal_due_at}:{days}", until=deadline(application.seal_due_at))


def seal_missed(application: Application, closed: Batch) -> None:
    """No sealed form came in time: the application stands, and counts for the batch now open."""
    until = deadline(application.seal_due_at)
    told(SEAL_MISSED, application, key=application.seal_due_at, closed=closed, until=until)


def seal_unusable(application: Application, copy: SealedCopy) -> None:
    """The clerk looked at a scan, and it does not do."""
    told(SEAL_UNUSABLE, application, key=f"{copy.pk}:{copy.looked_at}", words=copy.note, until=deadline(application.seal_due_at))


def limit_moved(application: Application, before: datetime, after: datetime) -> None:
    """The State Council's arrangement became known, or was put right: the limit is counted again."""
    told(LIMIT_MOVED, application, key=after.isoformat(), before=deadline(before), until=deadline(after))


def publicity_over(application: Application) -> None:
    """The public notice has passed without an objection; approval follows."""
    told(PUBLICITY_OVER, application, key=application.publicity_until)


def draft_old(application: Application, until: datetime) -> None:
    """Nobody has touched this draft for months."""
    told(DRAFT_OLD, application, key=application.saved_at.isoformat(), until=day(until))


def discarded(application: Application) -> None:
    told(DISCARDED, application)


def batch_closed(user: User, batch: Batch, received: int, moved: int) -> None:
    """The batch is closed: its review may begin."""
    key = f"batch_closed:{batch.pk}:{user.pk}"
    values: dict[str, Any] = {
        "batch": batch,
        "received": received,
        "moved": moved,
        "link": reverse("admin:applications_batch_change", args=[batch.pk]),
    }
    write(BATCH_CLOSED, about=batch, to=user.email, key=key, language=user.language, recipient=user, **values)


def review_due(user: User, applications: list[Application]) -> None:
    """One letter a day with all that is due on this person's desk."""
    key = f"review_due:{user.pk}:{clock.today().isoformat()}"
    lines = listed(line(application) for application in applications)
    values: dict[str, Any] = {"n": len(applications), "applications": lines, "link": reverse("admin:index")}
    write(REVIEW_DUE, about=user, to=user.email, key=key, language=user.language, recipient=user, **values)


def line(application: Application) -> tuple[Any, ...]:
    """An application in a list of those that are due."""
    return application.number, application, application.get_state_display, deadline(application.due_at or application.publicity_until)
