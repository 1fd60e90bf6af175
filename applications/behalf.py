"""What the office enters for a unit that applied on paper, by e-mail, WeChat or over the counter; and how the unit takes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import Code, record
from alliance.numbering.models import take
from alliance.workflow import Refused
from applications import joining, notices
from applications.choices import State
from applications.models import Application, Batch, OnBehalf, Writer
from applications.models.behalf import ALPHABET, digest
from members.identifiers import describe, normalise, recognition_number
from members.models.colleague import Role

if TYPE_CHECKING:
    from datetime import datetime

    from alliance.accounts.models import User

WRONG = _("This code does not hold: it may be mistyped, used, or older than 60 days.")
ALREADY_HERE = _("You have a draft under this number already: please go on with that one.")
IN_THE_WAY = _("You have a draft of your own under this number: please withdraw it first, then type in the code again.")


@transaction.atomic
def enter(*, by: User, channel: str, received_at: datetime, note: str, jurisdiction: str, reg_no: str) -> OnBehalf:
    """A draft that `by` fills in for the unit; without a number it is an alliance by contract, which is given one here."""
    Batch.objects.hold_still()
    number = normalise(reg_no) or given_number()
    batch, suggested = Batch.objects.accepting(clock.now()).get(), describe(jurisdiction, number).answers
    draft, is_new = Application.objects.get_or_create(
        applicant=by, jurisdiction=jurisdiction, reg_no=number, state=State.DRAFT, defaults={"batch": batch} | suggested
    )
    if not is_new:
        raise Refused(ALREADY_HERE, thing=draft)  # pressed twice
    Writer.objects.create(application=draft, user=by, role=Role.OWNS)
    entry = OnBehalf.objects.create(application=draft, channel=channel, received_at=received_at, note=note, entered_by=by)
    record(draft, "enter", by=by, inputs={"channel": Code(channel), "received_at": received_at, "note": note})
    return entry


def given_number() -> str:
    year = clock.today().year
    return recognition_number(year, take(f"recognition {year}"))


@transaction.atomic
def new_code(entry: OnBehalf, *, by: User) -> str:
    """A claim code, told this once, on paper and by letter; a former one ends."""
    Application.objects.select_for_update().get(pk=entry.application_id)
    entry.refresh_from_db()
    if entry.claimed_at:
        raise Refused(_("The unit has taken it over already."), thing=entry)
    code = entry.renew()
    entry.save(update_fields=["code_digest", "code_until"])
    record(entry.application, "make_code", by=by, inputs={"until": entry.code_until})
    if entry.application.contact_email:
        notices.to_take_over(entry, code)
    return code


@transaction.atomic
def take_over(typed: str, *, by: User) -> Application | None:
    """What the code opens belongs to `by` from now on, and whoever entered it writes no longer; nothing where the code does not hold."""
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    found = OnBehalf.objects.to_claim(digest(code), clock.now()).exclude(entered_by=by).first()
    if found is None:
        return None
    application = Application.objects.select_for_update().get(pk=found.application_id)
    entry = OnBehalf.objects.select_for_update().to_claim(digest(code), clock.now()).filter(pk=found.pk).first()
    if entry is None:
        return None  # somebody was first
    refuse_own_draft(application, by)
    application.writers.running().filter(user=entry.entered_by).update(until=clock.now())
    joining.let_in(application, application.organisation, by, Role.OWNS)
    joining.answers_for(application, by)
    entry.claimed_by, entry.claimed_at, entry.code_digest = by, clock.now(), ""
    entry.save(update_fields=["claimed_by", "claimed_at", "code_digest"])
    record(application, "take_over", by=by, inputs={"entered_by": entry.entered_by})
    return application


def refuse_own_draft(application: Application, by: User) -> None:
    if Application.objects.drafts_of(by, application.jurisdiction, application.reg_no).exclude(pk=application.pk).exists():
        raise Refused(IN_THE_WAY, thing=application)
