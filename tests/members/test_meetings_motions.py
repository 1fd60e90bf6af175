"""Motions: put to the vote under a frozen rule, by show of hands or by name, and from then on resolutions."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliance.history.models import Event
from alliance.workflow import NotAllowed, Refused
from members import workflow
from members.choices import MeetingMode, MeetingState, MotionState
from members.models import Attendance, Motion, Resolution, Rule, Vote
from tests import factories

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hall(called: int, present: int, **changes):
    """A meeting in session."""
    return factories.meeting(units=[factories.unit() for _ in range(called)], present=present, **changes)


def motion(meeting, **changes) -> Motion:
    return Motion.objects.create(**{"meeting": meeting, "subject": "审议章程（草案）"} | changes)


def test_without_a_quorum_nothing_is_put_to_the_vote_and_the_numbers_are_said(people):
    made = motion(hall(25, 16))
    with translation.override("zh-hans"), pytest.raises(Refused, match="未达到法定人数：应到 25，实到 16，须到 17。"):
        workflow.open_motion(made, by=people.officer)
    workflow.sign_in(made.meeting.attendances.absent().first(), by=people.officer)
    workflow.open_motion(made, by=people.officer)
    assert (made.state, made.eligible) == (MotionState.OPEN, 25)


def test_a_quorum_that_went_is_no_quorum(people):
    made = factories.motion(people.officer, "open", units=[factories.unit() for _ in range(3)])
    for line in made.meeting.attendances.all()[:2]:
        workflow.undo_sign_in(line, by=people.officer, reason="离场")
    with pytest.raises(Refused):
        workflow.count_hands(made, by=people.officer, in_favour=1, against=0, abstaining=0)
    assert not Resolution.objects.exists()


def test_a_show_of_hands_adds_up_to_those_present(people):
    made = factories.motion(people.officer, meeting=hall(25, 22))
    step = reverse("admin:members_motion_step", args=["count_hands"])
    wrong = signed_in(people.officer).post(step, {"ids": made.pk, "in_favour": 20, "against": 1, "abstaining": 2}).content.decode()
    assert "赞成 20、不赞成 1、弃权 2，合计 23，而实到 22。" in wrong
    assert 'value="20"' in wrong
    with pytest.raises(Refused):
        workflow.count_hands(made, by=people.officer, in_favour=20, against=1, abstaining=2)
    assert not Resolution.objects.exists()
    signed_in(people.officer).post(step, {"ids": made.pk, "in_favour": 20, "against": 1, "abstaining": 1})
    made.refresh_from_db()
    found = made.resolution
    assert (found.eligible, found.present, found.in_favour, found.against, found.abstaining, found.quorum) == (25, 22, 20, 1, 1, 17)
    assert (made.state, found.passed, found.subject, found.meeting) == (MotionState.CLOSED, True, made.subject, made.meeting)


@pytest.mark.parametrize(
    ("weight", "in_favour", "passed"),
    [("resolutions", 12, True), ("resolutions", 11, False), ("weighty", 16, False), ("weighty", 17, True)],
)
def test_two_thirds_of_those_present_or_of_all_called_pass(people, weight, in_favour, passed):
    """25 called and 18 present: 12 pass an ordinary resolution, 17 a change of the charter."""
    made = factories.motion(people.officer, meeting=hall(25, 18), weight=weight)
    workflow.count_hands(made, by=people.officer, in_favour=in_favour, against=18 - in_favour, abstaining=0)
    assert made.resolution.passed == passed


def test_the_rule_is_the_term_s_and_frozen_when_voting_opens(people):
    rule = {"rule_numerator": 1, "rule_denominator": 2, "rule_inclusive": False, "rule_base": "present"}
    own = Rule.objects.create(term=factories.term(), matter="resolutions", source="章程第三十条", **rule)
    made = factories.motion(people.officer, units=[factories.unit() for _ in range(4)])
    own.rule_numerator = own.rule_denominator = 1
    own.save()
    workflow.count_hands(made, by=people.officer, in_favour=3, against=1, abstaining=0)
    found = made.resolution
    assert (found.rule_numerator, found.rule_denominator, found.rule_inclusive, found.passed) == (1, 2, False, True)


# ── By name ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_roll_call_is_entered_and_closes_when_everybody_has_a_vote(people):
    made = motion(hall(4, 3), way="named")
    workflow.open_motion(made, by=people.officer)
    officer, address = signed_in(people.officer), reverse("members_roll_call", args=[made.uuid])
    first, second, third = made.meeting.attendances.present()
    assert "已录入 1 票" in officer.post(address, {f"line_{first.pk}": "against"}, follow=True).content.decode()
    with translation.override("zh-hans"), pytest.raises(Refused, match="还有 2 个没有表决"):
        workflow.close_vote(made, by=people.officer)
    officer.post(address, {f"line_{second.pk}": "abstain", "rest": "favour"})
    assert dict(made.votes.values_list("attendance", "choice")) == {first.pk: "against", second.pk: "abstain", third.pk: "favour"}
    workflow.close_vote(made, by=people.officer)
    found = made.resolution
    assert (found.eligible, found.present, found.in_favour, found.against, found.abstaining) == (4, 3, 1, 1, 1)
    event = Event.objects.of(made).steps("cast").order_by("id").first()
    assert event.details == {"lines": [first.pk], "votes": ["against"]}


def test_a_vote_that_was_misheard_is_set_right_while_the_motion_is_open(people):
    made = factories.motion(people.officer, "open", way="named")
    line = made.meeting.attendances.first()
    assert workflow.cast(made, {line.pk: "against"}, by=people.officer) == 1
    assert workflow.cast(made, {line.pk: "against"}, by=people.officer) == 0
    assert made.votes.get(attendance=line).choice == "against"


def test_who_has_not_signed_in_does_not_vote_and_hands_are_not_named(people):
    made = motion(hall(3, 2), way="named")
    workflow.open_motion(made, by=people.officer)
    absent = made.meeting.attendances.absent().get()
    with pytest.raises(Refused):
        workflow.cast(made, {absent.pk: "favour"}, by=people.officer)
    hands = factories.motion(people.officer, "open")
    with pytest.raises(Refused):
        workflow.cast(hands, {hands.meeting.attendances.first().pk: "favour"}, by=people.officer)
    assert not Vote.objects.exists()


def ballot(people, **changes) -> tuple[Motion, Attendance]:
    """A named motion in an electronic meeting, the member's unit present with two others."""
    mode = changes.pop("mode", MeetingMode.ELECTRONIC)
    meeting = factories.meeting(units=[people.units["member"], factories.unit(), factories.unit()], mode=mode)
    made = motion(meeting, way="named", **changes)
    workflow.open_motion(made, by=people.officer)
    return made, meeting.attendances.get(unit=people.units["member"])


