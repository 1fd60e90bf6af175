"""Who is invited to apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.letters.kinds import kind
from alliance.letters.words import day
from alliance.letters.write import write
from members.choices import Jurisdiction

if TYPE_CHECKING:
    from applications.models import Prospect

INVITED_TO_APPLY = kind(
    "prospect_invited",
    _("To a unit of the source pool: invited to apply"),
    name=_("the organisation's name"),
    until=_("until when it stands"),
)


def invited(prospect: Prospect, code: str) -> None:
    """The link carries the code: what is known of the unit then stands in the form already."""
    write(
        INVITED_TO_APPLY,
        about=prospect,
        to=prospect.contact_email,
        key=f"prospect_invited:{prospect.pk}:{prospect.code_digest[:16]}",
        language=settings.LANGUAGE_CODE if prospect.jurisdiction == Jurisdiction.MAINLAND else "zh-hant",
        link=f"{reverse('applications:new')}?invitation={code}",
        name=prospect.name,
        until=day(prospect.code_until),
    )
