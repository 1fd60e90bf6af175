"""The first data: what every portal has, and the story of twelve units."""

from __future__ import annotations

import json
import stat
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.demo.cast import BEGINNER, DEFERRED, FOUNDERS, REJECTED, RIVAL
from alliance.facts.models import facts
from alliance.history.chain import verify
from applications.choices import State
from applications.models import Application, Batch
from council.models import Nomination, Seat, UnitTenure
from members.choices import Tier
from members.identifiers import check
from members.models import MemberUnit, Term

pytestmark = pytest.mark.django_db
KEYS = {"applicant", "applicant2", "member", "council", "clerk", "officer", "secretary", "sysadmin", "security", "auditor"}


@pytest.fixture
def home(settings, tmp_path):
    """An embedded portal's home."""
    settings.EMBEDDED, settings.PORTAL_HOME = True, tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


def test_reference_data_again_change_nothing():
    before = [list(model.objects.values_list()) for model in (Batch, Term, Seat)]
    call_command("reference")
    assert [list(model.objects.values_list()) for model in (Batch, Term, Seat)] == before


def test_a_fresh_portal_has_the_notice_s_first_batch_as_history_and_an_open_one():
    first, second = Batch.objects.order_by("number")
    assert (first.closes_at.isoformat(), first.is_closed) == ("2020-12-12T16:00:00+00:00", True)
    assert (second.opens_at, second.closes_at, second.is_closed) == (first.closes_at, None, False)


def test_the_story_ends_with_a_chair_a_vice_chair_and_a_director_seated(home):
    call_command("demo", "load")
    assert Counter(Application.objects.values_list("state", flat=True)) == {
        State.ADMITTED: len(FOUNDERS),
        State.REJECTED: 1,
        State.ACCEPTED: 2,
        State.DRAFT: 1,
    }
    assert sorted(UnitTenure.objects.running().values_list("seat__tier", flat=True)) == [Tier.CHAIR, Tier.VICE_CHAIR, Tier.DIRECTOR]
    assert Seat.objects.vacant().count() == 22
    assert MemberUnit.objects.running().count() == len(FOUNDERS)
    assert Nomination.objects.filter(state="nominated").count() == 1
    assert verify().broken_at is None
    assert verify().unsealed == 0
    assert facts().is_demo


def test_only_the_people_of_accounts_json_have_passwords_and_only_their_owner_reads_them(home):
    call_command("demo", "load")
    file = home / "accounts.json"
    accounts = json.loads(file.read_text())
    assert set(accounts) == KEYS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    usable = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert usable == {account["email"] for account in accounts.values()}
    for account in accounts.values():
        assert User.objects.get(email=account["email"]).check_password(account["password"])


def test_the_office_of_the_demo_is_six_people(home):
    call_command("demo", "load")
    assert {office: User.objects.filter(groups__name=office).count() for office in Office} == dict.fromkeys(Office, 1)


def test_loading_twice_changes_nothing_and_a_database_with_accounts_is_left_alone(home, capsys):
    call_command("demo", "load")
    call_command("demo", "load")
    assert "loaded already" in capsys.readouterr().out
    assert Application.objects.count() == 12


def test_the_demo_is_refused_where_anything_real_stands(home):
    User.objects.create_user("real@example.com", None, name="某人")
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", "load")


def test_the_demo_is_refused_in_production(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="production"):
        call_command("demo", "load")


@pytest.mark.parametrize("part", [*FOUNDERS, REJECTED, DEFERRED, RIVAL, BEGINNER], ids=lambda part: part.reg_no)
def test_every_unit_of_the_demo_is_marked_and_has_a_number_that_nobody_has(part):
    assert "演示" in part.name
    check(part.jurisdiction, part.reg_no)
    assert "XX" in part.reg_no or part.reg_no.startswith(("99", "9000"))
