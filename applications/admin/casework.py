"""What the office keeps beside an application while it works on it: notes and telephone notes, and what recommenders said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin, WorkflowAdmin
from alliance.admin.records import RecordAdmin, steps_in_words
from alliance.history.models import Event
from alliance.history.record import record
from applications import handling, rules
from applications.choices import ENDED, NoteKind
from applications.forms.handling import HandToForm
from applications.forms.noting import NoteForm
from applications.forms.recommending import RECOMMENDATION_STEP_FORMS
from applications.models import Application, DutyException, Note, Recommendation
from applications.recommending import recommendations

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


class HandFilter(admin.SimpleListFilter):
    """Whose hand a file is in."""

    title, parameter_name = _("in hand"), "hand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("In my hand")), ("nobody", _("In nobody's hand"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "mine":
            return queryset.in_hand_of(request.user)
        return queryset.filter(hand=None) if self.value() == "nobody" else queryset


class Casework:
    """Beside the page of an application: what the office keeps about it for itself, and who has it in hand."""

    def get_urls(self) -> list[Any]:
        name = "applications_application_hand"
        return [path("<int:pk>/hand/", self.admin_site.admin_view(self.hand_view), name=name), *super().get_urls()]

    def hand_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the file in hand, hand it to somebody else, or let it go."""
        application = self.get_object(request, str(pk))
        if request.method != "POST" or application is None or not self.has_view_permission(request):
            raise Http404
        if "take" in request.POST:
            handling.take_in_hand(application, request.user)
        elif "let_go" in request.POST:
            handling.let_go(application, request.user)
        elif (form := HandToForm(request.POST, by=request.user)).is_valid():
            handling.hand_to(application, form.cleaned_data["other"], by=request.user)
        back = "check" if "from_check" in request.POST else "change"
        return redirect(f"admin:applications_application_{back}", application.pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_hand()

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), "in_hand"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), HandFilter]

    @admin.display(description=_("in hand of"), ordering="hand")
    def in_hand(self, application: Application) -> str:
        return application.hand or "–"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        if application := context.get("original"):
            context |= casework(application, request.user)
        return super().render_change_form(request, context, *args, **kwargs)


def casework(application: Application, user: Any) -> dict[str, Any]:
    """What `user` sees of it; a party to the application sees nothing."""
    may_note = rules.may_note(user, application)
    return {
        "may_note": may_note,
        "hand": application.handlings.in_force().select_related("by").first(),
        "hand_to": HandToForm(by=user) if application.state not in ENDED and rules.may_handle(user, application) else None,
        "extensions": application.extensions.select_related("batch", "granted_by"),
        "notes": application.notes.select_related("by") if may_note else [],
        "objections": rules.readable_objections(user).filter(application=application),
        "recommendations": application.recommendations.select_related("organisation") if application.recommender else [],
        "confirmed": application.confirmed,
        "exceptions": exceptions_in_words(application),
    }


def exceptions_in_words(application: Application) -> list[dict[str, Any]]:
    """Where one person took steps that the separation of duties keeps apart: who, which, after which, when."""
    words = steps_in_words(admin.site)
    taken = Event.objects.of(application).exceptions().select_related("actor")
    return [
        {"who": each.actor, "at": each.at, **{name: words.get(each.details[name], each.details[name]) for name in ("step", "earlier")}}
        for each in taken
    ]


@admin.register(Note)
class NoteAdmin(OfficeAdmin):
    """Notes and telephone notes: written once, never changed; a wrong one is followed by another."""

    reached_through = "application"
    seen_by = kept_by = SECRETARIAT
    form = NoteForm
    list_display = ("application", "number", "kind", "whom", "by", "at")
    list_filter = ("kind", "at")
    list_select_related = ("application", "by")
    search_fields = ("application__number", "application__name", "words", "whom")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).readable_in_office(request.user)

    @admin.display(description=_("application number"), ordering="application__number")
    def number(self, note: Note) -> str:
        return note.application.number

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (
            ("application", "kind", "words", "whom", "telephone", "by", "at") if obj else ("number", "kind", "words", "whom", "telephone")
        )

    def get_form(self, request: HttpRequest, obj: Note | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        """The form knows who writes: not everybody may about everything."""
        return type("NoteForm", (super().get_form(request, obj, change, **options),), {"by": request.user})

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Note, form: NoteForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        obj.by = request.user
        obj.save()
        record(obj.application, "note", by=request.user, inputs={"note": obj.pk, "kind": NoteKind(obj.kind)})

    def response_add(self, request: HttpRequest, obj: Note, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the application."""
        super().response_add(request, obj, post_url_continue)  # it says what was added
        return HttpResponseRedirect(reverse("admin:applications_application_change", args=[obj.application_id]))


@admin.register(Recommendation)
class RecommendationAdmin(RecordAdmin, WorkflowAdmin):
    """Which recommenders were asked to confirm by code, and what they answered; nobody of the office answers for them."""

    reached_through = "application"
    workflow = recommendations
    step_forms = RECOMMENDATION_STEP_FORMS
    others_steps = tuple(recommendations.steps)
    seen_by = SECRETARIAT
    list_display = ("application", "recommender", "known", "seat_wanted", "state", "asked_at", "answered_at")
    list_filter = ("state", "seat_wanted", "bureau")
    list_select_related = ("application", "organisation")
    search_fields = ("application__number", "application__name", "recommender", "email")
    fields = (
        "application",
        "recommender",
        "known",
        "seat_wanted",
        "opinion",
        "email",
        "state",
        "asked_by",
        "asked_at",
        "code_until",
        "name",
        "post",
        "answered_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """A draft is nobody's but the applicant's."""
        return super().get_queryset(request).filter(application__in=Application.objects.visible_in_office(request.user).values("pk"))

    @admin.display(description=_("known here as"))
    def known(self, recommendation: Recommendation) -> str:
        return str(recommendation.known_as)


@admin.register(DutyException)
class DutyExceptionAdmin(RecordAdmin):
    """Every exception from the separation of duties, in a very small office: how many there are, who made them, on which application."""

    seen_by = (*SECRETARIAT, Office.AUDITOR)
    list_display = ("at", "actor", "application", "taken", "earlier")
    list_filter = ("at", ("actor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("actor",)
    search_fields = ("actor__name", "=thing_id")
    date_hierarchy = "at"
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exceptions().of_applications(request.user)

    @admin.display(description=_("application"), ordering="thing_id")
    def application(self, event: DutyException) -> str:
        url = reverse("admin:applications_application_change", args=[event.thing_id])
        return format_html('<a href="{}">{}</a>', url, event.number)

    @admin.display(description=_("step"))
    def taken(self, event: DutyException) -> Any:
        return steps_in_words(self.admin_site).get(event.details["step"], event.details["step"])

    @admin.display(description=_("after"))
    def earlier(self, event: DutyException) -> Any:
        return steps_in_words(self.admin_site).get(event.details["earlier"], event.details["earlier"])
