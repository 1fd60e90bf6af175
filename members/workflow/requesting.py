"""How the register's data change: at once where nothing depends on it, else asked for by the unit and answered field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.files.forms import keep
from alliance.history.fields import acting
from alliance.history.record import Code, record
from alliance.workflow import Actor, NotAllowed, Refused, Workflow
from members import rules
from members.choices import Answer, Demand, RequestState
from members.models import ChangeRequest, MemberUnit, Organisation, RequestedChange
from members.models.demand import BY_STEPS, demands
from members.models.listing import list_again
from members.models.request import emptied, from_json, value_in
from members.notices import requests as notices
from members.workflow.changing import change_representative, rename

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from alliance.files.checking import Checked

requests = Workflow(RequestState)
OPEN = RequestState.OPEN
NOT_YOURS = _("Only who represents the unit, or submits for it, may do this.")
ONE_AT_A_TIME = _("A change request of this unit is open: withdraw it first, or wait for the office's answer.")
MEANWHILE = _("The register has changed since you opened this page: %(field)s. Please look at it again.")
STAYS_ANSWERED = _("%(field)s: this cannot be empty. Please refuse it, and say why.")
SAME_NUMBER = _("Another organisation is registered under this number: %(name)s. Refuse this change, or record a merger.")


@transaction.atomic
def ask_for_changes(
    unit: MemberUnit, changed: Mapping[str, Any], *, by: Actor, words: str = "", papers: Sequence[Checked] = ()
) -> tuple[list[str], ChangeRequest | None]:
    """What the unit may change by itself is changed now; the rest is asked for. Returns the names of the one, and the request, if there is any.

    `changed` holds the new values as JSON keeps them; what stands in the register already is no change.
    """
    unit = held(unit)
    if not rules.speaks_for_unit(by, unit):
        raise NotAllowed(NOT_YOURS, thing=unit)
    table = demands()
    changed = {name: new for name, new in changed.items() if differs(value_in(unit, name), new)}
    if closed := [name for name in changed if table[name] == Demand.OFFICE]:
        raise Refused(_("Only the office changes this: %(field)s.") % {"field": Organisation.label(closed[0])}, thing=unit)
    at_once = [name for name in changed if table[name] == Demand.AT_ONCE]
    asked = {name: new for name, new in changed.items() if name not in at_once}
    if any(table[name] == Demand.PROVEN for name in asked) and not papers:
        raise Refused(_("A paper that proves the change has to go with it."), thing=unit)
    request = ask(unit, asked, by=by, words=words, papers=papers) if asked else None
    if at_once:
        write(unit, {name: changed[name] for name in at_once}, by=by, step="change_data")
    return at_once, request


def differs(present: Any, new: Any) -> bool:
    """Of a representative, name and post count: whose account it is, the office sees when it accepts."""
    return {**new, "email": ""} != {**present, "email": ""} if isinstance(new, dict) else present != new


def held(unit: MemberUnit) -> MemberUnit:
    """The unit and what the register holds of it, so that nobody writes there meanwhile."""
    unit = MemberUnit.objects.select_for_update(of=("self",)).prefetch_related("representatives").get(pk=unit.pk)
    unit.organisation = Organisation.objects.select_for_update().get(pk=unit.organisation_id)
    return unit


def ask(unit: MemberUnit, asked: Mapping[str, Any], *, by: Actor, words: str, papers: Sequence[Checked]) -> ChangeRequest:
    try:
        with transaction.atomic():
            request = ChangeRequest.objects.create(unit=unit, words=words, made_by=by)
    except IntegrityError as clash:
        raise Refused(ONE_AT_A_TIME, thing=unit) from clash
    RequestedChange.objects.bulk_create(
        RequestedChange(request=request, field=name, old=value_in(unit, name), new=new) for name, new in asked.items()
    )
    for paper in papers:
        keep(paper, about=request, by=by)
    record(request, "ask_for_changes", by=by, after=request.state, inputs={"unit": unit, "fields": [Code(name) for name in asked]})
    return request


def write(unit: MemberUnit, changed: Mapping[str, Any], *, by: Actor, step: str) -> None:
    """The register says so from now on; its history keeps what stood there before, and who changed it."""
    organisation = unit.organisation
    for name, value in changed.items():
        setattr(organisation, name, from_json(name, value))
    with acting(by, step):
        organisation.save(update_fields=[*changed])
    list_again([unit])
    record(unit, step, by=by, inputs={"fields": [Code(name) for name in changed]})


def hold_unit(request: ChangeRequest) -> None:
    """The unit first, as every step on it does."""
    held(request.unit)


@requests.step(_("Answer the request"), OPEN, to=RequestState.SETTLED, allow=rules.is_officer, tone="go", lock=hold_unit)
def settle_request(request: ChangeRequest, *, by: Actor, decisions: Mapping[str, Mapping[str, Any]]) -> None:
    """Each field is accepted or refused, with words; what is accepted stands in the register at once, and the unit is told in one letter.

    `decisions`: for each field `accepted`, `words`, and `seen`, what stood in the register when the office looked.
    """
    request.unit = held(request.unit)
    changes = list(request.changes.all())
    for change in changes:
        change.request = request
        said = decisions[change.field]
        if said["seen"] != change.present:
            raise Refused(MEANWHILE % {"field": change.label})
        change.answer = Answer.ACCEPTED if said["accepted"] else Answer.REFUSED
        change.words = said["words"]
    RequestedChange.objects.bulk_update(changes, ["answer", "words"])
    take_over(request, [change for change in changes if change.answer == Answer.ACCEPTED], by=by)
    request.settled_by, request.settled_at = by, clock.now()
    notices.settled(request, changes)


def take_over(request: ChangeRequest, accepted: Sequence[RequestedChange], *, by: Actor) -> None:
    """What is accepted: plain data are written, a name and a representative go through the steps that the register has for them."""
    plain = {change.field: change.new for change in accepted if change.field not in BY_STEPS}
    refuse_foreign_number(request.unit, plain)
    if empty := emptied(request.unit.organisation, plain):
        raise Refused(STAYS_ANSWERED % {"field": Organisation.label(empty[0])})
    if plain:
        write(request.unit, plain, by=by, step="change_data")
    for change in accepted:
        if change.field in BY_STEPS:
            STEPS[change.field](request, change, by)


def refuse_foreign_number(unit: MemberUnit, plain: Mapping[str, Any]) -> None:
    """A number is one organisation's; told with which record it clashes."""
    if "reg_no" in plain:
        others = Organisation.objects.filter(jurisdiction=unit.organisation.jurisdiction, reg_no=plain["reg_no"])
        if other := others.exclude(pk=unit.organisation_id).first():
            raise Refused(SAME_NUMBER % {"name": other})


