"""How people come to work on an application together, or to act for a unit: invited by their address, or asking to be let in; and how it is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, Refused, Workflow
from applications import rules
from applications.choices import InvitationState, JoinState
from applications.models import Application, Invitation, JoinRequest, Writer
from applications.notices import joining as notices
from members.models import Colleague, Organisation
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from alliance.accounts.models import User

MOST_INVITED = 10  # open invitations of one application
ALREADY = _("This person works on the application already.")
ACTS_ALREADY = _("This person acts for the unit already.")
TOO_MANY = _("There are %(most)d open invitations already: please take one back first.")
OWNER_STAYS = _("The owner hands the application over first.")


# ── Who works on it ──────────────────────────────────────────────────────────────────────────────────────────────────


def people(thing: Application | Organisation) -> QuerySet:
    """Who works on it today: the organisation's colleagues, or the writers of the draft; the owner first."""
    organisation = thing.pk if isinstance(thing, Organisation) else thing.organisation_id
    rows = Colleague.objects.filter(organisation=organisation, until=None) if organisation else thing.writers.running()
    return rows.select_related("user").order_by("-role", "id")


def let_in(application: Application | None, organisation: Organisation | None, user: User, role: str, department: str = "") -> None:
    """From now on `user` works on it; whoever does already keeps the higher role."""
    if organisation:
        own, since = {"organisation": organisation}, clock.today()
        rows = Colleague.objects
    else:
        own, since = {"application": application}, clock.now()
        rows = Writer.objects
    there = rows.filter(user=user, until=None, **own).first()
    if there is None:
        rows.create(user=user, role=role, department=department, since=since, **own)
    elif RANK[there.role] < RANK[role]:
        there.role = role
        there.save(update_fields=["role"])


RANK = {role: n for n, role in enumerate(Role)}


def end(row: Writer | Colleague) -> None:
    """From now on somebody does not work on it any more."""
    row.until = clock.now() if isinstance(row, Writer) else clock.today()
    row.save(update_fields=["until"])


@transaction.atomic
def leave(thing: Application | Organisation, row: Writer | Colleague, *, by: User) -> None:
    """Somebody leaves, or the owner takes them off; the owner cannot leave without handing it over."""
    if row.role == Role.OWNS:
        raise Refused(OWNER_STAYS, thing=thing)
    end(row)
    record(thing, "leave", by=by, inputs={"user": row.user_id})


@transaction.atomic
def set_role(thing: Application | Organisation, row: Writer | Colleague, role: str, *, by: User) -> None:
    """The owner lets a colleague submit too, or fill in only; owning is handed over, not given away twice."""
    if Role.OWNS in (role, row.role):
        raise Refused(OWNER_STAYS, thing=thing)
    row.role = role
    row.save(update_fields=["role"])
    record(thing, "set role", by=by, inputs={"user": row.user_id, "role": role})


@transaction.atomic
def hand_over(thing: Application | Organisation, row: Writer | Colleague, *, by: User) -> None:
    """Another colleague owns it from now on, and the office's letters go to them; who owned it still submits."""
    thing = type(thing).objects.select_for_update().get(pk=thing.pk)
    for owner in people(thing).filter(role=Role.OWNS):
        owner.role = Role.SUBMITS
        owner.save(update_fields=["role"])
    row.role = Role.OWNS
    row.save(update_fields=["role"])
    record(thing, "hand over", by=by, inputs={"user": row.user_id})
    for application in [thing] if isinstance(thing, Application) else thing.applications.under_way():
        answers_for(application, row.user)
        notices.handed_over(application, row.user, by)


def answers_for(application: Application, user: User) -> None:
    """The office's letters go to `user` from now on. A draft of their own under the same number would be in the way: it is this one now."""
    Application.objects.filter(pk=application.pk).update(applicant=user)
    application.applicant = user


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def invite(thing: Application | Organisation, email: str, role: str, *, by: User, department: str = "") -> Invitation:
    """Ask a colleague by their address; whoever has confirmed it may take the invitation."""
    email = email.lower()
    about = {"organisation" if isinstance(thing, Organisation) else "application": thing}
    type(thing).objects.select_for_update().only("pk").get(pk=thing.pk)
    if people(thing).filter(user__email__iexact=email).exists():
        raise Refused(ACTS_ALREADY if isinstance(thing, Organisation) else ALREADY, thing=thing)
    if thing.invitations.filter(state=InvitationState.OPEN).count() >= MOST_INVITED:
        raise Refused(TOO_MANY % {"most": MOST_INVITED}, thing=thing)
    thing.invitations.filter(state=InvitationState.OPEN, email=email).update(state=InvitationState.REVOKED)
    made = Invitation.objects.create(**about, email=email, role=role, department=department, invited_by=by)
    record(thing, "invite", by=by, inputs={"invitation": made.pk, "role": role})
    notices.invited(made)
    return made


