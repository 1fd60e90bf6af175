"""Who may, of what belongs to the alliance. Pages, buttons and steps all ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office
from alliance.accounts.models import User
from alliance.facts.models import facts
from alliance.history.models import TIMETABLE
from members.choices import Audience, CampaignState, Counted, MembershipState
from members.models import (
    Attendance,
    Campaign,
    Change,
    ChangeRequest,
    Confirmation,
    Expulsion,
    MemberUnit,
    Organisation,
    Proxy,
    Representative,
    Resignation,
    SealedItem,
    SuccessionKind,
    Term,
)
from members.querysets import reach_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alliance.workflow import Actor
    from members.models import BodyTenure, Certificate, Motion


def person(by: Actor) -> User | None:
    """The active person that `by` is, signed in; the anonymous and the timetable are none."""
    return by if isinstance(by, User) and by.is_active else None


def holds(by: Actor, *offices: str) -> bool:
    """Whether `by` is a person who holds one of `offices`."""
    user = person(by)
    return user is not None and user.holds(*offices)


def is_timetable(by: Actor, thing: Any) -> bool:
    return by == TIMETABLE


def is_officer(by: Actor, thing: Any) -> bool:
    """Officers and the secretary-general conduct meetings and keep the register; of a branch, that of its units."""
    return holds(by, Office.OFFICER, Office.SECRETARY) and reaches(by, thing)


def reaches(by: Actor, thing: Any) -> bool:
    """Whether a thing lies within the reach of whoever acts: of a branch, units within it and what is theirs; the rest is the whole alliance's."""
    user = person(by)
    if reach_of(user) is None:
        return True
    unit = thing if isinstance(thing, MemberUnit) else getattr(thing, "unit", None)
    return unit is not None and MemberUnit.objects.within_reach(user).filter(pk=unit.pk).exists()


def casts_vote(by: Actor, attendance: Attendance) -> bool:
    """Who casts the vote of a line of the roll: whose account stands on it, or the proxy's."""
    user = person(by)
    return user is not None and Attendance.objects.of(user).filter(pk=attendance.pk).exists()


def counts_hands(by: Actor, motion: Motion) -> bool:
    return motion.way == Counted.HANDS and is_officer(by, motion)


def closes_vote(by: Actor, motion: Motion) -> bool:
    return motion.way == Counted.NAMED and is_officer(by, motion)


def conducts_meetings(user: User) -> bool:
    """Whoever sees the pages of the hall: the door, the screen, the printed sheet, the roll call."""
    return user.is_authenticated and is_officer(user, None)


def may_certify(by: Actor, unit: MemberUnit) -> bool:
    """An officer, for a unit without a certificate that runs, once the alliance issues certificates."""
    return is_officer(by, unit) and facts().certifies and not unit.certificates.running().exists()


def may_replace_certificate(by: Actor, unit: MemberUnit) -> bool:
    return is_officer(by, unit) and unit.certificates.running().exists()


def may_renew(by: Actor, certificate: Certificate) -> bool:
    """An officer, once a later term has begun than the certificate's, for a unit with its rights."""
    return (
        is_officer(by, certificate)
        and certificate.unit.state == MembershipState.ACTIVE
        and certificate.term != Term.objects.current()
        and facts().certifies
    )


def may_dispatch(by: Actor, certificate: Certificate) -> bool:
    """The secretariat posts certificates; of a branch, to its units."""
    return holds(by, Office.CLERK, Office.OFFICER, Office.SECRETARY) and reaches(by, certificate)


def readable_sealed(user: User) -> QuerySet:
    """The sealed certificates that `user` may read: of the units for which they act, or all, as far as the office reaches."""
    units = MemberUnit.objects.within_reach(user) if user.is_secretariat else MemberUnit.objects.of(user)
    return SealedItem.objects.of(units.values("pk"))


def is_theirs(by: Actor, tenure: BodyTenure) -> bool:
    """Whose letter of appointment it is: the expert's, or the unit's that sent the person."""
    user = person(by)
    if user is None:
        return False
    if tenure.expert:
        return tenure.expert.user_id == user.pk
    return tenure.unit is not None and acts_for_unit(user, tenure.unit)


def is_secretary(by: Actor, thing: Any) -> bool:
    return holds(by, Office.SECRETARY) and reaches(by, thing)


def acts_for_unit(by: Actor, unit: MemberUnit) -> bool:
    """A colleague of the unit's organisation, or its representative."""
    user = person(by)
    return user is not None and MemberUnit.objects.of(user).filter(pk=unit.pk).exists()


def speaks_for_unit(by: Actor, unit: MemberUnit) -> bool:
    """Its representative, or a colleague who may submit for it: whoever only fills in reads."""
    user = person(by)
    return user is not None and MemberUnit.objects.spoken_for_by(user).filter(pk=unit.pk).exists()


