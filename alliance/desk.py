"""The admin site, and its first page: what waits for the person signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.calendar.days import is_announced
from alliance.files.choices import State as FileState
from alliance.files.models import StoredFile
from alliance.jobs.models import Run
from alliance.letters import outbox
from alliance.letters.models import Letter
from alliance.letters.models import State as LetterState
from alliance.templatetags import portal
from applications import queues as applications
from applications import rules as application_rules
from applications.models import Application, Assignment, Batch, Enquiry, JoinRequest, SealedCopy
from applications.queues import QUEUES, due_today
from members.models import Wish
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise


TASKS = {
    "alliance.jobs.tasks.heartbeat": _("Sign of life"),
    "alliance.jobs.tasks.seal": _("Sealing the history"),
    "alliance.jobs.tasks.resume": _("Taking up long work"),
    "alliance.letters.tasks.sweep": _("Sending letters"),
    "alliance.files.tasks.scan": _("Checking files for viruses"),
    "alliance.files.tasks.sweep_orphans": _("Clearing away files that nobody keeps"),
    "applications.tasks.close_batches": _("Closing batches at their deadline"),
    "applications.tasks.lapse_corrections": _("Corrections that did not come"),
    "applications.tasks.move_unsealed": _("Sealed forms that did not come"),
    "alliance.jobs.tasks.forget": _("Forgetting what need not be kept"),
    "alliance.exchange.tasks.forget": _("Forgetting tables that came in or went out"),
    "applications.tasks.discard_old_drafts": _("Discarding old drafts"),
    "applications.tasks.count_limits_again": _("Counting limits again"),
    "applications.tasks.remind": _("Reminders"),
    "council.tasks.end_lapsed_tenures": _("Seats of units that left"),
}


@dataclass(frozen=True)
class Queue:
    """Something that waits: how much of it, and the list that shows it."""

    count: int
    label: str | Promise
    url: str
    note: str = ""
    tone: str = ""


class Desk(AdminSite):
    """The secretariat's desk: queues first, then the batch, then everything."""

    site_header = _("Review desk")
    site_title = _("Review desk")
    index_title = _("To do today")
    enable_nav_sidebar = False
    empty_value_display = "–"
    tasks = TASKS

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The portal's own log-in, with its limits; the admin has none of its own."""
        if request.user.is_authenticated and wants_second_factor(request.user):
            messages.info(request, _("The desk opens with a second factor: set up an authenticator app or a passkey first."))
            return redirect("mfa_index")
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404  # a signed-in stranger finds nothing here
        return secure_admin_login(super().login)(request, extra_context)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not wants_second_factor(request.user)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The account system's own page, with its limits and its letter."""
        return redirect("account_change_password")

    def get_urls(self) -> list[Any]:
        """Without the redirect from any row's id to its public page."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def is_of_branch(self, user: Any) -> bool:
        """Whether the office of `user` is a branch's."""
        return reach_of(user) is not None

    def within_reach(self, rows: QuerySet, through: str | None, user: Any) -> QuerySet:
        """What `user` sees of a list whose rows belong to something: branch staff what belongs to their branch's."""
        if through is None or reach_of(user) is None:
            return rows
        if not through:
            return rows.within_reach(user)
        model = rows.model
        for name in through.split("__"):
            model = model._meta.get_field(name).related_model
        return rows.filter(**{f"{through}__in": model.objects.within_reach(user).values("pk")})

    def things_within_reach(self, user: Any) -> list[QuerySet] | None:
        """For branch staff everything that letters and papers may be about, each kind by itself; None: no limit."""
        if reach_of(user) is None:
            return None
        kinds = [(model, getattr(keeper, "reached_through", None)) for model, keeper in self._registry.items()]
        return [self.within_reach(model.objects.all(), path, user) for model, path in kinds if path is not None]

    def readable(self, user: Any) -> list[QuerySet]:
        """The things, of each kind, whose files `user` may read."""
        return [application_rules.readable(user), application_rules.readable_objections(user)]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = work(request) if request.user.holds(*SECRETARIAT) else {}
        return super().index(request, context | (extra_context or {}))


def wants_second_factor(user: Any) -> bool:
    """Whether somebody of the office has yet to set up a second factor, where the installation demands one."""
    return settings.SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user)


