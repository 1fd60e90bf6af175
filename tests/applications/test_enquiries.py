"""A question to the office: asked without an account, answered in its thread, and made one for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.calendar.days import due_after
from alliance.facts.models import ContactDesk
from alliance.history.models import PUBLIC, Event
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed
from applications import enquiring
from applications.models import Enquiry, FrequentQuestion
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/enquiries/"
TYPED = {
    "topic": "joining",
    "words": "高校能否参加？",
    "name": "郑示六",
    "unit_name": "演示大学",
    "email": "asker@example.net",
    "phone": "",
}


def ask(client, **changes):
    return client.post(PAGE, TYPED | changes)


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_gets_its_day_its_receipt_and_a_page_of_its_own(client):
    answer = ask(client)
    asked = Enquiry.objects.get()
    assert (answer.status_code, answer.url) == (302, asked.get_absolute_url())
    assert (asked.asked_by, asked.state, asked.way, asked.due_at) == (None, "asked", "portal", due_after(asked.asked_at, 3))
    letter = Letter.objects.about(asked).get()
    assert (letter.template, letter.to) == ("enquiry_received", "asker@example.net")
    assert str(asked.uuid) in letter.body
    assert not {asked.words, asked.name} & {part for part in (asked.words, asked.name) if part in letter.body}
    page = client.get(answer.url).content.decode()
    assert all(said in page for said in (asked.words, "3 个工作日", "您的咨询已收到"))


def test_a_question_about_one_s_own_data_has_fifteen_working_days(client):
    ask(client, topic="personal")
    asked = Enquiry.objects.get()
    assert asked.due_at == due_after(asked.asked_at, 15)


@pytest.mark.parametrize(
    ("language", "subject"), [("zh-hans", "您的咨询已收到"), ("zh-hant", "您的諮詢已收到"), ("en", "Your question has come in")]
)
def test_the_receipt_speaks_the_language_of_who_asks(language, subject, client):
    client.cookies["django_language"] = language
    ask(client)
    assert Letter.objects.get(template="enquiry_received").subject == subject


def test_who_is_signed_in_need_not_say_who_they_are(client, people):
    client.force_login(people.applicant)
    form = client.get(PAGE).context["form"]
    assert (form["name"].value(), form["email"].value()) == (people.applicant.name, people.applicant.email)
    ask(client, name=people.applicant.name, email=people.applicant.email)
    assert Enquiry.objects.get().asked_by == people.applicant


def test_who_cannot_be_reached_is_told_so_and_nothing_typed_is_lost(client):
    answer = ask(client, email="")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert TYPED["words"] in answer.content.decode()
    assert ask(client, email="", phone="020-0000 0001").status_code == 302
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("typed", ["abc", "无", "123", "-----------"])
@pytest.mark.parametrize("email", ["", "asker@example.net"])
def test_a_telephone_number_that_nobody_could_call_is_told_at_its_field(typed, email, client):
    answer = ask(client, email=email, phone=typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["phone"])
    assert all(kept in answer.content.decode() for kept in (TYPED["words"], f'value="{typed}"', "不是有效的电话号码"))


@pytest.mark.parametrize(
    "typed",
    ["020-0000 0001", "13800138000", "2123 4567", "+853 2812 3456", "02-2345 6789", "０２０－００００ ０００１", "020-0000 0001 转 802"],
)
def test_a_telephone_number_is_taken_as_people_of_the_four_jurisdictions_write_it(typed, client):
    assert ask(client, email="", phone=typed).status_code == 302


def test_a_link_may_begin_the_words(client):
    for about, words in (("correct", "请更正"), ("delete", "请删除"), ("withdraw", "撤回"), ("explain", "请说明"), ("named", "联系人")):
        form = client.get(f"{PAGE}?about={about}").context["form"]
        assert form["topic"].value() == "personal"
        assert words in str(form["words"].value())


# ── Too much, and machines ───────────────────────────────────────────────────────────────────────────────────────────


def said(answer) -> tuple[int, list[str], bool]:
    form = answer.context["form"]
    return answer.status_code, list(form.non_field_errors()), TYPED["words"] in answer.content.decode()


def test_a_machine_and_the_sixth_for_one_address_get_the_same_polite_sentence(client):
    machine = said(ask(client, homepage="http://example.com"))
    for _ in range(5):
        assert ask(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    sixth = said(ask(Client(REMOTE_ADDR="192.0.2.8")))
    assert machine == sixth
    assert machine[0] == 422
    assert machine[2]
    assert Enquiry.objects.count() == 5


def test_the_eleventh_from_one_place_is_asked_to_wait(client):
    taken = [ask(client, email=f"asker{n}@example.net").status_code for n in range(12)]
    assert taken == [302] * 10 + [422] * 2


# ── Who reads it ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_an_account_the_address_is_the_key_and_with_one_it_is_the_account_s(people):
    free, owned = factories.asked(), factories.asked(people.applicant)
    readers = {"anonymous": Client(), "stranger": Client(), "applicant": Client(), "clerk": Client()}
    for role, client in readers.items():
        if role != "anonymous":
            client.force_login(getattr(people, role))
    assert {role: client.get(free.get_absolute_url()).status_code for role, client in readers.items()} == dict.fromkeys(readers, 200)
    codes = {role: client.get(owned.get_absolute_url()).status_code for role, client in readers.items()}
    assert codes == {"anonymous": 302, "stranger": 404, "applicant": 200, "clerk": 404}


def test_only_who_asked_asks_further(people):
    free, owned = factories.asked(), factories.asked(people.applicant)
    for enquiry, by in ((free, people.applicant), (owned, people.stranger), (owned, PUBLIC)):
        with pytest.raises(NotAllowed):
            enquiring.ask_further(enquiry, by=by, words="还有一问")


# ── The thread ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_thread_goes_on_from_answer_to_further_question_and_back(client, people):
    start = clock.now()
    asked = factories.asked(people.applicant)
    client.force_login(people.applicant)
    with clock.at(start + timedelta(hours=1)):
        enquiring.answer(asked, by=people.clerk, words="可以。")
    with clock.at(start + timedelta(days=5)):
        assert client.post(asked.get_absolute_url(), {"words": "民办高校呢？"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.due_at) == ("asked", due_after(start + timedelta(days=5), 3))
    with clock.at(start + timedelta(days=6)):
        enquiring.answer(asked, by=people.officer, words="也可以。")
    assert [(each["is_office"], each["words"]) for each in asked.thread] == [
        (False, "高校能否参加？"), (True, "可以。"), (False, "民办高校呢？"), (True, "也可以。"),
    ]  # fmt: skip
    assert (asked.state, asked.answer, asked.answered_by) == ("answered", "可以。", people.clerk)
    last = Letter.objects.about(asked).filter(template="enquiry_answered").last()
    assert all(words in last.body for words in ("民办高校呢？", "也可以。", asked.get_absolute_url()))
    page = client.get(asked.get_absolute_url()).content.decode()
    assert all(words in page for words in ("高校能否参加？", "可以。", "民办高校呢？", "也可以。"))


def test_history_says_that_somebody_without_an_account_asked(client):
    ask(client)
    asked = Enquiry.objects.get()
    client.post(asked.get_absolute_url(), {"words": "还有一问"})
    assert list(Event.objects.of(asked).values_list("step", "acting_as", "actor")) == [("ask", PUBLIC, None), ("ask_further", PUBLIC, None)]


def test_a_closed_thread_takes_no_further_word(client, people):
    asked = factories.asked()
    enquiring.close_enquiry(asked, by=people.clerk)
    assert "Ask further" not in client.get(asked.get_absolute_url()).content.decode()
    assert client.post(asked.get_absolute_url(), {"words": "还有一问"}).status_code == 409
    assert asked.messages.count() == 0


# ── What many ask ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_frequent_questions_come_first_in_the_reader_s_language(language, client):
    client.cookies["django_language"] = language
    shown = [each for _topic, group in client.get(PAGE).context["frequent"] for each in group]
    assert [each.language for each in shown] == [language] * 7
    FrequentQuestion.objects.filter(pk=shown[0].pk).update(is_shown=False)
    assert shown[0].question not in client.get(PAGE).content.decode()


def test_both_desks_stand_beside_the_form(client):
    ContactDesk.objects.filter(kind="joining").update(telephone="020-0000 0001")
    ContactDesk.objects.filter(kind="policy").update(telephone="020-0000 0002")
    page = client.get(PAGE).content.decode()
    assert all(number in page for number in ("020-0000 0001", "020-0000 0002"))


def test_an_answered_question_becomes_one_for_everybody_in_one_click(client, people):
    asked = factories.asked(words="我是演示大学的张示一，高校能否参加？")
    client.force_login(people.officer)
    add = reverse("admin:applications_frequentquestion_add") + f"?came_from={asked.pk}"
    change = reverse("admin:applications_enquiry_change", args=[asked.pk])
    assert client.get(add).context["adminform"].form.initial.get("came_from") is None
    enquiring.answer(asked, by=people.clerk, words="可以。")
    assert add in client.get(change).content.decode()
    page = client.get(add)
    assert "谁问的" in page.content.decode()  # what tells who asked is to be taken out
    typed = page.context["adminform"].form.initial | {"question": "高校能否参加？", "position": 5, "is_shown": "on"}
    assert client.post(add, typed).status_code == 302
    made = FrequentQuestion.objects.get(came_from=asked)
    assert (made.question, made.answer, made.language, made.topic) == ("高校能否参加？", "可以。", "zh-hans", "joining")


# ── The desk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_counts_what_waits_and_says_what_is_overdue(client, people):
    factories.asked()
    Enquiry.objects.filter(pk=factories.asked().pk).update(due_at=clock.now() - timedelta(hours=1))
    client.force_login(people.officer)
    waiting = next(queue for queue in client.get("/admin/").context["queues"] if str(queue.label) == "待答复咨询")
    assert (waiting.count, waiting.note, waiting.tone) == (2, "逾期 1 件", "late")
    lists = {
        name: client.get(f"/admin/applications/enquiry/?waits={name}").context["cl"].result_count for name in ("due", "overdue", "answered")
    }
    assert lists == {"due": 2, "overdue": 1, "answered": 0}


NOTED = {
    "topic": "joining",
    "way": "telephone",
    "name": "郑示六",
    "unit_name": "",
    "email": "",
    "phone": "020-0000 0003",
    "language": "zh-hans",
    "words": "怎样申请？",
}


def test_the_secretariat_notes_what_came_by_telephone(client, people):
    client.force_login(people.clerk)
    add = reverse("admin:applications_enquiry_add")
    assert client.post(add, NOTED | {"phone": ""}).context["adminform"].form.errors.keys() == {"email"}
    assert client.post(add, NOTED).status_code == 302
    noted = Enquiry.objects.get()
    assert (noted.way, noted.asked_by, noted.due_at) == ("telephone", None, due_after(noted.asked_at, 3))
    change = reverse("admin:applications_enquiry_change", args=[noted.pk])
    assert client.post(change, {"topic": "personal", "words": "别的"}).status_code == 302
    noted.refresh_from_db()
    assert (noted.topic, noted.words, noted.due_at) == ("personal", "怎样申请？", due_after(noted.asked_at, 15))
