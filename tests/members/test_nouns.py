"""What may exist: bodies and who sits in them, experts, certificates, hosts, and the tables of the first day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alliance import clock
from alliance.demo.codes import uscc
from alliance.workflow import NotAllowed, Refused
from applications import enquiring
from applications import workflow as applications
from applications.choices import Declaration, State
from applications.models import Application, Batch, Consent, ConsentText, RequiredPaper
from applications.models.answers import gaps
from council.models import HonoraryChair
from members import workflow
from members.choices import CertificateState, Field
from members.models import Body, BodyTenure, Certificate, Expert, FieldDirection, MemberUnit, Organisation, Verification
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def refuses(constraint: str, make) -> None:
    """The database refuses it, by the constraint of this name."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    assert constraint in str(refusal.value) or connection.vendor == "sqlite"


# ── The first day ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_day_has_the_notice_s_bodies_with_its_planned_branches():
    assert list(Body.objects.values_list("name", "kind", "region", "established_on")) == [
        ("理事会", "council", "", None),
        ("专家委员会", "experts", "", None),
        ("秘书处", "secretariat", "", None),
        ("广州分支机构", "branch", "440100", None),
        ("深圳分支机构", "branch", "440300", None),
        ("佛山分支机构", "branch", "440600", None),
        ("重大科技项目工作组", "working_group", "", None),
        ("技术路线图工作组", "working_group", "", None),
        ("技术预测工作组", "working_group", "", None),
    ]


def test_every_field_of_the_notice_leads_to_a_direction_or_leaves_the_choice():
    leads = dict(FieldDirection.objects.values_list("field", "direction"))
    assert set(leads) == set(Field.values)
    assert {field for field, direction in leads.items() if not direction} == {
        "whole_vehicle", "materials", "components", "parts", "equipment", "advanced", "other",
    }  # fmt: skip
    assert (leads["battery"], leads["fuel_cell"], leads["ai"], leads["refuelling"]) == ("electric", "hydrogen", "icv", "infrastructure")


def test_what_the_secretariat_edited_stays_when_the_reference_data_are_loaded_again():
    RequiredPaper.objects.filter(paper="sealed_form").delete()
    Body.objects.filter(name="佛山分支机构").update(name="佛山分会")
    before = [list(model.objects.values_list()) for model in (Body, FieldDirection, RequiredPaper, ConsentText)]
    call_command("reference")
    assert [list(model.objects.values_list()) for model in (Body, FieldDirection, RequiredPaper, ConsentText)] == before


@pytest.mark.parametrize(
    ("jurisdiction", "unit_type", "papers"),
    [
        ("mainland", "enterprise", ["certificate", "sealed_form", "authorisation", "recommendation"]),
        ("mainland", "alliance", ["certificate", "alliance", "sealed_form", "authorisation", "recommendation"]),
        ("hong_kong", "university", ["certificate", "sealed_form", "authorisation", "recommendation"]),
        ("taiwan", "enterprise", ["certificate", "sealed_form", "authorisation", "recommendation"]),
    ],
)
def test_the_table_names_the_papers_of_a_unit(jurisdiction, unit_type, papers):
    named = RequiredPaper.objects.of_unit(jurisdiction, unit_type).values_list("paper", flat=True)
    assert sorted(named) == sorted(papers)


def test_the_attachments_page_says_which_papers_belong_to_this_unit(client, people):
    client.force_login(people.applicant)
    for language, words in (("zh-hans", "营业执照（副本）"), ("zh-hant", "營業執照（副本）"), ("en", "business licence (copy)")):
        client.cookies["django_language"] = language
        draft = factories.draft(by=people.applicant)
        assert words in client.get(reverse("applications:attachments", args=[draft.uuid])).content.decode()
    elsewhere = factories.draft(by=people.applicant, jurisdiction="hong_kong", reg_no="99000077", region="810000")
    assert "business licence" not in client.get(reverse("applications:attachments", args=[elsewhere.uuid])).content.decode()


# ── Bodies ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_one_council_one_committee_and_one_secretariat():
    for kind in ("council", "experts", "secretariat"):
        refuses("one_council_one_committee_one_secretariat", lambda kind=kind: Body.objects.create(kind=kind, name=f"第二{kind}"))


