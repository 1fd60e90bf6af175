"""What the secretariat sees of papers and templates; and how a paper is made on the page of what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import OfficeAdmin
from alliance.admin.records import RecordAdmin
from alliance.documents import word
from alliance.documents.checking import check_template
from alliance.documents.kinds import KINDS, kinds_of, label_of, word_kinds
from alliance.documents.making import make, open_kinds
from alliance.documents.models import Paper, Template, add_template
from alliance.documents.serving import attached
from alliance.documents.typesetting import FOLDER
from alliance.history.record import record
from alliance.workflow import Refused

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


class PapersAdmin(OfficeAdmin):
    """A noun about which papers are made: a button for each that may be made now, and those that were."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        thing = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and thing and "_paper" in request.POST:
            return self.make_paper(request, thing, request.POST["_paper"])
        shown = {"papers": in_words(thing), "open_papers": open_kinds(thing, request.user)} if thing else {}
        return super().changeform_view(request, object_id, form_url, shown | (extra_context or {}))

    def make_paper(self, request: HttpRequest, thing: Model, name: str) -> HttpResponse:
        """Make it, and say so; what hinders it is said on the same page, and nothing is lost."""
        kind = next((kind for kind in kinds_of(thing) if kind.name == name), None)
        if kind is None or kind.page or not self.has_view_permission(request, thing):
            raise Http404
        try:
            paper = make(kind, thing, by=request.user)
        except Refused as refusal:
            self.message_user(request, refusal.why, messages.ERROR)
        else:
            said = _("Made: %(paper)s, issue %(issue)d.") % {"paper": paper, "issue": paper.issue}
            self.message_user(request, said, messages.SUCCESS)
        return redirect(request.path)


def in_words(thing: Model) -> list[dict[str, Any]]:
    """The papers made about `thing`, the latest first."""
    return [{"paper": paper, "label": label_of(paper.kind)} for paper in Paper.objects.about(thing).select_related("made_by")]


class KindFilter(admin.SimpleListFilter):
    """Papers and templates of one kind, by its words."""

    title = _("kind of paper")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.name, str(kind.label)) for kind in KINDS.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class Labelled:
    """A list that shows the kind by its words."""

    @admin.display(description=_("kind of paper"), ordering="kind")
    def label(self, thing: Paper | Template) -> str:
        return label_of(thing.kind)


@admin.register(Paper)
class PaperAdmin(Labelled, RecordAdmin):
    """Every paper that was made, to read and to download."""

    seen_by = SECRETARIAT
    list_display = ("number", "title", "issue", "file", "made_by", "made_at")
    list_display_links = ("number", "title")
    list_filter = (KindFilter,)
    list_select_related = ("made_by",)
    search_fields = ("number", "title", "file_name")
    date_hierarchy = "made_at"
    fields = ("number", "label", "title", "issue", "file", "sha256", "template_version", "made_by", "made_at")
    readonly_fields = ("label", "file")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Branch staff see the papers about what is their branch's."""
        return super().get_queryset(request).about_any(self.admin_site.things_within_reach(request.user)).defer("content")

    @admin.display(description=_("file"))
    def file(self, paper: Paper) -> str:
        return format_html('<a href="{}">{}</a>', paper.get_absolute_url(), paper.file_name)


class TemplateForm(forms.ModelForm):
    """A new version: its kind, and the file."""

    kind = forms.ChoiceField(label=_("kind of paper"))
    file = forms.FileField(
        label=_("Word file (.docx)"),
        help_text=_("Best begun from the version in force. Words in double braces are filled in; which there are, the check names."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    class Meta:
        model = Template
        fields = ("kind",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = word_kinds()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if {"kind", "file"} <= self.cleaned_data.keys():
            self.content = self.cleaned_data["file"].read()
            try:
                check_template(KINDS[self.cleaned_data["kind"]], self.content)
            except forms.ValidationError as wrong:
                self.add_error("file", wrong)
        return self.cleaned_data


@admin.register(Template)
class TemplateAdmin(Labelled, OfficeAdmin):
    """The Word templates: a new version is uploaded and checked; old ones stay, and come back by a button."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("label", "version", "in_force", "download", "made_by", "made_at")
    list_filter = (KindFilter,)
    search_fields = ("made_by__name", "sha256")
    list_select_related = ("made_by",)
    fields = ("label", "version", "in_force", "download", "sha256", "again", "made_by", "made_at")
    change_list_template = "admin/documents/template/change_list.html"

    def get_urls(self) -> list[Any]:
        wrapped = self.admin_site.admin_view
        return [
            path("delivered/<slug:kind>/", wrapped(self.delivered_view), name="documents_template_delivered"),
            path("<int:pk>/file/", wrapped(self.file_view), name="documents_template_file"),
            path("<int:pk>/again/", wrapped(require_POST(self.again_view)), name="documents_template_again"),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Template | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        return TemplateForm if obj is None else super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Template | None = None) -> Any:
        return self.fields if obj else ("kind", "file")

    def get_readonly_fields(self, request: HttpRequest, obj: Template | None = None) -> Any:
        return self.fields if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_standing().defer("content")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Template, form: TemplateForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        made = add_template(form.cleaned_data["kind"], form.content, by=request.user)
        obj.__dict__.update(made.__dict__)
        record(made, "add", by=request.user, inputs={"version": made.version})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Above the list: what the portal came with, to begin a version of one's own from."""
        delivered = [{"label": label, "name": name} for name, label in word_kinds()]
        return super().changelist_view(request, {"delivered": delivered} | (extra_context or {}))

    @admin.display(description=_("in force"), boolean=True)
    def in_force(self, template: Template) -> bool:
        return not template.is_superseded

    @admin.display(description=_("file"))
    def download(self, template: Template) -> str:
        return format_html('<a href="{}">{}.docx</a>', reverse("admin:documents_template_file", args=[template.pk]), template)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        template = get_object_or_404(Template, pk=pk)
        return attached(bytes(template.content), word.MEDIA_TYPE, f"{label_of(template.kind)}_{template.version}.docx")

    def delivered_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not self.has_view_permission(request) or kind not in dict(word_kinds()):
            raise Http404
        return attached((FOLDER / f"{kind}.docx").read_bytes(), word.MEDIA_TYPE, f"{label_of(kind)}.docx")

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An old version is in force again: as a new version with the same bytes."""
        if not self.has_add_permission(request):
            raise Http404
        old = get_object_or_404(Template, pk=pk)
        made = add_template(old.kind, bytes(old.content), by=request.user, again=old.version)
        record(made, "add", by=request.user, inputs={"version": made.version, "again": old.version})
        self.message_user(request, _("In force: %(template)s.") % {"template": made}, messages.SUCCESS)
        return redirect("admin:documents_template_change", made.pk)
