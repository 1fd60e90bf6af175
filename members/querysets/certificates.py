"""Which certificates."""

from __future__ import annotations

from django.db.models import QuerySet


class CertificateQuerySet(QuerySet):
    def running(self) -> CertificateQuerySet:
        """Neither replaced nor void; whether it has expired, the day says."""
        return self.filter(ended_on=None)
