"""What goes with a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.documents.models import Paper
from alliance.letters.models.letter import Letter


class Enclosure(models.Model):
    """A paper of the office that goes with a letter, as it was made."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="enclosures", verbose_name=_("letter"))
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("document", "paper"))

    class Meta:
        verbose_name, verbose_name_plural = _("enclosure"), _("enclosures")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "paper"], name="a_paper_is_enclosed_once")]

    def __str__(self) -> str:
        return str(self.paper)
