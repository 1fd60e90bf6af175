"""What every page promises: its language, its policy, its health, a list that does not slow down."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.accounts.choices import Office
from alliance.admin import OfficeAdmin
from alliance.checks import every_view_has_its_rule
from alliance.exchange.models import Export, Import
from alliance.files.checking import check
from alliance.files.forms import keep
from alliance.jobs.models import Run
from alliance.jobs.tasks import heartbeat
from applications import batches, reviewing
from applications.choices import State
from applications.handling import take_in_hand
from applications.models import Application, Batch, OnBehalf, Panel
from applications.models.consent import agree
from council.models import HonoraryChair
from members.models import Body, BodyTenure, BranchPost, Contact, Meeting, NameConsent
from members.workflow import disclose
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db


# ── Language ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("", "zh-Hans"),
        ("en-US,en;q=0.9", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("de", "zh-Hans"),
    ],
)
def test_chinese_is_spoken_first_whatever_the_browser_says(asked, lang, client):
    page = client.get("/", headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{lang}"' in page


@pytest.mark.parametrize(("code", "lang"), [("zh-hant", "zh-Hant"), ("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_language_is_switched_and_remembered(code, lang, client):
    client.post(reverse("set_language"), {"language": code, "next": "/"})
    assert f'<html lang="{lang}"' in client.get("/notice/").content.decode()


# ── Policy ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("template", sorted(Path("templates").rglob("*.html")), ids=str)
def test_no_template_has_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|js:|<style|<script(?![^>]*\ssrc=)", text)


def test_every_post_has_its_token(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.applicant)
    draft = factories.draft(by=people.applicant)
    for url in (
        reverse("applications:new"),
        reverse("applications:submit", args=[draft.uuid]),
        reverse("applications:withdraw", args=[draft.uuid]),
        reverse("applications:seal", args=[draft.uuid]),
        reverse("applications:attachments", args=[draft.uuid]),
        reverse("set_language"),
    ):
        assert strict.post(url).status_code == 403, url
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_every_view_of_ours_declares_its_rule():
    assert every_view_has_its_rule() == []


# ── Health ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_health_is_good_after_a_heartbeat_and_bad_three_minutes_later(client):
    assert client.get("/healthz/").status_code == 503
    heartbeat()
    answer = client.get("/healthz/")
    last = Run.objects.get(task="alliance.jobs.tasks.heartbeat").finished_at
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"database": True, "broker": True, "worker": True, "timetable": True, "last_run": last.isoformat()}
    with clock.at(clock.now() + timedelta(minutes=4)):
        late = client.get("/healthz/")
    assert (late.status_code, late.json()["worker"], late.json()["timetable"]) == (503, False, False)


def test_a_task_that_fails_leaves_its_reason(monkeypatch):
    from alliance.letters.tasks import sweep

    monkeypatch.setattr("alliance.letters.outbox.claim", lambda way: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep()
    assert "ZeroDivisionError" in Run.objects.get(task="alliance.letters.tasks.sweep").error


# ── Home ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_home_shows_the_deadline_as_a_date_and_how_much_is_left(client, people):
    current = Batch.objects.accepting(clock.now()).get()
    deadline = clock.midnight(clock.today() + timedelta(days=12))
    batches.schedule(current, deadline, by=people.officer)
    last = clock.today() + timedelta(days=11)
    page = client.get("/").content.decode()
    assert f"{last.year}年{last.month}月{last.day}日" in page
    assert "24:00" in page


def test_home_without_a_deadline_shows_none(client):
    page = client.get("/").content.decode()
    assert "第二批" in page
    assert "24:00" not in page


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def statements(client, url) -> int:
    """How many questions a page asks of the database; transactions and savepoints do not count."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "SET")) for q in queries)


