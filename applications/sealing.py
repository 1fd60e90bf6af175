"""The seal on the form: fixing a version for it, reading what comes back, and whether it is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.calendar.days import due_after
from alliance.files.choices import WRITTEN
from alliance.files.codes import codes
from alliance.files.words import refusal
from alliance.history.record import record
from alliance.prepared import Prepared
from alliance.templatetags.portal import day
from alliance.workflow import Actor, NotAllowed, Refused, Workflow, to_hold
from applications import notices, papers, rules
from applications.choices import Paper, Reading, State
from applications.models import Application, Original, SealedCopy, Version
from applications.models.attachment import add, put_away
from applications.models.mark import UNFROZEN, Mark, read
from applications.models.version import code_now, freeze

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from alliance.files.checking import Checked

RECEIVING = (State.DRAFT, State.CORRECTION, State.SUBMITTED, State.RESUBMITTED)  # while a sealed form may come
OLDER = _(
    "This paper is version %(number)d, printed on %(day)s (code %(code)s); the answers have been changed since, so it counts no more. Please print the form again, have it sealed and upload that."
)
FOREIGN = _("The code on page %(page)d belongs to another application: please upload the sealed form of this one.")
DRAFT = _("This paper was printed as a draft. Please press “Ready to seal”, print the form, have it sealed and upload that.")
LATE = _("A sealed form is not received any more: the application has been decided on, or withdrawn.")

# ── Which version ────────────────────────────────────────────────────────────────────────────────────────────────────


def code_of(application: Application) -> str:
    """The code of the paper that counts: of what it says while it may change, else of what was submitted."""
    return code_now(application) if application.is_editable else application.version.code


def current(application: Application) -> Version | None:
    """The latest frozen version with that code; the papers beside it may have changed."""
    code = code_of(application)
    return next((version for version in reversed(application.frozen) if version.code == code), None)


def to_print(application: Application) -> Version | None:
    """The version that the form is printed from; none while it is a draft, or has never been fixed as it is."""
    found = current(application)
    if application.state == State.DRAFT:
        return None if application.gaps else found
    return found or application.version


def void(application: Application) -> Version | None:
    """The last version that was printed, where its paper counts no more."""
    last = next(reversed(application.frozen), None)
    return last if last and current(application) is None else None


@transaction.atomic
def make_ready(application: Application, *, by: Model) -> Version:
    """Fix what it says now, to be printed and sealed; where that has been done already, it is that version."""
    locked = to_hold(Application).get(application.pk)
    if locked.gaps:
        raise Refused(_("Something is still missing: please complete the sections that are marked."), thing=locked)
    if found := current(locked):
        return found
    if not locked.is_editable:
        raise Refused(LATE, thing=locked)
    version = freeze(locked, by=by)
    record(locked, "freeze", by=by, inputs={"version": version.number})
    return version


# ── Is it there? ─────────────────────────────────────────────────────────────────────────────────────────────────────


def is_sealed(application: Application, code: str = "") -> bool:
    """Whether the paper that counts has come back sealed: as a scan that was read or looked at, or itself."""
    code = code or code_of(application)
    return any(each.version.code == code for rows in (SCANS, ORIGINALS) for each in rows.all(application.pk))


SCANS = Prepared(lambda key: SealedCopy.objects.counting().filter(version__application=key).select_related("version"))
ORIGINALS = Prepared(lambda key: Original.objects.filter(version__application=key, is_complete=True).select_related("version"))


def awaits_eye(application: Application) -> bool:
    """Whether there is a scan of it that only a person can read."""
    code = code_of(application)
    return any(copy.version.code == code for copy in application.sealed_copies.awaiting_eye().select_related("version"))


def is_stale(application: Application, copy: SealedCopy | None) -> bool:
    """Whether the scan that is there is of other answers than those that count."""
    return copy is not None and copy.version.code != code_of(application)


def expect(application: Application, version: Version) -> None:
    """From the submission of `version` on the sealed form is due, unless it is there. What was never printed has no seal."""
    printed = version.number > 1 or not version.is_new
    application.seal_due_at = None if printed and is_sealed(application, version.code) else due(application)


def due(application: Application) -> datetime:
    """Working days of its batch: from the last day for submissions, or from today where that is over or not set."""
    now, ends = clock.now(), application.batch.deadline
    last = ends - timedelta(microseconds=1) if ends else now
    return due_after(max(now, last), application.batch.seal_days)


def refuse_unsealed(application: Application) -> None:
    """What nobody has sealed is not accepted."""
    if is_sealed(application):
        return
    if awaits_eye(application):
        raise Refused(_("Its sealed scan waits to be looked at: please decide first whether it is right."))
    raise Refused(_("Its sealed form is not there: neither a scan that counts, nor the original as logged."))


def refuse_early(application: Application) -> None:
    if application.seal_due_at is None or application.seal_due_at > clock.now() or is_sealed(application) or awaits_eye(application):
        raise Refused(_("The sealed form is there, waits to be looked at, or is not due yet."))


# ── Reading a scan ───────────────────────────────────────────────────────────────────────────────────────────────────


class Found(NamedTuple):
    """What a scan was found to be."""

    reading: str
    pages: int = 0
    note: str = ""


def receive(application: Application, checked: Checked, *, by: Model) -> SealedCopy:
    """Take in a scan of the sealed form. Raises a ValidationError that says why, where it is another paper than the one that counts."""
    if checked.kind in WRITTEN:
        raise refusal("no_scan")
    return keep(application, checked, codes(checked), by=by)


@transaction.atomic
def keep(application: Application, checked: Checked, pages: list[list[str]], *, by: Model) -> SealedCopy:
    """Keep a scan, on whose pages these codes were read, in the place of an earlier one."""
    locked = to_hold(Application).get(application.pk)
    if locked.state not in RECEIVING:
        raise Refused(LATE, thing=locked)
    found = judge(locked, pages, is_signed=checked.signed)
    version = current(locked) or freeze(locked, by=by)
    for earlier in locked.papers_there:
        if earlier.kind == Paper.SEALED_FORM:
            put_away(earlier)
    attachment = add(locked, Paper.SEALED_FORM, checked, by=by)
    copy = SealedCopy.objects.create(
        application=locked, version=version, attachment=attachment, reading=found.reading, pages_read=found.pages, note=found.note
    )
    if copy.counts:
        settle(locked)
    record(locked, "receive_seal", by=by, inputs={"version": version.number, "reading": Reading(found.reading), "pages": found.pages})
    return copy


def settle(application: Application) -> None:
    """It is there: nothing is due any more."""
    if application.seal_due_at is not None:
        application.seal_due_at = None
        application.save(update_fields=["seal_due_at"])


def judge(application: Application, pages: list[list[str]], *, is_signed: bool) -> Found:
    """What the codes on its pages say of a scan; where they say nothing, somebody looks at it."""
    marks = [(number, mark) for number, texts in enumerate(pages, 1) for text in texts if (mark := read(text))]
    code = code_of(application)
    refuse_other_papers(application, marks, code)
    right = [mark for _number, mark in marks if mark.code == code]
    if not right:
        return Found(Reading.UNREAD)
    there = {mark.page for mark in right}
    missing = sorted({*range(1, max(mark.pages for mark in right) + 1)} - there)
    if missing:
        return Found(Reading.UNREAD, len(there), ", ".join(map(str, missing))[:200])
    return Found(Reading.SIGNED if is_signed else Reading.MATCHED, len(there))


def refuse_other_papers(application: Application, marks: list[tuple[int, Mark]], code: str) -> None:
    """A page of another application, of an earlier version or of a draft makes it another paper."""
    earlier = {version.code: version for version in application.frozen}
    for number, mark in marks:
        if not mark.is_of(application):
            raise ValidationError(FOREIGN, code="foreign", params={"page": number})
        if mark.version == UNFROZEN:
            raise ValidationError(DRAFT, code="draft")
        if mark.code != code and (version := earlier.get(mark.code)):
            told = {"number": version.number, "day": day(version.frozen_at), "code": papers.spaced(version.code)}
            raise ValidationError(OLDER, code="older", params=told)


# ── The office ───────────────────────────────────────────────────────────────────────────────────────────────────────

copies = Workflow(Reading)


def hold_application(copy: SealedCopy) -> None:
    Application.objects.select_for_update().get(pk=copy.application_id)


def refuse_replaced(copy: SealedCopy) -> None:
    """A look is at what counts now."""
    if copy.attachment.removed_at or copy.version.code != code_of(copy.application) or copy.application.state not in RECEIVING:
        raise Refused(_("This scan does not count any more: a later one has come, the answers have changed, or the form is decided on."))


@copies.step(_("Found right"), Reading.UNREAD, Reading.WRONG, to=Reading.SEEN, allow=rules.may_look, tone="go", lock=hold_application)
def find_right(copy: SealedCopy, *, by: Actor) -> None:
    """The clerk compared the scan with the version: it is the same, complete, and sealed."""
    refuse_replaced(copy)
    copy.looked_by, copy.looked_at = by, clock.now()
    settle(copy.application)


@copies.step(
    _("Not usable"),
    Reading.UNREAD,
    Reading.MATCHED,
    Reading.SIGNED,
    Reading.SEEN,
    to=Reading.WRONG,
    allow=rules.may_look,
    tone="stop",
    lock=hold_application,
)
def find_unusable(copy: SealedCopy, *, by: Actor, words: str) -> None:
    """The seal is missing or cannot be read, or it is another paper: the applicant is told what, and until when a better one may come."""
    refuse_replaced(copy)
    copy.looked_by, copy.looked_at, copy.note = by, clock.now(), words
    application = copy.application
    application.seal_due_at = due(application)
    application.save(update_fields=["seal_due_at"])
    notices.seal_unusable(application, copy)


@transaction.atomic
def log_original(original: Original, *, by: Model) -> Original:
    """The paper itself has come: of the version last submitted, and filed where it is found again."""
    application = Application.objects.select_for_update().get(pk=original.application_id)
    if not rules.may_make_papers(by, application):
        raise NotAllowed(thing=application)
    original.version, original.noted_by, original.noted_at = application.version, by, clock.now()
    original.save()
    if original.is_complete:
        settle(application)
    record(application, "log_original", by=by, inputs={"received_on": original.received_on, "is_complete": original.is_complete})
    return original
