"""What has happened, and when the timetable last ran: to read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import things
from alliance.admin.office import LONGEST_SEARCH, MOST_WORDS, OfficeAdmin, OfficeInline
from alliance.history.models import PUBLIC, Event
from alliance.jobs import rounds
from alliance.jobs.models import Job, Round, Run, Skipped, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


class RecordAdmin(OfficeAdmin):
    """Rows that nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_change_permission = has_add_permission


OUTSIDE = {  # what is written down without being a step of a workflow
    "add": _("Add"),
    "edit": _("Change"),
    "delete": _("Delete"),
    "appoint": _("Appoint to offices"),
    "issue_code": _("Issue a one-time code"),
    "use_code": _("Log in with a one-time code"),
    "schedule": _("Set the deadline"),
    "close": _("Close the batch"),
    "recount": _("Count the limit again"),
    "sign_in": _("Sign in"),
    "undo_sign_in": _("Undo a sign-in"),
    "enter_sheet": _("Enter the printed sign-in sheet"),
    "give_proxy": _("Record a proxy"),
    "take_proxy_back": _("Take a proxy back"),
    "cast": _("Cast named votes"),
    "nominate": _("Enter a nomination"),
    "take_office": _("Take office"),
    "vacate": _("Vacate the seat"),
    "act_for_chair": _("Act for the chair"),
    "stop_acting": _("End the acting for the chair"),
    "open_term": _("Plan the next term"),
    "hand_on": _("Hand the seat on"),
    "hand_back": _("Hand the seat back"),
    "change_person": _("Change the person on the seat"),
    "give_notice": _("Give notice of resignation"),
    "make_paper": _("Make a paper"),
    "attach": _("Attach a file"),
    "detach": _("Take a file away"),
    "begin": _("Begin the term"),
    "ask": _("Ask a question"),
    "enter": _("Enter on behalf"),
    "make_code": _("Make a claim code"),
    "take_over": _("Take over by claim code"),
    "verify": _("Verify the number by hand"),
    "freeze": _("Fix a version for the seal"),
    "receive_seal": _("Receive a sealed scan"),
    "log_original": _("Log the sealed original"),
    "note": _("Add a note"),
    "hand_over": _("Hand over to a successor"),
    "take_in_hand": _("Take in hand"),
    "hand_to": _("Hand to somebody else"),
    "let_go": _("Let go"),
    "exception": _("Exception from the separation of duties"),
    "ask_recommender": _("Ask the recommender to confirm"),
    "recommended": _("The recommender confirmed"),
    "not_recommended": _("The recommender declined"),
    "assign": _("Assign to an expert"),
    "propose": _("Propose who reviews what"),
    "propose_outcome": _("Propose an outcome"),
    "take_back_outcome": _("Take a pending outcome back"),
    "release": _("Release the outcomes"),
    "note_conflict": _("Note a conflict of interest"),
    "end_conflict": _("End a conflict of interest"),
    "record_opinion": _("Record a group opinion"),
    "import": _("Take a table over"),
    "export": _("Hand a table out"),
    "recognise": _("Take in by recognition"),
    "disclose": _("Choose who sees which field"),
    "agree_to_be_named": _("Agree to be named"),
    "take_back_name": _("Take back the consent to be named"),
    "keep_sealed": _("Keep the sealed certificate"),
    "ask_for_changes": _("Ask for changes"),
    "change_data": _("Change the data"),
    "take_up_invitation": _("Take up an invitation to apply"),
    "make_wish": _("Make a wish"),
    "leave_body": _("Leave a body"),
    "invite": _("Invite a colleague"),
    "join": _("Join by an invitation"),
    "leave": _("End the work of a colleague"),
    "set role": _("Change what a colleague may do"),
    "hand over": _("Hand the responsibility over to a colleague"),
    "lengthen": _("Give one applicant longer to submit"),
    "change_plan": _("Change the plan of seats"),
}
STANDING = {"in_office": _("In office"), "vacated": _("Vacated")}


def kind_in_words(kind: str) -> str:
    model = things.model_of(kind)
    return capfirst(model._meta.verbose_name) if model else kind


def steps_in_words(site: admin.AdminSite) -> dict[str, str]:
    """The label of every step, from the workflows that the office sees."""
    keepers = [site.get_model_admin(model) for model in apps.get_models() if site.is_registered(model)]
    flows = [keeper.workflow for keeper in keepers if hasattr(keeper, "workflow")]
    return OUTSIDE | {step.name: step.label for flow in flows for step in flow.steps.values()}


