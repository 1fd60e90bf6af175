"""The outbox: what went out, what waits for release, what has to be told, and the words of each kind of letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.records import RecordAdmin
from alliance.history.record import Code, record
from alliance.letters import texts
from alliance.letters.forms import CancelForm, EditForm, EncloseForm, ToldForm, WordingForm
from alliance.letters.kinds import KINDS, label_of
from alliance.letters.models import Attempt, Enclosure, Hold, Letter, Wording
from alliance.letters.workflow import workflow

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from alliance.letters.kinds import Kind


class KindFilter(admin.SimpleListFilter):
    """By the kind of letter, in the office's words."""

    title, parameter_name = _("kind of letter"), "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(kind.name, str(kind.label)) for kind in KINDS.values() if kind.name != "signature"]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(template=self.value()) if self.value() in KINDS else queryset


class AttemptInline(OfficeInline):
    """Every try, and what the other side answered."""

    model = Attempt
    fields = readonly_fields = ("began_at", "way", "to", "outcome", "answer", "by")


class EnclosureInline(OfficeInline):
    """The papers that go with it."""

    model = Enclosure
    fields = readonly_fields = ("paper",)


@admin.register(Letter)
class LetterAdmin(RecordAdmin, WorkflowAdmin):
    """Every letter with its state; "did the mail go out?" is answered here, and one that failed is sent again."""

    workflow = workflow
    step_forms = {"edit": EditForm, "enclose": EncloseForm, "told": ToldForm, "cancel": CancelForm}
    seen_by = SECRETARIAT
    list_display = ("subject", "to", "kind", "state", "written_at", "sent_at", "tries")
    list_filter = ("state", KindFilter, "way")
    search_fields = ("to", "subject")
    fields = (
        "kind",
        "subject",
        "to",
        "way",
        "recipient",
        "body",
        "state",
        "written_at",
        "not_before",
        "sent_at",
        "tries",
        "copies",
        "error",
    )
    inlines = [EnclosureInline, AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Branch staff read the letters about what is their branch's."""
        return super().get_queryset(request).about_any(self.admin_site.things_within_reach(request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "kind"]

    @admin.display(description=_("kind of letter"), ordering="template")
    def kind(self, letter: Letter) -> str:
        return letter.label


@admin.register(Wording)
class WordingAdmin(OfficeAdmin):
    """The words of each kind of letter in three languages. A change is a new version; the old ones stay."""

    form = WordingForm
    seen_by, kept_by = (Office.CLERK,), (Office.OFFICER, Office.SECRETARY)
    list_display = ("label", "language", "version", "subject", "made_at", "made_by")
    list_filter = ("language",)
    search_fields = ("subject", "body")
    list_select_related = ("made_by",)
    readonly_fields = ("version", "made_at", "made_by")
    change_list_template = "admin/letters/wording/change_list.html"

    @admin.display(description=_("kind of letter"), ordering="kind")
    def label(self, wording: Wording) -> str:
        return label_of(wording.kind)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A version stays as it was written."""
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["kind", "language", "subject", "body", *(self.readonly_fields if obj else ())]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"kinds": self.kinds(), "languages": settings.LANGUAGES, **(extra_context or {})})

    def kinds(self) -> list[dict[str, Any]]:
        """Every kind of letter, and in which version each language stands."""
        last = Wording.objects.order_by().values_list("kind", "language").annotate(Max("version"))
        versions = {(kind, language): version for kind, language, version in last}
        add = reverse("admin:letters_wording_add")
        return [
            {
                "label": kind.label,
                "languages": [
                    {"word": word, "version": versions.get((kind.name, code)), "url": f"{add}?kind={kind.name}&language={code}"}
                    for code, word in settings.LANGUAGES
                ],
            }
            for kind in KINDS.values()
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str]:
        """The words in force, to begin with."""
        kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
        if kind not in KINDS or language not in dict(settings.LANGUAGES):
            kind, language = next(iter(KINDS)), settings.LANGUAGES[0][0]
        subject, body = texts.running(kind, language)
        return {"kind": kind, "language": language, "subject": subject, "body": body}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        kind = context["original"].kind if context.get("original") else form["kind"].value()
        language = context["original"].language if context.get("original") else form["language"].value()
        if kind in KINDS:
            context["title"] = f"{label_of(kind)} · {dict(settings.LANGUAGES).get(language, '')}"
            context["variables"] = KINDS[kind].variables
            context["preview"] = preview(KINDS[kind], *texts_of(context))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Wording, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """The next version; two at once get two numbers, or the second is refused by the database."""
        last = Wording.objects.filter(kind=obj.kind, language=obj.language).aggregate(last=Max("version"))["last"] or 0
        obj.version, obj.made_by = last + 1, request.user
        obj.save(force_insert=True)
        record(obj, "add", by=request.user, inputs={"kind": Code(obj.kind), "language": Code(obj.language), "version": obj.version})


def texts_of(context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text as they stand on the page: a version's own, or what was typed so far."""
    if original := context.get("original"):
        return original.subject, original.body
    form = context["adminform"].form
    return form["subject"].value() or "", form["body"].value() or ""


def preview(kind: Kind, subject: str, body: str) -> dict[str, str]:
    """How it will read, with what each variable stands for in brackets."""
    values = {name: f"〔{kind.variables.get(name, name)}〕" for name in texts.named(subject, body)}
    return {"subject": texts.fill(subject, values), "body": texts.fill(body, values)}


@admin.register(Hold)
class HoldAdmin(OfficeAdmin):
    """Kinds of letters that wait for the office's release."""

    seen_by, kept_by = (Office.CLERK,), (Office.OFFICER, Office.SECRETARY)
    list_display = ("label", "since")
    fields = ("kind",)

    @admin.display(description=_("kind of letter"), ordering="kind")
    def label(self, hold: Hold) -> str:
        return label_of(hold.kind)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "kind":
            kinds = [(kind.name, kind.label) for kind in KINDS.values() if kind.name != "signature"]
            return forms.ChoiceField(label=db_field.verbose_name, choices=kinds)
        return super().formfield_for_dbfield(db_field, request, **options)
