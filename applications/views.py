"""What a visitor and an applicant see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import clock
from alliance.accounts.doors import anyone, open_to, signed_in
from alliance.calendar.days import is_announced
from alliance.documents.kinds import PDF
from alliance.documents.models import Paper
from alliance.documents.serving import attached
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.text import posted
from applications import papers, rules, workflow
from applications.choices import Declaration, Section, State
from applications.forms import SECTION_FORMS, UNITS, AttachmentForm, StartForm
from applications.models import Application, Batch, RequiredPaper
from applications.models.answers import FIELDS
from applications.models.attachment import attach, take_away
from applications.models.consent import agree
from members.choices import Jurisdiction, LegalForm, UnitType
from members.identifiers import describe, normalise
from members.regions import REGIONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 200  # rows of a public list


@open_to(anyone)
def batches(request: HttpRequest) -> HttpResponse:
    """Past, current and coming batches, with the lists that are under public notice."""
    now, batches = clock.now(), Batch.objects.with_figures()
    context = {
        "batch": batches.accepting(now).first(),
        "coming": batches.ahead(now),
        "past": batches.over(now)[:PAGE],
        "published": Paginator(Application.objects.published(), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "applications/batches.html", context)


@open_to(signed_in)
def my_applications(request: HttpRequest) -> HttpResponse:
    """The applications I may open, the latest first."""
    rows = Application.objects.of(request.user).select_related("batch", "unit").order_by("-started_at")[:100]
    return render(request, "applications/list.html", {"applications": rows})


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
def begin(user: Any, jurisdiction: str, reg_no: str) -> Application:
    """The draft of `user` under this number, in the batch that is open, with what the number suggests; a double click finds the first one's."""
    Batch.objects.hold_still()  # a draft does not land in a batch that is just closing
    batch = Batch.objects.accepting(clock.now()).get()
    number = normalise(reg_no)
    defaults = {"batch": batch, "contact_email": user.email} | describe(jurisdiction, number).answers
    draft, _created = Application.objects.get_or_create(
        started_by=user, jurisdiction=jurisdiction, reg_no=number, state=State.DRAFT, defaults=defaults
    )
    return draft


@open_to(signed_in)
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stands: what to do next and by when, what happened, its letters."""
    application = mine(request, uuid)
    context = {
        "application": application,
        "events": told(application),
        "awaited": awaited(application),
        "ahead": ahead(application),
        "letters": Letter.objects.readable_by(request.user).about(application).order_by("-id"),
        "attachments": application.attachments.running(),
        "papers": papers_of(application),
        "rail": rail(application) if application.is_editable else [],
        "correction": last_correction(application),
        "may_withdraw": workflow.withdraw.open_to(application, request.user),
    }
    return render(request, "applications/detail.html", context)


def mine(request: HttpRequest, uuid: UUID) -> Application:
    """One of my applications; anybody else's is not found."""
    return get_object_or_404(Application.objects.of(request.user).select_related("batch", "unit", "organisation"), uuid=uuid)


def papers_of(application: Application) -> list[Paper]:
    """The papers made about it, and about the unit it became; of each the last issue, the latest first."""
    unit = application.unit
    certificates = unit.certificates.all() if unit else ()
    found = [paper for thing in (application, unit, *certificates) if thing for paper in Paper.objects.about(thing)]
    last: dict[str, Paper] = {}
    for paper in sorted(found, key=lambda paper: -paper.pk):
        last.setdefault(paper.number, paper)
    return list(last.values())


