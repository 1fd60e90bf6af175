"""The pages that draw on several apps: home, the call, my unit, private files; and what every page knows."""

from __future__ import annotations

from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Q
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from alliance import clock
from alliance.accounts.doors import anyone, open_to, signed_in, wants_json
from alliance.announcements import entries
from alliance.announcements import rules as announcement_rules
from alliance.documents.models import Paper
from alliance.documents.serving import attached
from alliance.facts.models import ContactDesk, Facts, facts
from alliance.files import pictures, serving
from alliance.files.models import StoredFile
from alliance.stages import rules as stage_rules
from alliance.stages.overview import public_plan
from applications import rules as application_rules
from applications.models import Batch
from council import rules as council_rules
from council.models import Seat
from members import rules as member_rules
from members.choices import Direction, Jurisdiction, UnitType
from members.models import MemberUnit, Term
from members.regions import GUANGDONG

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise


class Roles:
    """What the reader of a page is, asked only where a page wants to know."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def member(self) -> bool:
        return self.user.is_authenticated and MemberUnit.objects.of(self.user).exists()

    @cached_property
    def office(self) -> bool:
        return self.user.is_authenticated and self.user.is_staff

    @cached_property
    def expert(self) -> bool:
        return self.user.is_authenticated and application_rules.is_expert(self.user)

    @cached_property
    def sees_dashboard(self) -> bool:
        return council_rules.sees_dashboard(self.user)


class Site:
    """What every page says of the alliance, read once a page and only if it is said."""

    embedded = settings.EMBEDDED

    def __init__(self, request: HttpRequest) -> None:
        self.theme = theme if (theme := request.COOKIES.get("theme")) in ("light", "dark") else ""
        self.roles = Roles(request.user) if hasattr(request, "user") else None

    @cached_property
    def facts(self) -> Facts:
        return facts()

    @property
    def demo(self) -> bool:
        return self.facts.is_demo

    @property
    def founding(self) -> bool:
        return self.facts.is_founding

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def short_name(self) -> str:
        return self.facts.short_name

    @property
    def office(self) -> Promise:
        """The Preparatory Working Group before the founding, the Secretariat after it."""
        return self.facts.office


def site(request: HttpRequest) -> dict[str, Site]:
    """What every page knows, by two names: allauth puts a `site` of its own before ours on its pages."""
    ours = Site(request)
    return {"site": ours, "portal": ours}


NEWS = 6  # lines on the home page


@open_to(anyone)
def home(request: HttpRequest) -> HttpResponse:
    """The alliance, the current batch and its countdown, how to join, and figures."""
    batch = Batch.objects.accepting(clock.now()).with_figures().first()
    units = MemberUnit.objects.running()
    by_direction = dict(units.values_list("organisation__main_direction").annotate(count=Count("pk")))
    context = {
        "batch": batch,
        "directions": [{"value": value, "label": label, "count": by_direction.get(value, 0)} for value, label in Direction.choices],
        "figures": figures(units),
        "stages": public_plan(),
        "news": entries.latest(request.user, NEWS),
        "desks": ContactDesk.objects.open(),
    }
    return render(request, "home.html", context)


def figures(units: Any) -> dict[str, int]:
    """At most five numbers, each counted by the database."""
    away = ~Q(organisation__jurisdiction=Jurisdiction.MAINLAND) | ~Q(organisation__region__in=GUANGDONG)
    counted = units.aggregate(
        units=Count("pk"),
        cities=Count("organisation__region", distinct=True, filter=Q(organisation__region__in=GUANGDONG)),
        elsewhere=Count("pk", filter=away),
        alliances=Count("pk", filter=Q(organisation__unit_type=UnitType.ALLIANCE)),
    )
    term = Term.objects.current()
    seats = Seat.objects.filter(term=term).planned()
    planned = seats.count()
    return counted | {"seats": planned, "seated": planned - seats.vacant().count()}


@open_to(anyone)
def notice(request: HttpRequest) -> HttpResponse:
    """The call, retold from notice 粤科函产字〔2020〕864号."""
    return render(request, "notice.html", {"stages": public_plan(), "desks": ContactDesk.objects.open()})


@open_to(signed_in)
def after_login(request: HttpRequest) -> HttpResponse:
    """To where a person's work is: the desk, their unit, the experts' room, or their applications."""
    roles = Roles(request.user)
    return redirect("admin:index" if roles.office else "unit" if roles.member else "reviews" if roles.expert else "applications:list")


READABLE = (
    application_rules.readable,
    application_rules.readable_objections,
    member_rules.readable_sealed,
    stage_rules.readable,
)  # each: the things of one kind whose files a person may read


@open_to(anyone)
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A kept file: an announcement's, for whoever may read that now, signed in or not; any other is private."""
    found = announced_file(request, uuid)
    return handed_out(request, found) if found else private_file(request, uuid)