@transaction.atomic
def answer(invitation: Invitation, *, by: User, take: bool) -> None:
    """Whoever it was sent to takes it or does not; once."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != InvitationState.OPEN:
        raise Refused(_("This invitation is not open any more."), thing=invitation.thing)
    settle(invitation, InvitationState.TAKEN if take else InvitationState.DECLINED, by)
    if take:
        application, thing = invitation.application, invitation.thing
        let_in(
            application, application.organisation if application else invitation.organisation, by, invitation.role, invitation.department
        )
        record(thing, "join", by=by, inputs={"invitation": invitation.pk})


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """The owner takes an invitation back."""
    settle(invitation, InvitationState.REVOKED, by)


def settle(invitation: Invitation, state: str, by: User) -> None:
    invitation.state, invitation.answered_by, invitation.answered_at = state, by, clock.now()
    invitation.save(update_fields=["state", "answered_by", "answered_at"])


# ── Requests to join ─────────────────────────────────────────────────────────────────────────────────────────────────

joining = Workflow(JoinState)


def ask(draft: Application, *, by: User, department: str = "") -> None:
    """Where the number of a new draft is known already: ask whoever it belongs to. The page says nothing of it."""
    key = {"jurisdiction": draft.jurisdiction, "reg_no": draft.reg_no}
    organisation = Organisation.objects.filter(**key).first()
    other = None if organisation else Application.objects.exclude(pk=draft.pk).begun_by_others(by, **key).first()
    if organisation or other:
        request_for(organisation, other, by, department, **key)


@transaction.atomic
def ask_organisation(organisation: Organisation, *, by: User, department: str = "") -> None:
    """Ask to act for a unit whose membership is public; who acts for it already needs not."""
    if not organisation.colleagues.filter(user=by, until=None).exists():
        request_for(organisation, None, by, department, jurisdiction=organisation.jurisdiction, reg_no=organisation.reg_no)


def request_for(organisation: Organisation | None, other: Application | None, by: User, department: str, **key: str) -> None:
    """One open request a person and number; its owner gets a letter, and without one the clerks find it on their desk."""
    about = {"organisation": organisation, "application": other, "department": department}
    made, is_new = JoinRequest.objects.get_or_create(user=by, state=JoinState.ASKED, **key, defaults=about)
    if is_new:
        notices.join_asked(made, owner_of(made))


def owner_of(request: JoinRequest) -> User | None:
    """Who decides it: the owner, or nobody yet, and then it is the clerk."""
    owner = request.acting().filter(role=Role.OWNS, user__is_active=True).select_related("user").first()
    return owner and owner.user


@joining.step(_("Let in"), JoinState.ASKED, to=JoinState.GRANTED, allow=rules.may_let_in, tone="go")
def grant(request: JoinRequest, *, by: Actor, role: str) -> None:
    """The owner knows who asks, or the clerk has made sure of it."""
    decide(request, by)
    let_in(request.application, request.organisation, request.user, role, request.department)
    notices.let_in(request)


@joining.step(_("Re-bind on a sealed letter"), JoinState.ASKED, to=JoinState.GRANTED, allow=rules.may_rebind)
def rebind(request: JoinRequest, *, by: Actor, letter: str) -> None:
    """The person who owned it has left: on a letter with the unit's seal who asks owns it from now on, and the old holder is told."""
    decide(request, by, letter)
    for old in request.organisation.colleagues.filter(until=None).filter(role=Role.OWNS).exclude(user=request.user).select_related("user"):
        end(old)
        notices.rebound(request, old.user)
    let_in(request.application, request.organisation, request.user, Role.OWNS, request.department)
    for application in request.organisation.applications.under_way():
        answers_for(application, request.user)
    notices.let_in(request)


@joining.step(_("Do not let in"), JoinState.ASKED, to=JoinState.REFUSED, allow=rules.may_let_in, tone="stop")
def refuse(request: JoinRequest, *, by: Actor, reason: str) -> None:
    """Nobody knows who asks."""
    decide(request, by, reason)
    notices.not_let_in(request)


def decide(request: JoinRequest, by: Actor, reason: str = "") -> None:
    request.decided_by, request.decided_at, request.reason = by, clock.now(), reason


def become_colleagues(application: Application, organisation: Organisation, applicant: Model) -> None:
    """At the first submission under a number, for which nobody acts yet: who wrote the draft does from now on; who submits owns it if nobody does."""
    writers = list(application.writers.running())
    today, is_owned = clock.today(), any(writer.role == Role.OWNS for writer in writers)
    made = [
        Colleague(user_id=each.user_id, organisation=organisation, role=each.role, department=each.department, since=today)
        for each in writers
    ]
    for colleague in made:
        if not is_owned and colleague.user_id == applicant.pk:
            colleague.role = Role.OWNS
    Colleague.objects.bulk_create(made)
