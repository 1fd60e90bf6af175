"""What the secretariat sees of organisations, member units, terms and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import HistoryAdmin, OfficeAdmin, OfficeInline, WorkflowAdmin
from alliance.admin.office import DRAWN
from alliance.admin.records import RecordAdmin
from alliance.documents.admin import PapersAdmin
from alliance.exchange.admin import ExportsAdmin, ImportsAdmin
from alliance.history.record import record
from alliance.templatetags import portal
from alliance.text import key, posted
from alliance.workflow import Refused
from members import papers, resources, workflow  # noqa: F401 — papers: declares which there are
from members.choices import BodyKind, Direction
from members.forms import MEETING_STEP_FORMS, MEMBERSHIP_STEP_FORMS, ExpertForm, HolderFormSet, RecognitionForm
from members.models import (
    Attendance,
    Body,
    BodyTenure,
    Certificate,
    Colleague,
    Contact,
    Expert,
    FieldDirection,
    Meeting,
    MemberUnit,
    Organisation,
    Representative,
    Resolution,
    Term,
    Verification,
)
from members.models.profile import PROFILE, SEVERAL

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

KEEPERS = (Office.OFFICER, Office.SECRETARY)
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


class HostedInline(OfficeInline):
    """The alliances without legal personality that it signs for."""

    model = Organisation
    fk_name = "host"
    verbose_name_plural = _("hosts")
    fields = readonly_fields = ("name", "reg_no", "main_direction")
    show_change_link = True


def in_words(name: str) -> Any:
    """A list of words, to read."""

    @admin.display(description=Organisation._meta.get_field(name).verbose_name)
    def words(organisation: Organisation) -> str:
        return organisation.in_words(name) or "–"

    return words


class MembershipInline(OfficeInline):
    model = MemberUnit
    fields = readonly_fields = ("number", "state", "admitted_on", "ended_on")
    show_change_link = True


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin, ImportsAdmin, ExportsAdmin):
    """Organisations come from applications and from tables; nothing of them is typed over here."""

    sheet = resources.OrganisationSheet.name
    takes = resources.OrganisationRegister
    blank = staticmethod(resources.template)
    actions = ("take_in",)

    seen_by = SECRETARIAT
    list_display = ("name", "reg_no", "jurisdiction", "unit_type", "region", "main_direction", "host", "verified_on")
    list_filter = ("jurisdiction", "unit_type", "main_direction", ("host", admin.EmptyFieldListFilter))
    list_select_related = ("host",)
    search_fields = ("name", "name_en", "short_name", "reg_no", "other_no")
    inlines = (VerificationInline, ColleagueInline, MembershipInline, HostedInline)
    readonly_fields = (*(in_words(name) if name in SEVERAL else DRAWN.get(name, name) for name in PROFILE), "host")
    fieldsets = (
        (None, {"fields": (*readonly_fields[: PROFILE.index("main_business")], "host")}),
        (_("Business and capability"), {"fields": readonly_fields[PROFILE.index("main_business") : -1]}),
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


class CertificateInline(OfficeInline):
    model = Certificate
    fields = readonly_fields = ("number", "issued_on", "valid_until", "ended_on", "end")
    show_change_link = True


class BodyTenureInline(OfficeInline):
    """Where it takes part besides the council."""

    model = BodyTenure
    fields = readonly_fields = ("body", "post", "person", "begins_on", "ended_on")


class RepresentativeInline(OfficeInline):
    model = Representative
    fields = readonly_fields = ("name", "post", "user", "since", "until")


@admin.register(MemberUnit)
class MemberUnitAdmin(HistoryAdmin, ExportsAdmin, PapersAdmin, WorkflowAdmin):
    """The register of member units."""

    sheet = "members"  # the council's: it names their posts

    workflow = workflow.membership
    step_forms = MEMBERSHIP_STEP_FORMS
    seen_by = SECRETARIAT
    list_display = ("number", "name", "unit_type", "region", "direction", "standing", "admitted_on", "ended_on")
    list_display_links = ("number", "name")
    list_filter = ("state", "organisation__main_direction", "organisation__unit_type")
    list_select_related = ("organisation",)
    search_fields = ("number", "organisation__name", "organisation__reg_no", "representatives__name")
    fields = readonly_fields = ("number", "organisation", "standing", "admitted_on", "ended_on", "end_reason")
    inlines = (RepresentativeInline, CertificateInline, BodyTenureInline)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_standing()

    @admin.display(description=_("state"), ordering="state")
    def standing(self, unit: MemberUnit) -> str:
        """The state; until the founding, that it is a prospective member."""
        return portal.state(_("Prospective member"), "go") if unit.is_prospective else portal.state(unit)

    @admin.display(description=_("name"), ordering="organisation__name")
    def name(self, unit: MemberUnit) -> str:
        return unit.organisation.name

    @admin.display(description=_("type of unit"), ordering="organisation__unit_type")
    def unit_type(self, unit: MemberUnit) -> str:
        return unit.organisation.get_unit_type_display()

    @admin.display(description=_("region"), ordering="organisation__region")
    def region(self, unit: MemberUnit) -> str:
        return unit.organisation.get_region_display()

    @admin.display(description=_("main direction"), ordering="organisation__main_direction")
    def direction(self, unit: MemberUnit) -> str:
        return portal.direction(unit.organisation.main_direction) or "–"


@admin.register(Term)
class TermAdmin(HistoryAdmin, OfficeAdmin):
    """A term's dates. Terms come with their seats, so none is added here."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "begins_on", "ends_on", "hosts_vote_too")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.kept_by)


