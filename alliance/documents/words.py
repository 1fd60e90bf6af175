"""How papers write a day, a last day, the issuer and whom to ask: in official Chinese, whatever the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings

from alliance import clock
from alliance.facts.choices import DeskKind
from alliance.facts.models import ContactDesk, facts


def day(moment: date) -> str:
    """2026年1月8日: Arabic digits, no leading zeros, on the secretariat's clock."""
    here = moment.astimezone(clock.SHANGHAI) if isinstance(moment, datetime) else moment
    return f"{here.year}年{here.month}月{here.day}日"


def last_day(moment: datetime) -> str:
    """The day a limit ends: midnight is the 24:00 of the day before."""
    here = moment.astimezone(clock.SHANGHAI)
    return day(here - timedelta(days=1) if here.time() == time.min else here)


def office(on: date | None = None) -> str:
    """Who conducts, or on a day conducted, the alliance's business: the working group before the founding, the secretariat after it."""
    return "联盟筹建工作组" if was_founding(on or clock.today()) else "联盟秘书处"


def was_founding(moment: date) -> bool:
    """Whether the alliance was being founded when a paper was issued."""
    return facts().was_founding_on(moment.astimezone(clock.SHANGHAI).date() if isinstance(moment, datetime) else moment)


def contact() -> str:
    """Whom to ask: the desk for joining, as far as the office has filled it in."""
    desk = ContactDesk.objects.open().filter(kind=DeskKind.JOINING).first()
    asked = f"向{desk.title or office()}咨询（{reached(desk)}）" if desk else f"通过门户向{office()}咨询"
    return f"请登录联盟门户（{settings.SITE_URL}）查看办理情况，或者{asked}。"


def asked_at() -> str:
    """Whom the public asks and writes to, who has no file to look up: the office, how it is reached, and where the portal is."""
    desk = ContactDesk.objects.open().filter(kind=DeskKind.JOINING).first()
    called = f"{desk.title or office()}（{reached(desk)}）" if desk else office()
    return f"请向{called}咨询；联盟门户：{settings.SITE_URL}。"


def reached(desk: ContactDesk) -> str:
    ways = {"电话": desk.telephone, "电子邮箱": desk.email, "时间": desk.hours}
    return "，".join(f"{way}：{words}" for way, words in ways.items() if words)
