"""What is true of the alliance as a whole: who keeps it, its earlier values, its phase with the words and effects, the founding."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from docx import Document

from alliance import clock
from alliance.admin import HistoryAdmin
from alliance.documents.kinds import KINDS
from alliance.documents.making import make, open_kinds
from alliance.facts.choices import CertificatesFrom, DeskKind, Phase
from alliance.facts.forms import FoundForm
from alliance.facts.models import ContactDesk, Facts, FoundingStage, facts, plan
from alliance.history.fields import acting
from alliance.history.models import TIMETABLE, Event
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused, WrongState
from applications import notices
from applications.choices import State
from members import workflow
from members.choices import Assembly
from members.models import Meeting, MemberUnit, Term
from tests import factories

pytestmark = pytest.mark.django_db

CHANGE = "/admin/facts/facts/1/change/"
HISTORY = "/admin/facts/facts/1/history/"
MOMENT, LATER = datetime(2021, 3, 18, 2, tzinfo=UTC), datetime(2027, 3, 18, 2, tzinfo=UTC)  # later than the reference data
FOUNDED, BEGINS = date(2021, 3, 18), date(2021, 4, 1)


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people(people):
    """Everybody beforehand: here it is told to whom the founding comes."""
    return people.here()


def posted(**changes: object) -> dict[str, object]:
    """The facts' form as the page sends it."""
    names = ("name_hans", "name_hant", "name_en", "short_hans", "short_hant", "short_en", "governance", "certificates_from", "term_years")
    names += (
        "certificate_numbers",
        "certificate_validity",
        "overlay_x",
        "overlay_y",
        "label_columns",
        "label_rows",
        "label_top",
        "label_side",
    )
    more = ("ballot_marks", "idle_days", "courier_address", "postcode", "addressee", "icp_number", "police_number")
    return {name: getattr(facts(), name) for name in (*names, *more)} | changes


def found(people, on: date = FOUNDED, begins_on: date = BEGINS) -> Facts:
    with clock.at(MOMENT):
        workflow.found(facts(), by=people.secretary, on=on, begins_on=begins_on)
    return facts()


# ── Who keeps them ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["facts", "contactdesk", "foundingstage"])
def test_the_secretariat_reads_and_the_secretary_general_keeps(page, people):
    thing = {"facts": Facts, "contactdesk": ContactDesk, "foundingstage": FoundingStage}[page].objects.first()
    address = reverse(f"admin:facts_{page}_change", args=[thing.pk])
    seen = {role: of(getattr(people, role)).get(address) for role in ("clerk", "officer", "secretary", "auditor", "sysadmin")}
    assert {role for role, answer in seen.items() if answer.status_code == 200} == {"clerk", "officer", "secretary"}
    assert {role for role, answer in seen.items() if b'name="_save"' in answer.content} == {"secretary"}


def test_a_number_is_entered_and_stands_in_the_foot_of_every_page_with_its_link(people, client):
    assert "beian" not in client.get("/").content.decode()
    numbers = {"icp_number": "粤ICP备00000000号-1", "police_number": "粤公网安备 44010000000000号"}
    assert of(people.secretary).post(CHANGE, posted(**numbers)).status_code == 302
    foot = client.get("/notice/").content.decode().split('<footer class="gb-foot"')[1]
    assert '<a href="https://beian.miit.gov.cn/" rel="external noopener">粤ICP备00000000号-1</a>' in foot
    assert '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=44010000000000" rel="external noopener">' in foot


@pytest.mark.parametrize(
    ("name", "typed"), [("icp_number", "123"), ("icp_number", "<b>"), ("police_number", "4401"), ("postcode", "51000"), ("term_years", "0")]
)
def test_what_cannot_be_such_a_number_is_told_at_its_field(name, typed, people):
    answer = of(people.secretary).post(CHANGE, posted(**{name: typed}))
    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, [name])


def test_the_phase_is_typed_into_no_form(people):
    of(people.secretary).post(CHANGE, posted(phase="running", founded_on="2021-03-18", addressee="收发室"))
    assert (facts().phase, facts().founded_on, facts().addressee) == (Phase.FOUNDING, None, "收发室")


