"""Who may, of seats and elections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance.accounts.choices import SECRETARIAT, Office
from council.choices import ContestKind, Entry
from council.models import Contest, Nomination, UnitTenure
from members.rules import holds, is_officer, is_representative, is_secretary, person, reaches, speaks_for_unit

if TYPE_CHECKING:
    from django.db.models import Model

    from alliance.workflow import Actor

__all__ = [
    "acts_for_nominee",
    "is_officer",
    "is_representative",
    "is_secretariat",
    "is_secretary",
    "is_the_person",
    "may_agree",
    "may_certify",
    "may_certify_correction",
    "may_enter_second",
    "may_sign",
    "seats_the_rest",
    "sees_dashboard",
    "sits",
    "speaks_for_nominee",
    "speaks_for_recommender",
    "speaks_for_unit",
]


def sits(user: Model) -> bool:
    """Whether the person fills a seat."""
    return UnitTenure.objects.of(user).exists()


def sees_dashboard(by: Actor, thing: Any = None) -> bool:
    """The council, the secretariat and the auditor see how seats are allocated."""
    user = person(by)
    return user is not None and (user.holds(Office.CLERK, Office.OFFICER, Office.SECRETARY, Office.AUDITOR) or sits(user))


def is_the_person(by: Actor, nomination: Nomination) -> bool:
    """The representative who is put forward."""
    return is_representative(by, nomination.person)


def speaks_for_nominee(by: Actor, nomination: Nomination) -> bool:
    """Whoever binds the unit: its representative, or a colleague who may submit."""
    return speaks_for_unit(by, nomination.unit)


def speaks_for_recommender(by: Actor, nomination: Nomination) -> bool:
    """Whoever binds the unit that recommends; who puts itself forward has none."""
    return nomination.recommender is not None and speaks_for_unit(by, nomination.recommender)


def acts_for_nominee(by: Actor, nomination: Nomination) -> bool:
    """Whoever binds the unit, or the person."""
    return speaks_for_nominee(by, nomination) or is_the_person(by, nomination)


def is_secretariat(by: Actor, thing: Any = None) -> bool:
    """Anybody of the secretariat: tallies are entered by two of them."""
    return holds(by, *SECRETARIAT) and reaches(by, thing)


def has_entered(by: Actor, contest: Contest) -> bool:
    user = person(by)
    return user is not None and contest.tallies.by(user).exists()


def may_enter_second(by: Actor, contest: Contest) -> bool:
    """Another person than the one of the first entry."""
    return is_secretariat(by, contest) and not has_entered(by, contest)


def may_agree(by: Actor, contest: Contest) -> bool:
    """An officer, while two entries are there that differ."""
    return is_officer(by, contest) and contest.tally is None


def may_sign(by: Actor, contest: Contest) -> bool:
    """An officer; not the one who alone entered what counts, where a recount was entered once."""
    user = person(by)
    return user is not None and is_officer(by, contest) and not contest.tallies.filter(entry=Entry.AGREED, entered_by=user).exists()


def may_certify(by: Actor, contest: Contest) -> bool:
    """The secretary-general, who neither signed first nor entered a tally: two people answer for a result."""
    user = person(by)
    return user is not None and is_secretary(user, contest) and contest.first_signer_id != user.pk and not has_entered(user, contest)


def may_certify_correction(by: Actor, contest: Contest) -> bool:
    """The secretary-general, unless it was they who proposed the correction."""
    user = person(by)
    return user is not None and is_secretary(user, contest) and contest.first_signer_id != user.pk


def seats_the_rest(by: Actor, contest: Contest) -> bool:
    """The secretary-general, after the first of two steps."""
    return is_secretary(by, contest) and contest.kind == ContestKind.UNITS
