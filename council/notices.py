"""Who is told, when a nomination or an election moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.kinds import kind
from alliance.letters.models import Letter
from alliance.letters.words import day
from alliance.letters.write import bag, write
from members.choices import Tier
from members.models import MemberUnit
from members.notices import UNIT, unit_told

if TYPE_CHECKING:
    from alliance.letters.kinds import Kind
    from council.models import Call, Nomination, UnitTenure
    from members.models import Representative

AT_ONCE = 500  # units written to in one go

NOMINATED = kind("nominated", _("Nominated by another unit"), **UNIT, by=_("the unit that recommends"), post=_("the post"))
TAKEN_BACK = kind(
    "nomination_taken_back", _("A recommendation is taken back"), **UNIT, by=_("the unit that recommended"), post=_("the post")
)
SEAT = {"seat": _("the seat"), "day": _("since when")}
HANDED_ON = kind("seat_handed_on", _("Seat handed on to the successor"), **UNIT, **SEAT, other=_("the unit that held it"))
PERSON_CHANGED = kind("seat_person_changed", _("Another person fills the seat"), **UNIT, **SEAT, person=_("who fills it"))
LEFT = kind("seat_left", _("Seat left"), **UNIT, **SEAT)
CO_OPTED = kind("co_opted", _("Co-opted to the council"), **UNIT, **SEAT)
ACTING = kind("acting_chair", _("Acting for the chair"), **UNIT, **SEAT)
POST = {"post": _("the post")}
CALLED = kind("nominations_open", _("Nominations are taken"), **UNIT, term=_("the term"), begins=_("the first day"), ends=_("the last day"))
PERSON_ASKED = kind("nominee_asked", _("A person is asked to stand"), **UNIT, **POST, person=_("who is asked"))
SHORTLISTED = kind("shortlisted", _("Shortlisted"), **UNIT, **POST)
BLOCKED = kind("nomination_blocked", _("Not eligible"), **UNIT, **POST, reason=_("the reason, in the office's words"))
PUBLISHED = kind("candidates_published", _("The list of candidates is published"), **UNIT, **POST, ends=_("the last day"))
SEATED = kind("seated", _("Elected to the council"), **UNIT, seat=_("the seat"), day=_("since when"))


def nominated(nomination: Nomination) -> None:
    """A unit put forward by another is asked whether it accepts."""
    about_nomination(NOMINATED, nomination, by=recommended_by(nomination))


def recommended_by(nomination: Nomination) -> str:
    return nomination.recommender.organisation.name if nomination.recommender else ""


def taken_back(nomination: Nomination) -> None:
    """Whoever was asked is told that there is nothing to answer any more; who was not reads nothing of it."""
    if Letter.objects.about(nomination).filter(template=NOMINATED.name).exists():
        about_nomination(TAKEN_BACK, nomination, by=recommended_by(nomination))


def nominations_open(call: Call) -> None:
    """Every unit that votes may put itself or another forward."""
    said = {"term": call.term, "begins": day(call.opens_on), "ends": day(call.closes_on)}
    with bag():
        for unit in MemberUnit.objects.electorate(call.term).with_readers().iterator(chunk_size=AT_ONCE):
            unit_told(CALLED, unit, key=f"nominations_open:{call.pk}:{unit.pk}", about=call, **said)


def person_asked(nomination: Nomination) -> None:
    """The unit has agreed; now its person is asked, whether or not they fill in anything else for it."""
    said: dict[str, Any] = {"post": post_of(nomination), "person": nomination.person.name}
    key = f"nominee_asked:{nomination.pk}"
    unit_told(PERSON_ASKED, nomination.unit, key=key, about=nomination, **said)
    user = nomination.person.user
    if user and not nomination.unit.organisation.colleagues.filter(user=user, until=None).exists():
        said |= {"name": nomination.unit.organisation.name, "number": nomination.unit.number, "link": reverse("unit"), "about": nomination}
        to, mobile = user.email, user.mobile or ""
        write(PERSON_ASKED, to=to, mobile=mobile, key=f"{key}:person", language=user.language, recipient=user, **said)


def shortlisted(nomination: Nomination) -> None:
    about_nomination(SHORTLISTED, nomination)


def blocked(nomination: Nomination, reason: str) -> None:
    """The office says why; the unit may answer it."""
    about_nomination(BLOCKED, nomination, reason=reason)


def list_published(call: Call) -> None:
    """Whoever is on the list learns until when it is published."""
    with bag():
        for nomination in call.nominations.on_the_list():
            about_nomination(PUBLISHED, nomination, ends=day(call.published_until))


def about_nomination(kind: Kind, nomination: Nomination, **values: Any) -> None:
    said = {"post": post_of(nomination), **values}
    unit_told(kind, nomination.unit, key=f"{kind.name}:{nomination.pk}", about=nomination, **said)


def post_of(nomination: Nomination) -> Any:
    return Tier(nomination.tier).label


def acting(tenure: UnitTenure) -> None:
    """The unit learns that it acts for the chair."""
    unit_told(ACTING, tenure.unit, key=f"acting_chair:{tenure.pk}:{clock.today()}", about=tenure, seat=tenure.seat, day=day(clock.today()))


def seated(tenure: UnitTenure) -> None:
    """Elected, or co-opted."""
    kind = CO_OPTED if tenure.resolution_id else SEATED
    unit_told(kind, tenure.unit, key=f"seated:{tenure.pk}", about=tenure, seat=tenure.seat, day=day(tenure.begins_on))


def handed_on(tenure: UnitTenure, before: MemberUnit) -> None:
    """The successor reads which seat is its own now, and whose it was."""
    values = {"seat": tenure.seat, "day": day(tenure.begins_on), "other": before.organisation.name}
    unit_told(HANDED_ON, tenure.unit, key=f"seat_handed_on:{tenure.pk}", about=tenure, **values)


def person_changed(tenure: UnitTenure, person: Representative) -> None:
    values = {"seat": tenure.seat, "day": day(clock.today()), "person": person.name}
    unit_told(PERSON_CHANGED, tenure.unit, key=f"seat_person_changed:{tenure.pk}:{person.pk}", about=tenure, **values)


def seat_left(tenure: UnitTenure) -> None:
    unit_told(LEFT, tenure.unit, key=f"seat_left:{tenure.pk}", about=tenure, seat=tenure.seat, day=day(clock.today()))
