"""By which courier a certificate went to its unit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance import clock
from members.models.certificate import Certificate


class Dispatch(models.Model):
    """One parcel with one certificate: which courier, under which number, on which day."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="dispatches", verbose_name=_("certificate"))
    courier = models.CharField(_("courier"), max_length=40)
    number = models.CharField(_("courier number"), max_length=40)
    sent_on = models.DateField(_("sent on"), default=clock.today)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted at"), default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("dispatch of a certificate"), _("dispatches of certificates")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "number"],
                name="a_certificate_goes_once_under_a_courier_number",
                violation_error_message=_("This certificate went under this number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.courier} {self.number}"
