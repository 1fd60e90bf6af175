"""The source pool: units are invited to apply by a code, which carries what is known of them into the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.history.record import record
from alliance.workflow import Actor, Refused, Workflow
from applications import rules
from applications.choices import ProspectState, Standing
from applications.models import Prospect
from applications.models.behalf import ALPHABET
from applications.models.prospect import digest_of_invitation
from applications.notices import prospects as notices

if TYPE_CHECKING:
    from alliance.accounts.models import User
    from applications.models import Application

prospects = Workflow(ProspectState)
NEW, INVITED, DECLINED = ProspectState.NEW, ProspectState.INVITED, ProspectState.DECLINED
CARRIED = ("name", "unit_type", "region", "main_direction")  # what a list knows, and the form asks


@prospects.step(_("Invite to apply"), NEW, INVITED, to=INVITED, allow=rules.may_invite, tone="go")
def invite_prospect(prospect: Prospect, *, by: Actor) -> None:
    """A letter with a code of its own goes out; a former code ends. Who has applied, or belongs, is not asked again."""
    standing = Prospect.objects.with_standing().values_list("standing", flat=True).get(pk=prospect.pk)
    if standing in (Standing.MEMBER, Standing.APPLIED):
        raise Refused(_("This unit has applied already, or is a member."))
    if prospect.taken_at:
        raise Refused(_("The invitation was taken up: an application has been begun."))
    if not prospect.contact_email:
        raise Refused(_("No e-mail address is known: enter one first."))
    prospect.invited_at = clock.now()
    notices.invited(prospect, prospect.renew())


@prospects.step(_("Note that it declined"), NEW, INVITED, to=DECLINED, allow=rules.may_invite, tone="stop")
def decline_prospect(prospect: Prospect, *, by: Actor, words: str) -> None:
    """The unit does not want to join for now; its code ends, and it is not written to again."""
    prospect.note, prospect.code_digest = words, ""


@prospects.step(_("Allow another invitation"), DECLINED, to=NEW, allow=rules.may_invite)
def reopen_prospect(prospect: Prospect, *, by: Actor) -> None:
    """It may be invited once more."""


def invited_by(typed: str, user: User) -> Prospect | None:
    """Whom a code invites, for the first who takes it up and for nobody after; nothing where it does not hold."""
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    found = Prospect.objects.under_code(digest_of_invitation(code), clock.now()).select_related("application").first() if code else None
    return found if found and found.taken_by_id in (None, user.pk) else None


def known(prospect: Prospect, user: User) -> dict[str, Any]:
    """What the form begins with; the contact's name only for whoever the letter was written to."""
    answers = {name: value for name in CARRIED if (value := getattr(prospect, name))}
    is_contact = prospect.contact_name and prospect.contact_email.lower() == user.email.lower()
    return answers | ({"contact_name": prospect.contact_name} if is_contact else {})


@transaction.atomic
def take_up(prospect: Prospect, application: Application, *, by: User) -> None:
    """The invitation has led to an application; of two at once the second one's is without it."""
    fresh = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if fresh.taken_at is None:
        fresh.taken_by, fresh.taken_at, fresh.application = by, clock.now(), application
        fresh.save(update_fields=["taken_by", "taken_at", "application"])
        record(fresh, "take_up_invitation", by=by, inputs={"application": application})
