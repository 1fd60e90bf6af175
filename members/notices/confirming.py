"""Who is asked to confirm what the register holds, and reminded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.letters.kinds import kind
from alliance.letters.words import day
from members import notices

if TYPE_CHECKING:
    from members.models import Campaign, MemberUnit

YEARLY = {"year": _("the year"), "due": _("the last day")}
ASKED = kind("confirmation_asked", _("Yearly confirmation: a unit is asked"), **notices.UNIT, **YEARLY)
NEAR = kind("confirmation_near", _("Yearly confirmation: a unit is reminded"), **notices.UNIT, **YEARLY)


def asked(campaign: Campaign, unit: MemberUnit) -> None:
    """The confirmation has opened."""
    told(ASKED, campaign, unit, f"confirmation_asked:{campaign.pk}:{unit.pk}")


def near(campaign: Campaign, unit: MemberUnit, days: int) -> None:
    """It is due soon; each occasion once."""
    told(NEAR, campaign, unit, f"confirmation_near:{campaign.pk}:{campaign.due_on}:{days}:{unit.pk}")


def told(kind: notices.Kind, campaign: Campaign, unit: MemberUnit, key: str) -> None:
    link = reverse("myunit:confirmation", args=[unit.number])
    notices.unit_told(kind, unit, key=key, link=link, year=campaign.year, due=day(campaign.due_on))
