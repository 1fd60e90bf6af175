"""Verification: what is true now and nothing more; a thousand guesses find nothing and are stopped; and nothing tells what there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from members import workflow
from members.models import Certificate
from members.models.certificate import new_code
from tests import factories

pytestmark = pytest.mark.django_db
ALLOWED = 30


@pytest.fixture
def certificate(people) -> Certificate:
    return factories.certificate(people.officer, people.units["member"])


def looked(code: str, client: Client | None = None):
    return (client or Client()).get(reverse("verify_code", args=[code]))


def test_a_good_certificate_says_name_post_status_and_dates_and_nothing_of_anybody(people, certificate):
    answer = looked(certificate.code.lower())
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == (200, "noindex, nofollow", True)
    assert '<meta name="robots" content="noindex">' in page
    assert all(said in page for said in (certificate.name, certificate.number, "准成员", "有效", "该证书今日有效"))
    unit = people.units["member"]
    unit.representatives.update(name="周示范")
    told = (unit.representative.name, people.member.email, unit.organisation.reg_no, unit.number, "officer 示", certificate.code)
    assert [said for said in told if said in page.replace(answer.request["PATH_INFO"], "")] == []


def test_each_standing_is_said_in_words(people, certificate):
    unit = people.units["member"]
    Certificate.objects.filter(pk=certificate.pk).update(issued_on=date(2021, 3, 18), valid_until=clock.today() - timedelta(days=1))
    assert "该证书已到期" in looked(certificate.code).content.decode()
    Certificate.objects.filter(pk=certificate.pk).update(valid_until=None)
    workflow.suspend(unit, by=people.officer, reason="样例")
    page = looked(certificate.code).content.decode()
    assert "会员资格暂停" in page
    assert "样例" not in page
    workflow.reinstate(unit, by=people.officer)
    type(unit.organisation).objects.filter(pk=unit.organisation_id).update(name="广州演示新名有限公司")
    workflow.replace_certificate(type(unit).objects.get(pk=unit.pk), by=people.officer, reason="单位更名")
    new = unit.certificates.running().get()
    page = looked(certificate.code).content.decode()
    assert f"已换发新证书：编号 {new.number}，广州演示新名有限公司" in page
    assert (new.code in page, "单位更名" in page) == (False, False)
    workflow.void(new, by=people.officer, reason="保密原因")
    page = looked(new.code).content.decode()
    assert ("该证书已注销" in page, "保密原因" in page) == (True, False)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "查无此证书"), ("zh-hant", "查無此證書"), ("en", "There is no such certificate")]
)
def test_an_unknown_code_is_not_found_in_three_languages(language, said):
    client = Client()
    client.cookies["django_language"] = language
    answer = looked("ABCDEFGHJK", client)
    assert answer.status_code == 404
    assert said in answer.content.decode()


def asked(number: str, name: str):
    return Client().post(reverse("verify"), {"number": number, "name": name})


def test_by_number_and_full_name_as_people_type_them(people, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(name="岭曜演示（香港） Demo 有限公司", number="湾新汽联会字〔2021〕第0037号")
    for number in ("湾新汽联会字〔2021〕第0037号", " 湾新汽联会字[2021]第0037号", "湾新汽联会字（２０２１）第００３７号"):
        assert asked(number, "岭曜演示(香港)demo有限公司").status_code == 200, number
    assert asked("湾新汽联会字〔2021〕第0037号", "嶺曜演示（香港）Demo有限公司").status_code == 200
    for number, name in (("湾新汽联会字〔2021〕第0037号", "岭曜演示"), ("湾新汽联会字〔2021〕第0038号", "岭曜演示（香港） Demo 有限公司")):
        assert asked(number, name).status_code == 404
    assert asked("", "").status_code == 422


def test_a_code_is_found_with_the_hyphens_that_somebody_put_between_its_characters(people, certificate):
    code = certificate.code.lower()
    assert looked(f"{code[:4]}-{code[4:8]}-{code[8:]}").status_code == 200


def test_a_wrong_name_and_an_unknown_number_get_the_same_answer_by_the_same_statements(people, certificate):
    answers = []
    for number, name in ((certificate.number, "别的单位"), ("GBANEV-0120219999", certificate.name)):
        with CaptureQueriesContext(connection) as queries:
            answer = asked(number, name)
        said, _form, typed = answer.content.decode().partition("<main")[2].partition("<form")
        answers.append((answer.status_code, len(queries), said))
        assert [value in typed for value in (number, name)] == [True, True]  # to be compared with the paper and corrected
    assert answers[0] == answers[1]


def test_a_thousand_guessed_codes_find_nothing_and_are_stopped(people, certificate):
    client, codes = Client(), {new_code() for _ in range(1000)}
    statuses = [looked(code, client).status_code for code in codes]
    assert (len(codes), statuses.count(200)) == (1000, 0)
    assert (statuses.count(404), statuses.count(429)) == (ALLOWED, 1000 - ALLOWED)
    stopped = looked(certificate.code, client)
    assert (stopped.status_code, certificate.name in stopped.content.decode()) == (429, False)
    by_name = client.post(reverse("verify"), {"number": certificate.number, "name": certificate.name})
    assert by_name.status_code == 429
    assert client.get(reverse("verify")).status_code == 200
    assert looked(certificate.code, Client(REMOTE_ADDR="10.0.0.9")).status_code == 200


def test_what_is_too_much_is_not_looked_for(people, certificate):
    client = Client()
    for _ in range(ALLOWED):
        looked(certificate.code, client)
    with CaptureQueriesContext(connection) as queries:
        looked(certificate.code, client)
    assert not [query for query in queries if "members_certificate" in query["sql"]]


def test_codes_are_random_and_cannot_be_counted_up(people):
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
