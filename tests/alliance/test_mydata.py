"""My data: whoever asks sees what is held on them, and nothing of anybody else."""

from __future__ import annotations

import json

import pypdf
import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from alliance.letters.models import Letter
from applications import workflow
from applications.models.consent import agree
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = [
    "account",
    "acts_for",
    "named",
    "nominations",
    "candidacies",
    "reviews",
    "consents",
    "enquiries",
    "objections",
    "letters",
    "invitations",
    "calls",
    "meetings",
    "for_units",
    "files",
    "history",
]


def exported(client, user) -> dict:
    client.force_login(user)
    answer = client.get(reverse("my_data_json"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content)["data"]


def test_everything_held_is_there_with_source_purpose_and_time(client, people):
    draft = factories.draft(by=people.applicant)
    agree(draft, ["declares_true"], by=people.applicant, language="zh-hans", address="192.0.2.1")
    factories.asked(people.applicant)
    held = exported(client, people.applicant)
    assert list(held) == NAMES
    assert all(each[said] for each in held.values() for said in ("title", "source", "purpose", "kept"))
    assert [(row["what"], row["role"]) for row in held["acts_for"]["rows"]] == [(draft.name, "负责")]
    [agreed] = held["consents"]["rows"]
    assert (agreed["version"], agreed["application"], agreed["address"]) == (1, draft.name, "192.0.2.1")
    assert [row["words"] for row in held["enquiries"]["rows"]] == ["高校能否参加？"]
    assert held["history"]["rows"][0]["count"] == 1
    page = client.get(reverse("my_data")).content.decode()
    assert all(said in page for said in (draft.name, "15 个工作日", "/enquiries/?about=delete", "不能删除的信息"))


def test_whom_others_named_is_found_by_a_confirmed_address_alone(client, people):
    named = factories.application("submitted", contact_email="Second@Example.org", contact_name="王例三")
    assert exported(client, people.stranger)["named"]["rows"] == []
    address = EmailAddress.objects.create(user=people.stranger, email="second@example.org", verified=False)
    assert exported(client, people.stranger)["named"]["rows"] == []
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    [row] = exported(client, people.stranger)["named"]["rows"]
    assert (row["role"], row["name"], row["by"]) == ("联络员", "王例三", named.applicant.name)


def test_nobody_reads_what_is_held_on_another(client, people):
    factories.asked(people.applicant)
    factories.draft(by=people.applicant)
    said = json.dumps(exported(client, people.stranger), ensure_ascii=False)
    assert people.applicant.email not in said
    assert "高校能否参加" not in said


def test_the_paper_says_the_same(client, people, tmp_path):
    draft = factories.draft(by=people.applicant, name="深圳演示𬭬堃有限公司")
    client.force_login(people.applicant)
    answer = client.get(reverse("my_data_pdf"))
    path = tmp_path / "my.pdf"
    path.write_bytes(answer.content)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert all(said in "".join(text.split()) for said in ("我的信息", people.applicant.email, draft.name, "保存"))


def test_a_request_is_an_enquiry_on_the_desk_with_fifteen_working_days(client, people):
    client.force_login(people.applicant)
    begun = client.get("/enquiries/?about=delete").context["form"]
    typed = {name: begun[name].value() for name in ("topic", "name", "email")} | {"words": str(begun["words"].value())}
    assert client.post("/enquiries/", typed).status_code == 302
    [row] = exported(client, people.applicant)["enquiries"]["rows"]
    assert row["topic"] == "我的个人信息"
    client.force_login(people.clerk)
    assert client.get("/admin/applications/enquiry/?waits=due&topic__exact=personal").context["cl"].result_count == 1


def test_whoever_is_named_by_somebody_else_is_told_once_who_named_them(people):
    draft = factories.draft(by=people.applicant, representative_email="rep@example.net", contact_email="liaison@example.net")
    workflow.submit(draft, by=people.applicant)
    told = Letter.objects.filter(template="named").order_by("to")
    assert [letter.to for letter in told] == ["liaison@example.net", "rep@example.net"]
    assert all(people.applicant.name in letter.body and "/enquiries/?about=named" in letter.body for letter in told)
    workflow.return_for_correction(draft, by=people.clerk, defects=["C01"], words="请补充")
    type(draft).objects.filter(pk=draft.pk).update(contact_email="other@example.net")
    workflow.resubmit(draft, by=people.applicant)
    assert [letter.to for letter in told.all()] == ["liaison@example.net", "other@example.net", "rep@example.net"]


def test_who_named_themselves_is_not_told_so(people):
    draft = factories.draft(by=people.applicant, representative_email=people.applicant.email, contact_email=people.applicant.email.upper())
    workflow.submit(draft, by=people.applicant)
    assert not Letter.objects.filter(template="named").exists()
