"""Handing over: what somebody of the office has open goes to a successor, in one transaction; then their account is closed, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.models import IssuedCode, SavedView, User
from alliance.history.models import Event, kind_of
from alliance.history.record import record
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.letters.models import State as LetterState
from alliance.workflow import NotAllowed, Refused
from applications import handling, joining, rules
from applications.choices import State
from applications.models import Application, Enquiry, Handling, Handover, JoinRequest, Note
from applications.papers import COUNTED_ONLY  # signed by whoever wrote them: how many, not which
from members.models import BranchPost
from members.models.colleague import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

GONE = _("This account is closed already, or holds no office.")
NO_SUCCESSOR = _("The successor has to be somebody else of the secretariat, with an open account.")


def open_things(leaver: User) -> dict[str, QuerySet]:
    """What is in somebody's hands, by kind: what goes to the successor, and what is only told, because it is signed or belongs to the office."""
    edited = Event.objects.filter(kind=kind_of(Letter()), actor=leaver).values("thing_id")
    return {
        "in_hand": Application.objects.in_hand_of(leaver).order_by("id"),
        "drafts": Application.objects.of(leaver)
        .filter(state=State.DRAFT, on_behalf__claimed_at=None, on_behalf__isnull=False)
        .order_by("id"),
        "jobs": Job.objects.filter(by=leaver).unfinished().order_by("id"),
        "views": SavedView.objects.filter(user=leaver).exclude(name="").order_by("id"),
        "letters": Letter.objects.filter(state=LetterState.DRAFT, pk__in=edited).order_by("id"),
        "notes": Note.objects.filter(by=leaver).order_by("id"),
        "requests": JoinRequest.objects.filter(decided_by=leaver).order_by("id"),
        "enquiries": Enquiry.objects.filter(answered_by=leaver).order_by("id"),
        "branches": leaver.branch_posts.running().order_by("id"),
    }


@transaction.atomic
def hand_over(leaver: User, successor: User, *, by: User, closes_account: bool) -> Handover:
    """Everything at once, or nothing. What the successor may not have in hand, since they are a party to it, is let go."""
    held = {user.pk: user for user in User.objects.select_for_update(of=("self",)).filter(pk__in=(leaver.pk, successor.pk)).order_by("pk")}
    leaver, successor = held[leaver.pk], held[successor.pk]
    if not rules.may_hand_over(by, leaver):
        raise NotAllowed(_("This handover is not yours to make."), thing=leaver)
    if not leaver.is_active or not leaver.is_staff:
        raise Refused(GONE, thing=leaver)
    if successor == leaver or not successor.is_secretariat:
        raise Refused(NO_SUCCESSOR, thing=successor)
    found = {name: list(rows) for name, rows in open_things(leaver).items()}
    items: dict[str, Any] = {name: len(rows) if name in COUNTED_ONLY else [row.pk for row in rows] for name, rows in found.items()}
    items["offices"], items["let_go"] = sorted(leaver.offices), [each.pk for each in give_files(found["in_hand"], successor, by)]
    items["stay"] = [each.pk for each in give_drafts(found["drafts"], leaver, successor)]
    Job.objects.filter(pk__in=items["jobs"]).update(by=successor)
    own = SavedView.objects.filter(user=successor)
    for view in found["views"]:
        if not own.filter(board=view.board, name=view.name).exists():  # what the successor has under this name stays theirs
            SavedView.objects.filter(pk=view.pk).update(user=successor)
    made = Handover.objects.create(leaver=leaver, successor=successor, closes_account=closes_account, items=items, by=by)
    if closes_account:
        close(leaver)
    record(leaver, "hand_over", by=by, inputs={"handover": made.pk, "to": successor, "closes": closes_account})
    return made


def give_files(files: list[Application], successor: User, by: User) -> list[Application]:
    """Each file to the successor; returns those that they may not have, which are in nobody's hand now."""
    refused = [each for each in files if not rules.may_handle(successor, each)]
    for each in files:
        if each in refused:
            handling.end(each.handlings.running().get())
        else:
            handling.give(each, successor, by=by, step="hand_to")
    return refused


def give_drafts(drafts: list[Application], leaver: User, successor: User) -> list[Application]:
    """What was entered on behalf and is not submitted: the successor goes on filling it in; one under whose number they write their own stays."""
    stay = [each for each in drafts if Application.objects.drafts_of(successor, each.jurisdiction, each.reg_no).exists()]
    for each in drafts:
        if each not in stay:
            each.writers.running().filter(user=leaver).update(until=clock.now())
            joining.let_in(each, None, successor, Role.OWNS)
            joining.answers_for(each, successor)
    return stay


def close(leaver: User) -> None:
    """No offices, no branch, no code, no password; whoever is logged in with it is out with the next page."""
    BranchPost.objects.running().filter(user=leaver).update(until=clock.now())
    Handling.objects.running().filter(by=leaver).update(until=clock.now())
    IssuedCode.objects.filter(user=leaver, ended_at=None).update(ended_at=clock.now())
    leaver.groups.clear()
    leaver.is_active = False
    leaver.set_unusable_password()
    leaver.save(update_fields=["is_active", "password"])