def test_voters_vote_on_ordinary_motions_by_phone_and_may_change_their_mind(people):
    made, line = ballot(people)
    member, address = signed_in(people.member), reverse("members_meeting", args=[made.meeting.uuid])
    assert made.subject in member.get(address).content.decode()
    for choice in ("favour", "abstain"):
        said = member.post(address, {"motion": made.pk, "line": line.pk, "choice": choice}, follow=True).content.decode()
    assert "您对“审议章程（草案）”的表决：弃权。" in said
    vote = Vote.objects.get()
    assert (vote.attendance, vote.choice, vote.cast_by) == (line, "abstain", people.member)


def test_nobody_votes_for_another(people):
    made, line = ballot(people)
    other = made.meeting.attendances.exclude(pk=line.pk).first()
    member, address = signed_in(people.member), reverse("members_meeting", args=[made.meeting.uuid])
    for typed in ({"line": other.pk}, {"choice": "maybe"}, {"motion": "x"}, {"line": ""}):
        assert member.post(address, {"motion": made.pk, "line": line.pk, "choice": "favour"} | typed).status_code == 404
    with pytest.raises(NotAllowed):
        workflow.cast(made, {other.pk: "favour"}, by=people.member)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("changes", [{"mode": "paper"}, {"weight": "weighty"}])
def test_on_paper_and_on_weighty_matters_nobody_votes_by_phone(people, changes):
    made, line = ballot(people, **changes)
    member, address = signed_in(people.member), reverse("members_meeting", args=[made.meeting.uuid])
    assert 'name="choice"' not in member.get(address).content.decode()
    assert member.post(address, {"motion": made.pk, "line": line.pk, "choice": "favour"}).status_code == 409 or not Vote.objects.exists()
    with pytest.raises(NotAllowed):
        workflow.cast(made, {line.pk: "favour"}, by=people.member)
    assert not Vote.objects.exists()


