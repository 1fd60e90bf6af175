"""Registration numbers, against the worked vectors of GB 32100-2015 and synthetic codes of our own."""

import random
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliance.demo.codes import uscc
from members.choices import Jurisdiction, LegalForm, NumberKind, Standing, UnitType
from members.identifiers import ALPHABET, check, check_uscc, describe, kind_of, normalise, organisation_check, uscc_check
from members.identifiers.codes import is_ubn

VECTORS = ["91440300XX0000019G", "12440000XX00000271", "51440100XX00000350", "52440600XX0000043H", "N2440111XX0000051Y"]


def refusal(jurisdiction: str, typed: str) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        check(jurisdiction, normalise(typed))
    return refused.value


def codes_of(refused: ValidationError) -> list[str]:
    return [error.code for error in refused.error_list]


# ── The credit code ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", VECTORS)
def test_the_worked_vectors_pass_letters_in_the_first_places_included(code):
    check_uscc(code)
    check("mainland", code)
    assert (uscc_check(code[:17]), organisation_check(code[8:16])) == (code[17], code[16])


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91440300XX0000019H", "check"),
        ("91440300XX00000I9G", "alphabet"),
        ("91440300XX0000019", "length"),
        ("91440300XX0000019GG", "length"),
        ("9144030AXX0000019G", "division"),
        ("01440300XX0000019G", "department"),
        ("B1440300XX0000019G", "department"),
        ("440301100000000", "old"),
        ("XX0000019", "old"),
        ("XX0000018", "length"),
        ("91440300XX00000.9G", "alphabet"),
        ("", "length"),
    ],
)
def test_what_is_wrong_is_told(code, why):
    with pytest.raises(ValidationError) as refused:
        check_uscc(code)
    assert refused.value.code == why


@pytest.mark.parametrize("shown", ["17", "19"])
def test_a_code_too_short_or_too_long_is_told_how_long_it_is(shown):
    code = "91440300XX0000019G"[: int(shown)].ljust(int(shown), "0")
    assert shown in refusal("mainland", code).messages[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9I440300XX0000019G", "91440300XX0000019G"),
        ("9144O300XX0000019G", "91440300XX0000019G"),
        ("9144O3OOXXOOOOOI9G", "91440300XX0000019G"),
        ("S2440600XX0000043H", "52440600XX0000043H"),
        ("1Z440000XX00000Z7I", "12440000XX00000271"),
    ],
)
def test_a_letter_that_no_code_has_is_put_right_where_the_check_character_bears_it_out(typed, meant):
    assert meant in refusal("mainland", typed).messages[0]


def test_v_is_read_as_u():
    body = "91440300XX00U0019"
    code = body + uscc_check(body)
    assert code in refusal("mainland", code.replace("U", "V")).messages[0]


def test_where_the_guess_does_not_pass_none_is_made():
    (said,) = refusal("mainland", "91440300XX00000I8G").messages
    assert not re.search(r"[0-9A-Z]{18}", said)


def test_a_single_wrong_character_is_not_guessed_at():
    (said,) = refusal("mainland", "91440300XX0000019H").messages
    assert not re.search(r"[0-9A-Z]{18}", said)


@pytest.mark.parametrize(
    "typed",
    [
        "91440300xx0000019g",
        "９１４４０３００XX0000019G",
        " 9144 0300 XX00 0001 9G ",
        "91440300-XX000001-9G",
        "91440300–XX000001—9G",
        "91440300−XX000001‑9G",
        "91440300－XX000001﹣9G",
        "9144\u200b0300\ufeffXX00\u200d00019G\u00ad",
        "9144\u30000300\u00a0XX0000019G\n",
    ],
)
def test_a_code_is_cleaned_of_width_case_spaces_hyphens_and_what_cannot_be_seen(typed):
    assert normalise(typed) == "91440300XX0000019G"