def test_a_branch_is_somewhere():
    refuses("a_branch_has_a_region", lambda: Body.objects.create(kind="branch", name="东莞分支机构"))


def test_a_post_has_one_holder_and_a_head_is_one_at_a_time(people):
    committee, unit, expert = Body.objects.get(kind="experts"), people.units["member"], factories.expert()
    refuses("a_body_s_post_has_one_holder", lambda: BodyTenure.objects.create(body=committee, begins_on=TODAY))
    refuses("a_body_s_post_has_one_holder", lambda: BodyTenure.objects.create(body=committee, unit=unit, expert=expert, begins_on=TODAY))
    head = BodyTenure.objects.create(body=committee, expert=expert, post="head", begins_on=TODAY)
    refuses(
        "a_body_has_one_head_at_a_time",
        lambda: BodyTenure.objects.create(body=committee, expert=factories.expert(), post="head", begins_on=TODAY),
    )
    head.ended_on = TODAY
    head.save()
    BodyTenure.objects.create(body=committee, expert=factories.expert(), post="head", begins_on=TODAY)


def test_on_a_day_a_tenure_runs_from_its_first_day_up_to_its_end(people):
    tenure = BodyTenure.objects.create(
        body=Body.objects.get(name="技术预测工作组"), unit=people.units["member"], begins_on=TODAY, ended_on=TODAY + timedelta(days=2)
    )
    days = [day for day in range(-1, 4) if BodyTenure.objects.on_date(TODAY + timedelta(days=day)).filter(pk=tenure.pk).exists()]
    assert days == [0, 1]


def test_the_council_s_members_are_not_written_into_the_council(people):
    with pytest.raises(ValidationError, match="election|选举"):
        BodyTenure(body=Body.objects.get(kind="council"), unit=people.units["member"], begins_on=TODAY).full_clean()


def test_an_officer_writes_a_secretary_general_in_and_a_second_is_told_at_the_page(client, people):
    client.force_login(people.officer)
    body = Body.objects.get(kind="secretariat")
    page = reverse("admin:members_body_change", args=[body.pk])
    typed = {"name": body.name, "name_hant": "", "name_en": "", "region": "", "tasks": "", "established_on": "", "dissolved_on": ""}
    management = {"tenures-INITIAL_FORMS": 0, "tenures-MIN_NUM_FORMS": 0, "tenures-MAX_NUM_FORMS": 1000}
    row = {"post": "secretary_general", "person": "王例三", "begins_on": "2026-06-01"}
    one = {f"tenures-0-{name}": value for name, value in row.items()}
    two = {f"tenures-1-{name}": value for name, value in (row | {"person": "赵演四"}).items()}
    assert client.post(page, typed | management | {"tenures-TOTAL_FORMS": 2} | one | two).status_code == 200
    assert not BodyTenure.objects.exists()
    assert client.post(page, typed | management | {"tenures-TOTAL_FORMS": 1} | one).status_code == 302
    assert BodyTenure.objects.get().holder == "王例三"


# ── Certificates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_certificate_is_valid_expired_replaced_or_void(people):
    unit = people.units["member"]
    MemberUnit.objects.filter(pk=unit.pk).update(admitted_on=TODAY)
    with clock.at(clock.midnight(TODAY)):
        certificate = factories.certificate(people.officer, unit)
        assert (certificate.number, certificate.standing) == ("GBANEV-0120260001", CertificateState.VALID)
        Certificate.objects.filter(pk=certificate.pk).update(valid_until=TODAY)
        certificate.refresh_from_db()
        assert certificate.standing == CertificateState.VALID
    with clock.at(clock.midnight(TODAY + timedelta(days=1))):
        assert certificate.standing == CertificateState.EXPIRED
        workflow.replace_certificate(unit, by=people.officer, reason="单位更名")
        certificate.refresh_from_db()
        second = unit.certificates.running().get()
        assert (certificate.standing, certificate.successor, second.number) == (CertificateState.REPLACED, second, "GBANEV-0120260002")
        workflow.resign(unit, by=people.officer, reason="业务调整")
        second.refresh_from_db()
        assert second.standing == CertificateState.VOID


