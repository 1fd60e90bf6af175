"""Which units may be one and the same: found by their signs and shown to the clerk, never merged here.

A sign is kept in a form in which two ways of writing it are one: the organisation code inside a credit code (GB 11714), a
name without its place, its legal form and its script, a telephone by its figures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.crypto import salted_hmac

from applications.choices import TraceKind
from applications.models import Trace
from members import regions
from members.choices import Jurisdiction
from members.identifiers import normalise
from members.models import Organisation
from members.querysets import reach_of
from members.spelling import simplified

if TYPE_CHECKING:
    from applications.models import Application, Batch

Sign = tuple[str, str]
FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团|公司|limited|ltd|limitada|lda|coltd|corporation|corp|inc|company|co)+$", re.IGNORECASE
)
ADDED = re.compile(r"[\W_]+")
LEAST = 2  # characters of a name without its place: shorter ones say nothing
CODE = slice(8, 17)  # the organisation code within a credit code of 18 characters
CREDIT = 18
SALT = "applications.duplicates"
MOST, MOST_LISTED = 50, 500  # shared signs: more say nothing any more
CHINESE = "zh-hans"


@dataclass
class Likeness:
    """An organisation that may be the same, and by which signs."""

    organisation: Organisation
    kinds: list[TraceKind] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)


# ── signs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def places() -> re.Pattern[str]:
    """A place's name at the head or at the end of a name, the longest first."""
    with translation.override(CHINESE):
        names = {str(name) for name in regions.REGIONS.values()} | {"中国", "广东", "粤港澳大湾区", "大湾区"}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(f"^({either})[市省区]?|({either})$")


def plain(name: str) -> str:
    """A name as it is compared: 深圳市嶺曜（演示）股份有限公司 and 岭曜演示有限公司 are the same.

    The place is left out of a company's name alone: without it every university would be the same.
    """
    text = ADDED.sub("", simplified().convert(unicodedata.normalize("NFKC", name)).lower())
    stripped = FORMS.sub("", text)
    while stripped != text and (shorter := places().sub("", stripped)) != stripped:
        stripped = shorter
    return stripped if len(stripped) >= LEAST else text


def bare_number(jurisdiction: str, reg_no: str) -> str:
    """A registration number as it is compared: of a credit code the organisation code inside it."""
    number = normalise(reg_no)
    is_credit = jurisdiction == Jurisdiction.MAINLAND and len(number) == CREDIT
    return f"{jurisdiction}:{number[CODE] if is_credit else ''.join(filter(str.isalnum, number))}"


def veiled(kind: str, value: str) -> str:
    """What is somebody's own stands here as a digest that only this portal can make."""
    return salted_hmac(SALT, f"{kind}:{value}", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def of_unit(organisation: Organisation) -> set[Sign]:
    """The signs that the register itself has of a unit, former names among them."""
    names = {organisation.name, *(former.name for former in organisation.former_names.all())}
    return {
        (TraceKind.NUMBER, bare_number(organisation.jurisdiction, organisation.reg_no)),
        *((TraceKind.NAME, plain(name)[:120]) for name in names),
    }


def of_application(application: Application) -> set[Sign]:
    """The signs that an application adds."""
    persons = {
        TraceKind.MOBILE: "".join(filter(str.isdigit, application.contact_phone)),
        TraceKind.EMAIL: application.contact_email.lower(),
    }
    return {
        (TraceKind.NUMBER, bare_number(application.jurisdiction, application.reg_no)),
        (TraceKind.NAME, plain(application.name)[:120]),
        *((kind, veiled(kind, value)) for kind, value in persons.items() if value),
    }


def leave(organisation: Organisation, signs: set[Sign]) -> None:
    """Keep them; those that are there stay as they are, so that a former name goes on telling."""
    rows = [Trace(organisation=organisation, kind=kind, value=value) for kind, value in sorted(signs)]
    Trace.objects.bulk_create(rows, ignore_conflicts=True)


def leave_missing() -> int:
    """Keep the signs that the register has and that are not kept yet: of units that came in as a table, or have a new name; returns of how many."""
    found = Organisation.objects.filter(Q(traces=None) | Q(former_names__isnull=False)).distinct().prefetch_related("former_names")
    kept = {*Trace.objects.filter(organisation__former_names__isnull=False).values_list("organisation", "kind", "value")}
    signs = ((each, kind, value) for each in found.iterator(chunk_size=1000) for kind, value in of_unit(each))
    rows = [Trace(organisation=each, kind=kind, value=value) for each, kind, value in signs if (each.pk, str(kind), value) not in kept]
    Trace.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len({row.organisation_id for row in rows})


# ── likenesses ───────────────────────────────────────────────────────────────────────────────────────────────────────


def alike(application: Application, user: Any = None) -> list[Likeness]:
    """The other units that share a sign with this one and that `user` sees, with their applications that were submitted; in a fixed number of questions."""
    signs = of_application(application)
    wanted = Q()
    for kind, value in signs:
        wanted |= Q(kind=kind, value=value)
    if reach_of(user) is not None:
        wanted &= Q(organisation__in=Organisation.objects.within_reach(user).values("pk"))
    shared = Trace.objects.filter(wanted).exclude(organisation=application.organisation_id).select_related("organisation")
    found: dict[int, Likeness] = {}
    for trace in shared[:MOST]:
        likeness = found.setdefault(trace.organisation_id, Likeness(trace.organisation))
        likeness.kinds.append(TraceKind(trace.kind))
    for other in type(application).objects.visible_in_office(user).filter(organisation__in=found).order_by("id"):
        found[other.organisation_id].applications.append(other)
    return sorted(found.values(), key=lambda each: (-len(each.kinds), each.organisation.pk))


def doubles(batch: Batch) -> list[Likeness]:
    """The units of a batch that share a sign with any other, with what they share; the report of its closing."""
    theirs = Trace.objects.filter(organisation__applications__batch=batch, organisation__applications__submitted_at__isnull=False)
    others = Trace.objects.filter(kind=OuterRef("kind"), value=OuterRef("value")).exclude(organisation=OuterRef("organisation"))
    found: dict[int, Likeness] = {}
    for trace in theirs.filter(Exists(others)).select_related("organisation").distinct().order_by("organisation__name")[:MOST_LISTED]:
        found.setdefault(trace.organisation_id, Likeness(trace.organisation)).kinds.append(TraceKind(trace.kind))
    for application in batch.applications.visible_in_office(None).filter(organisation__in=found).order_by("id"):
        found[application.organisation_id].applications.append(application)
    return list(found.values())
