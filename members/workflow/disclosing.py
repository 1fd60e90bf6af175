"""What a unit shows of itself, and whether its representative is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import Code, record
from alliance.workflow import Actor, NotAllowed, Refused
from members import rules
from members.models import Disclosure, MemberUnit, NameConsent, Representative
from members.models.disclosure import USUAL, audiences, usual
from members.models.listing import list_again
from members.models.name_consent import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Mapping


@transaction.atomic
def disclose(unit: MemberUnit, chosen: Mapping[str, str], *, by: Actor) -> None:
    """From now on each of these fields is seen by whom it names; the directory counts by what everybody may see."""
    unit = MemberUnit.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=unit.pk)
    if not rules.may_disclose(by, unit):
        raise NotAllowed(thing=unit)
    if not chosen.keys() <= USUAL.keys():
        raise Refused(_("Who sees this field is not the unit's to choose."), thing=unit)
    now = audiences(unit)
    changed = {name: audience for name, audience in chosen.items() if audience != now[name]}
    unit.disclosures.filter(field__in=changed).delete()
    kept = {name: audience for name, audience in changed.items() if audience != usual(name)}
    Disclosure.objects.bulk_create(Disclosure(unit=unit, field=name, audience=audience, chosen_by=by) for name, audience in kept.items())
    if changed:
        record(unit, "disclose", by=by, inputs={name: Code(audience) for name, audience in changed.items()})
        list_again([unit])


@transaction.atomic
def agree_to_be_named(representative: Representative, *, by: Actor, language: str) -> None:
    """The representative's own word: their name and post stand on the unit's public page. Agreeing twice changes nothing."""
    representative = Representative.objects.select_for_update(of=("self",)).select_related("unit").get(pk=representative.pk)
    if not rules.is_representative(by, representative):
        raise NotAllowed(thing=representative.unit)
    standing = representative.name_consents.in_force()
    if not standing.filter(version=IN_FORCE).exists():
        standing.update(taken_back_at=clock.now())  # an earlier text covers less: the new consent takes its place
        NameConsent.objects.create(representative=representative, version=IN_FORCE, language=language, by=by)
        record(representative, "agree_to_be_named", by=by, inputs={"version": IN_FORCE})


@transaction.atomic
def take_back_name(representative: Representative, *, by: Actor) -> None:
    """From this moment they are no longer named."""
    if not rules.is_representative(by, representative):
        raise NotAllowed(thing=representative.unit)
    if representative.name_consents.in_force().update(taken_back_at=clock.now()):
        record(representative, "take_back_name", by=by)