def test_the_database_knows_one_row_and_no_day_of_founding_before_it():
    for change in ({"id": 2}, {"founded_on": FOUNDED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Facts.objects.filter(pk=1).update(**change)


def test_a_name_of_ones_own_stands_on_every_page_in_the_reader_s_language(client):
    Facts.objects.filter(pk=1).update(name_hans="演示联盟", name_hant="演示聯盟", name_en="Demo Alliance")
    names = {}
    for language in ("zh-hans", "zh-hant", "en"):
        client.cookies["django_language"] = language
        names[language] = re.search(r"<strong>(.*?)</strong>", client.get("/").content.decode())[1]
    assert names == {"zh-hans": "演示联盟", "zh-hant": "演示聯盟", "en": "Demo Alliance"}


# ── The two desks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desks_come_empty_and_an_empty_one_is_not_shown(client):
    assert [(desk.kind, desk.title, desk.telephone, desk.email, desk.hours) for desk in ContactDesk.objects.all()] == [
        ("joining", "", "", "", ""),
        ("policy", "", "", "", ""),
    ]
    assert "筹建工作组受理咨询与材料" in client.get("/").content.decode()


def test_a_desk_that_is_filled_in_stands_on_the_pages_and_in_papers(client, people):
    desk = ContactDesk.objects.get(kind=DeskKind.JOINING)
    typed = {"title": "", "telephone": "020-0000 0001", "email": "joining@example.com", "hours": "工作日 9:00–17:30"}
    assert of(people.secretary).post(reverse("admin:facts_contactdesk_change", args=[desk.pk]), typed).status_code == 302
    for page in ("/", "/notice/"):
        shown = client.get(page).content.decode()
        assert [word in shown for word in ("入会咨询", "020-0000 0001", "mailto:joining@example.com", "工作日 9:00–17:30", "联盟业务咨询")] == [
            True, True, True, True, False,
        ]  # fmt: skip
    from alliance.documents.words import contact

    asked = "筹建工作组咨询（电话：020-0000 0001，电子邮箱：joining@example.com，时间：工作日 9:00–17:30）。"
    assert contact().endswith(asked)


# ── Earlier values ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_changed_is_kept_with_who_and_when_by_our_clock(people):
    with clock.at(LATER):
        of(people.secretary).post(CHANGE, posted(addressee="收发室"))
    last = Facts.history.first()
    assert (last.addressee, last.history_user, last.history_date, last.history_type) == ("收发室", people.secretary, LATER, "~")


def test_what_a_step_changes_bears_its_actor_and_its_name(people):
    found(people)
    last, stage, term = (
        *(model.history.order_by("history_id").last() for model in (Facts, FoundingStage)),
        Event.objects.steps("begin").get(),
    )
    assert (last.phase, last.history_user, last.history_change_reason, last.history_date) == ("running", people.secretary, "found", MOMENT)
    assert (stage.history_user, stage.history_change_reason) == (people.secretary, "found")
    assert (term.actor, term.details) == (people.secretary, {"begins_on": "2021-04-01", "ends_on": "2026-03-31"})


def test_the_timetable_changes_things_without_an_account():
    desk = ContactDesk.objects.first()
    with acting(TIMETABLE, "remind"):
        desk.save()
    last = ContactDesk.history.first()
    assert (last.history_user, last.history_change_reason) == (None, "remind")


def test_the_history_is_read_by_whoever_sees_the_thing_and_puts_nothing_back(people):
    with clock.at(LATER):
        of(people.secretary).post(CHANGE, posted(governance="assembly_supreme", addressee="收发室"))
    pages = {role: of(getattr(people, role)).get(HISTORY) for role in ("clerk", "officer", "secretary", "auditor", "sysadmin", "member")}
    assert {role for role, page in pages.items() if page.status_code == 200} == {"clerk", "officer", "secretary"}
    shown = pages["clerk"].content.decode()
    row = " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<tbody>\s*<tr>(.*?)</tr>", shown, re.DOTALL)[1]).split())
    assert row == (
        f"2027年3月18日 10:00 {people.secretary} 已修改 "
        "治理结构 : 契约型联盟：理事会为最高权力和决策机构 → 登记的社会团体：会员大会为最高权力机构 收件人 : – → 收发室"
    )
    assert "style=" not in shown
    old = Facts.history.last()
    of(people.secretary).post(f"{HISTORY}{old.history_id}/", posted(governance="council_supreme"), follow=True)
    assert facts().governance == "assembly_supreme"


