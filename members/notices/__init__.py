"""Who is told, when a membership or a meeting moves, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.letters.kinds import kind
from alliance.letters.words import day, moment
from alliance.letters.write import bag, write
from members.choices import WishKind
from members.models import MemberUnit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import Model

    from alliance.accounts.models import User
    from alliance.letters.kinds import Kind
    from members.models import Dispatch, Meeting, Wish


AT_ONCE = 500  # whose readers are looked up together
UNIT = {"name": _("the unit's name"), "number": _("the member number")}

SUSPENDED = kind(
    "membership_suspended",
    _("Membership suspended"),
    **UNIT,
    reason=_("the reason, in the office's words"),
    until=_("from when on it has its rights again"),
)
REINSTATED = kind("membership_reinstated", _("Membership reinstated"), **UNIT)
RESIGNED = kind("membership_resigned", _("Resignation recorded"), **UNIT)
CONVENED = kind(
    "meeting_convened", _("Call to a meeting"), **UNIT, title=_("the meeting"), when=_("the day and the hour"), place=_("the place")
)
PERSON_CONVENED = kind(
    "person_convened", _("Call to a meeting, to a person"), title=_("the meeting"), when=_("the day and the hour"), place=_("the place")
)
WISH = {"body": _("the branch, working group or secretariat"), "wish": _("what the unit wished"), "words": _("the office's words")}
WISH_ACCEPTED = kind("wish_accepted", _("A wish is accepted"), **UNIT, **WISH)
WISH_DECLINED = kind("wish_declined", _("A wish is declined"), **UNIT, **WISH)
SENT = kind(
    "certificate_sent",
    _("Certificate sent by courier"),
    **UNIT,
    certificate=_("the certificate number"),
    courier=_("the courier"),
    parcel=_("the courier number"),
    day=_("the day it was sent"),
)
FOUNDED = kind("founded", _("The alliance is founded"), **UNIT, day=_("the day of the founding"), begins=_("the first day of the term"))


def unit_told(kind: Kind, unit: MemberUnit, *, key: str, about: Model | None = None, **values: Any) -> None:
    """Write to everyone who acts for `unit`, each in their own language; where nobody does yet, to the contact that a list names."""
    said = {"about": about or unit, "name": unit.organisation.name, "number": unit.number, "link": reverse("unit"), **values}
    with bag():
        colleagues = getattr(unit.organisation, "acting", None)
        if colleagues is None:
            colleagues = unit.organisation.colleagues.filter(until=None).select_related("user")
        for colleague in colleagues:
            user = colleague.user
            write(kind, to=user.email, mobile=user.mobile or "", key=f"{key}:{user.pk}", language=user.language, recipient=user, **said)
        if not colleagues and (address := reached_at(unit)):
            write(kind, to=address, key=f"{key}:contact", language=settings.LANGUAGE_CODE, **said)


def reached_at(unit: MemberUnit) -> str:
    """The address of whom a list names for the unit, if it names any."""
    return getattr(getattr(unit.organisation, "contact", None), "email", "")


def wish_settled(kind: Kind, wish: Wish) -> None:
    """The unit is told what became of its wish, from when on, and why."""
    values = {"body": wish.body, "wish": WishKind(wish.kind).label, "words": wish.words}
    unit_told(kind, wish.unit, key=f"{kind.name}:{wish.pk}", about=wish.unit, **values)


def certificate_sent(sent: Dispatch) -> None:
    """The unit is told by which courier its certificate comes, and under which number."""
    certificate = sent.certificate
    values = {"certificate": certificate.number, "courier": sent.courier, "parcel": sent.number, "day": day(sent.sent_on)}
    unit_told(SENT, certificate.unit, key=f"certificate_sent:{sent.pk}", about=certificate.unit, **values)


def founded(units: Iterable[MemberUnit], on: date, begins_on: date) -> None:
    """Tell every prospective member that it is a member unit now."""
    for unit in units:
        unit_told(FOUNDED, unit, key=f"founded:{unit.pk}", day=day(on), begins=day(begins_on))


def convened(meeting: Meeting, lines: Iterable[int] = ()) -> None:
    """Call everybody on the roll, or on these `lines` of it: units by whoever acts for them, experts by their account."""
    values = {"title": meeting, "when": moment(meeting.held_at), "place": meeting.place}
    units = Prefetch("unit", MemberUnit.objects.with_readers())
    called = meeting.attendances.called().select_related("user").prefetch_related(units)
    called = called.filter(pk__in=lines) if lines else called
    with bag():
        for attendance in called.iterator(chunk_size=AT_ONCE):
            if attendance.unit:
                key = f"meeting_convened:{meeting.pk}:{attendance.unit_id}"
                unit_told(CONVENED, attendance.unit, key=key, about=meeting, **values)
            elif attendance.user:
                person_called(attendance.user, meeting)


def person_called(user: User, meeting: Meeting) -> None:
    """Call somebody who casts a vote of their own."""
    write(
        PERSON_CONVENED,
        to=user.email,
        mobile=user.mobile or "",
        key=f"person_convened:{meeting.pk}:{user.pk}",
        about=meeting,
        language=user.language,
        recipient=user,
        link=reverse("members_meeting", args=[meeting.uuid]),
        title=meeting,
        when=moment(meeting.held_at),
        place=meeting.place,
    )
