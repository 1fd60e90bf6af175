"""Certificates after their issue: both forms of number, another copy, a longer life, the next term, their way to the unit, and what the unit takes with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from alliance import clock
from alliance.documents.models import Paper
from alliance.facts.choices import CertificateNumbers, CertificateValidity
from alliance.facts.models import Facts
from alliance.jobs import working
from alliance.jobs.models import Job
from alliance.letters.models import Letter
from alliance.workflow import Refused
from members import workflow
from members.choices import CertificateState
from members.models import Certificate, Dispatch, MemberUnit, Term
from members.papers import certificates as papers
from members.views.certificates import certificate_cards
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:members_certificate_changelist"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def facts(**changes) -> None:
    Facts.objects.filter(pk=1).update(**changes)


def fresh(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)


def text(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


# ── Numbers and validity ─────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_come_in_two_forms_and_a_change_of_the_setting_counts_for_later_ones(people):
    with clock.at(datetime(2021, 3, 18, 2, tzinfo=UTC)):
        first = factories.certificate(people.officer)
        facts(certificate_numbers=CertificateNumbers.CHINESE)
        second, third = factories.certificate(people.officer), factories.certificate(people.officer)
        facts(certificate_numbers=CertificateNumbers.PLAIN)
        fourth = factories.certificate(people.officer)
    found = [each.number for each in (first, second, third, fourth)]
    assert found == ["GBANEV-0120210001", "湾新汽联会字〔2021〕第0001号", "湾新汽联会字〔2021〕第0002号", "GBANEV-0120210002"]
    assert fresh(first).number == found[0]


def test_a_number_is_not_given_again_when_its_certificate_is_void(people):
    first = factories.certificate(people.officer, people.units["member"])
    workflow.void(first, by=people.officer, reason="误发")
    workflow.issue_certificate(people.units["member"], by=people.officer)
    assert {first.number, people.units["member"].certificates.running().get().number} == {first.number, f"{first.number[:-1]}2"}


def test_where_certificates_are_certified_yearly_a_new_one_is_good_for_a_year_but_never_beyond_the_term(people):
    facts(certificate_validity=CertificateValidity.YEAR)
    with clock.at(datetime(2024, 2, 29, 2, tzinfo=UTC)):
        assert factories.certificate(people.officer).valid_until == date(2025, 2, 27)
        Term.objects.filter(number=1).update(begins_on=date(2020, 1, 1), ends_on=date(2024, 12, 31))
        certificate = factories.certificate(people.officer)
        assert (certificate.valid_until, certificate.standing) == (date(2024, 12, 31), CertificateState.VALID)
    with clock.at(datetime(2025, 1, 1, 2, tzinfo=UTC)):
        assert fresh(certificate).standing == CertificateState.EXPIRED


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_another_copy_keeps_its_number_and_says_that_it_is_one_and_why_is_kept(people):
    certificate = factories.certificate(people.officer)
    first = papers.made(certificate, by=people.officer)
    workflow.reissue(certificate, by=people.officer, reason="原件遗失")
    assert papers.paper_of(certificate) is None
    copy = papers.made(certificate, by=people.officer)
    assert papers.made(certificate, by=people.officer) == copy
    assert (copy.number, copy.issue, certificate.copies, certificate.reissued_on) == (first.number, 2, 1, clock.today())
    assert "（补发）" in text(bytes(copy.content))
    assert [each.reissue_reason for each in certificate.history.order_by("-history_id")][:2] == ["原件遗失", ""]


def test_a_certificate_is_extended_within_its_term_and_a_sealed_pdf_of_before_is_not_handed_out(people):
    Term.objects.filter(number=1).update(begins_on=date(2020, 1, 1), ends_on=clock.today() + timedelta(days=500))
    facts(certificate_validity=CertificateValidity.YEAR)
    certificate = factories.certificate(people.officer)
    until = certificate.valid_until + timedelta(days=100)
    for day in (certificate.valid_until, clock.today() - timedelta(days=1), clock.today() + timedelta(days=501)):
        with pytest.raises(Refused):
            workflow.extend(certificate, by=people.officer, good_until=day)
    workflow.extend(certificate, by=people.officer, good_until=until)
    assert (fresh(certificate).valid_until, fresh(certificate).sealed, certificate.standing) == (until, None, "valid")


def test_many_are_renewed_for_the_next_term_from_the_list(people):
    old = [factories.certificate(people.officer) for _ in range(3)]
    Term.objects.filter(number=1).update(begins_on=date(2020, 1, 1), ends_on=clock.today() - timedelta(days=1))
    Term.objects.create(number=2, begins_on=clock.today(), ends_on=clock.today() + timedelta(days=1000))
    MemberUnit.objects.filter(pk=old[2].unit_id).update(state="suspended")
    officer, page = client_of(people.officer), reverse("admin:members_certificate_step", args=["renew"])
    assert officer.get(reverse(LIST), {"standing": "last-term"}).context["cl"].result_count == 2
    officer.post(page, {"ids": ",".join(str(each.pk) for each in old), "_sure": "1"})
    standing = [fresh(each) for each in old]
    assert [each.standing for each in standing] == ["replaced", "replaced", "expired"]
    assert [each.successor.number[:9] for each in standing[:2]] == ["GBANEV-02", "GBANEV-02"]
    assert old[0].unit.certificates.running().get() == standing[0].successor


def test_a_suspended_unit_s_certificate_says_so_and_no_paper_is_made(people):
    certificate = factories.certificate(people.officer, people.units["member"])
    workflow.suspend(people.units["member"], by=people.officer, reason="未履行义务")
    assert fresh(certificate).standing == CertificateState.SUSPENDED
    assert not papers.may_make(people.officer, fresh(certificate))


# ── Its way to the unit ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_parcel_is_noted_once_and_the_unit_is_told(people):
    certificate = factories.certificate(people.officer, people.units["member"])
    parcel = {"courier": "示例速递", "number": "SF123", "sent_on": date(2026, 6, 1)}
    workflow.dispatch(certificate, by=people.clerk, **parcel)
    with pytest.raises(Refused):
        workflow.dispatch(certificate, by=people.clerk, **parcel)
    letter = Letter.objects.get(template="certificate_sent")
    assert letter.recipient == people.member
    assert all(said in letter.subject + letter.body for said in ("示例速递", "SF123", certificate.number, "2026年6月1日"))
    assert Dispatch.objects.get().noted_by == people.clerk


PASTED = "{0}\t示例速递\tSF100\n{1}, SF200\nGBANEV-9999999999 示例速递 SF300\n{0}\t示例速递\tSF100\n\n"


def test_a_pasted_list_is_looked_at_first_and_noted_as_it_was_shown(people):
    one, two = (factories.certificate(people.officer, people.units[name]) for name in ("member", "council"))
    clerk, page = client_of(people.clerk), reverse("admin:members_certificate_couriers")
    typed = {"sent_on": "2026-06-01", "courier": "备用快递", "lines": PASTED.format(one.number.lower(), two.number)}
    looked = clerk.post(page, typed)
    assert [bool(parcel["why"]) for parcel in looked.context["parcels"]] == [False, False, True, True]
    assert (looked.context["fine"], Dispatch.objects.count()) == (2, 0)
    assert clerk.post(page, {"shown": looked.context["shown"] + "x"}).status_code == 409
    assert clerk.post(page, {"shown": looked.context["shown"]}).status_code == 302
    assert {(each.certificate, str(each)) for each in Dispatch.objects.all()} == {(one, "示例速递 SF100"), (two, "备用快递 SF200")}
    assert Letter.objects.filter(template="certificate_sent").count() == 2
    again = clerk.post(page, {"shown": looked.context["shown"]})  # the same list once more changes nothing
    said = [str(message) for message in get_messages(again.wsgi_request)]
    assert (Dispatch.objects.count(), said[-1], sum("已登记过" in words for words in said)) == (2, "已登记寄出证书0份。", 2)


def test_the_list_of_addressees_comes_back_with_courier_numbers(people):
    certificate = factories.certificate(people.officer, people.units["member"])
    table = f"证书编号,单位名称,快递公司,快递单号\n{certificate.number},x,示例速递,SF1\n,,,\n".encode("utf-8-sig")
    sent = {"sent_on": "2026-06-01", "courier": "", "lines": "", "table": SimpleUploadedFile("邮寄名单.csv", table)}
    looked = client_of(people.officer).post(reverse("admin:members_certificate_couriers"), sent)
    assert [(parcel["certificate"], parcel["number"], parcel["why"]) for parcel in looked.context["parcels"]] == [(certificate, "SF1", "")]
    assert client_of(people.officer).post(reverse("admin:members_certificate_couriers"), {"sent_on": "2026-06-01"}).context["form"].errors


def test_many_parcels_are_long_work(people, monkeypatch):
    monkeypatch.setattr("members.admin.couriers.IN_ONE_REQUEST", 1)
    lines = "\n".join(f"{factories.certificate(people.officer).number} 示例速递 SF{n}" for n in range(3))
    officer, page = client_of(people.officer), reverse("admin:members_certificate_couriers")
    looked = officer.post(page, {"sent_on": "2026-06-01", "courier": "", "lines": lines})
    officer.post(page, {"shown": looked.context["shown"]})
    job = Job.objects.latest("id")
    working.work_on(job.pk)
    assert (Dispatch.objects.count(), job.skipped.count()) == (3, 0)


# ── What the unit takes with it ──────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_has_its_certificate_made_when_it_asks_and_finds_it_afterwards(people):
    certificate = factories.certificate(people.officer, people.units["member"])
    member, take = client_of(people.member), reverse("take_certificate", args=[certificate.uuid])
    assert take in member.get(reverse("unit")).content.decode()
    paper = member.post(take)
    made = Paper.objects.get(kind="certificate")
    assert paper.url == made.get_absolute_url()
    assert member.get(paper.url).content[:5] == b"%PDF-"
    page = member.get(reverse("unit")).content.decode()
    assert (made.get_absolute_url() in page, take in page) == (True, False)
    assert client_of(people.council).post(take).status_code == 404
    assert member.get(take).status_code == 405
    workflow.reissue(certificate, by=people.officer, reason="污损")
    assert member.post(take).url != made.get_absolute_url()


def test_a_certificate_that_counts_no_more_is_shown_and_not_made(people):
    certificate = factories.certificate(people.officer, people.units["member"])
    workflow.void(certificate, by=people.officer, reason="误发")
    member = client_of(people.member)
    page = member.get(reverse("unit")).content.decode()
    assert (certificate.number in page, reverse("take_certificate", args=[certificate.uuid]) in page) == (True, False)
    assert member.post(reverse("take_certificate", args=[certificate.uuid])).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_person_with_many_units_reads_their_certificates_in_as_many_statements(people, count, django_assert_max_num_queries):
    units = [factories.unit(people.applicant) for _ in range(count)]
    factories.certify()
    for unit in units:
        workflow.new_certificate(unit, by=people.officer)
    with django_assert_max_num_queries(3):
        assert len(certificate_cards(units)) == count


# ── The lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_asks_as_often_for_three_certificates_as_for_thirty(people):
    officer, asked = client_of(people.officer), []
    for count in (1, 3, 30):
        while Certificate.objects.count() < count:
            factories.certificate(people.officer)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse(LIST)).status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2]
    for standing in ("good", "expired", "unsent", "unsealed", "last-term"):
        assert officer.get(reverse(LIST), {"standing": standing}).status_code == 200


def test_the_page_of_a_certificate_offers_its_steps_and_takes_them(people):
    certificate = factories.certificate(people.officer)
    officer, page = client_of(people.officer), reverse("admin:members_certificate_change", args=[certificate.pk])
    shown = officer.get(page).content.decode()
    assert all(f'name="_step" value="{step}"' in shown for step in ("reissue", "extend", "void", "dispatch"))
    assert 'value="renew"' not in shown
    asks = officer.post(page, {"_step": "reissue"}).url
    assert officer.post(asks, {"reason": "遗失"}).status_code == 302
    assert fresh(certificate).copies == 1
