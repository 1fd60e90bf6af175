"""What the secretariat sees of terms: their dates, who governs, and their rules and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from alliance.accounts.choices import KEEPERS, SECRETARIAT
from alliance.admin import HistoryAdmin, OfficeInline
from alliance.admin.office import WrittenRows
from alliance.exchange.papers import PapersPage
from members.models import Limit, Rule, Term

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


class OfTheTerm(WrittenRows, OfficeInline):
    """Lines of a term. Where there is none, the custom holds that the page names beside them."""

    template = admin.StackedInline.template  # they are typed here, unlike others beside a record

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.holds(*KEEPERS)


class RuleInline(OfTheTerm):
    model = Rule
    fields = (("matter", "source"), ("rule_numerator", "rule_denominator", "rule_inclusive", "rule_base"))


class LimitInline(OfTheTerm):
    model = Limit
    fields = (("kind", "source"), ("numerator", "denominator"))


@admin.register(Term)
class TermAdmin(HistoryAdmin, PapersPage):
    """A term's dates, rules and limits. Terms come with their seats, so none is added here."""

    seen_by, kept_by = SECRETARIAT, KEEPERS
    calls_itself = ()
    list_display = ("__str__", "begins_on", "ends_on", "governance", "hosts_vote_too")
    inlines = (RuleInline, LimitInline)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_keep(request)
