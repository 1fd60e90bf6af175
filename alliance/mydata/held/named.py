"""Where somebody is named by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.mydata.group import Group, asking, of_address
from applications.models import Application, Prospect, Recommendation
from members.models import BodyTenure, Contact, Expert, Representative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from alliance.accounts.models import User


NAMED = (("representative", _("Proposed representative")), ("contact", _("Liaison officer")))
LABELS = {
    "where": _("where"),
    "role": _("as what"),
    "name": _("name"),
    "post": _("post"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "by": _("named by"),
    "at": _("submitted at"),
    "since": _("since"),
    "until": _("until"),
    "named_on": _("agreed to be named in public on"),
}


def named(user: User, addresses: list[str]) -> Group:
    rows = [
        *in_applications(addresses),
        *as_representative(user),
        *as_expert(user, addresses),
        *in_bodies(user),
        *as_recommender(addresses),
        *as_contact(addresses),
        *in_source_pool(addresses),
    ]
    return Group(
        "named", _("Where I am named"), _("Whoever applied named you, and confirmed that you know and agree."), _("To reach the unit, and to know who speaks for it."),
        _("A draft that nobody touches for 180 days is emptied of it. Rejected or withdrawn: two years. Members: membership and three years."), LABELS, rows,
        (_("Ask for a correction"), asking("named")),
    )  # fmt: skip


def in_applications(addresses: list[str]) -> Iterator[dict[str, Any]]:
    by_address = of_address("representative_email", addresses) | of_address("contact_email", addresses)
    known = {address.lower() for address in addresses}
    for each in Application.objects.filter(by_address).select_related("applicant").order_by("id"):
        for role, word in NAMED:
            if getattr(each, f"{role}_email").lower() in known:
                said = {name: getattr(each, f"{role}_{name}") for name in ("name", "post", "phone", "email")}
                where = f"{each.number or ''} {each}".strip()
                yield {"where": where, "role": word, **said, "by": each.applicant.name, "at": each.submitted_at}


def as_representative(user: User) -> Iterator[dict[str, Any]]:
    for each in Representative.objects.filter(user=user).select_related("unit__organisation").order_by("id"):
        since = {"since": each.since, "until": each.until}
        yield {"where": str(each.unit), "role": _("Member representative"), "name": each.name, "post": each.post, **since}


def as_expert(user: User, addresses: list[str]) -> Iterator[dict[str, Any]]:
    for each in Expert.objects.filter(Q(user=user) | of_address("email", addresses)).order_by("id"):
        reached = {"email": each.email, "phone": each.mobile, "since": each.listed_on}
        yield {"where": str(_("Expert committee")), "role": _("Expert"), "name": each.name, "post": each.post, **reached}


def in_bodies(user: User) -> Iterator[dict[str, Any]]:
    for each in BodyTenure.objects.about(user).order_by("id"):
        since = {"since": each.begins_on, "until": each.ended_on, "named_on": each.consented_on}
        yield {"where": str(each.body), "role": each.title, "name": each.named, **since}


def as_recommender(addresses: list[str]) -> Iterator[dict[str, Any]]:
    for each in Recommendation.objects.filter(of_address("email", addresses)).select_related("application").order_by("id"):
        asked = {"email": each.email, "at": each.asked_at}
        yield {"where": str(each.application), "role": _("Recommender"), "name": each.name, "post": each.post, **asked}


def as_contact(addresses: list[str]) -> Iterator[dict[str, Any]]:
    for each in Contact.objects.filter(of_address("email", addresses)).select_related("organisation").order_by("id"):
        name = each.liaison or each.representative
        yield {"where": str(each.organisation), "role": _("Contact named by a list"), "name": name, "email": each.email}


def in_source_pool(addresses: list[str]) -> Iterator[dict[str, Any]]:
    for each in Prospect.objects.filter(of_address("contact_email", addresses)).order_by("id"):
        reached = {"phone": each.contact_phone, "email": each.contact_email, "at": each.invited_at}
        yield {"where": each.name, "role": _("Contact in the source pool"), "name": each.contact_name, **reached}
