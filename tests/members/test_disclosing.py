"""Who chooses what a unit shows, and who is named."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance.history.models import Event
from alliance.workflow import NotAllowed, Refused
from members.models import NameConsent, Representative
from members.models.name_consent import IN_FORCE
from members.workflow import agree_to_be_named, disclose, take_back_name
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(people):
    return factories.listed(people.applicant, name="深圳演示有限公司")


@pytest.mark.parametrize("role", ["stranger", "member", "expert", "clerk", "auditor", "sysadmin", "timetable"])
def test_nobody_else_chooses_what_a_unit_shows(role, unit, people):
    with pytest.raises(NotAllowed):
        disclose(unit, {"website": "members"}, by=getattr(people, role))


@pytest.mark.parametrize("role", ["applicant", "officer", "secretary"])
def test_the_unit_chooses_or_an_officer_for_it(role, unit, people):
    disclose(unit, {"website": "members", "scale": "public"}, by=getattr(people, role))
    assert [(each.field, each.audience) for each in unit.disclosures.all()] == [("website", "members")]
    assert Event.objects.of(unit).get(step="disclose").details == {"website": "members"}
    disclose(unit, {"website": "public"}, by=getattr(people, role))
    assert not unit.disclosures.exists()


def test_choosing_the_same_again_writes_nothing(unit, people):
    disclose(unit, {"website": "public"}, by=people.applicant)
    assert not Event.objects.of(unit).filter(step="disclose").exists()


@pytest.mark.parametrize("name", ["name", "region", "legal_representative", "end_reason", "x"])
def test_what_is_not_the_units_to_choose_is_refused(name, unit, people):
    with pytest.raises(Refused, match=r"不由|不能"):
        disclose(unit, {name: "public"}, by=people.applicant)


def test_a_unit_that_left_chooses_no_more(unit, people):
    type(unit).objects.filter(pk=unit.pk).update(state="resigned", ended_on=unit.admitted_on)
    with pytest.raises(NotAllowed):
        disclose(unit, {"website": "members"}, by=people.officer)


def test_a_representative_is_named_by_their_own_word_alone_and_only_while_it_holds(client, unit, people):
    person, address = unit.representative, reverse("members:unit", args=[unit.number])
    Representative.objects.filter(pk=person.pk).update(name="周示九")
    for role in ("stranger", "member", "officer", "secretary", "timetable"):
        with pytest.raises(NotAllowed):
            agree_to_be_named(person, by=getattr(people, role), language="zh-hans")
    assert "周示九" not in client.get(address).content.decode()
    agree_to_be_named(person, by=people.applicant, language="zh-hans")
    agree_to_be_named(person, by=people.applicant, language="zh-hans")
    assert NameConsent.objects.get().version == IN_FORCE
    assert "周示九" in client.get(address).content.decode()
    with pytest.raises(NotAllowed):
        take_back_name(person, by=people.officer)
    take_back_name(person, by=people.applicant)
    assert "周示九" not in client.get(address).content.decode()
    assert [*Event.objects.of(person).values_list("step", flat=True)] == ["agree_to_be_named", "take_back_name"]


def test_a_successor_is_not_named_by_the_consent_of_who_was_before(client, unit, people):
    person = unit.representative
    agree_to_be_named(person, by=people.applicant, language="zh-hans")
    Representative.objects.filter(pk=person.pk).update(until=person.since)
    Representative.objects.create(unit=unit, name="吴例十", since=person.since)
    assert "吴例十" not in client.get(reverse("members:unit", args=[unit.number])).content.decode()


def test_one_consent_runs_at_a_time(unit, people):
    agree_to_be_named(unit.representative, by=people.applicant, language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        NameConsent.objects.create(representative=unit.representative, version=1, language="en", by=people.applicant)


def test_the_person_finds_their_consent_in_their_data(client, unit, people):
    agree_to_be_named(unit.representative, by=people.applicant, language="zh-hans")
    client.force_login(people.applicant)
    [row] = client.get(reverse("my_data_json")).json()["data"]["consents"]["rows"]
    assert (row["version"], row["application"]) == (IN_FORCE, str(unit))


def test_a_record_of_the_office_leads_only_where_its_reader_may_go(client, people):
    unit = people.units["member"]
    consent = NameConsent.objects.create(representative=unit.representative, version=1, language="zh-hans", by=people.member)
    client.force_login(people.clerk)
    page = client.get(reverse("admin:members_nameconsent_change", args=[consent.pk])).content.decode()
    assert f'<div class="readonly">{people.member}</div>' in page  # an account, which the clerk does not open
    assert reverse("admin:members_representative_change", args=[consent.representative_id]) in page
