"""Questions to the desks, and what many ask, as the secretariat sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeAdmin, WorkflowAdmin
from alliance.admin.office import DRAWN
from alliance.calendar.days import due_after
from alliance.text import key
from applications.choices import EnquiryState
from applications.enquiring import answer_days, enquiries
from applications.forms.enquiring import ENQUIRY_STEP_FORMS, FrequentQuestionForm, NotedForm
from applications.models import Enquiry, FrequentQuestion
from applications.models.enquiry import LONGEST_QUESTION
from applications.notices import enquiries as notices

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class WaitingFilter(admin.SimpleListFilter):
    """What waits for an answer, and what has waited too long."""

    title = _("state")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("due", _("To answer")),
            ("overdue", _("Overdue")),
            *(choice for choice in EnquiryState.choices if choice[0] != EnquiryState.ASKED),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case None:
                return queryset
            case "due":
                return queryset.to_answer()
            case "overdue":
                return queryset.overdue(clock.now())
            case state:
                return queryset.filter(state=state)


@admin.register(Enquiry)
class EnquiryAdmin(WorkflowAdmin):
    """Questions to the two desks: asked in the portal, or noted here as they come by telephone, at the counter or by mail."""

    reached_through = ""
    workflow = enquiries
    form = NotedForm
    step_forms = ENQUIRY_STEP_FORMS
    others_steps = ("ask_further",)
    seen_by = kept_by = SECRETARIAT
    list_display = ("__str__", "topic", "way", "name", "unit_name", "state", "asked_at", "due_at", "answered_by")
    list_filter = (WaitingFilter, "topic", "way")
    list_select_related = ("answered_by",)
    search_fields = ("words", "name", "unit_name", "answer", "messages__words")
    asked = ("topic", "way", "name", "unit_name", "email", "phone", "language", "words")
    fields = (*asked, "asked_at", DRAWN["due_at"], DRAWN["state"])

    def get_readonly_fields(self, request: HttpRequest, obj: Enquiry | None = None) -> list[Any]:
        """What was asked is not rewritten, and an answer comes by its step."""
        settled = [name for name in self.asked if name != "topic"] if obj else []
        return [*super().get_readonly_fields(request, obj), "asked_at", DRAWN["due_at"], DRAWN["state"], *settled]

    def get_form(self, request: HttpRequest, obj: Enquiry | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        """A new one is noted whole; of an old one only the topic changes."""
        return super().get_form(request, obj, change, **options if obj is None else options | {"form": admin.ModelAdmin.form})

    def dossier(self, thing: Enquiry) -> dict[str, Any]:
        return {"enquiry": thing, "thread": thing.thread, "frequent": list(thing.frequent_questions.all())}

    def save_model(self, request: HttpRequest, obj: Enquiry, form: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        """What is noted here gets its day, and its receipt where there is an address; another topic may have another day."""
        obj.due_at = due_after(obj.asked_at, answer_days(obj.topic))
        super().save_model(request, obj, form, change)
        if change:
            obj.save(update_fields=["due_at"])
        else:
            notices.enquiry_received(obj)


@admin.register(FrequentQuestion)
class FrequentQuestionAdmin(HistoryAdmin, OfficeAdmin):
    """What many ask, for everybody to read, in each language by itself."""

    seen_by = kept_by = SECRETARIAT
    form = FrequentQuestionForm
    list_display = ("question", "topic", "language", "position", "is_shown")
    list_filter = ("language", "topic", "is_shown")
    search_fields = ("question", "answer")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From an answered enquiry, when the address names one: its question, shortened to what fits, and its answer."""
        named = key(request.GET.get("came_from", ""))
        asked = Enquiry.objects.exclude(answer="").filter(pk=named).first() if named else None
        if asked is None:
            return {}
        said = {"topic": asked.topic, "language": asked.language, "question": asked.words[:LONGEST_QUESTION], "answer": asked.answer}
        return said | {"came_from": asked.pk}
