"""A unit asks to have the register changed: what matters is asked for and answered field by field, the rest changes at once."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from alliance.history.models import Event
from alliance.letters.models import Letter
from alliance.workflow import NotAllowed, Refused, WrongState
from members import workflow
from members.choices import Answer
from members.forms.changing import UNIT_FORM
from members.models import ChangeRequest, Colleague, FieldDemand, Organisation
from members.models.demand import LABELS, REPRESENTATIVE, demands
from members.models.request import as_json, from_json, in_words, value_in
from members.workflow.requesting import ask_for_changes
from tests import factories
from tests.alliance import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(people):
    return people.units["member"]


def paper():
    return SimpleUploadedFile("证明.png", hostile.picture("PNG"))


def proof():
    from alliance.files.checking import check

    return [check(paper())]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.PORTAL_HOME = tmp_path


def decisions(request, *accepted, words=""):
    return {
        change.field: {"accepted": change.field in accepted, "words": words or ("" if change.field in accepted else "材料不足"), "seen": change.present}
        for change in request.changes.select_related("request__unit__organisation")
    }  # fmt: skip


def ask(unit, by, **changed):
    return ask_for_changes(unit, changed, by=by, words="更新", papers=proof())


@pytest.mark.parametrize(
    ("language", "label"), [("zh-hans", "产业链位置"), ("zh-hant", "產業鏈位置"), ("en", "Position on the industry chain")]
)
def test_every_field_is_named_in_the_reader_s_language(unit, language, label):
    with translation.override(language):
        assert str(UNIT_FORM(unit=unit).fields["chain_position"].label) == label


# ── At once ──


def test_what_nothing_depends_on_changes_at_once_with_history_and_an_event(people, unit):
    at_once, request = ask(unit, people.member, website="https://example.org/", short_name="演示")
    unit.organisation.refresh_from_db()
    assert (sorted(at_once), request) == (["short_name", "website"], None)
    assert (unit.organisation.website, unit.organisation.short_name) == ("https://example.org/", "演示")
    kept = unit.organisation.history.first()
    assert (kept.history_user, kept.history_change_reason) == (people.member, "change_data")
    event = Event.objects.of(unit).last()
    assert (event.step, sorted(event.details["fields"])) == ("change_data", ["short_name", "website"])


def test_what_matters_is_asked_for_and_leaves_the_register_alone(people, unit):
    before = unit.organisation.unit_type
    at_once, request = ask(unit, people.member, unit_type="institute", postcode="510000")
    unit.organisation.refresh_from_db()
    assert (at_once, unit.organisation.unit_type, unit.organisation.postcode) == (["postcode"], before, "510000")
    change = request.changes.get()
    assert (change.field, change.old, change.new, change.before, change.after) == (
        "unit_type",
        "enterprise",
        "institute",
        "企业",
        "科研院所",
    )


def test_what_stands_there_already_is_no_change(people, unit):
    assert ask(unit, people.member, region=unit.organisation.region, website="") == ([], None)


def test_a_paper_goes_with_what_has_to_be_proven(people, unit):
    with pytest.raises(Refused):
        ask_for_changes(unit, {"registered_address": "广州市演示路2号"}, by=people.member)
    assert not ChangeRequest.objects.exists()


def test_the_office_edits_what_a_field_demands(people, unit):
    FieldDemand.objects.filter(field="website").update(demand="office")
    with pytest.raises(Refused):
        ask(unit, people.member, website="https://example.org/")
    FieldDemand.objects.filter(field="scale").update(demand="at_once")
    assert ask(unit, people.member, scale="small")[0] == ["scale"]


def test_every_field_has_a_demand_from_the_first_day():
    assert set(FieldDemand.objects.values_list("field", flat=True)) == set(LABELS) == set(demands())


@pytest.mark.parametrize("role", ["stranger", "council", "officer", "timetable"])
def test_nobody_else_asks_for_a_unit(role, people, unit):
    with pytest.raises(NotAllowed):
        ask(unit, getattr(people, role), website="https://example.org/")


def test_who_only_fills_in_reads(people, unit):
    Colleague.objects.create(user=people.stranger, organisation=unit.organisation, role="fills_in")
    with pytest.raises(NotAllowed):
        ask(unit, people.stranger, website="https://example.org/")
    Colleague.objects.filter(user=people.stranger).update(role="submits")
    assert ask(unit, people.stranger, website="https://example.org/")[0] == ["website"]


def test_one_request_at_a_time(people, unit):
    ask(unit, people.member, unit_type="institute")
    with pytest.raises(Refused):
        ask(unit, people.member, main_direction="icv")
    assert ChangeRequest.objects.count() == 1


# ── Answered ──


def test_each_field_is_answered_and_one_letter_tells_it(people, unit):
    _at_once, request = ask(unit, people.member, unit_type="institute", main_direction="hydrogen")
    workflow.settle_request(request, by=people.officer, decisions=decisions(request, "main_direction"))
    unit.organisation.refresh_from_db()
    assert (unit.organisation.main_direction, unit.organisation.unit_type) == ("hydrogen", "enterprise")
    assert dict(request.changes.values_list("field", "answer")) == {"unit_type": Answer.REFUSED, "main_direction": Answer.ACCEPTED}
    (letter,) = Letter.objects.filter(template="change_settled")
    assert (letter.recipient, "材料不足" in letter.body, "氢燃料" in letter.body) == (people.member, True, True)
    assert unit.organisation.history.first().history_user == people.officer


def test_a_name_goes_through_the_step_of_the_register(people, unit):
    old, english = unit.organisation.name, unit.organisation.name_en
    _at_once, request = ask(unit, people.member, name="广州演示更名有限公司")
    workflow.settle_request(request, by=people.officer, decisions=decisions(request, "name"))
    unit.organisation.refresh_from_db()
    assert (unit.organisation.name, unit.organisation.name_en) == ("广州演示更名有限公司", english)
    assert unit.organisation.former_names.get().name == old
    assert unit.changes.get().kind == "name"


def test_a_representative_goes_through_the_step_of_the_register(people, unit):
    _at_once, request = ask(unit, people.member, representative={"name": "王例三", "post": "副院长", "email": ""})
    change = request.changes.get()
    assert (change.field, change.after) == (REPRESENTATIVE, "王例三 · 副院长")
    workflow.settle_request(request, by=people.officer, decisions=decisions(request, REPRESENTATIVE))
    assert unit.representatives.get(until=None).name == "王例三"
    assert unit.changes.get().kind == "representative"


def test_what_changed_since_the_office_looked_is_refused(people, unit):
    _at_once, request = ask(unit, people.member, unit_type="institute")
    seen = decisions(request, "unit_type")
    Organisation.objects.filter(pk=unit.organisation_id).update(unit_type="university")
    with pytest.raises(Refused):
        workflow.settle_request(request, by=people.officer, decisions=seen)
    fresh = ChangeRequest.objects.get()
    assert (fresh.changes.get().is_stale, fresh.state) == (True, "open")


def test_a_number_is_one_organisation_s(people, unit):
    other = factories.organisation()
    _at_once, request = ask(unit, people.member, reg_no=other.reg_no)
    with pytest.raises(Refused, match=other.name):
        workflow.settle_request(request, by=people.officer, decisions=decisions(request, "reg_no"))


def test_the_unit_withdraws_and_nothing_is_answered_after_that(people, unit):
    _at_once, request = ask(unit, people.member, unit_type="institute")
    workflow.withdraw_request(request, by=people.member)
    with pytest.raises(WrongState):
        workflow.settle_request(request, by=people.officer, decisions=decisions(request))
    assert ask(unit, people.member, unit_type="university")[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("founded_on", "2012-05-30"), ("registered_capital", "500.00"), ("staff_total", "12"), ("chain_position", ["upstream"]), ("website", ""), ("staff_rd", "")],
)  # fmt: skip
def test_values_are_kept_as_json_and_come_back(name, value):
    organisation = factories.organisation(**{name: from_json(name, value)})
    organisation.refresh_from_db()
    assert as_json(name, getattr(organisation, name)) == value
    assert isinstance(in_words(name, value), str)


# ── The page ──


def form_of(client, unit, **changed):
    """What the page would post: everything as it stands, and what was changed."""
    url = reverse("myunit:change", args=[unit.number])
    form = client.get(url).context["form"]
    posted = {}
    for bound in form:
        value = bound.value()
        if bound.name != "papers" and value not in (None, ""):
            posted[bound.name] = value
    return url, posted | changed


def test_the_form_is_filled_in_and_sends_only_what_differs(client, people, unit):
    client.force_login(people.member)
    url, posted = form_of(client, unit, main_direction="icv", website="example.org")
    answer = client.post(url, posted)
    request = ChangeRequest.objects.get()
    assert answer.url == reverse("myunit:request", args=[unit.number, request.uuid])
    assert [change.field for change in request.changes.all()] == ["main_direction"]
    unit.organisation.refresh_from_db()
    assert unit.organisation.website == "https://example.org"
    page = client.get(answer.url).content.decode()
    assert "智能网联" in page


def test_nothing_changed_is_told_and_a_missing_paper_at_its_field(client, people, unit):
    client.force_login(people.member)
    url, posted = form_of(client, unit)
    assert client.post(url, posted).status_code == 422
    answer = client.post(url, posted | {"registered_address": "广州市演示路9号"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["papers"])
    assert client.post(url, posted | {"registered_address": "广州市演示路9号", "papers": paper()}).status_code == 302
    client.force_login(people.officer)
    (file,) = client.get(reverse("admin:members_changerequest_change", args=[ChangeRequest.objects.get().pk])).context["files"]
    handed = client.get(file.get_absolute_url())
    assert b"".join(handed.streaming_content)
    client.force_login(people.council)
    assert client.get(file.get_absolute_url()).status_code == 404


def test_what_a_colleague_changed_meanwhile_is_told_and_not_written_back(client, people, unit):
    client.force_login(people.member)
    url, posted = form_of(client, unit)
    Organisation.objects.filter(pk=unit.organisation_id).update(short_name="新简称", website="https://new.example.org/")
    answer = client.post(url, posted | {"website": "https://mine.example.org/"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["website"])
    client.post(url, posted | {"postcode": "510001"})
    unit.organisation.refresh_from_db()
    assert (unit.organisation.short_name, unit.organisation.website, unit.organisation.postcode) == ("新简称", "https://new.example.org/", "510001")  # fmt: skip


@pytest.mark.parametrize("seen", ["", "[]", "nonsense", "null", '{"name": 1}'])
def test_a_page_that_shows_nothing_readable_does_no_harm(client, people, unit, seen):
    client.force_login(people.member)
    url, posted = form_of(client, unit, postcode="510002")
    assert client.post(url, posted | {"seen": seen}).status_code in (302, 422)


@pytest.mark.parametrize("field", ["unit_type", "main_direction", "region", "main_business", "representative_name", "representative_post"])
def test_what_every_unit_answers_cannot_be_emptied(client, people, unit, field):
    Organisation.objects.filter(pk=unit.organisation_id).update(main_business="电驱动总成")
    unit.representatives.update(post="总工程师")
    client.force_login(people.member)
    url, posted = form_of(client, unit, short_name="仍在")
    answer = client.post(url, posted | {field: ""})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: ["此项不能为空。"]})
    assert "仍在" in answer.content.decode()
    assert not ChangeRequest.objects.exists()


def test_what_a_type_of_unit_asks_for_is_asked_for_with_it_and_an_old_gap_stops_nobody(client, people, unit):
    Organisation.objects.filter(pk=unit.organisation_id).update(unit_type="university", registered_capital=None, ownership="")
    client.force_login(people.member)
    url, posted = form_of(client, unit)
    answer = client.post(url, posted | {"unit_type": "enterprise"})
    assert set(answer.context["form"].errors) == {"registered_capital", "ownership"}
    assert client.post(url, posted | {"postcode": "510003"}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"postcode": "ABCDE"}, "postcode", "请填写六位数字。"),
        ({"specialities": ["other"], "specialities_other": ""}, "specialities_other", "此项不能为空。"),
        ({"related_directions": ["electric"]}, "related_directions", "主方向不必在相关方向中重复选择。"),
        ({"staff_total": "", "staff_rd": "5"}, "staff_total", "请同时填写职工总数。"),
        ({"staff_total": "4", "staff_rd": "5"}, "staff_rd", "不能超过职工总数。"),
    ],
)
def test_what_changes_at_once_is_checked_as_in_the_application(client, people, changed, field, told):
    client.force_login(people.member)
    url, posted = form_of(client, people.units["member"])
    answer = client.post(url, posted | changed)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [told]})


def test_what_the_register_held_before_does_not_stop_another_change(client, people, unit):
    Organisation.objects.filter(pk=unit.organisation_id).update(postcode="ABCDE", related_directions=["electric"], staff_rd=5)
    client.force_login(people.member)
    url, posted = form_of(client, unit, short_name="演示")
    assert client.post(url, posted).status_code == 302


@pytest.mark.parametrize(
    ("jurisdiction", "code", "is_right"), [("taiwan", "100", True), ("taiwan", "1000", False), ("mainland", "５１００００", True)]
)
def test_a_postcode_is_that_of_its_place(unit, jurisdiction, code, is_right):
    unit.organisation.jurisdiction = jurisdiction
    form = UNIT_FORM({"postcode": code}, unit=unit)
    assert ("postcode" not in form.errors) == is_right


def test_while_a_request_is_open_the_field_that_would_be_asked_for_says_so(client, people, unit):
    ask(unit, people.member, main_direction="icv")
    client.force_login(people.member)
    url, posted = form_of(client, unit)
    answer = client.post(url, posted | {"staff_total": "88", "unit_type": "institute", "representative_name": "王例三"})
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {"unit_type", "representative_name"})
    assert (form["staff_total"].value(), form["unit_type"].value()) == ("88", "institute")
    assert client.post(url, posted | {"staff_total": "88"}).status_code == 302
    unit.organisation.refresh_from_db()
    assert (unit.organisation.staff_total, ChangeRequest.objects.count()) == (88, 1)


# ── The desk ──


def test_the_office_accepts_nothing_that_empties_what_every_unit_answers(client, people, unit):
    _at_once, request = ask(unit, people.member, region="", scale="small")
    with pytest.raises(Refused):
        workflow.settle_request(request, by=people.officer, decisions=decisions(request, "region", "scale"))
    client.force_login(people.officer)
    url = reverse("admin:members_changerequest_step", args=["settle_request"]) + f"?ids={request.pk}"
    fields = {f"decisions_{c.field}_seen": json.dumps(c.present) for c in request.changes.select_related("request__unit__organisation")}
    said = fields | {"decisions_region_answer": "accept", "decisions_scale_answer": "accept", "decisions_scale_words": "已核对"}
    answer = client.post(url, said)
    assert answer.context["form"].errors == {"decisions": ["所在地：此项不能为空，请选择“不接受”并说明理由。"]}
    assert "已核对" in answer.content.decode()
    assert client.post(url, said | {"decisions_region_answer": "refuse", "decisions_region_words": "须有所在地"}).status_code == 302
    unit.organisation.refresh_from_db()
    assert (unit.organisation.region, unit.organisation.scale) == ("440100", "small")


def test_the_desk_says_when_it_was_asked(client, people, unit):
    _at_once, request = ask(unit, people.member, unit_type="institute")
    client.force_login(people.officer)
    page = client.get(reverse("admin:members_changerequest_change", args=[request.pk])).content.decode()
    assert ("提出时间" in page, "咨询时间" in page) == (True, False)


def test_the_office_answers_on_a_page_of_its_own(client, people, unit):
    _at_once, request = ask(unit, people.member, unit_type="institute", main_direction="icv")
    client.force_login(people.officer)
    url = reverse("admin:members_changerequest_step", args=["settle_request"]) + f"?ids={request.pk}"
    assert "智能网联" in client.get(url).content.decode()
    fields = {f"decisions_{c.field}_seen": json.dumps(c.present) for c in request.changes.select_related("request__unit__organisation")}
    said = fields | {"decisions_unit_type_answer": "refuse", "decisions_main_direction_answer": "accept"}
    answer = client.post(url, said)
    assert (answer.status_code, "请说明" in answer.content.decode() or bool(answer.context["form"].errors)) == (200, True)
    assert client.post(url, said | {"decisions_unit_type_words": "请附证明"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "settled"
    unit.organisation.refresh_from_db()
    assert unit.organisation.main_direction == "icv"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_as_often_however_long_it_is(client, people, count, django_assert_max_num_queries):
    for _n in range(count):
        made = ChangeRequest.objects.create(unit=factories.unit(), made_by=people.member)
        made.changes.create(field="unit_type", old="enterprise", new="institute")
    client.force_login(people.officer)
    with django_assert_max_num_queries(17):
        assert client.get(reverse("admin:members_changerequest_changelist")).status_code == 200


def test_a_representative_of_whom_nothing_is_known_is_nothing(unit):
    empty = SimpleNamespace(representative=None, organisation=unit.organisation)
    assert value_in(empty, REPRESENTATIVE) == {}
