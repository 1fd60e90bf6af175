"""A recommender confirms with a code instead of a scan; what was confirmed counts as long as the application says just that."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alliance import clock
from alliance.history.models import PUBLIC, Event
from alliance.letters.models import Letter
from alliance.mydata.held import held_on
from alliance.workflow import Refused
from applications import recommending, workflow
from applications.choices import RecommendationState, Section
from applications.models import Application, Recommendation, RequiredPaper
from applications.models.version import freeze, stamp
from members.regions import BUREAUX, GUANGDONG
from tests import factories

pytestmark = pytest.mark.django_db
TO = "bureau@example.gov.cn"


@pytest.fixture
def draft(people):
    RequiredPaper.objects.filter(paper="recommendation").update(is_must=True)
    made = factories.draft(by=people.applicant, **factories.RECOMMENDED)
    made.attachments.filter(kind="recommendation").delete()
    return Application.objects.get(pk=made.pk)


def asked(draft, by) -> tuple[Recommendation, str]:
    """The request, and the code of its letter."""
    made = recommending.ask(draft, TO, by=by)
    letter = Letter.objects.get(template="recommender_asked", key=f"recommender_asked:{made.pk}")
    return made, re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", letter.body)[0]


def answered(made, code, **typed):
    """What the recommender posts, without any account."""
    said = {"code": code, "words": made.opinion, "name": "张示一", "post": "处长"} | typed
    answer = Client().post(made.get_absolute_url(), said)
    made.refresh_from_db()
    return answer


def confirmed(draft, by, **typed) -> Recommendation:
    made, code = asked(draft, by)
    assert answered(made, code, **typed).status_code == 302
    return made


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_applicant_asks_and_the_letter_with_link_and_code_goes_to_the_recommender_alone(client, people, draft):
    client.force_login(people.applicant)
    page = reverse("applications:recommendation", args=[draft.uuid])
    assert client.get(page).status_code == 200
    assert client.post(page, {"email": TO}).status_code == 302
    made = Recommendation.objects.get()
    letter = Letter.objects.get(template="recommender_asked")
    assert (letter.to, letter.recipient, made.bureau, made.organisation) == (TO, None, "440100", None)
    assert str(made.uuid) in letter.body
    code = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", letter.body)[0]
    assert code.replace("-", "") not in str(Recommendation.objects.values().get())
    assert code not in client.get(draft.get_absolute_url()).content.decode()


def test_a_recommender_that_is_known_here_is_named_to_the_office(people, draft):
    unit = factories.unit()
    Application.objects.filter(pk=draft.pk).update(recommender=unit.organisation.name)
    made, _code = asked(draft, people.applicant)
    assert (made.organisation, made.bureau, made.known_as) == (unit.organisation, "", unit.organisation)


@pytest.mark.parametrize("whose", ["applicant", "contact", "writer"])
def test_nobody_recommends_their_own_unit_by_another_address_of_it(client, people, draft, whose):
    draft.writers.create(user=people.member, role="fills_in")
    own = {"applicant": people.applicant.email, "contact": draft.contact_email.upper(), "writer": people.member.email}[whose]
    client.force_login(people.applicant)
    answer = client.post(reverse("applications:recommendation", args=[draft.uuid]), {"email": own})
    assert (answer.status_code, Recommendation.objects.count()) == (422, 0)


def test_without_an_opinion_or_without_a_recommender_there_is_nothing_to_ask(client, people, draft):
    Application.objects.filter(pk=draft.pk).update(recommender_opinion="")
    with pytest.raises(Refused):
        recommending.ask(draft, TO, by=people.applicant)
    Application.objects.filter(pk=draft.pk).update(nomination_kind="self")
    client.force_login(people.applicant)
    assert client.get(reverse("applications:recommendation", args=[draft.uuid])).status_code == 302


def test_a_new_request_ends_the_one_before_and_so_does_taking_it_back(client, people, draft):
    first, old = asked(draft, people.applicant)
    second, code = asked(draft, people.applicant)
    answered(first, old)
    assert first.state == RecommendationState.REVOKED
    client.force_login(people.applicant)
    client.post(reverse("applications:recommendation", args=[draft.uuid]), {"take_back": "1"})
    answered(second, code)
    assert (second.state, draft.recommendations.confirmed().count()) == (RecommendationState.REVOKED, 0)


def test_asking_too_often_is_refused_in_words(client, people, draft):
    client.force_login(people.applicant)
    page = reverse("applications:recommendation", args=[draft.uuid])
    statuses = [client.post(page, {"email": TO}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [422]


# ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_unit_seat_and_opinion_and_nothing_of_persons(draft, people):
    made, _code = asked(draft, people.applicant)
    said = Client().get(made.get_absolute_url()).content.decode()
    assert all(words in said for words in (draft.name, "理事单位", "骨干企业，同意推荐。", "广州市科学技术局"))
    persons = (draft.contact_name, draft.contact_phone, draft.contact_email, draft.representative_name, draft.representative_email, draft.legal_representative, people.applicant.email)  # fmt: skip
    assert not [each for each in persons if each in said]


def test_confirming_makes_the_paper_count_tells_the_applicant_and_stands_on_every_page(client, people, draft):
    assert draft.gaps == {Section.ATTACHMENTS: ["recommendation"]}
    made = confirmed(draft, people.applicant)
    draft = Application.objects.get(pk=draft.pk)
    assert (draft.gaps, draft.confirmed, made.name, made.post) == ({}, made, "张示一", "处长")
    assert Letter.objects.filter(template="recommended", recipient=people.applicant).exists()
    event = Event.objects.of(made).steps("confirm").get()
    assert (event.acting_as, "张示一" in str(event.details)) == (PUBLIC, False)
    client.force_login(people.applicant)
    assert "张示一" in client.get(draft.get_absolute_url()).content.decode()
    workflow.submit(draft, by=people.applicant)
    client.force_login(people.clerk)
    page = client.get(reverse("admin:applications_application_change", args=[draft.pk])).content.decode()
    assert all(words in page for words in ("张示一", "处长", "广州市科学技术局"))


def test_the_recommender_may_put_it_in_own_words_which_are_then_the_application_s(people, draft):
    confirmed(draft, people.applicant, words="行业龙头，特此推荐。")
    draft = Application.objects.get(pk=draft.pk)
    assert (draft.recommender_opinion, draft.missing_papers) == ("行业龙头，特此推荐。", [])


@pytest.mark.parametrize(
    "change",
    [{"recommender": "深圳市科学技术局"}, {"seat_wanted": "chair"}, {"recommender_opinion": "极力推荐。"}, {"nomination_kind": "self"}],
)
def test_whoever_changes_recommender_seat_or_opinion_afterwards_has_no_confirmation(people, draft, change):
    confirmed(draft, people.applicant)
    Application.objects.filter(pk=draft.pk).update(**change)
    assert Application.objects.get(pk=draft.pk).confirmed is None


def test_declining_needs_the_code_alone_and_the_applicant_is_told(people, draft):
    made, code = asked(draft, people.applicant)
    assert answered(made, "AAAAA-AAAAA", decline="1", words="", name="", post="").status_code == 422
    assert answered(made, code, decline="1", words="", name="", post="").status_code == 302
    assert made.state == RecommendationState.DECLINED
    assert Letter.objects.filter(template="not_recommended", recipient=people.applicant).exists()


def test_confirming_without_name_or_post_is_told_at_its_field(people, draft):
    made, code = asked(draft, people.applicant)
    answer = answered(made, code, name="", post="")
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"name", "post"})


def test_five_wrong_codes_end_it_and_each_says_how_many_tries_are_left(people, draft):
    made, code = asked(draft, people.applicant)
    said = [answered(made, "AAAAA-AAAA" + letter).content.decode() for letter in "ACDEF"]
    assert "还可以试 4 次" in said[0]
    assert "已失效" in said[4]
    answered(made, code)
    assert (made.state, made.tries) == (RecommendationState.ASKED, 5)


def test_a_code_that_has_run_out_says_so_and_confirms_nothing(people, draft):
    made, code = asked(draft, people.applicant)
    with clock.at(clock.now() + timedelta(days=14, seconds=1)):
        assert "已过期" in Client().get(made.get_absolute_url()).content.decode()
        answered(made, code)
    assert made.state == RecommendationState.ASKED


def test_a_used_code_is_used_up_and_the_page_then_shows_no_opinion(people, draft):
    made, code = asked(draft, people.applicant)
    answered(made, code)
    answered(made, code, name="李范二")
    assert made.name == "张示一"
    said = Client().get(made.get_absolute_url()).content.decode()
    assert "骨干企业" not in said
    assert draft.name not in said


@pytest.mark.parametrize("role", ["applicant", "clerk", "secretary", "auditor"])
def test_neither_the_unit_nor_the_office_confirms_even_with_the_code(client, people, draft, role):
    made, code = asked(draft, people.applicant)
    client.force_login(getattr(people, role))
    answer = client.post(made.get_absolute_url(), {"code": code, "words": made.opinion, "name": "张示一", "post": "处长"})
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (422, RecommendationState.ASKED)


def test_guessing_is_limited_by_address(people, draft):
    made, _code = asked(draft, people.applicant)
    Recommendation.objects.filter(pk=made.pk).update(tries=-0)
    browser, said = Client(), {"code": "A", "words": "x", "name": "张", "post": "处"}
    answers = []
    for _ in range(12):
        Recommendation.objects.filter(pk=made.pk).update(tries=0)
        answers.append(browser.post(made.get_absolute_url(), said))
    assert "次数过多" in answers[-1].content.decode()


def test_once_submitted_the_opinion_stands_and_is_confirmed_as_it_is_or_not_at_all(people, draft):
    RequiredPaper.objects.filter(paper="recommendation").update(is_must=False)
    made, code = asked(draft, people.applicant)
    workflow.submit(factories.sealed(draft), by=people.applicant)
    answered(made, code, words="另一段话")
    draft.refresh_from_db()
    assert (made.state, made.opinion, draft.recommender_opinion) == (RecommendationState.CONFIRMED, *[factories.RECOMMENDED["recommender_opinion"]] * 2)  # fmt: skip


def test_of_an_application_that_has_ended_nothing_is_confirmed(people, draft):
    made, code = asked(draft, people.applicant)
    workflow.withdraw(draft, by=people.applicant)
    answer = answered(made, code)
    assert (answer.status_code, made.state) == (422, RecommendationState.ASKED)


# ── What a version keeps ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_version_keeps_which_confirmation_it_rests_on_and_no_name(people, draft):
    before = stamp(Application.objects.get(pk=draft.pk))
    made = confirmed(draft, people.applicant)
    draft = Application.objects.get(pk=draft.pk)
    version = freeze(draft, by=people.applicant)
    assert {"kind": "recommendation", "uuid": str(made.uuid), "sha256": made.digest} in version.answers["attachments"]
    assert "张示一" not in str(version.answers)
    assert stamp(draft) != before


def test_a_version_without_a_confirmation_has_the_digest_it_always_had(people):
    draft = factories.draft(by=people.applicant, **factories.RECOMMENDED)
    draft = Application.objects.get(pk=draft.pk)
    version = freeze(draft, by=people.applicant)
    assert all(set(each) == {"kind", "uuid", "sha256"} for each in version.answers["attachments"])
    recommending.ask(draft, TO, by=people.applicant)
    assert freeze(Application.objects.get(pk=draft.pk), by=people.applicant) == version


def test_a_confirmation_does_not_make_a_printed_form_void(people, draft):
    printed = freeze(draft, by=people.applicant).code
    confirmed(draft, people.applicant)
    assert freeze(Application.objects.get(pk=draft.pk), by=people.applicant).code == printed


def test_whoever_confirmed_finds_it_among_what_is_held_on_them(people, draft):
    confirmed(draft, people.applicant)
    person = factories.user("张示一", email=TO)
    [row] = {group.name: group.rows for group in held_on(person)}["named"]
    assert (row["name"], row["post"], row["email"]) == ("张示一", "处长", TO)


def test_there_is_a_bureau_for_each_of_the_21_cities_and_the_form_suggests_them(client, people, draft):
    assert (set(BUREAUX), len(BUREAUX)) == (set(GUANGDONG), 21)
    client.force_login(people.applicant)
    page = client.get(reverse("applications:section", args=[draft.uuid, "intent"])).content.decode()
    assert page.count('市科学技术局"></option>') == 21
