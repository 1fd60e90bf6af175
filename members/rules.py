"""Who may, of what belongs to the alliance. Pages, buttons and steps all ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.facts.models import facts
from alliance.history.models import TIMETABLE
from members.choices import MembershipState
from members.models import MemberUnit, SealedItem, Term
from members.querysets import reach_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alliance.workflow import Actor
    from members.models import BodyTenure, Certificate


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