def test_a_unit_has_one_running_certificate(people):
    first = factories.certificate(people.officer, people.units["member"])
    with pytest.raises(NotAllowed):
        workflow.issue_certificate(people.units["member"], by=people.officer)
    again = {"unit": first.unit, "number": "GBANEV-X", "term": first.term, "name": "x", "issued_on": TODAY, "issued_by": people.officer}
    refuses("a_unit_has_one_running_certificate", lambda: Certificate.objects.create(**again))


def test_a_unit_without_a_certificate_has_none_to_replace(people):
    with pytest.raises(NotAllowed):
        workflow.replace_certificate(people.units["member"], by=people.officer, reason="更名")


# ── Verification by hand ─────────────────────────────────────────────────────────────────────────────────────────────


def test_accepting_keeps_who_compared_the_number_when_and_how(people):
    application = factories.application(State.SUBMITTED)
    applications.accept(application, by=people.clerk)
    kept = Verification.objects.get(organisation=application.organisation)
    assert (kept.by, kept.on, kept.way, kept.agrees) == (people.clerk, clock.today(), "certificate", True)
    assert Organisation.objects.with_verification().get(pk=application.organisation_id).verified_on == clock.today()


def test_a_look_into_a_register_is_added_on_the_organisation_s_page_and_is_whoever_s_is_signed_in(client, people):
    client.force_login(people.clerk)
    organisation = factories.organisation()
    page = reverse("admin:members_organisation_change", args=[organisation.pk])
    typed = {
        "verifications-TOTAL_FORMS": 1, "verifications-INITIAL_FORMS": 0, "verifications-MIN_NUM_FORMS": 0, "verifications-MAX_NUM_FORMS": 1000,
        "verifications-0-on": "2026-06-01", "verifications-0-way": "enterprises", "verifications-0-note": "名称已变更",
    }  # fmt: skip
    for prefix in ("former_names", "colleagues", "memberships", "hosted"):
        typed |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert client.post(page, typed).status_code == 302
    kept = Verification.objects.get()
    assert (kept.by, kept.way, kept.agrees, kept.note, str(kept.on)) == (people.clerk, "enterprises", False, "名称已变更", "2026-06-01")
    assert Organisation.objects.with_verification().get(pk=organisation.pk).verified_on is None


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        ({"reg_no": "91440300XX0000019G"}, "统一社会信用代码 · 校验通过"),
        ({"reg_no": "LM-2020001"}, "联盟认定编号 · 待人工核对"),
        ({"jurisdiction": "taiwan", "reg_no": "00501508"}, "统一编号（台湾） · 格式相符"),
    ],
)
def test_the_page_of_an_organisation_says_what_kind_of_number_it_has_and_how_much_that_says(registered, said, client, people):
    client.force_login(people.clerk)
    organisation = factories.organisation(**registered)
    assert said in client.get(reverse("admin:members_organisation_change", args=[organisation.pk])).content.decode()


@pytest.mark.parametrize(("currency", "said"), [("CNY", "11,869 万元"), ("HKD", "11,869 万港元")])
def test_the_office_reads_the_capital_of_an_organisation_with_its_unit(currency, said, client, people):
    organisation = factories.organisation(registered_capital=11869, currency=currency)
    client.force_login(people.clerk)
    assert said in client.get(reverse("admin:members_organisation_change", args=[organisation.pk])).content.decode()


# ── Hosts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def hosted(people, **changes) -> Application:
    """A draft of an alliance by contract, hosted by a university's credit code."""
    by_contract = {"unit_type": "alliance", "legal_form": "unincorporated", "ownership": "", "registered_capital": None}
    host = {"host_name": "珠江演示理工大学", "host_no": uscc("12", "440000", 4711)}
    return factories.draft(by=people.applicant, **by_contract | host | changes)


def test_an_alliance_by_contract_needs_its_host_and_other_unincorporated_bodies_are_stopped(people):
    assert gaps(hosted(people)) == {}
    assert gaps(hosted(people, host_no="")) == {"unit": ["host_no"]}
    assert gaps(factories.draft(legal_form="unincorporated", unit_type="service_body", service_kind="finance", ownership="")) == {
        "unit": ["legal_form"]
    }


