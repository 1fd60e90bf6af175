"""Which certificates, and which sealed ones of those that were sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from alliance import clock
from members.choices import TO_KEEP, MembershipState, SealedOutcome

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

FORGOTTEN_AFTER = timedelta(days=1)


class CertificateQuerySet(QuerySet):
    def running(self) -> CertificateQuerySet:
        """Neither replaced nor void; whether it has expired, the day says."""
        return self.filter(ended_on=None)

    def on_date(self, day: date) -> CertificateQuerySet:
        """Those that had been issued by this day and had not ended."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), issued_on__lte=day)

    def for_steps(self) -> CertificateQuerySet:
        """The row locked, with the term and the unit that say how it stands."""
        return self.select_related("term", "unit__organisation").select_for_update(of=("self",))

    def to_verify(self) -> CertificateQuerySet:
        """With all that is said to whoever verifies one, in the same statement."""
        return self.select_related("term", "unit", "successor")

    def under(self, code: str) -> Model | None:
        """The one with this code on its face."""
        return self.to_verify().filter(code="".join(filter(str.isalnum, code)).upper()).first()

    def numbered(self, number: str) -> Model | None:
        return self.to_verify().filter(number=number).first()

    def good(self) -> CertificateQuerySet:
        """Running, of a membership that is active, and not past its last day."""
        last = Q(valid_until__gte=clock.today()) | Q(valid_until=None) & (Q(term__ends_on=None) | Q(term__ends_on__gte=clock.today()))
        return self.running().filter(last, unit__state=MembershipState.ACTIVE)

    def standing(self, how: str) -> CertificateQuerySet:
        """By what the office has to do with them."""
        today = clock.today()
        past = Q(valid_until__lt=today) | Q(valid_until=None, term__ends_on__lt=today)
        match how:
            case "good":
                return self.good()
            case "expired":
                return self.running().filter(past)
            case "last-term":
                current = self.model.term.field.related_model.objects.current()
                return self.running().filter(unit__state=MembershipState.ACTIVE).exclude(term=current)
            case "unsent":
                return self.good().filter(dispatches=None)
            case "unsealed":
                return self.good().filter(sealed=None)
        return self

    def with_unit(self) -> CertificateQuerySet:
        return self.select_related("unit__organisation", "term")


class SealedLotQuerySet(QuerySet):
    def with_counts(self) -> SealedLotQuerySet:
        """Each with `count` and `to_keep`."""
        return self.annotate(count=Count("items"), to_keep=Count("items", filter=Q(items__outcome__in=TO_KEEP)))

    def forgotten(self) -> SealedLotQuerySet:
        """Sent, and kept by nobody within a day."""
        return self.filter(kept_at=None, at__lt=clock.now() - FORGOTTEN_AFTER)


class SealedItemQuerySet(QuerySet):
    def waiting(self) -> SealedItemQuerySet:
        return self.filter(outcome=SealedOutcome.WAITING)

    def to_keep(self) -> SealedItemQuerySet:
        return self.filter(outcome__in=TO_KEEP)

    def in_use(self) -> SealedItemQuerySet:
        """Those that stand beside their certificates."""
        return self.filter(certificate__sealed=F("file"))

    def of(self, units: Any) -> SealedItemQuerySet:
        """In use, of certificates of these member units."""
        return self.in_use().filter(certificate__unit__in=units)
