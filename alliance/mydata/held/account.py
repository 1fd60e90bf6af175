"""What is held of the account itself, and of whom it acts for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.accounts.choices import Office
from alliance.mydata.group import Group
from applications.models import Writer
from members.models import Colleague

if TYPE_CHECKING:
    from alliance.accounts.models import User


def account(user: User, addresses: list[str]) -> Group:
    offices = " · ".join(str(Office(office).label) for office in sorted(user.offices))
    row = {
        "name": user.name,
        "email": user.email,
        "confirmed": " · ".join(addresses),
        "mobile": user.mobile,
        "language": dict(settings.LANGUAGES)[user.language],
    }
    branches = " · ".join(str(post.branch) for post in user.branch_posts.running().select_related("branch"))
    row |= {"offices": offices, "branches": branches, "joined_at": user.joined_at, "last_login": user.last_login}
    labels = {
        "name": _("name"),
        "email": _("e-mail"),
        "confirmed": _("addresses"),
        "mobile": _("mobile number"),
        "language": _("language of letters"),
    }
    labels |= {
        "offices": _("offices"),
        "branches": _("branches of my office"),
        "joined_at": _("joined at"),
        "last_login": _("last signed in"),
    }
    return Group(
        "account", _("Account"), _("You gave it when you signed up."), _("To let you in, and to write to you."),
        _("As long as you have the account; afterwards it is locked, and your name stays beside the steps you took."), labels, [row],
        (_("My account"), reverse("account_me")),
    )  # fmt: skip


def acts_for(user: User, addresses: list[str]) -> Group:
    rows = [
        {
            "what": each.organisation.name,
            "role": each.get_role_display(),
            "department": each.department,
            "since": each.since,
            "until": each.until,
        }
        for each in Colleague.objects.filter(user=user).select_related("organisation").order_by("id")
    ]
    rows += [
        {
            "what": str(each.application),
            "role": each.get_role_display(),
            "department": each.department,
            "since": each.since,
            "until": each.until,
        }
        for each in Writer.objects.filter(user=user).select_related("application").order_by("id")
    ]
    labels = {
        "what": _("organisation or draft"),
        "role": _("role"),
        "department": _("participating department"),
        "since": _("since"),
        "until": _("until"),
    }
    return Group(
        "acts_for", _("Whom I act for"), _("You began an application, or a colleague let you in."), _("To know who may fill in and submit."),
        _("With the application or the membership: membership and three years."), labels, rows, (_("My applications"), reverse("applications:list")),
    )  # fmt: skip
