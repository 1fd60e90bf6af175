"""Accounts withstand guessing and asking; offices are appointed by another."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliance.accounts.choices import Office
from alliance.accounts.models import User
from alliance.history.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "Correct-horse-42"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def known():
    user = User.objects.create_user("known@example.com", PASSWORD, name="张示一")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def log_in(client, email, password, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def test_an_account_is_opened_and_its_address_confirmed_by_code(client):
    client.post(reverse("set_language"), {"language": "zh-hant"})
    client.post(reverse("account_signup"), {"name": "陈示七", "email": "New@Example.com", "password1": PASSWORD, "password2": PASSWORD})
    user = User.objects.get(email="new@example.com")
    assert (user.name, user.language, user.is_staff) == ("陈示七", "zh-hant", False)
    code = re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4})$", mail.outbox[0].body, re.MULTILINE).group(1)
    answer = client.post(reverse("account_email_verification_sent"), {"code": code}, follow=True)
    assert answer.wsgi_request.user == user
    assert user.emailaddress_set.get().verified


def test_after_logging_in_everybody_is_where_their_work_is(client, known, people):
    assert log_in(client, known.email, PASSWORD, follow=True).wsgi_request.path == reverse("applications:list")
    for role, page in (("clerk", "admin:index"), ("member", "unit"), ("applicant", "applications:list")):
        client.force_login(getattr(people, role))
        assert client.get(reverse("after_login")).url == reverse(page)


def test_known_and_unknown_addresses_get_equal_answers(client, known):
    wrong = log_in(client, known.email, "not-this-one-1")
    unknown = log_in(client, "nobody@example.com", "not-this-one-1")
    assert (wrong.status_code, wrong.context["form"].errors) == (unknown.status_code, unknown.context["form"].errors)


def test_the_try_after_the_limit_of_an_account_is_refused_even_with_the_right_password(client, known):
    for n in range(5):
        log_in(client, known.email, "not-this-one-1", REMOTE_ADDR=f"192.0.2.{n}")
    assert "_auth_user_id" not in client.session
    log_in(client, known.email, PASSWORD, REMOTE_ADDR="192.0.2.99")
    assert "_auth_user_id" not in client.session


def test_the_try_after_the_limit_of_an_address_is_refused_for_another_account(client, known):
    for n in range(20):
        log_in(client, f"nobody{n}@example.com", "not-this-one-1")
    log_in(client, known.email, PASSWORD)
    assert "_auth_user_id" not in client.session
    cache.clear()
    log_in(client, known.email, PASSWORD)
    assert "_auth_user_id" in client.session


def test_the_admin_is_entered_through_the_portal_s_own_log_in(client):
    answer = client.get("/admin/", follow=True)
    assert answer.wsgi_request.path == reverse("account_login")
    answer = client.post("/admin/login/", {"username": "x@example.com", "password": "y"})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_an_address_is_one_account_whatever_its_case(known):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="KNOWN@example.com", name="另一人")
    assert User.objects.get_by_natural_key("KNOWN@EXAMPLE.COM") == known


def appointing(client, by, user, *offices, **fields):
    """Post the account's page as `by`."""
    from django.contrib.auth.models import Group

    client.force_login(by)
    typed = {"email": user.email, "name": user.name, "language": "zh-hans", "is_active": "on"} | fields
    return client.post(
        reverse("admin:accounts_user_change", args=[user.pk]), typed | {"groups": [Group.objects.get(name=o).pk for o in offices]}
    )


def offices_of(user) -> frozenset[str]:
    return User.objects.get(pk=user.pk).offices


def test_the_security_administrator_appoints_and_it_is_written_down(client, people):
    appointing(client, people.security, people.stranger, Office.CLERK)
    assert offices_of(people.stranger) == {"clerk"}
    assert list(Event.objects.of(people.stranger).values_list("step", "actor")) == [
        ("edit", people.security.pk),
        ("appoint", people.security.pk),
    ]


def test_the_system_administrator_opens_accounts_and_appoints_nobody(client, people):
    appointing(client, people.sysadmin, people.stranger, Office.CLERK, name="改名")
    assert offices_of(people.stranger) == frozenset()
    assert User.objects.get(pk=people.stranger.pk).name == "改名"


def test_nobody_appoints_themselves(client, people):
    appointing(client, people.security, people.security, Office.SECURITY, Office.SECRETARY)
    assert offices_of(people.security) == {"security"}


def test_no_account_holds_two_of_the_three_administrations(client, people):
    answer = appointing(client, people.security, people.auditor, Office.AUDITOR, Office.SYSADMIN)
    assert list(answer.context["adminform"].form.errors) == ["groups"]
    assert offices_of(people.auditor) == {"auditor"}


def test_a_deactivated_person_holds_no_office_any_more(people):
    people.clerk.is_active = False
    assert not people.clerk.holds(Office.CLERK)


def test_an_account_with_records_is_not_deleted(people):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        people.secretary.delete()


def test_every_relation_to_an_account_protects_it():
    from allauth.account.models import EmailAddress
    from django.db.models import PROTECT

    ours = [r for r in User._meta.related_objects if r.related_model._meta.app_label not in ("account", "mfa", "admin")]
    loose = [str(r) for r in ours if not r.many_to_many and r.on_delete is not PROTECT]
    assert loose == []
    assert EmailAddress


def test_a_signed_in_stranger_finds_no_admin(client, people):
    client.force_login(people.stranger)
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.get("/admin/r/1/1/", follow=True).status_code == 404


def test_the_password_is_changed_on_the_account_system_s_own_page(client, people):
    client.force_login(people.officer)
    assert client.get("/admin/password_change/").url == reverse("account_change_password")


def test_nobody_in_the_office_moves_somebody_s_address(client, people):
    before = people.secretary.email
    appointing(client, people.sysadmin, people.secretary, email="mine@example.com")
    assert User.objects.get(pk=people.secretary.pk).email == before