@open_to(anyone)
@require_safe
def file_page(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One of its pages as a picture of our own drawing."""
    found = announced_file(request, uuid)
    return page_of(request, found, number) if found else private_page(request, uuid, number)


def announced_file(request: HttpRequest, uuid: UUID) -> StoredFile | None:
    """An announcement's, while it is in force."""
    return StoredFile.objects.about(announcement_rules.readable(request.user)).filter(uuid=uuid).first()


@open_to(signed_in)
def private_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For whoever may read what it belongs to."""
    return handed_out(request, readable_file(request, uuid))


@open_to(signed_in)
def private_page(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    return page_of(request, readable_file(request, uuid), number)


def handed_out(request: HttpRequest, found: StoredFile) -> HttpResponse:
    """One that the virus scanner has not let through is explained instead."""
    if not found.is_served:
        return render(request, "files/locked.html", {"file": found}, status=HTTPStatus.LOCKED)
    return serving.whole(request, found)


def page_of(request: HttpRequest, found: StoredFile, number: int) -> HttpResponse:
    if pictures.picture(found, number) is None:
        raise Http404
    return serving.page(request, found, number)


def readable_file(request: HttpRequest, uuid: UUID) -> StoredFile:
    """Anybody else's is not found. An expert reads the papers of the version under review, and no others."""
    if found := application_rules.paper_under_review(request.user, uuid):
        return found
    return get_object_or_404(
        StoredFile.objects.about(*(readable(request.user) for readable in READABLE), *member_rules.readable(request.user)), uuid=uuid
    )


PAPERS_OF = {  # whose the papers about a thing are, besides the secretariat's
    "applications.application": application_rules.may_fill_in,
    "applications.handover": application_rules.may_see_handover,
    "members.memberunit": member_rules.is_party,
    "members.certificate": lambda by, certificate: member_rules.acts_for_unit(by, certificate.unit),
    **dict.fromkeys(
        ("members.change", "members.suspension", "members.sanction", "members.expulsion"),
        lambda by, thing: member_rules.is_party(by, thing.unit),
    ),
    "members.succession": lambda by, thing: member_rules.is_party(by, thing.predecessor) or member_rules.is_party(by, thing.successor),
    "members.bodytenure": member_rules.is_theirs,
    "council.unittenure": lambda by, tenure: member_rules.acts_for_unit(by, tenure.unit),
    "council.persontenure": lambda by, person: member_rules.acts_for_unit(by, person.unit_tenure.unit),
}


@open_to(signed_in)
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A paper as it was made, to keep: for the secretariat, and for whom it is about."""
    found = get_object_or_404(Paper, uuid=uuid)
    seen = Paper.objects.about_any(admin.site.things_within_reach(request.user))
    if not (request.user.is_secretariat and seen.filter(pk=found.pk).exists()):
        thing = apps.get_model(found.kind_of_thing).objects.filter(pk=found.thing_id).first()
        theirs = PAPERS_OF.get(found.kind_of_thing)
        if thing is None or theirs is None or not theirs(request.user, thing):
            raise Http404
    return attached(bytes(found.content), found.media_type, found.file_name)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from another page, or its time was over; a script asks for a fresh token and comes again."""
    if wants_json(request):
        return JsonResponse({"signed_in": request.user.is_authenticated, "token": False}, status=403)
    return render(request, "403_csrf.html", status=403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read is not read again: Django's own page would look for its token in it, and fail once more."""
    return HttpResponseBadRequest(render_to_string("400.html"))