@settings(max_examples=500)
@given(st.text(max_size=40))
@example("e\u200b\u0301")
def test_what_was_cleaned_is_clean(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.integers(0, 999_999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_no_single_wrong_character_passes(serial, place, character):
    code = uscc("91", "440300", serial)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValidationError):
            check_uscc(wrong)


def test_of_300_codes_no_single_error_and_no_swap_of_neighbours_passes():
    """By the check character alone, which is what has to tell them; the form refuses more."""
    chance = random.Random(32100)
    pairs, divisions = ("91", "12", "51", "52", "53", "N2"), ("440300", "440101", "440600", "110000")
    tried = passed = 0
    for _ in range(300):
        code = uscc(chance.choice(pairs), chance.choice(divisions), chance.randrange(1_000_000))
        wrong = {code[:at] + other + code[at + 1 :] for at in range(18) for other in ALPHABET}
        wrong |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(17)}
        wrong -= {code}
        tried += len(wrong)
        passed += sum(passes(each) for each in wrong)
    assert (tried > 300 * 540, passed) == (True, 0)


WEIGHTS = [3**i % 31 for i in range(17)]
VALUES = {character: value for value, character in enumerate(ALPHABET)}


def passes(code: str) -> bool:
    """The standard's own formula, written again."""
    return (31 - sum(VALUES[c] * w for c, w in zip(code[:17], WEIGHTS, strict=True)) % 31) % 31 == VALUES[code[17]]


def test_the_formula_written_again_agrees_with_ours():
    assert all(passes(code) for code in VECTORS)
    assert all(passes(uscc("91", "440300", n)[:-1] + last) is (last == uscc("91", "440300", n)[-1]) for n in range(40) for last in ALPHABET)


# ── Other numbers, and other places ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "kind", "level"),
    [
        ("mainland", "91440300XX0000019G", NumberKind.CN_USCC, Standing.CHECKED),
        ("mainland", "lm-2020001", NumberKind.CN_RECOGNITION, Standing.BY_HAND),
        ("mainland", "粤演示证字第 0001 号", NumberKind.CN_OTHER, Standing.BY_HAND),
        ("hong_kong", "99000001", NumberKind.HK_BRN, Standing.FORMAT),
        ("hong_kong", "99000001-000-10-23-A", NumberKind.HK_BRN, Standing.FORMAT),
        ("hong_kong", "Cap. 1053", NumberKind.HK_ORDINANCE, Standing.BY_HAND),
        ("hong_kong", "第1053章", NumberKind.HK_ORDINANCE, Standing.BY_HAND),
        ("hong_kong", "演示大學條例", NumberKind.HK_ORDINANCE, Standing.BY_HAND),
        ("macao", "90001 (SO)", NumberKind.MO_SO, Standing.BY_HAND),
        ("macao", "90001so", NumberKind.MO_SO, Standing.BY_HAND),
        ("macao", "身份證明局證明 演示 12 號", NumberKind.MO_OTHER, Standing.BY_HAND),
        ("taiwan", "00501503", NumberKind.TW_UBN, Standing.FORMAT),
        ("taiwan", "00501508", NumberKind.TW_UBN, Standing.FORMAT),
        ("taiwan", "10458575", NumberKind.TW_UBN, Standing.FORMAT),
    ],
)
def test_each_place_has_its_kinds_and_each_kind_its_word(jurisdiction, typed, kind, level):
    number = normalise(typed)
    check(jurisdiction, number)
    said = describe(jurisdiction, number)
    assert (kind_of(jurisdiction, number), said.kind, said.level) == (kind, kind, level)


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "kind", "why"),
    [
        ("hong_kong", "9900000", NumberKind.HK_CR, ["old"]),
        ("hong_kong", "9900000110100", NumberKind.HK_BRN, ["format"]),
        ("hong_kong", "ABCDEFGH", NumberKind.HK_BRN, ["format"]),
        ("hong_kong", "٠١٢٣٤٥٦٧", NumberKind.HK_BRN, ["format"]),
        ("macao", "90001", NumberKind.MO_SO, ["format"]),
        ("macao", "90001 (S0)", NumberKind.MO_SO, ["format"]),
        ("macao", "9000001 (SO)", NumberKind.MO_SO, ["format"]),
        ("macao", "90001 (CO)", NumberKind.MO_SO, ["stop"]),
        ("taiwan", "0050150A", NumberKind.TW_UBN, ["format"]),
        ("taiwan", "0050150", NumberKind.TW_UBN, ["format"]),
        ("mainland", "LM-20200", NumberKind.CN_USCC, ["length"]),
        ("mainland", "统一社会信用代码：91440300XX0000019G", NumberKind.CN_USCC, ["words"]),
        ("mainland", "统一社会信用代码：91440300XX0000019H", NumberKind.CN_USCC, ["check"]),
        ("mainland", "统一社会信用代码 91440300XX0000019", NumberKind.CN_USCC, ["length"]),
        ("mainland", "代码91440300XX00000I9G", NumberKind.CN_USCC, ["alphabet"]),
        ("mainland", "證號91440300XX0000019H（副本）", NumberKind.CN_USCC, ["check"]),
        ("mainland", uscc("92", "440300", 1), NumberKind.CN_USCC, ["stop"]),
        ("mainland", "字" * 41, NumberKind.CN_OTHER, ["length"]),
        ("macao", "\ufdfa" * 40, NumberKind.MO_OTHER, ["length"]),
    ],
)
def test_what_cannot_be_a_number_of_its_place_is_refused(jurisdiction, typed, kind, why):
    assert kind_of(jurisdiction, normalise(typed)) == kind
    assert codes_of(refusal(jurisdiction, typed)) == why


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "places"),
    [
        ("mainland", "99000001", ["hong_kong"]),
        ("mainland", "00501508", ["hong_kong", "taiwan"]),
        ("mainland", "90001(SO)", ["macao"]),
        ("hong_kong", "91440300XX0000019G", ["mainland"]),
        ("macao", "91440300XX0000019G", ["mainland"]),
        ("taiwan", "91440300XX0000019G", ["mainland"]),
        ("hong_kong", "90001(SO)", ["macao"]),
        ("macao", "99000001", ["hong_kong"]),
        ("taiwan", "00501502", ["hong_kong"]),
        ("hong_kong", "91440300XX0000019H", []),
    ],
)
def test_a_number_of_another_place_says_which(jurisdiction, typed, places):
    refused = refusal(jurisdiction, typed)
    assert codes_of(refused)[1:] == ["elsewhere"] * len(places)
    assert [str(Jurisdiction(place).label) in said for place, said in zip(places, refused.messages[1:], strict=True)] == [True] * len(
        places
    )


