"""What an applicant types: kept, checked at its field, and never another's business."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alliance.workflow import NotAllowed, Refused
from applications import claiming, workflow
from applications.choices import Section, State
from applications.forms.filling import SECTION_FORMS
from applications.models import Application
from members.models import Colleague, Organisation
from members.models.colleague import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(client):
    user = factories.user("陈示七")
    client.force_login(user)
    return user


def section(draft, name="unit") -> str:
    return reverse("applications:section", args=[draft.uuid, name])


def test_the_same_number_again_opens_the_draft_that_is_there(client, applicant):
    for typed in ("91440300XX0000019G", "91440300xx0000019g", " 9144 0300 XX00 0001 9G"):
        client.post(reverse("applications:new"), {"jurisdiction": "mainland", "reg_no": typed})
    assert Application.objects.filter(applicant=applicant).count() == 1


@pytest.mark.parametrize(
    ("jurisdiction", "number", "said"),
    [
        ("mainland", "91440300XX00000I9G", "I"),
        ("mainland", "91440300XX0000019", "17"),
        ("hong_kong", "1234567", "8"),
        ("taiwan", "1234567A", "8"),
    ],
)
def test_a_wrong_number_is_told_at_its_field_and_kept(jurisdiction, number, said, client, applicant):
    answer = client.post(reverse("applications:new"), {"jurisdiction": jurisdiction, "reg_no": number})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reg_no"]
    assert said in str(answer.context["form"].errors["reg_no"])
    assert number in answer.content.decode()
    assert not Application.objects.exists()


ABROAD = [("hong_kong", "99007731", "810000"), ("macao", "90001 (SO)", "820000"), ("taiwan", "00501508", "710000")]


@pytest.mark.parametrize(("jurisdiction", "number", "region"), ABROAD)
def test_a_unit_from_abroad_lies_where_it_is_registered_whatever_is_saved(jurisdiction, number, region, client, applicant):
    client.post(reverse("applications:new"), {"jurisdiction": jurisdiction, "reg_no": number})
    draft = Application.objects.get()
    form = client.get(section(draft)).context["form"]
    assert [value for value, _label in form.fields["region"].choices] == [region]
    assert form["region"].value() == region
    shown = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    assert client.post(section(draft), shown | {"name": "演示有限公司"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.region) == ("演示有限公司", region)
    assert "region" not in draft.gaps.get(Section.UNIT, [])


def test_a_draft_may_be_incomplete(client, applicant):
    draft = factories.draft(by=applicant)
    assert (
        client.post(section(draft), {"name": "", "jurisdiction": "mainland", "reg_no": draft.reg_no, "currency": "CNY"}).status_code == 302
    )
    draft.refresh_from_db()
    assert draft.name == ""
    assert "name" in draft.gaps[Section.UNIT]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("founded_on", "2999-01-01"),
        ("founded_on", "昨天"),
        ("registered_capital", "-5"),
        ("registered_capital", "五千"),
        ("name", "字" * 121),
        ("website", "不是网址"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(name, typed, client, applicant):
    draft = factories.draft(by=applicant)
    before = Application.objects.get(pk=draft.pk)
    whole = {
        "name": "广州演示有限公司",
        "jurisdiction": "mainland",
        "reg_no": draft.reg_no,
        "currency": "CNY",
        "registered_address": "演示路2号",
    }
    answer = client.post(section(draft), whole | {name: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    page = answer.content.decode()
    assert typed in page
    assert "演示路2号" in page
    draft.refresh_from_db()
    assert (draft.registered_address, in_words(draft, name)) == ("演示路2号", in_words(before, name))


def test_research_staff_are_among_the_staff(client, applicant):
    draft = factories.draft(by=applicant)
    answer = client.post(section(draft, "capability"), {"staff_total": 5, "staff_rd": 6})
    assert list(answer.context["form"].errors) == ["staff_rd"]


def test_one_of_three_capabilities_suffices():
    draft = factories.draft(cap_research="", cap_service="", cap_industry="")
    assert draft.gaps == {Section.CAPABILITY: ["cap_research"]}
    draft.cap_service = "检测服务"
    assert draft.gaps == {}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"unit_type": "service_body"}, ["service_kind"]),
        ({"unit_type": "university", "registered_capital": None}, []),
        ({"registered_capital": None}, ["registered_capital"]),
        ({"chain_position": []}, ["chain_position"]),
        ({"declares_true": False}, ["declares_true"]),
    ],
)
def test_what_must_be_answered_depends_on_the_unit(changes, missing):
    assert [name for names in factories.draft(**changes).gaps.values() for name in names] == missing


def test_an_incomplete_application_is_not_submitted():
    draft = factories.draft(name="")
    with pytest.raises(Refused):
        workflow.submit(draft, by=draft.applicant)
    draft.refresh_from_db()
    assert (draft.state, draft.number, Organisation.objects.count()) == (State.DRAFT, None, 0)


def test_submitting_makes_the_organisation_its_owner_and_a_frozen_version():
    draft = factories.draft()
    workflow.submit(draft, by=draft.applicant)
    colleague = Colleague.objects.get(user=draft.applicant)
    version = draft.versions.get()
    assert (colleague.organisation, colleague.role) == (draft.organisation, Role.OWNS)
    assert (version.number, version.answers["name"]) == (1, draft.name)
    assert "representative_name" not in version.answers
    assert version.persons.answers["representative_name"] == draft.representative_name


def test_a_correction_is_a_further_version_and_the_first_stays(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    workflow.return_for_correction(application, by=people.clerk, defects=["C03"], words="名称与证书不一致")
    Application.objects.filter(pk=application.pk).update(name="更正后的演示有限公司")
    application.refresh_from_db()
    workflow.resubmit(application, by=people.applicant)
    names = [version.answers["name"] for version in application.versions.order_by("number")]
    assert names[0] != names[1] == "更正后的演示有限公司"


def test_a_third_round_of_correction_is_refused(people):
    application = factories.application(State.SUBMITTED, by=people.applicant)
    for _ in range(2):
        workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="印章不清")
        workflow.resubmit(application, by=people.applicant)
    with pytest.raises(Refused):
        workflow.return_for_correction(application, by=people.clerk, defects=["C02"], words="印章不清")


def test_the_number_stays_once_it_is_submitted(people):
    application = factories.application(State.CORRECTION, by=people.applicant)
    form = SECTION_FORMS[Section.UNIT]({"jurisdiction": "hong_kong", "reg_no": "99000009", "currency": "CNY"}, instance=application)
    assert form.is_valid()
    assert (form.cleaned_data["jurisdiction"], form.cleaned_data["reg_no"]) == (application.jurisdiction, application.reg_no)


# ── A number that is known ───────────────────────────────────────────────────────────────────────────────────────────


def refusal_of(draft) -> str:
    with pytest.raises(Refused) as refused:
        workflow.submit(draft, by=draft.applicant)
    return str(refused.value.why)


def test_a_stranger_gets_one_answer_whatever_is_known_under_the_number(people):
    under_way = factories.application(State.SUBMITTED)
    rejected = factories.application(State.REJECTED)
    member = people.units["member"].organisation
    answers = {refusal_of(factories.draft(reg_no=known.reg_no)) for known in (under_way, rejected, member)}
    assert answers == {str(claiming.NOT_FROM_HERE)}


def test_a_unit_that_only_a_table_knows_is_to_a_stranger_as_one_that_nobody_knew(people):
    draft = factories.sealed(factories.draft(by=people.applicant, reg_no=factories.organisation().reg_no))
    workflow.submit(draft, by=people.applicant)
    assert draft.organisation.colleagues.get().user == people.applicant


def test_whoever_acts_for_a_rejected_organisation_applies_again(people):
    before = factories.application(State.REJECTED, by=people.applicant)
    again = factories.draft(by=people.applicant, reg_no=before.reg_no)
    workflow.submit(again, by=people.applicant)
    assert (again.organisation, again.number != before.number) == (before.organisation, True)


def test_a_member_does_not_apply_again(people):
    draft = factories.draft(by=people.member, reg_no=people.units["member"].organisation.reg_no)
    assert refusal_of(draft) == str(claiming.NOT_FROM_HERE)


def test_a_colleague_who_only_fills_in_does_not_submit(people):
    application = factories.application(State.CORRECTION)
    Colleague.objects.create(user=people.stranger, organisation=application.organisation, role=Role.FILLS_IN)
    with pytest.raises(NotAllowed):
        workflow.resubmit(application, by=people.stranger)


def test_a_deactivated_account_takes_no_step(people):
    draft = factories.draft(by=people.applicant)
    people.applicant.is_active = False
    with pytest.raises(NotAllowed):
        workflow.submit(draft, by=people.applicant)


# ── The path's ends ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_withdrawing_asks_once_and_ends_it(client, applicant):
    application = factories.application(State.ACCEPTED, by=applicant)
    url = reverse("applications:withdraw", args=[application.uuid])
    assert client.get(url).status_code == 200
    client.post(url)
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN


def test_pressing_submit_twice_submits_once(client, applicant):
    draft = factories.draft(by=applicant)
    url = reverse("applications:submit", args=[draft.uuid])
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    draft.refresh_from_db()
    assert (draft.state, draft.versions.count()) == (State.SUBMITTED, 1)


@pytest.mark.parametrize("state", State)
def test_an_application_s_page_opens_in_every_state(state, client, applicant):
    application = factories.application(state, by=applicant)
    page = client.get(application.get_absolute_url())
    assert page.status_code == 200
    assert application.name in page.content.decode()
    assert client.get(reverse("applications:list")).status_code == 200


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_the_office_opens_an_application_in_every_state(state, client, people):
    application = factories.application(state)
    client.force_login(people.officer)
    page = client.get(reverse("admin:applications_application_change", args=[application.pk]))
    assert page.status_code == 200
    offered = {step["name"] for step in page.context["open_steps"]}
    assert offered == {step.name for step in workflow.workflow.open_to(application, people.officer)}


def test_what_was_typed_while_somebody_submitted_changes_nothing_and_is_given_back(client, applicant):
    """Between opening the section and saving it, a colleague presses submit."""
    draft = factories.draft(by=applicant)
    workflow.submit(Application.objects.get(pk=draft.pk), by=applicant)
    answer = client.post(section(draft), {"name": "后来的名称", "jurisdiction": "mainland", "reg_no": draft.reg_no, "currency": "CNY"})
    assert (answer.status_code, "后来的名称" in answer.content.decode()) == (409, True)
    draft.refresh_from_db()
    assert draft.name != "后来的名称"


def in_words(application, name):
    return application.in_words(name)


def test_two_drafts_of_one_person_do_not_share_a_number(client, applicant):
    first, second = factories.draft(by=applicant), factories.draft(by=applicant)
    answer = client.post(section(second), {"jurisdiction": "mainland", "reg_no": first.reg_no, "currency": "CNY"})
    assert list(answer.context["form"].errors) == ["reg_no"]
    answer = client.post(section(second), {"jurisdiction": "mainland", "reg_no": "", "currency": "CNY"})
    assert list(answer.context["form"].errors) == ["reg_no"]


@pytest.mark.parametrize("posted", [{"reg_no": "garbage"}, {"reg_no": "garbage", "jurisdiction": ""}])
def test_a_number_is_checked_even_where_no_jurisdiction_is_posted(posted, client, applicant):
    draft = factories.draft(by=applicant)
    answer = client.post(section(draft), posted | {"currency": "CNY"})
    assert "reg_no" in answer.context["form"].errors
    with pytest.raises(Refused):
        workflow.submit(factories.draft(reg_no="GARBAGE"), by=Application.objects.get(reg_no="GARBAGE").applicant)


@pytest.mark.parametrize("form", ["branch", "unincorporated"])
def test_only_a_legal_person_applies(form, client, applicant):
    draft = factories.draft(by=applicant)
    answer = client.post(section(draft), {"jurisdiction": "mainland", "reg_no": draft.reg_no, "currency": "CNY", "legal_form": form})
    assert list(answer.context["form"].errors) == ["legal_form"]
    assert factories.draft(legal_form=form).gaps == {Section.UNIT: ["legal_form"]}


def test_a_postcode_is_one_and_the_main_direction_is_not_named_twice(db):
    application = factories.draft(main_direction="electric", related_directions=[], postcode="")
    unit = SECTION_FORMS[Section.UNIT](
        {"jurisdiction": "mainland", "reg_no": application.reg_no, "postcode": "ABCDE"}, instance=application
    )
    capability = SECTION_FORMS[Section.CAPABILITY]({"main_direction": "icv", "related_directions": ["icv"]}, instance=application)
    assert (unit.errors["postcode"], set(capability.errors)) == (["请填写六位数字。"], {"related_directions"})
    closed = SECTION_FORMS[Section.UNIT]({"postcode": "ABCDE"}, instance=application, opens={"website"})
    assert "postcode" not in closed.errors
