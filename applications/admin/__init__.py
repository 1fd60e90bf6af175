"""What the secretariat sees of batches and applications."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.http import Http404
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.office import DRAWN
from alliance.admin.records import OUTSIDE, RecordAdmin
from alliance.documents.admin import PapersAdmin
from alliance.documents.kinds import PDF
from alliance.documents.making import CHINESE
from alliance.documents.serving import attached
from alliance.exchange.admin import ExportsAdmin
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.templatetags import portal
from alliance.text import key
from alliance.workflow import Refused
from applications import batches, dossier, limits, pack, papers, sealing  # noqa: F401 — the pack declares itself
from applications.admin import behalf, enquiries, meeting  # noqa: F401 — Django looks for what an app registers here
from applications.admin.board import BoardPages
from applications.admin.checking import CheckViews
from applications.admin.deliberation import DeliberationViews
from applications.admin.reviewing import ReviewsOfBatch
from applications.choices import OPEN, Defect, State
from applications.forms.enquiring import ConsentTextForm
from applications.forms.joining import JOIN_STEP_FORMS
from applications.forms.lengthening import ExtensionForm
from applications.forms.reviewing import STEP_FORMS
from applications.forms.sealing import COPY_STEP_FORMS, OriginalForm
from applications.joining import joining
from applications.models import (
    Application,
    Attachment,
    Batch,
    Consent,
    ConsentText,
    Decision,
    Extension,
    Finding,
    JoinRequest,
    Original,
    RequiredPaper,
    SealedCopy,
    Version,
)
from applications.models.answers import FIELDS, MANY
from applications.models.terms import TERMS
from applications.queues import QUEUES
from applications.resources import summary
from applications.workflow import workflow
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


class BatchForm(forms.ModelForm):
    """A batch's dates. The deadline is typed as its last day."""

    last_day = forms.DateField(
        label=_("Last day for submissions"),
        required=False,
        help_text=_(
            "Submissions count until 24:00 of this day, Beijing time; the next batch opens at that moment. A fixed day does not move, even if it is a rest day."
        ),
        validators=[MaxValueValidator(date(2100, 1, 1))],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2020-12-12"}),
    )

    class Meta:
        model = Batch
        fields = ("last_day", "grace_minutes", "seal_days", "deciding_body", "review_planned_on", "publicity_days", *TERMS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.closes_at:
            self.initial["last_day"] = (self.instance.deadline - timedelta(microseconds=1)).astimezone(clock.SHANGHAI).date()

    @property
    def deadline(self) -> Any:
        """The instant the last day ends."""
        day = self.cleaned_data.get("last_day")
        return clock.midnight(day + timedelta(days=1)) if day else None

    @property
    def is_moved(self) -> bool:
        """Whether the batch is to close at another instant than before."""
        before = Batch.objects.get(pk=self.instance.pk)
        return bool(self.deadline) and (self.deadline, self.cleaned_data.get("grace_minutes")) != (before.deadline, before.grace_minutes)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "last_day" in self.cleaned_data and self.is_moved:
            try:
                batches.refuse_impossible(
                    self.instance, self.instance.next, self.deadline + timedelta(minutes=self.cleaned_data.get("grace_minutes") or 0)
                )
            except Refused as refusal:
                self.add_error("last_day", str(refusal.why))
        return self.cleaned_data


closing = DRAWN["closes_at"]


@admin.register(Batch)
class BatchAdmin(ReviewsOfBatch, DeliberationViews, BoardPages):
    """Batches follow each other by themselves; what is edited is the deadline and who decides."""

    form = BatchForm
    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("__str__", "opens_at", "closes_at", "closed_at", "deciding_body", "received", "admitted", "pages")
    readonly_fields = ("number", "opens_at", "closed_at")
    fields = (
        "number",
        "opens_at",
        "last_day",
        "grace_minutes",
        "closed_at",
        "seal_days",
        "deciding_body",
        "review_planned_on",
        "publicity_days",
        *TERMS,
    )
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "deciding_body")
    search_fields = ("=number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_figures()

    @admin.display(description=_("board and statistics"))
    def pages(self, batch: Batch) -> str:
        """Its board and its statistics, from the list."""
        addresses = (reverse(f"admin:applications_batch_{name}", args=[batch.pk]) for name in ("board", "statistics"))
        return format_html('<a href="{}">{}</a> · <a href="{}">{}</a>', next(addresses), _("Batch board"), next(addresses), _("Statistics"))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The deadline is typed as a day, and read as the moment it is."""
        return [closing if name == "last_day" and not self.has_change_permission(request) else name for name in self.fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*self.readonly_fields, closing]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.kept_by)

    @admin.display(description=_("received"), ordering="received")
    def received(self, batch: Batch) -> int:
        return batch.received

    @admin.display(description=_("admitted"), ordering="admitted")
    def admitted(self, batch: Batch) -> int:
        return batch.admitted

    def save_model(self, request: HttpRequest, obj: Batch, form: BatchForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        is_moved, grace = form.is_moved, obj.grace_minutes
        obj.grace_minutes = Batch.objects.get(pk=obj.pk).grace_minutes  # it moves together with the deadline, under the lock
        super().save_model(request, obj, form, change)
        if is_moved:
            batches.schedule(obj, form.deadline, by=request.user, grace=grace)
            self.message_user(request, _("The deadline is set; the next batch opens at that moment."), messages.SUCCESS)


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
    """A list of words, to read."""

    @admin.display(description=Application._meta.get_field(name).verbose_name)
    def words(application: Application) -> str:
        return application.in_words(name) or "–"

    return words


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
class ApplicationAdmin(CheckViews, ExportsAdmin, PapersAdmin, WorkflowAdmin):
    """The review: every submitted application, to read; it moves by its steps."""

    sheet = summary.Summary.name

    workflow = workflow
    step_forms = STEP_FORMS
    others_steps = ("submit", "resubmit", "withdraw", "take_up", "lapse", "discard", "miss_seal")
    single_steps = ("object_to", "return_for_correction", "extend")
    seen_by = SECRETARIAT
    list_display = ("number", "name", "unit_type", "region", "main_direction", "seat_wanted", "state", "batch", "submitted_at", "due_at")
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
                        "publicity_from",
                        "publicity_until",
                        "unit",
                    )
                ]
            },
        ),
        *(
            (section.label, {"fields": [answer(name) if name in MANY else DRAWN.get(name, name) for name in names]})
            for section, names in FIELDS.items()
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_in_office()

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
            "trail": trail(thing, events),
            "events": told(events),
            "letters": Letter.objects.about(thing),
            "attachments": thing.attachments.in_version(thing.version),
            "sealed": thing.sealed_copies.running().select_related("attachment__file", "version"),
        }


def trail(application: Application, events: list[Event]) -> list[dict[str, Any]]:
    """The path's stations: reached with their day, the one that is now, and those ahead."""
    reached = {event.after: event.at for event in events}
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


@admin.register(Attachment)
class AttachmentAdmin(RecordAdmin):
    """The papers that came with submitted applications."""

    seen_by = SECRETARIAT
    list_display = ("application", "kind", "file", "added_by", "added_at", "removed_at")
    list_filter = ("kind", ("removed_at", admin.EmptyFieldListFilter))
    list_select_related = ("application", "file", "added_by")
    search_fields = ("application__number", "application__name")
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A draft is nobody's but the applicant's, and so are its papers."""
        return super().get_queryset(request).exclude(application__submitted_at=None)


@admin.register(ConsentText)
class ConsentTextAdmin(OfficeAdmin):
    """What applicants agree to, in each language; a change is a further version."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    form = ConsentTextForm
    list_display = ("declaration", "language", "version", "since")
    list_filter = ("declaration", "language")
    search_fields = ("text",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        obj.version = ConsentText.objects.next_version(obj.declaration, obj.language)
        super().save_model(request, obj, form, change)


@admin.register(Consent)
class ConsentAdmin(RecordAdmin):
    """Who agreed to which text, when, from where."""

    seen_by = SECRETARIAT
    list_display = ("application", "declaration", "text", "by", "at")
    list_filter = ("text__declaration",)
    list_select_related = ("application", "text", "by")
    search_fields = ("application__number", "application__name")
    fields = ("application", "text", "by", "at", "address")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(application__submitted_at=None)

    @admin.display(description=_("declaration"))
    def declaration(self, consent: Consent) -> str:
        return consent.text.get_declaration_display()


@admin.register(RequiredPaper)
class RequiredPaperAdmin(HistoryAdmin, OfficeAdmin):
    """The table of papers, by place of registration and type of unit."""

    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("paper", "jurisdiction_in_words", "unit_type_in_words", "what", "is_must")
    list_filter = ("jurisdiction", "unit_type", "paper", "is_must")
    search_fields = ("what", "what_en")
    fields = ("jurisdiction", "unit_type", "paper", "what", "what_hant", "what_en", "is_must")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A line of the table may go: nothing refers to it."""
        return self.has_change_permission(request, obj)

    @admin.display(description=_("place of registration"), ordering="jurisdiction")
    def jurisdiction_in_words(self, line: RequiredPaper) -> Any:
        return line.get_jurisdiction_display() or _("all")

    @admin.display(description=_("type of unit"), ordering="unit_type")
    def unit_type_in_words(self, line: RequiredPaper) -> Any:
        return line.get_unit_type_display() or _("all")


class LookFilter(admin.SimpleListFilter):
    """The scans that wait for the clerk's eye."""

    title = _("to look at")
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("To look at"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.to_look_at() if self.value() else queryset


class OfVersion:
    """A paper of one version of the form, told by its number."""

    @admin.display(description=_("version"), ordering="version__number")
    def numbered(self, thing: SealedCopy | Original) -> int:
        return thing.version.number


@admin.register(SealedCopy)
class SealedCopyAdmin(OfVersion, WorkflowAdmin):
    """Scans of sealed forms: read by the portal, and by a clerk where it could not."""

    workflow = sealing.copies
    step_forms = COPY_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("application", "numbered", "state", "pages_read", "came_at", "looked_by", "remark")
    list_filter = (LookFilter, "reading")
    list_select_related = ("application", "version", "looked_by")
    search_fields = ("application__number", "application__name")
    fields = ("application", "version", "pages_read", "came_at", "looked_by", "looked_at", "remark")

    @admin.display(description=_("state"), ordering="reading")
    def state(self, copy: SealedCopy) -> str:
        return portal.state(copy)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A draft is nobody's but the applicant's, and so are its scans; one that was replaced is history."""
        return super().get_queryset(request).running().exclude(application__submitted_at=None)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*self.fields]

    def dossier(self, thing: SealedCopy) -> dict[str, Any]:
        """The scan itself, page by page, beside the code that it should carry."""
        return {"copy": thing, "code": papers.spaced(thing.version.code), "submitted": thing.application.version}

    @admin.display(description=_("note"))
    def remark(self, copy: SealedCopy) -> str:
        return copy.remark or "–"


@admin.register(Original)
class OriginalAdmin(OfVersion, OfficeAdmin):
    """Sealed papers as they come by courier: logged once, with where they are filed; one that was noted wrongly is logged again."""

    seen_by = kept_by = SECRETARIAT
    form = OriginalForm
    list_display = ("application", "numbered", "received_on", "courier", "filed", "is_complete", "noted_by")
    list_filter = ("is_complete", "received_on")
    list_select_related = ("application", "version", "noted_by")
    search_fields = ("application__number", "application__name", "courier", "filed")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Logged by the application's number, as it stands on the paper."""
        what = ("application", "version") if obj else ("number",)
        return (*what, "received_on", "courier", "filed", "is_complete", *(("noted_by", "noted_at") if obj else ()))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Original, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        sealing.log_original(obj, by=request.user)


@admin.register(JoinRequest)
class JoinRequestAdmin(WorkflowAdmin):
    """Who asks to act for a unit that is known already: where it has no owner, the clerk decides; on a sealed letter a unit is re-bound."""

    workflow = joining
    step_forms = JOIN_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("reg_no", "unit", "user", "department", "state", "asked_at", "decided_by")
    list_filter = ("state", "jurisdiction")
    list_select_related = ("organisation", "user", "decided_by")
    search_fields = ("reg_no", "user__email", "user__name", "organisation__name")
    fields = ("jurisdiction", "reg_no", "organisation", "user", "department", "asked_at", "state", "decided_by", "decided_at", "reason")
    readonly_fields = fields

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def unit(self, request: JoinRequest) -> str:
        return str(request.organisation or _("a draft"))


@admin.register(Extension)
class ExtensionAdmin(OfficeAdmin):
    """Longer deadlines for single applicants, each with its reason; granted once, never changed."""

    form = ExtensionForm
    seen_by, kept_by = SECRETARIAT, (Office.OFFICER, Office.SECRETARY)
    list_display = ("application_no", "batch", "until", "reason", "granted_by", "granted_at")
    list_filter = ("batch",)
    list_select_related = ("application", "batch", "granted_by")
    search_fields = ("application__reg_no", "reason")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Extension | None = None) -> Any:
        """What is typed; and of one that was granted, what it says."""
        return ("batch", "until", "reason", "granted_by", "granted_at") if obj else ("reg_no", "email", "batch", "last_day", "reason")

    def save_model(self, request: HttpRequest, obj: Extension, form: ExtensionForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        made = limits.lengthen(form.cleaned_data["application"], obj.batch, form.cleaned_data["until"], obj.reason, by=request.user)
        obj.__dict__.update(made.__dict__)

    @admin.display(description=_("registration number"), ordering="application__reg_no")
    def application_no(self, extension: Extension) -> str:
        """The number alone: what a draft says is its applicant's."""
        return extension.application.reg_no
