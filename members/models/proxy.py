"""The written proxy (委托书): another person of the same unit casts its vote."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.meeting import Attendance


class Proxy(models.Model):
    """Who votes for a unit instead of its representative. Written once; a later one takes its place."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="proxies", verbose_name=_("for whom"))
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="proxies", verbose_name=_("account")
    )
    paper_given = models.BooleanField(_("the written proxy is at hand"), default=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    given_at = models.DateTimeField(_("recorded at"), default=clock.now)
    revoked_at = models.DateTimeField(_("replaced or taken back at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proxy"), _("proxies")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["attendance"], condition=Q(revoked_at=None), name="a_unit_has_one_proxy_at_a_time")]

    def __str__(self) -> str:
        return self.name
