"""Starting: who applies, and what its number says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.files.forms import once_more
from alliance.numbering.models import take
from alliance.text import posted
from applications import joining, prospecting
from applications.choices import Paper, Section, State
from applications.forms.starting import StartForm
from applications.models import Application, Batch, Prospect, Writer
from applications.models.answers import FIELDS
from applications.models.attachment import attach
from members.choices import Currency, Jurisdiction, LegalForm, UnitType
from members.identifiers import describe, normalise, recognition_number
from members.models import MemberUnit, Organisation
from members.models.colleague import Role
from members.regions import REGIONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Jurisdiction and number first; the same number again opens what I work on already, and a public member is recognised."""
    prospect = invited(request)
    form = StartForm(posted(request), initial=beginning(request, prospect))
    member = None
    if request.method == "POST" and form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "invitation"}
        if there := known_to(request.user, answers):
            return redirect(there)
        member = MemberUnit.objects.under_number(answers["jurisdiction"], normalise(answers["reg_no"])).first()
        if member is None:
            application = begin(request.user, **answers, prospect=prospect)
            return redirect("applications:section", application.uuid, Section.UNIT.value)
        if "ask" in request.POST:
            joining.ask_organisation(member.organisation, by=request.user, department=answers["department"])
            messages.success(request, _("Your request has gone to whoever acts for the unit; you get a letter when it is decided."))
            return redirect("applications:list")
    context = {"form": form, "member": member, "prospect": prospect, "is_void": prospect is None and bool(code_in(request))}
    return render(request, "applications/start.html", context, status=422 if form.errors else 200)


def code_in(request: HttpRequest) -> str:
    """The code of an invitation: in the address of the letter, then in the form."""
    return (request.POST if request.method == "POST" else request.GET).get("invitation", "")[:LONGEST_CODE]


LONGEST_CODE = 40


def invited(request: HttpRequest) -> Prospect | None:
    """Whom the code invites. Tries are limited, by account and by address; a wrong code, an old one and too many tries look alike."""
    code = code_in(request)
    if not code or ratelimit.consume_or_429(request, action="invitation", key=str(request.user.pk), limit_get=True):
        return None
    return prospecting.invited_by(code, request.user)


def beginning(request: HttpRequest, prospect: Prospect | None) -> dict[str, Any]:
    """What the first page shows of an invitation: the place, and the number if it is known."""
    return {"jurisdiction": prospect.jurisdiction, "reg_no": prospect.reg_no, "invitation": code_in(request)} if prospect else {}


def known_to(user: Any, answers: dict[str, Any]) -> Application | None:
    """What `user` works on already under this number, and is not over; the unit's own page tells the rest."""
    number = normalise(answers["reg_no"])
    mine = Application.objects.of(user).running().filter(jurisdiction=answers["jurisdiction"], reg_no=number)
    return mine.order_by("id").last() if number else None


@open_to(signed_in)
def back(request: HttpRequest) -> HttpResponse:
    """Where a side window ends in which somebody has logged in again: it tells the other window and closes."""
    return render(request, "applications/back.html")


@open_to(signed_in)
def number(request: HttpRequest) -> HttpResponse:
    """What a number says for itself, while it is typed. No row is looked at: the answer is the same for one that we know."""
    return render(request, "applications/number.html", {"said": number_says(**{name: request.GET.get(name, "") for name in ASKED})})


ASKED = ("jurisdiction", "reg_no", "name", "region")


def number_says(jurisdiction: str, reg_no: str, name: str = "", region: str = "") -> dict[str, Any]:
    """How it stands, what it suggests, or what is wrong; nothing before there is a number and a place."""
    number = normalise(reg_no)
    if not number or jurisdiction not in Jurisdiction.values:
        return {}
    try:
        suggestion = describe(jurisdiction, number, name, region=region)
    except ValidationError as wrong:
        return {"wrong": wrong.messages}
    labels = {"unit_type": UnitType, "legal_form": LegalForm}
    words = [labels[name](value).label if name in labels else REGIONS[value] for name, value in suggestion.answers.items()]
    return {"number": number, "suggestion": suggestion, "words": words}


def beneath(form: Any) -> dict[str, Any]:
    """What the number of a form says, unless the field itself says already what is wrong."""
    if "reg_no" not in form.fields or form.errors.get("reg_no"):
        return {}
    return number_says(**{name: form[name].value() or "" for name in ASKED if name in form.fields})


@transaction.atomic
def begin(
    user: Any, jurisdiction: str, reg_no: str, *, has_no_number: bool = False, department: str = "", prospect: Prospect | None = None
) -> Application:
    """The draft of `user` under this number, in the batch that is open, with what the number suggests; a double click finds the first one's.

    Under a number that is known already it is the same draft; whoever that belongs to is asked, and the page says nothing of it.
    """
    Batch.objects.hold_still()  # a draft does not land in a batch that is just closing
    batch = Batch.objects.accepting(clock.now()).get()
    number = given_number(user) if has_no_number else normalise(reg_no)
    defaults = {"batch": batch, "contact_email": user.email, "currency": CURRENCIES[jurisdiction]} | describe(jurisdiction, number).answers
    if prospect:
        defaults |= prospecting.known(prospect, user)
    if organisation := Organisation.objects.of(user).filter(jurisdiction=jurisdiction, reg_no=number).first():
        defaults["organisation"] = organisation  # the unit applies again: all who act for it write
    draft, is_new = Application.objects.get_or_create(
        applicant=user, jurisdiction=jurisdiction, reg_no=number, state=State.DRAFT, defaults=defaults
    )
    if is_new:
        Writer.objects.create(application=draft, user=user, role=Role.OWNS, department=department)
    if prospect:
        prospecting.take_up(prospect, draft, by=user)
    if is_new and not organisation:
        joining.ask(draft, by=user, department=department)
    return draft


@transaction.atomic
def begin_again(old: Application, *, by: Any) -> Application:
    """A new draft under the same number with the answers and papers of `old`; what was declared is declared anew, and sealed anew."""
    draft = known_to(by, {"jurisdiction": old.jurisdiction, "reg_no": old.reg_no})
    if draft:
        return draft
    draft = begin(by, old.jurisdiction, old.reg_no)
    names = [name for section, names in FIELDS.items() if section != Section.DECLARATIONS for name in names]
    for name in names:
        setattr(draft, name, getattr(old, name))
    draft.save(update_fields=names)
    for paper in old.attachments.running().exclude(kind=Paper.SEALED_FORM):
        attach(draft, paper.kind, once_more(paper.file), by=by)
    return draft


CURRENCIES = {
    Jurisdiction.MAINLAND: Currency.CNY,
    Jurisdiction.HONG_KONG: Currency.HKD,
    Jurisdiction.MACAO: Currency.MOP,
    Jurisdiction.TAIWAN: Currency.TWD,
}


def given_number(user: Any) -> str:
    """Our own number for an alliance by contract: that of the draft which `user` has only just begun, or the next of the year."""
    begun = Application.objects.begun_without_number(user).first()
    year = clock.today().year
    return begun.reg_no if begun else recognition_number(year, take(f"recognition {year}"))
