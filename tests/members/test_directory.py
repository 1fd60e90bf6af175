"""The directory: what is found, how it is counted, and what the page of a unit shows to whom."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import clock
from alliance.exchange.formats import DANGEROUS
from members import workflow
from members.choices import Audience, Direction, Scale, UnitType
from members.directory.asked import Asked
from members.directory.found import A_PAGE, Found
from members.directory.tiles import TILES, tiles
from members.models import Listing, MemberUnit
from members.models.disclosure import USUAL, audiences
from members.models.listing import COUNTED_BY, DIGIT, list_again, mixed, told
from members.regions import GUANGDONG
from members.spelling import folded, initials, spelled
from members.workflow import admit, disclose, recognise
from tests import factories

pytestmark = pytest.mark.django_db


def names(query: str = "") -> list[str]:
    found = Found(Asked.of(QueryDict(query))).count()
    return [row.unit.organisation.name for row in found.page]


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_names_are_found_in_either_script_width_and_by_initials():
    assert folded("　大灣區聯盟（香港）  ＡＢＣ ") == "大湾区联盟(香港) abc"
    assert (initials("重庆岭曜演示（A1）公司"), spelled("长安 A1")) == ("cqlyysa1gs", "chang an a 1")


@pytest.mark.parametrize(
    "words",
    [
        "岭曜",
        "嶺曜",
        "演示  岭曜",
        "szlyys",
        "SZLY",
        "lingyao",
        "1907",
        "gbanev-1907",
        "gbanev1907",
        "ＧＢＡＮＥＶ1907",
        "（深圳）",
        "老名",
    ],
)
def test_two_characters_the_initials_english_the_number_and_a_former_name_find_a_unit(words):
    unit = factories.unit(name="老名演示有限公司", name_en="Lingyao Demo Limited", admitted_on=clock.today() - timedelta(days=9))
    unit.organisation.name = "深圳岭曜演示（深圳）有限公司"
    unit.organisation.save()
    unit.organisation.former_names.create(name="老名演示有限公司", until=clock.today())
    MemberUnit.objects.filter(pk=unit.pk).update(number="GBANEV-1907")
    list_again(MemberUnit.objects.filter(pk=unit.pk).select_related("organisation"))
    factories.listed(name="佛山禾云演示氢能研究院")
    assert names(f"q={words}") == ["深圳岭曜演示（深圳）有限公司"]


@pytest.mark.parametrize("words", ["Foshan", "佛山", "foshan  示能", "Guangdong 示能", "廣東 示能"])
def test_a_region_is_found_by_its_name_in_every_language(words):
    factories.listed(name="示能演示有限公司", region="440600")
    factories.listed(name="肇示演示有限公司", region="810000")
    assert names(f"q={words}") == ["示能演示有限公司"]
    assert names("q=Hong Kong") == names("q=香港") == ["肇示演示有限公司"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "\x00岭", "岭" * 5000, "😀", "﷽", "q" * 101])
def test_odd_words_find_nothing_and_break_nothing(typed, client):
    factories.listed()
    answer = client.get(reverse("members:directory"), {"q": typed, "page": "-1", "sort": "x", "view": "y", "type": "z"})
    assert answer.status_code == 200
    assert answer.context["found"].total == 0


# ── Counting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mix_is_every_combination_and_only_one():
    seen = set()
    for direction in ("", *Direction.values):
        for kind in ("", *UnitType.values):
            for scale in ("", *Scale.values):
                for chain in ((), ("upstream",), ("midstream", "downstream")):
                    mix = mixed({"main_direction": direction, "unit_type": kind, "scale": scale}, chain)
                    assert told(mix) == (direction, kind, scale, chain)
                    seen.add(mix)
    assert len(seen) == 5 * 8 * 5 * 3
    assert all(len(values) < DIGIT for values in COUNTED_BY.values())


@pytest.fixture
def province() -> None:
    """Twelve units over directions, types, regions, scales and positions."""
    for n in range(12):
        factories.listed(
            name=f"演示{'甲乙丙丁戊己庚辛壬癸子丑'[n]}公司",
            main_direction=Direction.values[n % 4],
            unit_type=UnitType.values[n % 3],
            region=("440300", "440100", "110000")[n % 3],
            scale=("large", "small", "")[n % 3],
            chain_position=[["upstream"], ["upstream", "midstream"], []][n % 3],
            admitted_on=date(2021, 1, 1) + timedelta(days=n),
        )


@pytest.mark.parametrize(
    "query",
    ["", "direction=electric", "direction=electric&direction=icv&type=enterprise", "region=440000", "region=000000&region=440100", "chain=upstream&scale=large",
     "chain=midstream&chain=downstream", "q=演示&type=university", "q=甲", "post=1", "direction=hydrogen&region=440300&scale=small"],
)  # fmt: skip
def test_every_facet_is_counted_as_its_own_link_finds(query, province, people):
    """Each number beside a word is what choosing that word alone, beside all other facets, finds."""
    list_again([*people.units.values()])
    found = Found(Asked.of(QueryDict(query))).count()
    assert found.total == len(found.page.object_list)
    for facet, words in found.facets:
        for word in words:
            asked = found.asked.with_only(facet.name, word.value)
            assert word.count == Found(Asked.of(QueryDict(asked[1:]))).count().total, (facet.name, word.value)


def test_a_unit_that_left_is_not_found_and_one_that_is_suspended_is(province):
    left, rests = MemberUnit.objects.order_by("id")[:2]
    MemberUnit.objects.filter(pk=left.pk).update(state="resigned", ended_on=clock.today())
    MemberUnit.objects.filter(pk=rests.pk).update(state="suspended")
    assert left.organisation.name not in names()
    assert rests.organisation.name in names()


def test_nothing_found_says_what_to_leave_aside(province, client):
    none = client.get(reverse("members:directory"), {"type": "university", "scale": "large", "region": "110000"})
    assert none.context["found"].total == 0
    assert "没有同时符合这些条件的单位" in none.content.decode()
    assert none.context["found"].ways_out == []  # two facets at once would have to go
    one = client.get(reverse("members:directory"), {"type": "university", "scale": "large"}).context["found"].ways_out
    assert [count for _title, count, _address in one] == [4, 4]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("sort", ["joined", "newest", "name"])
def test_pages_are_the_same_from_either_end_and_whoever_puts_them_in_order(sort, few, monkeypatch, province):
    monkeypatch.setattr("members.directory.found.A_PAGE", 5)
    monkeypatch.setattr("members.directory.found.FEW", few)
    every = [row.pk for page in (1, 2, 3) for row in Found(Asked.of(QueryDict(f"sort={sort}&page={page}"))).count().page]
    order = {"joined": ("admitted_on", "pk"), "newest": ("-admitted_on", "-pk"), "name": ("sort_as", "pk")}[sort]
    assert every == [*Listing.objects.order_by(*order).values_list("pk", flat=True)]


@pytest.mark.parametrize(
    "query",
    [
        "q=演示",
        "q=演示&sort=newest&region=440000",
        "q=演示&sort=name&direction=electric&direction=icv&region=440100",
        "q=演示&post=1&post=2&post=3",
        "q=甲",
    ],
)
def test_few_are_counted_and_put_in_order_here_as_the_database_does_it(query, monkeypatch, province, people):
    list_again([people.units["council"]])
    answers = []
    for few in (0, 500):
        monkeypatch.setattr("members.directory.found.FEW", few)
        found = Found(Asked.of(QueryDict(query))).count()
        answers.append((found.total, found.by_word, found.loosened, [row.pk for row in found.page]))
    assert answers[0] == answers[1]
    assert answers[0][0] > 0


@pytest.mark.parametrize("page", ["0", "-1", "10000000000", "x", "１", "²", ""])
def test_a_page_that_cannot_be_is_the_nearest(page, client, province):
    assert client.get(reverse("members:directory"), {"page": page}).context["page"].number == 1


def test_the_directory_asks_a_visitor_s_ten_questions_at_most_and_four_more_about_who_is_signed_in(client, province, people):
    for query in (
        "",
        "?q=演示&direction=electric&type=enterprise&region=440000&chain=upstream&scale=large&post=1&view=table&sort=name&page=2",
    ):
        for reader in (None, people.member):
            client.logout()
            if reader:
                client.force_login(reader)
            client.get(reverse("members:directory") + query)
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("members:directory") + query)
            assert len(asked) <= (14 if reader else 10), [each["sql"][:120] for each in asked]


def test_a_script_gets_the_address_that_says_what_was_asked(client, province):
    answer = client.get(
        reverse("members:directory"), {"q": "演示", "sort": "name", "page": "1", "scale": "huge"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Push-Url"] == "/members/?q=%E6%BC%94%E7%A4%BA&sort=name"
    assert 'name="robots" content="noindex' in answer.content.decode()
    assert "noindex" not in client.get(reverse("members:directory")).content.decode()


# ── The map ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_has_every_city_once_and_no_two_in_one_place(province):
    assert GUANGDONG.keys() | {"810000", "820000", "710000"} <= TILES.keys()
    assert len(set(TILES.values())) == len(TILES)
    found = Found(Asked.of(QueryDict("region=440300"))).count()
    drawn = {tile.region: tile for tile in tiles(found, {"440100"})}
    assert {region: tile.count for region, tile in drawn.items() if tile.count} == {"440300": 4, "440100": 4, "000000": 4}
    assert (drawn["440100"].address, drawn["440300"].address) == ("?region=440100", "?")
    assert (drawn["440100"].has_branch, drawn["440300"].is_chosen, drawn["440200"].shade) == (True, True, 0)


# ── To take away ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_public_columns_leave_harmless_and_name_nobody(client, people):
    for n, mark in enumerate(DANGEROUS):
        factories.listed(name=f"{mark}cmd|' /C calc'!A{n}", legal_representative="李范二", registered_address="深圳市演示路1号")
    text = b"".join(client.get(reverse("members:csv")).streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff会员编号")
    assert len(rows) == 1 + len(DANGEROUS)
    assert all(cell.startswith("'") for _number, cell, *_rest in rows[1:] if cell.strip())
    found = json.loads(b"".join(client.get(reverse("members:json")).streaming_content))
    assert len(found["members"]) == len(DANGEROUS)
    assert (found["members"][0]["type"], found["members"][0]["region"], found["on"]) == ("企业", "广州", clock.today().isoformat())
    assert not any(word in text + json.dumps(found, ensure_ascii=False) for word in ("李范二", "郑示六", "演示路"))


def test_a_download_asks_the_same_for_one_and_for_many(client, province):
    with CaptureQueriesContext(connection) as asked:
        parts = len(b"".join(client.get(reverse("members:csv")).streaming_content).splitlines())
    assert (parts, len(asked)) == (13, 2)


# ── The page of a unit ───────────────────────────────────────────────────────────────────────────────────────────────

SAYS = {
    "short_name": "岭曜演示", "chain_position": ["midstream"], "related_directions": ["icv"], "specialities": ["battery"], "scale": "large",
    "website": "https://example.com/", "main_business": "动力电池系统", "reg_no": "91440300XX0000999G", "founded_on": date(2012, 5, 30), "ownership": "private",
    "registered_capital": 5000, "staff_total": 4321, "staff_rd": 1234, "registered_address": "深圳市演示路九号", "postal_address": "深圳市演示路十号",
}  # fmt: skip
READ_AS = {
    "short_name": "岭曜演示", "chain_position": "中游", "related_directions": "智能网联", "specialities": "纯电动", "scale": "大型", "website": "https://example.com/",
    "main_business": "动力电池系统", "reg_no": "91440300XX0000999G", "founded_on": "2012年5月30日", "ownership": "民营", "registered_capital": "5,000",
    "staff_total": "4321", "staff_rd": "1234", "registered_address": "演示路九号", "postal_address": "演示路十号",
}  # fmt: skip


@pytest.fixture
def full(people) -> MemberUnit:
    return factories.listed(people.applicant, name="深圳全演示有限公司", legal_representative="李范二", **SAYS)


def page_of(client, unit, reader=None) -> str:
    client.logout()
    if reader:
        client.force_login(reader)
    return client.get(reverse("members:unit", args=[unit.number])).content.decode().partition('<main id="main">')[2].partition("</main>")[0]


def seen(page: str) -> set[str]:
    return {name for name, words in READ_AS.items() if words in page}


def test_what_a_unit_shows_follows_what_is_usual_for_everybody_and_for_members(client, full, people):
    public = {name for name, audience in USUAL.items() if audience == Audience.PUBLIC}
    members = public | {name for name, audience in USUAL.items() if audience == Audience.MEMBERS}
    assert set(SAYS) == set(USUAL)
    for reader in (None, people.stranger, people.expert, people.auditor):
        assert seen(page_of(client, full, reader)) == public
    for reader in (people.member, people.council, people.applicant, people.officer):
        assert seen(page_of(client, full, reader)) == members
    assert "仅会员可见" in page_of(client, full, people.member)
    assert not any(word in page_of(client, full, people.member) for word in ("李范二", people.applicant.name, people.applicant.email))


@pytest.mark.parametrize("audience", Audience)
def test_every_field_is_seen_by_whom_the_unit_chose(audience, client, full, people):
    disclose(full, dict.fromkeys(USUAL, audience), by=people.applicant)
    assert set(audiences(full).values()) == {audience}
    assert seen(page_of(client, full)) == (set(USUAL) if audience == Audience.PUBLIC else set())
    assert seen(page_of(client, full, people.member)) == (set() if audience == Audience.SECRETARIAT else set(USUAL))
    is_public = audience == Audience.PUBLIC
    counted = Found(Asked.of(QueryDict("q=全演示"))).count().counts
    assert (names("q=岭曜") != []) == is_public
    assert (counted["scale"], counted["chain"]) == ({"large" if is_public else "": 1}, {"midstream": 1} if is_public else {})
    csv_text = b"".join(client.get(reverse("members:csv")).streaming_content).decode()
    assert ("大型" in csv_text, "中游" in csv_text) == (is_public, is_public)


def test_a_unit_that_went_into_another_names_it(client, people):
    gone, heir = factories.listed(name="深圳并入演示有限公司"), factories.listed(name="深圳存续演示有限公司")
    workflow.merge(gone, by=people.officer, successor=heir, on=clock.today(), document="核准通知书")
    page = client.get(f"/members/{gone.number}/").content.decode()
    assert "已并入" in page
    assert f'href="/members/{heir.number}/">深圳存续演示有限公司' in page


def test_a_former_member_is_told_as_that_and_nothing_more(client, full, people):
    MemberUnit.objects.filter(pk=full.pk).update(state="expelled", ended_on=clock.today(), end_reason="违反章程")
    for reader in (None, people.member):
        page = page_of(client, full, reader)
        assert "已不是会员" in page
        assert seen(page) == set()
        assert not any(word in page for word in ("除名", "违反章程", "企业", "广州"))


def test_posts_bodies_hosts_and_a_suspension_stand_on_the_page(client, people):
    host = people.units["council"]
    hosted = factories.listed(name="广东省演示产业技术创新联盟", unit_type="alliance", host=host.organisation)
    group = factories.branch()
    host.body_tenures.create(body=group, post="host", person="张示七", begins_on=clock.today())
    page = page_of(client, host)
    assert "理事长单位" in page
    assert str(group) in page
    assert f'href="{reverse("members:unit", args=[hosted.number])}"' in page
    assert "张示七" not in page
    assert f'href="{reverse("members:unit", args=[host.number])}"' in page_of(client, hosted)
    MemberUnit.objects.filter(pk=hosted.pk).update(state="suspended")
    assert "暂停会员资格" in page_of(client, hosted)


def test_a_number_that_is_none_is_not_found(client):
    assert client.get(reverse("members:unit", args=["GBANEV-9999"])).status_code == 404


# ── Kept by the steps ────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_is_admitted_is_listed(people):
    unit = admit(factories.organisation(name="佛山沐禾演示氢能科技有限公司"), on=clock.today(), by=people.officer, representative="张示一")
    assert names("q=沐禾") == [unit.organisation.name]


def test_whoever_is_recognised_is_listed(people):
    organisation = factories.organisation(name="广东省演示产业技术创新联盟", unit_type="alliance")
    organisation.contact = type(organisation).contact.related.related_model.objects.create(
        organisation=organisation, representative="张示一"
    )
    recognise(organisation, by=people.secretary, document="粤科函〔2020〕1号")
    assert names("type=alliance") == [organisation.name]


def test_a_page_has_twenty_units():
    assert A_PAGE == 20
