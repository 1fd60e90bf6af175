"""The board of a batch: every application in one table, narrowed, ranked and sorted as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Rank
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from alliance import clock
from alliance.calendar.days import due_after
from alliance.templatetags import portal
from applications.choices import AssignmentState, Outcome, Paper, State
from applications.models import Application, Assignment, Attachment, Batch, Conflict, Decision, Proposal, RequiredPaper
from members.choices import Direction, UnitType
from members.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict
    from django.utils.functional import Promise

COLUMNS: dict[str, str | Promise] = {
    "rank": _("rank"),
    "number": _("application number"),
    "name": _("name of the unit"),
    "unit_type": _("type of unit"),
    "region": _("region"),
    "main_direction": _("main direction"),
    "seat_wanted": _("seat in mind"),
    "state": _("state"),
    "missing": _("missing"),
    "reviews": _("reviews"),
    "average": _("average"),
    "spread": _("spread"),
    "conflicts": _("conflicts"),
    "recused": _("recusals"),
    "proposal": _("pending outcome"),
    "outcome": pgettext_lazy("board", "outcome"),
    "due_at": _("due"),
    "reg_no": _("registration number"),
    "scale": _("scale"),
    "submitted_at": _("submitted at"),
    "corrections": _("rounds of correction"),
    "contact_name": _("liaison officer: name"),
}
ALWAYS = "name"
USUAL = ("rank", "name", "unit_type", "region", "main_direction", "seat_wanted", "state", "missing", "reviews", "average", "spread", "conflicts", "recused", "proposal", "outcome", "due_at")  # fmt: skip
SORTED = {
    "number": ("number", "id"),
    "rank": (F("average").desc(nulls_last=True), "id"),
    "name": ("name", "id"),
    "state": ("state", "number"),
    "main_direction": ("main_direction", "number"),
    "region": ("region", "number"),
    "unit_type": ("unit_type", "number"),
    "due_at": (F("due_at").asc(nulls_last=True), "id"),
    "submitted_at": ("submitted_at", "id"),
    "spread": (F("spread").desc(nulls_last=True), "id"),
}
NARROWED = {"state": State.values, "main_direction": Direction.values, "unit_type": UnitType.values, "region": list(REGIONS)}
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class View:
    """What of the board somebody asks for: filters, words to search, order and columns; anything else in an address is left aside."""

    filters: dict[str, str]
    words: str
    order: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, asked: QueryDict, usual: Sequence[str] = USUAL) -> View:
        chosen = [name for name in asked.getlist("c") if name in COLUMNS]
        filters = {name: asked[name] for name, values in NARROWED.items() if asked.get(name) in values}
        order = asked.get("o", "")
        words = "".join(filter(str.isprintable, asked.get("q", "")[:LONGEST_SEARCH])).strip()
        return cls(filters, words, order if order in SORTED else "number", in_order(chosen or usual))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Columns in the board's own order, with the name, without which a row is nobody's."""
    wanted = {*names, ALWAYS}
    return tuple(name for name in COLUMNS if name in wanted)


def seen(batch: Batch, view: View, user: Any = None) -> Any:
    """The applications that a view shows, in its order, each with its average, its spread, and its rank among them."""
    rows = batch.applications.visible_in_office(user).filter(**view.filters)
    for word in view.words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(number__icontains=word) | Q(reg_no__icontains=word.upper()) | Q(contact_name__icontains=word)
        )
    rows = rows.with_average().with_spread()
    return rows.annotate(rank=Window(Rank(), order_by=F("average").desc(nulls_last=True))).order_by(*SORTED[view.order])


@dataclass(frozen=True)
class Row:
    """One application as the board shows it."""

    application: Application
    missing: list[str]
    assigned: int
    handed_in: int
    recused: int
    conflicts: int
    proposed: str
    decided: str

    @property
    def reviews(self) -> str:
        return f"{self.handed_in}/{self.assigned}" if self.assigned else ""

    def text(self, name: str) -> Any:
        """What a cell says; numbers as numbers."""
        if name in self.own:
            return self.own[name]
        return self.application.in_words(name)

    @cached_property
    def own(self) -> dict[str, Any]:
        """What is no answer of the form, or is drawn otherwise here."""
        application = self.application
        average, spread = (None if value is None else round(value, 2) for value in (application.average, application.spread))
        return {
            "rank": None if average is None else application.rank,
            "average": average,
            "spread": spread,
            "missing": pgettext("list", ", ").join(self.missing),
            "reviews": self.reviews or None,
            "recused": self.recused or None,
            "conflicts": self.conflicts or None,
            "proposal": str(Outcome(self.proposed).label) if self.proposed else "",
            "outcome": str(Outcome(self.decided).label) if self.decided else "",
            "due_at": portal.deadline_day(application.due_at),
            "submitted_at": portal.moment(application.submitted_at),
        }

    def cells(self, columns: Sequence[str]) -> list[tuple[str, Any]]:
        return [(name, self.text(name)) for name in columns]


def filled(applications: Sequence[Application], batch: Batch) -> list[Row]:
    """What stands beside each of a page's applications: one question for each kind of thing."""
    keys = [each.pk for each in applications]
    lines = list(RequiredPaper.objects.demanded())
    there: dict[int, set[str]] = {}
    for pk, kind in Attachment.objects.filter(application__in=keys, removed_at=None).values_list("application", "kind"):
        there.setdefault(pk, set()).add(kind)
    beside = {each.pop("pk"): each for each in stands_beside(keys, batch)}
    return [Row(each, missing(each, lines, there.get(each.pk, set())), **beside[each.pk]) for each in applications]


