"""To which direction a field of the notice leads, where the applicant has not chosen one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices import Direction, Field


class FieldDirection(models.Model):
    """One field of the notice, and the direction it suggests; without one the applicant has to choose. The notice gives no such rule: it is the secretariat's."""

    field = models.CharField(_("field"), max_length=20, choices=Field, unique=True)
    direction = models.CharField(_("direction suggested"), max_length=16, choices=Direction, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("direction of a field"), _("directions of fields")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.get_field_display())
