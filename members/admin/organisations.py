"""What the secretariat sees of organisations, and of who acts for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeInline
from alliance.admin.office import DRAWN
from alliance.admin.records import RecordAdmin
from alliance.exchange.admin import ExportsAdmin, ImportsAdmin
from alliance.history.record import record
from alliance.text import key, posted
from alliance.workflow import Refused
from members import resources, workflow
from members.amounts import COUNTED_IN
from members.forms import RecognitionForm
from members.identifiers import kind_of, standing_of
from members.models import Colleague, Contact, FormerName, MemberUnit, Organisation, Verification
from members.models.profile import PROFILE, SEVERAL

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


NUMBER, BUSINESS = PROFILE.index("reg_no") + 1, PROFILE.index("main_business")  # where the profile is cut
AT_ONCE = 50  # alliances whose keys stand in an address


class ColleagueInline(OfficeInline):
    model = Colleague
    fields = readonly_fields = ("user", "role", "since", "until")


class VerificationInline(OfficeInline):
    """Looked up by hand: each look adds a row, and none is changed."""

    model = Verification
    template = "admin/edit_inline/tabular.html"
    fields = ("on", "way", "agrees", "note", "by")
    readonly_fields = ("by",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)


class FormerNameInline(OfficeInline):
    model = FormerName
    fields = readonly_fields = ("name", "since", "until")


class HostedInline(OfficeInline):
    """The alliances without legal personality that it signs for."""

    model = Organisation
    fk_name = "host"
    verbose_name_plural = _("hosts")
    fields = readonly_fields = ("name", "reg_no", "main_direction")
    show_change_link = True


def in_words(name: str) -> Any:
    """Words of a list, or a figure with what it is counted in."""

    @admin.display(description=Organisation._meta.get_field(name).verbose_name)
    def words(organisation: Organisation) -> str:
        return organisation.with_unit(name) or "–"

    return words


class MembershipInline(OfficeInline):
    model = MemberUnit
    fields = readonly_fields = ("number", "state", "admitted_on", "ended_on")
    show_change_link = True


class RecognisedFilter(admin.SimpleListFilter):
    """The alliances that the department has recognised: those taken in, and those that still may be."""

    title, parameter_name = _("recognised alliances"), "recognised"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("All alliances")), ("waiting", _("Not taken in yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return {"all": queryset.alliances(), "waiting": queryset.recognised()}.get(self.value(), queryset)


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin, ImportsAdmin, ExportsAdmin):
    """Organisations come from applications and from tables; nothing of them is typed over here."""

    sheet = resources.OrganisationSheet.name
    takes = resources.OrganisationRegister
    blank = staticmethod(resources.template)
    actions = ("take_in",)

    reached_through = ""
    named_by = ("name",)
    seen_by = SECRETARIAT
    list_display = ("name", "reg_no", "jurisdiction", "unit_type", "region", "main_direction", "host", "verified_on")
    list_filter = (RecognisedFilter, "jurisdiction", "unit_type", "main_direction", ("host", admin.EmptyFieldListFilter))
    list_select_related = ("host",)
    search_fields = ("name", "name_en", "short_name", "reg_no", "other_no", "former_names__name")
    inlines = (VerificationInline, FormerNameInline, ColleagueInline, MembershipInline, HostedInline)
    described = tuple(in_words(name) if name in SEVERAL or name in COUNTED_IN else DRAWN.get(name, name) for name in PROFILE)
    readonly_fields = (*described, "kind_of_number", "host")
    fieldsets = (
        (None, {"fields": (*described[:NUMBER], "kind_of_number", *described[NUMBER:BUSINESS], "host")}),
        (_("Business and capability"), {"fields": described[BUSINESS:]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_verification()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.recognise_view)
        return [path("recognise/", view, name="members_organisation_recognise"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """What the secretary-general may do with many."""
        return super().get_actions(request) if request.user.holds(Office.SECRETARY) else {}

    @admin.action(description=_("Take in by recognition"))
    def take_in(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """The recognised alliances among what is ticked: on a page that asks for the document."""
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:AT_ONCE])
        return redirect(f"{reverse('admin:members_organisation_recognise')}?ids={ids}")

    def recognise_view(self, request: HttpRequest) -> HttpResponse:
        """Each becomes a member unit on the document that recognised it; what cannot is skipped, and why is said."""
        ids = [found for text in request.GET.get("ids", "").split(",") if (found := key(text))]
        things = list(self.get_queryset(request).filter(pk__in=ids).select_related("contact"))
        if not things or not request.user.holds(Office.SECRETARY):
            raise Http404
        form = RecognitionForm(posted(request))
        if form.is_valid():
            done = sum(self.recognised(request, each, form.cleaned_data["document"]) for each in things)
            said = ngettext("%(count)d alliance was taken in.", "%(count)d alliances were taken in.", done) % {"count": done}
            self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
            return redirect("admin:members_memberunit_changelist")
        return self.page(request, "members/organisation/recognise", _("Take in by recognition"), form=form, things=things)

    def recognised(self, request: HttpRequest, organisation: Organisation, document: str) -> bool:
        try:
            workflow.recognise(organisation, by=request.user, document=document)
        except Refused as refusal:
            self.message_user(request, f"{organisation}: {refusal.why}", messages.WARNING)
            return False
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is typed over; what is added is a verification by hand."""
        return request.user.is_authenticated and request.user.holds(*self.seen_by) and obj is not None

    @admin.display(description=_("kind of number"))
    def kind_of_number(self, organisation: Organisation) -> str:
        """Which number it is, and how much it says for itself; that somebody looked it up stands below."""
        kind = kind_of(organisation.jurisdiction, organisation.reg_no)
        return f"{kind.label} · {standing_of(kind).label}"

    @admin.display(description=_("number verified on"), ordering="verified_on")
    def verified_on(self, organisation: Organisation) -> Any:
        return organisation.verified_on

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """The register's own fields change by steps; there is nothing to save but what was added beside them."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Who verified is who is signed in, and history keeps it."""
        for verification in formset.save(commit=False):
            verification.by = request.user
            verification.save()
            record(verification.organisation, "verify", by=request.user, inputs={"verification": verification.pk})

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Colleague)
class ColleagueAdmin(RecordAdmin):
    """Who acts for which organisation in the portal."""

    reached_through = "organisation"
    seen_by = SECRETARIAT
    list_display = ("user", "organisation", "role", "since", "until")
    list_display_links = ("user",)
    list_filter = ("role", ("until", admin.EmptyFieldListFilter))
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name", "organisation__reg_no")
    fields = list_display


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    """Whom a list names for organisations of which nobody has an account."""

    reached_through = "organisation"
    seen_by = SECRETARIAT
    list_display = ("organisation", "representative", "liaison", "email")
    list_filter = ("organisation__unit_type",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "organisation__reg_no", "representative", "liaison", "email")
    fields = list_display
