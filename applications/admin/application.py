"""What the secretariat sees of an application: its answers, its course, and the steps that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance.accounts.choices import SECRETARIAT
from alliance.admin import OfficeInline, WorkflowAdmin
from alliance.admin.office import DRAWN
from alliance.admin.records import OUTSIDE
from alliance.documents.admin import PapersAdmin
from alliance.documents.kinds import PDF
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.exchange.admin import ExportsAdmin
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.text import key
from applications import dossier
from applications.admin.casework import Casework
from applications.admin.checking import CheckViews
from applications.choices import OPEN, Defect, State
from applications.forms.reviewing import STEP_FORMS
from applications.models import (
    Application,
    Batch,
    Decision,
    Finding,
    Original,
    SealedCopy,
    Version,
)
from applications.models.answers import FIELDS, MANY
from applications.queues import QUEUES
from applications.resources import summary
from applications.workflow import workflow
from members.amounts import COUNTED_IN
from members.identifiers import normalise

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


TRAIL = (
    (_("Submission"), (State.SUBMITTED,)),
    (_("Formal check"), (State.ACCEPTED,)),
    (_("Preliminary review"), (State.SCREENED, State.EXPERT_REVIEWED)),
    (_("Deliberation"), (State.DELIBERATED,)),
    (_("Public notice"), (State.PUBLICITY,)),
    (_("Approval"), (State.APPROVED,)),
    (_("Admission"), (State.ADMITTED,)),
)


class QueueFilter(admin.SimpleListFilter):
    """Where applications stand, and the desk's queues."""

    title = _("state")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        queues = [(queue.name, queue.label) for queue in QUEUES.values()]
        return [*queues, *(choice for choice in State.choices if choice[0] != State.DRAFT)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in QUEUES:
            return QUEUES[self.value()].for_person(queryset, request.user)
        return queryset.filter(state=self.value()) if self.value() else queryset


def answer(name: str) -> Any:
    """A list of words, or a number with what it is counted in, to read."""

    @admin.display(description=Application._meta.get_field(name).verbose_name)
    def words(application: Application) -> str:
        return application.with_unit(name) or "–"

    return words


def shown(name: str) -> Any:
    """How the page shows an answer."""
    return answer(name) if name in MANY or name in COUNTED_IN else DRAWN.get(name, name)


class VersionInline(OfficeInline):
    model = Version
    fields = ("number", "frozen_at", "frozen_by", "digest")
    readonly_fields = fields


class FindingInline(OfficeInline):
    """What the formal check asked for, or why it refused."""

    model = Finding
    fields = readonly_fields = ("version", "defects_in_words", "ground", "words", DRAWN["due_at"], "found_at", "found_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("version", "found_by")

    @admin.display(description=_("defects"))
    def defects_in_words(self, finding: Finding) -> str:
        return pgettext("list", ", ").join(str(Defect(code).label) for code in finding.defects) or "–"


class DecisionInline(OfficeInline):
    model = Decision
    fields = ("outcome", "version", "resolution", "ground", "reason", "decided_at", "recorded_by")
    readonly_fields = fields


class SealedCopyInline(OfficeInline):
    model = SealedCopy
    fields = readonly_fields = ("version", "reading", "came_at", "looked_by", "remark")
    show_change_link = True

    @admin.display(description=_("note"))
    def remark(self, copy: SealedCopy) -> str:
        return copy.remark


class OriginalInline(OfficeInline):
    model = Original
    fields = readonly_fields = ("version", "received_on", "courier", "filed", "is_complete", "noted_by")


@admin.register(Application)
class ApplicationAdmin(Casework, CheckViews, ExportsAdmin, PapersAdmin, WorkflowAdmin):
    """The review: every submitted application, to read; it moves by its steps."""

    reached_through, sheet = "", summary.Summary.name
    named_by = ("number", "name")

    workflow = workflow
    step_forms = STEP_FORMS
    others_steps = ("submit", "resubmit", "withdraw", "take_up", "lapse", "discard", "miss_seal")
    single_steps = ("object_to", "return_for_correction", "extend")
    seen_by = SECRETARIAT
    list_display = ("number", "name", "state", "due_at", "unit_type", "region", "main_direction", "seat_wanted", "batch", "submitted_at")
    list_display_links = ("number", "name")
    list_filter = (QueueFilter, "batch", "main_direction", "unit_type", "jurisdiction")
    list_select_related = ("batch",)
    search_fields = ("number", "name", "reg_no", "representative_name", "contact_name")
    inlines = (FindingInline, SealedCopyInline, OriginalInline, DecisionInline, VersionInline)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    DRAWN.get(name, name)
                    for name in (
                        "number",
                        "state",
                        "batch",
                        "submitted_at",
                        "due_at",
                        "seal_due_at",
                        "corrections",
                        "screening_opinion",
                        "experts_opinion",
                        "publicity_from",
                        "publicity_until",
                        "unit",
                    )
                ]
            },
        ),
        *((section.label, {"fields": [shown(name) for name in names]}) for section, names in FIELDS.items()),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_in_office(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [name for _title, options in self.fieldsets for name in options["fields"]]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Numbers are found as people type them: full width, spaced, in lower case."""
        rows, doubles = super().get_search_results(request, queryset, search_term)
        cleaned = normalise(search_term[:40])
        return (rows | queryset.filter(Q(reg_no=cleaned) | Q(number=cleaned)), doubles) if cleaned else (rows, doubles)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        bound = path("<int:pk>/dossier.pdf", self.admin_site.admin_view(self.dossier_view), name="applications_application_dossier")
        return [bound, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Whoever ticked nothing on the board of a batch is told so there, with what was seen as it was."""
        board = key(request.POST.get("_board", ""))
        if board and not request.POST.getlist(ACTION_CHECKBOX_NAME):
            self.message_user(request, _("Nothing is ticked."), messages.WARNING)
            seen = QueryDict(request.POST.get("_seen", "")).urlencode()
            return redirect(f"{reverse('admin:applications_batch_board', args=[board])}?{seen}")
        return super().changelist_view(request, extra_context)

    def dossier_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything as one PDF, to keep or to print."""
        application = self.get_object(request, str(pk))
        if application is None or not self.has_view_permission(request):
            raise Http404
        return attached(dossier.bound(application, by=request.user), PDF, dossier.file_name(application))

    def narrowed(self, request: HttpRequest) -> str:
        """The batch stands in the name of the exported file."""
        pk = key(request.GET.get("batch__id__exact", ""))
        batch = Batch.objects.filter(pk=pk).first() if pk else None
        with translation.override(CHINESE):
            return str(batch or "")

    def dossier(self, thing: Application) -> dict[str, Any]:
        """How far it has come, who did what, which letters went out, and the papers of the version last submitted."""
        events = list(Event.objects.of(thing).select_related("actor"))
        return {
            "dossier": thing,
            "verdict": verdict(thing),
            "trail": trail(thing, events),
            "events": told(events),
            "letters": Letter.objects.about(thing),
            "attachments": thing.attachments.in_version(thing.version),
            "sealed": thing.sealed_copies.running().select_related("attachment__file", "version"),
        }


def verdict(application: Application) -> Any:
    """The finding or decision by which it was not accepted or not passed, with its ground and words."""
    match application.state:
        case State.NOT_ACCEPTED:
            return application.findings.exclude(ground="").last()
        case State.REJECTED:
            return application.decisions.exclude(ground="").last()


def trail(application: Application, events: list[Event]) -> list[dict[str, Any]]:
    """The path's stations: reached with their day, the one that is now, and those ahead."""
    reached = {event.after: event.at for event in events if event.step != "resolve_objection"}  # the notice goes on: it began before
    stations = [{"label": label, "at": next((reached[state] for state in states if state in reached), None)} for label, states in TRAIL]
    first_open = next((station for station in stations if station["at"] is None), None)
    for station in stations:
        station["state"] = "done" if station["at"] else "now" if station is first_open and application.state in OPEN else "next"
    return stations


def told(events: list[Event]) -> list[dict[str, Any]]:
    """Events in words: the step's label, who took it and when."""
    return [
        {
            "label": workflow.steps[e.step].label if e.step in workflow.steps else OUTSIDE.get(e.step, e.step),
            "who": e.actor or _("the timetable"),
            "at": e.at,
        }
        for e in events
    ]