def stands_beside(keys: Sequence[int], batch: Batch) -> Any:
    """Of each: how many experts have it, have handed in and were recused, how many have to do with its unit, and what is proposed and decided."""
    held = Q(state__in=[AssignmentState.PROPOSED, AssignmentState.ASSIGNED, AssignmentState.REVIEWED])
    conflicts = Conflict.objects.running().filter(organisation=OuterRef("organisation")).order_by().values("organisation")
    proposed = Proposal.objects.pending().filter(application=OuterRef("pk"))
    decided = Decision.objects.filter(application=OuterRef("pk")).order_by("-decided_at", "-id")
    return Application.objects.filter(pk__in=keys).values(
        "pk",
        assigned=assigned_as(batch, held),
        handed_in=assigned_as(batch, held & Q(review__handed_in_at__isnull=False)),
        recused=assigned_as(batch, Q(state=AssignmentState.RECUSED)),
        conflicts=Coalesce(Subquery(conflicts.annotate(n=Count("pk")).values("n")), 0),
        proposed=Coalesce(Subquery(proposed.values("outcome")[:1]), Value("")),
        decided=Coalesce(Subquery(decided.values("outcome")[:1]), Value("")),
    )


def assigned_as(batch: Batch, standing: Q) -> Any:
    its = Assignment.objects.filter(standing, application=OuterRef("pk"), batch=batch).order_by().values("application")
    return Coalesce(Subquery(its.annotate(n=Count("pk")).values("n")), 0)


def missing(application: Application, lines: list[RequiredPaper], there: set[str]) -> list[str]:
    """The papers that the table demands of such a unit and that are not there; the sealed form, while it is awaited."""
    wanted = {
        line.paper
        for line in lines
        if line.jurisdiction in ("", application.jurisdiction) and line.unit_type in ("", application.unit_type)
    }
    awaited = {Paper.SEALED_FORM.value} if application.seal_due_at else set()
    return [str(paper.label) for paper in Paper if paper in (wanted - there) | awaited]


# ── The head of the board ────────────────────────────────────────────────────────────────────────────────────────────

STATIONS = (
    (_("Formal check"), (State.SUBMITTED, State.RESUBMITTED, State.CORRECTION)),
    (_("Preliminary review"), (State.ACCEPTED,)),
    (_("Deliberation"), (State.SCREENED, State.EXPERT_REVIEWED)),
    (_("Public notice"), (State.DELIBERATED, State.PUBLICITY, State.OBJECTION)),
    (_("Approval"), (State.APPROVED,)),
    (_("Admitted"), (State.ADMITTED,)),
)


def states(batch: Batch, user: Any = None) -> dict[str, dict[str, Any]]:
    """Of each state how many, and until when the last of them has to move."""
    rows = batch.applications.visible_in_office(user).order_by().values("state")
    return {
        each["state"]: each
        for each in rows.annotate(n=Count("pk"), first=Min("due_at"), last=Max("due_at"), noticed=Max("publicity_until"))
    }


def stations(batch: Batch, counts: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The path of the batch: what stands where now, and its last date."""
    found = [
        {
            "label": _("Submission deadline"),
            "count": "",
            "note": portal.deadline_day(batch.deadline) or _("not set"),
            "state": "done" if batch.is_closed else "now",
        }
    ]
    for label, group in STATIONS:
        here = [counts[state] for state in group if state in counts]
        count = sum(each["n"] for each in here)
        limits = (
            ("last", "noticed") if State.PUBLICITY in group else ("last",)
        )  # the end of the notice stays with what was approved after it
        dates = [each[name] for each in here for name in limits if each[name]]
        found.append(
            {
                "label": label,
                "count": count,
                "note": portal.deadline_day(max(dates)) if dates and label != _("Admitted") else "",
                "state": "now" if count and State.ADMITTED not in group else "done" if count else "",
            }
        )
    return found


def consequences(batch: Batch) -> list[str]:
    """What follows from the batch's dates, in words."""
    said = []
    if batch.is_closed:
        said.append(_("Closed on %(day)s: what was a draft then counts for the next batch.") % {"day": portal.deadline(batch.deadline)})
    elif batch.deadline:
        last = due_after(batch.deadline - timedelta(microseconds=1), batch.seal_days)
        said.append(
            _("Closes on %(day)s: drafts then count for the next batch; sealed forms may follow until %(seal)s.")
            % {"day": portal.deadline(batch.deadline), "seal": portal.deadline_day(last)}
        )
    else:
        said.append(_("No deadline is set: it receives until one is."))
    if batch.review_planned_on:
        said.append(
            _("%(body)s deliberates on %(day)s.") % {"body": batch.get_deciding_body_display(), "day": portal.day(batch.review_planned_on)}
        )
    ends = due_after(clock.now(), batch.publicity_days)
    said.append(
        _("Whoever is published today stands there %(days)d working days, until %(day)s.")
        % {"days": batch.publicity_days, "day": portal.deadline_day(ends)}
    )
    return [str(each) for each in said]