def test_an_alliance_without_a_number_is_given_one_and_pressing_twice_opens_the_same_draft(client, people):
    client.force_login(people.applicant)
    page, year = reverse("applications:new"), clock.today().year
    started = {"jurisdiction": "mainland", "has_no_number": "on"}
    assert {client.post(page, started).status_code for _ in range(2)} == {302}
    draft = Application.objects.get(applicant=people.applicant)
    assert (draft.reg_no, draft.unit_type) == (f"LM-{year}001", "alliance")
    Application.objects.filter(pk=draft.pk).update(name="广东省演示氢能产业技术创新联盟")
    client.post(page, started)
    assert sorted(Application.objects.values_list("reg_no", flat=True)) == [f"LM-{year}001", f"LM-{year}002"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"jurisdiction": "mainland"}, "reg_no"),
        ({"jurisdiction": "hong_kong", "has_no_number": "on"}, "has_no_number"),
        ({"jurisdiction": "mainland", "has_no_number": "on", "reg_no": "91440300XX0000019G"}, "has_no_number"),
    ],
)
def test_a_start_with_neither_or_both_is_told_at_its_field(client, people, typed, field):
    client.force_login(people.applicant)
    answer = client.post(reverse("applications:new"), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Application.objects.exists()


def test_an_admitted_alliance_has_its_host_which_may_apply_itself_and_host_several(people):
    first, second = (admitted(people, hosted(people, name=f"广东省演示产业技术创新联盟{n}")) for n in range(2))
    host = first.organisation.host
    assert (host.name, second.organisation.host) == ("珠江演示理工大学", host)
    assert host.hosted.count() == 2
    university = factories.draft(by=people.stranger, reg_no=host.reg_no, unit_type="university", name=host.name, ownership="")
    applications.submit(university, by=people.stranger)
    assert (university.organisation, host.colleagues.get().user) == (host, people.stranger)


def admitted(people, application: Application) -> MemberUnit:
    """Through its steps, past the formal check."""
    applications.submit(application, by=people.applicant)
    Batch.objects.filter(pk=application.batch_id).update(closed_at=None)
    Application.objects.filter(pk=application.pk).update(state=State.APPROVED)
    application.refresh_from_db()
    applications.admit(application, by=people.officer)
    return application.unit


def test_whether_host_and_hosted_both_vote_is_a_rule_of_the_term(people):
    host = factories.unit()
    alliances = [factories.unit(unit_type="alliance", legal_form="unincorporated", host=host.organisation) for _ in range(2)]
    orphan = factories.organisation()
    others = [factories.unit(unit_type="alliance", legal_form="unincorporated", host=orphan) for _ in range(2)]
    term = factories.term()
    everybody = set(MemberUnit.objects.active())
    assert set(MemberUnit.objects.electorate(term)) == everybody
    term.hosts_vote_too = False
    assert set(MemberUnit.objects.electorate(term)) == everybody - {*alliances, others[1]}


def test_only_an_alliance_has_a_host_and_nobody_hosts_itself():
    organisation = factories.organisation()
    refuses("only_an_alliance_has_a_host", lambda: factories.organisation(host=organisation))
    Organisation.objects.filter(pk=organisation.pk).update(unit_type="alliance")
    refuses("nobody_hosts_itself", lambda: Organisation.objects.filter(pk=organisation.pk).update(host=organisation.pk))


# ── Experts, reviews, honorary chairs ────────────────────────────────────────────────────────────────────────────────


def test_experts_are_found_by_direction_and_leave_the_list_when_they_retire():
    electric, both = factories.expert(), factories.expert(directions=["electric", "hydrogen"])
    assert set(Expert.objects.of_direction("electric")) == {electric, both}
    assert set(Expert.objects.of_direction("hydrogen")) == {both}
    both.retired_on = clock.today()
    both.save()
    assert set(Expert.objects.listed()) == {electric}


def test_an_expert_is_assigned_once_a_batch_and_a_recusal_says_why(people):
    application = factories.application(State.SCREENED)
    assignment = factories.assignment(people.officer, application)
    again = {"application": application, "batch": application.batch, "expert": assignment.expert, "assigned_by": people.officer}
    refuses("an_expert_is_assigned_once_a_batch", lambda: type(assignment).objects.create(**again))
    refuses("who_does_not_review_says_why", lambda: type(assignment).objects.update(state="recused"))


def test_a_sheet_that_is_not_handed_in_is_the_expert_s_own(client, people):
    review = factories.review(people.officer, factories.application(State.SCREENED))
    client.force_login(people.officer)
    listed = reverse("admin:applications_review_changelist")
    assert review.assignment.expert.name in client.get(listed).content.decode()
    type(review).objects.update(handed_in_at=None)
    assert review.assignment.expert.name not in client.get(listed).content.decode()


def test_an_honorary_chair_holds_neither_seat_nor_vote(people):
    HonoraryChair.objects.create(term=factories.term(), name="孙范六", affiliation="演示大学", begins_on=TODAY)
    assert HonoraryChair._meta.get_field("term").related_model._meta.label == "members.Term"
    assert not {field.name for field in HonoraryChair._meta.get_fields()} & {"seat", "unit"}


# ── Consents ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ticking_keeps_which_text_was_agreed_to_by_whom_and_from_where(client, people):
    client.force_login(people.applicant)
    draft = factories.draft(by=people.applicant, **dict.fromkeys(Declaration.values, False))
    page = reverse("applications:section", args=[draft.uuid, "declarations"])
    assert "承诺" in client.get(page).content.decode()
    client.post(page, {"declares_true": "on", "told_persons": "on"}, REMOTE_ADDR="192.0.2.7")
    kept = Consent.objects.filter(application=draft).order_by("text__declaration")
    assert [(c.text.declaration, c.text.language, c.text.version, c.by, c.address) for c in kept] == [
        ("declares_true", "zh-hans", 1, people.applicant, "192.0.2.7"),
        ("told_persons", "zh-hans", 1, people.applicant, "192.0.2.7"),
    ]


def test_a_new_text_is_a_further_version_and_old_consents_keep_theirs(client, people):
    draft = factories.draft(by=people.applicant)
    client.force_login(people.applicant)
    page = reverse("applications:section", args=[draft.uuid, "declarations"])
    client.post(page, {"declares_true": "on"})
    client.force_login(people.officer)
    typed = {"declaration": "declares_true", "language": "zh-hans", "text": "本单位对所填内容负责。"}
    assert client.post(reverse("admin:applications_consenttext_add"), typed).status_code == 302
    assert [t.version for t in ConsentText.objects.in_force("zh-hans").filter(declaration="declares_true")] == [2]
    assert Consent.objects.get(application=draft).text.version == 1
    client.force_login(people.applicant)
    client.post(page, {"declares_true": "on"})
    assert sorted(Consent.objects.filter(application=draft).values_list("text__version", flat=True)) == [1, 2]


# ── Enquiries ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_enquiry_is_answered_by_letter_and_can_be_answered_again(people):
    enquiry = factories.enquiry(people.clerk)
    type(enquiry).objects.filter(pk=enquiry.pk).update(email="asks@example.com")
    enquiry.refresh_from_db()
    enquiring.answer(enquiry, by=people.clerk, words="可以申请。")
    with clock.at(clock.now() + timedelta(minutes=1)):
        enquiring.answer(enquiry, by=people.officer, words="更正：须为法人。")
    from alliance.letters.models import Letter

    bodies = Letter.objects.filter(template="enquiry_answered").order_by("id").values_list("to", "body")
    assert [(to, "可以申请" in body, "须为法人" in body) for to, body in bodies] == [
        ("asks@example.com", True, False),
        ("asks@example.com", False, True),
    ]
    enquiring.close_enquiry(enquiry, by=people.clerk)
    with pytest.raises(Refused):
        enquiring.answer(enquiry, by=people.clerk, words="再答。")


def test_who_asks_can_be_reached():
    from applications.models import Enquiry

    refuses("who_asks_can_be_reached", lambda: Enquiry.objects.create(topic="joining", name="郑示六", words="？"))
