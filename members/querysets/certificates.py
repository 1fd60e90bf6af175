"""Which certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from datetime import date


class CertificateQuerySet(QuerySet):
    def running(self) -> CertificateQuerySet:
        """Neither replaced nor void; whether it has expired, the day says."""
        return self.filter(ended_on=None)

    def on_date(self, day: date) -> CertificateQuerySet:
        """Those that had been issued by this day and had not ended."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), issued_on__lte=day)