# ── What is settled ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_meeting_does_not_close_while_a_motion_is_voted_on(people):
    made = factories.motion(people.officer, "open")
    with pytest.raises(Refused, match="审议章程"):
        workflow.close_meeting(made.meeting, by=people.officer)
    workflow.withdraw_motion(made, by=people.officer, reason="补充材料")
    workflow.close_meeting(made.meeting, by=people.officer)
    assert (made.state, made.withdrawn_because, made.meeting.state) == (MotionState.WITHDRAWN, "补充材料", MeetingState.CLOSED)


def test_after_the_meeting_nothing_is_put_to_the_vote(people):
    made = motion(hall(3, 3))
    workflow.close_meeting(made.meeting, by=people.officer)
    with pytest.raises(Refused):
        workflow.open_motion(made, by=people.officer)


def test_a_resolution_of_a_motion_serves_whoever_needs_one(people):
    """What a batch, a sanction or an expulsion rests on is the same row as ever."""
    made = factories.motion(people.officer, "closed")
    assert made.resolution in Resolution.objects.of_assemblies(["members"])
    assert made.meeting.resolutions.get() == made.resolution


def refused(change) -> bool:
    """Whether the database refuses."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_on_postgresql_votes_and_motions_are_frozen_once_voted_on(people):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone promises it")
    made = factories.motion(people.officer, "closed", way="named")
    vote, late = made.votes.first(), hall(1, 1).attendances.get()
    assert refused(lambda: made.votes.update(choice="against"))
    assert refused(vote.delete)
    assert refused(lambda: Vote.objects.create(motion=made, attendance=late, choice="favour", cast_by=people.officer))
    assert refused(lambda: Motion.objects.filter(pk=made.pk).update(subject="别的"))
    assert refused(made.delete)
    assert refused(lambda: Resolution.objects.filter(pk=made.resolution_id).update(in_favour=0))


def test_on_postgresql_a_withdrawn_motion_stays_as_it_is(people):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone promises it")
    made = factories.motion(people.officer, "withdrawn")
    assert refused(lambda: Motion.objects.filter(pk=made.pk).update(state="prepared"))


def test_a_motion_is_prepared_beside_its_meeting_and_does_not_change_once_put_to_the_vote(people):
    meeting, officer = hall(3, 3), signed_in(people.officer)
    item = meeting.agenda.create(position=1, title="审议章程（草案）")
    elsewhere = hall(1, 1).agenda.create(position=1, title="别的会议的议程")
    page = officer.get(reverse("admin:members_motion_add"), {"meeting": meeting.pk}).content.decode()
    assert str(item) in page
    assert str(elsewhere) not in page
    typed = {"meeting": meeting.pk, "item": item.pk, "subject": "通过章程（草案）", "weight": "weighty", "way": "hands"}
    assert officer.post(reverse("admin:members_motion_add") + f"?meeting={meeting.pk}", typed).status_code == 302
    made = Motion.objects.get()
    workflow.open_motion(made, by=people.officer)
    change = reverse("admin:members_motion_change", args=[made.pk])
    assert officer.post(change, typed | {"subject": "别的"}).status_code == 403
    assert "以应到数为基数" in officer.get(change).content.decode()


@pytest.mark.parametrize("name", ["members_roll_call", "admin:members_motion_change", "admin:members_meeting_change"])
def test_the_pages_of_a_vote_take_the_same_statements_however_many_vote(people, name, django_assert_max_num_queries):
    officer, asked = signed_in(people.officer), []
    for count in (1, 3, 30):
        made = factories.motion(people.officer, "open", way="named", units=[factories.unit() for _ in range(count)])
        key = {"members_roll_call": made.uuid, "admin:members_motion_change": made.pk}.get(name, made.meeting_id)
        with django_assert_max_num_queries(60) as run:
            assert officer.get(reverse(name, args=[key])).status_code == 200
        asked.append(len(run))
    assert asked[1] == asked[2], asked  # the first reads what the others find in the cache
