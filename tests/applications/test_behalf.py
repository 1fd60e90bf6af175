"""What came on paper: entered by the office, counted by the day it came, taken over by the unit with a code."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.demo.codes import uscc
from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import behalf, rules, workflow
from applications.models import Application, Batch, OnBehalf
from members.models import Colleague
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/applications/onbehalf/add/"
NUMBER = uscc("91", "440300", 88)


def in_time():
    """The first batch was still open."""
    return Batch.objects.get(number=1).closes_at - timedelta(hours=10)


def entered(by, **changes) -> OnBehalf:
    """Entered, and filled in whole."""
    said = {"channel": "paper", "received_at": in_time(), "note": "", "jurisdiction": "mainland", "reg_no": changes.pop("reg_no", NUMBER)}
    entry = behalf.enter(by=by, **said | changes.pop("entry", {}))
    answers = factories.answers(**{"reg_no": entry.application.reg_no, "contact_email": "liaison@example.org"} | changes)
    Application.objects.filter(pk=entry.application_id).update(**answers)
    found = OnBehalf.objects.select_related("application").get(pk=entry.pk)
    for kind in found.application.missing_papers:
        factories.attachment(found.application, kind)
    return found


def code_in(letter: Letter) -> str:
    return re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", letter.body)[0]


# ── Entering ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def typed(**changes):
    day = in_time().astimezone(clock.SHANGHAI)
    return {
        "channel": "wechat", "received_at_0": f"{day:%Y-%m-%d}", "received_at_1": f"{day:%H:%M}", "note": "扫描件两份", "jurisdiction": "mainland", "reg_no": NUMBER.lower(),
    } | changes  # fmt: skip


def test_a_clerk_enters_it_and_fills_it_in_on_the_ordinary_pages(client, people):
    client.force_login(people.clerk)
    answer = client.post(ADD, typed())
    entry = OnBehalf.objects.get()
    application = entry.application
    assert (answer.status_code, answer.url) == (302, reverse("applications:section", args=[application.uuid, "unit"]))
    assert (entry.channel, entry.received_at, entry.entered_by, entry.claimed_at) == (
        "wechat",
        in_time().replace(second=0, microsecond=0),
        people.clerk,
        None,
    )
    assert (application.applicant, application.reg_no, application.unit_type) == (people.clerk, NUMBER, "enterprise")
    assert [
        client.get(reverse("applications:section", args=[application.uuid, name])).status_code
        for name in ("unit", "contacts", "declarations")
    ] == [200] * 3
    assert client.get(reverse("applications:attachments", args=[application.uuid])).status_code == 200
    [event] = Event.objects.of(application)
    assert (event.step, event.details["channel"]) == ("enter", "wechat")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"reg_no": ""}, {"reg_no"}),
        ({"reg_no": NUMBER[:-1] + "A"}, {"reg_no"}),
        ({"received_at_0": "2099-01-01"}, {"received_at"}),
        ({"received_at_0": "2019-01-01"}, {"received_at"}),
        ({"channel": ""}, {"channel"}),
        ({"note": "\u202e"}, {"note"}),
        ({"reg_no": "", "has_no_number": "on"}, set()),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes, wrong, client, people):
    client.force_login(people.officer)
    answer = client.post(ADD, typed(**changes))
    assert (set(answer.context["adminform"].form.errors) if answer.context else set()) == wrong
    assert OnBehalf.objects.exists() == (not wrong)


def test_the_same_number_is_not_entered_twice_by_the_same_hand(client, people):
    entered(people.clerk)
    client.force_login(people.clerk)
    assert set(client.post(ADD, typed()).context["adminform"].form.errors) == {"reg_no"}


# ── Submitting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_day_it_came_counts_even_where_the_batch_is_closed(people):
    application = entered(people.clerk).application
    workflow.submit(application, by=people.clerk)
    assert (application.batch.number, application.batch.is_closed, application.state) == (1, True, "submitted")
    assert application.submitted_at > application.batch.closes_at


def test_nobody_of_the_office_becomes_a_colleague_of_the_unit(people):
    application = entered(people.clerk).application
    workflow.submit(application, by=people.clerk)
    assert not Colleague.objects.filter(organisation=application.organisation).exists()


def test_letters_go_to_the_liaison_officer_and_not_to_the_office(people):
    application = entered(people.clerk).application
    workflow.submit(application, by=people.clerk)
    letters = Letter.objects.about(application)
    assert sorted(letters.values_list("template", "to")) == [
        ("claim_code", "liaison@example.org"), ("named", "liaison@example.org"), ("named", application.representative_email), ("submitted", "liaison@example.org"),
    ]  # fmt: skip
    assert not any(people.clerk.name in letter.body for letter in letters)


def test_without_an_address_the_letter_waits_to_be_told(people):
    application = entered(people.clerk, contact_email="rep@example.org", representative_email="rep@example.org").application
    Application.objects.filter(pk=application.pk).update(contact_email="")
    application.contact_email = ""
    workflow.notices.accepted(application)
    assert Letter.objects.get(template="accepted").way in ("hand", "sms")


def test_a_member_s_number_is_refused_and_a_known_organisation_s_is_not(people):
    known = factories.organisation(reg_no=NUMBER, region="440300")
    application = entered(people.clerk).application
    workflow.submit(application, by=people.clerk)
    assert application.organisation == known
    member = factories.unit()
    again = entered(people.clerk, reg_no=member.organisation.reg_no).application
    with pytest.raises(Refused):
        workflow.submit(again, by=people.clerk)


def test_whoever_entered_it_does_not_check_it_not_even_after_the_unit_took_it_over(people):
    entry = entered(people.clerk)
    workflow.submit(entry.application, by=people.clerk)
    other = factories.user("李范二", "clerk")
    assert [rules.may_check(by, entry.application) for by in (people.clerk, other)] == [False, True]
    behalf.take_over(code_in(Letter.objects.get(template="claim_code")), by=people.stranger)
    application = Application.objects.get(pk=entry.application_id)
    assert [rules.may_check(by, application) for by in (people.clerk, other)] == [False, True]


def test_a_correction_is_filled_in_by_who_entered_it_until_the_unit_takes_over(client, people):
    entry = entered(people.clerk)
    workflow.submit(entry.application, by=people.clerk)
    workflow.return_for_correction(entry.application, by=factories.user("李范二", "clerk"), defects=["C01"], words="请补充")
    application = Application.objects.get(pk=entry.application_id)
    workflow.resubmit(application, by=people.clerk)
    assert application.state == "resubmitted"


# ── Taking over ──────────────────────────────────────────────────────────────────────────────────────────────────────


def claim(client, code):
    return client.post("/applications/claim/", {"code": code})


def test_the_code_of_the_letter_makes_it_the_unit_s(client, people):
    entry = entered(people.clerk)
    workflow.submit(entry.application, by=people.clerk)
    code = code_in(Letter.objects.get(template="claim_code"))
    client.force_login(people.stranger)
    answer = claim(client, f" {code.lower()} ")
    entry.refresh_from_db()
    application = Application.objects.get(pk=entry.application_id)
    assert (answer.status_code, answer.url) == (302, application.get_absolute_url())
    assert (application.applicant, entry.claimed_by, entry.code_digest) == (people.stranger, people.stranger, "")
    assert list(application.organisation.colleagues.values_list("user", "role")) == [(people.stranger.pk, "owns")]
    assert client.get(answer.url).status_code == 200
    theirs = Client()
    theirs.force_login(people.clerk)
    assert theirs.get(answer.url).status_code == 404
    assert claim(client, code).status_code == 422  # once
    workflow.notices.accepted(application)
    assert people.stranger.email in Letter.objects.filter(template="accepted").values_list("to", flat=True)


def test_a_draft_is_taken_over_too_and_then_counts_when_it_is_submitted(people):
    entry = entered(people.clerk)
    code = behalf.new_code(entry, by=people.clerk)
    application = behalf.take_over(code, by=people.stranger)
    assert list(application.writers.running().values_list("user", "role")) == [(people.stranger.pk, "owns")]
    workflow.submit(application, by=people.stranger)
    assert application.batch.number == 2


def test_a_code_holds_sixty_days_and_until_the_next_one(people):
    entry = entered(people.clerk)
    first, second = (behalf.new_code(entry, by=people.clerk) for _ in range(2))
    assert re.fullmatch(r"[ACDEFGHJKMNPQRTUVWXY34679]{10}", second)
    assert second not in str(OnBehalf.objects.values().get())
    assert behalf.take_over(first, by=people.stranger) is None
    with clock.at(clock.now() + timedelta(days=61)):
        assert behalf.take_over(second, by=people.stranger) is None
    assert behalf.take_over(second, by=people.clerk) is None  # not by who entered it
    assert behalf.take_over(second, by=people.stranger) is not None


def test_a_wrong_code_gets_one_sentence_and_the_sixth_try_has_to_wait(client, people):
    entry = entered(people.clerk)
    code = behalf.new_code(entry, by=people.clerk)
    client.force_login(people.stranger)
    said = [claim(client, wrong).context["form"].errors["code"] for wrong in ("AAAAAAAAAA", "", "x", "\u202e", "字" * 15)]
    assert len({str(sentences) for sentences in (said[0], said[2], said[4])}) == 1
    for _ in range(5):
        claim(client, "AAAAAAAAAA")
    assert "一小时" in str(claim(client, code).context["form"].errors["code"])
    entry.refresh_from_db()
    assert entry.claimed_at is None


def test_a_draft_of_one_s_own_is_in_the_way_and_said_to_be(client, people):
    factories.draft(by=people.stranger, reg_no=NUMBER)
    code = behalf.new_code(entered(people.clerk), by=people.clerk)
    client.force_login(people.stranger)
    assert claim(client, code).status_code == 409


# ── The list, and the letter ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_letter_is_one_page_with_the_code(client, people):
    entry = entered(people.clerk)
    client.force_login(people.officer)
    change = reverse("admin:applications_onbehalf_change", args=[entry.pk])
    assert "认领码" in client.get(change).content.decode()
    answer = client.post(change, {"_code": "1"})
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    text = "".join(pages[0].extract_text().split())
    assert (len(pages), answer.headers["Content-Disposition"].startswith("attachment")) == (1, True)
    code = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", text)[0]
    assert behalf.take_over(code, by=people.stranger) is not None
    assert client.post(change, {"_code": "1"}).status_code == 409
    assert Event.objects.of(entry.application).steps("make_code", "take_over").count() == 2


def test_the_list_says_how_it_came_and_whether_it_was_taken_over(client, people):
    entry = entered(people.clerk)
    client.force_login(people.secretary)
    page = client.get("/admin/applications/onbehalf/").content.decode()
    assert all(said in page for said in ("纸质（邮寄或快递）", people.clerk.name, str(entry.application)))
    assert client.get(ADD).status_code == 403
    assert client.post(reverse("admin:applications_onbehalf_change", args=[entry.pk]), {"_code": "1"}).status_code in (302, 403)
    entry.refresh_from_db()
    assert entry.code_digest == ""


def test_pressing_twice_enters_it_once(people):
    entered(people.clerk)
    with pytest.raises(Refused):
        behalf.enter(by=people.clerk, channel="paper", received_at=in_time(), note="", jurisdiction="mainland", reg_no=NUMBER)
    assert OnBehalf.objects.count() == Application.objects.filter(reg_no=NUMBER).count() == 1