def test_a_letter_code_is_no_certificate_of_macao_even_with_words_in_it():
    body = "91440300XXABCD019"
    assert codes_of(refusal("macao", body + uscc_check(body))) == ["format", "elsewhere"]


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [("00501503", True), ("00501508", True), ("00501502", False), ("10458575", True), ("10458574", True), ("10458576", False)],
)
def test_taiwan_s_rule_is_that_of_april_2023(digits, is_one):
    assert is_ubn(digits) is is_one


@pytest.mark.parametrize(
    ("shapes", "kept"),
    [
        (("90001 (SO)", "90001SO", "90001（so）", "090001 (SO)"), "90001(SO)"),
        (("99000001", "９９００ ０００１", "99000001-000-10-23-A", "99000001 - 000 - 10 - 23 - a"), "99000001"),
        (("LM-2020001", "lm2020001", "LM－2020 001"), "LM-2020001"),
        (("Cap. 1053", "CAP 1053", "cap1053", "第1053章", "第 1053 章"), "CAP.1053"),
    ],
)
def test_a_number_is_one_number_however_it_is_written(shapes, kept):
    assert {normalise(shape) for shape in shapes} == {kept}


def test_a_stop_says_why_and_which_way_there_is():
    with override("en"):
        for jurisdiction, number in (("mainland", uscc("92", "440300", 1)), ("macao", "90001(CO)")):
            (said,) = refusal(jurisdiction, number).messages
            assert said == str(describe(jurisdiction, number).stop)
            assert "J01" in said
            assert "Please apply through the legal person behind it" in said


def test_a_wrong_number_is_not_described():
    with pytest.raises(ValidationError):
        describe("mainland", "91440300XX0000019H")


# ── What a number suggests ───────────────────────────────────────────────────────────────────────────────────────────


ENTERPRISE, UNIVERSITY, INSTITUTE = UnitType.ENTERPRISE, UnitType.UNIVERSITY, UnitType.INSTITUTE
BODY, SERVICE, OTHER = UnitType.PUBLIC_INSTITUTION, UnitType.SERVICE_BODY, UnitType.OTHER
LEGAL, UNINCORPORATED, BRANCH = LegalForm.LEGAL_PERSON, LegalForm.UNINCORPORATED, LegalForm.BRANCH

