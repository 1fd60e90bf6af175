"""The registration number on the pages: said at its field, suggesting, and silent about who is known."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alliance.demo.codes import uscc
from applications import workflow
from applications.choices import State
from applications.models import Application, JoinRequest
from tests import factories

pytestmark = pytest.mark.django_db
NEW, NUMBER = "/applications/new/", "/applications/new/number/"


@pytest.fixture
def applicant(client):
    user = factories.user("陈示七")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def section(draft) -> str:
    return reverse("applications:section", args=[draft.uuid, "unit"])


def begin(client, number, jurisdiction="mainland"):
    return client.post(NEW, {"jurisdiction": jurisdiction, "reg_no": number})


def typed(draft, **changes) -> dict[str, str]:
    """The unit section, as its page would post it."""
    names = ("name", "jurisdiction", "reg_no", "unit_type", "legal_form", "region", "currency")
    return {name: getattr(draft, name) for name in names} | changes


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────────────────

WRONG = [
    ("mainland", "91440300XX0000019H", "The check character does not match"),
    ("mainland", "9144O300XX0000019G", "Is it 91440300XX0000019G?"),
    ("mainland", "91440300XX0000019", "this one has 17"),
    ("mainland", "440301100000000", "old business licence number"),
    ("mainland", "XX0000019", "organisation code"),
    ("mainland", "99000001", "a number of this place: Hong Kong"),
    ("mainland", uscc("92", "440300", 1), "Please apply through the legal person behind it"),
    ("hong_kong", "91440300XX0000019G", "a number of this place: Mainland China"),
    ("hong_kong", "1234567", "old company number"),
    ("macao", "90001 (CO)", "Please apply through the legal person behind it"),
    ("macao", "90001", "followed by (SO)"),
    ("taiwan", "00501502", "The check digit does not match"),
]


@pytest.mark.parametrize(("jurisdiction", "number", "said"), WRONG)
def test_a_wrong_number_is_told_at_the_field_and_nothing_typed_is_lost(jurisdiction, number, said, client, applicant):
    answer = begin(client, number, jurisdiction)
    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors), Application.objects.count()) == (422, ["reg_no"], 0)
    assert escape(said) in page
    assert f'value="{escape(number)}"' in page
    assert re.search(rf'value="{jurisdiction}"[^>]* checked', page)


@pytest.mark.parametrize(("jurisdiction", "number", "said"), WRONG)
def test_it_is_told_in_the_same_words_while_it_is_typed_and_in_the_section(jurisdiction, number, said, client, applicant):
    draft = factories.draft(by=applicant)
    answers = [
        client.get(NUMBER, {"jurisdiction": jurisdiction, "reg_no": number}),
        client.post(section(draft), typed(draft, jurisdiction=jurisdiction, reg_no=number, name="演示改名有限公司")),
    ]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert all(escape(said) in answer.content.decode() for answer in answers)
    assert "演示改名有限公司" in answers[1].content.decode()
    assert "gb-check is-" not in answers[1].content.decode().split('id="id_reg_no_said"')[1].split("</form>")[0]


def test_it_is_told_in_the_reader_s_language(client, applicant):
    client.cookies["django_language"] = "zh-hans"
    assert "请由其背后的法人单位" in begin(client, uscc("92", "440300", 1)).content.decode()
    client.cookies["django_language"] = "zh-hant"
    assert "註冊地是否選對了" in client.get(NUMBER, {"jurisdiction": "mainland", "reg_no": "99000001"}).content.decode()


def test_an_individual_business_does_not_submit_a_draft_that_came_before_the_rule(people):
    draft = factories.draft(by=people.applicant, reg_no=uscc("92", "440300", 1))
    with pytest.raises(workflow.Refused):
        workflow.submit(draft, by=people.applicant)


# ── What it suggests ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("jurisdiction", "number", "answers"),
    [
        ("mainland", uscc("91", "440101", 7), ("enterprise", "", "440100")),
        ("mainland", uscc("12", "440000", 7), ("", "legal_person", "")),
        ("mainland", uscc("53", "310000", 7), ("service_body", "legal_person", "310000")),
        ("mainland", "lm 2020001", ("alliance", "", "")),
        ("hong_kong", "99000001-000-10-23-A", ("", "", "810000")),
        ("taiwan", "00501508", ("", "", "710000")),
    ],
)
def test_a_new_draft_begins_with_what_the_number_suggests(jurisdiction, number, answers, client, applicant):
    begin(client, number, jurisdiction)
    draft = Application.objects.get()
    assert (draft.unit_type, draft.legal_form, draft.region) == answers


def test_what_was_answered_is_never_overwritten(client, applicant):
    number = uscc("91", "440300", 7)
    begin(client, number)
    draft = Application.objects.get()
    Application.objects.update(unit_type="service_body", region="440600", legal_form="")
    begin(client, f" {number.lower()} ")
    client.get(section(draft))
    client.post(section(draft), typed(draft, unit_type="service_body", region="440600"))
    draft = Application.objects.get()
    assert (draft.unit_type, draft.legal_form, draft.region) == ("service_body", "", "440600")


def test_the_section_shows_what_the_number_says_without_a_script(client, applicant):
    draft = factories.draft(by=applicant)
    page = client.get(section(draft)).content.decode()
    assert "Check passed" in page
    assert "Enterprise · Legal person · Shenzhen" in page


def test_another_region_is_warned_of_and_saved(client, applicant):
    draft = factories.draft(by=applicant)
    answer = client.post(section(draft), typed(draft, region="440600"))
    draft.refresh_from_db()
    assert (answer.status_code, draft.region) == (302, "440600")
    assert [said for said in map(str, get_messages(answer.wsgi_request)) if "Shenzhen" in said] != []
    client.get(section(draft))
    again = client.post(section(draft), typed(draft))
    assert [said for said in map(str, get_messages(again.wsgi_request)) if "Shenzhen" in said] == []


def test_a_name_is_looked_at_while_it_is_typed(client, applicant):
    asked = {"jurisdiction": "hong_kong", "reg_no": "99000001", "name": "曜灣演示（香港）有限合夥基金", "region": "810000"}
    page = client.get(NUMBER, asked).content.decode()
    assert "Format fits" in page
    assert "limited partnership fund" in page


@pytest.mark.parametrize(
    "asked", [{}, {"reg_no": "99000001"}, {"jurisdiction": "hong_kong"}, {"jurisdiction": "elsewhere", "reg_no": "1"}, {"reg_no": "\0"}]
)
def test_before_there_is_a_number_and_a_place_nothing_is_said(asked, client, applicant):
    answer = client.get(NUMBER, asked)
    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


def test_a_number_that_is_submitted_is_not_asked_about_again(client, people):
    application = factories.application(State.CORRECTION, by=people.applicant)
    client.force_login(people.applicant)
    page = client.get(section(application)).content.decode()
    (field,) = re.findall(r'<input[^>]*name="reg_no"[^>]*>', page)
    assert ("disabled" in field, "hx-get" in field) == (True, False)


# ── The stranger rule ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def known(people) -> list[str]:
    """Numbers of others: applied under, rejected, in somebody's draft; and one that nobody has. All are of one register. Who is a member is public."""
    others = [factories.application(State.SUBMITTED), factories.application(State.REJECTED), factories.draft()]
    return [*(unit.reg_no for unit in others), uscc("91", "440300", 999_999)]


