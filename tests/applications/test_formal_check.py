"""The formal check on one page: the checklist, every defect at once, the letter beforehand, and the next in the queue."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.accounts.choices import Office
from alliance.letters.models import Letter
from applications import checking, duplicates, handling, queues, rules, workflow
from applications.choices import Defect, Paper, State
from applications.models import Application
from tests import factories

pytestmark = pytest.mark.django_db


def check_page(client, application):
    return client.get(reverse("admin:applications_application_check", args=[application.pk]))


def points(application):
    papers = list(application.attachments.in_version(application.version))
    return {point.defect or point.ground: point for point in checking.points(application, papers, duplicates.alike(application))}


def test_what_is_in_order_is_found_in_order():
    found = points(factories.application(State.SUBMITTED))
    assert {code: found[code].tone for code in (Defect.C02, Defect.C04, Defect.C08, "J06")} == dict.fromkeys(
        (Defect.C02, Defect.C04, Defect.C08, "J06"), checking.HOLDS
    )
    assert found[Defect.C03].tone == checking.LOOK  # a name is compared by a person


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cap_research": "有", "cap_service": "", "cap_industry": ""}, Defect.C07),
        ({"main_direction": ""}, Defect.C08),
        ({"reg_no": "91440300XX0000019A"}, Defect.C04),
    ],
)
def test_what_is_wanting_proposes_its_defect(changes, code):
    application = factories.application(State.SUBMITTED)
    for name, value in changes.items():
        setattr(application, name, value)
    found = points(application)
    assert found[code].tone == checking.WANTING
    assert str(code) in [each["code"] for each in checking.proposed(list(found.values()))]


def test_without_a_seal_the_defect_is_ticked_beforehand(people, client):
    application = factories.application(
        State.SUBMITTED, sealed=False, cap_research="建有工程研究中心，承担省级研发计划项目三项。（样例）" * 2
    )
    client.force_login(people.clerk)
    page = check_page(client, application)
    assert [each["code"] for each in page.context["correction"].initial["defects"]] == ["C02"]


def test_accepting_goes_on_to_the_next_by_its_limit(people, client):
    first, later, sooner = (factories.application(State.SUBMITTED) for _ in range(3))
    for application, days in ((later, 9), (sooner, 1)):
        Application.objects.filter(pk=application.pk).update(due_at=clock.now() + timedelta(days=days))
    client.force_login(people.clerk)
    answer = client.post(reverse("admin:applications_application_check", args=[first.pk]), {"_step": "accept"})
    assert answer.url == reverse("admin:applications_application_check", args=[sooner.pk])
    first.refresh_from_db()
    assert first.state == State.ACCEPTED


def test_what_somebody_else_has_in_hand_is_passed_over_and_one_s_own_is_not(people, client):
    theirs, mine = factories.application(State.SUBMITTED), factories.application(State.SUBMITTED)
    Application.objects.filter(pk=theirs.pk).update(due_at=clock.now())  # the more urgent one
    handling.take_in_hand(theirs, factories.user("周例七", "clerk"))
    client.force_login(people.clerk)
    assert client.get(reverse("admin:applications_application_check_next")).url == reverse(
        "admin:applications_application_check", args=[mine.pk]
    )
    taken = client.post(reverse("admin:applications_application_hand", args=[theirs.pk]), {"take": "1", "from_check": "1"})
    assert taken.url == reverse("admin:applications_application_check", args=[theirs.pk])
    assert client.get(reverse("admin:applications_application_check_next")).url == taken.url


def test_the_letter_is_read_before_it_is_written(people, client):
    application = factories.application(State.SUBMITTED)
    client.force_login(people.clerk)
    said = {
        "_step": "return_for_correction",
        "defects": ["C05"],
        "defects-C05-where": [Paper.CERTIFICATE],
        "defects-C05-words": "扫描件模糊",
        "words": "请重新扫描",
    }
    before = Letter.objects.count()
    page = client.post(reverse("admin:applications_application_check", args=[application.pk]), {**said, "_preview": "1"})
    application.refresh_from_db()
    assert (page.status_code, application.state, Letter.objects.count()) == (200, State.SUBMITTED, before)
    assert any("扫描件模糊" in letter.body for letter in page.context["letters"])
    assert "请重新扫描" in page.content.decode()  # what was typed is still there
    client.post(reverse("admin:applications_application_check", args=[application.pk]), said)
    application.refresh_from_db()
    assert application.state == State.CORRECTION


def test_the_page_of_what_was_refused_says_at_once_why(people, client):
    application = factories.application(State.SUBMITTED)
    workflow.decline(application, by=people.clerk, ground="J01", reason="登记证书显示为普通合伙。")
    client.force_login(people.officer)
    page = client.get(reverse("admin:applications_application_change", args=[application.pk])).content.decode()
    assert "<b>J01 非依法登记的法人单位</b>：登记证书显示为普通合伙。" in page


def test_an_empty_correction_is_answered_at_its_fields(people, client):
    application = factories.application(State.SUBMITTED)
    client.force_login(people.clerk)
    page = client.post(
        reverse("admin:applications_application_check", args=[application.pk]), {"_step": "return_for_correction", "words": "请补正"}
    )
    assert (page.status_code, set(page.context["correction"].errors)) == (422, {"defects"})
    assert "请补正" in page.content.decode()


def test_a_step_that_is_no_longer_open_is_explained(people, client):
    application = factories.application(State.SUBMITTED)
    client.force_login(people.clerk)
    workflow.accept(application, by=factories.user("周例七", "clerk"))
    answer = client.post(reverse("admin:applications_application_check", args=[application.pk]), {"_step": "accept"})
    assert (answer.status_code, "周例七" in answer.content.decode()) == (409, True)


def test_the_page_asks_as_often_for_one_unit_that_is_alike_as_for_ten(people, client):
    application = factories.application(State.SUBMITTED)
    duplicates.leave(application.organisation, duplicates.of_application(application))
    client.force_login(people.clerk)

    def asked_with(count):
        while len(duplicates.alike(application)) < count:
            twin = factories.application(State.SUBMITTED, contact_phone=application.contact_phone)
            duplicates.leave(twin.organisation, duplicates.of_application(twin))
        check_page(client, application)
        with CaptureQueriesContext(connection) as asked:
            assert len(check_page(client, application).context["likenesses"]) == count
        return len(asked)

    assert asked_with(1) == asked_with(10)


# ── whose it is ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queue_offers_exactly_what_the_rules_let_somebody_take():
    """`free_for` says of many what `rules.Separated` says of one."""
    office = factories.user("周例七", "clerk", "officer", "secretary")
    named = factories.application(State.SUBMITTED, contact_email=office.email.upper())
    own = factories.application(State.SUBMITTED, by=office)
    checked, screened, free = (factories.application(state) for state in (State.SUBMITTED, State.ACCEPTED, State.SUBMITTED))
    workflow.accept(checked, by=office)
    workflow.screen(screened, by=office, opinion="符合")
    everything = [named, own, checked, screened, free]
    for barred in (rules.CHECKING, (*rules.SCREENING, *rules.APPROVING), (*rules.CHECKING, *rules.SCREENING)):
        offered = set(Application.objects.free_for(office, *barred).values_list("pk", flat=True))
        assert offered == {each.pk for each in everything if rules.Separated(Office.CLERK, *barred)(office, each)}


def test_the_desk_never_offers_what_one_took_part_in_elsewhere(client):
    office = factories.user("周例七", "clerk", "officer", "secretary")
    theirs, others = factories.application(State.SUBMITTED), factories.application(State.ACCEPTED)
    workflow.accept(theirs, by=office)
    client.force_login(office)
    desk = client.get(reverse("admin:index"))
    screen = next(queue for queue in desk.context["queues"] if str(queue.label) == str(queues.QUEUES["screen"].label))
    listed = client.get(screen.url).context["cl"].queryset
    assert (screen.count, [each.pk for each in listed]) == (1, [others.pk])


def test_what_is_due_by_tonight_is_named_before_going_home(people, client):
    late, today, tomorrow = (factories.application(State.SUBMITTED) for _ in range(3))
    for application, moment in ((late, clock.now() - timedelta(days=1)), (today, clock.now()), (tomorrow, clock.now() + timedelta(days=3))):
        Application.objects.filter(pk=application.pk).update(due_at=moment)
    client.force_login(people.clerk)
    assert [row["label"] for row in client.get(reverse("admin:index")).context["mine"]] == [late, today]
    client.force_login(people.auditor)
    assert "mine" not in client.get(reverse("admin:index")).context


@pytest.mark.parametrize("name", queues.QUEUES)
def test_every_count_of_the_desk_opens_the_list_it_counts(name, people, client):
    for state in State:
        factories.application(state)
    for person in (people.clerk, people.officer, people.secretary):
        client.force_login(person)
        desk = client.get(reverse("admin:index"))
        queue = next(each for each in desk.context["queues"] if each.url.endswith(f"?queue={name}"))
        assert client.get(queue.url).context["cl"].result_count == queue.count


def test_the_desk_says_how_many_experts_sheets_are_awaited_and_how_many_are_overdue(people, client):
    now = clock.now()
    for n, due in enumerate((now - timedelta(days=1), now + timedelta(days=3))):
        application = factories.application(State.SCREENED)
        factories.assignment(people.officer, application, expert=factories.expert(name=f"陈示{n}"), state="assigned", due_at=due)
    client.force_login(people.officer)
    desk = client.get(reverse("admin:index"))
    queue = next(each for each in desk.context["queues"] if "waits=sheet" in each.url)
    assert (queue.count, queue.tone, client.get(queue.url).context["cl"].result_count) == (2, "late", 2)
    assert client.get(queue.url.replace("sheet", "late")).context["cl"].result_count == 1


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_the_desk_asks_as_often_for_one_application_as_for_three_thousand(count, client, django_assert_max_num_queries):
    office = factories.user("周例七", "clerk", "officer", "secretary")
    first = factories.application(State.SUBMITTED)
    copies = [
        Application(
            **{
                field.attname: getattr(first, field.attname)
                for field in Application._meta.concrete_fields
                if field.name not in ("id", "uuid")
            }
        )
        for _ in range(count - 1)
    ]
    for n, copy in enumerate(copies):
        copy.number, copy.reg_no, copy.state = f"SQ2021-{n}", f"{n:018}", (State.SUBMITTED, State.ACCEPTED, State.SCREENED)[n % 3]
    Application.objects.bulk_create(copies)
    client.force_login(office)
    client.get(reverse("admin:index"))
    with django_assert_max_num_queries(15):
        desk = client.get(reverse("admin:index"))
    counts = {queue.url.rpartition("=")[2]: queue.count for queue in desk.context["queues"]}
    assert counts["check"] + counts["screen"] + counts["deliberate"] == count


def test_what_is_not_sealed_is_not_offered_to_be_accepted(client, people):
    unsealed, sealed = factories.application("submitted", sealed=False), factories.application("submitted")
    client.force_login(people.clerk)
    pages = [client.get(reverse("admin:applications_application_check", args=[each.pk])).content.decode() for each in (unsealed, sealed)]
    assert ['name="_step" value="accept"' in page for page in pages] == [False, True]
    assert "暂不能受理" in pages[0]


# ── what is long is folded, and figures have their unit ──


def folded(page: str) -> dict[str, bool]:
    """Each defect of the list, and whether its places stand open."""
    return {
        code: " open" in opened
        for opened, code in re.findall(r'<details( open)?>\s*<summary>.*?name="defects-(C\d+)-where"', page, re.DOTALL)
    }


def test_the_places_of_a_defect_are_folded_until_it_is_chosen(people, client):
    application = factories.application(State.SUBMITTED)
    client.force_login(people.clerk)
    address = reverse("admin:applications_application_check", args=[application.pk])
    at_first = folded(client.get(address).content.decode())
    assert set(at_first) == set(Defect.values)
    page = client.post(
        address, {"_step": "return_for_correction", "defects": ["C05"], "defects-C05-where": [Paper.CERTIFICATE], "words": ""}
    )
    assert {code for code, is_open in folded(page.content.decode()).items() if is_open} == {"C05"}
    assert "重新开放：登记证书" in page.content.decode()


def test_the_office_reads_figures_with_what_they_are_counted_in(people, client):
    application = factories.application(
        State.SUBMITTED, registered_capital="1000.50", currency="HKD", revenue="20", staff_total=30, patents=4
    )
    client.force_login(people.clerk)
    for name in ("change", "check"):
        page = client.get(reverse(f"admin:applications_application_{name}", args=[application.pk])).content.decode()
        assert all(said in page for said in ("1,000.5 万港元", "20 万港元", "30 人", "4 项")), name