TABLE = [
    ("11", "深圳演示局", "", LEGAL, 1),
    ("12", "广州演示机动车检测中心", BODY, LEGAL, 0),
    ("12", "珠江演示理工大学", UNIVERSITY, LEGAL, 0),
    ("12", "珠江演示职业技术学院", UNIVERSITY, LEGAL, 0),
    ("12", "佛山演示氢能研究院", INSTITUTE, LEGAL, 0),
    ("12", "广东演示科学院", INSTITUTE, LEGAL, 0),
    ("12", "", "", LEGAL, 0),
    ("13", "演示团体", OTHER, "", 1),
    ("19", "演示团体", OTHER, "", 1),
    ("31", "演示律所", SERVICE, "", 1),
    *((pair, "演示机构", SERVICE, "", 1) for pair in ("32", "33", "34", "35", "39")),
    ("51", "广东省演示氢能产业技术创新联盟", UnitType.ALLIANCE, LEGAL, 0),
    ("51", "广东省演示汽车学会", SERVICE, LEGAL, 0),
    ("51", "", "", LEGAL, 0),
    ("52", "佛山演示氢能研究院", INSTITUTE, "", 1),
    ("52", "珠江演示学院", UNIVERSITY, "", 1),
    ("52", "珠江演示促进中心", SERVICE, "", 1),
    ("53", "演示基金会", SERVICE, LEGAL, 0),
    ("81", "演示工会", OTHER, "", 1),
    ("89", "演示工会", OTHER, "", 1),
    ("91", "深圳演示新能源有限公司", ENTERPRISE, LEGAL, 0),
    ("91", "佛山演示氢能研究院有限公司", ENTERPRISE, LEGAL, 0),
    ("91", "", ENTERPRISE, "", 0),
    ("92", "演示商行", "", "", 0),
    ("93", "演示专业合作社", ENTERPRISE, LEGAL, 0),
    ("A1", "演示研究所", INSTITUTE, "", 1),
    ("A9", "演示单位", BODY, "", 1),
    *((pair, "演示经济社", "", "", 1) for pair in ("N1", "N2", "N3", "N9")),
    ("Y1", "演示单位", OTHER, "", 1),
    *((pair, "演示单位", "", "", 1) for pair in ("21", "41", "61", "72")),
    *((pair, "演示单位", "", "", 2) for pair in ("97", "10", "5A", "Y2")),
]


@pytest.mark.parametrize(("pair", "name", "unit_type", "legal_form", "warnings"), TABLE)
def test_the_first_two_characters_suggest_a_type_and_a_legal_form(pair, name, unit_type, legal_form, warnings):
    said = describe("mainland", uscc(pair, "440300", 7), name)
    assert (said.unit_type, said.legal_form, len(said.warnings), said.region) == (unit_type, legal_form, warnings, "440300")
    assert bool(said.stop) is (pair == "92")


@pytest.mark.parametrize(
    ("name", "legal_form", "word"),
    [
        ("演示创业投资中心（有限合伙）", UNINCORPORATED, "partnership"),
        ("演示创业投资中心(有限合伙)", UNINCORPORATED, "partnership"),
        ("演示专利代理（普通合伙）", UNINCORPORATED, "partnership"),
        ("演示会计师事务所（特殊普通合伙）", UNINCORPORATED, "partnership"),
        ("演示投资合伙企业", UNINCORPORATED, "partnership"),
        ("演示专利事务所", "", "Firms"),
        ("演示汽配经营部", "", "Firms"),
        ("演示新能源有限公司深圳分公司", BRANCH, "branch"),
        ("演示新能源有限公司驻深圳办事处", BRANCH, "branch"),
        ("演示设计（个人独资）", UNINCORPORATED, "sole"),
    ],
)
def test_a_name_may_tell_that_it_is_no_legal_person(name, legal_form, word):
    said = describe("mainland", uscc("91", "440300", 7), name)
    with override("en"):
        (warning,) = map(str, said.warnings)
    assert (said.unit_type, said.legal_form) == (ENTERPRISE, legal_form)
    assert word in warning


