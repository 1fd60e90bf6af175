"""Former names: what an organisation was called before, since when, until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.organisation import Organisation


class FormerName(models.Model):
    """A name that an organisation bore up to, not including, `until`; `since` is empty for the name under which it became known."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names", verbose_name=_("organisation"))
    name = models.CharField(_("name (in full)"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name, verbose_name_plural = _("former name"), _("former names")
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(since=None) | Q(until__gte=F("since")), name="a_name_is_borne_after_it_was_given"),
            models.CheckConstraint(condition=~Q(name=""), name="a_former_name_is_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
