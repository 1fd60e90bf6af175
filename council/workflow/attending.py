"""What members cannot know of a meeting: who is called to the council's, and who stands in an election."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from council.models import Candidate, PersonTenure, UnitTenure
from members.choices import Assembly, MembershipState
from members.models import Attendance
from members.papers.minutes import reports_elections
from members.workflow import calls, names_candidates

if TYPE_CHECKING:
    from members.models import Meeting


@calls(Assembly.COUNCIL)
def seated(meeting: Meeting) -> list[Attendance]:
    """Every unit that holds a seat of the term and has its rights, with the person who fills the seat."""
    sits = PersonTenure.objects.filter(ended_on=None).select_related("representative")
    tenures = UnitTenure.objects.running().filter(term=meeting.term, unit__state=MembershipState.ACTIVE).order_by("seat__number")
    return [line_of(meeting, tenure) for tenure in tenures.prefetch_related(Prefetch("persons", sits, to_attr="in_person"))]


def line_of(meeting: Meeting, tenure: UnitTenure) -> Attendance:
    person = tenure.in_person[0].representative if tenure.in_person else None
    return Attendance(meeting=meeting, unit_id=tenure.unit_id, voter=getattr(person, "name", ""), user_id=getattr(person, "user_id", None))


@names_candidates
def candidates(meeting: Meeting) -> set[int]:
    """The units that stand in a contest of the meeting, by themselves or with their person."""
    stand = Candidate.objects.filter(contest__meeting=meeting)
    return {key for pair in stand.values_list("nomination__unit", "unit") for key in pair if key}


@reports_elections
def elected(meeting: Meeting) -> list[str]:
    """Whom each contest of the meeting has seated."""
    tenures = UnitTenure.objects.filter(contest__meeting=meeting).select_related("unit__organisation", "contest").order_by("seat__number")
    sits = PersonTenure.objects.select_related("representative").order_by("begins_on", "id")
    found: dict[str, list[str]] = {}
    for tenure in tenures.prefetch_related(Prefetch("persons", sits, to_attr="in_person")):
        person = f"（{tenure.in_person[0].representative.name}）" if tenure.in_person else ""
        found.setdefault(str(tenure.contest), []).append(f"{tenure.unit.organisation.name}{person}")
    for contest in meeting.contests.exclude(body=None).prefetch_related("body_tenures__expert", "body_tenures__unit__organisation"):
        for tenure in contest.body_tenures.all():
            found.setdefault(str(contest), []).append(tenure.holder)
    return [f"选举{post}：{'、'.join(names)}当选。" for post, names in found.items()]