class ResolutionInline(admin.StackedInline):
    """What the meeting resolved: written in while it lasts, to read afterwards."""

    model = Resolution
    extra = 0
    can_delete = False
    fields = (
        "subject",
        ("eligible", "present"),
        ("in_favour", "against", "abstaining"),
        ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"),
    )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return request.user.holds(*KEEPERS) and obj is not None and obj.state == "open"

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(WorkflowAdmin):
    """Meetings: planned, convened with a frozen roll, in session with sign-in and resolutions, closed."""

    workflow = workflow.meetings
    step_forms = MEETING_STEP_FORMS
    seen_by, kept_by = SECRETARIAT, KEEPERS
    list_display = ("__str__", "held_at", "place", "state")
    list_filter = ("assembly", "state", "term")
    list_select_related = ("term",)
    search_fields = ("place", "=ordinal")
    date_hierarchy = "held_at"
    fields = ("assembly", "term", "ordinal", "held_at", "place", "state")
    inlines = (ResolutionInline,)

    def has_change_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != "closed")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """Who meets, and when, is settled once the meeting is convened."""
        settled = ["assembly", "term", "ordinal", "held_at", "place"] if obj and obj.state != "planned" else []
        return [*super().get_readonly_fields(request, obj), *settled]

    def dossier(self, thing: Meeting) -> dict[str, Any]:
        return {"meeting": thing, "roll_url": f"../../../attendance/?meeting__id__exact={thing.pk}"}


