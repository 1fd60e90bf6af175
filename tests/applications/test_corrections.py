"""Correcting: the office names each place, only these open again, each with its defect beside it; and what follows at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.history.models import TIMETABLE
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import workflow
from applications.choices import OPENS, Defect, Paper, Section, State
from applications.forms.filling import SECTION_FORMS
from applications.forms.reviewing import CorrectionForm
from applications.models import Application
from applications.models.answers import FIELDS
from applications.models.attachment import held
from applications.models.version import stamp
from members.models.colleague import Role
from tests import factories

pytestmark = pytest.mark.django_db
PLACES = [
    {"code": "C03", "field": "name", "words": "与营业执照不一致"},
    {"code": "C07", "field": "cap_research", "words": ""},
    {"code": "C05", "field": "certificate", "words": "扫描件不清"},
]


@pytest.fixture
def returned(people):
    """An application sent back with three defects."""
    application = factories.application(State.SUBMITTED, by=people.applicant)
    workflow.return_for_correction(application, by=people.clerk, defects=["C03", "C07", "C05"], words="请一次补齐。", places=PLACES)
    return application


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def section(application, name) -> str:
    return reverse("applications:section", args=[application.uuid, name])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("here", FIELDS)
def test_only_the_named_fields_are_open_to_whoever_works_on_it(here, role, returned, people):
    returned.organisation.colleagues.create(user=people.stranger, role=role)
    form = browser(people.stranger).get(section(returned, here.value)).context["form"]
    named = {place["field"] for place in PLACES}
    assert {name for name, field in form.fields.items() if not field.disabled} == {*FIELDS[here]} & named


@pytest.mark.parametrize("name", [name for names in FIELDS.values() for name in names if name not in ("jurisdiction", "reg_no")])
def test_a_field_that_was_not_named_does_not_change_whatever_is_posted(name, returned, people):
    here = next(here for here, names in FIELDS.items() if name in names)
    before = returned.in_words(name)
    shown = SECTION_FORMS[here](instance=returned).shown(returned)
    typed = {field: list(answer) for field, answer in shown.items() if answer}
    typed[name] = {"name": "深圳演示改名有限公司", "cap_research": "设有国家级研发中心"}.get(name, "1")
    browser(people.applicant).post(section(returned, here.value), typed)
    returned.refresh_from_db()
    is_open = name in ("name", "cap_research")
    assert (returned.in_words(name) != before) == is_open


def test_the_defect_stands_beside_its_field_and_on_the_overview(returned, people):
    page = browser(people.applicant).get(section(returned, "unit")).content.decode()
    assert (page.count("gb-defect"), "与营业执照不一致" in page) == (1, True)
    page = browser(people.applicant).get(section(returned, "capability")).content.decode()
    assert str(Defect.C07.label) in page
    overview = browser(people.applicant).get(returned.get_absolute_url()).content.decode()
    assert [words in overview for words in ("请一次补齐。", "与营业执照不一致", "扫描件不清", "#div_id_cap_research")] == [True] * 4
    assert "待补正1项" in overview or "待补正1项" in page


def test_only_the_named_papers_change(returned):
    held(returned, Paper.CERTIFICATE)
    held(returned, Paper.SEALED_FORM)  # what is corrected is sealed anew
    with pytest.raises(Refused):
        held(returned, Paper.ALLIANCE)


def test_the_letter_says_every_place_once_in_full(returned):
    letter = Letter.objects.filter(template="correction").first()
    assert all(words in letter.body for words in ("单位名称（全称） · ", "与营业执照不一致", "登记证书", "请一次补齐。"))


def test_a_defect_opens_its_usual_places_where_none_are_named(people):
    application = factories.application(State.SUBMITTED)
    workflow.return_for_correction(application, by=people.clerk, defects=["C08"], words="请选择主方向。")
    assert application.asked_for.places == [{"code": "C08", "field": str(name), "words": ""} for name in OPENS[Defect.C08]]


def test_every_defect_opens_something_that_exists():
    known = {name for names in FIELDS.values() for name in names} | {*Paper.values}
    assert {code: {str(name) for name in OPENS[code]} - known for code in Defect} == {code: set() for code in Defect}


FORM = {"defects": ["C03", "C08"], "defects-C03-where": ["name_en", "nonsense"], "defects-C03-words": " 英文名称 ", "words": "请补正。"}


def test_the_office_s_form_gives_each_defect_its_places_and_words():
    form = CorrectionForm(FORM)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "defects": ["C03", "C08"],
        "words": "请补正。",
        "places": [
            {"code": "C03", "field": "name_en", "words": "英文名称"},
            {"code": "C08", "field": "main_direction", "words": ""},
            {"code": "C08", "field": "related_directions", "words": ""},
        ],
    }


@pytest.mark.parametrize(
    "wrong", [{"defects": []}, {"words": ""}, {"defects-C03-words": "字" * 301}, {"defects-C03-words": "\u202e"}, {"defects": ["C99"]}]
)
def test_a_correction_without_a_defect_or_words_is_refused_and_what_was_typed_stays(wrong, people):
    application = factories.application(State.SUBMITTED)
    url = reverse("admin:applications_application_step", args=["return_for_correction"]) + f"?ids={application.pk}"
    answer = browser(people.clerk).post(url, FORM | wrong | {"_confirm": "1"})
    assert (answer.status_code, Application.objects.get(pk=application.pk).state) == (200, State.SUBMITTED)
    if wrong != {"defects": []} and "defects" not in wrong:
        assert "英文名称" in answer.content.decode() or "字" * 301 in answer.content.decode() or "\u202e" in answer.content.decode()


def test_one_applicant_gets_longer_and_is_told(returned, people):
    until = clock.midnight(clock.today() + timedelta(days=60))
    with pytest.raises(Refused):
        workflow.extend(returned, by=people.clerk, until=returned.due_at, reason="单位盖章需时")
    workflow.extend(returned, by=people.clerk, until=until, reason="单位盖章需时")
    assert (returned.state, returned.due_at, Letter.objects.filter(template="limit_moved").exists()) == (State.CORRECTION, until, True)
    page = browser(people.applicant).get(returned.get_absolute_url())
    assert str(page.context["events"][-1]["label"]) == "延长补正期限"


def test_corrected_twice_and_then_lapsed(returned, people):
    workflow.resubmit(returned, by=people.applicant)
    workflow.return_for_correction(returned, by=people.clerk, defects=["C07"], words="仍过于简单。")
    with clock.at(returned.due_at + timedelta(minutes=1)):
        workflow.lapse(returned, by=TIMETABLE)
    page = browser(people.applicant).get(returned.get_absolute_url()).content.decode()
    assert (returned.state, "沿用原内容重新申请" in page, "逾期未补正" in page) == (State.LAPSED, True, True)


# ── What is seen is what is submitted ────────────────────────────────────────────────────────────────────────────────


def test_what_a_colleague_changed_since_is_not_submitted_unseen(people):
    draft = factories.draft(by=people.applicant)
    seen = browser(people.applicant).get(reverse("applications:submit", args=[draft.uuid])).context["seen"]
    Application.objects.filter(pk=draft.pk).update(short_name="变了")
    answer = browser(people.applicant).post(reverse("applications:submit", args=[draft.uuid]), {"seen": seen})
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (409, State.DRAFT)
    answer = browser(people.applicant).post(reverse("applications:submit", args=[draft.uuid]), {"seen": stamp(draft)})
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (302, State.SUBMITTED)


def test_an_old_press_of_the_button_does_not_submit_the_next_round(returned, people):
    old = stamp(returned)
    workflow.resubmit(returned, by=people.applicant)
    workflow.return_for_correction(returned, by=people.clerk, defects=["C07"], words="仍过于简单。")
    with pytest.raises(Refused):
        workflow.resubmit(returned, by=people.applicant, seen=old)


def test_a_paper_that_the_table_demands_is_missed_with_its_section(people):
    draft = factories.draft(by=people.applicant)
    draft.attachments.all().delete()
    assert draft.gaps == {Section.ATTACHMENTS: [Paper.CERTIFICATE]}
    page = browser(people.applicant).get(reverse("applications:submit", args=[draft.uuid])).content.decode()
    assert str(Paper.CERTIFICATE.label) in page


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_withdrawn_is_taken_up_again_with_its_number(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    number = application.number
    workflow.withdraw(application, by=people.applicant)
    assert browser(people.applicant).post(reverse("applications:take_up", args=[application.uuid])).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.number, application.submitted_at, application.declares_true) == (
        State.DRAFT,
        number,
        None,
        False,
    )
    assert not Application.objects.visible_in_office(None).filter(pk=application.pk).exists()
    Application.objects.filter(pk=application.pk).update(declares_true=True, accepts_charter=True, told_persons=True)
    workflow.submit(application, by=people.applicant)
    assert (application.state, application.number) == (State.SUBMITTED, number)


def test_two_drafts_of_one_number_are_not_made_by_taking_up(people):
    application = factories.application(State.WITHDRAWN, by=people.applicant)
    factories.draft(by=people.applicant, reg_no=application.reg_no)
    with pytest.raises(Refused):
        workflow.take_up(application, by=people.applicant)


@pytest.mark.parametrize("state", [State.REJECTED, State.NOT_ACCEPTED, State.LAPSED, State.WITHDRAWN])
def test_the_unit_applies_again_from_its_old_answers(state, people):
    old = factories.application(state, by=people.applicant)
    old.attachments.all().delete()
    old.refresh_from_db()
    again = reverse("applications:again", args=[old.uuid])
    answer = browser(people.applicant).post(again)
    draft = Application.objects.get(state=State.DRAFT)
    kept = {name for section, names in FIELDS.items() if section != Section.DECLARATIONS for name in names}
    assert {name: getattr(draft, name) for name in kept} == {name: getattr(old, name) for name in kept}
    assert (answer.url, draft.declares_true, draft.organisation) == (section(draft, "unit"), False, old.organisation)
    browser(people.applicant).post(again)
    assert Application.objects.filter(state=State.DRAFT).count() == 1


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ADMITTED, State.CORRECTION])
def test_what_has_not_ended_is_not_applied_for_again(state, people):
    old = factories.application(state, by=people.applicant)
    assert browser(people.applicant).post(reverse("applications:again", args=[old.uuid])).status_code == 404


def test_the_course_says_what_comes_and_when_it_is_expected(people):
    with clock.at(clock.midnight(clock.today()).replace(year=2026, month=3, day=2, hour=10)):
        application = factories.application(State.SUBMITTED, by=people.applicant)
        context = browser(people.applicant).get(application.get_absolute_url()).context
    days = [each["until"] for each in context["ahead"]]
    assert [str(each["label"]) for each in context["ahead"]] == ["初审", "审议", "公示", "入会"]
    assert days == sorted(days)
    assert [application.number in context["line"], "形式审查" in context["line"]] == [True, True]
