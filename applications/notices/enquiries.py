"""What whoever asked the office is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.channels.numbers import reachable
from alliance.letters.kinds import kind
from alliance.letters.words import deadline
from alliance.letters.write import write
from applications.choices import EnquiryTopic

if TYPE_CHECKING:
    from alliance.letters.kinds import Kind
    from applications.models import Enquiry

ENQUIRY_ANSWERED = kind(
    "enquiry_answered", _("Enquiry answered"), name=_("who asks"), question=_("what was asked"), answer=_("the office's answer")
)
ENQUIRY_RECEIVED = kind("enquiry_received", _("Enquiry received"), topic=_("what it is about"), until=_("until when it is answered"))


def enquiry_received(enquiry: Enquiry) -> None:
    """A receipt with the address of the thread and the day of the answer. It repeats nothing that was typed: anybody could have it sent to anybody."""
    if enquiry.address:
        of_enquiry(ENQUIRY_RECEIVED, enquiry, key="received", topic=EnquiryTopic(enquiry.topic).label, until=deadline(enquiry.due_at))


def enquiry_answered(enquiry: Enquiry, words: str) -> None:
    """The answer goes to who asked; by hand where there is no address."""
    key = f"{clock.now():%Y%m%d%H%M%S}"
    of_enquiry(ENQUIRY_ANSWERED, enquiry, key=key, name=enquiry.name, question=asked_last(enquiry), answer=words)


def asked_last(enquiry: Enquiry) -> str:
    """The question that an answer answers: the last that was put."""
    return [said["words"] for said in enquiry.thread if not said["is_office"]][-1]


def of_enquiry(kind: Kind, enquiry: Enquiry, *, key: str, **values: Any) -> None:
    letter: dict[str, Any] = {"language": enquiry.language, "recipient": enquiry.asked_by, "link": enquiry.get_absolute_url(), **values}
    write(kind, about=enquiry, to=enquiry.address, mobile=reachable(enquiry.phone), key=f"{kind.name}:{enquiry.pk}:{key}", **letter)