def work(request: HttpRequest) -> dict[str, Any]:
    """What the desk's first page shows the secretariat."""
    batch = Batch.objects.under_review().first() or Batch.objects.accepting(clock.now()).first()
    return {
        "queues": [*queues(request.user), *files(request.user)],
        "troubles": troubles(),
        "batch": batch,
        "batch_url": batch and reverse("admin:applications_batch_change", args=[batch.pk]),
        "funnel": funnel(batch, request.user),
        "mine": before_going_home(request.user),
        "runs": runs(),
    }


MOST_DUE = 10  # lines before going home; the queues' lists show the rest


def before_going_home(user: Any) -> list[dict[str, Any]]:
    """What is due by tonight and this person's to do, the most overdue first."""
    found = [row for _queue, rows in due_today(Application.objects.visible_in_office(user), user) for row in rows[:MOST_DUE]]
    return [
        {
            "label": row,
            "url": reverse("admin:applications_application_change", args=[row.pk]),
            "state": row,
            "due": portal.deadline(row.due_at),
        }
        for row in sorted(found, key=lambda row: (row.due_at, row.pk))[:MOST_DUE]
    ]


ASKED_FROM = (12, 15)  # the State Council's notice comes in November or December


def runs() -> list[dict[str, Any]]:
    """When each task of the timetable last ran, and how that ended."""
    return [
        {"name": TASKS.get(run.task, run.task), "state": "failed" if run.error else "ok", "at": run.finished_at or run.started_at}
        for run in Run.objects.all()
    ]


def queues(user: Any) -> list[Queue]:
    """What waits for this person, each with the list that shows it; of what is another office's, all that waits."""
    rows = Application.objects.visible_in_office(user)
    return [
        *(waiting(queue, queue.for_person(rows, user)) for queue in QUEUES.values()),
        *reviews(user),
        enquiries(user),
        *requests_to_join(user),
        *wishes(user),
        scans(user),
        *letters(user),
    ]


def reviews(user: Any) -> list[Queue]:
    """The experts' sheets that have not come; nothing is said while no expert reviews."""
    rows = admin.site.within_reach(Assignment.objects.outstanding(), "application", user)
    found = rows.aggregate(count=Count("pk"), overdue=Count("pk", filter=Q(due_at__lte=clock.now())))
    url = reverse("admin:applications_assignment_changelist") + "?waits=sheet"
    tone = "late" if found["overdue"] else "todo"
    return [Queue(found["count"], _("Experts' sheets awaited"), url, said_late(found["overdue"]), tone)] if found["count"] else []


def requests_to_join(user: Any) -> list[Queue]:
    """People who ask to act for a unit that nobody owns any more: only the clerk can decide; nothing is said where there are none."""
    count = JoinRequest.objects.to_decide().without_owner().within_reach(user).count()
    url = reverse("admin:applications_joinrequest_changelist") + "?state__exact=asked"
    return [Queue(count, _("Requests to join"), url, "", "todo")] if count else []


def wishes(user: Any) -> list[Queue]:
    """What admitted units wish to run or to join, not decided yet; nothing is said where there is none."""
    count = admin.site.within_reach(Wish.objects.to_decide(), "unit", user).count()
    return [Queue(count, _("Wishes to decide"), reverse("admin:members_wish_changelist") + "?waits=open", "", "todo")] if count else []


def waiting(queue: applications.Queue, rows: QuerySet) -> Queue:
    """A queue of applications: how many, and of them how many are overdue."""
    late = Q(due_at__lte=clock.now()) if queue.has_limit else Q(pk=None)
    found = rows.aggregate(count=Count("pk"), overdue=Count("pk", filter=late))
    tone = "none" if not found["count"] else "late" if found["overdue"] else "todo"
    url = reverse("admin:applications_application_changelist") + f"?queue={queue.name}"
    return Queue(found["count"], queue.label, url, said_late(found["overdue"]), tone)


def said_late(overdue: int) -> str:
    return ngettext("%(count)d overdue", "%(count)d overdue", overdue) % {"count": overdue} if overdue else ""


