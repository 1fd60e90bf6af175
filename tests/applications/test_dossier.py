"""One dossier as one PDF: the course, the review, the form and every paper that can be bound in."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alliance.demo.sheet import sample
from alliance.files import shelf
from applications import dossier, papers, workflow
from applications.choices import State
from tests import factories

pytestmark = pytest.mark.django_db


def with_papers(application):
    """Its papers lie on the shelf."""
    for attachment in application.attachments.all():
        shelf.room(attachment.file.path.parent)
        attachment.file.path.write_bytes(sample("登记证书"))
    return application


def read(content):
    return PdfReader(BytesIO(content))


def test_a_dossier_holds_its_cover_the_form_and_the_papers(people):
    application = with_papers(factories.application(State.SUBMITTED))
    workflow.decline(application, by=people.clerk, ground="J02", reason="主营业务无关")
    made = read(dossier.bound(application, by=people.officer))
    form = read(papers.form(application, application.version))
    cover = made.pages[0].extract_text()
    assert all(word in cover for word in (application.number, "办理经过", "主营业务无关", people.officer.name))
    assert len(made.pages) > len(form.pages) + 1


def test_who_objected_stands_on_no_print(people):
    application = factories.application(State.PUBLICITY)
    workflow.object_to(application, by=people.officer, **factories.objection())
    text = "".join(page.extract_text() for page in read(dossier.bound(application, by=people.officer)).pages)
    assert ("专利数量有误" in text, "陈示七" in text) == (True, False)


def test_it_is_the_secretariat_s_alone(people, client):
    address = reverse("admin:applications_application_dossier", args=[factories.application(State.SUBMITTED).pk])
    client.force_login(people.clerk)
    assert client.get(address)["Content-Type"] == "application/pdf"
    client.force_login(people.auditor)
    assert client.get(address).status_code in (302, 404)
