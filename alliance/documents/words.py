"""How papers write a day, a last day, the issuer and whom to ask: in official Chinese, whatever the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings

from alliance import clock
from alliance.facts.models import Phase, facts

ALLIANCE = "广东省大湾区新能源汽车产业技术创新联盟"
ALLIANCE_ENGLISH = "Guangdong Greater Bay Area New Energy Vehicle Industry Technology Innovation Alliance"


def day(moment: date) -> str:
    """2026年1月8日: Arabic digits, no leading zeros, on the secretariat's clock."""
    here = moment.astimezone(clock.SHANGHAI) if isinstance(moment, datetime) else moment
    return f"{here.year}年{here.month}月{here.day}日"


def last_day(moment: datetime) -> str:
    """The day a limit ends: midnight is the 24:00 of the day before."""
    here = moment.astimezone(clock.SHANGHAI)
    return day(here - timedelta(days=1) if here.time() == time.min else here)


def office() -> str:
    """Who conducts the alliance's business: the working group before the founding, the secretariat after it."""
    return "联盟筹建工作组" if facts().phase == Phase.FOUNDING else "联盟秘书处"


def contact() -> str:
    """Whom to ask; a telephone number the secretariat writes into its own version of the template."""
    return f"请登录联盟门户（{settings.SITE_URL}）查看办理情况，或者通过门户向{office()}咨询。"
