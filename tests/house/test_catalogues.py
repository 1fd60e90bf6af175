"""Translations are read, compiled and checked without gettext."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog

from house import catalogues


def said(reader, text: str) -> list[str]:
    return [message if isinstance(message, str) else message[0] for _line, message, _comments, _context in reader(BytesIO(text.encode()))]


def test_code_and_templates_are_read():
    assert said(catalogues.from_python, 'from x import _\nA = _("Admit")\nB = gettext_lazy("Suspend")\n') == ["Admit", "Suspend"]
    template = "{% load i18n %}\n  <p>{% translate 'Join' %}</p>\n    {% blocktranslate count n=n %}one unit{% plural %}{{ n }} units{% endblocktranslate %}"
    assert said(catalogues.from_template, template) == ["Join", "one unit"]


@pytest.fixture
def wanted() -> Catalog:
    catalogue = Catalog()
    catalogue.add("Admit")
    catalogue.add(("%(n)s unit", "%(n)s units"), flags={"python-format"})
    return catalogue


def complaints(wanted: Catalog, *, admit: str, units: str, **more) -> list[str]:
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("Admit", admit, **more)
    catalogue.add(("%(n)s unit", "%(n)s units"), (units,), flags={"python-format"})
    return [complaint.split(":")[0] for complaint in catalogues.complaints_about(catalogue, wanted)]


def test_a_full_catalogue_has_no_complaint(wanted):
    assert complaints(wanted, admit="吸收", units="%(n)s 家单位") == []


def test_a_missing_or_uncertain_translation_is_a_complaint(wanted):
    assert complaints(wanted, admit="", units="%(n)s 家单位") == ["missing"]
    assert complaints(wanted, admit="吸收", units="%(n)s 家单位", flags={"fuzzy"}) == ["fuzzy"]


def test_a_lost_placeholder_is_a_complaint(wanted):
    assert complaints(wanted, admit="吸收", units="%(m)s 家单位") == ["wrong"]


def test_a_message_that_is_new_or_gone_is_a_complaint(wanted):
    here = Catalog(locale="zh_Hans")
    here.add("Gone", "已去")
    found = [complaint.split(" (")[0] for complaint in catalogues.complaints_about(here, wanted)]
    assert sorted(found) == ["no longer said", "not in the catalogue", "not in the catalogue"]


def test_no_simplified_or_mistaken_character_is_left_in_the_traditional_catalogue():
    """What a machine leaves behind: simplified characters, variants the office does not write, and words it converted wrongly."""
    strings = [
        text
        for message in catalogues.read("zh_Hant")
        if message.id
        for text in ([message.string] if isinstance(message.id, str) else message.string)
    ]
    mistaken = (
        "户",
        "监",
        "爲",
        "啓",
        "祕",
        "覈",
        "纔",
        "峯",
        "蔘",
        "記名錶",
        "唱名錶",
        "批準",
        "制作",
        "余數",
        "周次",
        "復制",
        "賬號",
        "登出席",
        "登出機構",
        "登出該機構",
        "自行登出",
    )
    assert [text for text in strings if any(wrong in text for wrong in mistaken)] == []
