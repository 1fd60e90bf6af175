"""Starting: who applies, and what its number says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import open_to, signed_in
from alliance.numbering.models import take
from alliance.text import posted
from applications.choices import Section, State
from applications.forms.starting import StartForm
from applications.models import Application, Batch, Writer
from members.choices import Jurisdiction, LegalForm, UnitType
from members.identifiers import describe, normalise, recognition_number
from members.models.colleague import Role
from members.regions import REGIONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Jurisdiction and number first; the same number again opens the draft that is there."""
    form = StartForm(posted(request))
    if request.method == "POST" and form.is_valid():
        application = begin(request.user, **form.cleaned_data)
        return redirect("applications:section", application.uuid, Section.UNIT.value)
    return render(request, "applications/start.html", {"form": form}, status=422 if form.errors else 200)


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
def begin(user: Any, jurisdiction: str, reg_no: str, *, has_no_number: bool = False) -> Application:
    """The draft of `user` under this number, in the batch that is open, with what the number suggests; a double click finds the first one's."""
    Batch.objects.hold_still()  # a draft does not land in a batch that is just closing
    batch = Batch.objects.accepting(clock.now()).get()
    number = given_number(user) if has_no_number else normalise(reg_no)
    defaults = {"batch": batch, "contact_email": user.email} | describe(jurisdiction, number).answers
    draft, is_new = Application.objects.get_or_create(
        applicant=user, jurisdiction=jurisdiction, reg_no=number, state=State.DRAFT, defaults=defaults
    )
    if is_new:
        Writer.objects.create(application=draft, user=user, role=Role.OWNS)
    return draft


def given_number(user: Any) -> str:
    """Our own number for an alliance by contract: that of the draft which `user` has only just begun, or the next of the year."""
    begun = Application.objects.begun_without_number(user).first()
    year = clock.today().year
    return begun.reg_no if begun else recognition_number(year, take(f"recognition {year}"))
