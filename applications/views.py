"""What a visitor and an applicant see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import anyone, open_to, signed_in
from alliance.history.models import Event
from alliance.letters.models import Letter
from applications import workflow
from applications.choices import Section, State
from applications.forms import SECTION_FORMS, StartForm
from applications.models import Application, Batch
from applications.models.answers import FIELDS
from members.identifiers import normalise

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

LISTED = (State.PUBLICITY, State.OBJECTION, State.APPROVED, State.ADMITTED)


@open_to(anyone)
def batches(request: HttpRequest) -> HttpResponse:
    """Past, current and coming batches, with the lists that are under public notice."""
    rows = Batch.objects.with_figures()[:50]
    published = Application.objects.filter(state__in=LISTED).select_related("organisation").order_by("number")
    return render(request, "applications/batches.html", {"batches": rows, "published": published.filter(state__in=LISTED[:2])[:500], "now": clock.now()})


@open_to(signed_in)
def my_applications(request: HttpRequest) -> HttpResponse:
    """The applications I may open, the latest first."""
    rows = Application.objects.of(request.user).select_related("batch", "unit").order_by("-started_at")[:100]
    return render(request, "applications/list.html", {"applications": rows})


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Jurisdiction and number first; the same number again opens the draft that is there."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        application = begin(request.user, **form.cleaned_data)
        return redirect("applications:section", application.uuid, Section.UNIT.value)
    return render(request, "applications/start.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def begin(user: Any, jurisdiction: str, reg_no: str) -> Application:
    """The draft of `user` under this number, in the batch that is open; a double click finds the first one's."""
    batch = Batch.objects.accepting(clock.now()).get()
    defaults = {"batch": batch, "contact_email": user.email}
    draft, _created = Application.objects.get_or_create(started_by=user, jurisdiction=jurisdiction, reg_no=normalise(reg_no), state=State.DRAFT, defaults=defaults)
    return draft


@open_to(signed_in)
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stands: what to do next and by when, what happened, its letters."""
    application = mine(request, uuid)
    context = {
        "application": application,
        "events": told(application),
        "letters": Letter.objects.about(application).filter(recipient=request.user),
        "rail": rail(application),
        "steps": workflow.workflow.open_to(application, request.user),
        "correction": last_correction(application),
        "ahead": ahead(application),
    }
    return render(request, "applications/detail.html", context)


def mine(request: HttpRequest, uuid: UUID) -> Application:
    return get_object_or_404(Application.objects.of(request.user).select_related("batch", "unit", "organisation"), uuid=uuid)


def told(application: Application) -> list[dict[str, Any]]:
    """What happened, in the applicant's words: states reached and when; who in the office acted stays inside."""
    events = Event.objects.of(application).exclude(after="")
    return [{"state": event.after, "label": State(event.after).label, "at": event.at} for event in events]


def last_correction(application: Application) -> Letter | None:
    """The letter that says what to put right, while something has to be."""
    if application.state != State.CORRECTION:
        return None
    return Letter.objects.about(application).filter(template="correction").last()


PATH = (State.SUBMITTED, State.ACCEPTED, State.SCREENED, State.DELIBERATED, State.PUBLICITY, State.APPROVED, State.ADMITTED)
RANK = {State.DRAFT: -1, State.CORRECTION: 0, State.RESUBMITTED: 0, State.EXPERT_REVIEWED: 2, State.DEFERRED: 0, State.OBJECTION: 4} | {state: n for n, state in enumerate(PATH)}


def ahead(application: Application) -> list[str]:
    """The stations still before it; none once it has ended."""
    if application.state not in RANK:
        return []
    return [state.label for state in PATH[RANK[State(application.state)] + 1 :]]


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    """One section of the form. Saving keeps what is typed, complete or not; what is wrong is said at its field."""
    application = mine(request, uuid)
    if section not in Section.values:
        raise Http404
    if not application.is_editable:
        return redirect(application)
    here = Section(section)
    form = SECTION_FORMS[here](request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid():
        save(request, form)
        messages.success(request, _("Saved."))
        return redirect(after(here, application))
    context = {"application": application, "form": form, "section": here, "rail": rail(application, here), "missing": application.gaps.get(here, [])}
    return render(request, "applications/section.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save(request: HttpRequest, form: Any) -> None:
    """Write only the fields of this section, and only while the application may still change."""
    locked = Application.objects.select_for_update().get(pk=form.instance.pk)
    if not locked.is_editable:
        raise workflow.Refused(_("The application has been submitted meanwhile: nothing was changed."), thing=locked)
    application = form.save(commit=False)
    application.saved_at = clock.now()
    application.save(update_fields=[*form._meta.fields, "saved_at"])


def after(section: Section, application: Application) -> Any:
    """The next section, or the check before submitting."""
    order = list(Section)
    following = order[order.index(section) + 1 :]
    return redirect("applications:section", application.uuid, following[0].value).url if following else redirect("applications:submit", application.uuid).url


def rail(application: Application, here: Section | None = None) -> list[dict[str, Any]]:
    """The sections in order, with how many answers each still lacks."""
    gaps = application.gaps
    empty = {section: not any(getattr(application, name) for name in names if name not in ("jurisdiction", "currency", "seat_wanted")) for section, names in FIELDS.items()}
    return [{"section": s, "missing": len(gaps.get(s, [])), "is_here": s == here, "state": "done" if s not in gaps else "" if empty[s] else "part"} for s in Section]


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Check, then submit; pressing twice submits once."""
    application = mine(request, uuid)
    step = workflow.resubmit if application.state == State.CORRECTION else workflow.submit
    if request.method == "POST":
        if application.is_editable:
            step(application, by=request.user)
            messages.success(request, _("Submitted. The number of this application is %(number)s.") % {"number": application.number})
        return redirect(application)
    if not application.is_editable:
        return redirect(application)
    return render(request, "applications/submit.html", {"application": application, "rail": rail(application), "gaps": gaps_in_words(application)})


def gaps_in_words(application: Application) -> list[dict[str, Any]]:
    """What is missing, by section, as links to the fields."""
    return [
        {"section": section, "fields": [{"name": name, "label": Application._meta.get_field(name).verbose_name} for name in names]}
        for section, names in application.gaps.items()
    ]


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once, then withdraw."""
    application = mine(request, uuid)
    if request.method == "POST":
        workflow.withdraw(application, by=request.user)
        messages.success(request, _("Withdrawn. You may apply again at any time."))
        return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application})
