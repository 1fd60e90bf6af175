"""What waits at the desk: each line counts the rows of the list it opens, and all of them are counted in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.db.models import CharField, Count, IntegerField, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock
from alliance.files.choices import State as FileState
from alliance.files.models import StoredFile
from alliance.letters.models import Letter
from alliance.letters.models import State as LetterState
from applications import rules as application_rules
from applications.models import Application, Assignment, Enquiry, JoinRequest, SealedCopy
from applications.queues import QUEUES
from council.models import UnitTenure
from members.models import ChangeRequest, Confirmation, MemberUnit, Resignation, Wish

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from alliance.facts.models import Facts


@dataclass(frozen=True)
class Queue:
    """Something that waits: how much of it, and the list that shows it."""

    count: int
    label: str | Promise
    url: str
    note: str = ""
    tone: str = ""


def queues(user: Any, said: Facts) -> list[Queue]:
    """What waits for this person, each with the list that shows it; of what is another office's, all that waits. `said`: the office's settings."""
    lines = [
        *applications_waiting(user, small=said.small_office),
        *sheets(user),
        *enquiries(user),
        *asked(user),
        *units(user, timedelta(days=said.idle_days)),
        *scans(user),
        *letters(user),
        *files(user),
    ]
    found = counted(lines)
    return [shown for line in lines if (shown := line.shown(*found[line.name]))]


@dataclass(frozen=True)
class Line:
    """What a queue counts, and how it is said: `late` tells which of the rows are overdue; one that `hides` says nothing of nothing."""

    name: str
    label: str | Promise
    rows: QuerySet
    url: str
    late: Q | None = None
    hides: bool = False
    note: str = ""
    tone: str = "todo"

    def shown(self, count: int, overdue: int) -> Queue | None:
        if self.hides and not count:
            return None
        tone = "none" if not count else "late" if overdue else self.tone
        return Queue(count, self.label, self.url, self.note or said_late(overdue), tone)


def counted(lines: list[Line]) -> dict[str, tuple[int, int]]:
    """How many rows each has, and how many of them are overdue: in one statement, however many lines there are."""
    nothing = Value(0, output_field=IntegerField())
    parts = [
        line.rows.order_by()
        .values(line=Value(line.name, output_field=CharField()))
        .annotate(count=Count("pk"), overdue=Count("pk", filter=line.late) if line.late else nothing)
        .values_list("line", "count", "overdue")
        for line in lines
    ]
    found = {name: (count, overdue) for name, count, overdue in parts[0].union(*parts[1:], all=True)}
    return {line.name: found.get(line.name, (0, 0)) for line in lines}


def listed(model: str, asked: str) -> str:
    """The list of a noun, narrowed as the query says."""
    return reverse(f"admin:{model}_changelist") + f"?{asked}"


def applications_waiting(user: Any, *, small: bool) -> list[Line]:
    rows, late = Application.objects.visible_in_office(user), Q(due_at__lte=clock.now())
    return [
        Line(queue.name, queue.label, queue.for_person(rows, user, small=small), listed("applications_application", f"queue={queue.name}"), late if queue.has_limit else None)
        for queue in QUEUES.values()
    ]  # fmt: skip


def sheets(user: Any) -> list[Line]:
    """The experts' sheets that have not come; nothing is said while no expert reviews."""
    rows = admin.site.within_reach(Assignment.objects.outstanding(), "application", user)
    late = Q(due_at__lte=clock.now())
    return [Line("sheets", _("Experts' sheets awaited"), rows, listed("applications_assignment", "waits=sheet"), late, hides=True)]


def enquiries(user: Any) -> list[Line]:
    """Questions that wait for their answer."""
    rows = Enquiry.objects.within_reach(user).to_answer()
    return [Line("enquiries", _("Enquiries to answer"), rows, listed("applications_enquiry", "waits=due"), Q(due_at__lte=clock.now()))]


def asked(user: Any) -> list[Line]:
    """Who asks to act for a unit that nobody owns any more, which only the clerk can decide; and what admitted units wish to run or to join."""
    joins = JoinRequest.objects.to_decide().without_owner().within_reach(user)
    wishes = admin.site.within_reach(Wish.objects.to_decide(), "unit", user)
    return [
        Line("joins", _("Requests to join"), joins, listed("applications_joinrequest", "state__exact=asked"), hides=True),
        Line("wishes", _("Wishes to decide"), wishes, listed("members_wish", "waits=open"), hides=True),
    ]


def units(user: Any, silent: timedelta) -> list[Line]:
    """What units ask to have changed, who has not confirmed this year, units that leave, seats to settle after a change, and units of which nothing was heard for long."""
    notices = admin.site.within_reach(Resignation.objects.to_confirm(), "unit", user)
    seats = admin.site.within_reach(UnitTenure.objects.to_settle(), "unit", user)
    idle = admin.site.within_reach(MemberUnit.objects.idle(clock.now() - silent), "", user)
    changes = admin.site.within_reach(ChangeRequest.objects.to_decide(), "unit", user)
    awaited = admin.site.within_reach(Confirmation.objects.awaited(), "unit", user)
    late = Q(campaign__due_on__lt=clock.today())
    return [
        Line("changes", _("Change requests to answer"), changes, listed("members_changerequest", "waits=open"), hides=True),
        Line("confirmations", _("Units that have not confirmed"), awaited, listed("members_confirmation", "waits=open"), late, hides=True),
        Line("notices", _("Resignations to confirm"), notices, listed("members_resignation", "waits=open"), hides=True),
        Line("seats", _("Seats to settle"), seats, listed("council_unittenure", "waits=settle"), hides=True),
        Line("idle", _("Units without a sign of life"), idle, listed("members_memberunit", "waits=idle"), hides=True),
    ]


def scans(user: Any) -> list[Line]:
    """Sealed scans that no machine could read."""
    rows = admin.site.within_reach(SealedCopy.objects.to_look_at(), "application", user)
    return [Line("scans", _("Sealed scans to look at"), rows, listed("applications_sealedcopy", "look=open"))]


def letters(user: Any) -> list[Line]:
    """Letters that wait for a person; how many were not delivered is always said."""
    rows = Letter.objects.about_any(admin.site.things_within_reach(user))
    shown = (
        (LetterState.DRAFT, _("Letters to release"), True, "todo"),
        (LetterState.TO_BE_TOLD, _("Letters to be told"), True, "todo"),
        (LetterState.FAILED, _("Letters not delivered"), False, "late"),
    )
    return [
        Line(f"letters {state}", label, rows.filter(state=state), listed("letters_letter", f"state__exact={state}"), hides=hides, tone=tone)
        for state, label, hides, tone in shown
    ]


def said_late(overdue: int) -> str:
    return ngettext("%(count)d overdue", "%(count)d overdue", overdue) % {"count": overdue} if overdue else ""


def files(user: Any) -> list[Line]:
    """What the virus scanner has not seen, and what it found; said as well where there is no scanner."""
    rows = StoredFile.objects.about(application_rules.readable(user))
    scans = bool(settings.SCAN_URL)
    state = FileState.PENDING if scans else FileState.UNSCANNED
    note = "" if scans else str(_("No virus scanner is set up"))
    return [
        Line("unseen", _("Files not checked for viruses"), rows.waiting(), files_in(state), note=note, tone="todo" if scans else "none"),
        Line("infected", _("Files with a virus"), rows.filter(state=FileState.INFECTED), files_in(FileState.INFECTED), tone="late"),
    ]


def files_in(state: FileState) -> str:
    return reverse("admin:files_storedfile_changelist") + f"?state__exact={state}"