class WordsFilter(admin.AllValuesFieldListFilter):
    """Values that are codes in the history, offered by their words."""

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        steps = steps_in_words(changelist.model_admin.admin_site)
        for choice in super().choices(changelist):
            code, space, count = str(choice["display"]).partition(" (")  # how many there are stands behind it, where that is asked
            word = kind_in_words(code) if "." in code else steps.get(code, code)
            yield choice | {"display": f"{word}{space}{count}"}


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """The history, for the auditor."""

    seen_by = (Office.AUDITOR,)
    list_display = ("at", "by", "what", "thing", "taken", "state_before", "state_after", "is_sealed")
    list_filter = (("kind", WordsFilter), ("step", WordsFilter))
    list_select_related = ("actor", "seal")
    search_fields = ("=thing_id", "actor__name", "actor__email")
    search_help_text = _(
        "Number of an application, a member unit or a certificate; name of a unit; id of a thing; name or e-mail of who acted"
    )
    date_hierarchy = "at"
    fields = ("at", "by", "what", "thing", "taken", "state_before", "state_after", "details", "is_sealed")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The things of one page are looked up together."""
        found = super().get_changelist_instance(request)
        things.call(self.admin_site, found.result_list, request)
        return found

    def get_object(self, request: HttpRequest, *args: Any) -> Event | None:
        event = super().get_object(request, *args)
        things.call(self.admin_site, [event] if event else [], request)
        return event

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Also by what the things are called, which the events themselves do not say."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        words = search_term[:LONGEST_SEARCH].split()[:MOST_WORDS]
        return (found | queryset.filter(things.searched(self.admin_site, words)) if words else found), repeats

    @admin.display(description=_("thing"), ordering="thing_id")
    def thing(self, event: Event) -> str:
        return event.called

    @admin.display(description=_("actor"), ordering="actor")
    def by(self, event: Event) -> Any:
        return event.actor or (_("Whoever asked") if event.acting_as == PUBLIC else _("Timetable"))

    @admin.display(description=_("kind of thing"), ordering="kind")
    def what(self, event: Event) -> str:
        return kind_in_words(event.kind)

    @admin.display(description=_("step"), ordering="step")
    def taken(self, event: Event) -> Any:
        return steps_in_words(self.admin_site).get(event.step, event.step)

    @admin.display(description=_("state before"), ordering="before")
    def state_before(self, event: Event) -> Any:
        return state_in_words(event.kind, event.before)

    @admin.display(description=_("state after"), ordering="after")
    def state_after(self, event: Event) -> Any:
        return state_in_words(event.kind, event.after)

    @admin.display(description=_("sealed"), boolean=True)
    def is_sealed(self, event: Event) -> bool:
        return hasattr(event, "seal")


def state_in_words(kind: str, code: str) -> Any:
    """The word of a state; a tenure has none of its own."""
    model = things.model_of(kind)
    fields = {field.name: field for field in model._meta.fields} if model else {}
    moved = (
        fields.get("state") or fields.get("phase") or fields.get("reading")
    )  # of the alliance as a whole, the phase; of a scan, how it was read
    words = dict(moved.choices) if moved else STANDING
    return words.get(code, code)


@admin.register(Run)
class RunAdmin(RecordAdmin):
    """The timetable's last runs."""

    seen_by = (*Office,)
    list_display = ("what", "started_at", "finished_at", "error")
    search_fields = ("task", "error")
    list_filter = (("error", admin.EmptyFieldListFilter),)
    fields = ("what", "task", "started_at", "finished_at", "error")

    @admin.display(description=_("task"), ordering="task")
    def what(self, run: Run) -> Any:
        return self.admin_site.tasks.get(run.task, run.task)


class SkippedInline(OfficeInline):
    """What was passed over, and why."""

    model = Skipped
    fields = readonly_fields = ("thing", "why")


@admin.register(Job)
class JobAdmin(RecordAdmin):
    """Long work, with how far it is. What it was asked with may name people, so it is not shown."""

    seen_by = (*Office,)
    list_display = ("label", "state", "progress", "by", "asked_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("by",)
    search_fields = ("label", "by__name")
    fields = ("label", "state", "progress", "by", "asked_at", "beat_at", "finished_at")
    inlines = [SkippedInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Work that branch staff asked for is theirs to see, and no other: it names what it skipped."""
        rows = super().get_queryset(request).defer("things")
        return rows.filter(by=request.user) if self.admin_site.is_of_branch(request.user) else rows

    @admin.display(description=_("how far"))
    def progress(self, job: Job) -> Any:
        bar = '<progress max="{}" value="{}" aria-label="{}"></progress> {}'
        return format_html(bar, job.total, job.position, job.label, job.progress)


class StageInline(OfficeInline):
    """What comes after what."""

    model = Stage
    fields = readonly_fields = ("position", "what", "job", "began_at", "finished_at", "error")

    @admin.display(description=_("stage"))
    def what(self, stage: Stage) -> Any:
        return rounds.WORDS.get(stage.name, stage.name)


MOVED_BY = {*SECRETARIAT, Office.SYSADMIN}


@admin.register(Round)
class RoundAdmin(RecordAdmin):
    """Processes of several stages, and where each stands. Whatever it waits for or failed at is asked again each minute, and at once by a button."""

    seen_by = (*Office,)
    list_display = ("name", "what", "thing_id", "stands", "began_at", "finished_at")
    list_filter = (("finished_at", admin.EmptyFieldListFilter),)
    fields = ("name", "what", "thing_id", "stands", "began_at", "finished_at")
    inlines = [StageInline]
    change_form_template = "admin/jobs/round/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("stages")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.move_on))
        return [path("<int:pk>/advance/", view, name="jobs_round_advance"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> HttpResponse:
        """The button is shown to whom it obeys."""
        return super().render_change_form(request, context | {"may_move": request.user.holds(*MOVED_BY)}, *args, **options)

    def move_on(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what is due of it now. What went wrong stands at its stage."""
        if not request.user.holds(*MOVED_BY) or not Round.objects.filter(pk=pk).exists():
            raise Http404
        try:
            rounds.advance(pk)
            self.message_user(request, _("Tried again: what was due is done."), messages.SUCCESS)
        except Exception:
            log.exception("round %s", pk)
            self.message_user(request, _("It went wrong again: see the error at its stage."), messages.ERROR)
        return redirect("admin:jobs_round_change", pk)

    @admin.display(description=_("process"), ordering="process")
    def name(self, found: Round) -> Any:
        return rounds.WORDS.get(found.process, found.process)

    @admin.display(description=_("kind of thing"))
    def what(self, found: Round) -> str:
        return kind_in_words(found.kind_of_thing)

    @admin.display(description=_("stands at"))
    def stands(self, found: Round) -> Any:
        due = next((stage for stage in found.stages.all() if stage.finished_at is None), None)
        words = rounds.WORDS.get(due.name, due.name) if due else "–"
        return format_html("{} <b>{}</b>", words, _("failed")) if due and due.error else words