def test_the_history_shows_what_no_form_has_and_by_which_step_it_changed(people):
    found(people)
    shown = of(people.clerk).get(HISTORY).content.decode()
    row = " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<tbody>\s*<tr>(.*?)</tr>", shown, re.DOTALL)[1]).split())
    assert row == f"2021年3月18日 10:00 {people.secretary} 宣布联盟成立 阶段 : 筹建期 → 正式运行期 成立日期 : – → 2021年3月18日"


def test_every_noun_with_a_history_shows_it(people):
    shown = {}
    for model, keeper in admin.site._registry.items():
        if isinstance(keeper, HistoryAdmin) and (thing := model._default_manager.first()):
            thing.save()
            page = of(people.secretary).get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[thing.pk]))
            shown[model._meta.label] = (page.status_code, b"<tbody>" in page.content)
    assert {"facts.Facts", "members.Organisation", "members.MemberUnit", "members.Term"} <= set(shown)
    assert set(shown.values()) == {(200, True)}


def test_a_history_of_nothing_and_one_of_a_missing_thing(people):
    client = of(people.secretary)
    assert "尚无修改" in client.get(reverse("admin:facts_contactdesk_history", args=[empty_desk().pk])).content.decode()
    assert [client.get(f"/admin/facts/contactdesk/{pk}/history/", follow=False).status_code for pk in ("999", "abc")] == [404, 404]


def empty_desk() -> ContactDesk:
    """A desk without a history: rows come with the table, not through the library."""
    ContactDesk.objects.filter(kind="policy").delete()
    [desk] = ContactDesk.objects.bulk_create([ContactDesk(kind="policy")])
    return desk


def test_the_history_asks_the_same_number_of_questions_at_1_3_and_30_rows_and_once_more_for_a_second_page(people):
    client, desk, counts = of(people.secretary), empty_desk(), []
    client.get(HISTORY)
    desk._history_user = people.secretary
    for begun, wanted in pairwise((0, 1, 3, 30, 60)):
        for n in range(begun, wanted):
            desk.hours = f"{n} 时"
            desk.save()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("admin:facts_contactdesk_history", args=[desk.pk]))
        counts.append(len(asked))
    assert [count - counts[0] for count in counts] == [0, 0, 0, 1]  # the row before the page's last
    changes = re.findall(r"<del>(.*?)</del> → <ins>(.*?)</ins>", page.content.decode())
    assert (len(changes), changes[0], changes[-1]) == (50, ("58 时", "59 时"), ("9 时", "10 时"))


def test_earlier_values_are_written_once():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL refuses")
    desk = ContactDesk.objects.first()
    desk.save()
    for change in (desk.history.all().delete, lambda: desk.history.update(hours="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# ── The five stages ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "筹备与论证 已完成 征集成员单位 当前阶段 2020年11月10日 至 2021年3月31日 审议与报批 未开始 2021年4月1日 起 揭牌与成立 未开始 发展与运营 未开始"),
        ("zh-hant", "籌備與論證 已完成 徵集成員單位 當前階段 2020年11月10日 至 2021年3月31日 審議與報批 未開始 2021年4月1日 起 揭牌與成立 未開始 發展與營運 未開始"),
        (
            "en",
            "Preparation and argument Done Calling for members Current stage 10 November 2020 to 31 March 2021 Deliberation and approval Ahead from 1 April 2021 Unveiling and founding Ahead Development and operation Ahead",
        ),
    ],
)  # fmt: skip
def test_the_home_page_shows_the_five_stages_with_their_days_and_says_which_is_current(language, words, client):
    FoundingStage.objects.filter(number=2).update(begins_on="2020-11-10", ends_on="2021-03-31")
    FoundingStage.objects.filter(number=3).update(begins_on="2021-04-01")
    client.cookies["django_language"] = language
    steps = re.search(r'<ol class="gb-steps gb-steps--plan">(.*?)</ol>', client.get("/").content.decode(), re.DOTALL)[1]
    assert " ".join(re.sub(r"<[^>]+>", " ", steps).split()) == words
    assert [("current" in step, "is-now" in step) for step in re.findall(r"<li[^>]*>", steps)] == [
        (False, False),
        (True, True),
        *[(False, False)] * 3,
    ]


