"""The ruling: what the meeting decided where votes alone did not settle it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from council.choices import RulingKind
from council.models.contest import Contest
from members.models import Expert, MemberUnit, Resolution

OF_NAMES = (RulingKind.ADMITTED, RulingKind.PASSED_OVER)


class Ruling(models.Model):
    """A run-off among the tied, seats that stay vacant, or what becomes of a name that was written in often enough. Written once."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="rulings", verbose_name=_("contest"))
    kind = models.CharField(_("decided"), max_length=12, choices=RulingKind)
    name = models.CharField(_("name written in"), max_length=120, blank=True)
    unit = models.ForeignKey(MemberUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member unit"))
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("expert"))
    reason = models.CharField(_("reason"), max_length=500)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="rulings", verbose_name=_("resolution"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("ruling"), _("rulings")
        ordering = ["contest", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind__in=OF_NAMES) & ~Q(name="")) | (~Q(kind__in=OF_NAMES) & Q(name="")), name="a_ruling_on_a_name_says_which"
            ),
            models.UniqueConstraint(fields=["contest", "name"], name="a_contest_is_ruled_on_once_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.name}" if self.name else self.get_kind_display()
