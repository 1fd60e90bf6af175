"""What is held of elections and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.mydata.group import Group
from council.models import Candidate, Nomination
from members.models import Attendance

if TYPE_CHECKING:
    from alliance.accounts.models import User


def nominations(user: User, addresses: list[str]) -> Group:
    rows = [
        {
            "post": each.get_tier_display(),
            "unit": str(each.unit),
            "birth_year": each.birth_year or "",
            "state": each.get_state_display(),
        }
        for each in Nomination.objects.filter(person__user=user).select_related("unit__organisation").order_by("id")
    ]
    labels = {"post": _("post"), "unit": _("member unit"), "birth_year": _("year of birth"), "state": _("state")}
    return Group("nominations", _("Nominations to the council"), _("A member unit nominated you."), _("To hold the election."), _("Term of office and five years."), labels, rows)  # fmt: skip


def candidacies(user: User, addresses: list[str]) -> Group:
    """In which elections a person stood, and as whom the ballot had them; a ballot's names stay with its result."""
    stood = Candidate.objects.filter(Q(representative__user=user) | Q(expert__user=user)).select_related(
        "contest__meeting__term", "contest__body"
    )
    rows = [
        {"post": str(each.contest), "meeting": str(each.contest.meeting), "called": each.called, "state": each.contest.get_state_display()}
        for each in stood.order_by("id")
    ]
    labels = {"post": _("post"), "meeting": _("meeting"), "called": _("on the ballot"), "state": _("state")}
    return Group("candidacies", _("Elections in which I stood"), _("You were nominated, or the meeting put you forward."), _("To hold the election, and to prove its result."), _("For good: results of elections are kept in the archive."), labels, rows)  # fmt: skip


def meetings(user: User, addresses: list[str]) -> Group:
    """Meetings at which somebody casts a vote, as whose representative or proxy, and whether they came."""
    lines = Attendance.objects.of(user).select_related("meeting__term", "unit__organisation").prefetch_related("proxies").order_by("id")
    rows = [{"what": str(each.meeting), "for": each.name, "as": each.person, "at": each.signed_in_at} for each in lines]
    labels = {"what": _("meeting"), "for": _("on the roll"), "as": _("name"), "at": _("signed in at")}
    return Group(
        "meetings", _("Meetings"), _("Your unit or the alliance named you."), _("To hold the meeting, and to show that it had its quorum."),
        _("Term of office and five years."), labels, rows,
    )  # fmt: skip