def test_stages_are_done_in_their_order(people):
    third, client = FoundingStage.objects.get(number=3), of(people.secretary)
    answer = client.post(reverse("admin:facts_foundingstage_change", args=[third.pk]), {"is_done": "on"})
    assert list(answer.context["adminform"].form.errors) == ["is_done"]
    first = FoundingStage.objects.get(number=1)
    first.is_done = False
    first.clean()
    FoundingStage.objects.filter(number=2).update(is_done=True)
    with pytest.raises(ValidationError):
        first.clean()


def test_a_stage_begins_before_it_ends(people):
    second = FoundingStage.objects.get(number=2)
    answer = of(people.secretary).post(
        reverse("admin:facts_foundingstage_change", args=[second.pk]), {"begins_on": "2021-03-02", "ends_on": "2021-03-01"}
    )
    assert answer.context["adminform"].form.non_field_errors() == ["阶段的结束日期不得早于开始日期。"]


# ── The founding ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_founding_begins_the_term_and_the_fifth_stage_and_tells_the_units(people):
    FoundingStage.objects.filter(number=4).update(begins_on="2021-05-01", ends_on="2021-06-01")
    founded = found(people)
    term = Term.objects.get(number=1)
    assert (founded.phase, founded.founded_on, term.begins_on, term.ends_on) == (Phase.RUNNING, FOUNDED, BEGINS, date(2026, 3, 31))
    stages = [(stage.is_done, stage.begins_on, stage.ends_on, stage.is_current) for stage in plan()]
    assert stages == [*[(True, None, None, False)] * 3, (True, FOUNDED, FOUNDED, False), (False, FOUNDED, None, True)]
    event = Event.objects.of(founded).get()
    assert (event.step, event.actor, event.before, event.after) == ("found", people.secretary, "founding", "running")
    letters = Letter.objects.filter(template="founded").order_by("to")
    assert {letter.to for letter in letters} == {people.member.email, people.council.email}
    assert "成立，第一届任期自2021年4月1日起" in letters[0].body
    assert letters[0].body.endswith("请登录本站向秘书处咨询。\n")


def test_the_founding_is_a_page_that_says_it_cannot_be_taken_back(people):
    client = of(people.secretary)
    assert b'value="found"' in client.get(CHANGE).content
    assert b'value="found"' not in of(people.officer).get(CHANGE).content
    page = client.post(CHANGE, {"_step": "found"}, follow=True)
    assert "此步骤不可撤回" in page.content.decode()
    with clock.at(MOMENT):
        answer = client.post(page.redirect_chain[0][0], {"_step": "found", "_confirm": "1", "on": "2021-03-18", "begins_on": "2021-04-01"})
    assert (answer.status_code, answer.url, facts().phase) == (302, CHANGE, Phase.RUNNING)
    assert b'value="found"' not in client.get(CHANGE).content


def test_nobody_founds_twice_and_nobody_but_the_secretary_general(people):
    with pytest.raises(NotAllowed):
        workflow.found(facts(), by=people.officer, on=FOUNDED, begins_on=BEGINS)
    stale = facts()
    found(people)
    with pytest.raises(WrongState):
        workflow.found(stale, by=people.secretary, on=FOUNDED, begins_on=BEGINS)


@pytest.mark.parametrize(("on", "begins_on", "field"), [("2021-03-19", "2021-04-01", "on"), ("2021-03-18", "2021-03-17", "begins_on")])
def test_a_day_that_cannot_be_is_told_at_its_field_and_refused_by_the_step(on, begins_on, field, people):
    with clock.at(MOMENT):
        assert list(FoundForm({"on": on, "begins_on": begins_on}).errors) == [field]
    with pytest.raises(Refused):
        found(people, date.fromisoformat(on), date.fromisoformat(begins_on))
    assert (facts().phase, Term.objects.get(number=1).begins_on) == (Phase.FOUNDING, None)


def test_a_term_that_begins_on_a_leap_day_ends_before_one():
    assert workflow.last_day(date(2024, 2, 29), 5) == date(2029, 2, 27)


