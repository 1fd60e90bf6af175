"""The representative: the person who speaks and votes for a member unit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.unit import MemberUnit
from members.querysets import RepresentativeQuerySet


class Representative(models.Model):
    """A person who represents a member unit, since when, until when; the unit keeps its seat when the person changes."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="representatives", verbose_name=_("member unit"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="represents", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=60, blank=True)
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("member representative"), _("member representatives")
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(until=None), name="a_unit_has_one_representative_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="a_representative_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return self.name
