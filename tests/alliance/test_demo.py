"""The first data: what every portal has, and where no demo is loaded."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from alliance.accounts.models import User
from alliance.demo.units import LEAST
from alliance.facts.models import Facts, facts
from applications.models import Batch, Decision
from council.models import Seat
from members.models import Term

pytestmark = pytest.mark.django_db


def test_reference_data_again_change_nothing():
    before = [list(model.objects.values_list()) for model in (Batch, Term, Seat)]
    call_command("reference")
    assert [list(model.objects.values_list()) for model in (Batch, Term, Seat)] == before


def test_a_fresh_portal_has_the_notice_s_first_batch_as_history_and_an_open_one():
    first, second = Batch.objects.order_by("number")
    assert (first.closes_at.isoformat(), first.is_closed) == ("2020-12-12T16:00:00+00:00", True)
    assert (second.opens_at, second.closes_at, second.is_closed) == (first.closes_at, None, False)


@pytest.fixture
def empty(settings, tmp_path):
    settings.EMBEDDED, settings.PORTAL_HOME = True, tmp_path
    return settings


def test_the_demo_is_refused_where_anything_real_stands(empty):
    User.objects.create_user("real@example.com", None, name="某人")
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", "load")
    with pytest.raises(CommandError, match="no demo"):
        call_command("demo", "purge")
    assert User.objects.count() == 1


def test_the_demo_is_refused_in_production(empty):
    empty.EMBEDDED = False
    with pytest.raises(CommandError, match="production"):
        call_command("demo", "load")
    Facts.objects.update(is_demo=True)
    with pytest.raises(CommandError, match="no demo"):
        call_command("demo", "purge")


def test_a_province_too_small_for_its_scenarios_is_refused(empty):
    with pytest.raises(CommandError, match=f"at least {LEAST}"):
        call_command("demo", "load", units=LEAST - 1)
    assert not facts().is_demo


def test_a_load_that_is_cut_short_leaves_nothing(empty, monkeypatch):
    def cut(self, until):
        (empty.PORTAL_HOME / "files").mkdir(exist_ok=True)
        (empty.PORTAL_HOME / "files/half").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr("alliance.demo.diary.Diary.live", cut)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo", "load")
    assert not facts().is_demo
    assert list((empty.PORTAL_HOME / "files").iterdir()) == []
    assert Decision.objects.count() == User.objects.count() == 0
