"""What was sent to somebody, what they were asked, and what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.files.models import StoredFile
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.mydata.group import Group, asking, of_address
from applications.models import Invitation, JoinRequest, Note
from members.models import ChangeRequest, Confirmation, RequestedChange, Resignation
from members.models.demand import REPRESENTATIVE

if TYPE_CHECKING:
    from alliance.accounts.models import User


def letters(user: User, addresses: list[str]) -> Group:
    rows = [
        {"subject": each.subject, "to": each.to, "way": each.get_way_display(), "at": each.written_at}
        for each in Letter.objects.filter(Q(recipient=user) | of_address("to", addresses)).defer("body").order_by("-id")
    ]
    labels = {"subject": _("subject"), "to": _("to"), "way": _("way"), "at": _("written at")}
    return Group(
        "letters", _("Letters"), _("The office wrote to you."), _("To show that you were told, and when."), _("As long as what they are about."), labels, rows,
        (_("My letters"), reverse("letters:list")),
    )  # fmt: skip


def invitations(user: User, addresses: list[str]) -> Group:
    rows = [
        {"what": str(each.thing), "as": _("Invited"), "state": each.get_state_display(), "at": each.invited_at}
        for each in Invitation.objects.filter(of_address("email", addresses)).select_related("application", "organisation").order_by("id")
    ]
    rows += [
        {"what": each.reg_no, "as": _("Asked to join"), "state": each.get_state_display(), "at": each.asked_at}
        for each in JoinRequest.objects.filter(user=user).order_by("id")
    ]
    labels = {"what": _("application or number"), "as": _("as what"), "state": _("state"), "at": _("at")}
    return Group("invitations", _("Invitations and requests to join"), _("A colleague invited you, or you asked to be let in."), _("To let colleagues work together."), _("With the application."), labels, rows)  # fmt: skip


def calls(user: User, addresses: list[str]) -> Group:
    """That the office noted a call with somebody, by their confirmed number; what it noted for itself is asked for in an enquiry."""
    mine = Note.objects.with_number(user.mobile) if user.mobile and user.mobile_confirmed_at else Note.objects.none()
    rows = [{"what": str(each.application), "name": each.whom, "phone": each.telephone, "at": each.at} for each in mine]
    labels = {"what": _("application"), "name": _("name"), "phone": _("telephone"), "at": _("noted at")}
    return Group(
        "calls", _("Telephone calls that the office noted"), _("You telephoned with the office, and somebody noted it."), _("To know what was said about an application."),
        _("With the application."), labels, rows, (_("Ask for an explanation"), asking("explain")),
    )  # fmt: skip


def files(user: User, addresses: list[str]) -> Group:
    rows = [
        {"title": each.title, "size": each.size, "at": each.uploaded_at}
        for each in StoredFile.objects.filter(uploaded_by=user).order_by("id")
    ]
    labels = {"title": _("name of the file"), "size": _("bytes"), "at": _("uploaded at")}
    return Group(
        "files",
        _("Files I uploaded"),
        _("You uploaded them."),
        _("They are the papers of an application."),
        _("With the application."),
        labels,
        rows,
    )


def steps(user: User, addresses: list[str]) -> Group:
    """How many, not which: each stands in the record of the thing it was taken on."""
    counted = Event.objects.filter(actor=user).aggregate(count=Count("pk"), first=Min("at"), last=Max("at"))
    labels = {"count": _("number of steps"), "first": _("first"), "last": _("last")}
    return Group(
        "history", _("Steps I took"), _("The portal noted each step when you took it."), _("To be able to say who did what, and when."),
        _("They are kept: the record of decisions is never rewritten. It holds no text of yours, only who, what and when."), labels, [counted],
    )  # fmt: skip


def for_units(user: User, addresses: list[str]) -> Group:
    """What somebody asked for, confirmed or gave notice of in the name of a unit; and where another unit's request names them."""
    made = ChangeRequest.objects.filter(made_by=user).select_related("unit__organisation").order_by("id")
    rows = [{"what": str(each.unit), "as": each._meta.verbose_name, "state": each.get_state_display(), "at": each.made_at} for each in made]
    confirmed = Confirmation.objects.filter(confirmed_by=user).select_related("unit__organisation", "campaign").order_by("id")
    rows += [{"what": str(each.unit), "as": str(each.campaign), "state": each.get_state_display(), "at": each.confirmed_at} for each in confirmed]  # fmt: skip
    given = Resignation.objects.filter(given_by=user).select_related("unit__organisation").order_by("id")
    rows += [{"what": str(each.unit), "as": each._meta.verbose_name, "state": each.get_state_display(), "at": each.given_at} for each in given]  # fmt: skip
    named = RequestedChange.objects.filter(field=REPRESENTATIVE, new__email__in=addresses).select_related("request__unit__organisation")
    rows += [
        {"what": str(each.request.unit), "as": _("Proposed representative"), "state": each.get_answer_display(), "at": each.request.made_at}
        for each in named.order_by("id")
    ]
    labels = {"what": _("member unit"), "as": _("as what"), "state": _("state"), "at": _("at")}
    return Group(
        "for_units", _("What I asked for in the name of a unit"), _("You asked for it, or your unit named you."), _("To keep the register right, and to show who changed it."),
        _("With the membership: membership and three years."), labels, rows,
    )  # fmt: skip