# ── Words by phase ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_office_is_the_working_group_before_the_founding_and_the_secretariat_after_it(people, client):
    words = {}
    for moment in ("before", "after"):
        if moment == "after":
            found(people)
        for language in ("zh-hans", "zh-hant", "en"):
            client.cookies["django_language"] = language
            foot = client.get("/").content.decode().split('<footer class="gb-foot"')[1]
            words[moment, language] = re.search(r"<h2>(.*?)</h2>", foot)[1]
    assert words == {
        ("before", "zh-hans"): "筹建工作组",
        ("before", "zh-hant"): "籌建工作組",
        ("before", "en"): "Preparatory Working Group",
        ("after", "zh-hans"): "秘书处",
        ("after", "zh-hant"): "秘書處",
        ("after", "en"): "Secretariat",
    }


def test_a_unit_is_a_prospective_member_until_the_founding(people, client):
    factories.unit(state="suspended")
    seen = [standing_of(people)]
    found(people)
    seen.append(standing_of(people))
    assert seen == [
        {"page": "准成员", "since": True, "register": ["准成员", "准成员", "暂停会员资格"], "figures": "准成员"},
        {"page": "在会", "since": False, "register": ["在会", "在会", "暂停会员资格"], "figures": "会员单位"},
    ]


def standing_of(people) -> dict[str, object]:
    """How the unit's own page, the register and the home page call what it is."""
    mine = of(people.member).get("/unit/").content.decode()
    register = of(people.clerk).get(reverse("admin:members_memberunit_changelist"), {"o": "1"}).content.decode()
    figures = re.search(r'<dl class="gb-figures">\s*<div><dt>(.*?)</dt>', Client().get("/").content.decode())[1]
    return {
        "page": re.search(r'<span class="gb-state[^>]*>(.*?)</span>', mine)[1],
        "since": "联盟成立时转为会员单位" in mine,
        "register": re.findall(r'field-standing"><span[^>]*>(.*?)</span>', register),
        "figures": figures,
    }


@pytest.mark.parametrize(("language", "before", "after"), [("zh-hans", "准成员", "会员单位"), ("zh-hant", "準成員", "會員單位"), ("en", "prospective member", "member unit")])  # fmt: skip
def test_the_letter_of_admission_says_what_the_unit_became(language, before, after, people):
    application = factories.application(State.ADMITTED, by=people.applicant)
    people.applicant.language = language
    application.applicant = people.applicant
    application.unit = factories.unit()
    said = []
    for day in (date(2021, 3, 17), FOUNDED):
        MemberUnit.objects.filter(pk=application.unit.pk).update(admitted_on=day)
        application.unit.refresh_from_db()
        Letter.objects.filter(template="admitted").delete()
        notices.admitted(application, application.unit)
        said.append(Letter.objects.filter(template="admitted", language=language).last().body.split("\n")[0])
        if day < FOUNDED:
            found(people)
    assert [(before in line, after in line) for line in said] == [(True, False), (False, True)]


# ── Papers by phase ──────────────────────────────────────────────────────────────────────────────────────────────────


def names(kinds) -> list[str]:
    return [kind.name for kind in kinds]


def test_before_the_founding_a_unit_has_a_confirmation_letter_and_after_it_a_certificate(people):
    unit = people.units["member"]
    assert (names(open_kinds(unit, people.officer)), steps_for(unit, people.officer)) == (["confirmation"], set())
    Facts.objects.filter(pk=1).update(certificates_from=CertificatesFrom.ADMISSION)
    assert (names(open_kinds(unit, people.officer)), steps_for(unit, people.officer)) == ([], {"issue_certificate"})
    Facts.objects.filter(pk=1).update(certificates_from=CertificatesFrom.FOUNDING)
    with pytest.raises(NotAllowed):
        workflow.issue_certificate(unit, by=people.officer)
    found(people)
    assert (names(open_kinds(unit, people.officer)), steps_for(unit, people.officer)) == ([], {"issue_certificate"})


def steps_for(unit: MemberUnit, by) -> set[str]:
    return {step.name for step in workflow.membership.open_to(unit, by)} & {"issue_certificate"}


