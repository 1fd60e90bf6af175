"""What speaks against a nominee without forbidding it: custom's limits of age and of terms, of the term it is put forward for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alliance import clock
from council.models import Nomination, PersonTenure
from members.choices import LimitKind, MembershipState, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADERS = (Tier.CHAIR, Tier.VICE_CHAIR)


def warnings(nomination: Nomination) -> list[str]:
    """Sentences with the figures and their source, for whoever examines it; what is forbidden outright comes first."""
    found = []
    if nomination.unit.state != MembershipState.ACTIVE:
        found.append(_("The unit is not an active member: it cannot be shortlisted."))
    if nomination.tier in LEADERS:
        found += [*against_age(nomination), *against_terms(nomination)]
    return found


def against_age(nomination: Nomination) -> Iterator[str]:
    """Whole years reached in the year in which the term begins, or this year."""
    limit = nomination.term.limit(LimitKind.AGE_OF_LEADERS)
    if nomination.birth_year is None:
        yield _("The person's year of birth is not given; the limit is %(limit)d years (%(source)s).") % {
            "limit": limit.value,
            "source": limit.source,
        }
        return
    year = (nomination.term.begins_on or clock.today()).year
    if (age := year - nomination.birth_year) > limit.value:
        yield _("The person reaches %(age)d years in %(year)d; the limit is %(limit)d (%(source)s).") % {
            "age": age,
            "year": year,
            "limit": limit.value,
            "source": limit.source,
        }


def against_terms(nomination: Nomination) -> Iterator[str]:
    """Earlier terms in which the same person was chair or vice-chair."""
    limit = nomination.term.limit(LimitKind.TERMS_OF_LEADERS)
    served = PersonTenure.objects.filter(
        representative=nomination.person, unit_tenure__seat__tier__in=LEADERS, unit_tenure__term__number__lt=nomination.term.number
    )
    terms = served.values("unit_tenure__term").distinct().count()
    if terms >= limit.value:
        yield _("The person was chair or vice-chair in %(terms)d terms; the limit is %(limit)d (%(source)s).") % {
            "terms": terms,
            "limit": limit.value,
            "source": limit.source,
        }