@pytest.mark.parametrize("name", ["演示专利代理事务所有限公司", "演示合伙人科技有限公司", "演示有限合伙人投资有限公司"])
def test_a_company_that_only_sounds_like_one_is_a_company(name):
    said = describe("mainland", uscc("91", "440300", 7), name)
    assert (said.legal_form, said.warnings) == (LEGAL, ())


@pytest.mark.parametrize(
    "name",
    [
        "曜灣演示有限合夥基金",
        "曜湾演示有限合伙基金",
        "曜灣演示（香港）有限合夥基金",
        "曜灣演示(香港)有限合夥基金",
        "Demo Bay Limited Partnership Fund",
        "Ｄｅｍｏ Ｂａｙ Ｌｉｍｉｔｅｄ　Ｐａｒｔｎｅｒｓｈｉｐ Ｆｕｎｄ",
        "Demo Bay (LPF)",
        "曜灣演示（ＬＰＦ）",
        "曜灣演示LPF",
    ],
)
def test_a_partnership_fund_of_hong_kong_is_warned_of(name):
    said = describe("hong_kong", "99000001", name)
    with override("en"):
        (warning,) = map(str, said.warnings)
    assert (said.legal_form, said.unit_type, said.region) == (UNINCORPORATED, "", "810000")
    assert "limited partnership fund" in warning


@pytest.mark.parametrize(
    ("jurisdiction", "number", "name", "suggested"),
    [
        ("hong_kong", "99000001", "曜灣演示（香港）有限公司", (ENTERPRISE, LEGAL, "810000")),
        ("hong_kong", "99000001", "Demo Bay (Hong Kong) Limited", (ENTERPRISE, LEGAL, "810000")),
        ("hong_kong", "99000001", "", ("", "", "810000")),
        ("hong_kong", "CAP.1053", "演示大學", (UNIVERSITY, "", "810000")),
        ("macao", "90001(SO)", "Bay Demo (Macau), Limitada", (ENTERPRISE, LEGAL, "820000")),
        ("taiwan", "00501508", "曜灣演示科技股份有限公司", (ENTERPRISE, LEGAL, "710000")),
        ("mainland", "演示证字第1号", "演示研究所", (INSTITUTE, "", "")),
        ("mainland", "LM-2020001", "演示联盟", (UnitType.ALLIANCE, "", "")),
    ],
)
def test_a_number_of_another_kind_says_its_place_and_the_name_the_rest(jurisdiction, number, name, suggested):
    said = describe(jurisdiction, number, name)
    assert (said.unit_type, said.legal_form, said.region) == suggested


@pytest.mark.parametrize(
    ("division", "region", "warnings"),
    [
        ("440300", "440300", 0),
        ("440101", "440100", 0),
        ("440106", "440100", 0),
        ("441900", "441900", 0),
        ("442000", "442000", 0),
        ("440499", "440400", 0),
        ("440000", "", 0),
        ("100000", "", 0),
        ("110108", "110000", 0),
        ("310000", "310000", 0),
        ("449900", "", 1),
        ("990000", "", 1),
        ("810000", "", 1),
    ],
)
def test_the_division_suggests_a_region(division, region, warnings):
    said = describe("mainland", uscc("91", division, 7), "演示有限公司")
    assert (said.region, len(said.warnings)) == (region, warnings)


def test_another_region_is_warned_of_and_an_unknown_one_is_not():
    code = uscc("91", "440300", 7)
    assert [len(describe("mainland", code, region=region).warnings) for region in ("", "440300", "440600")] == [0, 0, 1]
    assert describe("mainland", uscc("91", "440000", 7), region="440600").warnings == ()


def test_an_organisation_code_that_does_not_check_is_a_warning_and_no_error():
    body = "91440300XX0000018"
    code = body + uscc_check(body)
    check("mainland", code)
    with override("en"):
        (warning,) = map(str, describe("mainland", code).warnings)
    assert "Characters 9 to 17" in warning


def test_only_what_is_said_may_be_filled_in():
    assert describe("mainland", uscc("91", "440000", 7)).answers == {"unit_type": "enterprise"}
    assert describe("mainland", uscc("51", "440101", 7), "演示联盟").answers == {
        "unit_type": "alliance",
        "legal_form": "legal_person",
        "region": "440100",
    }
