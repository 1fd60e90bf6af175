"""How a unit is put forward for a post, and what becomes of its nomination."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance.history.record import record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from council import notices, rules
from council.choices import UNDER_WAY, NominationKind, NominationState
from council.models import Nomination
from members.choices import MembershipState, Tier
from members.models import MemberUnit, Term

nominations = Workflow(NominationState)
NOMINATED, ACCEPTED, SHORTLISTED = NominationState.NOMINATED, NominationState.ACCEPTED, NominationState.SHORTLISTED


@transaction.atomic
def nominate(
    unit: MemberUnit, *, term: Term, tier: int, direction: str, reason: str, by: Actor, recommender: MemberUnit | None = None
) -> Nomination:
    """Put `unit` and its representative forward for a post; a unit that puts itself forward has accepted by doing so."""
    if not (rules.is_officer(by, unit) or rules.acts_for_unit(by, recommender or unit)):
        raise NotAllowed(_("This step is not yours to take."), thing=unit)
    unit = MemberUnit.objects.select_for_update().get(pk=unit.pk)
    if unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can be nominated."), thing=unit)
    if unit.representative is None:
        raise Refused(_("The unit has no representative to put forward."), thing=unit)
    kind, state = (NominationKind.RECOMMENDED, NOMINATED) if recommender else (NominationKind.SELF, ACCEPTED)
    post = {"term": term, "tier": tier, "direction": "" if tier == Tier.CHAIR else direction}
    if Nomination.objects.standing().filter(unit=unit, **post).exists():
        raise Refused(_("The unit is nominated for this post already."), thing=unit)
    nomination = Nomination.objects.create(
        unit=unit, person=unit.representative, kind=kind, recommender=recommender, reason=reason, state=state, **post
    )
    record(nomination, "nominate", by=by, after=state)
    if recommender:
        notices.nominated(nomination)
    return nomination


@nominations.step(_("Accept the nomination"), NOMINATED, to=ACCEPTED, allow=rules.acts_for_nominee, tone="go")
def accept_nomination(nomination: Nomination, *, by: Actor) -> None:
    """Unit and person agree to stand."""


@nominations.step(_("Decline the nomination"), NOMINATED, ACCEPTED, to=NominationState.DECLINED, allow=rules.acts_for_nominee, tone="stop")
def decline_nomination(nomination: Nomination, *, by: Actor) -> None:
    """Unit or person do not stand."""


@nominations.step(_("Shortlist"), ACCEPTED, to=SHORTLISTED, allow=rules.is_officer, tone="go")
def shortlist(nomination: Nomination, *, by: Actor) -> None:
    """Examined and found eligible: it can stand in a contest."""
    if nomination.unit.state != MembershipState.ACTIVE:
        raise Refused(_("Only an active member unit can stand."))


@nominations.step(_("Find not eligible"), NOMINATED, ACCEPTED, SHORTLISTED, to=NominationState.BLOCKED, allow=rules.is_officer, tone="stop")
def block(nomination: Nomination, *, by: Actor, reason: str) -> None:
    """Examined and found not eligible; while they are voted on, it is too late."""
    if nomination.candidacies.filter(contest__state__in=UNDER_WAY).exists():
        raise Refused(_("The vote on this nomination is under way."))
