"""Accounts: the system administrator keeps them, the security administrator appoints to offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from alliance.accounts import codes
from alliance.accounts.choices import SECRETARIAT, SEPARATE, Office
from alliance.accounts.forms import IssueCodeForm
from alliance.accounts.models import User
from alliance.admin.office import OfficeAdmin
from alliance.history.record import record
from alliance.text import posted

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


SEVERAL = _(
    "This person now holds several offices of the secretariat. One application still needs different people to check, screen and approve it, "
    "unless “very small office” is on; then every such exception is recorded."
)


class UserForm(forms.ModelForm):
    """An account and its offices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offices and languages are chosen by their words."""
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].label, self.fields["groups"].help_text = capfirst(_("offices")), ""
            self.fields["groups"].label_from_instance = lambda group: Office(group.name).label
        if "language" in self.fields:
            self.fields["language"] = forms.ChoiceField(label=self.fields["language"].label, choices=settings.LANGUAGES)

    def clean_groups(self) -> Any:
        groups = self.cleaned_data["groups"]
        offices = {group.name for group in groups}
        if len(SEPARATE & offices) > 1:
            raise ValidationError(_("System administrator, security administrator and auditor are three different people."))
        if SEPARATE & offices and SECRETARIAT & offices:
            raise ValidationError(
                _("Whoever is system administrator, security administrator or auditor holds no office of the secretariat besides.")
            )
        return groups

    def clean_email(self) -> str:
        """In small letters, as accounts are kept: an address is one account, whatever its case."""
        email = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email).exists():
            raise ValidationError(_("There is an account with this address already."))
        return email


class OfficeFilter(admin.RelatedFieldListFilter):
    """The offices, by their words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("offices")

    def field_choices(self, *args: Any) -> list[tuple[Any, Any]]:
        return [(key, Office(name).label) for key, name in super().field_choices(*args)]


@admin.register(User)
class UserAdmin(OfficeAdmin):
    """One who leaves is deactivated; nobody is deleted."""

    form = UserForm
    seen_by, kept_by = (Office.AUDITOR,), (Office.SYSADMIN, Office.SECURITY)
    list_display = ("email", "name", "is_active", "joined_at", "last_login")
    list_filter = ("is_active", ("groups", OfficeFilter))
    search_fields = ("email", "name", "mobile")
    fields = ("email", "mobile", "name", "language", "is_active", "groups", "joined_at", "last_login")
    formfield_overrides = {
        ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }  # six offices: Django's two lists would be more to learn

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/code/", self.admin_site.admin_view(self.code_view), name="accounts_user_code"), *super().get_urls()]

    def code_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue a one-time code, and show it this once."""
        user = get_object_or_404(User, pk=pk)
        if not codes.may_ask(request.user, user):
            raise Http404
        may_issue = codes.may_issue(request.user, user)
        form, code = IssueCodeForm(posted(request)), ""
        if may_issue and form.is_valid():
            code = codes.issue(user, by=request.user, handed_over=form.cleaned_data["handed_over"])
        title = _("Issue a one-time code")
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "user_of": user,
            "code": code,
            "refused": "" if may_issue else codes.BY_THE_SERVER,
            "opts": self.opts,
            "issued": user.issued_codes.select_related("issued_by").order_by("-id")[:10],
        }
        answer = render(request, "admin/accounts/user/code.html", context, status=200 if may_issue or request.method == "GET" else 403)
        answer["Cache-Control"] = "no-store"
        return answer

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        user = context.get("original")
        context["may_issue"] = bool(user) and codes.may_ask(request.user, user)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(Office.SYSADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.holds(*self.kept_by)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What is only read is read in words."""
        settled, said = self.get_readonly_fields(request, obj), {"groups": "offices", "language": "letters_in"}
        return [said.get(name, name) if name in settled else name for name in self.fields]

    @admin.display(description=_("offices"))
    def offices(self, user: User) -> str:
        return pgettext("list", ", ").join(str(Office(group.name).label) for group in user.groups.all()) if user.pk else ""

    @admin.display(description=_("language of letters"))
    def letters_in(self, user: User) -> str:
        return dict(settings.LANGUAGES)[user.language]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The account is the system administrator's, its offices are the security administrator's; nobody appoints themselves.

        An address is changed by its owner, who confirms it: else whoever keeps accounts could take any of them over.
        """
        settled = ["mobile", "joined_at", "last_login", "offices", "letters_in", *(["email"] if obj else [])]
        if not request.user.holds(Office.SECURITY) or obj == request.user:
            settled.append("groups")
        if not request.user.holds(Office.SYSADMIN):
            settled += ["email", "name", "language", "is_active"]
        return settled

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:  # noqa: FBT001 — Django's signature
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: UserForm, formsets: Any, change: bool) -> None:  # noqa: FBT001 — Django's signature
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            offices = sorted(form.instance.groups.values_list("pk", flat=True))
            record(form.instance, "appoint", by=request.user, inputs={"groups": offices})
            self.after_appointing(request, {group.name for group in form.cleaned_data["groups"]}, form.instance)

    def after_appointing(self, request: HttpRequest, offices: set[str], user: User) -> None:
        """A code that was handed over before ends with a post that nobody else may hold; several offices in one hand are pointed out."""
        if SEPARATE & offices:
            codes.withdraw(user)
        if len(SECRETARIAT & offices) > 1:
            self.message_user(request, SEVERAL, messages.WARNING)
