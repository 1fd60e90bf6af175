"""Typing into a draft: saved field by field, by a page or by a script; nobody's words are overwritten unseen."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from applications.choices import Section, State
from applications.drafting import pieces, settle
from applications.forms.filling import SECTION_FORMS
from applications.models import Application, Consent
from applications.models.answers import FIELDS, applies, called, must
from applications.models.version import said, stamp
from members.choices import Jurisdiction, LegalForm, UnitType
from members.models.colleague import Role
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def pair(client):
    """A draft, its owner and a colleague who writes too, each with a browser of their own."""
    owner, colleague = factories.user("陈示七"), factories.user("王例三")
    draft = factories.draft(by=owner)
    draft.writers.create(user=colleague, role=Role.FILLS_IN)
    other = Client()
    client.force_login(owner)
    other.force_login(colleague)
    return draft, client, other


def section(draft, name="unit") -> str:
    return reverse("applications:section", args=[draft.uuid, name])


def base(draft, name=Section.UNIT) -> dict[str, list[str]]:
    """What a page of this section begins from."""
    draft.refresh_from_db()
    form = SECTION_FORMS[name](instance=draft)
    return {field: list(answer) for field, answer in form.shown(draft).items()}


def save(browser, draft, began, name="unit", **typed):
    """What the script posts: everything on the screen, and what it began from."""
    whole = {field: answer for field, answer in began.items() if answer} | typed
    answer = browser.post(section(draft, name), whole | {"base": json.dumps(began)}, **SCRIPT)
    draft.refresh_from_db()
    return answer.json()


def test_only_what_was_changed_is_written_and_who_changed_it(pair):
    draft, mine, _other = pair
    said = save(mine, draft, base(draft), short_name="示例")
    assert (draft.short_name, [*draft.touched], draft.touched["short_name"][0]) == ("示例", ["short_name"], draft.applicant_id)
    assert (said["errors"], said["disputes"], said["shown"]["short_name"]) == ({}, {}, ["示例"])


def test_two_people_change_different_answers_and_both_stand(pair):
    draft, mine, other = pair
    began = base(draft)
    save(other, draft, began, website="https://unit.example.com/")
    said = save(mine, draft, began, short_name="示例")
    assert (draft.short_name, draft.website, said["disputes"]) == ("示例", "https://unit.example.com/", {})
    assert said["shown"]["website"] == ["https://unit.example.com/"]


def test_two_people_change_one_answer_and_both_texts_are_offered(pair):
    draft, mine, other = pair
    began = base(draft)
    save(other, draft, began, postal_address="深圳市演示路8号")
    said = save(mine, draft, began, postal_address="深圳市演示路1号二楼", short_name="示例")
    assert (draft.postal_address, draft.short_name) == ("深圳市演示路8号", "示例")
    (box,) = said["disputes"].values()
    assert all(words in box for words in ("王例三", "您和同事都改了这一项", "<ins>8</ins>", "<ins>1</ins>", "<ins>二楼</ins>"))


def test_whoever_writes_in_two_windows_is_not_told_of_a_colleague(pair):
    draft, mine, _other = pair
    began = base(draft)
    save(mine, draft, began, postal_address="深圳市演示路8号")
    (box,) = save(mine, draft, began, postal_address="深圳市演示路9号")["disputes"].values()
    assert all(words in box for words in ("您在两个窗口都改了这一项", "本窗口", "另一窗口", "<ins>8</ins>", "<ins>9</ins>"))
    assert "同事" not in box
    assert "陈示七" not in box


def test_who_chooses_their_own_text_knowing_the_other_writes_it(pair):
    draft, mine, other = pair
    began = base(draft)
    save(other, draft, began, postal_address="深圳市演示路8号")
    said = save(mine, draft, began, postal_address="深圳市演示路9号")
    save(mine, draft, began | {"postal_address": said["shown"]["postal_address"]}, postal_address="深圳市演示路9号")
    assert draft.postal_address == "深圳市演示路9号"


def test_without_a_script_both_texts_stand_on_the_page_and_the_colleague_s_can_be_taken(pair):
    draft, mine, other = pair
    began = base(draft)
    save(other, draft, began, postal_address="深圳市演示路8号")
    whole = {field: answer for field, answer in began.items() if answer} | {"postal_address": "深圳市演示路9号", "base": json.dumps(began)}
    page = mine.post(section(draft), whole)
    assert (page.status_code, "深圳市演示路9号" in page.content.decode(), "gb-merge" in page.content.decode()) == (409, True, True)
    taken = whole | {"base": page.context["base"], "merge-postal_address": "theirs", "stay": "1"}
    assert mine.post(section(draft), taken).status_code == 302
    draft.refresh_from_db()
    assert draft.postal_address == "深圳市演示路8号"


def test_the_same_words_typed_by_two_are_no_dispute(pair):
    draft, mine, other = pair
    began = base(draft)
    save(other, draft, began, short_name="示例")
    assert save(mine, draft, began, short_name="示例")["disputes"] == {}


def test_what_is_wrong_is_said_and_the_rest_is_saved(pair):
    draft, mine, _other = pair
    said = save(mine, draft, base(draft), founded_on="昨天", short_name="示例")
    assert ([*said["errors"]], draft.short_name, draft.founded_on) == (["founded_on"], "示例", date(2012, 5, 30))


def test_numbers_days_and_lists_are_compared_as_they_are_shown(pair):
    draft, mine, _other = pair
    began = base(draft)
    assert (began["registered_capital"], began["founded_on"]) == (["5000.00"], ["2012-05-30"])
    said = save(mine, draft, began, registered_capital="5000", founded_on="2012-05-30")
    assert (draft.touched.get("founded_on"), draft.registered_capital, said["errors"]) == (None, Decimal(5000), {})


def test_a_base_that_cannot_be_read_is_none(pair):
    draft, mine, _other = pair
    for told in ("{", "[1]", '{"name": 3}'):
        answer = mine.post(section(draft), {"name": "演示", "reg_no": draft.reg_no, "jurisdiction": "mainland", "base": told}, **SCRIPT)
        assert answer.status_code == 200


def test_a_script_without_a_session_is_told_so_and_gets_no_page(pair):
    draft, mine, _other = pair
    mine.logout()
    answers = mine.get(section(draft), **SCRIPT), mine.post(section(draft), {}, **SCRIPT)
    assert [(answer.status_code, answer.json()) for answer in answers] == [(401, {"signed_in": False})] * 2


def test_a_script_with_an_old_token_is_told_so(pair):
    draft, _mine, _other = pair
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(draft.applicant)
    answer = strict.post(section(draft), {}, **SCRIPT)
    assert (answer.status_code, answer.json()) == (403, {"signed_in": True, "token": False})


def test_a_script_is_told_that_it_was_submitted_meanwhile(pair):
    draft, mine, _other = pair
    Application.objects.filter(pk=draft.pk).update(state=State.WITHDRAWN)
    answer = mine.post(section(draft), {"name": "演示"}, **SCRIPT)
    assert (answer.status_code, [*answer.json()]) == (409, ["refused"])


def test_who_else_is_writing_is_said_by_name_and_section(pair):
    draft, mine, other = pair
    other.get(section(draft, "capability"))
    assert "王例三 · 业务与能力" in mine.get(section(draft)).content.decode()


CHANGES = {
    Section.UNIT: {"short_name": "示"},
    Section.CONTACTS: {"contact_post": "部"},
    Section.CAPABILITY: {"honours": "无", "chain_position": ["upstream"]},
    Section.INTENT: {"planned_work": "参与"},
    Section.DECLARATIONS: {"declares_true": "on"},
}


@pytest.mark.parametrize("here", SECTION_FORMS)
def test_saving_a_section_asks_the_database_eight_times_at_most(here, pair):
    draft, mine, _other = pair
    Application.objects.filter(pk=draft.pk).update(declares_true=False)
    began = base(draft, here)
    assert statements(lambda: save(mine, draft, began, here.value, **CHANGES[here])) - 1 <= 8  # one is this test's own look


def test_submitting_asks_the_database_twenty_five_times_at_most(pair):
    draft, mine, _other = pair
    typed = {"seen": stamp(Application.objects.get(pk=draft.pk))}
    assert statements(lambda: mine.post(reverse("applications:submit", args=[draft.uuid]), typed)) <= 25
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def statements(act) -> int:
    """How often the database is asked, SELECT included; BEGIN, SAVEPOINT and locks that are no rows are not counted."""
    with CaptureQueriesContext(connection) as asked:
        act()
    silent = ("SAVEPOINT", "RELEASE", "SET", "SELECT pg_advisory")
    told = [query["sql"] for query in asked if not query["sql"].startswith(silent)]
    print("\n".join(told))  # noqa: T201 — what there was, where it was too much
    return len(told)


def test_a_tick_keeps_the_text_that_was_agreed_to(client):
    draft = factories.draft(declares_true=False, accepts_charter=False, told_persons=False)
    client.force_login(draft.applicant)
    save(client, draft, base(draft, Section.DECLARATIONS), "declarations", declares_true="on")
    assert (draft.declares_true, [str(each.text.declaration) for each in Consent.objects.all()]) == (True, ["declares_true"])


# ── The merge itself ─────────────────────────────────────────────────────────────────────────────────────────────────

ANSWERS = some.dictionaries(some.sampled_from("abc"), some.tuples(some.sampled_from("xyz")), min_size=3, max_size=3)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_whatever_two_people_type_nothing_is_overwritten_unseen(mine, base, theirs):
    """A model beside it: what only I changed is taken, what only they changed stays, what both changed alike is no matter, the rest is disputed."""
    found = settle(mine, base, theirs)
    for name in "abc":
        i_did, they_did = mine[name] != base[name], theirs[name] != base[name]
        assert (name in found.taken) == (i_did and not they_did)
        assert (name in found.disputed) == (i_did and they_did and mine[name] != theirs[name])


@given(some.text(max_size=40), some.text(max_size=40))
def test_both_texts_are_shown_whole(before, after):
    assert "".join(text for text, _alone in pieces(before, after)) == after


# ── What is asked of whom ────────────────────────────────────────────────────────────────────────────────────────────

EVERYWHERE = {
    "name", "name_en", "short_name", "jurisdiction", "reg_no", "unit_type", "legal_form", "founded_on", "registered_capital", "currency",
    "legal_representative", "region", "registered_address", "postal_address", "website",
}  # fmt: skip
ALSO = {  # by place of registration
    Jurisdiction.MAINLAND: {"postcode"},
    Jurisdiction.HONG_KONG: {"other_no"},
    Jurisdiction.MACAO: {"other_no"},
    Jurisdiction.TAIWAN: {"postcode"},
}
OF_TYPE = {  # by type of unit
    UnitType.ENTERPRISE: {"scale"},
    UnitType.UNIVERSITY: set(),
    UnitType.INSTITUTE: set(),
    UnitType.PUBLIC_INSTITUTION: set(),
    UnitType.SERVICE_BODY: {"service_kind", "scale"},
    UnitType.ALLIANCE: set(),
    UnitType.OTHER: {"scale"},
}
OWNED = {UnitType.ENTERPRISE, UnitType.SERVICE_BODY, UnitType.OTHER}  # on the mainland, by whom
SIGNS = {
    Jurisdiction.MAINLAND: "法定代表人",
    Jurisdiction.HONG_KONG: "获授权签署人",
    Jurisdiction.MACAO: "获授权签署人",
    Jurisdiction.TAIWAN: "登记之代表人",
}


@pytest.mark.parametrize("place", Jurisdiction)
@pytest.mark.parametrize("unit_type", UnitType)
def test_each_unit_is_asked_what_concerns_it(place, unit_type):
    asks = Application(jurisdiction=place, unit_type=unit_type, legal_form=LegalForm.LEGAL_PERSON)
    expected = EVERYWHERE | ALSO[place] | OF_TYPE[unit_type]
    expected |= {"ownership"} if place == Jurisdiction.MAINLAND and unit_type in OWNED else set()
    assert {name for name in FIELDS[Section.UNIT] if applies(name, asks)} == expected
    demanded = {name for name in FIELDS[Section.UNIT] if must(name, asks)}
    optional = {"name_en", "short_name", "website", "scale", "postcode", "other_no"}
    optional |= {"registered_capital"} if unit_type != UnitType.ENTERPRISE else set()
    optional |= {"ownership"} if unit_type != UnitType.ENTERPRISE else set()
    assert demanded == expected - optional
    assert called("legal_representative", asks) == SIGNS[place]
    funded = unit_type in {UnitType.UNIVERSITY, UnitType.INSTITUTE, UnitType.PUBLIC_INSTITUTION}
    assert called("registered_capital", asks) == ("开办资金" if funded else "注册资本")


@pytest.mark.parametrize(
    ("currency", "unit"), [("CNY", "万元"), ("HKD", "万港元"), ("MOP", "万澳门元"), ("TWD", "万新台币"), ("USD", "万美元")]
)
def test_an_amount_is_read_in_the_currency_it_was_given_in(client, people, currency, unit):
    draft = factories.draft(by=people.applicant, registered_capital="1000", currency=currency, revenue="20")
    client.force_login(people.applicant)
    said = client.get(reverse("applications:submit", args=[draft.uuid])).context["said"]
    answers = {each["label"]: each for part in said for each in part["answers"]}
    assert [str(answers[label]["unit"]) for label in ("注册资本", "上年度营业收入")] == [unit, unit]
    assert unit in client.get(reverse("applications:section", args=[draft.uuid, "unit"])).content.decode()


def test_of_several_options_the_refused_one_is_red(client, people):
    draft = factories.draft(by=people.applicant)
    client.force_login(people.applicant)
    page = client.post(reverse("applications:section", args=[draft.uuid, "unit"]), {"legal_form": "unincorporated"}).content.decode()
    options = re.findall(r'<input type="radio" class="([^"]*)" name="legal_form" value="([^"]*)"', page)
    assert {value for look, value in options if "is-invalid" in look} == {"unincorporated"}
    assert len(options) > 1


def test_an_alliance_by_contract_names_its_host_and_who_is_recommended_its_recommender():
    hosted = Application(unit_type=UnitType.ALLIANCE, legal_form=LegalForm.UNINCORPORATED)
    assert [must(name, hosted) for name in ("host_name", "host_no")] == [True, True]
    seeks = Application(seat_wanted="director", nomination_kind="recommended")
    assert [must(name, seeks) for name in ("nomination_kind", "recommender", "recommender_opinion")] == [True, True, False]
    assert [applies(name, Application()) for name in ("host_name", "nomination_kind", "recommender")] == [False] * 3


TELEPHONES = [
    ("mainland", "020-0000 0001", True),
    ("mainland", "13800000000", True),
    ("mainland", "0755-0000 0001 转 801", True),
    ("mainland", "12345", False),
    ("hong_kong", "0000 0001", True),
    ("hong_kong", "+852 0000 0001", True),
    ("hong_kong", "+86 020 0000 0001", True),
    ("hong_kong", "123", False),
    ("macao", "0000 0001", True),
    ("macao", "一二三", False),
    ("taiwan", "02-0000 0001", True),
    ("taiwan", "1", False),
]


@pytest.mark.parametrize(("place", "number", "is_one"), TELEPHONES)
def test_a_telephone_number_is_one_of_its_place(place, number, is_one, client):
    draft = factories.draft(jurisdiction=place)
    client.force_login(draft.applicant)
    said = save(client, draft, base(draft, Section.CONTACTS), "contacts", contact_phone=number)
    assert ("contact_phone" not in said["errors"], draft.contact_phone == number) == (is_one, is_one)


def test_what_does_not_concern_a_unit_is_kept_and_not_submitted():
    draft = factories.draft(unit_type=UnitType.ENTERPRISE, service_kind="ip")
    assert (draft.service_kind, said(draft)[0]["service_kind"]) == ("ip", "")


@pytest.mark.parametrize(("typed", "kept"), [("2012年5月30日", "2012-05-30"), ("2012/5/30", "2012-05-30"), ("2012.5.30", "2012-05-30")])
def test_a_day_may_be_typed_as_the_portal_writes_it(typed, kept, client):
    draft = factories.draft()
    client.force_login(draft.applicant)
    said = save(client, draft, base(draft, Section.UNIT), "unit", founded_on=typed)
    assert (said["errors"], draft.founded_on.isoformat()) == ({}, kept)


@pytest.mark.parametrize(("typed", "kept"), [("1,000.50", "1000.50"), ("１，０００", "1000.00"), ("12 000", "12000.00")])
def test_a_number_may_be_typed_with_its_thousands_apart(typed, kept, client):
    draft = factories.draft()
    client.force_login(draft.applicant)
    said = save(client, draft, base(draft, Section.UNIT), "unit", registered_capital=typed)
    assert (said["errors"], str(draft.registered_capital)) == ({}, kept)


def test_a_line_that_is_too_long_is_told_and_not_cut_off(client):
    draft = factories.draft()
    client.force_login(draft.applicant)
    address = reverse("applications:section", args=[draft.uuid, "unit"])
    assert "maxlength" not in re.search(r'<input[^>]*name="short_name"[^>]*>', client.get(address).content.decode())[0]
    assert [*save(client, draft, base(draft, Section.UNIT), "unit", short_name="演" * 130)["errors"]] == ["short_name"]


def test_after_a_refused_save_the_bar_says_what_was_not_taken(client):
    draft = factories.draft()
    client.force_login(draft.applicant)
    address = reverse("applications:section", args=[draft.uuid, "unit"])
    for posted, shown in (({"registered_capital": "viel"}, "wrong"), (None, "saved")):
        page = (client.post(address, posted) if posted else client.get(address)).content.decode()
        bar = dict(re.findall(r'data-says="(\w+)"( hidden)?', page))
        assert [name for name, hidden in bar.items() if not hidden] == [shown]
