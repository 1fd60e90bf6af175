"""How an organisation comes to belong: admitted by a batch, or recognised by the department."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.facts.models import facts
from alliance.history.record import record
from alliance.numbering.models import take
from alliance.workflow import Actor, NotAllowed, Refused
from members import rules
from members.choices import UnitType, VerifiedBy
from members.models import Contact, MemberUnit, Organisation, Representative, Verification
from members.models.listing import list_again
from members.workflow.certifying import new_certificate

if TYPE_CHECKING:
    from django.db.models import Model


def admit(organisation: Organisation, *, on: date, by: Actor, representative: str, post: str = "", user: Model | None = None) -> MemberUnit:
    """The alliance takes `organisation` in: a member unit begins on this day, with its number and its first representative.

    Where certificates are issued already, it has one at once. One that belonged before has a new number, and names its earlier
    membership. Runs inside the step that decides it; a second running membership is refused by the database.
    """
    number = f"GBANEV-{take('member'):04d}"
    previous = MemberUnit.objects.last_of(organisation)
    unit = MemberUnit.objects.create(organisation=organisation, number=number, admitted_on=on, previous=previous)
    Representative.objects.create(unit=unit, name=representative, post=post, user=user, since=on)
    if facts().certifies:
        new_certificate(unit, by=by)
    list_again([unit])
    record(unit, "admit", by=by, after=unit.state, inputs={"previous": previous} if previous else None)
    return unit


@transaction.atomic
def recognise(organisation: Organisation, *, by: Actor, document: str) -> MemberUnit:
    """One of the alliances that the department has recognised is a member unit by the notice itself, without a batch.

    The secretary-general puts it on the register, on the document that recognised it; who speaks for it stands in its contact.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not rules.is_secretary(by, organisation):
        raise NotAllowed(thing=organisation)
    if organisation.unit_type != UnitType.ALLIANCE:
        raise Refused(_("Only an alliance that the department has recognised is taken in without a batch."), thing=organisation)
    if organisation.memberships.running().exists():
        raise Refused(_("It is a member unit already."), thing=organisation)
    contact = Contact.objects.filter(organisation=organisation).first()
    if contact is None or not contact.representative:
        raise Refused(_("Nobody is named who speaks for it: import its representative first."), thing=organisation)
    Verification.objects.create(organisation=organisation, on=clock.today(), by=by, way=VerifiedBy.OTHER, note=document)
    unit = admit(organisation, on=clock.today(), by=by, representative=contact.representative)
    record(organisation, "recognise", by=by, inputs={"unit": unit, "document": document})
    return unit
