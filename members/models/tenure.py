"""A tenure: the period for which a holder holds something. What is held, and by whom, the heirs say."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Tenure(models.Model):
    """A period with a holder: from `begins_on` up to, not including, `ended_on`; while it runs `ended_on` is empty."""

    begins_on = models.DateField(_("in office since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("begins_on")), name="%(class)s_ends_after_beginning")
        ]
