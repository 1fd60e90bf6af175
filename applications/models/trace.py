"""Traces: by what an organisation is told to be one that is known already, whatever it writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.choices import TraceKind
from members.models import Organisation


class Trace(models.Model):
    """One sign of an organisation, in a form in which two ways of writing it are one. Those of persons are kept as digests."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="traces", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=10, choices=TraceKind)
    value = models.CharField(_("sign"), max_length=130)

    class Meta:
        verbose_name, verbose_name_plural = _("sign of a unit"), _("signs of units")
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "value"], name="traces_that_are_alike")]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "value"], name="a_sign_is_kept_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_kind_display()}"
