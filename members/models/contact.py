"""Whom to turn to at an organisation of which nobody has an account yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.organisation import Organisation


class Contact(models.Model):
    """The persons that a list of the department or of the office names for an organisation; its colleagues take their place once there are any."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="contact", verbose_name=_("organisation"))
    representative = models.CharField(_("proposed representative"), max_length=60, blank=True)
    liaison = models.CharField(_("liaison officer"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("contact"), _("contacts")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.representative or self.liaison}"