def grow(to: int, people) -> None:
    """As many of everything as `to`."""
    while Application.objects.filter(state=State.SUBMITTED).count() < to:
        factories.application(State.SUBMITTED, by=people.applicant)
        factories.application(State.PUBLICITY)
        factories.draft(by=people.applicant)
        unit = factories.listed(people.member)
        meeting = Meeting.objects.first() or factories.meeting()
        meeting.attendances.create(unit=unit)
        factories.resolution()
        application = factories.application(State.ACCEPTED, by=people.applicant)
        file = keep(check(SimpleUploadedFile("a.png", hostile.picture("PNG"))), about=application, by=people.applicant)
        application.attachments.create(kind="certificate", file=file, added_by=people.applicant)
        factories.review(people.officer, application)
        factories.review(people.officer, factories.application(State.SCREENED, main_direction="electric"), expert=people.expert.expert)
        before = factories.application(State.SCREENED)
        factories.assignment(people.officer, before, expert=people.expert.expert, state="assigned", due_at=clock.now())
        factories.assignment(people.officer, before)
        panel = Panel.objects.get_or_create(batch=before.batch, leader=people.expert.expert, defaults={"held_on": clock.today()})[0]
        panel.opinions.create(application=before, advice="admit", opinion="同意", recorded_by=people.officer)
        reviewing.pin(factories.expert(), unit.organisation, by=people.officer)
        factories.certificate(people.officer, unit)
        disclose(unit, {"website": "members"}, by=people.officer)
        NameConsent.objects.create(representative=unit.representative, version=1, language="zh-hans", by=people.member)
        factories.note(application, people.officer)
        take_in_hand(application, people.clerk)
        factories.exception(application, people.officer)
        factories.recommendation(application, "confirmed")
        factories.enquiry(people.clerk, "answered")
        factories.frequent_question()
        factories.asked(people.applicant)
        OnBehalf.objects.create(
            application=factories.draft(by=people.clerk), channel="paper", received_at=clock.now(), entered_by=people.clerk
        )
        factories.draft(contact_email=people.applicant.email)
        agree(application, ["declares_true"], by=people.applicant, language="zh-hans")
        factories.wish(unit)
        factories.handover(people.security)
        BranchPost.objects.create(user=factories.user("支一", "clerk"), branch=factories.branch(), appointed_by=people.security)
        body = Body.objects.create(kind="working_group", name=f"演示标准组{unit.pk}", established_on=clock.today())
        BodyTenure.objects.create(body=body, unit=unit, begins_on=clock.today())
        HonoraryChair.objects.create(term=factories.term(), name=f"张示{unit.pk}", affiliation="演示大学", begins_on=clock.today())
        Contact.objects.create(organisation=unit.organisation, representative="张示一")
        Import.objects.create(what="members.organisation", file_name="单位名单.xlsx", digest="0" * 64, by=people.officer)
        Export.objects.create(
            what="members.organisation", sheet="organisations", file_name="单位名单.xlsx", by=people.officer, count=1, form="xlsx"
        )
        unit.organisation.verifications.create(by=people.clerk, way="certificate")