def enquiries(user: Any) -> Queue:
    """Questions that wait for their answer."""
    rows = Enquiry.objects.within_reach(user)
    count, overdue = rows.to_answer().count(), rows.overdue(clock.now()).count()
    late, url = said_late(overdue), reverse("admin:applications_enquiry_changelist")
    return Queue(count, _("Enquiries to answer"), f"{url}?waits=due", late, "none" if not count else "late" if overdue else "todo")


def scans(user: Any) -> Queue:
    """Sealed scans that no machine could read."""
    count = admin.site.within_reach(SealedCopy.objects.to_look_at(), "application", user).count()
    return Queue(
        count,
        _("Sealed scans to look at"),
        reverse("admin:applications_sealedcopy_changelist") + "?look=open",
        "",
        "todo" if count else "none",
    )


def letters(user: Any) -> list[Queue]:
    """Letters that wait for a person; how many were not delivered is always said."""
    rows = Letter.objects.about_any(admin.site.things_within_reach(user))
    shown = [
        letters_in(rows, LetterState.DRAFT, _("Letters to release"), "todo"),
        letters_in(rows, LetterState.TO_BE_TOLD, _("Letters to be told"), "todo"),
    ]
    return [*(queue for queue in shown if queue.count), letters_in(rows, LetterState.FAILED, _("Letters not delivered"), "late")]


def letters_in(rows: QuerySet, state: str, label: Promise, tone: str) -> Queue:
    count = rows.filter(state=state).count()
    return Queue(count, label, reverse("admin:letters_letter_changelist") + f"?state__exact={state}", "", tone if count else "none")


def troubles() -> list[str]:
    """What does not work, and what to do: said in words, above everything else."""
    said = _(
        "%(way)s: the server was not reached (%(answer)s). Letters wait and go out by themselves once it answers; manage.py check_mail says more."
    )
    return [*(said % {"way": attempt.get_way_display(), "answer": attempt.answer} for attempt in outbox.trouble()), *table_wanted()]


def table_wanted() -> list[str]:
    """From 15 December the desk asks for next year's working days, if they are not in the table."""
    today = clock.today()
    if (today.month, today.day) < ASKED_FROM or is_announced(today.year + 1):
        return []
    said = _("The holidays of %(year)d are not in the table of working days: until they are, limits count Monday to Friday.")
    return [said % {"year": today.year + 1}]


def files(user: Any) -> list[Queue]:
    """What the virus scanner has not seen, and what it found; said as well where there is no scanner."""
    rows = StoredFile.objects.about(application_rules.readable(user))
    scans = bool(settings.SCAN_URL)
    unseen, found = rows.waiting().count(), rows.filter(state=FileState.INFECTED).count()
    state = FileState.PENDING if scans else FileState.UNSCANNED
    note = "" if scans else _("No virus scanner is set up")
    return [
        Queue(unseen, _("Files not checked for viruses"), files_in(state), note, "todo" if unseen and scans else "none"),
        Queue(found, _("Files with a virus"), files_in(FileState.INFECTED), "", "late" if found else "none"),
    ]


def files_in(state: FileState) -> str:
    return reverse("admin:files_storedfile_changelist") + f"?state__exact={state}"


def funnel(batch: Batch | None, user: Any) -> list[dict[str, Any]]:
    """Where the applications of a batch stand now, from submission to admission, and which limit ends first at each."""
    found = Application.objects.visible_in_office(user).filter(batch=batch).by_station()
    stations = [
        (_("Formal check"), found["check"], until(found["check_due"])),
        (_("Correction"), found["correction"], until(found["correction_due"])),
        (_("Preliminary review"), found["screen"], until(found["screen_due"])),
        (_("Deliberation"), found["deliberate"], portal.day(batch.review_planned_on) if batch and batch.review_planned_on else ""),
        (_("Public notice"), found["publicity"], until(found["publicity_until"])),
        (_("Approval"), found["approved"], ""),
        (_("Admitted"), found["admitted"], ""),
    ]
    last = stations[-1][0]
    return [
        {
            "label": label,
            "count": count,
            "note": note if count else "",
            "state": "now" if count and label != last else "done" if count else "",
        }
        for label, count, note in stations
    ]


def until(moment: datetime | None) -> str:
    """The day on which the first limit ends."""
    return _("by %(day)s") % {"day": portal.deadline_day(moment)} if moment else ""
