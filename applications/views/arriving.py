"""Beginning with a filled template: a draft with what could be read, and a list of what could not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to, signed_in
from alliance.documents.serving import attached
from alliance.sheets.writing import MEDIA_TYPE
from alliance.text import posted
from applications import resources
from applications.forms.arriving import FilledForm
from applications.forms.filling import HELP, SECTION_FORMS
from applications.forms.starting import StartForm
from applications.models import Application
from applications.resources import Read, Unread
from applications.views.starting import begin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FIRST = ("jurisdiction", "reg_no")


@open_to(anyone)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The form to fill in with Excel."""
    return attached(resources.template(HELP), MEDIA_TYPE, "入会申请表_模板.xlsx")


@open_to(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def filled(request: HttpRequest) -> HttpResponse:
    """Read the file; the number decides which draft it is, as when one starts on the page."""
    form = FilledForm(posted(request), request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "applications/filled.html", {"form": form}, status=422 if form.errors else 200)
    found = list(resources.answers(form.rows))
    said = {each.name: each for each in found if isinstance(each, Read)}
    unread = [each for each in found if isinstance(each, Unread)]
    start = StartForm({name: said[name].value for name in FIRST if name in said})
    if not start.is_valid():
        unread += refused(start, said, FIRST)
        return render(request, "applications/filled.html", {"form": FilledForm(), "unread": unread, "is_stopped": True}, status=422)
    draft, kept, taken, wrong = enter(request.user, start, said)
    context = {"application": draft, "kept": kept, "taken": taken, "unread": sorted(unread + wrong, key=lambda each: each.row)}
    return render(request, "applications/filled.html", context)


def refused(form: Any, said: dict[str, Read], names: Any) -> list[Unread]:
    """What a form found wrong, at the row it came from; an answer that is missing has no row."""
    wrong = [(name, sentence) for name in names for sentence in form.errors.get(name, ())]
    return [
        Unread(said[name].row if name in said else 0, Application.label(name), said[name].typed if name in said else "", why)
        for name, why in wrong
    ]


@transaction.atomic
def enter(user: Any, start: StartForm, said: dict[str, Read]) -> tuple[Application, list[dict[str, Any]], int, list[Unread]]:
    """Put into the draft what the section forms take. In a draft that was there, what is answered already stays."""
    first = {name: start.cleaned_data[name] for name in FIRST}
    was_there = Application.objects.drafts_of(user, *first.values()).exists()
    draft = begin(user, **first)
    values, wrong = checked(draft, said)
    kept = [name for name, value in values.items() if was_there and is_answered(draft, name) and getattr(draft, name) != value]
    taken = {name: value for name, value in values.items() if name not in kept and getattr(draft, name) != value}
    for name, value in taken.items():
        setattr(draft, name, value)
    draft.saved_at = clock.now()
    draft.save(update_fields=[*taken, "saved_at"])
    return draft, [stays(draft, said[name]) for name in kept], len(values) - len(kept), wrong


def checked(draft: Application, said: dict[str, Read]) -> tuple[dict[str, Any], list[Unread]]:
    """Every section's answers as its own form takes them, and what it found wrong."""
    values: dict[str, Any] = {}
    wrong: list[Unread] = []
    for section, names in resources.ASKED.items():
        typed = {name: said[name].value for name in names if name in said} | {name: getattr(draft, name) for name in FIRST if name in names}
        form = SECTION_FORMS[section](typed, instance=Application.objects.get(pk=draft.pk))
        form.is_valid()
        given = [name for name in names if name in said and name not in FIRST]
        wrong += refused(form, said, given)
        values |= {name: form.cleaned_data[name] for name in given if name not in form.errors and name in form.cleaned_data}
    return values, wrong


def is_answered(draft: Application, name: str) -> bool:
    """Somebody has answered it: it is neither empty nor what every draft begins with."""
    return getattr(draft, name) not in (None, "", [], Application._meta.get_field(name).get_default())


def stays(draft: Application, given: Read) -> dict[str, Any]:
    return {"row": given.row, "label": Application.label(given.name), "here": draft.in_words(given.name), "typed": given.typed}
