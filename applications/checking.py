"""The checklist of the formal check: what has to hold for such a unit, and what the portal can say of it already.

It decides nothing: a line that is found wanting proposes a defect of the code list, and the clerk says whether it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications import sealing
from applications.choices import Defect, Ground, NominatedBy, Paper, SeatWanted
from applications.models import RequiredPaper
from applications.models.answers import CAPABILITIES, is_hosted
from members.choices import LegalForm, Standing
from members.identifiers import check, describe

if TYPE_CHECKING:
    from applications.duplicates import Likeness
    from applications.models import Application, Attachment

BRIEF = 40  # characters: a capability told in fewer says little
HOLDS, LOOK, WANTING = "done", "go", "todo"  # tones: found in order, for the eye, found wanting


@dataclass(frozen=True)
class Point:
    """One line of the list: what has to hold, what was found, and which defect or ground it would be."""

    label: Any
    tone: str
    said: Any = ""
    defect: str = ""
    ground: str = ""
    paper: str = ""  # a kind of paper to look at beside it


def points(application: Application, papers: list[Attachment], likenesses: list[Likeness]) -> list[Point]:
    """The checklist of one application; `papers` are those of the version last submitted."""
    return [
        *demanded(application, papers),
        seal(application),
        Point(_("The name is that of the certificate, letter by letter"), LOOK, application.name, Defect.C03, paper=Paper.CERTIFICATE),
        number(application),
        Point(_("The certificate is valid and can be read"), LOOK, "", Defect.C05, paper=Paper.CERTIFICATE),
        legal_person(application),
        Point(_("The liaison officer can be reached"), LOOK, f"{application.contact_name} · {application.contact_phone}", Defect.C06),
        capability(application),
        direction(application),
        *recommended(application, papers),
        Point(_("Who signed is the legal representative, or authorised"), LOOK, application.legal_representative, Defect.C10, paper=Paper.AUTHORISATION),
        applied_once(likenesses),
    ]  # fmt: skip


def demanded(application: Application, papers: list[Attachment]) -> list[Point]:
    """The papers that the office's table demands of such a unit."""
    there = {paper.kind for paper in papers}
    lines = RequiredPaper.objects.of_unit(application.jurisdiction, application.unit_type).demanded()
    return [
        Point(line.what or line.get_paper_display(), LOOK if line.paper in there else WANTING, "" if line.paper in there else _("Not there"), Defect.C01, paper=line.paper)
        for line in lines
    ]  # fmt: skip


def seal(application: Application) -> Point:
    label = _("The form is sealed, and is that of the version submitted")
    if sealing.is_sealed(application):
        return Point(label, HOLDS, "", Defect.C02, paper=Paper.SEALED_FORM)
    if sealing.awaits_eye(application):
        return Point(label, LOOK, _("A scan waits to be looked at"), Defect.C02, paper=Paper.SEALED_FORM)
    return Point(label, WANTING, _("Not there"), Defect.C02)


def number(application: Application) -> Point:
    """What the number says for itself; a warning is for the eye, whatever it says."""
    label = _("The registration number passes its check")
    try:
        check(application.jurisdiction, application.reg_no)
    except ValidationError as wrong:
        return Point(label, WANTING, " ".join(wrong.messages), Defect.C04)
    found = describe(application.jurisdiction, application.reg_no, application.name)
    said = " · ".join(map(str, (application.reg_no, found.level.label, *found.warnings)))
    return Point(label, HOLDS if found.level == Standing.CHECKED and not found.warnings else LOOK, said, Defect.C04)


def legal_person(application: Application) -> Point:
    """Council and member units are lawfully registered legal persons (the notice, annex, part 4)."""
    label = _("It is a lawfully registered legal person, or has a host unit")
    if application.legal_form == LegalForm.LEGAL_PERSON:
        return Point(label, LOOK, application.get_legal_form_display(), ground=Ground.J01, paper=Paper.CERTIFICATE)
    if is_hosted(application):
        return Point(label, LOOK, f"{application.host_name} · {application.host_no}", ground=Ground.J01, paper=Paper.ALLIANCE)
    return Point(label, WANTING, application.get_legal_form_display(), ground=Ground.J01)


def capability(application: Application) -> Point:
    """At least one of research, service and industrialisation (the notice, annex, part 4)."""
    longest = max((len(getattr(application, name)) for name in CAPABILITIES), default=0)
    return Point(
        _("At least one capability is told so that it can be judged"),
        LOOK if longest >= BRIEF else WANTING,
        "" if longest >= BRIEF else _("The longest has %(count)d characters") % {"count": longest},
        Defect.C07,
    )


def direction(application: Application) -> Point:
    chosen = application.get_main_direction_display()
    return Point(_("A main direction is chosen"), HOLDS if chosen else WANTING, chosen, Defect.C08)


def recommended(application: Application, papers: list[Attachment]) -> list[Point]:
    """Only where a recommendation is named as the way to a seat."""
    if application.seat_wanted == SeatWanted.MEMBER or application.nomination_kind != NominatedBy.RECOMMENDED:
        return []
    is_there = any(paper.kind == Paper.RECOMMENDATION for paper in papers)
    return [
        Point(
            _("The recommendation is there"), LOOK if is_there else WANTING, application.recommender, Defect.C09, paper=Paper.RECOMMENDATION
        )
    ]


def applied_once(likenesses: list[Likeness]) -> Point:
    label = _("No other application or member is the same unit")
    return Point(label, WANTING if likenesses else HOLDS, _("See below") if likenesses else "", ground=Ground.J06)


def proposed(points: list[Point]) -> list[dict[str, Any]]:
    """What the list finds wanting, as the correction's form takes it."""
    codes = dict.fromkeys(point.defect for point in points if point.tone == WANTING and point.defect)
    return [{"code": str(code), "fields": [], "words": ""} for code in codes]
