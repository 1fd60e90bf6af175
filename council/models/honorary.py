"""Honorary chairs: outside the 25 seats, without a vote, as many as are appointed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.history.fields import kept_history
from members.models import Resolution, Tenure, Term


class HonoraryChair(Tenure):
    """A person honoured by the council (名誉理事长若干人): for a term, by a resolution, with neither seat nor vote."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="honorary_chairs", verbose_name=_("term"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    affiliation = models.CharField(_("unit and post"), max_length=120)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="honorary_chairs", verbose_name=_("resolution")
    )
    consented_on = models.DateField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("The day the person agreed that their name stands on the public page (PIPL, article 25). Empty: it does not."),
    )
    history = kept_history()

    class Meta:
        verbose_name, verbose_name_plural = _("honorary chair"), _("honorary chairs")
        ordering = ["-term__number", "begins_on", "id"]
        constraints = [*Tenure.Meta.constraints]

    def __str__(self) -> str:
        return self.name
