"""What can happen to an enquiry: asked, answered, asked further, closed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.calendar.days import due_after
from alliance.history.record import record
from alliance.workflow import Actor, Workflow
from applications import rules
from applications.choices import EnquiryState, EnquiryTopic
from applications.models import Enquiry, EnquiryMessage
from applications.notices import enquiries as notices

enquiries = Workflow(EnquiryState)
ASKED, ANSWERED = EnquiryState.ASKED, EnquiryState.ANSWERED
ANSWER_DAYS, PERSONAL_DAYS = 3, 15  # working days; one's own data: a fortnight and a day is the promise under PIPL, article 50


def answer_days(topic: str) -> int:
    """How many working days an answer may take."""
    return PERSONAL_DAYS if topic == EnquiryTopic.PERSONAL else ANSWER_DAYS


@transaction.atomic
def ask(enquiry: Enquiry, *, by: Actor) -> Enquiry:
    """A question comes in: it gets its day, and who asked gets a receipt where there is an address."""
    enquiry.due_at = due_after(enquiry.asked_at, answer_days(enquiry.topic))
    enquiry.save()
    record(enquiry, "ask", by=by, after=enquiry.state)
    notices.enquiry_received(enquiry)
    return enquiry


@enquiries.step(_("Ask further"), ASKED, ANSWERED, to=ASKED, allow=rules.may_ask_further)
def ask_further(enquiry: Enquiry, *, by: Actor, words: str) -> None:
    """Who asked has a further word: it is to be answered again, from today on."""
    EnquiryMessage.objects.create(enquiry=enquiry, is_office=False, words=words, by=rules.person(by))
    enquiry.due_at = due_after(clock.now(), answer_days(enquiry.topic))


@enquiries.step(_("Answer"), ASKED, ANSWERED, to=ANSWERED, allow=rules.is_secretariat, tone="go")
def answer(enquiry: Enquiry, *, by: Actor, words: str) -> None:
    """The desk answers, by letter too where there is an address. The first answer is the enquiry's own, every later one a message."""
    if enquiry.answer:
        EnquiryMessage.objects.create(enquiry=enquiry, is_office=True, words=words, by=by)
    else:
        enquiry.answer, enquiry.answered_by, enquiry.answered_at = words, by, clock.now()
    notices.enquiry_answered(enquiry, words)


@enquiries.step(_("Close the enquiry"), ASKED, ANSWERED, to=EnquiryState.CLOSED, allow=rules.is_secretariat)
def close_enquiry(enquiry: Enquiry, *, by: Actor) -> None:
    """Nothing more is to be said, or it was no question."""
