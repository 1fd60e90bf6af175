"""What is told to those who write an application together, and to those who ask to be let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.letters.kinds import kind
from alliance.letters.words import day
from alliance.letters.write import write
from applications.notices import APPLICATION, REASON, told

if TYPE_CHECKING:
    from alliance.accounts.models import User
    from alliance.letters.kinds import Kind
    from applications.models import Application, Invitation, JoinRequest

INVITATION = {"name": _("the organisation's name"), "who": _("who invites"), "until": _("until when it stands")}
INVITED = kind("invited", _("Invited to work on an application"), **INVITATION)
INVITED_TO_UNIT = kind("invited_to_unit", _("Invited to act for a unit"), **INVITATION)
HANDED_OVER = kind("handed_over", _("Application handed over"), **APPLICATION, who=_("who hands over"), heir=_("who owns it now"))
JOIN_ASKED = kind(
    "join_asked", _("Somebody asks to be let in"), who=_("who asks"), number=_("the registration number"), department=_("their department")
)
LET_IN = kind("let_in", _("Let in"), number=_("the registration number"))
NOT_LET_IN = kind("not_let_in", _("Not let in"), number=_("the registration number"), **REASON)
REBOUND = kind(
    "rebound", _("To the old holder: re-bound on a sealed letter"), number=_("the registration number"), letter=_("the letter it rests on")
)


def invited(invitation: Invitation) -> None:
    """Whoever has confirmed this address finds it under "My applications"; the letter carries no key."""
    by = invitation.invited_by
    write(
        INVITED if invitation.application else INVITED_TO_UNIT,
        about=invitation.thing,
        to=invitation.email,
        key=f"invited:{invitation.pk}",
        language=by.language,
        link=reverse("applications:list"),
        name=invitation.thing,
        who=by,
        until=day(invitation.ends_at),
    )


def handed_over(application: Application, heir: User, by: User) -> None:
    told(HANDED_OVER, application, key=f"{heir.pk}:{clock.now():%Y%m%d%H%M%S}", who=by, heir=heir)


def join_asked(request: JoinRequest, owner: User | None) -> None:
    """To the owner; where there is none, the clerks find it on their desk."""
    if owner:
        joined(
            JOIN_ASKED,
            request,
            owner,
            link=request.decided_on,
            who=f"{request.user.name} <{request.user.email}>",
            department=request.department or "—",
        )


def let_in(request: JoinRequest) -> None:
    joined(LET_IN, request, request.user)


def not_let_in(request: JoinRequest) -> None:
    joined(NOT_LET_IN, request, request.user, reason=request.reason)


def rebound(request: JoinRequest, old: User) -> None:
    """Whoever owned it until now learns it, and can object."""
    joined(REBOUND, request, old, letter=request.reason)


def joined(kind: Kind, request: JoinRequest, to: User, *, link: str = "", **values: Any) -> None:
    key = f"{kind.name}:{request.pk}:{to.pk}"
    link = link or reverse("applications:list")
    write(
        kind,
        about=request,
        to=to.email,
        mobile=to.mobile or "",
        key=key,
        language=to.language,
        recipient=to,
        link=link,
        number=request.reg_no,
        **values,
    )
