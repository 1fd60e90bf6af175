"""Odd text is kept or refused at its field, and odd addresses are not found: never a 500."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from django import forms
from django.contrib.admin.views.main import ChangeList
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alliance import clock
from alliance.admin.office import WrittenRows
from alliance.announcements.forms import AnnouncementForm, CorrectForm, WithdrawForm
from applications.choices import Section
from applications.forms.enquiring import AnswerForm, EnquiryForm, FrequentQuestionForm, FurtherForm, NotedForm
from applications.forms.entering import ClaimForm, EntryForm
from applications.forms.filling import SECTION_FORMS
from applications.forms.reviewing import STEP_FORMS
from applications.forms.starting import StartForm
from applications.models.batch import MOST_GRACE
from council import workflow
from council.forms import NominateForm, TallyForm
from members.forms import ReasonForm
from tests import factories

pytestmark = pytest.mark.django_db
ODD = [
    "\0",
    "a\0b",
    "\u202etxt.exe",
    "\u2066x",
    "字" * 100_000,
    "𬭬喆堃钘",
    "🚗⚡",
    "e\u0301",
    "\x1b[31m",
    " ",
    "<script>alert(1)</script>",
    "=1+1",
    "1e309",
    "-1",
    "9" * 40,
]
ASKING = [EnquiryForm, FurtherForm, NotedForm, AnswerForm, FrequentQuestionForm, ClaimForm, EntryForm]
FORMS = [
    StartForm,
    NominateForm,
    ReasonForm,
    AnnouncementForm,
    CorrectForm,
    WithdrawForm,
    *ASKING,
    *SECTION_FORMS.values(),
    *dict.fromkeys(STEP_FORMS.values()),
]


def filled(form_class, text):
    """The form with `text` in every field."""
    names = form_class.base_fields
    things = {"instance": factories.draft()} if form_class in SECTION_FORMS.values() else {}
    return form_class(dict.fromkeys(names, text), **things)


@pytest.mark.parametrize("form_class", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:12]))
def test_every_form_keeps_or_refuses_odd_text(form_class, text):
    form = filled(form_class, text)
    form.is_valid()
    for name, value in getattr(form, "cleaned_data", {}).items():
        if isinstance(form.fields.get(name), forms.CharField) and isinstance(value, str):
            assert value == unicodedata.normalize("NFC", value)
            assert not set(value) & {"\0", "\x1b", "\u202e", "\u2066"}, name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=200))
@example("\ud7ff￿")
def test_any_text_at_all_goes_through_the_sections_of_a_draft(text):
    draft = factories.draft()
    for section in SECTION_FORMS:
        form = SECTION_FORMS[section](dict.fromkeys(SECTION_FORMS[section].base_fields, text), instance=draft)
        form.is_valid()


@pytest.mark.parametrize("typed", ["", "-1", "x", "99999999999999999999", "1.5", "\0"])
def test_a_tally_of_odd_numbers_is_refused(typed, people):
    from tests.council.test_contest import prepared

    contest = prepared(people, seats=1, candidates=1)
    workflow.start_voting(contest, by=people.officer)
    form = TallyForm(dict.fromkeys(TallyForm(None, things=[contest]).fields, typed), things=[contest])
    assert not form.is_valid()


ADDRESSES = {
    "stranger": [
        "/enquiries/not-a-uuid/",
        "/enquiries/?about=%00",
        "/enquiries/?about=nonsense&topic=%F0%9F",
    ],
    "applicant": [
        "/applications/not-a-uuid/",
        "/applications/00000000-0000-0000-0000-000000000000/unit/",
        "/council/nominate/%00/",
        "/council/nominate/GBANEV-9999/",
    ],
    "auditor": [
        "/council/?on=2026-13-45",
        "/council/?on=%00",
        "/council/?on=x",
        "/admin/history/event/?p=1000000000",
        "/admin/history/event/?at__lt=0001-01-01",
        "/admin/history/event/?at__gte=9999-12-31",
        "/admin/history/event/99999999999999999999999/change/",
    ],
    "officer": [
        "/admin/applications/application/?p=1000000000",
        "/admin/applications/application/?q=%00",
        "/admin/applications/application/?queue=nonsense",
        "/admin/applications/application/steps/accept/?ids=99999999999999999999999999",
        "/admin/applications/application/steps/accept/?ids=abc,,-1",
        "/admin/applications/application/steps/nonsense/?ids=1",
        "/admin/members/attendance/?meeting__id__exact=99999999999999999999999",
        "/admin/members/attendance/?meeting__id__exact=x",
        "/admin/members/memberunit/99999999999999999999999/change/",
        "/admin/applications/enquiry/?waits=nonsense",
        "/admin/applications/frequentquestion/add/?came_from=99999999999999999999999",
        "/admin/applications/frequentquestion/add/?came_from=%00",
    ],
}


@pytest.mark.parametrize(("role", "url"), [(role, url) for role, urls in ADDRESSES.items() for url in urls])
def test_an_odd_address_is_answered(role, url, client, people):
    client.force_login(getattr(people, role))
    assert client.get(url).status_code in (200, 302, 404)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(day, client, people):
    client.force_login(people.auditor)
    assert client.get(reverse("council:dashboard") + f"?on={day}", follow=True).status_code == 200


def test_a_day_that_the_clock_of_sqlite_cannot_hold_is_no_filter(client, people, monkeypatch):
    def too_early(*args):
        raise OverflowError

    monkeypatch.setattr(ChangeList, "get_results", too_early)
    client.force_login(people.auditor)
    answer = client.get("/admin/history/event/?at__lt=0001-01-01")
    assert (answer.status_code, answer.url) == (302, "/admin/history/event/?e=1")


def test_a_deadline_in_the_year_9999_is_refused_at_its_field(client, people):
    client.force_login(people.officer)
    page = reverse("admin:applications_batch_change", args=[factories.draft().batch_id])
    answer = client.post(page, factories.batch_form(last_day="9999-12-31"))
    assert list(answer.context["adminform"].form.errors) == ["last_day"]


@pytest.mark.parametrize("minutes", ["99999999999999999999", "2147483648", str(MOST_GRACE + 1)])
def test_more_grace_than_there_is_is_refused_at_its_field(minutes, client, people):
    client.force_login(people.officer)
    page = reverse("admin:applications_batch_change", args=[factories.draft().batch_id])
    answer = client.post(page, factories.batch_form(grace_minutes=minutes, last_day=clock.today() + timedelta(days=40)))
    assert list(answer.context["adminform"].form.errors) == ["grace_minutes"]


@pytest.mark.parametrize("typed", ["x", " ", "99999999999999999999", "１"])
@pytest.mark.parametrize(("add", "field"), [("council_nomination", "unit"), ("applications_conflict", "organisation")])
def test_what_can_be_no_row_is_refused_where_one_is_chosen(add, field, typed, client, people):
    client.force_login(people.officer)
    answer = client.post(reverse(f"admin:{add}_add"), {field: typed})
    assert (answer.status_code, field in answer.context["adminform"].form.errors) == (200, True)


@pytest.mark.parametrize("chosen", ["x", "\r\n", "99999999999999999999"])
def test_what_can_be_no_row_of_a_list_chooses_none(chosen, client, people):
    client.force_login(people.officer)
    url = reverse("admin:applications_application_changelist")
    name = next(name for name, _label in client.get(url).context["action_form"].fields["action"].choices if name)
    answer = client.post(url, {"action": name, "_selected_action": chosen})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, url)


def test_what_can_be_no_row_is_refused_in_a_row_beside_the_record(client, people):
    client.force_login(people.officer)
    rows = {"candidates-TOTAL_FORMS": "1", "candidates-INITIAL_FORMS": "0", "candidates-0-unit": "x", "candidates-0-nomination": "x"}
    answer = client.post(reverse("admin:council_contest_add"), rows)
    beside = answer.context["inline_admin_formsets"][0].formset
    assert list(beside.errors[0]) == ["place", "nomination", "unit"]


def test_more_rows_than_a_person_writes_are_not_made(client, people, monkeypatch):
    monkeypatch.setattr(WrittenRows, "max_num", 20)
    monkeypatch.setattr(WrittenRows, "at_once", 20)
    client.force_login(people.officer)
    rows = {"candidates-TOTAL_FORMS": "99999999999", "candidates-INITIAL_FORMS": "0"}
    beside = client.post(reverse("admin:council_contest_add"), rows).context["inline_admin_formsets"][0].formset
    assert len(beside.forms) == 20


def test_more_rows_than_there_are_to_read_are_answered(client, people):
    client.force_login(people.officer)
    rows = {"contests-TOTAL_FORMS": "2", "contests-INITIAL_FORMS": "0"}
    assert client.post(reverse("admin:council_ballotsheet_add"), rows).status_code == 200


def test_a_form_in_another_encoding_is_said_to_be_unreadable():
    client = Client(enforce_csrf_checks=True)
    client.get("/enquiries/")  # the token's cookie: without it nothing is read at all
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    answer = client.generic("POST", "/enquiries/", "words=联盟".encode("utf-16"), content_type=kind)
    assert (answer.status_code, "无法读取" in answer.content.decode()) == (400, True)


def test_an_empty_post_to_every_page_is_answered(client, people):
    draft = factories.draft(by=people.applicant)
    client.force_login(people.applicant)
    for url in (reverse("applications:new"), *(reverse("applications:section", args=[draft.uuid, s.value]) for s in Section)):
        assert client.post(url).status_code in (302, 422), url