def speaks_for_unit_of(by: Actor, thing: Any) -> bool:
    """The same, of what belongs to a unit: a request, a wish, a place in a body."""
    return thing.unit is not None and speaks_for_unit(by, thing.unit)


def opens_campaigns(by: Actor, campaign: Campaign) -> bool:
    """An officer, or the timetable on its day."""
    return is_officer(by, campaign) or (is_timetable(by, campaign) and campaign.opens_on <= clock.today())


def confirms_for_unit(by: Actor, confirmation: Confirmation) -> bool:
    """Whoever speaks for the unit, while the confirmation runs."""
    return confirmation.campaign.state == CampaignState.OPEN and speaks_for_unit(by, confirmation.unit)


def records_confirmations(by: Actor, confirmation: Confirmation) -> bool:
    """Anybody of the secretariat who reaches the unit, while the confirmation runs: clerks open the post."""
    return confirmation.campaign.state == CampaignState.OPEN and holds(by, *SECRETARIAT) and reaches(by, confirmation)


def is_officer_or_timetable(by: Actor, thing: Any) -> bool:
    """Officers; and the timetable, of what has its day."""
    return is_timetable(by, thing) or is_officer(by, thing)


def may_record_resignation(by: Actor, unit: MemberUnit) -> bool:
    """Officers; and the timetable, once the day of a confirmed notice has come."""
    return is_officer(by, unit) or (is_timetable(by, unit) and unit.resignations.due(clock.today()).exists())


def may_withdraw_resignation(by: Actor, resignation: Resignation) -> bool:
    """Whoever acts for the unit, and officers for it, as long as it has not left."""
    return resignation.unit.is_running and (acts_for_unit(by, resignation.unit) or is_officer(by, resignation))


def may_expel(by: Actor, unit: MemberUnit) -> bool:
    """The secretary-general, unless it was they who notified the charges: two people answer for an expulsion."""
    user = person(by)
    return user is not None and is_secretary(by, unit) and not unit.expulsions.open().filter(charged_by=user).exists()


def may_undo_succession(by: Actor, unit: MemberUnit) -> bool:
    """An officer, of a unit that had its rights."""
    return is_officer(by, unit) and unit.went_into.in_force().filter(was=MembershipState.ACTIVE).exists()


def may_undo_succession_of_suspended(by: Actor, unit: MemberUnit) -> bool:
    return is_officer(by, unit) and unit.went_into.in_force().filter(was=MembershipState.SUSPENDED).exists()


def may_take_back(by: Actor, unit: MemberUnit) -> bool:
    """An officer, of the heir of a split that was undone."""
    splits = unit.took_over.filter(kind=SuccessionKind.SPLIT)
    return is_officer(by, unit) and splits.exists() and not splits.in_force().exists()


def sees_organisation(by: Actor, organisation: Organisation) -> bool:
    """Whether it lies within the reach of somebody of the office."""
    user = person(by)
    return user is not None and user.is_secretariat and Organisation.objects.within_reach(user).filter(pk=organisation.pk).exists()


def is_party(by: Actor, unit: MemberUnit) -> bool:
    """Whoever acts for the unit; of one that has left, whoever acts for its organisation: what was decided about it stays theirs to read."""
    user = person(by)
    return user is not None and (acts_for_unit(user, unit) or unit.organisation.colleagues.filter(user=user, until=None).exists())


def readable(user: User) -> list[QuerySet]:
    """The things, of each kind, whose files `user` may read: what a unit wrote is its own and the office's."""
    units = MemberUnit.objects.within_reach(user) if user.is_secretariat else MemberUnit.objects.of(user)
    keys = units.order_by().values("pk")
    theirs = [model.objects.filter(unit__in=keys) for model in (Change, ChangeRequest, Resignation, Expulsion)]
    return [*theirs, Proxy.objects.filter(attendance__unit__in=keys)]


def may_disclose(by: Actor, unit: MemberUnit) -> bool:
    """Whoever acts for a running unit chooses who sees what of it; so does an officer whom it has asked to."""
    return unit.is_running and (acts_for_unit(by, unit) or is_officer(by, unit))


def is_representative(by: Actor, representative: Representative) -> bool:
    """Consent to be named is nobody's but the person's own, while they represent the unit."""
    user = person(by)
    return user is not None and representative.user_id == user.pk and representative.until is None


def audience_of(by: Actor) -> Audience:
    """As whom somebody reads the page of a unit: as one of the members and the secretariat, or as anybody."""
    user = person(by)
    known = user is not None and (user.is_secretariat or MemberUnit.objects.of(user).exists())
    return Audience.MEMBERS if known else Audience.PUBLIC
