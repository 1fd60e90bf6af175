"""Entering an application on a unit's behalf, and the list of what was entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance import clock
from alliance.accounts.choices import SECRETARIAT, Office
from alliance.admin import OfficeAdmin
from alliance.documents.kinds import PDF
from alliance.documents.serving import attached
from applications import behalf, rules
from applications.forms.entering import EntryForm
from applications.models import OnBehalf
from applications.papers import claim_letter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin.register(OnBehalf)
class OnBehalfAdmin(OfficeAdmin):
    """What came on paper, by e-mail, WeChat or over the counter: who entered it, and whether the unit has taken it over."""

    reached_through = "application"
    form = EntryForm
    seen_by, kept_by = SECRETARIAT, (Office.CLERK, Office.OFFICER)
    list_display = ("application", "number", "channel", "received_at", "entered_by", "entered_at", "claimed_by", "claimed_at")
    list_filter = ("channel", ("claimed_at", admin.EmptyFieldListFilter))
    list_select_related = ("application", "entered_by", "claimed_by")
    search_fields = ("application__name", "application__number", "application__reg_no", "note")
    fieldsets = (
        (_("How it came in"), {"fields": ("channel", "received_at", "note")}),
        (_("Who applies"), {"fields": ("jurisdiction", "reg_no", "has_no_number")}),
    )
    told = ("application", "channel", "received_at", "note", "entered_by", "entered_at", "code_until", "claimed_by", "claimed_at")

    @admin.display(description=_("application number"), ordering="application__number")
    def number(self, entry: OnBehalf) -> str:
        return entry.application.number or "–"

    def get_fieldsets(self, request: HttpRequest, obj: OnBehalf | None = None) -> Any:
        return self.fieldsets if obj is None else ((None, {"fields": self.told}),)

    def get_readonly_fields(self, request: HttpRequest, obj: OnBehalf | None = None) -> tuple[str, ...]:
        return self.told if obj else ()

    def get_form(self, request: HttpRequest, obj: OnBehalf | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 — Django's signature
        """A new one asks; an old one is read."""
        if obj is not None:
            return super().get_form(request, obj, change, **options | {"form": admin.ModelAdmin.form})
        return type("EntryForm", (super().get_form(request, obj, change, **options),), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: OnBehalf, form: EntryForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        said = {name: form.cleaned_data[name] for name in ("channel", "received_at", "note", "jurisdiction")}
        made = behalf.enter(by=request.user, reg_no=form.cleaned_data.get("reg_no", ""), **said)
        obj.__dict__.update(made.__dict__)

    def response_add(self, request: HttpRequest, obj: OnBehalf, post_url_continue: str | None = None) -> HttpResponse:
        """Straight on to the ordinary sections of the form, which fill it in."""
        return HttpResponseRedirect(reverse("applications:section", args=[obj.application.uuid, "unit"]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entry = self.get_object(request, object_id)
        if request.method == "POST" and "_code" in request.POST and entry and self.has_change_permission(request, entry):
            code = behalf.new_code(entry, by=request.user)
            return attached(
                claim_letter(entry, code, moment=clock.now()), PDF, f"认领码_{entry.application.number or entry.application.reg_no}.pdf"
            )
        may = {
            "entry": entry,
            "may_fill_in": entry and rules.may_fill_in(request.user, entry.application) and entry.application.is_editable,
        }
        may["may_make_code"] = entry and not entry.claimed_at and self.has_change_permission(request, entry)
        return super().change_view(
            request,
            object_id,
            form_url,
            may | {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False} | (extra_context or {}),
        )