def test_a_confirmation_letter_is_made_by_officers_for_units_with_their_rights(people):
    unit = people.units["member"]
    makers = {role for role in ("clerk", "officer", "secretary", "member", "auditor") if open_kinds(unit, getattr(people, role))}
    assert makers == {"officer", "secretary"}
    unit.state = "suspended"
    assert open_kinds(unit, people.officer) == []


def test_the_confirmation_letter_says_who_is_a_prospective_member_and_that_it_is_no_certificate(people):
    unit = people.units["member"]
    MemberUnit.objects.filter(pk=unit.pk).update(admitted_on=FOUNDED)
    paper = make(KINDS["confirmation"], unit, by=people.officer)
    lines = [line.text for line in Document(BytesIO(bytes(paper.content))).paragraphs if line.text.strip()]
    name = unit.organisation.name
    assert lines[:6] == [
        "广东省大湾区新能源汽车产业技术创新联盟",
        "湾新汽联〔2021〕1号",
        "准成员确认函",
        f"{name}：",
        "贵单位加入广东省大湾区新能源汽车产业技术创新联盟（以下简称联盟）的申请，经审议通过并公示期满。自2021年3月18日起，贵单位为联盟准成员，特此确认。",
        "一、准成员信息",
    ]
    assert lines[6] == f"会员编号：{unit.number}；会员代表：{unit.representative.name}。联盟成立后，该编号继续使用。"
    assert lines[10].endswith("本函不代替会员证书。")
    assert "筹建工作组" in lines[12]
    assert lines[-2:] == ["广东省大湾区新能源汽车产业技术创新联盟", "2021年3月18日"]
    assert paper.file_name == f"准成员确认函_{name}.docx"


def test_the_notice_of_admission_says_what_follows_from_the_phase(people):
    application = factories.application(State.ADMITTED, by=people.applicant)
    type(application).objects.filter(pk=application.pk).update(unit=people.units["member"])
    application.refresh_from_db()
    said = [admission(application, people)]
    found(people)
    MemberUnit.objects.filter(pk=application.unit_id).update(admitted_on=BEGINS)
    said.append(admission(application, people))
    assert said == [("联盟准成员。", True, False), ("联盟会员单位。", False, True)]


def admission(application, people) -> tuple[str, bool, bool]:
    paper = make(KINDS["admission"], application, by=people.officer)
    text = "".join(line.text for line in Document(BytesIO(bytes(paper.content))).paragraphs)
    return re.search(r"现批准贵单位为(.*?。)", text)[1], "准成员身份以确认函证明" in text, "享有表决权、选举权和被选举权" in text


# ── Who is called to the meeting ─────────────────────────────────────────────────────────────────────────────────────


def test_the_prospective_members_meet_before_the_founding_and_the_members_after_it(people):
    factories.unit(state="suspended")
    with clock.at(MOMENT):
        before = convened(people, 1)
    found(people)
    with clock.at(datetime(2021, 6, 1, tzinfo=UTC)):
        after = convened(people, 2)
    with translation.override("zh-hans"):
        names_of = [str(meeting) for meeting in (before, after)]
    assert names_of == ["第一届第一次准成员大会", "第一届第二次会员大会"]
    assert [set(meeting.attendances.values_list("unit", flat=True)) for meeting in (before, after)] == [
        {unit.pk for unit in people.units.values()}
    ] * 2
    letters = Letter.objects.filter(template="meeting_convened", to=people.member.email).order_by("id")
    assert [letter.subject for letter in letters] == ["会议通知：第一届第一次准成员大会", "会议通知：第一届第二次会员大会"]


def convened(people, ordinal: int) -> Meeting:
    meeting = Meeting.objects.create(
        assembly=Assembly.MEMBERS,
        term=Term.objects.get(number=1),
        ordinal=ordinal,
        held_at=clock.now(),
        place="广州市演示路1号",
        urgency="演练",
    )
    workflow.convene(meeting, by=people.officer)
    return Meeting.objects.get(pk=meeting.pk)


def test_the_words_of_the_phase_are_translated():
    with translation.override("en"):
        assert (str(facts().office), str(facts().standing), facts().short_name) == (
            "Preparatory Working Group",
            "prospective member",
            "GBA NEV Alliance",
        )
