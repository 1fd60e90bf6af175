"""Registration numbers, against the worked vectors of GB 32100-2015 and synthetic codes of our own."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from alliance.demo.codes import uscc
from members.identifiers import ALPHABET, check, check_uscc, normalise


@pytest.mark.parametrize(
    "code", ["91440300XX0000019G", "12440000XX00000271", "51440100XX00000350", "52440600XX0000043H", "N2440111XX0000051Y"]
)
def test_the_worked_vectors_pass_letters_in_the_first_places_included(code):
    check_uscc(code)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91440300XX0000019H", "check"),
        ("91440300XX00000I9G", "alphabet"),
        ("91440300XX0000019", "length"),
        ("91440300XX0000019GG", "length"),
        ("9144030AXX0000019G", "division"),
    ],
)
def test_what_is_wrong_is_told(code, why):
    with pytest.raises(ValidationError) as refused:
        check_uscc(code)
    assert refused.value.code == why


@pytest.mark.parametrize("typed", ["91440300xx0000019g", "９１４４０３００XX0000019G", " 9144 0300 XX00 0001 9G ", "91440300-XX000001-9G"])
def test_a_code_is_cleaned_of_width_case_spaces_and_hyphens(typed):
    assert normalise(typed) == "91440300XX0000019G"


@given(st.integers(0, 999_999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_no_single_wrong_character_passes(serial, place, character):
    code = uscc("91", "440300", serial)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValidationError):
            check_uscc(wrong)


@pytest.mark.parametrize(
    ("jurisdiction", "number"),
    [("hong_kong", "99000001"), ("macao", "90001(SO)"), ("macao", "90001SO"), ("taiwan", "00501503"), ("mainland", "91440300XX0000019G")],
)
def test_each_jurisdiction_has_its_format(jurisdiction, number):
    check(jurisdiction, normalise(number))


@pytest.mark.parametrize(
    ("jurisdiction", "number"),
    [("hong_kong", "9900000"), ("macao", "90001"), ("hong_kong", "٠١٢٣٤٥٦٧"), ("taiwan", "0050150A"), ("mainland", "99000001")],
)
def test_a_number_of_another_shape_is_refused(jurisdiction, number):
    with pytest.raises(ValidationError):
        check(jurisdiction, number)


def test_macao_s_number_is_one_number_however_it_is_written():
    assert {normalise(text) for text in ("90001 (SO)", "90001SO", "90001（so）")} == {"90001(SO)"}
