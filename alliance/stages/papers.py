"""Which papers of ours are the papers that the plan names, and whether each is made or missing.

A paper of the plan is made by one of the portal's kinds, on the page of the thing it is about, or it is a file of the office's
that was attached. Of both the portal's own counts: it has a number, and its bytes are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.urls import reverse

from alliance.documents.kinds import KINDS
from alliance.documents.models import Paper
from alliance.history.models import kind_of
from alliance.stages.choices import NAMED_IN, PaperName
from alliance.stages.models import StagePaper
from applications.models import Batch
from members.choices import Assembly
from members.models import Meeting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

FIRST_TERM = 1


def founding_meetings() -> QuerySet:
    """The assemblies at which the alliance is founded; those of later terms are its daily life."""
    return Meeting.objects.filter(assembly=Assembly.MEMBERS, term__number=FIRST_TERM)


@dataclass(frozen=True)
class Source:
    """Where the portal makes a paper: its kind (alliance/documents/kinds.py), about which things, and the list they stand in."""

    kind: str
    about: Callable[[], QuerySet]
    address: str
    asked: str = ""

    @property
    def url(self) -> str:
        return reverse(self.address) + self.asked

    @property
    def among(self) -> Q:
        """Which papers it makes."""
        things = self.about()
        return Q(kind=self.kind, kind_of_thing=kind_of(things.model), thing_id__in=things.order_by().values("pk"))


def of_founding(kind: str) -> Source:
    return Source(kind, founding_meetings, "admin:members_meeting_changelist", f"?assembly__exact={Assembly.MEMBERS}")


SOURCES = {
    PaperName.CALL: Source("call_for_members", Batch.objects.all, "admin:applications_batch_changelist"),
    PaperName.ELECTION_METHOD: of_founding("election_method"),
    PaperName.AGENDA: of_founding("meeting_agenda"),
    PaperName.SCRIPT: of_founding("meeting_script"),
    PaperName.PREPARATION_REPORT: of_founding("preparation_report"),
}


def source_of(name: str) -> Source | None:
    """Where the portal makes this paper; nothing while none of its kinds is that paper, and the office attaches it."""
    source = SOURCES.get(PaperName(name))
    return source if source and source.kind in KINDS else None


@dataclass(frozen=True)
class Line:
    """One paper of the plan as it stands: what there is of it, with number and day (of ours, when it was made); or where it comes from."""

    name: str
    label: str
    url: str
    number: str = ""
    dated: date | None = None
    is_made: bool = False
    is_attached: bool = False


def lines() -> dict[int, list[Line]]:
    """The papers of each stage, in the plan's order."""
    rows, made = {row.name: row for row in StagePaper.objects.with_upload()}, latest()
    return {int(stage): [line(rows[name], made) for name in names if name in rows] for stage, names in NAMED_IN.items()}


def latest() -> dict[str, Paper]:
    """Of each kind that the plan names the latest paper, without its bytes; asked once for all."""
    ours = reduce(or_, (source.among for source in SOURCES.values() if source.kind in KINDS))
    last = Paper.objects.filter(ours).order_by().values("kind").annotate(last=Max("pk")).values("last")
    return {paper.kind: paper for paper in Paper.objects.filter(pk__in=last).defer("content")}


def line(row: StagePaper, made: dict[str, Paper]) -> Line:
    """Made by the portal, attached by the office, or missing: then the link leads to where it is made or attached."""
    said: dict[str, Any] = {"name": row.name, "label": row.get_name_display()}
    source = source_of(row.name)
    if source and (paper := made.get(source.kind)):
        return Line(url=paper.get_absolute_url(), number=paper.number, dated=paper.made_at, is_made=True, **said)
    if row.upload:
        dated = row.dated_on or row.uploaded_at
        return Line(url=reverse("file", args=[row.upload]), number=row.number, dated=dated, is_made=True, is_attached=True, **said)
    return Line(url=source.url if source else row.get_absolute_url(), **said)