@admin.action(description=_("Sign in"))
def sign_in(model_admin: OfficeAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """The ticked units are there."""
    for attendance in queryset.select_related("meeting"):
        workflow.sign_in(attendance, by=request.user)


class MeetingFilter(admin.SimpleListFilter):
    """The roll of one meeting; the latest twenty are offered."""

    title = _("meeting")
    parameter_name = "meeting__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[int, str]]:
        return [(meeting.pk, str(meeting)) for meeting in Meeting.objects.select_related("term")[:20]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        meeting = key(str(self.value() or ""))  # the numbers beside the filter are asked for with the keys themselves
        return queryset.filter(meeting=meeting) if meeting else queryset


@admin.register(Attendance)
class AttendanceAdmin(OfficeAdmin):
    """The roll of a meeting, and who has signed in."""

    seen_by = SECRETARIAT
    list_display = ("unit", "voter", "signed_in_at", "meeting")
    list_filter = (MeetingFilter, ("signed_in_at", admin.EmptyFieldListFilter))
    list_select_related = ("unit__organisation", "meeting__term")
    search_fields = ("unit__number", "unit__organisation__name", "voter")
    actions = (sign_in,)
    list_per_page = 200


@admin.register(Colleague)
class ColleagueAdmin(RecordAdmin):
    """Who acts for which organisation in the portal."""

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

    seen_by = SECRETARIAT
    list_display = ("organisation", "representative", "liaison", "email")
    list_filter = ("organisation__unit_type",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "organisation__reg_no", "representative", "liaison", "email")
    fields = list_display


@admin.register(Representative)
class RepresentativeAdmin(RecordAdmin):
    """Who speaks and votes for which member unit, and did."""

    seen_by = SECRETARIAT
    list_display = ("name", "post", "unit", "since", "until")
    list_filter = (("until", admin.EmptyFieldListFilter), "unit__organisation__unit_type")
    list_select_related = ("unit__organisation",)
    search_fields = ("name", "unit__number", "unit__organisation__name")
    fields = (*list_display, "user")


@admin.register(Certificate)
class CertificateAdmin(HistoryAdmin, PapersAdmin, RecordAdmin):
    """Certificates: issued on the page of the member unit, made as papers here, replaced where they are true no more."""

    seen_by = SECRETARIAT
    list_display = ("number", "unit", "name", "term", "issued_on", "valid_until", "standing_in_words")
    list_filter = ("term", "end", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("unit__organisation", "term")
    search_fields = ("number", "name", "unit__number", "unit__organisation__name")
    fields = (
        "number",
        "unit",
        "name",
        "term",
        "issued_on",
        "valid_until",
        "issued_by",
        "standing_in_words",
        "ended_on",
        "end_reason",
        "successor",
    )

    @admin.display(description=_("state"))
    def standing_in_words(self, certificate: Certificate) -> str:
        return str(certificate.standing.label)


class HolderInline(admin.TabularInline):
    """Who holds a post in a body; an end is written in, and nothing is deleted."""

    model = BodyTenure
    formset = HolderFormSet
    extra = 0
    can_delete = False
    fields = ("post", "unit", "expert", "person", "term", "begins_on", "ended_on", "end_reason")
    autocomplete_fields = ("unit", "expert")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*SECRETARIAT)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)

    has_change_permission = has_add_permission


class KeptWithHistory(HistoryAdmin, OfficeAdmin):
    """Seen by the secretariat, kept by officers and the secretary-general."""

    seen_by, kept_by = SECRETARIAT, KEEPERS


@admin.register(Body)
class BodyAdmin(KeptWithHistory):
    """The bodies, with their posts; the council's members hold seats instead."""

    list_display = ("name", "kind", "region", "established_on", "dissolved_on", "holders")
    list_filter = ("kind",)
    search_fields = ("name", "name_en")
    fields = ("kind", "name", "name_hant", "name_en", "region", "tasks", "established_on", "dissolved_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_holders()

    def get_inlines(self, request: HttpRequest, obj: Body | None = None) -> list[Any]:
        return [] if obj is None or obj.kind == BodyKind.COUNCIL else [HolderInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Body | None = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()

    @admin.display(description=_("in office"), ordering="holders")
    def holders(self, body: Body) -> int:
        return body.holders

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """Each tenure begun or ended is an event of its body."""
        for tenure in formset.save():
            record(tenure.body, "edit", by=request.user, inputs={"tenure": tenure.pk})


@admin.register(BodyTenure)
class BodyTenureAdmin(HistoryAdmin, RecordAdmin):
    """Who sits, and sat, in which body."""

    seen_by = SECRETARIAT
    list_display = ("holder", "body", "post", "term", "begins_on", "ended_on")
    list_filter = ("body", "post", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("body", "term", "unit__organisation", "expert")
    search_fields = ("person", "unit__organisation__name", "expert__name")
    fields = ("body", "post", "unit", "expert", "person", "term", "begins_on", "ended_on", "end_reason")

    @admin.display(description=_("holder"))
    def holder(self, tenure: BodyTenure) -> str:
        return tenure.holder


class DirectionOfExpert(admin.SimpleListFilter):
    """Experts of one direction."""

    title = _("direction")
    parameter_name = "direction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Direction.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.of_direction(self.value()) if self.value() in Direction.values else queryset


@admin.register(Expert)
class ExpertAdmin(KeptWithHistory):
    """The think tank."""

    form = ExpertForm
    list_display = ("name", "affiliation", "title", "directions_in_words", "is_national", "listed_on", "retired_on")
    list_filter = ("is_national", DirectionOfExpert, ("retired_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "name_en", "affiliation", "expertise")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("user", "directions_in_words")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The directions are ticked, and read as words."""
        typed = [*ExpertForm.Meta.fields, "user"]
        return typed if self.has_change_permission(request) else ["directions_in_words" if name == "directions" else name for name in typed]

    @admin.display(description=_("directions"))
    def directions_in_words(self, expert: Expert) -> str:
        return pgettext("list", ", ").join(str(Direction(each).label) for each in expert.directions) or "–"


@admin.register(FieldDirection)
class FieldDirectionAdmin(KeptWithHistory):
    """To which direction a field leads; the fields themselves are the notice's."""

    list_display = ("field_in_words", "direction")
    list_filter = ("direction",)
    fields = ("field", "direction")
    readonly_fields = ("field",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.kept_by)

    @admin.display(description=_("field"), ordering="field")
    def field_in_words(self, line: FieldDirection) -> str:
        return str(line)
