"""The admin site, and its first page: what waits for the person signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.announcements import rules as announcement_rules
from alliance.calendar.days import is_announced
from alliance.desk import figures
from alliance.desk.waiting import queues
from alliance.desk.ways import chain_stands, ways
from alliance.facts.models import facts
from alliance.files import space
from alliance.jobs.models import Run
from alliance.letters import outbox
from alliance.reporting import views as reporting
from alliance.stages import rules as stage_rules
from alliance.stages.overview import at_the_desk
from alliance.templatetags import portal
from applications import rules as application_rules
from applications.models import Application, Batch
from applications.queues import due_today
from members import rules as member_rules
from members.querysets import reach_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


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
    "members.tasks.open_confirmations": _("Opening the yearly confirmation"),
    "members.tasks.remind": _("Reminders of the yearly confirmation"),
    "members.tasks.reinstate_suspended": _("Suspensions that are over"),
    "members.tasks.let_go": _("Resignations that take effect"),
    "council.tasks.end_lapsed_tenures": _("Seats of units that left"),
}


class Desk(AdminSite):
    """The secretariat's desk: queues first, then the batch, then everything."""

    site_header = _("Review desk")
    site_title = _("Review desk")
    index_title = _("To do today")
    enable_nav_sidebar = False
    empty_value_display = "–"
    tasks = TASKS

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what says by whom it is seen: another library's pages go by permissions, which nobody has here, and would be asked for on every page."""
        if hasattr(admin_class, "seen_by"):
            super().register(model_or_iterable, admin_class, **options)

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
        """Without the redirect from any row's id to its public page; with the figures that draw on several apps."""
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]
        view = self.admin_view
        return [
            path("figures/", view(self.figures), name="figures"),
            path("figures/export/", view(figures.export), name="figures_export"),
            path("stages/plan/", view(self.stages), name="stages"),
            path("report-pack/", view(reporting.report_pack), name="report_pack"),
            *kept,
        ]

    def figures(self, request: HttpRequest) -> HttpResponse:
        return figures.figures(request, self)

    def stages(self, request: HttpRequest) -> HttpResponse:
        """The five stages: every milestone, and each paper of the plan made or missing."""
        if not request.user.holds(*SECRETARIAT):
            raise Http404
        context = self.each_context(request) | {"title": _("Five stages of the founding"), "stages": at_the_desk()}
        return render(request, "admin/stages.html", context)

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
        ours = [announcement_rules.readable(user), stage_rules.readable(user)]
        return [application_rules.readable(user), application_rules.readable_objections(user), *member_rules.readable(user), *ours]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What waits for the secretariat; whoever keeps no case finds the ways that are open to them."""
        context = work(request) if request.user.holds(*SECRETARIAT) else {"title": _("What you may open")}
        guides = {"ways": ways(request.user), "chain": chain_stands(request.user)}
        return super().index(request, context | guides | (extra_context or {}))


def wants_second_factor(user: Any) -> bool:
    """Whether somebody of the office has yet to set up a second factor, where the installation demands one."""
    return settings.SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user)


def work(request: HttpRequest) -> dict[str, Any]:
    """What the desk's first page shows the secretariat."""
    batch, said = Batch.objects.on_the_desk(clock.now()).first(), facts()
    return {
        "queues": queues(request.user, said),
        "troubles": troubles(),
        "batch": batch,
        "batch_url": batch and reverse("admin:applications_batch_change", args=[batch.pk]),
        "funnel": funnel(batch, request.user),
        "mine": before_going_home(request.user, small=said.small_office),
        "stages": at_the_desk(),
        "runs": runs(),
        "reports": request.user.holds(*KEEPERS) and reach_of(request.user) is None,
    }


MOST_DUE = 10  # lines before going home; the queues' lists show the rest


def before_going_home(user: Any, *, small: bool) -> list[dict[str, Any]]:
    """What is due by tonight and this person's to do, the most overdue first."""
    found = [row for _queue, rows in due_today(Application.objects.visible_in_office(user), user, small=small) for row in rows[:MOST_DUE]]
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


def troubles() -> list[str]:
    """What does not work, and what to do: said in words, above everything else."""
    said = _(
        "%(way)s: the server was not reached (%(answer)s). Letters wait and go out by themselves once it answers; manage.py check_mail says more."
    )
    return [
        *(said % {"way": attempt.get_way_display(), "answer": attempt.answer} for attempt in outbox.trouble()),
        *space.tight(),
        *table_wanted(),
    ]


def table_wanted() -> list[str]:
    """From 15 December the desk asks for next year's working days, if they are not in the table."""
    today = clock.today()
    if (today.month, today.day) < ASKED_FROM or is_announced(today.year + 1):
        return []
    said = _("The holidays of %(year)d are not in the table of working days: until they are, limits count Monday to Friday.")
    return [said % {"year": today.year + 1}]


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
