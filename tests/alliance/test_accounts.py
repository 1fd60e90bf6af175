"""Accounts withstand guessing and asking; offices are appointed by another."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.validators import MaxLengthValidator, MinValueValidator, URLValidator
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliance import clock
from alliance.accounts.choices import Office
from alliance.accounts.models import IssuedCode, User
from alliance.channels.numbers import international, reachable
from alliance.history.models import Event
from alliance.letters.models import Letter
from tests import factories

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


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh-hans", "密码过短，至少需要 10 个字符。"),
        ("zh-hant", "密碼過短，至少需要 10 個字元。"),
        ("en", "This password is too short. It must contain at least 10 characters."),
    ],
)
def test_a_short_password_is_refused_in_the_reader_s_language(client, language, says):
    client.post(reverse("set_language"), {"language": language})
    answer = client.post(
        reverse("account_signup"), {"name": "陈示七", "email": "new@example.com", "password1": "Xk3!", "password2": "Xk3!"}
    )
    assert answer.context["form"].errors["password1"] == [says]


def test_what_the_frameworks_say_is_said_in_the_portal_s_own_way():
    with translation.override("zh-hans"):
        for validator, value, says in (
            (MaxLengthValidator(500), "字" * 600, "请不要超过 500 字（现有 600 字）。"),
            (MinValueValidator(0), -1, "不能小于 0。"),
            (URLValidator(), "网址", "请填写正确的网址，如 https://www.example.com。"),
        ):
            with pytest.raises(ValidationError) as refused:
                validator(value)
            assert refused.value.messages == [says]
        assert not [text for text in password_validators_help_texts() if "你" in text]


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


@pytest.mark.parametrize("post", [Office.SYSADMIN, Office.SECURITY, Office.AUDITOR])
@pytest.mark.parametrize("desk", [Office.CLERK, Office.OFFICER, Office.SECRETARY])
def test_none_of_the_three_posts_goes_with_an_office_of_the_secretariat(post, desk, client, people):
    answer = appointing(client, people.security, people.stranger, post, desk)
    assert answer.context["adminform"].form.errors == {"groups": ["系统管理员、安全管理员、审计管理员不得兼任秘书处岗位。"]}
    assert offices_of(people.stranger) == frozenset()


def warned(client, people, *offices) -> list[str]:
    answer = appointing(client, people.security, people.stranger, *offices)
    return [str(message) for message in client.get(answer.url).context["messages"] if message.level_tag == "warning"]


def test_several_offices_of_the_secretariat_in_one_hand_are_kept_and_pointed_out(client, people):
    assert warned(client, people, Office.CLERK) == []
    assert [said[:15] for said in warned(client, people, Office.CLERK, Office.OFFICER)] == ["此人现兼任秘书处多个岗位。同一"]
    assert offices_of(people.stranger) == {"clerk", "officer"}


@pytest.mark.parametrize("typed", ["known@example.com", "KNOWN@Example.com"])
def test_an_address_that_has_an_account_is_told_at_its_field_and_once(typed, client, known, people):
    client.force_login(people.sysadmin)
    answer = client.post(reverse("admin:accounts_user_add"), {"email": typed, "name": "另一人", "language": "zh-hans", "is_active": "on"})
    assert answer.context["adminform"].form.errors == {"email": ["此邮箱已注册账号。"]}
    assert typed in answer.content.decode()


def test_an_account_opened_in_the_office_keeps_its_address_in_small_letters(client, people):
    client.force_login(people.sysadmin)
    client.post(
        reverse("admin:accounts_user_add"), {"email": "New@Example.com", "name": "另一人", "language": "zh-hans", "is_active": "on"}
    )
    assert User.objects.get(name="另一人").email == "new@example.com"


def test_a_deactivated_person_holds_no_office_any_more(people):
    people.clerk.is_active = False
    assert not people.clerk.holds(Office.CLERK)


def test_an_account_with_records_is_not_deleted(people):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        people.here().secretary.delete()  # has seated somebody


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


# ── mobile numbers ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sent(monkeypatch):
    """What went to the SMS operator."""
    taken = []
    monkeypatch.setattr("alliance.channels.sms.Sms.send", lambda _self, message: taken.append(message))
    return taken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("+86-13800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+852 5123 4567", "+85251234567"),
        ("+853 6612 3456", "+85366123456"),
        ("+886 912 345 678", "+886912345678"),
    ],
)
def test_a_mobile_number_is_kept_in_international_form(typed, kept):
    assert international(typed) == kept


@pytest.mark.parametrize("typed", ["", "12345", "abc", "+1", "1380013800", "+852 1", "1" * 40])
def test_what_is_no_number_is_said(typed):
    with pytest.raises(ValidationError):
        international(typed)
    assert reachable(typed) == ""


@pytest.fixture
def with_mobile(known):
    known.mobile, known.mobile_confirmed_at = "+8613800138000", clock.now()
    known.save()
    return known


def test_one_logs_in_by_mobile_number_and_password(client, with_mobile):
    log_in(client, "138 0013 8000", PASSWORD)
    assert client.session["_auth_user_id"] == str(with_mobile.pk)


def test_a_code_comes_by_mail_or_by_sms_and_logs_in_once(client, with_mobile, sent):
    client.post(reverse("account_request_login_code"), {"email": with_mobile.email})
    code = re.search(r"\b([A-Z0-9]{3,}-?[A-Z0-9]{3,})\b", mail.outbox[0].body.replace("https://", "")).group(1)
    assert Letter.objects.filter(to=with_mobile.email).count() == 0  # never through the outbox that staff can read
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(with_mobile.pk)
    client.logout()
    client.post(reverse("account_request_login_code"), {"phone": "13800138000"})
    [message] = sent
    assert (message.to, message.template) == ("+8613800138000", "code")
    client.post(reverse("account_confirm_login_code"), {"code": message.values["code"]})
    assert client.session["_auth_user_id"] == str(with_mobile.pk)


def test_a_code_for_an_unknown_address_or_number_gets_the_same_answer(client, with_mobile, sent):
    answers = [
        client.post(reverse("account_request_login_code"), asked) for asked in ({"email": with_mobile.email}, {"email": "x@example.com"})
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse("account_confirm_login_code"))] * 2
    Client().post(reverse("account_request_login_code"), {"phone": "13900139000"})
    assert [message.template for message in sent] == ["unknown"]


def test_a_gateway_that_fails_gives_the_same_answer_and_a_line_in_the_log(client, with_mobile, caplog):
    answer = client.post(reverse("account_request_login_code"), {"phone": "13800138000"})
    assert (answer.status_code, "SMS code" in caplog.text) == (302, True)


@pytest.mark.parametrize("typed", [{}, {"email": " ", "phone": ""}])
def test_whoever_asks_for_a_code_says_whereto(typed, client, with_mobile):
    answer = client.post(reverse("account_request_login_code"), typed)
    assert list(answer.context["form"].errors) == ["email"]
    assert mail.outbox == []


def test_a_mobile_number_is_one_account_s(client, with_mobile, sent):
    other = User.objects.create_user("other@example.com", PASSWORD, name="另一人")
    other.emailaddress_set.create(email=other.email, verified=True, primary=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(mobile=with_mobile.mobile)


def test_a_forgotten_password_is_set_anew_by_code(client, known):
    client.post(reverse("account_reset_password"), {"email": known.email})
    assert "/accounts/password/reset/key/" not in mail.outbox[0].body
    code = re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4})$", mail.outbox[0].body, re.MULTILINE).group(1)
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    client.post(reverse("account_complete_password_reset"), {"password1": "Another-horse-43", "password2": "Another-horse-43"})
    assert User.objects.get(pk=known.pk).check_password("Another-horse-43")


# ── codes that the office hands over ─────────────────────────────────────────────────────────────────────────────────


def issue(client, by, user):
    client.force_login(by)
    answer = client.post(reverse("admin:accounts_user_code", args=[user.pk]), {"handed_over": "当面核对证件"})
    client.logout()
    return answer.context["code"] if answer.status_code == 200 else answer.status_code


def give(client, login, code, **extra):
    return client.post(reverse("account_given_code"), {"login": login, "code": code}, **extra)


def test_a_code_of_the_office_logs_in_once_and_a_new_password_follows(client, known, people):
    code = issue(client, people.clerk, known)
    assert (len(code), IssuedCode.objects.get().code != code) == (8, True)
    answer = give(client, known.email, f"{code[:4]} {code[4:]}")
    assert (answer.url, client.session["_auth_user_id"]) == (reverse("account_set_password"), str(known.pk))
    assert not User.objects.get(pk=known.pk).has_usable_password()
    client.logout()
    assert give(client, known.email, code).status_code == 422
    steps = Event.objects.of(known).values_list("step", "actor")
    assert list(steps) == [("issue_code", people.clerk.pk), ("use_code", known.pk)]
    assert code not in str(list(Event.objects.of(known).values_list("details", flat=True)))


def test_a_code_ends_with_its_day_its_tries_and_the_next_one(client, known, people):
    first = issue(client, people.officer, known)
    second = issue(client, people.officer, known)
    assert give(client, known.email, first).status_code == 422
    for n in range(4):
        give(client, known.email, "00000000", REMOTE_ADDR=f"192.0.2.{n}")
        cache.clear()
    assert give(client, known.email, second).status_code == 422  # five wrong ones have ended it
    third = issue(client, people.sysadmin, known)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert give(client, known.email, third).status_code == 422
    assert give(client, known.email, third).status_code == 302


def test_the_try_after_the_limit_is_refused_for_a_code_of_the_office_too(client, known, people):
    code = issue(client, people.clerk, known)
    for n in range(5):
        give(client, known.email.upper(), "1234", REMOTE_ADDR=f"192.0.2.{n}")
    assert give(client, known.email, code, REMOTE_ADDR="192.0.2.99").status_code == 422


def test_known_and_unknown_get_equal_answers_for_a_code_of_the_office(client, known):
    answers = [give(client, login, "12345678") for login in (known.email, "nobody@example.com", "13900139000", "无")]
    assert {(answer.status_code, str(answer.context["form"].errors)) for answer in answers} == {
        (422, str(answers[0].context["form"].errors))
    }


def test_nobody_issues_a_code_to_themselves_or_above_themselves(client, known, people):
    refused = [(people.sysadmin, people.sysadmin), (people.clerk, people.officer), (people.security, known), (people.auditor, known)]
    assert [issue(client, by, user) for by, user in refused] == [404] * 4
    assert len(issue(client, people.sysadmin, people.officer)) == 8


@pytest.mark.parametrize("post", [Office.SYSADMIN, Office.SECURITY, Office.AUDITOR])
def test_no_code_is_issued_at_the_desk_for_one_of_the_three_posts_and_the_way_is_told(post, client, people):
    holder = factories.user("李示二", post)
    assert issue(client, people.sysadmin, holder) == 403
    client.force_login(people.sysadmin)
    text = client.get(reverse("admin:accounts_user_code", args=[holder.pk])).content.decode()
    assert ("manage.py give_code" in text, "handed_over" in text) == (True, False)
    assert IssuedCode.objects.count() == 0
    client.force_login(people.auditor)
    assert client.get(reverse("admin:accounts_user_code", args=[holder.pk])).status_code == 404


def test_a_code_handed_over_before_ends_with_the_appointment_to_one_of_the_three(client, known, people):
    code = issue(client, people.sysadmin, known)
    appointing(client, people.security, known, Office.AUDITOR)
    client.logout()
    assert (offices_of(known), give(client, known.email, code).status_code) == ({"auditor"}, 422)


def test_the_server_prints_a_code_for_the_three_posts_and_for_nobody_else(client, people, capsys):
    call_command("give_code", people.security.email.upper())
    code = capsys.readouterr().out.split()[-1]
    assert (give(client, people.security.email, code).status_code, client.session["_auth_user_id"]) == (302, str(people.security.pk))
    assert list(Event.objects.of(people.security).values_list("step", flat=True)) == ["issue_code", "use_code"]
    for nobody in (people.clerk.email, "nobody@example.com"):
        with pytest.raises(CommandError, match="no active account"):
            call_command("give_code", nobody)


# ── the second factor ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_opens_only_with_a_second_factor_where_the_installation_demands_one(client, people, settings):
    settings.SECOND_FACTOR = True
    client.force_login(people.clerk)
    answer = client.get("/admin/", follow=True)
    assert answer.wsgi_request.path in (reverse("mfa_index"), reverse("account_reauthenticate"))
    assert client.get(reverse("admin:applications_application_changelist")).status_code == 302
    TOTP.activate(people.clerk, generate_totp_secret())
    assert client.get("/admin/").status_code == 200
    client.force_login(people.stranger)
    assert client.get("/admin/", follow=True).status_code == 404


def test_an_authenticator_app_is_asked_for_after_the_password(client, known):
    secret = generate_totp_secret()
    TOTP.activate(known, secret)
    assert log_in(client, known.email, PASSWORD).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))})
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize(
    "page", ["account_me", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_phone", "account_email"]
)
def test_every_page_of_my_account_runs_no_script_of_its_own(page, client, known):
    log_in(client, known.email, PASSWORD)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(reverse(page), follow=True)
    text = answer.content.decode()
    assert answer.wsgi_request.path == reverse(page)
    assert 'id="main"' in text
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", text)
    assert not re.search(r"\sstyle=|\son\w+=", text)


def test_my_account_is_reached_from_the_foot_where_the_top_line_has_no_room(client, known):
    client.force_login(known)
    foot = client.get(reverse("home")).content.decode().partition("<footer")[2]
    assert f'href="{reverse("account_me")}"' in foot


def test_i_change_my_name_and_the_language_of_my_letters(client, known):
    log_in(client, known.email, PASSWORD)
    assert client.post(reverse("account_me"), {"name": "张示二", "language": "zh-hant"}).status_code == 302
    known.refresh_from_db()
    assert (known.name, known.language) == ("张示二", "zh-hant")
    assert client.post(reverse("account_me"), {"name": "", "language": "xx"}).status_code == 422
