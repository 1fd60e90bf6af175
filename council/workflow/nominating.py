"""How a unit is put forward for a post, and what becomes of its nomination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import STAYS, Actor, NotAllowed, Refused, Workflow
from council import notices, rules
from council.choices import UNDER_WAY, NominationKind, NominationState
from council.models import Call, Nomination, Seat, UnitTenure
from members.choices import MembershipState, Tier
from members.models import MemberUnit
from members.workflow import agree_to_be_named

if TYPE_CHECKING:
    from members.models import Resolution, Term

nominations = Workflow(NominationState)
NOMINATED, UNIT_AGREED, ACCEPTED = NominationState.NOMINATED, NominationState.UNIT_AGREED, NominationState.ACCEPTED
SHORTLISTED, WITHDRAWN = NominationState.SHORTLISTED, NominationState.WITHDRAWN


@transaction.atomic
def nominate(
    unit: MemberUnit,
    *,
    term: Term,
    tier: int,
    direction: str,
    reason: str,
    by: Actor,
    recommender: MemberUnit | None = None,
    birth_year: int | None = None,
) -> Nomination:
    """Put `unit` and its representative forward for a post, while a call takes nominations.

    A unit that puts itself forward has agreed by doing so, and its person where they do it themselves; a paper that the
    office enters bears both signatures. A recommended unit is asked, and then its person.
    """
    if not (rules.is_officer(by, unit) or rules.speaks_for_unit(by, recommender or unit)):
        raise NotAllowed(thing=unit)
    call = Call.objects.select_for_update().filter(term=term).taking(clock.today()).first()
    if call is None:
        raise Refused(_("No nominations are taken now: a call opens them, from one day to another."), thing=unit)
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    post = {"tier": tier, "direction": "" if tier == Tier.CHAIR else direction}
    against(unit, call, post)
    kind = NominationKind.RECOMMENDED if recommender else NominationKind.SELF
    nomination = Nomination.objects.create(
        call=call,
        term=term,
        unit=unit,
        person=unit.representative,
        kind=kind,
        recommender=recommender,
        reason=reason,
        birth_year=birth_year,
        state=NOMINATED if recommender else agreed(by, unit),
        **post,
    )
    record(nomination, "nominate", by=by, after=nomination.state)
    if recommender:
        notices.nominated(nomination)
    return nomination


def against(unit: MemberUnit, call: Call, post: dict[str, int | str]) -> None:
    """Refused, where the unit cannot be put forward for this post."""
    if unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can be nominated."), thing=unit)
    if unit.representative is None:
        raise Refused(_("The unit has no representative to put forward."), thing=unit)
    if unit.resignations.standing().exists():
        raise Refused(_("The unit has given notice that it leaves the alliance."), thing=unit)
    held = UnitTenure.objects.running().filter(term=call.term, unit=unit).select_related("seat").first()
    if held and held.seat.tier <= post["tier"]:
        raise Refused(_("The unit holds a seat of this term already: %(seat)s.") % {"seat": held.seat}, thing=unit)
    if not Seat.objects.vacant().filter(term=call.term, **post).exists():
        raise Refused(_("No seat of this post is vacant."), thing=unit)
    if call.nominations.standing().filter(unit=unit, **post).exists():
        raise Refused(_("The unit is nominated for this post already."), thing=unit, about="unit")


def agreed(by: Actor, unit: MemberUnit) -> NominationState:
    """Who has agreed by putting the unit forward: on paper both; else the unit, and the person where they do it themselves."""
    on_paper = rules.is_officer(by, unit)
    return ACCEPTED if on_paper or rules.is_representative(by, unit.representative) else UNIT_AGREED


@nominations.step(_("Accept for the unit"), NOMINATED, to=UNIT_AGREED, allow=rules.speaks_for_nominee, tone="go")
def accept_nomination(nomination: Nomination, *, by: Actor) -> None:
    """The unit agrees to stand; its person is asked next."""
    notices.person_asked(nomination)


@nominations.step(_("Agree to stand"), UNIT_AGREED, to=ACCEPTED, allow=rules.is_the_person, tone="go")
def agree_to_stand(nomination: Nomination, *, by: Actor, be_named: bool = False) -> None:
    """The person agrees to stand, and separately, if they like, to be named in public (PIPL, article 25)."""
    if be_named:
        agree_to_be_named(nomination.person, by=by, language=get_language() or "zh-hans")


@nominations.step(_("Record the signed acceptance"), NOMINATED, UNIT_AGREED, to=ACCEPTED, allow=rules.is_officer)
def record_acceptance(nomination: Nomination, *, by: Actor, note: str) -> None:
    """Unit and person have agreed on paper, with seal and signature; the note says which paper."""


@nominations.step(
    _("Decline the nomination"),
    NOMINATED,
    UNIT_AGREED,
    ACCEPTED,
    to=NominationState.DECLINED,
    allow=rules.acts_for_nominee,
    tone="stop",
)
def decline_nomination(nomination: Nomination, *, by: Actor) -> None:
    """Unit or person do not stand."""


@nominations.step(
    _("Take the recommendation back"), NOMINATED, to=NominationState.TAKEN_BACK, allow=rules.speaks_for_recommender, tone="stop"
)
def take_back_recommendation(nomination: Nomination, *, by: Actor) -> None:
    """Whoever recommended does so no more; once the unit has accepted, the nomination is its own."""
    notices.taken_back(nomination)


@nominations.step(_("Shortlist"), ACCEPTED, to=SHORTLISTED, allow=rules.is_officer, tone="go")
def shortlist(nomination: Nomination, *, by: Actor) -> None:
    """Examined and found eligible: it stands on the list of candidates."""
    if nomination.unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can stand."))
    notices.shortlisted(nomination)


@nominations.step(_("Note who puts it forward"), SHORTLISTED, to=STAYS, allow=rules.is_officer)
def put_forward(nomination: Nomination, *, by: Actor, resolution: Resolution) -> None:
    """The preparatory council has put it forward (推选): a proposal to the meeting that elects (选举), and no more."""
    if not resolution.passed:
        raise Refused(_("This resolution was not passed."))
    nomination.put_forward_by = resolution


@nominations.step(_("Withdraw"), SHORTLISTED, to=WITHDRAWN, allow=rules.acts_for_nominee, tone="stop")
def withdraw_nomination(nomination: Nomination, *, by: Actor) -> None:
    """The nominee does not stand after all; once they are voted on, it is too late."""
    unless_voted_on(nomination)


@nominations.step(
    _("Find not eligible"),
    NOMINATED,
    UNIT_AGREED,
    ACCEPTED,
    SHORTLISTED,
    to=NominationState.BLOCKED,
    allow=rules.is_officer,
    tone="stop",
)
def block(nomination: Nomination, *, by: Actor, reason: str) -> None:
    """Examined and found not eligible; once they are voted on, it is too late."""
    unless_voted_on(nomination)
    notices.blocked(nomination, reason)


def unless_voted_on(nomination: Nomination) -> None:
    if nomination.candidacies.filter(contest__state__in=UNDER_WAY).exists():
        raise Refused(_("The vote on this nomination is under way."))
    if not Nomination.objects.unsettled().filter(pk=nomination.pk).exists():
        raise Refused(_("It has been voted on: what the result says stands. A unit gives up a seat by a letter to the office."))
