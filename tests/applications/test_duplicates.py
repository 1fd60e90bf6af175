"""Units that may be one and the same are found by their signs and shown; nothing is merged here."""

from __future__ import annotations

import pytest
from django.urls import reverse

from applications import duplicates, workflow
from applications.choices import State, TraceKind
from applications.models import Batch, Trace
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("深圳市岭曜演示新能源科技股份有限公司", "岭曜演示新能源科技有限公司"),
        ("深圳嶺曜演示新能源科技有限公司", "深圳岭曜演示新能源科技有限公司"),
        ("岭曜（演示）新能源科技有限公司", "岭曜演示新能源科技 有限责任公司"),
        ("岭曜演示（香港）有限公司", "嶺曜演示有限公司"),
        ("Lingyao Demo (Hong Kong) Limited", "LINGYAO DEMO (HONG KONG) LTD."),
    ],
)
def test_two_ways_of_writing_a_name_are_one(one, other):
    assert duplicates.plain(one) == duplicates.plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广州演示大学", "深圳演示大学"),
        ("佛山演示氢能研究院", "广州演示氢能研究院"),
        ("岭曜演示新能源科技有限公司", "岭曜演示智能科技有限公司"),
        ("深圳有限公司", "广州有限公司"),
    ],
)
def test_what_differs_in_more_than_place_and_legal_form_is_not_one(one, other):
    assert duplicates.plain(one) != duplicates.plain(other)


def test_an_organisation_code_is_the_same_within_two_credit_codes():
    one, other = "91440300XX0000019G", "52440300XX0000019A"
    assert duplicates.bare_number("mainland", one) == duplicates.bare_number("mainland", other)
    assert duplicates.bare_number("hong_kong", "99000001") != duplicates.bare_number("macao", "99000001")


def left(application):
    duplicates.leave(application.organisation, duplicates.of_application(application))
    return application


def test_whoever_shares_a_sign_is_shown_with_their_applications():
    one = left(factories.application(State.SUBMITTED, name="深圳嶺曜演示科技有限公司", contact_email="same@example.com"))
    twin = left(factories.application(State.ADMITTED, name="岭曜演示科技股份有限公司", contact_email="SAME@example.com"))
    left(
        factories.application(
            State.SUBMITTED, name="佛山翊辰演示科技有限公司", contact_email="other@example.com", contact_phone="0757-00000002"
        )
    )
    (found,) = duplicates.alike(one)
    assert (found.organisation, found.applications) == (twin.organisation, [twin])
    assert {TraceKind.NAME, TraceKind.EMAIL} <= set(found.kinds)


def test_a_former_name_goes_on_telling(people):
    unit = left(factories.application(State.ADMITTED, name="岭曜演示科技有限公司")).organisation
    unit.name = "翊辰演示科技有限公司"
    unit.save()
    other = factories.application(
        State.SUBMITTED, name="岭曜演示科技有限公司", contact_email="b@example.com", contact_phone="0755-00000099"
    )
    assert [each.organisation for each in duplicates.alike(other)] == [unit]


def test_what_is_somebody_s_own_is_kept_as_a_digest_alone():
    application = left(factories.application(State.SUBMITTED))
    kept = "".join(Trace.objects.filter(kind__in=[TraceKind.EMAIL, TraceKind.MOBILE]).values_list("value", flat=True))
    assert kept
    assert application.contact_email not in kept


def test_submitting_leaves_the_signs():
    draft = factories.sealed(factories.draft(factories.user()))
    workflow.submit(draft, by=draft.applicant)
    assert set(draft.organisation.traces.values_list("kind", flat=True)) >= {TraceKind.NUMBER, TraceKind.NAME}


def test_the_register_s_own_units_get_their_signs_when_a_batch_has_closed():
    unit = factories.organisation(name="岭曜演示科技有限公司")
    assert duplicates.leave_missing() >= 1
    assert duplicates.leave_missing() == 0
    assert unit.traces.count() == 2


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_report_of_a_batch_asks_as_often_for_one_as_for_thirty(count, django_assert_max_num_queries):
    batch = Batch.objects.get(number=1)
    for n in range(count):
        left(factories.application(State.SUBMITTED, batch=batch, name="岭曜演示科技有限公司", contact_email=f"{n}@example.com"))
    with django_assert_max_num_queries(2):
        found = duplicates.doubles(batch)
    assert len(found) == (count if count > 1 else 0)


def test_the_clerk_sees_them_beside_the_application(people, client):
    left(factories.application(State.ADMITTED, name="岭曜演示科技股份有限公司"))
    one = left(factories.application(State.SUBMITTED, name="深圳嶺曜演示科技有限公司"))
    client.force_login(people.clerk)
    page = client.get(reverse("admin:applications_application_check", args=[one.pk]))
    assert "岭曜演示科技股份有限公司" in page.content.decode()
