"""Units of the source pool are invited by a code, which carries what is known into the form and tells a stranger nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from alliance import clock
from alliance.exchange.incoming import REGISTERS, apply, look, stage
from alliance.exchange.outgoing import SHEETS
from alliance.exchange.table import Table
from alliance.letters.models import Letter
from alliance.workflow import Refused
from applications import prospecting
from applications.models import Application, Prospect
from applications.models.prospect import digest_of_invitation
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "applications:new"


def invited(people, **changes):
    """A prospect, and the code of its letter."""
    prospect = factories.prospect(**changes)
    prospecting.invite_prospect(prospect, by=people.officer)
    body = Letter.objects.filter(template="prospect_invited").latest("id").body
    return prospect, re.search(r"invitation=(\w+)", body)[1]


def test_the_letter_holds_the_only_copy_of_the_code(people):
    prospect, code = invited(people)
    assert (prospect.state, prospect.code_digest) == ("invited", digest_of_invitation(code))
    assert code not in str(Prospect.objects.values().get())


def test_the_code_shows_who_is_invited_and_fills_the_form_in(client, people):
    prospect, code = invited(
        people,
        unit_type="university",
        region="440100",
        main_direction="hydrogen",
        contact_name="王例三",
        contact_email=people.stranger.email,
    )
    client.force_login(people.stranger)
    page = client.get(reverse(NEW), {"invitation": code})
    assert prospect.name in page.content.decode()
    posted = {"jurisdiction": "mainland", "reg_no": factories.answers()["reg_no"], "invitation": code}
    answer = client.post(reverse(NEW), posted)
    draft = Application.objects.get(applicant=people.stranger)
    assert answer.url == reverse("applications:section", args=[draft.uuid, "unit"])
    assert (draft.name, draft.unit_type, draft.main_direction, draft.contact_name) == (prospect.name, "university", "hydrogen", "王例三")
    prospect.refresh_from_db()
    assert (prospect.application, prospect.taken_by) == (draft, people.stranger)


def test_somebody_else_with_the_code_gets_no_contact(client, people):
    _prospect, code = invited(people, contact_name="王例三")
    client.force_login(people.stranger)
    client.post(reverse(NEW), {"jurisdiction": "mainland", "reg_no": factories.answers()["reg_no"], "invitation": code})
    assert Application.objects.get(applicant=people.stranger).contact_name == ""


def test_a_code_is_the_first_one_s_who_takes_it_up(client, people):
    prospect, code = invited(people)
    client.force_login(people.stranger)
    client.post(reverse(NEW), {"jurisdiction": "mainland", "reg_no": factories.answers()["reg_no"], "invitation": code})
    assert prospecting.invited_by(code, people.stranger) == prospect
    assert prospecting.invited_by(code, people.council) is None


@pytest.mark.parametrize("code", ["AAAAAAAAAAAA", "a", "x" * 500, "'; --", "，。"])
def test_a_guess_an_old_code_and_a_used_one_look_alike(client, people, code):
    prospect, good = invited(people)
    Prospect.objects.filter(pk=prospect.pk).update(code_until=clock.now() - timedelta(seconds=1))
    client.force_login(people.stranger)
    pages = [
        re.sub(
            r'(value|content)="[^"]*"|x-csrftoken[^\n]*|invitation=[^"&]*',
            "",
            client.get(reverse(NEW), {"invitation": each}).content.decode(),
        )
        for each in (code, good)
    ]
    assert pages[0] == pages[1]
    assert prospect.name not in pages[0]


def test_guessing_is_limited(client, people):
    _prospect, code = invited(people)
    client.force_login(people.stranger)
    for n in range(20):
        client.get(reverse(NEW), {"invitation": f"ACDEFGHJKM{n}"})
    assert client.get(reverse(NEW), {"invitation": code}).context["prospect"] is None


def test_a_new_code_ends_the_former_one(people):
    prospect, old = invited(people)
    prospecting.invite_prospect(prospect, by=people.officer)
    assert prospecting.invited_by(old, people.stranger) is None
    assert Letter.objects.filter(template="prospect_invited").count() == 2


def test_without_an_address_and_once_it_applied_nobody_is_invited(people):
    with pytest.raises(Refused):
        prospecting.invite_prospect(factories.prospect(contact_email=""), by=people.officer)
    applied = factories.application("submitted")
    with pytest.raises(Refused):
        prospecting.invite_prospect(factories.prospect(reg_no=applied.reg_no), by=people.officer)


def test_the_standing_follows_from_applications_and_memberships(people):
    invited(people, name="已邀请演示大学")
    applied, unit = factories.application("submitted"), factories.unit()
    through, _code = invited(people, name="经邀请演示大学")
    draft = factories.draft()
    prospecting.take_up(through, draft, by=draft.applicant)
    factories.prospect(name="新的演示大学")
    factories.prospect(name="已申请演示大学", reg_no=applied.reg_no)
    factories.prospect(name="已入会演示大学", reg_no=unit.organisation.reg_no)
    declined = factories.prospect(name="婉拒演示大学")
    prospecting.decline_prospect(declined, by=people.officer, words="暂不考虑")
    found = dict(Prospect.objects.with_standing().values_list("name", "standing"))
    assert found == {"已邀请演示大学": "invited", "经邀请演示大学": "invited", "新的演示大学": "new", "已申请演示大学": "applied", "已入会演示大学": "member", "婉拒演示大学": "declined"}  # fmt: skip
    Application.objects.filter(pk=draft.pk).update(submitted_at=clock.now())
    assert Prospect.objects.with_standing().get(pk=through.pk).standing == "applied"


def test_the_pool_comes_in_and_goes_out_as_a_table(people):
    number = factories.answers()["reg_no"]
    heads = ["单位名称", "代码", "类型", "地区", "主方向", "联系人", "邮箱", "来源"]
    lines = [
        (2, ["演示理工大学", "", "高校", "广州", "氢燃料", "王例三", "office@example.org", "190家"]),
        (3, ["演示新能源有限公司", number, "企业", "香港" if False else "深圳", "电动", "", "", "190家"]),
    ]
    for again in range(2):
        staged = stage(REGISTERS["applications.prospect"], Table("名单.xlsx", f"{again:064d}", heads, lines, set()), by=people.officer)
        look(staged, by=people.officer)
        staged.refresh_from_db()
        assert (staged.new, staged.same, staged.wrong) == ((2, 0, 0) if not again else (0, 2, 0))
        apply(staged, by=people.officer)
    prospect = Prospect.objects.get(name="演示理工大学")
    assert (prospect.unit_type, prospect.region, prospect.contact_email, prospect.state) == (
        "university",
        "440100",
        "office@example.org",
        "new",
    )
    assert prospect.history.count() == 1
    (row, _other) = SHEETS["prospects"]().rows([*Prospect.objects.order_by("id").values_list("pk", flat=True)], 1)
    assert (row["单位名称"], row["类型"], row["进展"]) == ("演示理工大学", "高校", "未邀请")


def test_a_wrong_number_in_the_table_is_refused(people):
    staged = stage(
        REGISTERS["applications.prospect"],
        Table("名单.xlsx", "0" * 64, ["单位名称", "代码"], [(2, ["演示大学", "91440300XX0000019A"])], set()),
        by=people.officer,
    )
    look(staged, by=people.officer)
    staged.refresh_from_db()
    assert staged.wrong == 1


def test_many_are_invited_as_long_work(client, people):
    made = [factories.prospect() for _n in range(3)]
    client.force_login(people.officer)
    step = reverse("admin:applications_prospect_step", args=["invite_prospect"]) + "?ids=" + ",".join(str(each.pk) for each in made)
    client.post(step, {"_step": "invite_prospect", "_sure": "1"})
    assert Prospect.objects.filter(state="invited").count() == 3
    more = [factories.prospect() for _n in range(21)]
    step = reverse("admin:applications_prospect_step", args=["invite_prospect"]) + "?ids=" + ",".join(str(each.pk) for each in more)
    assert "/jobs/" in client.post(step, {"_step": "invite_prospect"}).url


def test_the_list_shows_figures_and_standing(client, people):
    invited(people, source="190家")
    client.force_login(people.officer)
    url = reverse("admin:applications_prospect_changelist")
    page = client.get(url, {"figures": "1"})
    assert page.context["figures"][0][1] == [("190家", [1, 0, 1, 0, 0, 0])]
    assert client.get(url, {"standing": "invited"}).context["cl"].result_count == 1
    assert client.get(url, {"standing": "member"}).context["cl"].result_count == 0
    assert client.get(reverse("admin:applications_prospect_template")).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_as_often_however_long_it_is(client, people, count, django_assert_max_num_queries):
    for _n in range(count):
        factories.prospect()
    client.force_login(people.officer)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("admin:applications_prospect_changelist")).status_code == 200


def test_what_is_held_about_a_contact_is_told(people):
    from alliance.mydata.held import held_on

    factories.prospect(name="演示大学", contact_name="王例三", contact_email=people.stranger.email)
    named = next(group for group in held_on(people.stranger) if group.name == "named")
    assert [row["where"] for row in named.rows] == ["演示大学"]
