"""What a unit tells of itself, and the register says from then on: who represents it, and what it is called."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import keep
from alliance.letters.words import day
from alliance.workflow import STAYS, Actor, Refused
from members import rules
from members.models import Change, ChangeKind, FormerName, MemberUnit, Organisation, Representative
from members.models.listing import list_again
from members.notices import life
from members.workflow.certifying import replace_running
from members.workflow.states import ACTIVE, SUSPENDED, membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alliance.files.checking import Checked


@membership.step(_("Change the representative"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer)
def change_representative(
    unit: MemberUnit, *, by: Actor, name: str, post: str, notice_on: date, reason: str, email: str = "", papers: Sequence[Checked] = ()
) -> None:
    """By the unit's own letter somebody else represents it from today on. Its seat stays; in whom it sits there is the council's step.

    `email` names a colleague's account, which is then the representative's.
    """
    before = unit.representatives.current().first()
    if before and before.name == name:
        raise Refused(_("%(name)s represents the unit already, since %(day)s.") % {"name": name, "day": day(before.since)})
    user = account_of(unit, email)
    if before:
        before.until = max(clock.today(), before.since)
        before.save(update_fields=["until"])
    after = Representative.objects.create(unit=unit, name=name, post=post, user=user, since=clock.today())
    note_change(unit, ChangeKind.REPRESENTATIVE, by=by, notice_on=notice_on, reason=reason, papers=papers, representative=after)


def account_of(unit: MemberUnit, email: str) -> Representative | None:
    """The account of the colleague under this address."""
    if not email:
        return None
    colleague = unit.organisation.colleagues.filter(until=None, user__email__iexact=email).select_related("user").first()
    if colleague is None:
        raise Refused(_("Nobody who acts for this unit has this address: leave it empty, or let them join their organisation first."))
    return colleague.user


@membership.step(_("Change the name"), ACTIVE, SUSPENDED, to=STAYS, allow=rules.is_officer)
def rename(
    unit: MemberUnit,
    *,
    by: Actor,
    name: str,
    notice_on: date,
    reason: str,
    name_en: str = "",
    short_name: str = "",
    papers: Sequence[Checked] = (),
) -> None:
    """The unit's licence names it otherwise: the former name is kept and found, and the certificate is replaced in the same step (换发)."""
    organisation = Organisation.objects.select_for_update().get(pk=unit.organisation_id)
    if organisation.name == name:
        raise Refused(_("This is the unit's name already."))
    if namesake := Organisation.objects.namesakes(organisation, name).first():
        raise Refused(taken_by(namesake, by))
    former = call(organisation, name, name_en, short_name or organisation.short_name)
    organisation.save(update_fields=["name", "name_en", "short_name"])
    unit.organisation = organisation
    list_again([unit])
    if unit.certificates.running().exists():
        replace_running(unit, by=by, reason=_("Change of name"))
    list_again([unit])
    note_change(unit, ChangeKind.NAME, by=by, notice_on=notice_on, reason=reason, papers=papers, former_name=former)


def taken_by(namesake: Organisation, by: Actor) -> str:
    """With which record a name clashes, to those who may see it."""
    if not rules.sees_organisation(by, namesake):
        return _("Another unit of this place is registered under this name.")
    return _("Another unit of this place is registered under this name: %(name)s, %(number)s. Is it a merger?") % {
        "name": namesake.name,
        "number": namesake.reg_no,
    }


def call(organisation: Organisation, name: str, name_en: str, short_name: str) -> FormerName:
    """From today on it is called this; what it was called until now is kept. Who calls saves it."""
    before = organisation.former_names.first()
    former = FormerName.objects.create(
        organisation=organisation,
        name=organisation.name,
        name_en=organisation.name_en,
        short_name=organisation.short_name,
        since=before.until if before else None,
        until=clock.today(),
    )
    organisation.name, organisation.name_en, organisation.short_name = name, name_en, short_name
    return former


def keep_former_name(organisation: Organisation, name: str) -> None:
    """An organisation that belonged before comes back under another name: the one it had is kept, before it is written over."""
    if organisation.name not in ("", name) and organisation.memberships.exists():
        call(organisation, organisation.name, organisation.name_en, organisation.short_name)


def note_change(
    unit: MemberUnit, kind: ChangeKind, *, by: Actor, notice_on: date, reason: str, papers: Sequence[Checked], **what: object
) -> None:
    """The change as a row, with the unit's letter, and the letter to the unit."""
    if notice_on > clock.today():
        raise Refused(_("The unit's notice cannot be dated ahead."))
    change = Change.objects.create(unit=unit, kind=kind, notice_on=notice_on, reason=reason, by=by, **what)
    for paper in papers:
        keep(paper, about=change, by=by)
    life.changed(change)