LISTS = {
    "applicant": ["applications:list", "my_data", "my_data_json"],
    "anonymous": ["batches", "home", "enquiries", "council:roster", "council:candidates", "members:directory", "members:figures"],
    "auditor": ["council:dashboard", "admin:history_event_changelist", "admin:accounts_user_changelist"],
    "member": ["unit"],
    "security": ["admin:members_branchpost_changelist", "admin:applications_handover_changelist"],
    "expert": ["reviews", "my_data"],
    "officer": [
        "admin:applications_conflict_changelist",
        "admin:applications_panel_changelist",
        "admin:applications_batch_reviews",
        "admin:jobs_round_changelist",
        "admin:index",
        "admin:applications_application_changelist",
        "admin:applications_batch_changelist",
        "admin:members_organisation_changelist",
        "admin:members_memberunit_changelist",
        "admin:members_meeting_changelist",
        "admin:members_attendance_changelist",
        "admin:council_call_changelist",
        "admin:council_actingchair_changelist",
        "admin:council_persontenure_changelist",
        "admin:council_nomination_changelist",
        "admin:council_contest_changelist",
        "admin:council_seat_changelist",
        "admin:council_unittenure_changelist",
        "admin:letters_letter_changelist",
        "admin:members_colleague_changelist",
        "admin:members_representative_changelist",
        "admin:members_certificate_changelist",
        "admin:members_body_changelist",
        "admin:members_bodytenure_changelist",
        "admin:members_expert_changelist",
        "admin:members_fielddirection_changelist",
        "admin:applications_attachment_changelist",
        "admin:applications_assignment_changelist",
        "admin:applications_review_changelist",
        "admin:applications_enquiry_changelist",
        "admin:applications_frequentquestion_changelist",
        "admin:applications_onbehalf_changelist",
        "admin:applications_consent_changelist",
        "admin:applications_note_changelist",
        "admin:applications_dutyexception_changelist",
        "admin:members_wish_changelist",
        "admin:applications_recommendation_changelist",
        "admin:applications_consenttext_changelist",
        "admin:applications_requiredpaper_changelist",
        "admin:council_honorarychair_changelist",
        "admin:members_contact_changelist",
        "admin:members_disclosure_changelist",
        "admin:members_nameconsent_changelist",
        "admin:figures",
        "admin:exchange_import_changelist",
        "admin:exchange_export_changelist",
    ],
}


def address(name: str) -> str:
    """Of a list; of the page of a batch, the first one's."""
    return reverse(name, args=[Batch.objects.get(number=1).pk] if name.endswith("batch_reviews") else None)


def test_every_list_asks_the_same_number_of_questions_at_1_3_and_30_rows(people, settings, tmp_path):
    settings.PORTAL_HOME = tmp_path
    counts: dict[str, list[int]] = {}
    for rows in (1, 3, 30):
        grow(rows, people)
        for role, names in LISTS.items():
            cache.clear()
            client = Client()
            if role != "anonymous":
                client.force_login(getattr(people, role))
            for name in names:
                counts.setdefault(f"{role} {name}", []).append(statements(client, address(name)))
    assert {name: asked for name, asked in counts.items() if len(set(asked)) > 1} == {}


SEVERAL = {"_facets": "True", "o": "1.2.3.4.5.6.7.8.9"}
HEAD = re.compile(r"<(th(?=[^>]*scope=.col)|label|summary|legend|caption)\b[^>]*>(.*?)</(?:th|label|summary|legend|caption)>", re.DOTALL)
LATIN, CHINESE = re.compile(r"[A-Za-z]{4,}"), re.compile(r"[一-鿿]")


def heads(page: str) -> set[str]:
    """What stands at the head of columns, fields and sections."""
    return {re.sub(r"<[^>]+>", "", inner).strip() for _tag, inner in HEAD.findall(page)}


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_list_of_the_office_is_counted_sorted_searched_and_opened_in_chinese(language, people, settings, tmp_path):
    settings.PORTAL_HOME, settings.LANGUAGE_CODE = tmp_path, language
    grow(1, people)
    for model, keeper in ((model, keeper) for model, keeper in admin.site._registry.items() if isinstance(keeper, OfficeAdmin)):
        client, list_ = Client(), f"admin:{model._meta.app_label}_{model._meta.model_name}"
        offices = [getattr(people, office) for office in Office.values]
        client.force_login(next(user for user in offices if keeper.has_view_permission(SimpleNamespace(user=user))))
        client.cookies["django_language"] = language
        pages = [client.get(reverse(f"{list_}_changelist"), asked) for asked in (SEVERAL, {"q": "abc"})]
        if first := model.objects.first():
            pages.append(client.get(reverse(f"{list_}_change", args=[first.pk])))
        assert {page.status_code for page in pages} <= {200, 302}, list_
        english = {head for page in pages for head in heads(page.content.decode()) if LATIN.search(head) and not CHINESE.search(head)}
        assert english == set(), list_


# ── Models' words ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_state_has_a_chinese_word(language):
    with translation.override(language):
        for state in State:
            assert re.search(r"[一-鿿]", str(state.label)), state
