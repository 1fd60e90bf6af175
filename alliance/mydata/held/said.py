"""What somebody agreed to, asked, objected to or reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.mydata.group import Group, asking, of_address
from applications.models import Application, Assignment, Conflict, Consent, Enquiry, Objection
from members.models import Expert, NameConsent

if TYPE_CHECKING:
    from alliance.accounts.models import User


def consents(user: User, addresses: list[str]) -> Group:
    rows = [
        {"to": each.text.get_declaration_display(), "version": each.text.version, "language": each.text.get_language_display(), "application": str(each.application), "at": each.at, "address": each.address}
        for each in Consent.objects.filter(by=user).select_related("text", "application").order_by("id")
    ]  # fmt: skip
    rows += [
        {
            "to": _("My name on the unit's public page"),
            "version": each.version,
            "language": each.get_language_display(),
            "application": str(each.representative.unit),
            "at": each.at,
            "taken_back_at": each.taken_back_at,
        }
        for each in NameConsent.objects.filter(by=user).select_related("representative__unit__organisation").order_by("id")
    ]
    labels = {
        "to": _("agreed to"),
        "version": _("version of the text"),
        "language": _("language"),
        "application": _("application or unit"),
        "at": _("at"),
        "taken_back_at": _("taken back at"),
        "address": _("network address"),
    }
    return Group(
        "consents", _("What I agreed to"), _("You ticked it in the form."), _("To prove which text was agreed to, and when."),
        _("As long as the application or the membership it belongs to."), labels, rows, (_("Withdraw a consent"), asking("withdraw")),
    )  # fmt: skip


def enquiries(user: User, addresses: list[str]) -> Group:
    mine = Enquiry.objects.filter(Q(asked_by=user) | Q(asked_by=None) & of_address("email", addresses)).order_by("id")
    rows = [
        {"topic": each.get_topic_display(), "words": each.words, "asked_at": each.asked_at, "state": each.get_state_display(), "due_at": each.due_at, "link": each.get_absolute_url()}
        for each in mine
    ]  # fmt: skip
    labels = {
        "topic": _("topic"),
        "words": _("question"),
        "asked_at": _("asked at"),
        "state": _("state"),
        "due_at": _("to be answered by"),
        "link": _("page"),
    }
    return Group("enquiries", _("Enquiries"), _("You asked."), _("To answer you."), _("Two years after the last word."), labels, rows, (_("Enquiries"), reverse("enquiries")))  # fmt: skip


def objections(user: User, addresses: list[str]) -> Group:
    """What somebody objected to in a public notice period, by the address they left."""
    rows = [
        {"what": str(each.application), "name": each.name, "words": each.words, "received_on": each.received_on, "result": each.get_examined_display(), "finding": each.finding}
        for each in Objection.objects.filter(of_address("email", addresses)).select_related("application").order_by("id")
    ]  # fmt: skip
    labels = {
        "what": _("the unit that is objected to"),
        "name": _("objector, by real name"),
        "words": _("objection"),
        "received_on": _("received on"),
        "result": _("result"),
        "finding": _("what the examination found"),
    }
    return Group(
        "objections", _("Objections"), _("You gave it, in writing."), _("To examine it, and to tell you the result. Nobody of the unit reads it."),
        _("As long as the decision it was about."), labels, rows,
    )  # fmt: skip


def reviews(user: User, addresses: list[str]) -> Group:
    """What an expert was given to review; the application is named only while they may see it."""
    expert = Expert.objects.filter(user=user).select_related("user", "organisation").first()
    seen = {*Application.objects.for_expert(expert).values_list("pk", flat=True)} if expert else set()
    mine = Assignment.objects.filter(expert=expert).exclude(state="proposed") if expert else Assignment.objects.none()
    rows = [
        {"what": str(each.batch), "number": each.application.number if each.application_id in seen else "–", "state": each.get_state_display(), "at": each.assigned_at, "due_at": each.due_at, "handed_in_at": getattr(getattr(each, "review", None), "handed_in_at", None)}
        for each in mine.select_related("batch", "application", "review").order_by("id")
    ]  # fmt: skip
    rows += [
        {"what": str(each._meta.verbose_name), "state": each.get_kind_display(), "at": each.noted_at, "until": each.ended_at}
        for each in (Conflict.objects.filter(expert=expert).order_by("id") if expert else ())
    ]
    labels = {
        "what": _("what"),
        "number": _("application number"),
        "state": _("state"),
        "at": _("at"),
        "due_at": _("due"),
        "handed_in_at": _("handed in at"),
        "until": _("until"),
    }
    return Group(
        "reviews", _("Reviews as an expert, and conflicts of interest"), _("The office gave you applications to review; you or the office noted a conflict of interest."),
        _("To hold the expert review, and to keep whoever has an interest out of it."), _("As long as the batch it belongs to."), labels, rows, *([(_("Experts' room"), reverse("reviews"))] if expert else []),
    )  # fmt: skip
