"""Registered changes: what a unit wrote about itself, and since when the register says so."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.former_name import FormerName
from members.models.representative import Representative
from members.models.unit import MemberUnit


class ChangeKind(models.TextChoices):
    """What changed."""

    REPRESENTATIVE = "representative", _("Change of representative")
    NAME = "name", _("Change of name")


class Change(models.Model):
    """One change that a unit told in writing and the office registered (变更登记). What stood before stays readable where it stood."""

    unit = models.ForeignKey(MemberUnit, models.PROTECT, related_name="changes", verbose_name=_("member unit"))
    kind = models.CharField(_("kind"), max_length=16, choices=ChangeKind)
    notice_on = models.DateField(_("date of the unit's notice"))
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    representative = models.OneToOneField(
        Representative, models.PROTECT, null=True, blank=True, related_name="change", verbose_name=_("new representative")
    )
    former_name = models.OneToOneField(
        FormerName, models.PROTECT, null=True, blank=True, related_name="change", verbose_name=_("former name")
    )
    on = models.DateField(_("in force since"), default=clock.today)
    registered_at = models.DateTimeField(_("registered at"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registered by"))

    class Meta:
        verbose_name, verbose_name_plural = _("registered change"), _("registered changes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.REPRESENTATIVE, representative__isnull=False, former_name=None)
                | Q(kind=ChangeKind.NAME, representative=None, former_name__isnull=False),
                name="a_change_names_what_it_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.organisation.brief} · {self.get_kind_display()} · {self.on}"

    @property
    def was(self) -> str:
        """What stood in the register before."""
        if self.former_name:
            return self.former_name.name
        before = self.unit.representatives.filter(pk__lt=self.representative.pk).order_by("pk").last()
        return before.name if before else ""

    @property
    def becomes(self) -> str:
        """What has stood there since, up to the next change."""
        if self.representative:
            return self.representative.name
        later = self.former_name.organisation.former_names.filter(pk__gt=self.former_name.pk).order_by("pk").first()
        return later.name if later else self.former_name.organisation.name
