"""Moments stand on the secretariat's clock; states and directions are shape, word and colour."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.db.models import TextChoices
from django.template import Context, Template
from django.utils import translation

from alliance.templatetags import portal

CLOSE = datetime(2020, 12, 12, 16, tzinfo=UTC)  # 2020-12-13 00:00 in Shanghai
NOON = datetime(2020, 12, 12, 4, 31, tzinfo=UTC)


class State(TextChoices):
    CORRECTION = "correction", "Correction required"


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def drawn(text, **context):
    return Template("{% load portal %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "2020年12月12日（星期六）24:00"),
        ("zh-hant", "2020年12月12日（星期六）24:00"),
        ("en", "12 December 2020 (Saturday), 24:00"),
    ],
)
def test_a_deadline_at_midnight_is_the_24_00_of_the_day_before(language, said):
    with translation.override(language):
        assert portal.deadline(CLOSE) == said


def test_a_deadline_at_another_hour_keeps_its_day():
    with translation.override("zh-hans"):
        assert portal.deadline(NOON) == "2020年12月12日（星期六）12:31"
    with translation.override("en"):
        assert portal.deadline(NOON) == "12 December 2020 (Saturday), 12:31"


def test_an_instant_late_in_the_day_of_utc_is_the_next_day_in_shanghai():
    with translation.override("zh-hans"):
        assert portal.day(CLOSE) == "2020年12月13日"
        assert portal.day(date(2020, 12, 12)) == "2020年12月12日"
    with translation.override("en"):
        assert portal.day(CLOSE) == "13 December 2020"


def test_a_moment_is_told_to_the_minute():
    with translation.override("zh-hant"):
        assert portal.moment(NOON) == "2020年12月12日 12:31"
    with translation.override("en"):
        assert portal.moment(NOON) == "12 December 2020, 12:31"


def test_machines_read_the_instant():
    assert portal.machine(CLOSE) == "2020-12-12T16:00:00+00:00"
    assert portal.machine(date(2020, 12, 12)) == "2020-12-12"


@pytest.mark.parametrize("tell", [portal.day, portal.moment, portal.deadline, portal.machine])
def test_no_moment_is_no_words(tell):
    assert tell(None) == ""


def test_the_state_of_a_thing_is_its_word_in_its_tone():
    thing = SimpleNamespace(state="submitted", get_state_display=lambda: "已提交")
    assert drawn("{% state thing %}", thing=thing) == '<span class="gb-state is-go">已提交</span>'


def test_a_state_is_drawn_without_its_thing_and_in_the_tone_of_who_must_act():
    assert drawn("{% state value %}", value=State.CORRECTION) == '<span class="gb-state is-todo">Correction required</span>'
    assert drawn("{% state value tone='go' %}", value=State.CORRECTION) == '<span class="gb-state is-go">Correction required</span>'


def test_a_state_never_carries_markup():
    assert "<b>" not in drawn("{% state thing %}", thing="<b>")


def test_a_direction_is_glyph_and_word():
    with translation.override("en"):
        assert drawn("{% direction 'infrastructure' %}") == (
            '<span class="gb-dir is-infra"><svg aria-hidden="true"><use href="/static/img/icons.svg#infra"/></svg>Infrastructure</span>'
        )
    assert drawn("{% direction '' %}") == ""


def test_an_icon_is_hidden_from_ears():
    assert drawn("{% icon 'check' %}") == '<svg class="gb-icon" aria-hidden="true"><use href="/static/img/icons.svg#check"/></svg>'


class Words(forms.Form):
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"placeholder": "Name"}))
    why = forms.CharField(max_length=500, widget=forms.Textarea)
    note = forms.CharField(widget=forms.Textarea(attrs={"data-most": 30}))


def test_a_counter_stands_where_the_text_is_long():
    form = Words()
    assert [portal.most(form[name]) for name in ("name", "why", "note")] == ["", "500", "30"]
    assert "maxlength" not in str(form["why"])


def test_the_first_field_is_in_focus_unless_there_are_errors_to_read():
    assert "autofocus" in str(portal.asked(Words())["name"])
    assert "placeholder" not in str(portal.asked(Words())["name"])
    assert "autofocus" not in str(portal.asked(Words({}))["name"])