@open_to(signed_in)
def form(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The application form for the seal, as a PDF: made when it is asked for, and not kept."""
    application = get_object_or_404(Application.objects.select_related("batch"), uuid=uuid)
    if not rules.may_read(request.user, application):
        raise Http404
    return attached(papers.form(application), PDF, f"入会申请表_{application.number or '草稿'}.pdf")


def told(application: Application) -> list[dict[str, Any]]:
    """What happened, in the applicant's words: states reached and when; who in the office acted stays inside."""
    events = Event.objects.of(application).exclude(after="")
    return [{"state": event.after, "label": State(event.after).label, "at": event.at} for event in events]


def last_correction(application: Application) -> str:
    """The words of the letter that says what to put right, while something has to be; without its address and signature."""
    if application.state != State.CORRECTION:
        return ""
    letter = Letter.objects.about(application).filter(template="correction").last()
    return letter.body.partition(settings.SITE_URL)[0].strip() if letter else ""


PATH = (State.SUBMITTED, State.ACCEPTED, State.SCREENED, State.DELIBERATED, State.PUBLICITY, State.APPROVED, State.ADMITTED)
RANK = {State.DRAFT: -1, State.CORRECTION: -1, State.RESUBMITTED: 0, State.EXPERT_REVIEWED: 2, State.DEFERRED: 1, State.OBJECTION: 4} | {
    state: n for n, state in enumerate(PATH)
}


AWAITED: dict[str, tuple[Any, Any]] = {
    State.DRAFT: (
        gettext_lazy("Your submission"),
        gettext_lazy("A draft may stay incomplete; it counts for the batch that is open when it is submitted."),
    ),
    State.SUBMITTED: (gettext_lazy("Formal check"), gettext_lazy("If something has to be corrected, everything is told at once.")),
    State.RESUBMITTED: (
        gettext_lazy("Formal check of the correction"),
        gettext_lazy("If something has to be corrected, everything is told at once."),
    ),
    State.CORRECTION: (gettext_lazy("Your correction"), gettext_lazy("The corrected application is then checked again.")),
    State.ACCEPTED: (gettext_lazy("Preliminary review"), gettext_lazy("Reviewed by the notice's criteria, with experts where needed.")),
    State.SCREENED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.EXPERT_REVIEWED: (gettext_lazy("Deliberation"), gettext_lazy("The batch is deliberated together.")),
    State.DEFERRED: (gettext_lazy("Review with the next batch"), gettext_lazy("Number and materials stay; nothing has to be done now.")),
    State.DELIBERATED: (gettext_lazy("Public notice"), gettext_lazy("The list of the units that passed is published.")),
    State.PUBLICITY: (gettext_lazy("Public notice period"), gettext_lazy("Anyone may object in writing and by real name.")),
    State.OBJECTION: (gettext_lazy("Examination of an objection"), gettext_lazy("The public notice period rests until it is decided.")),
    State.APPROVED: (gettext_lazy("Admission"), gettext_lazy("The unit receives its membership number.")),
}


def awaited(application: Application) -> dict[str, Any] | None:
    """What is under way now, with its last day where it has one; nothing once it has ended."""
    if application.state not in AWAITED:
        return None
    label, note = AWAITED[application.state]
    until = (
        application.publicity_until
        if application.state == State.PUBLICITY
        else application.due_at
        if application.state != State.OBJECTION
        else None
    )
    return {"label": label, "note": note, "until": until, "guessed": until and not is_announced(until.astimezone(clock.SHANGHAI).year)}


COMING = {
    State.ACCEPTED: gettext_lazy("Formal check"),
    State.SCREENED: gettext_lazy("Preliminary review"),
    State.DELIBERATED: gettext_lazy("Deliberation"),
    State.PUBLICITY: gettext_lazy("Public notice"),
    State.ADMITTED: gettext_lazy("Admission"),
}


def ahead(application: Application) -> list[Any]:
    """The stations after the one under way; none once it has ended."""
    if application.state not in RANK:
        return []
    following = PATH[RANK[State(application.state)] + 2 :]
    return [label for state, label in COMING.items() if state in following]


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    """One section of the form. Saving keeps what is typed, complete or not; what is wrong is said at its field."""
    application = mine(request, uuid)
    if section not in SECTION_FORMS:
        raise Http404
    if not application.is_editable:
        return redirect(application)
    here = Section(section)
    form = SECTION_FORMS[here](posted(request), instance=application)
    if request.method == "POST" and form.is_valid():
        save(request, form)
        messages.success(request, _("Saved."))
        warn(request, form)
        return redirect(after(here, application))
    context = {
        "application": application,
        "form": form,
        "said": beneath(form),
        "section": here,
        "rail": rail(application, here),
        "is_last": here == list(Section)[-1],
    }
    return render(request, "applications/section.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save(request: HttpRequest, form: Any) -> None:
    """Write only the fields of this section, and only while the application may still change."""
    locked = Application.objects.select_for_update().get(pk=form.instance.pk)
    if not locked.is_editable:
        refusal = workflow.Refused(_("The application has been submitted meanwhile: nothing was changed."), thing=locked)
        refusal.typed = {Application.label(name): form.instance.in_words(name) for name in form.changed_data}
        raise refusal
    application = form.save(commit=False)
    application.saved_at = clock.now()
    application.save(update_fields=[*form._meta.fields, "saved_at"])
    ticked = [name for name in Declaration.values if name in form.fields and form.cleaned_data[name]]
    agree(application, ticked, by=request.user, language=get_language() or "", address=get_adapter().get_client_ip(request))


def warn(request: HttpRequest, form: Any) -> None:
    """What the number makes doubtful, once it or what it is compared with has changed; nothing is refused for it."""
    if {*ASKED} & {*form.changed_data} and "suggestion" in (said := beneath(form)):
        for sentence in said["suggestion"].warnings:
            messages.warning(request, sentence)


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The papers that go with the application: add one, look at them, take one away."""
    application = mine(request, uuid)
    if not application.is_editable:
        return redirect(application)
    if "remove" in request.POST:
        take_away(get_object_or_404(application.attachments.running(), file__uuid=uuid_in(request.POST["remove"])))
        messages.success(request, _("Taken away."))
        return redirect("applications:attachments", application.uuid)
    form = AttachmentForm(posted(request), request.FILES or None, application=application)
    if request.method == "POST" and form.is_valid() and is_attached(request, form):
        messages.success(request, _("Added."))
        return redirect("applications:attachments", application.uuid)
    context = {
        "application": application,
        "form": form,
        "section": Section.ATTACHMENTS,
        "rail": rail(application, Section.ATTACHMENTS),
        "attachments": application.attachments.running(),
        "wanted": wanted(application),
        "next": after(Section.ATTACHMENTS, application),
    }
    return render(request, "applications/attachments.html", context, status=422 if form.errors else 200)


def wanted(application: Application) -> list[dict[str, Any]]:
    """The papers that the secretariat's table names for such a unit, and which of them are there."""
    there = set(application.attachments.running().values_list("kind", flat=True))
    lines = RequiredPaper.objects.of_unit(application.jurisdiction, application.unit_type)
    return [{"line": line, "is_there": line.paper in there} for line in lines]


def uuid_in(text: str) -> UUID:
    """The uuid that was posted; anything else is not found."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def is_attached(request: HttpRequest, form: AttachmentForm) -> bool:
    """Whether the paper could be kept; else the form says at its field why not."""
    try:
        attach(form.application, form.cleaned_data["kind"], form.cleaned_data["file"], by=request.user)
    except ValidationError as refusal:
        form.add_error("file", refusal)
    return not form.errors


def after(section: Section, application: Application) -> Any:
    """The next section, or the check before submitting."""
    order = list(Section)
    following = order[order.index(section) + 1 :]
    return (
        redirect("applications:section", application.uuid, following[0].value).url
        if following
        else redirect("applications:submit", application.uuid).url
    )


def rail(application: Application, here: Section | None = None) -> list[dict[str, Any]]:
    """The sections in order, with how many answers each still lacks."""
    gaps = application.gaps
    empty = {
        section: not any(getattr(application, name) for name in names if name not in ("jurisdiction", "currency", "seat_wanted"))
        for section, names in FIELDS.items()
    }
    papers = application.attachments.running().count()
    return [
        {
            "section": s,
            "missing": len(gaps.get(s, [])),
            "is_here": s == here,
            "state": ("done" if papers else "") if s == Section.ATTACHMENTS else "done" if s not in gaps else "" if empty[s] else "part",
            "note": attached_in_words(papers) if s == Section.ATTACHMENTS else "",
        }
        for s in Section
    ]


def attached_in_words(papers: int) -> str:
    """How many papers there are; none is needed for submitting."""
    return ngettext("%(count)d attachment", "%(count)d attachments", papers) % {"count": papers} if papers else _("if there are any")


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
    context = {
        "application": application,
        "batch": Batch.objects.accepting(clock.now()).first(),
        "gaps": gaps_in_words(application),
        "said": said(application),
    }
    return render(request, "applications/submit.html", context)


def gaps_in_words(application: Application) -> list[dict[str, Any]]:
    """What is missing, by section, as links to the fields."""
    return [
        {"section": section, "fields": [{"name": name, "label": Application.label(name)} for name in names]}
        for section, names in application.gaps.items()
    ]


def said(application: Application) -> list[dict[str, Any]]:
    """All that would be submitted, by section: what was answered, and in which words; and which papers."""
    answers = {section: [answer(application, name) for name in names] for section, names in FIELDS.items()}
    papers = application.attachments.running()
    answers[Section.ATTACHMENTS] = [{"label": paper.get_kind_display(), "words": paper.file.title} for paper in papers]
    return [{"section": section, "answers": [each for each in answers[section] if each["words"]]} for section in Section]


def answer(application: Application, name: str) -> dict[str, Any]:
    return {"label": Application.label(name), "words": application.in_words(name), "unit": UNITS.get(name, "")}


@open_to(signed_in)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once, then withdraw."""
    application = mine(request, uuid)
    if request.method == "POST":
        workflow.withdraw(application, by=request.user)
        messages.success(request, _("Withdrawn. You may apply again at any time."))
        return redirect(application)
    if not workflow.withdraw.open_to(application, request.user):
        return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application})