VARYING = (
    r'(?<=name="csrfmiddlewaretoken" value=)"[^"]*"',
    r'(?<="x-csrftoken": )"[^"]*"',
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"<time.*?</time>",
    r"<b>[0-9A-Z]</b>",  # check digits
)


def told(answer, number: str) -> tuple[int, str, str]:
    """An answer without what differs from one asking to the next: tokens, addresses of drafts, moments, the number itself."""
    text = answer.content.decode().replace(number, "NUMBER").replace(number[8:16], "MAIN")
    where = answer.headers.get("Location", "")
    for varying in VARYING:
        text, where = re.sub(varying, "", text), re.sub(varying, "", where)
    return answer.status_code, where, text


def test_a_stranger_reads_the_same_of_a_number_that_is_known_and_of_one_that_is_not(known, people, client):
    client.force_login(people.stranger)
    seen = {"typing": set(), "new": set(), "first page": set(), "save": set(), "saved page": set()}
    for number in known:
        seen["typing"].add(
            told(client.get(NUMBER, {"jurisdiction": "mainland", "reg_no": number, "name": "演示", "region": "440600"}), number)
        )
        seen["new"].add(told(begin(client, number), number))
        draft = Application.objects.get(applicant=people.stranger)
        seen["first page"].add(told(client.get(section(draft)), number))
        seen["save"].add(told(client.post(section(draft), typed(draft, name="演示某某有限公司", region="440600")), number))
        seen["saved page"].add(told(client.get(section(draft)), number))
        for rows in (draft.writers, draft.attachments, draft.join_requests, JoinRequest.objects.filter(user=people.stranger)):
            rows.all().delete()
        draft.delete()
    assert {place: len(answers) for place, answers in seen.items()} == dict.fromkeys(seen, 1)
    assert all("MAIN" in text for place in ("typing", "saved page") for _, _, text in seen[place])


def test_a_stranger_who_changes_a_draft_s_number_to_a_known_one_reads_the_same(known, people, client):
    client.force_login(people.stranger)
    answers = set()
    for number in known:
        draft = factories.draft(by=people.stranger, name="演示", short_name="演示")
        answers.add(told(client.post(section(draft), typed(draft, reg_no=number)), number))
        answers.add(told(client.post(section(draft), typed(draft, reg_no=number)), number))
        for rows in (draft.writers, draft.attachments, draft.join_requests, JoinRequest.objects.filter(user=people.stranger)):
            rows.all().delete()
        draft.delete()
    assert len(answers) == 1


def test_what_a_number_says_is_found_without_looking_at_any_row_of_ours(known, people, client):
    client.force_login(people.stranger)
    for number in known:
        with CaptureQueriesContext(connection) as asked:
            client.get(NUMBER, {"jurisdiction": "mainland", "reg_no": number, "name": "演示", "region": "440300"})
        assert [query["sql"] for query in asked if re.search(r"(applications|members|council)_", query["sql"])] == []
