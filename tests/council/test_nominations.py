"""From a call to a settled list: who is put forward, who agrees, who is found eligible, and in which order they stand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alliance import clock
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused, WrongState
from council import eligibility, workflow
from council.choices import CallState, NominationState
from council.models import Call, Nomination, Seat
from council.strokes import strokes_of
from members import workflow as membership
from members.choices import Direction, Tier
from members.models import Colleague, Resignation
from tests import factories

HYDROGEN = {"tier": Tier.DIRECTOR, "direction": Direction.HYDROGEN}


@pytest.fixture
def call(db):
    return factories.call()


def post(**changes):
    return {"term": factories.term(), "reason": "骨干单位", **HYDROGEN, **changes}


def test_nominations_are_taken_only_while_a_call_is_open(people):
    mine = people.units["member"]
    with pytest.raises(Refused):
        workflow.nominate(mine, by=people.member, **post())
    call = factories.call()
    for days in (-1, 11):
        with clock.at(clock.now() + timedelta(days=days)), pytest.raises(Refused):
            workflow.nominate(mine, by=people.member, **post())
    with clock.at(clock.midnight(call.closes_on) + timedelta(hours=23, minutes=59)):
        assert workflow.nominate(mine, by=people.member, **post()).call == call


def test_only_an_active_unit_is_nominated_and_only_once_for_a_post(call, people):
    with pytest.raises(Refused):
        workflow.nominate(factories.unit(state="suspended"), by=people.officer, **post())
    mine = people.units["member"]
    nomination = workflow.nominate(mine, by=people.member, **post())
    assert (nomination.kind, nomination.state) == ("self", NominationState.ACCEPTED)
    with pytest.raises(Refused):
        workflow.nominate(mine, by=people.member, **post())
    with pytest.raises(NotAllowed):
        workflow.nominate(people.units["council"], by=people.member, **post())


def test_a_post_without_a_vacant_seat_takes_no_nomination(call, people):
    factories.seated(factories.unit(), by=people.secretary)
    with pytest.raises(Refused):
        workflow.nominate(people.units["member"], by=people.member, **post(tier=Tier.CHAIR, direction=""))


def test_whoever_sits_stands_for_a_higher_seat_alone(call, people):
    sitting = factories.unit()
    factories.seated(sitting, by=people.secretary, tier=Tier.VICE_CHAIR, direction="icv")
    for tier, direction in ((Tier.DIRECTOR, "electric"), (Tier.VICE_CHAIR, "electric")):
        with pytest.raises(Refused, match="本届席位"):
            workflow.nominate(sitting, by=people.officer, **post(tier=tier, direction=direction))
    assert workflow.nominate(sitting, by=people.officer, **post(tier=Tier.CHAIR, direction="")).tier == Tier.CHAIR


def test_a_unit_that_has_given_notice_is_not_put_forward(call, people):
    leaving = people.units["member"]
    Resignation.objects.create(unit=leaving, effective_on=clock.today() + timedelta(days=30), reason="业务调整", given_by=people.member)
    with pytest.raises(Refused, match="退会"):
        workflow.nominate(leaving, by=people.member, **post())


@pytest.mark.parametrize("years", [0, 17])
def test_a_year_of_birth_of_a_minor_is_said_at_its_field(years, client, call, people):
    client.force_login(people.member)
    address = reverse("council:nominate", args=[people.units["member"].number])
    typed = {"tier": Tier.DIRECTOR, "direction": "electric", "reason": "一贯积极参与联盟工作。"}
    answer = client.post(address, typed | {"birth_year": clock.today().year - years})
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["birth_year"])
    assert client.post(address, typed | {"birth_year": clock.today().year - 18}).status_code == 302


def test_a_recommended_unit_answers_first_and_then_its_person(call, people):
    nomination = workflow.nominate(people.units["member"], recommender=people.units["council"], by=people.council, **post())
    assert (nomination.kind, nomination.state) == ("recommended", NominationState.NOMINATED)
    with pytest.raises(NotAllowed):
        workflow.accept_nomination(nomination, by=people.council)
    workflow.accept_nomination(nomination, by=people.member)
    assert nomination.state == NominationState.UNIT_AGREED
    with pytest.raises(NotAllowed):
        workflow.agree_to_stand(nomination, by=people.council)
    workflow.agree_to_stand(nomination, by=people.member, be_named=False)
    assert nomination.state == NominationState.ACCEPTED
    assert not nomination.person.name_consents.exists()


def test_standing_is_one_question_and_being_named_in_public_another(client, call, people):
    nomination = factories.nomination(people.units["member"], state=NominationState.UNIT_AGREED, call=call)
    client.force_login(people.member)
    page = client.get(reverse("council:stand", args=[nomination.uuid]))
    (box,) = re.findall(r'<input[^>]*name="be_named"[^>]*>', page.content.decode())
    assert "checked" not in box.replace("checkbox", "").replace("form-check", "")
    client.post(reverse("council:stand", args=[nomination.uuid]), {"be_named": "on"})
    consent = nomination.person.name_consents.in_force().get()
    assert (consent.version, Nomination.objects.get().state) == (2, NominationState.ACCEPTED)
    membership.agree_to_be_named(nomination.person, by=people.member, language="zh-hans")
    assert nomination.person.name_consents.count() == 1


def test_an_earlier_consent_gives_way_to_the_one_that_covers_the_council(people):
    person = people.units["member"].representative
    person.name_consents.create(version=1, language="zh-hans", by=people.member)
    membership.agree_to_be_named(person, by=people.member, language="zh-hans")
    assert [(each.version, each.taken_back_at is None) for each in person.name_consents.order_by("pk")] == [(1, False), (2, True)]


def test_a_nomination_on_paper_is_entered_by_the_officer_and_a_refusal_keeps_what_was_typed(client, call, people):
    client.force_login(people.officer)
    said = {"term": factories.term().pk, "tier": 3, "direction": "hydrogen", "reason": "推荐函载明的理由"}
    paper = said | {"unit": people.units["member"].pk, "recommender": people.units["council"].pk, "_save": "1"}
    assert client.post(reverse("admin:council_nomination_add"), paper).status_code == 302
    nomination = Nomination.objects.get()
    assert (nomination.kind, nomination.state, nomination.person) == ("recommended", "nominated", people.units["member"].representative)
    again = client.post(reverse("admin:council_nomination_add"), paper)
    assert again.status_code == 409
    assert "推荐函载明的理由" in again.content.decode()
    assert Nomination.objects.count() == 1


def test_a_member_recommends_another_by_its_number_and_a_wrong_number_is_said_at_the_field(client, call, people):
    client.force_login(people.member)
    address = reverse("council:nominate", args=[people.units["member"].number])
    said = {"tier": 3, "direction": "hydrogen", "reason": "行业骨干"}
    wrong = client.post(address, said | {"whom": "GBANEV-9999"})
    assert wrong.status_code == 422
    assert "没有使用该编号或该名称的" in wrong.content.decode()
    assert "行业骨干" in wrong.content.decode()
    other = factories.unit(by=factories.user())
    client.post(address, said | {"whom": other.number.lower()})
    nomination = Nomination.objects.get()
    assert (nomination.unit, nomination.recommender, nomination.state) == (other, people.units["member"], "nominated")
    assert Letter.objects.filter(template="nominated").exists()
    again = client.post(address, said | {"whom": other.number})
    assert (again.status_code, again.context["form"].errors) == (422, {"whom": ["该单位已被提名此席位。"]})
    assert "行业骨干" in again.content.decode()


def test_a_refusal_is_told_in_the_form_and_nothing_typed_is_lost(client, people):
    client.force_login(people.member)
    address = reverse("council:nominate", args=[people.units["member"].number])
    said = {"tier": 3, "direction": "hydrogen", "reason": "行业骨干"}
    closed = client.post(address, said)
    factories.call()
    taken = client.post(address, said)
    again = client.post(address, said)
    assert (closed.status_code, taken.status_code, again.status_code) == (422, 302, 422)
    for page, told in ((closed, "目前不接受提名"), (again, "该单位已被提名此席位")):
        assert told in page.content.decode()
        assert "行业骨干" in page.content.decode()


def test_a_name_stands_by_the_strokes_of_its_surname():
    names = ["赵示一", "张示三", "欧阳范", "李演四", "安例五", "丁示二", "王范六", "广例七", "深演八"]
    assert sorted(names, key=strokes_of) == ["丁示二", "广例七", "王范六", "安例五", "李演四", "张示三", "欧阳范", "赵示一", "深演八"]
    assert sorted(["王五", "王", "王 一"], key=strokes_of) == ["王", "王 一", "王五"]
    assert sorted(["喆示", "Ann", "𬬭示"], key=strokes_of) == ["𬬭示", "喆示", "Ann"]


def listed(people, *names, **changes):
    """Shortlisted nominations of the open call for hydrogen, one for each name."""
    made = []
    for name in names:
        unit = factories.unit()
        unit.representative.__class__.objects.filter(unit=unit).update(name=name)
        nomination = workflow.nominate(unit, by=people.officer, **post(**changes))
        workflow.shortlist(nomination, by=people.officer)
        made.append(nomination)
    return made


def drawn_up(call, people):
    """The list, the day after the last day."""
    with clock.at(clock.midnight(call.closes_on + timedelta(days=1))):
        workflow.draw_up(call, by=people.officer)


def test_the_list_is_drawn_up_by_strokes_once_everybody_is_examined(call, people):
    listed(people, "张示三", "丁示二", "李演四")
    waiting = workflow.nominate(people.units["member"], by=people.member, **post())
    with pytest.raises(Refused):
        workflow.draw_up(call, by=people.officer)  # the last day is not past
    with pytest.raises(Refused, match="尚有 1 项提名"):
        drawn_up(call, people)  # one is not examined
    workflow.block(waiting, by=people.officer, reason="材料不齐")
    drawn_up(call, people)
    assert list(call.nominations.on_the_list().values_list("place", "person__name")) == [(1, "丁示二"), (2, "李演四"), (3, "张示三")]
    assert len(call.digest) == 64


def test_a_list_that_is_drawn_up_does_not_change_in_the_database(call, people):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL freezes it")
    nominations = listed(people, "张示三", "丁示二")
    drawn_up(call, people)
    for changed in ({"place": 7}, {"tier": Tier.CHAIR}, {"unit": factories.unit()}):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            Nomination.objects.filter(pk=nominations[0].pk).update(**changed)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(digest="")


def test_a_list_is_published_for_its_working_days_and_settled_after_them(client, call, people):
    first, second = listed(people, "张示三", "丁示二")
    drawn_up(call, people)
    with clock.at(clock.midnight(call.closes_on + timedelta(days=1))):
        workflow.publish_list(call, by=people.officer, working_days=5)
    assert not first.person.name_consents.exists()
    page = client.get(reverse("council:candidates")).content.decode()
    assert first.unit.organisation.name in page
    assert "张示三" not in page
    with clock.at(clock.midnight(call.published_until)), pytest.raises(Refused):
        workflow.settle_list(call, by=people.officer)
    workflow.block(second, by=people.officer, reason="材料不实")
    with clock.at(clock.midnight(call.published_until + timedelta(days=1))):
        workflow.settle_list(call, by=people.officer)
    assert (call.state, [n.unit for n in call.nominations.on_the_list()]) == (CallState.SETTLED, [first.unit])


def test_a_nominee_reads_of_every_step_and_withdraws_until_the_vote(call, people):
    mine = workflow.nominate(people.units["member"], by=people.member, **post())
    workflow.shortlist(mine, by=people.officer)
    drawn_up(call, people)
    workflow.publish_list(call, by=people.officer, working_days=5)
    assert set(Letter.objects.filter(to=people.member.email).values_list("template", flat=True)) == {"shortlisted", "candidates_published"}
    with pytest.raises(NotAllowed):
        workflow.withdraw_nomination(mine, by=people.council)
    workflow.withdraw_nomination(mine, by=people.member)
    assert not call.nominations.on_the_list().exists()


def test_a_recommendation_is_taken_back_until_the_unit_has_accepted(client, call, people):
    other, ours = people.units["member"], people.units["council"]
    client.force_login(people.council)
    first = workflow.nominate(other, by=people.council, recommender=ours, **post())
    assert "确认撤回" in client.get(reverse("unit")).content.decode()
    take_back = reverse("council:answer", args=[first.uuid, "take_back"])
    for stranger in (people.member, people.applicant):
        client.force_login(stranger)
        assert client.post(take_back).status_code == 404
    client.force_login(people.council)
    assert client.post(take_back).url == reverse("unit")
    first.refresh_from_db()
    assert (first.state, Event.objects.of(first).last().step) == ("taken_back", "take_back_recommendation")
    [told] = Letter.objects.about(first).filter(template="nomination_taken_back")
    assert (told.to, ours.organisation.name in told.body) == (people.member.email, True)
    assert not Nomination.objects.standing().exists()
    with pytest.raises(WrongState):
        workflow.accept_nomination(first, by=people.member)
    again = workflow.nominate(other, by=people.council, recommender=ours, **post())
    workflow.accept_nomination(again, by=people.member)
    assert client.post(reverse("council:answer", args=[again.uuid, "take_back"])).status_code == 409
    assert "确认撤回" not in client.get(reverse("unit")).content.decode()


def test_a_unit_that_was_not_asked_reads_nothing_of_a_recommendation_taken_back(call, people):
    first = workflow.nominate(people.units["member"], by=people.council, recommender=people.units["council"], **post())
    Letter.objects.about(first).delete()
    workflow.take_back_recommendation(first, by=people.council)
    assert not Letter.objects.about(first).exists()


def test_what_a_cancelled_call_took_stands_no_more_and_can_be_put_forward_again(call, people):
    workflow.nominate(people.units["member"], by=people.member, **post())
    workflow.cancel_call(call, by=people.officer, reason="改期")
    assert not Nomination.objects.standing().exists()
    Call.objects.create(term=factories.term(), state="open", opens_on=clock.today(), closes_on=clock.today())
    assert workflow.nominate(people.units["member"], by=people.member, **post()).state == NominationState.ACCEPTED


def test_a_call_tells_every_unit_that_votes(people):
    people.here()
    resting = factories.user("冯演十")
    factories.unit(resting, state="suspended")
    workflow.open_call(factories.call("planned"), by=people.officer)
    told = set(Letter.objects.filter(template="nominations_open").values_list("to", flat=True))
    assert told == {people.member.email, people.council.email}


def test_one_call_runs_in_a_term(call):
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(term=factories.term(), opens_on=clock.today(), closes_on=clock.today())


def test_the_preparatory_council_puts_forward_and_seats_nobody(call, people):
    (nomination,) = listed(people, "丁示二")
    failed = factories.resolution(in_favour=1, against=7)
    with pytest.raises(Refused):
        workflow.put_forward(nomination, by=people.officer, resolution=failed)
    passed = factories.resolution()
    workflow.put_forward(nomination, by=people.officer, resolution=passed)
    assert (nomination.put_forward_by, nomination.state) == (passed, NominationState.SHORTLISTED)
    assert not nomination.unit.tenures.exists()


def test_age_and_terms_are_warnings_and_membership_is_not(call, people):
    unit = factories.unit()
    nomination = workflow.nominate(unit, by=people.officer, **post(tier=Tier.VICE_CHAIR, birth_year=clock.today().year - 71))
    (age,) = eligibility.warnings(nomination)
    assert "71" in age
    assert "70" in age
    nomination.birth_year = None
    assert len(eligibility.warnings(nomination)) == 1
    workflow.shortlist(nomination, by=people.officer)
    director = workflow.nominate(factories.unit(), by=people.officer, **post())
    assert eligibility.warnings(director) == []
    membership.suspend(director.unit, by=people.officer, reason="年度会议缺席")
    director.refresh_from_db()
    assert len(eligibility.warnings(director)) == 1
    with pytest.raises(Refused):
        workflow.shortlist(director, by=people.officer)


def test_the_list_of_candidates_takes_as_many_statements_for_thirty_as_for_one(client, people, django_assert_max_num_queries):
    call, taken = factories.call("published"), []
    Call.objects.filter(pk=call.pk).update(published_on=clock.today(), published_until=clock.today())
    for more, count in ((1, 1), (2, 3), (27, 30)):
        for place in range(count - more + 1, count + 1):
            factories.nomination(factories.unit(), call=call, place=place)
        with django_assert_max_num_queries(8) as seen:
            page = client.get(reverse("council:candidates"))
        assert len(page.context["rows"]) == count
        taken.append(len(seen))
    assert len(set(taken)) == 1, taken


def test_the_call_s_page_says_for_each_post_how_many_stand(client, call, people):
    listed(people, "张示三", "丁示二")
    client.force_login(people.officer)
    page = client.get(reverse("admin:council_call_change", args=[call.pk]))
    hydrogen = next(line for line in page.context["posts"] if (line["tier"], line["direction"]) == (Tier.DIRECTOR.label, "hydrogen"))
    assert (hydrogen["seats"], hydrogen["nominated"], hydrogen["shortlisted"], hydrogen["put_forward"]) == (4, 2, 2, 0)


def test_what_was_voted_on_is_not_withdrawn_any_more_and_says_how_it_ended(client, people):
    contest, _inputs = factories.contest("certified")
    won, lost = (each.nomination for each in contest.candidates.order_by("pk"))
    shown = {each.pk: (each.voted_on, each.won) for each in Nomination.objects.with_outcome()}
    assert shown == {won.pk: (True, True), lost.pk: (True, False)}
    for nomination, words in ((won, "当选"), (lost, "未当选")):
        Colleague.objects.create(user=people.member, organisation=nomination.unit.organisation, role="owns")
        with pytest.raises(Refused, match="已经表决"):
            workflow.withdraw_nomination(nomination, by=people.member)
        client.force_login(people.member)
        page = client.get(reverse("myunit:overview", args=[nomination.unit.number])).content.decode()
        assert f">{words}</span>" in page
        assert reverse("council:answer", args=[nomination.uuid, "withdraw"]) not in page


def test_a_nomination_that_waits_for_the_unit_is_the_first_thing_to_do(client, call, people):
    unit = factories.unit(people.member)
    nomination = factories.nomination(unit, "nominated", call=call)
    client.force_login(people.member)
    page = client.get(reverse("myunit:overview", args=[unit.number])).content.decode()
    assert page.index("本单位获提名") < page.index(reverse("council:answer", args=[nomination.uuid, "accept"]))


def test_a_member_recommends_another_by_its_full_name_for_a_post_that_is_open(client, call, people):
    client.force_login(people.member)
    address = reverse("council:nominate", args=[people.units["member"].number])
    other = factories.unit()
    Seat.objects.vacant().exclude(**HYDROGEN).delete()
    form = client.get(address).context["form"]
    assert [value for value, _label in form.fields["tier"].choices] == [Tier.DIRECTOR]
    assert [value for value, _label in form.fields["direction"].choices] == ["", "hydrogen"]
    said = {"tier": 3, "direction": "hydrogen", "reason": "行业骨干", "whom": f" {other.organisation.name} "}
    assert client.post(address, said).status_code == 302
    assert Nomination.objects.get().unit == other
    assert "tier" in client.post(address, said | {"tier": 1}).context["form"].errors