def rename_by_request(request: ChangeRequest, change: RequestedChange, by: Actor) -> None:
    """Through the step of the register, which keeps the former name and replaces the certificate; what stands beside the name stays."""
    unit = request.unit
    kept = {"name_en": unit.organisation.name_en, "short_name": unit.organisation.short_name}
    rename(unit, by=by, name=change.new, notice_on=day_of(request), reason=said(request), **kept)


def represent_by_request(request: ChangeRequest, change: RequestedChange, by: Actor) -> None:
    """Through the step of the register, which keeps who represented the unit before; its seat stays."""
    person = {"name": change.new["name"], "post": change.new["post"], "email": change.new.get("email", "")}
    change_representative(request.unit, by=by, notice_on=day_of(request), reason=said(request), **person)


def day_of(request: ChangeRequest) -> date:
    """The day on which the unit told it."""
    return request.made_at.astimezone(clock.SHANGHAI).date()


def said(request: ChangeRequest) -> str:
    return request.words or str(_("Asked for in the portal."))


STEPS = {"name": rename_by_request, "representative": represent_by_request}


@requests.step(_("Withdraw the request"), OPEN, to=RequestState.WITHDRAWN, allow=rules.speaks_for_unit_of, tone="stop")
def withdraw_request(request: ChangeRequest, *, by: Actor) -> None:
    """The unit does not ask for it any more."""
    request.settled_by, request.settled_at = by, clock.now()
