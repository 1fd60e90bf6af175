"""English pages speak English: labels carry no Chinese in brackets, and a day has one form, wherever it is written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.utils import formats, timezone, translation

from alliance.templatetags import portal
from council.choices import Choice
from council.forms.tallies import PARTS, TallyForm
from tests import factories

CHINESE = re.compile(r"[一-鿿]")
HALF = re.compile(r"[A-Za-z].*[一-鿿]|[一-鿿].*[A-Za-z]")  # a bureau is called by its Chinese name, and by that alone
ROOMS = ("members", "applications", "council")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("room", ROOMS)
def test_no_label_of_a_field_or_a_choice_is_half_chinese(room):
    fields = [
        field for model in apps.get_app_config(room).get_models() for field in model._meta.get_fields() if hasattr(field, "verbose_name")
    ]
    words = [str(field.verbose_name) for field in fields] + [str(label) for field in fields for _value, label in field.flatchoices]
    assert [word for word in words if HALF.search(word)] == []


def test_no_step_is_called_half_in_chinese():
    flows = [keeper.workflow for keeper in admin.site._registry.values() if hasattr(keeper, "workflow")]
    assert [str(step.label) for flow in flows for step in flow.steps.values() if CHINESE.search(str(step.label))] == []


def test_nothing_on_the_tally_is_half_chinese():
    words = [*PARTS.values(), *Choice.labels, *(field.label for field in TallyForm.base_fields.values())]
    assert [str(word) for word in words if CHINESE.search(str(word))] == []


def test_chinese_keeps_its_own_words():
    with translation.override("zh-hans"):
        assert [str(word) for word in (*PARTS.values(), Choice.EQUAL.label)] == ["赞成", "不赞成", "弃权", "等额"]


@pytest.mark.parametrize("month", range(1, 13))
def test_django_writes_a_day_as_the_portal_does(month):
    day, moment = date(2026, month, 2), datetime(2026, month, 2, 2, 5, tzinfo=UTC)
    assert formats.date_format(day) == formats.localize(day) == portal.day(day)
    assert formats.localize(timezone.localtime(moment)) == portal.moment(moment)


def test_the_list_of_seats_and_the_history_of_a_seat_say_september_alike(client, people):
    tenure = factories.seated(factories.unit(), by=people.secretary)
    type(tenure).objects.filter(pk=tenure.pk).update(begins_on=date(2020, 9, 21))
    client.force_login(people.officer)
    client.cookies["django_language"] = "en"
    for model in ("seat", "unittenure"):
        page = client.get(f"/admin/council/{model}/").content.decode()
        assert ("21 September 2020" in page, "Sept." in page) == (True, False), model
